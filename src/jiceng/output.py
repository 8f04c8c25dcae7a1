"""Writing a build: all files of an output folder appear at once, or none of them does."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jiceng.errors import BuildError

BUILD_FILES = ("jiceng.ttl", "articles.jsonl", "index.html", "manifest.json")
"""What a build consists of, besides the texts that were read."""
TEXTS = "texts"
"""The folder of these, each by the SHA-256 of its document."""
TIME = "build.ttl"
"""When a build was made, if that was asked for; it goes with the build that it is of."""
OURS = "jiceng.ttl"
"""What tells a build from other people's folders, which are not overwritten."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def check_output(folder: Path) -> None:
    """Refuse, before any work is done, a place that a build cannot or must not replace (BuildError)."""
    try:
        folder = folder.resolve()
        if folder.exists() and not folder.is_dir():
            raise BuildError(f"{folder}: is a file; name a folder with -o")
        if folder == Path.cwd() or folder in Path.cwd().parents or folder.is_mount():
            raise BuildError(f"{folder}: cannot be replaced while it is in use; name a folder in it with -o")
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


def write_build(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace the build in `folder` by `files` in one step; files of other names there stay.

    The new folder is complete on disk before it takes the old one's place, so that an interruption at any
    moment leaves one of the two whole. Raises BuildError if the place cannot be written.
    """
    folder = folder.resolve()
    prefix = f".{folder.name}."
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder.parent, prefix)
        staging = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}.", suffix=".new", dir=folder.parent))
    except OSError as error:
        raise BuildError(
            f"{folder}: cannot be written: {_told(error)}; name another folder with -o"
        ) from error
    try:
        if folder.is_dir():

            def ours(place: str, names: list[str]) -> list[str]:
                return [n for n in names if n in (*BUILD_FILES, TEXTS, TIME)] if Path(place) == folder else []

            shutil.copytree(folder, staging, symlinks=True, dirs_exist_ok=True, ignore=ours)
            staging.chmod(folder.stat().st_mode)
        else:
            staging.chmod(0o777 & ~_umask())
        for name, data in files.items():
            (staging / name).parent.mkdir(exist_ok=True)
            with (staging / name).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        _replace(staging, folder)
    except OSError as error:
        raise BuildError(
            f"{folder}: writing failed ({_told(error)}); the earlier build there, if any, is untouched; "
            "make room or name another folder with -o"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _sweep(parent: Path, prefix: str) -> None:
    """Take away what builds that were killed have left."""
    for path in parent.glob(f"{prefix}*.new*"):
        number = path.name[len(prefix) :].partition(".")[0]
        if number.isdecimal() and not _runs(int(number)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _told(error: OSError) -> str:
    return error.strerror or str(error)


def write_file(path: Path, data: bytes) -> None:
    """Write one file, whole or not at all; raises BuildError if the place cannot be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            stream.write(data)
        Path(stream.name).chmod(0o666 & ~_umask())
        Path(stream.name).replace(path)
    except OSError as error:
        raise BuildError(f"{path}: cannot be written: {_told(error)}; name another file with -o") from error


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
