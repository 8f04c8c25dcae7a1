"""What no build has used for long is taken out of the database of pieces.

Pieces bear the day of their last use. At the end of a build, once a day, those that were not used for
`UNUSED` days go, if no other build has the database open (each holds a shared lock on a file beside it).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from jiceng.store import database
from jiceng.store.database import transaction

try:
    import fcntl
except ImportError:  # Windows: nothing is swept there, as nobody knows who else uses the database
    fcntl = None  # type: ignore[assignment]

UNUSED = 90
"""Days after which a piece that no build used is taken away; 0 (by `PLACE`) keeps all."""
PLACE = "JICENG_CACHE_DAYS"
"""The environment's name for another number of days."""

_MOST = 10**6
"""Days that nothing here is older than."""
_USED = {
    "document": "id in (select document from temp.placed)",
    "division": "id in (select division from temp.now)",
    "page": "id in (select page from temp.shown)",
}
# What belongs to a piece that is gone, in the order in which it goes.
_ORPHANS = (
    "delete from content where document not in (select id from document)",
    "delete from part_content where part in "
    "(select id from part where document not in (select id from document))",
    "delete from part where document not in (select id from document)",
    "delete from page_source where document not in (select id from document)",
    "delete from fragment where division not in (select id from division)",
    "delete from division_term where division not in (select id from division)",
    "delete from term where id not in (select term from division_term)",
    "delete from division_mechanism where division not in (select id from division)",
    "delete from gram where mechanism not in (select mechanism from division_mechanism)",
    "delete from mechanism where id not in (select mechanism from division_mechanism)",
    "delete from page_file where page not in (select id from page)",
    "delete from page_called where page not in (select id from page)",
    "delete from input where id in (select input from input_source s "
    "where not exists (select 1 from document d where d.key = s.key))",
    "delete from input_source where input not in (select id from input)",
)


def today() -> int:
    """The number of the day, as SQLite counts them for pieces that are new."""
    return int(time.time()) // 86400


def days() -> int:
    """After how many days what is unused goes; 0 keeps all."""
    told = os.environ.get(PLACE, "")
    return min(int(told[:20]), _MOST) if told.isascii() and told.isdecimal() else UNUSED


@contextlib.contextmanager
def in_use(path: Path) -> Iterator[IO[bytes] | None]:
    """Hold the lock that says that a build has the database open; None where the place has no locks."""
    if fcntl is None:
        yield None
        return
    try:
        stream = Path(f"{path}.lock").open("ab")  # noqa: SIM115 - closed below
    except OSError:
        yield None
        return
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH)
        except OSError:
            yield None
            return
        yield stream


def use_overview(connection: sqlite3.Connection, key: bytes) -> None:
    """A part of the overview is used."""
    connection.execute("update overview set used = ? where key = ?", (today(), key))


def sweep_daily(connection: sqlite3.Connection, lock: IO[bytes] | None) -> None:
    """At the end of a build: note what it used and, once a day, take away what none has used for long.

    Nothing here may lose a build that is written already.
    """
    with contextlib.suppress(sqlite3.Error):
        now = today()
        with transaction(connection):
            for table, used in _USED.items():
                connection.execute(f"update {table} set used = ? where {used} and used < ?", (now, now))
        (last,) = connection.execute("pragma user_version").fetchone()
        if lock is not None and last < now and days() and _alone(lock):
            sweep(connection, now - days())


@dataclass(frozen=True, slots=True)
class Kept:
    """A database of pieces: of which version, how large, how many documents, when it was last in use."""

    path: Path
    current: bool
    size: int
    documents: int
    used: datetime


def kept(folder: Path, base: str) -> Iterator[Kept]:
    """The databases in a folder; `base` is what the pieces of this version depend on."""
    current = database.place(folder, base)
    for path in sorted(folder.glob("pieces-*.sqlite")):
        size = sum(p.stat().st_size for p in folder.glob(f"{path.name}*"))
        used = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        try:
            with contextlib.closing(database.reader(path)) as connection:
                (documents,) = connection.execute("select count(*) from document").fetchone()
        except sqlite3.Error:  # damaged: the next build begins it anew
            documents = 0
        yield Kept(path, path == current, size, int(documents), used)


def clear(path: Path, unused: int) -> int | None:
    """Take away a database's pieces that were not used for some days; None where a build is using it.

    Raises sqlite3.Error or `database.Unusable`.
    """
    with contextlib.closing(database.connect(path)) as connection, in_use(path) as lock:
        return sweep(connection, today() - min(unused, _MOST)) if lock is not None and _alone(lock) else None


def clear_all(path: Path) -> bool:
    """Take a database away; False where a build is using it."""
    with in_use(path) as lock:
        if lock is not None and not _alone(lock):
            return False
        database.discard(path)
        return True


def _alone(lock: IO[bytes]) -> bool:
    """Whether no other build has the database open; then none begins to use it either."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sweep(connection: sqlite3.Connection, before: int) -> int:
    """Take away the pieces last used before a day, and give their room back; how many they were."""
    with transaction(connection):
        gone = sum(
            connection.execute(f"delete from {table} where used < ?", (before,)).rowcount
            for table in (*_USED, "overview")
        )
        for statement in _ORPHANS if gone else ():
            connection.execute(statement)
    connection.execute(f"pragma user_version = {today()}")
    if gone:
        connection.executescript("pragma incremental_vacuum")  # `execute` would free one page only
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    return gone
