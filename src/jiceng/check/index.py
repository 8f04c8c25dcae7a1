"""What a check must look up, in a database on disk that is gone when it is closed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

_TABLES = """
create table listed (name text primary key, sha text) without rowid;
create table text (sha text primary key, length integer not null) without rowid;
create table node (
  iri text primary key, kinds integer not null, fact integer not null, block text
) without rowid;
create table back (path integer not null, value text not null, subject text not null);
create table hash (iri text not null, sha text not null);
create table name (iri text not null, name text not null);
create table quote (message text not null);
create table missing (iri text primary key) without rowid;
create table shown (iri text primary key) without rowid;
"""
_COLUMNS = {
    "listed": 2,
    "text": 2,
    "node": 4,
    "back": 3,
    "hash": 2,
    "name": 2,
    "quote": 1,
    "missing": 1,
    "shown": 1,
}
_LARGEST = 1 << 63
_HELD = 1000
"""Rows of a table that are put together."""


class Index:
    """Rows are put and asked for by the table's name; what is put may be asked for after `settle`."""

    def __init__(self) -> None:
        # Without a name: SQLite keeps it in a file of its own, which it deletes.
        self._connection = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = off", "synchronous = off", "temp_store = file", "cache_size = -8000"):
            self._connection.execute(f"pragma {pragma}")
        self._connection.executescript(_TABLES)
        self._waiting: defaultdict[str, list[Sequence[object]]] = defaultdict(list)

    def close(self) -> None:
        """Take the database away."""
        self._connection.close()

    def put(self, table: str, *row: object) -> None:
        """Put a row; of rows with the same key the first counts.

        Raises ValueError where a value cannot stand in a table: what was sent may hold anything.
        """
        for value in row:
            if isinstance(value, str):
                value.encode()  # raises a UnicodeEncodeError, which is a ValueError
            elif isinstance(value, int):
                if not -_LARGEST <= value < _LARGEST:
                    raise ValueError("a number that is too large")
            elif value is not None:
                raise ValueError(f"a {type(value).__name__} in place of text")
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= _HELD:
            self._write(table)

    def settle(self) -> None:
        """Write what waits."""
        for table in list(self._waiting):
            self._write(table)

    def clear(self, *tables: str) -> None:
        """Take all rows out."""
        for table in tables:
            self._waiting.pop(table, None)
            self._connection.execute(f"delete from {table}")

    def sort(self) -> None:
        """All of the graph is there: make it quick to look up."""
        self.settle()
        self._connection.execute("create index if not exists back_value on back (value)")
        self._connection.execute("create index if not exists hash_iri on hash (iri)")
        self._connection.execute("create index if not exists name_name on name (name)")

    def rows(self, query: str, *values: object) -> sqlite3.Cursor:
        """Any query."""
        return self._connection.execute(query, values)

    def among(self, query: str, keys: Iterable[str]) -> Iterator[tuple[object, ...]]:
        """A query of which the first parameter is a JSON list of keys."""
        yield from self._connection.execute(query, (json.dumps(list(keys)),))

    def count(self, table: str) -> int:
        """How many rows there are."""
        (number,) = self._connection.execute(f"select count(*) from {table}").fetchone()
        return int(number)

    def _write(self, table: str) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        marks = ", ".join("?" * _COLUMNS[table])
        # One transaction, as every statement by itself would be one.
        self._connection.execute("begin")
        self._connection.executemany(f"insert or ignore into {table} values ({marks})", rows)
        self._connection.execute("commit")
