"""Which files are to be read: those named, and those in folders that are."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import overload

from jiceng import output
from jiceng.read.text import unreadable

_TEXTS = (".txt", ".text", ".md", ".pdf", ".docx", ".html", ".htm", ".xhtml")
MANY = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".zip")
"""Of files that hold many documents."""
SUFFIXES = frozenset(_TEXTS + MANY)
"""File name endings that are read when a folder is given; a file that is named itself may have any."""

UNREAD = frozenset(
    f".{ending}"
    for kinds in (
        "doc wps rtf odt ofd caj ceb epub mht mhtml eml xls xlsx et ppt pptx dps",
        "rar 7z tar gz tgz png jpg jpeg gif bmp tif tiff webp heic",
    )
    for ending in kinds.split()
)
"""Endings of files that people keep reports in, not read: a note tells of those in folders and archives."""

STANDARD_INPUT = Path("-")
_SOME = 3
"""Of files that are passed over, how many are named."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name that it goes by in the graph."""

    path: Path
    name: str
    data: bytes | None = None  # of what is no file: standard input

    @property
    def place(self) -> str:
        """The path as messages have it."""
        return readable(str(self.path))


class Inputs(Sequence[Input]):
    """Files by name; of each only its path is held, and the name where that is more than its last part."""

    def __init__(self, paths: Sequence[str], longer: Mapping[str, str], piped: Sequence[Input] = ()) -> None:
        self._paths = paths
        self._longer = longer
        self._piped = piped  # they come first

    def __len__(self) -> int:
        return len(self._piped) + len(self._paths)

    @overload
    def __getitem__(self, index: int) -> Input: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Input]: ...

    def __getitem__(self, index: int | slice) -> Input | Sequence[Input]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        if index < len(self._piped):
            return self._piped[index]
        path = self._paths[index - len(self._piped)]
        return Input(Path(path), self._longer.get(path) or readable(os.path.basename(path)))  # noqa: PTH119


@dataclass(frozen=True, slots=True)
class Found:
    """The files of the given sources.

    `failures` are messages on what could not be looked into, `notes` on files in folders and archives that
    were passed over.
    """

    inputs: Sequence[Input]
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walked:
    """What walking a folder came across beside files to read."""

    failures: list[str]
    others: int = 0  # files of `UNREAD`, members of archives too
    some: list[str] = field(default_factory=list)  # the names of the first
    builds: list[str] = field(default_factory=list)  # folders that builds have written

    def passed(self, name: str) -> None:
        self.others += 1
        if len(self.some) < _SOME:
            self.some.append(name)

    def packed(self, path: str, name: str) -> None:
        """What an archive that is read holds besides; archives in it are not opened for that."""
        # Imported here: few folders have archives.
        from jiceng.read import archive

        for member in archive.passed_over(Path(path)):
            self.passed(f"{readable(name)}/{member}" if name else member)


def find_inputs(sources: Iterable[Path]) -> Found:
    """The files of the given files and folders (walked, hidden entries and links to folders left out).

    `-` is standard input, which comes first. Of a build in a folder its own files are left out: they hold the
    same texts once more.

    Sorted by name, each file once. A file goes by its base name; those that share it go by as many of the
    folders above them as tell them apart.
    """
    files: dict[str, None] = {}
    failures: list[str] = []
    notes: list[str] = []
    piped: list[Input] = []
    for source in sources:
        if source == STANDARD_INPUT:
            # None where who called has closed it.
            piped = [Input(source, "stdin", sys.stdin.buffer.read() if sys.stdin else b"")]
            continue
        try:
            if source.is_dir():
                empty = True
                walked = _Walked(failures)
                for path in _walk(str(source), str(source.resolve()), walked):
                    files[path] = None
                    empty = False
                if empty:
                    what = f"no file to read ({', '.join(sorted(SUFFIXES))})"
                    what = "nothing but what a build has written" if walked.builds else what
                    failures.append(f"{source}: holds {what}; name the files themselves")
                    continue
                if walked.others:
                    notes.append(_passed_over(source, walked))
                notes += (
                    f"{readable(build)}: is a build; its own files are not read" for build in walked.builds
                )
            elif source.is_file():
                walked = _Walked(failures)
                if source.suffix.lower() == ".zip":
                    walked.packed(str(source), "")
                if walked.others:
                    notes.append(_passed_over(source, walked))
                files[str(source.resolve())] = None
            elif source.exists():
                failures.append(f"{source}: neither a file nor a folder; save its text to a file first")
            else:
                failures.append(f"{source}: no such file or folder; check the path")
        except OSError as error:
            failures.append(unreadable(source, error))
    longer = _longer_names(files)
    ordered = sorted(files, key=lambda p: (longer.get(p) or readable(os.path.basename(p)), p))  # noqa: PTH119
    return Found(Inputs(ordered, longer, piped), tuple(failures), tuple(notes))


def _passed_over(folder: Path, walked: _Walked) -> str:
    more = f" and {walked.others - len(walked.some)} more" if walked.others > len(walked.some) else ""
    one = walked.others == 1
    return (
        f"{readable(str(folder))}: {walked.others} {'file was' if one else 'files were'} passed over, by "
        f"{'its ending' if one else 'their endings'}: {', '.join(walked.some)}{more}. Save "
        f"{'it' if one else 'them'} as text, PDF, DOCX or CSV"
    )


def _longer_names(paths: Iterable[str]) -> dict[str, str]:
    """Of paths that share their last part, the shortest tail that no other of them ends in."""
    found: dict[str, str] = {}
    by_name = sorted(paths, key=os.path.basename)
    for _, sharing in groupby(by_name, key=os.path.basename):
        group = [Path(path) for path in sharing]
        if len(group) == 1:
            continue
        for parts in range(2, max(len(path.parts) for path in group) + 1):
            tails = Counter(path.parts[-parts:] for path in group)
            for path in group:
                if tails[path.parts[-parts:]] == 1:
                    found.setdefault(str(path), readable("/".join(path.parts[-parts:])))
            if all(str(path) in found for path in group):
                break
    return found


def readable(name: str) -> str:
    """A path or a part of it as text: names in GBK, as archives from Windows leave them, are told.

    What is neither that nor UTF-8 is replaced by signs that stand for it.
    """
    if name.isascii():
        return name
    data = os.fsencode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "/".join(map(_told, data.split(b"/")))


def _told(part: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return part.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.decode("utf-8", "replace")


def _walk(folder: str, real: str, walked: _Walked) -> Iterator[str]:
    """The files in a folder, as the system knows them: `real` is its path without links."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((e for e in found if not e.name.startswith(".")), key=lambda e: e.name)
        if output.is_build(entry.name for entry in entries):
            own = output.own_names(Path(folder))
            entries = [entry for entry in entries if entry.name not in own]
            walked.builds.append(folder)
        for entry in entries:
            yield from _entry(entry, os.path.join(real, entry.name), walked)  # noqa: PTH118
    except OSError as error:
        walked.failures.append(unreadable(Path(folder), error))


def _entry(entry: os.DirEntry[str], inside: str, walked: _Walked) -> Iterator[str]:
    """An entry's files; one that cannot be looked at (a link to itself) does not hide those behind it."""
    try:
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry.path, inside, walked)
            return
        ending = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122
        if ending in UNREAD:
            walked.passed(readable(entry.name))
        elif ending in SUFFIXES and entry.is_file():
            if ending == ".zip":
                walked.packed(entry.path, entry.name)
            yield os.path.realpath(inside) if entry.is_symlink() else inside
    except OSError as error:
        walked.failures.append(unreadable(Path(entry.path), error))
