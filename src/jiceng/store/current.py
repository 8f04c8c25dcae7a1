"""The documents of the build under way: each text once, under the first of its names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from jiceng.model import Source
from jiceng.store import divisions, documents, inputs
from jiceng.store.database import pickled, transaction, unpickled
from jiceng.store.documents import Identity, Record

HELD = 64
"""Results that wait to be written together: a transaction costs as much as many of them."""


@dataclass
class Current:
    """Collects the documents of a build in the database."""

    connection: sqlite3.Connection
    tasks: dict[str, divisions.Task] = field(default_factory=dict)
    left_out: set[tuple[str, int]] = field(default_factory=set)
    _records: list[Record] = field(default_factory=list)
    _inputs: list[tuple[str, str, str, inputs.State, tuple[Identity, ...]]] = field(default_factory=list)
    _divisions: list[divisions.Computed] = field(default_factory=list)
    _terms: divisions.Terms = field(default_factory=divisions.Terms)

    def claim(self, one: Identity, told: str) -> bool:
        """Take a document in; False if its text is here under a name that stands before.

        `told` is how messages name it.
        """
        found = self.connection.execute(
            "select tabl, line, name, origin, told from temp.current where sha = ?", (one.sha256,)
        ).fetchone()
        if found and tuple(found[:3]) <= one.place:
            if found[2] != one.name:
                self._also(one.sha256, *one.place, _packed(one), told)
            return False
        if found:
            self._also(one.sha256, *found)
        self.connection.execute(
            "insert or replace into temp.current values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (one.sha256, *one.place, one.key, _packed(one), *_file(one), told),
        )
        return True

    def _also(self, sha: str, table: str, line: int, name: str, origin: bytes | None, told: str) -> None:
        self.connection.execute(
            "insert or ignore into temp.also values (?, ?, ?, ?, ?, ?)",
            (sha, table, line, name, origin, told),
        )

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

    def put_division(self, computed: divisions.Computed) -> None:
        """Keep a division's pieces, which are of this build."""
        self._divisions.append(computed)
        self._flush_many()

    def remember(
        self, path: str, name: str, reading: str, state: inputs.State, gave: tuple[Identity, ...]
    ) -> None:
        """Keep what a file gave, if a later change of it would show."""
        if state.settled:
            self._inputs.append((path, name, reading, state, gave))
            self._flush_many()

    def _flush_many(self) -> None:
        if len(self._records) + len(self._divisions) >= HELD or len(self._inputs) >= 8 * HELD:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if not (self._records or self._inputs or self._divisions):
            return
        with transaction(self.connection):
            for record in self._records:
                documents.insert(self.connection, record)
            for waiting in self._inputs:
                inputs.remember(self.connection, *waiting)
            for computed in self._divisions:
                self.use(computed.task.adcode, divisions.insert(self.connection, computed, self._terms))
        self._records, self._inputs, self._divisions = [], [], []

    def use(self, adcode: str, division: int) -> None:
        """A division's pieces that this build consists of."""
        self.connection.execute("insert or replace into temp.now values (?, ?)", (adcode, division))

    def place(self) -> None:
        """All documents are here: put them in order. Raises sqlite3.DatabaseError if a record is missing."""
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
        name, origin = self.connection.execute(query, (document,)).fetchone()
        return documents.source_of(self.connection, document, name, unpickled(origin) if origin else None)

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
        record: dict[str, object] = {}
        also: list[dict[str, object]] = []
        for sha, name, origin, other, theirs in self.connection.execute(query):
            if record.get("sha256") != sha:
                if record:
                    yield _line(record, also)
                record, also = {"name": name, "sha256": sha, **_origin(origin)}, []
            if other is not None:
                also.append({"name": other, **_origin(theirs)})
        if record:
            yield _line(record, also)


def _line(record: dict[str, object], also: list[dict[str, object]]) -> bytes:
    whole = {**record, "also": also} if also else record
    return json.dumps(whole, ensure_ascii=True).encode() + b"\n"


def _file(one: Identity) -> tuple[str | None, str | None]:
    """The name and hash of the file that a document was taken out of."""
    return (one.origin.name, one.origin.sha256) if one.origin and one.origin.sha256 else (None, None)


def _packed(one: Identity) -> bytes | None:
    return pickled(one.origin) if one.origin else None


def _origin(blob: bytes | None) -> dict[str, object]:
    if blob is None:
        return {}
    origin = unpickled(blob)
    told = {
        "name": origin.name,
        "sha256": origin.sha256,
        "published": origin.published.isoformat() if origin.published else "",
        "publisher": origin.publisher,
        "title": origin.title,
        "url": origin.url,
    }
    return {"origin": {key: value for key, value in told.items() if value}}
