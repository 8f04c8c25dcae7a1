"""The documents of the build under way: each text once, under the first of its names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from jiceng.days import day_of
from jiceng.model import Origin, Source
from jiceng.store import divisions, documents, inputs, shares
from jiceng.store.database import transaction
from jiceng.store.documents import Identity, Record

HELD = 64
"""Results that wait to be written together: a transaction costs as much as many of them."""
SHARE = 4
"""A division counts as so many: with its share of the page it is larger."""
CLAIMED = 1000
"""Documents that are noted in one transaction: to begin and end one takes longer than to note a document."""


@dataclass
class Current:
    """Collects the documents of a build in the database."""

    connection: sqlite3.Connection
    tasks: dict[str, divisions.Task] = field(default_factory=dict)
    left_out: set[tuple[str, int]] = field(default_factory=set)
    _records: list[Record] = field(default_factory=list)
    _inputs: list[tuple[str, str, str, inputs.State, tuple[Identity, ...]]] = field(default_factory=list)
    _divisions: list[divisions.Made] = field(default_factory=list)
    _terms: divisions.Terms = field(default_factory=divisions.Terms)
    _claimed: int = 0  # since the last transaction

    def claim(self, one: Identity, told: str) -> bool:
        """Take a document in; False if its text is here under a name that stands before.

        `told` is how messages name it.
        """
        self._begin()
        values = one.sha256, *one.place, one.key, _written(one), *_file(one), told
        into = "into temp.current values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        if self.connection.execute(f"insert or ignore {into}", values).rowcount:
            return True
        found = self.connection.execute(
            "select tabl, line, name, origin, told from temp.current where sha = ?", (one.sha256,)
        ).fetchone()
        if tuple(found[:3]) <= one.place:
            if found[2] != one.name:
                self._also(one.sha256, *one.place, _written(one), told)
            return False
        self._also(one.sha256, *found)
        self.connection.execute(f"insert or replace {into}", values)
        return True

    def _also(self, sha: str, table: str, line: int, name: str, origin: str | None, told: str) -> None:
        self.connection.execute(
            "insert or ignore into temp.also values (?, ?, ?, ?, ?, ?)",
            (sha, table, line, name, origin, told),
        )

    def _begin(self) -> None:
        """Have what is noted of documents in a transaction."""
        if self._claimed >= CLAIMED:
            self._commit()
        if not self._claimed:
            self.connection.execute("begin")
        self._claimed += 1

    def _commit(self) -> None:
        if self._claimed:
            self.connection.execute("commit")
        self._claimed = 0

    def has(self, one: Identity) -> bool:
        """Whether the text is here under a name that stands before, or this one: then no record is needed."""
        found = self.connection.execute(
            "select tabl, line, name from temp.current where sha = ?", (one.sha256,)
        ).fetchone()
        return found is not None and tuple(found) <= one.place

    def any(self) -> bool:
        """Whether there is any document."""
        return self.connection.execute("select 1 from temp.current").fetchone() is not None

    def put(self, record: Record) -> None:
        """Keep a document's record."""
        self._records.append(record)
        self._flush_many()

    def put_division(self, made: divisions.Made) -> None:
        """Keep a division's pieces, which are of this build."""
        self._divisions.append(made)
        self._flush_many()

    def remember(
        self, path: str, name: str, reading: str, state: inputs.State, gave: tuple[Identity, ...]
    ) -> None:
        """Keep what a file gave, if a later change of it would show."""
        if state.settled:
            self._inputs.append((path, name, reading, state, gave))
            self._flush_many()

    def _flush_many(self) -> None:
        if len(self._records) + SHARE * len(self._divisions) >= HELD or len(self._inputs) >= 8 * HELD:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if not (self._records or self._inputs or self._divisions):
            return
        self._commit()
        with transaction(self.connection):
            for record in self._records:
                documents.insert(self.connection, record)
            for waiting in self._inputs:
                inputs.remember(self.connection, *waiting)
            for made in self._divisions:
                task = made.asked.task
                if made.computed:
                    number = divisions.insert(self.connection, made.computed, self._terms)
                    self.use(task.adcode, number)
                if made.share:
                    shares.insert(self.connection, made.share)
                    shares.show(self.connection, task.adcode, task.key)
        self._records, self._inputs, self._divisions = [], [], []

    def use(self, adcode: str, division: int) -> None:
        """A division's pieces that this build consists of."""
        self.connection.execute("insert or replace into temp.now values (?, ?)", (adcode, division))

    def place(self) -> None:
        """All documents are here: put them in order. Raises sqlite3.DatabaseError if a record is missing."""
        self._commit()
        self.flush()
        self.connection.execute("""
            insert into temp.placed (sha, name, key, document, file, file_sha)
            select c.sha, c.name, c.key, d.id, c.file, c.file_sha
            from temp.current c join main.document d on d.key = c.key
            order by c.tabl, c.line, c.name
        """)
        here, placed = self.connection.execute(
            "select (select count(*) from temp.current), (select count(*) from temp.placed)"
        ).fetchone()
        if here != placed:
            raise sqlite3.DatabaseError("records are missing")

    def source(self, document: int) -> Source:
        """A document's source, with its text."""
        query = """
            select c.name, c.origin from temp.placed p join temp.current c on c.sha = p.sha
            where p.document = ?
        """
        name, told = self.connection.execute(query, (document,)).fetchone()
        origin = origin_of(json.loads(told)) if told is not None else None
        return documents.source_of(self.connection, document, name, origin)

    def totals(self) -> tuple[int, int, int, int]:
        """How many documents, articles and statements there are, and characters of text."""
        query = """
            select count(*), coalesce(sum(articles), 0), coalesce(sum(statements), 0),
            coalesce(sum(characters), 0) from temp.placed p join document d on d.id = p.document
        """
        documents, articles, statements, characters = self.connection.execute(query).fetchone()
        return documents, articles, statements, characters

    def warnings(self) -> Iterator[str]:
        """What is to be said of documents, and which texts were there more than once."""
        query = """
            select p.name, d.warnings from temp.placed p cross join document d on d.id = p.document
            where d.warnings != '[]' order by p.place
        """
        for name, told in self.connection.execute(query):
            yield from documents.warnings(name, told)
        query = """
            select a.told, c.name from temp.also a join temp.current c on c.sha = a.sha
            order by a.tabl, a.line, a.name
        """
        for told, name in self.connection.execute(query):
            yield f"{told}: the same text as {name}; read once"

    def catalogue(self) -> Iterator[bytes]:
        """A line of JSON for each document: its names, hash and origin, for those who take documents out."""
        query = """
            select p.sha, p.name, c.origin, a.name, a.origin from temp.placed p
            cross join temp.current c on c.sha = p.sha left join temp.also a on a.sha = p.sha
            order by p.place, a.tabl, a.line, a.name
        """
        for sha, rows in groupby(self.connection.execute(query), lambda row: row[0]):
            (_, name, origin, *first), *others = rows
            also = [_told(*told) for told in (first, *(row[3:] for row in others)) if told[0] is not None]
            rest = f', "also": [{", ".join(f"{{{each}}}" for each in also)}]' if also else ""
            yield f"{{{_told(name, origin, sha)}{rest}}}\n".encode()


def _told(name: str, origin: str | None, sha: str | None = None) -> str:
    """The members of a document's object of JSON, in the form of `json.dumps`."""
    hash_ = f', "sha256": {json.dumps(sha)}' if sha is not None else ""
    return f'"name": {json.dumps(name)}{hash_}' + (f', "origin": {origin}' if origin is not None else "")


def _file(one: Identity) -> tuple[str | None, str | None]:
    """The name and hash of the file that a document was taken out of."""
    return (one.origin.name, one.origin.sha256) if one.origin and one.origin.sha256 else (None, None)


def _written(one: Identity) -> str | None:
    """A document's origin as JSON, as the catalogue has it."""
    if one.origin is None:
        return None
    told = {
        "name": one.origin.name,
        "sha256": one.origin.sha256,
        "published": one.origin.published.isoformat() if one.origin.published else "",
        "publisher": one.origin.publisher,
        "title": one.origin.title,
        "url": one.origin.url,
    }
    return json.dumps({key: value for key, value in told.items() if value})


def origin_of(told: dict[str, Any]) -> Origin:
    """An origin as the catalogue has it."""
    day = told.get("published")
    return Origin(**{**told, "published": day_of(day) if day else None})
