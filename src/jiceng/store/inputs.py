"""Which files are unchanged since they were read: known by their state on disk, without reading them.

As Git's index does, a file counts as unchanged if its size, times and number on the disk are what they were;
and as there, one that was changed so shortly before it was read that a later change might bear the same time
is not trusted ("racily clean"): it is read again, until it has stood for a while.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jiceng.model import Origin
from jiceng.store.database import pickled, unpickled
from jiceng.store.documents import Identity

SETTLED = 2_000_000_000
"""Nanoseconds that a file must have stood when it was read: the coarsest clock of a file system in use."""


@dataclass(frozen=True, slots=True)
class State:
    """What the system says of a file, and when that was asked (nanoseconds)."""

    size: int
    mtime: int
    ctime: int
    inode: int
    seen: int

    @property
    def settled(self) -> bool:
        """Whether a change after `seen` would show."""
        return max(self.mtime, self.ctime) < self.seen - SETTLED


def state(path: Path | str, now: int) -> State | None:
    """The present state of a file; ask before reading it."""
    try:
        found = os.stat(path)  # noqa: PTH116 - for each of very many files
    except OSError:
        return None
    return State(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, now)


def known(
    connection: sqlite3.Connection, path: str, name: str, reading: str, at: State
) -> list[Identity] | None:
    """The documents that a file gave when it was read in this way (`reading`), or None if it may differ."""
    row = connection.execute(
        "select id, size, mtime, ctime, inode from input where path = ? and name = ? and reading = ?",
        (path, name, reading),
    ).fetchone()
    if row is None or tuple(row[1:]) != (at.size, at.mtime, at.ctime, at.inode):
        return None
    found = connection.execute(
        "select name, sha, origin, key from input_source where input = ? order by number", row[:1]
    )
    return [Identity(n, sha, _origin(origin), key) for n, sha, origin, key in found]


def _origin(blob: bytes | None) -> Origin | None:
    return unpickled(blob) if blob else None


def remember(
    connection: sqlite3.Connection,
    path: str,
    name: str,
    reading: str,
    at: State,
    gave: Sequence[Identity],
) -> None:
    """Keep what a file gave."""
    values = (path, name, reading, at.size, at.mtime, at.ctime, at.inode, at.seen)
    old = connection.execute(
        "select id from input where path = ? and name = ? and reading = ?", values[:3]
    ).fetchone()
    if old:
        connection.execute("delete from input_source where input = ?", old)
        connection.execute("delete from input where id = ?", old)
    number = connection.execute(
        "insert into input (path, name, reading, size, mtime, ctime, inode, seen) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    ).lastrowid
    connection.executemany(
        "insert into input_source values (?, ?, ?, ?, ?, ?)",
        (
            (number, at_, one.key, one.name, one.sha256, pickled(one.origin) if one.origin else None)
            for at_, one in enumerate(gave)
        ),
    )
