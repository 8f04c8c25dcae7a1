"""Large graphs on disk: parsed once into an Oxigraph database, opened read-only by all who ask later.

A database is kept under the SHA-256 of the file it was made of, in a folder of the user's own. It appears
whole or not at all, so that several processes may make it at once; whoever is first keeps it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from jiceng.cache import default_folder
from jiceng.errors import QueryError

LARGE = 20 << 20
"""Bytes of a file from which on it is kept as a database: about 250,000 triples of Turtle."""
PLACE = "JICENG_STORE"
"""The environment's name for the folder of databases; given, files of any size are kept there."""
IN_MEMORY = "memory"
"""The value of it that keeps no database at all."""
UNUSED = 30 * 86400
"""Seconds after which a database that nobody has asked is taken away when another is made."""

_USED = ".used"


def folder_for(file: Path) -> Path | None:
    """Where the database of a file is to be kept: nowhere for a small one, unless the user names a folder."""
    named = os.environ.get(PLACE)
    if named == IN_MEMORY:
        return None
    if named:
        return Path(named)
    return default_folder() / "stores" if file.stat().st_size >= LARGE else None


def opened(file: Path, form: RdfFormat, folder: Path) -> Store | None:
    """The database of a file, made if it is not there; None if the folder cannot be used.

    Raises QueryError where the file is not in its format, SyntaxError, ValueError or OSError as pyoxigraph does.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise QueryError(f"{folder}: belongs to somebody else; name a folder of your own by --store")
        place = folder / f"{digest(file, folder)}-{version('pyoxigraph')}"
    except OSError as error:
        if os.environ.get(PLACE):
            raise QueryError(f"{folder}: cannot be used: {error}; name another folder by --store") from error
        return None
    for _ in range(2):
        if place.is_dir():
            try:
                store = Store.read_only(str(place))
                with contextlib.suppress(OSError):
                    (place / _USED).touch()
                return store
            except (OSError, RuntimeError, ValueError):  # damaged: made anew
                shutil.rmtree(place, ignore_errors=True)
        _make(file, form, place)
    return Store.read_only(str(place))


def _make(file: Path, form: RdfFormat, place: Path) -> None:
    _sweep(place.parent)
    made = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}.", suffix=".new", dir=place.parent))
    try:
        store = Store(str(made))
        store.bulk_load(path=str(file), format=form)
        store.flush()
        store.optimize()
        del store  # closed before others open it
        (made / _USED).touch()
        with contextlib.suppress(OSError):  # another process was first
            made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Take away what was begun by processes that are gone, and what has not been asked for long."""
    for path in folder.iterdir():
        number = path.name.partition(".")[0]
        try:
            if path.name.endswith(".new"):
                stale = number.isdecimal() and not _runs(int(number))
            else:
                stale = path.is_dir() and time.time() - (path / _USED).stat().st_mtime > UNUSED
        except OSError:
            continue
        if stale:
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def digest(file: Path, folder: Path) -> str:
    """SHA-256 of a file, remembered in the folder for as long as the file's size, times and place stay."""
    state = file.stat()
    place = (str(file.resolve()), state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
    note = folder / f"{hashlib.sha256(repr(place).encode('utf-8', 'replace')).hexdigest()[:32]}.sha256"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        known = note.read_text("ascii")
        if len(known) == 64 and known.isalnum():
            return known
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, suffix=".note") as stream:
        stream.write(found)
    Path(stream.name).replace(note)
    return found
