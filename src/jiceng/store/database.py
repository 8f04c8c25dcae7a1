"""The SQLite file of pieces: its tables, how it is opened, and what happens to one that is damaged.

Several builds may use one file at once (write-ahead log). Blobs are compressed, which also checks them: a
piece that was altered raises `sqlite3.DatabaseError` as a damaged file does. Some are Python pickles, which
may come from other machines: they are read with the classes of the model only, so that none holds anything
that runs. A file that is not the user's own is not opened, and the folder is made so that nobody else may
write to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sqlite3
import time
import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiceng import days, model, processes

OUTDATED = 14 * 86400
"""Seconds after which the file of another version of the program or rules is taken away."""
_PRAGMAS = ("journal_mode = wal", "synchronous = normal", "temp_store = file", "cache_size = -8000")
_WAIT = 120  # seconds for another build's transaction
TAKEN = "the cache was taken away meanwhile"
"""What is told of a file that is not there any more, or in whose place there is another."""

_TABLES = """
create table document (
  id integer primary key, key blob not null unique, sha text not null, articles integer not null,
  triples integer not null, text_sha text not null, text_size integer not null,
  characters integer not null, statements integer not null,
  warnings text not null, wrong integer not null, {used}
);
create table content (
  document integer primary key, text blob, article blob, described blob, evidence blob, lines blob
);
create table part (id integer primary key, document integer not null, adcode text not null);
create index part_document on part (document);
create table part_content (part integer primary key, statements blob, articles blob);
create table division (
  id integer primary key, key blob not null unique, adcode text not null, triples integer not null,
  facts text not null, rules text not null, wrong integer not null, {used}
);
create table fragment (
  division integer not null, kind text not null, data blob, primary key (division, kind)
);
create table term (
  id integer primary key, subject text not null, rank text not null, data blob not null,
  triples integer not null, unique (subject, rank, data)
);
create table division_term (division integer not null, term integer not null, primary key (division, term))
  without rowid;
create table mechanism (id integer primary key, iri text not null unique, name text not null);
create table gram (gram text not null, mechanism integer not null, primary key (gram, mechanism))
  without rowid;
create table division_mechanism (
  division integer not null, mechanism integer not null, name text not null, type text not null,
  count integer not null, primary key (division, mechanism, name, type)
) without rowid;
create table page (
  id integer primary key, key blob not null unique, rows blob not null, files blob not null, {used}
);
create table page_called (page integer primary key, called blob not null, sha text not null, size integer);
create table page_file (
  page integer not null, name text not null, data blob not null, primary key (page, name)
);
create table page_source (document integer primary key, sha text not null, size integer not null);
create table overview (key blob primary key, data blob not null, {used});
create table input (
  id integer primary key, path text not null, name text not null, reading text not null, size integer,
  mtime integer, ctime integer, inode integer, seen integer, unique (path, name, reading)
);
create table input_source (
  input integer not null, number integer not null, key blob not null, name text not null, sha text not null,
  origin blob, primary key (input, number)
) without rowid
""".replace("{used}", "used integer not null default (strftime('%s', 'now') / 86400)")

# What a build reads, for as long as it runs: in a file of its own that SQLite deletes.
_CURRENT = """
create table temp.current (
  sha text primary key, tabl text not null, line integer not null, name text not null, key blob not null,
  origin blob, file text, file_sha text, told text not null
) without rowid;
create table temp.also (
  sha text not null, tabl text not null, line integer not null, name text not null, origin blob,
  told text not null, primary key (sha, tabl, line, name)
) without rowid;
create table temp.placed (
  place integer primary key, sha text not null unique, name text not null, key blob not null,
  document integer not null unique, file text, file_sha text
);
create table temp.now (adcode text primary key, division integer not null) without rowid;
create table temp.shown (adcode text primary key, page integer not null) without rowid;
create table temp.redone (document integer primary key, evidence blob, triples integer not null);
create table temp.used (mechanism integer primary key);
create table temp.near (one integer, other text, primary key (one, other)) without rowid;
create table temp.nodes (number integer primary key, data blob)
"""


class Unusable(Exception):  # noqa: N818 - no error of the user's
    """The file cannot be used, now or at all."""


def connect(path: Path) -> sqlite3.Connection:
    """Open or make the file; raises sqlite3.Error or Unusable."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = not path.exists()
    if not new and not processes.owns(path.stat()):
        raise Unusable(f"{path}: belongs to somebody else")
    found = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        path.chmod(0o600)
        os.utime(path)  # in use
        for pragma in ("auto_vacuum = incremental", *_PRAGMAS) if new else _PRAGMAS:
            found.execute(f"pragma {pragma}")
        with transaction(found):
            (made,) = found.execute("select count(*) from sqlite_master").fetchone()
            for statement in _TABLES.split(";") if not made else ():
                found.execute(statement)
        for statement in _CURRENT.split(";"):
            found.execute(statement)
    except BaseException:
        found.close()
        raise
    return found


def place(folder: Path, base: str) -> Path:
    """Where the pieces of a version of program and rules are kept; takes old files of others away."""
    name = f"pieces-{hashlib.sha256(base.encode()).hexdigest()[:16]}.sqlite"
    with contextlib.suppress(OSError):
        for path in folder.glob("pieces-*.sqlite"):
            if path.name != name and time.time() - path.stat().st_mtime > OUTDATED:
                discard(path)
    return folder / name


def reader(path: Path, which: tuple[int, int] | None = None) -> sqlite3.Connection:
    """Open the file to look things up; raises sqlite3.Error, or Unusable where it is not `which` any more."""
    found = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT, isolation_level=None
    )
    try:
        found.execute("pragma cache_size = -4000")
        if which is not None:
            found.execute("select count(*) from sqlite_master").fetchone()  # opens the write-ahead log, too
            if which != inode(path):  # asked after opening: no file comes back once it is taken away
                raise Unusable(TAKEN)
    except BaseException:
        found.close()
        raise
    return found


def inode(path: Path) -> tuple[int, int] | None:
    """Which file is there now, by device and number; None where none is."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def empty(connection: sqlite3.Connection) -> bool:
    """Whether no document was ever read."""
    return connection.execute("select 1 from document limit 1").fetchone() is None


def discard(path: Path) -> None:
    """Take a file away, damaged or not.

    A build that has it open goes on with that; processes that it begins later find another file in its place,
    or none, and end the build (`reader`). `sweeping.clear_all` asks first whether a build is using it.
    """
    for ending in ("", "-wal", "-shm", ".lock"):
        with contextlib.suppress(OSError):
            Path(f"{path}{ending}").unlink()


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it, or nothing."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("rollback")
        raise
    connection.execute("commit")


def packed(data: bytes) -> bytes:
    """Compressed, with a checksum."""
    return zlib.compress(data, 1)


def unpacked(blob: bytes) -> bytes:
    """The bytes again; raises sqlite3.DatabaseError where they are not what was put."""
    try:
        return zlib.decompress(blob)
    except (zlib.error, TypeError) as error:
        raise sqlite3.DatabaseError(f"a damaged piece: {error}") from error


def pickled(value: object) -> bytes:
    """Any value, compressed."""
    return packed(pickle.dumps(value, protocol=5))


def unpickled(blob: bytes) -> Any:
    """The value again; raises sqlite3.DatabaseError where it is damaged."""
    data = unpacked(blob)
    try:
        return restored(data)
    except Exception as error:  # what a damaged pickle raises may be anything
        raise sqlite3.DatabaseError(f"a damaged piece: {error}") from error


def restored(data: bytes, *others: type) -> Any:
    """What was pickled of the model's classes, and of `others`; raises anything where it is damaged."""
    return _Reader(data, others).load()


_CLASSES: dict[tuple[str, str], type] = {
    (cls.__module__, cls.__qualname__): cls
    for cls in (
        Decimal,
        date,
        *(
            c
            for module in (days, model)
            for c in vars(module).values()
            if isinstance(c, type) and c.__module__ == module.__name__
        ),
    )
}


class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, others: tuple[type, ...]) -> None:
        super().__init__(io.BytesIO(data))
        self._others = {(cls.__module__, cls.__qualname__): cls for cls in others}

    def find_class(self, module: str, name: str) -> Any:
        found = _CLASSES.get((module, name)) or self._others.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")
        return found
