"""Writing a build: all files of an output folder appear at once, or none of them does."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from jiceng import processes
from jiceng.errors import BuildError

_MANIFEST = "manifest.json"
CATALOGUE = "documents.jsonl"
"""A line of JSON for each document of a build: name, hash, origin, and other names of the same text."""
BUILD_FILES = ("jiceng.ttl", "articles.jsonl", CATALOGUE, "index.html", _MANIFEST)
"""What a build consists of, besides the texts that were read."""
TEXTS = "texts"
"""The folder of these, each by the SHA-256 of its document."""
TIME = "build.ttl"
"""When a build was made, if that was asked for; it goes with the build that it is of."""
OURS = "jiceng.ttl"
"""What tells a build from other people's folders, which are not overwritten."""

_FEW = 64
"""So many small files are brought to disk one by one; of more, the whole file system is."""
_LISTED = re.compile(r'  ("[^"]+"): "([0-9a-f]{64})",?\s*')  # one step further in than the hash of the rules
_STAGED = re.compile(r"([0-9]{1,19}(?:-[0-9]{0,20})?)\.[0-9a-z_]{1,40}\.new(?:\.old)?")
"""A staging folder's name behind the prefix: not that of `out.7`, which begins as those of `out` do."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def check_output(folder: Path) -> None:
    """Refuse, before any work is done, a place that a build cannot or must not replace (BuildError)."""
    try:
        folder = folder.resolve()
        if folder.exists() and not folder.is_dir():
            raise BuildError(f"{folder}: is a file; name a folder with -o")
        check_unused(folder, "name a folder in it with -o")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / OURS).exists():
            raise BuildError(
                f"{folder}: holds files but no earlier build; name an empty or new folder with -o, so that "
                "nothing of yours is touched"
            )
        above = next(parent for parent in folder.parents if parent.exists())
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, f"{above} may not be written to")
    except OSError as error:
        raise BuildError(
            f"{folder}: cannot be written: {_told(error)}; name another folder with -o"
        ) from error


def check_unused(folder: Path, remedy: str) -> None:
    """Refuse a folder that cannot be replaced: whoever works in it would be left without one (BuildError)."""
    folder = folder.resolve()
    if folder == Path.cwd() or folder in Path.cwd().parents or folder.is_mount():
        raise BuildError(f"{folder}: cannot be replaced while it is in use; {remedy}")


@dataclass
class Staging:
    """The new folder while it is written, beside the old one; `written` has each file's SHA-256 and size."""

    path: Path
    old: Path
    written: dict[str, tuple[str, int]] = field(default_factory=dict)
    _unsynced: list[Path] = field(default_factory=list)
    _many: bool = False
    _at: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        self._listed = listed(self.old)

    def write(self, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Write a file; gives its SHA-256 and size."""
        total, size = hashlib.sha256(), 0
        (self.path / name).parent.mkdir(exist_ok=True)
        with (self.path / name).open("wb", buffering=1 << 20) as stream:
            for chunk in chunks:
                stream.write(chunk)
                total.update(chunk)
                size += len(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        self.written[name] = total.hexdigest(), size
        return self.written[name]

    def write_small(self, name: str, data: bytes) -> None:
        """Write one of many files, which are brought to disk together and not noted in `written`."""
        with open(f"{self.path}/{name}", "wb") as stream:  # noqa: PTH123 - for each of very many files
            stream.write(data)
        if len(self._unsynced) < _FEW:
            self._unsynced.append(self.path / name)
        else:
            self._many = True

    def take(self, name: str, size: int, sha256: str) -> bool:
        """Take a file over from the old folder, if it has that content and is untouched since its build.

        Asked for names in ascending order: the old manifest is read alongside.
        """
        before = self._built
        if not before or self._earlier(name) != sha256:
            return False
        old = f"{self.old}/{name}"
        try:
            found = os.lstat(old)
            if found.st_size != size or found.st_mtime_ns > before or not stat.S_ISREG(found.st_mode):
                return False
            os.link(old, f"{self.path}/{name}")
        except OSError:  # not there; or a system without hard links
            return False
        return True

    def _earlier(self, name: str) -> str:
        """The SHA-256 that the old manifest gives for a file."""
        while self._at[0] < name:
            at = next(self._listed, None)
            if at is None:
                self._listed = iter(())
                return ""
            self._at = at
        return self._at[1] if self._at[0] == name else ""

    @cached_property
    def _built(self) -> int:
        """When the old build was complete (nanoseconds); 0 if there is none."""
        try:
            return (self.old / _MANIFEST).stat().st_mtime_ns
        except OSError:
            return 0

    def sync(self) -> None:
        """Bring everything to disk."""
        if self._many and _sync_all(self.path):
            return
        for path in self.path.rglob("*") if self._many else self._unsynced:
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as stream:
                    os.fsync(stream.fileno())


def make_folder(folder: Path, option: str = "-o") -> None:
    """Make a folder, and those above it, if they are not there.

    Raises BuildError with the remedy: another folder by the command's `option`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        taken = isinstance(error, FileExistsError | NotADirectoryError)
        why = "is a file, or lies below one" if taken else f"cannot be made: {_told(error)}"
        other = "a" if taken else "another"
        raise BuildError(f"{folder}: {why}; name {other} folder with {option}") from error


@contextmanager
def replacing(folder: Path) -> Iterator[Staging]:
    """Replace the build in `folder`, in one step, by what is written meanwhile; other files there stay.

    Folders that the old build wrote to (`texts`, `page`) are its own: what else was put into them goes too.
    The new folder is complete on disk before it takes the old one's place, so that an interruption at any
    moment leaves one of the two whole. Raises BuildError if the place cannot be written.
    """
    folder = folder.resolve()
    prefix = f".{folder.name}."
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder, prefix)
        path = Path(tempfile.mkdtemp(prefix=f"{prefix}{processes.mark()}.", suffix=".new", dir=folder.parent))
    except OSError as error:
        raise BuildError(
            f"{folder}: cannot be written: {_told(error)}; name another folder with -o"
        ) from error
    try:
        if folder.is_dir():
            built = own_names(folder)

            def ours(place: str, names: list[str]) -> list[str]:
                return [n for n in names if n in built] if Path(place) == folder else []

            shutil.copytree(folder, path, symlinks=True, dirs_exist_ok=True, ignore=ours)
            path.chmod(folder.stat().st_mode)
        else:
            path.chmod(0o777 & ~_umask())
        staging = Staging(path, folder)
        yield staging
        staging.sync()
        _replace(path, folder)
    except OSError as error:
        raise BuildError(
            f"{folder}: writing failed ({_told(error)}); the earlier build there, if any, is untouched; "
            "make room or name another folder with -o"
        ) from error
    finally:
        shutil.rmtree(path, ignore_errors=True)


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of the build there and their SHA-256, by its manifest; none where that cannot be read."""
    try:
        with (folder / _MANIFEST).open(encoding="utf-8") as stream:
            for line in stream:
                match = _LISTED.fullmatch(line)
                if match:
                    yield json.loads(match[1]) if "\\" in match[1] else match[1][1:-1], match[2]
    except (OSError, ValueError):
        return


def is_build(names: Iterable[str]) -> bool:
    """Whether a folder with these names holds a build."""
    return {OURS, _MANIFEST} <= {*names}


def own_names(folder: Path) -> set[str]:
    """What belongs to the build in a folder, by name; all else there is somebody's."""
    return {*BUILD_FILES, TEXTS, TIME, *folders_of(folder)}


def folders_of(folder: Path) -> set[str]:
    """The folders in which the build there has files."""
    return {name.partition("/")[0] for name, _ in listed(folder) if "/" in name and name[0] not in "/."}


def _sync_all(path: Path) -> bool:
    """Bring a whole file system to disk (syncfs(2), Linux); False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    finally:
        os.close(descriptor)
    return True


def _sweep(folder: Path, prefix: str) -> None:
    """Take away what builds that were killed have left; a build that had stepped aside comes back."""
    for path in folder.parent.iterdir():
        staged = _STAGED.fullmatch(path.name, len(prefix)) if path.name.startswith(prefix) else None
        if not staged or processes.runs(staged[1]):
            continue
        if path.suffix == ".old" and not folder.exists():
            path.rename(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _told(error: OSError) -> str:
    return error.strerror or str(error)


def write_file(path: Path, data: bytes) -> None:
    """Write one file, whole or not at all; raises BuildError if the place cannot be written."""
    with writing(path) as stream:
        stream.write(data)


@contextmanager
def writing(path: Path, remedy: str = "name another file with -o") -> Iterator[IO[bytes]]:
    """A stream that becomes a file at the end of the block, or nothing if that fails (BuildError)."""
    stream: IO[bytes] | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            yield stream
        Path(stream.name).chmod(0o666 & ~_umask())
        Path(stream.name).replace(path)
    except OSError as error:
        raise BuildError(f"{path}: cannot be written: {_told(error)}; {remedy}") from error
    finally:
        if stream is not None:
            Path(stream.name).unlink(missing_ok=True)


def _replace(staging: Path, folder: Path) -> None:
    if not folder.exists():
        staging.rename(folder)
    elif not _exchange(staging, folder):
        # Systems without an exchange of two names: the old build steps aside for an instant.
        aside = Path(f"{staging}.old")
        folder.rename(aside)
        try:
            staging.rename(folder)
        except OSError:
            aside.rename(folder)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step (renameat2(2), Linux); False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
