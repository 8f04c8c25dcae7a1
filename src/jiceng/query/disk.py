"""Large graphs on disk: parsed once into an Oxigraph database, opened read-only by all who ask later.

A database is kept under the SHA-256 of the file it was made of, in a folder of the user's own. It appears
whole or not at all, so that several processes may make it at once; whoever is first keeps it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from jiceng import processes
from jiceng.cache import default_folder
from jiceng.errors import QueryError

LARGE = 20 << 20
"""Bytes of a file from which on it is kept as a database: about 250,000 triples of Turtle."""
SERVED = 200 << 20
"""The same for a server, which reads a file once and answers from memory some four times as fast."""
PLACE = "JICENG_STORE"
"""The environment's name for the folder of databases; given, files of any size are kept there."""
IN_MEMORY = "memory"
"""The value of it that keeps no database at all."""
UNUSED = 30 * 86400
"""Seconds after which a database that nobody has asked is taken away when another is made."""

_USED = ".used"
_BEGUN = re.compile(r"([0-9]{1,19}(?:-[0-9]{0,20})?)\.[0-9a-z_]{1,40}\.new")
_KEPT = re.compile(r"[0-9a-f]{64}-[^/]+|[0-9a-f]{32}\.sha256|tmp[0-9a-z_]{1,40}\.note")
"""Databases, remembered hashes, and those that were not finished; all else in the folder is the user's."""


def folder_for(file: Path, large: int | None = None) -> Path | None:
    """Where the database of a file is to be kept; None where it is to be read into memory.

    That are files of less than `large` bytes (`LARGE`), unless the user names a folder, and all of them where
    the user wants no database (`PLACE`).
    """
    named = os.environ.get(PLACE)
    if named == IN_MEMORY:
        return None
    if named:
        return Path(named)
    return default_folder() / "stores" if file.stat().st_size >= (large or LARGE) else None


def opened(file: Path, form: RdfFormat, folder: Path) -> Store | None:
    """The database of a file, made if it is not there; None if the user's cache cannot be used, or is full.

    Raises QueryError where a folder that was named cannot be used, SyntaxError or ValueError as pyoxigraph
    does.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not processes.owns(folder.stat()) or not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError("it belongs to somebody else, or may not be written to")
        return _opened(file, form, folder)
    except OSError as error:
        if os.environ.get(PLACE):
            raise QueryError(f"{folder}: cannot be used: {error}; name another folder by --store") from error
        return None


def _opened(file: Path, form: RdfFormat, folder: Path) -> Store:
    while True:
        state = _state(file)
        place = folder / f"{_digest(file, folder)}-{version('pyoxigraph')}"
        if not place.is_dir():
            _make(file, form, place, state)
        try:
            store = Store.read_only(str(place))
        except (OSError, RuntimeError, ValueError):
            if not place.is_dir():
                continue  # the file changed meanwhile, or another process took the database away
            shutil.rmtree(place)  # damaged: made anew
            _make(file, form, place, state)
            store = Store.read_only(str(place))
        with contextlib.suppress(OSError):
            (place / _USED).touch()
        return store


def _make(file: Path, form: RdfFormat, place: Path, state: tuple[object, ...]) -> None:
    """Put a database in its place, unless the file is another one by now."""
    _sweep(place.parent)
    made = Path(tempfile.mkdtemp(prefix=f"{processes.mark()}.", suffix=".new", dir=place.parent))
    try:
        store = Store(str(made))
        store.bulk_load(path=str(file), format=form)
        store.flush()
        store.optimize()
        del store  # closed before others open it
        (made / _USED).touch()
        if _state(file) == state:
            with contextlib.suppress(OSError):  # another process was first
                made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _state(file: Path) -> tuple[object, ...]:
    """What changes when a file does."""
    found = file.stat()
    return str(file.resolve()), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _sweep(folder: Path) -> None:
    """Take away what was begun by processes that are gone, and what has not been asked for long."""
    for path in folder.iterdir():
        begun = _BEGUN.fullmatch(path.name)
        if not begun and not _KEPT.fullmatch(path.name):
            continue
        try:
            used = path / _USED if path.is_dir() else path
            stale = not processes.runs(begun[1]) if begun else time.time() - used.stat().st_mtime > UNUSED
        except OSError:
            continue
        if stale:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _digest(file: Path, folder: Path) -> str:
    """SHA-256 of a file, remembered in the folder for as long as the file's size, times and place stay."""
    state = repr(_state(file)).encode("utf-8", "replace")
    note = folder / f"{hashlib.sha256(state).hexdigest()[:32]}.sha256"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        known = note.read_text("ascii")
        if len(known) == 64 and known.isalnum():
            return known
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, suffix=".note") as stream_out:
        stream_out.write(found)
    Path(stream_out.name).replace(note)
    return found
