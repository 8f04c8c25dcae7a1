"""Zip archives: their members in memory, never on disk, and never more than a limit.

An archive may claim any size and hold archives without end: what is unpacked is counted while it is, and
archives in archives are read to a certain depth only. Names serve as names, nothing is written by them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jiceng.errors import ReadError
from jiceng.read.finding import SUFFIXES, UNREAD

MOST_BYTES = 2_000_000_000
"""Unpacked from one archive and all that are in it."""
MOST_RATIO = 1000
"""How many times larger than its packed form a member may be."""
DEEPEST = 3
"""Archives in archives."""
_CHUNK = 1 << 20


@dataclass(slots=True)
class Room:
    """What archives in archives may still unpack to, and how many of them stand around one."""

    left: int = MOST_BYTES
    depth: int = 0


def members(data: bytes, place: str, room: Room) -> Iterator[tuple[str, bytes | ReadError]]:
    """The members that may hold text, by name: each with its bytes, or with why they cannot be had.

    Takes from `room` what is unpacked; whoever reads on in a member counts its depth there.
    """
    if room.depth >= DEEPEST:
        raise ReadError(f"{place}: an archive in more than {DEEPEST} others; unpack them first")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = sorted((entry for entry in archive.infolist() if _wanted(entry)), key=lambda e: e.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{place}: a broken zip archive ({error}); make it again") from error
    if not entries:
        endings = ", ".join(sorted(SUFFIXES))
        raise ReadError(f"{place}: the archive holds no file to read ({endings}); save a spreadsheet as CSV")
    for entry in entries:
        name = _name(entry)
        try:
            content = _unpacked(archive, entry, min(room.left, MOST_RATIO * max(entry.compress_size, 1000)))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            yield name, ReadError(f"{place}/{name}: cannot be unpacked ({error}); unpack the archive first")
            continue
        if content is None:
            yield name, ReadError(f"{place}/{name}: larger than an archive may unpack to; unpack it first")
            continue
        room.left -= len(content)
        yield name, content


def passed_over(path: Path) -> list[str]:
    """Names of the members of kinds that people keep reports in and that are not read, from the list alone.

    Empty where the archive is broken or holds nothing to read, too: reading it fails, and says so.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    if not any(map(_wanted, entries)):
        return []
    names = (_name(entry) for entry in entries if not entry.is_dir())
    return sorted(
        name for name in names if not _hidden(name) and PurePosixPath(name.lower()).suffix in UNREAD
    )


def _wanted(entry: zipfile.ZipInfo) -> bool:
    name = _name(entry)
    return not entry.is_dir() and not _hidden(name) and name.lower().endswith(tuple(SUFFIXES))


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's name without ways out of its folder; names in GBK, as Windows packs them, are told."""
    name = entry.filename
    if not entry.flag_bits & 0x800:  # not marked as UTF-8: zipfile took the bytes for code page 437
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes | None:
    chunks = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                return None
            chunks.append(chunk)
    return b"".join(chunks)
