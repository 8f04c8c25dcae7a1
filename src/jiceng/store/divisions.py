"""A division's facts as pieces: a function of what the documents say of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from jiceng import validate
from jiceng.graph import pieces
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus
from jiceng.pickling import quickly_pickled
from jiceng.store import documents
from jiceng.store.database import packed

Left = frozenset[tuple[str, int]]
"""Statements that are left out: hash of the document, number in it."""
NOTHING: Left = frozenset()
REMEMBERED = 10_000
"""Shared nodes whose numbers are remembered."""


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Task:
    """A division that is to be computed, from parts of documents in the documents' order.

    `called` is a hash of the documents' names, which only the page shows.
    """

    adcode: str
    key: bytes
    called: bytes
    parts: tuple[int, ...]
    left_out: Left = NOTHING


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Computed:
    """What a division came to, ready to be kept."""

    task: Task
    triples: int
    facts: dict[str, int]
    rules: tuple[str, ...]
    wrong: bool
    turtle: tuple[tuple[str, bytes], ...]
    shared: tuple[pieces.Shared, ...]
    adopted: tuple[pieces.Adopted, ...]


def tasks(connection: sqlite3.Connection, base: str) -> Iterator[Task]:
    """All divisions that the current documents report on."""
    query = """
        select p.adcode, p.id, c.key, c.name from temp.placed c join main.part p on p.document = c.document
        order by p.adcode, c.place
    """
    for adcode, rows in groupby(connection.execute(query), lambda row: row[0]):
        total, called = hashlib.sha256(f"{base} {adcode}".encode()), hashlib.sha256()
        parts = []
        for _, number, key, name in rows:
            parts.append(number)
            total.update(key)
            called.update(f"{name}\n".encode("utf-8", "replace"))
        yield Task(adcode, total.digest(), called.digest(), tuple(parts))


def without(task: Task, left_out: Left) -> Task:
    """The same division without some statements."""
    said = json.dumps(sorted(left_out)).encode()
    return replace(task, key=hashlib.sha256(task.key + said).digest(), left_out=left_out)


def corpus_of(parts: Iterable[documents.Part], left_out: Left = NOTHING) -> Corpus:
    """The parts as a corpus."""
    parts = tuple(parts)
    return Corpus(
        tuple(part.source for part in parts),
        tuple(article for part in parts for _, article in part.articles),
        tuple(
            statement
            for part in parts
            for number, statement in part.statements
            if not left_out or (part.source.sha256, number) not in left_out
        ),
    )


def whole(task: Task, connection: sqlite3.Connection) -> Corpus:
    """The division's corpus with all that the page shows but its documents' names."""
    found = []
    for number in task.parts:
        source = documents.source_of_part(connection, number)
        found.append(documents.whole_part(connection, number, source))
    return corpus_of(found, task.left_out)


def compute(task: Task, connection: sqlite3.Connection, lexicon: Lexicon) -> Computed:
    """Read the parts and build the division's graph."""
    corpus = corpus_of((documents.part(connection, number) for number in task.parts), task.left_out)
    piece = pieces.of_division(corpus, lexicon, lexicon.gazetteer.by_code)
    turtle, shared = pieces.division_turtle(piece)
    kinds = Counter(type(group[0].fact).__name__ for group in piece.builder.groups.values())
    return Computed(
        task,
        sum(number for _, number in turtle.values()),
        dict(sorted(kinds.items())),
        tuple(sorted({s.fact.rule for s in corpus.statements})),
        bool(validate.of_division(piece, lexicon)),
        tuple((kind, packed(body)) for kind, (body, _) in sorted(turtle.items())),
        shared,
        tuple(pieces.adopted(piece)),
    )


class Terms:
    """The numbers of shared nodes. Most divisions have most of theirs in common: some are remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bytes], int] = {}

    def number(self, connection: sqlite3.Connection, term: pieces.Shared) -> int:
        """The number of a shared node, which is put where it is not there."""
        key = term.subject, term.rank, term.turtle
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[key] = _interned(connection, key, term.triples)
        return known


def _interned(connection: sqlite3.Connection, key: tuple[str, str, bytes], triples: int) -> int:
    found = connection.execute(
        "select id from term where subject = ? and rank = ? and data = ?", key
    ).fetchone()
    put = "insert into term (subject, rank, data, triples) values (?, ?, ?, ?)"
    number = found[0] if found else connection.execute(put, (*key, triples)).lastrowid
    assert number is not None
    return int(number)


def find(connection: sqlite3.Connection, key: bytes) -> int | None:
    """The number of a division's pieces that are there."""
    found = connection.execute("select id from division where key = ?", (key,)).fetchone()
    return int(found[0]) if found else None


def insert(connection: sqlite3.Connection, made: Computed, terms: Terms) -> int:
    """Put the pieces, or find that another build has put them; gives their number.

    `terms` remembers shared nodes from division to division.
    """
    put = connection.execute(
        "insert or ignore into division (key, adcode, triples, facts, rules, wrong) "
        "values (?, ?, ?, ?, ?, ?)",
        (
            made.task.key,
            made.task.adcode,
            made.triples,
            json.dumps(made.facts),
            json.dumps(made.rules),
            made.wrong,
        ),
    )
    number = put.lastrowid if put.rowcount else find(connection, made.task.key)
    assert number is not None
    if not put.rowcount:
        return number
    connection.executemany(
        "insert into fragment values (?, ?, ?)", ((number, kind, data) for kind, data in made.turtle)
    )
    connection.executemany(
        "insert or ignore into division_term values (?, ?)",
        [(number, terms.number(connection, term)) for term in made.shared],
    )
    for one in made.adopted:
        at = _mechanism(connection, one)
        connection.execute(
            "insert into division_mechanism values (?, ?, ?, ?, ?)",
            (number, at, one.name, one.type, one.count),
        )
    return number


def _mechanism(connection: sqlite3.Connection, one: pieces.Adopted) -> int:
    subject = f"<{one.mechanism}>"
    found = connection.execute("select id from mechanism where iri = ?", (subject,)).fetchone()
    if found:
        return int(found[0])
    at = connection.execute("insert into mechanism (iri, name) values (?, ?)", (subject, one.key)).lastrowid
    assert at is not None
    grams = sorted({one.key[i : i + 2] for i in range(len(one.key) - 1)})
    connection.executemany("insert into gram values (?, ?)", ((gram, at) for gram in grams))
    return at
