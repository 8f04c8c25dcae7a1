"""A division's facts as pieces: a function of what the documents say of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from jiceng import page, validate
from jiceng.graph import pieces
from jiceng.graph.identity import Named, fact_iri
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Statement
from jiceng.pickling import quickly_pickled
from jiceng.store import documents, shares
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


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made of a division: its part of the graph, its share of the page, or both."""

    task: Task
    graph: bool
    page: bool


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Given:
    """What that is made from: all there is to know, so that any machine can make it."""

    asked: Asked
    parts: tuple[documents.Packed, ...]


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Made:
    """What was made; None stands for what was not asked for."""

    asked: Asked
    computed: Computed | None
    share: shares.Share | None


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


def given(asked: Asked, connection: sqlite3.Connection) -> Given:
    """What a division is made from, out of the database."""
    longest = page.LONG if asked.page else None
    return Given(
        asked, tuple(documents.packed_part(connection, number, longest) for number in asked.task.parts)
    )


def make(given: Given, lexicon: Lexicon) -> Made:
    """Make what is asked for: a pure function of what is given and the rules, for other machines too."""
    asked = given.asked
    parts = [documents.opened_part(kept) for kept in given.parts]
    iris = Named()
    computed = compute(asked.task, parts, lexicon, iris) if asked.graph else None
    share = None
    if asked.page:
        whole = [documents.with_texts(part, kept) for part, kept in zip(parts, given.parts, strict=True)]
        long = {kept.sha256 for kept in given.parts if kept.text is None}
        share = shares.make(asked.task.key, corpus_of(whole, asked.task.left_out), long, lexicon, iris)
    return Made(asked, computed, share)


def compute(
    task: Task, parts: Iterable[documents.Part], lexicon: Lexicon, iris: Callable[[Statement], str] = fact_iri
) -> Computed:
    """Build the division's graph from its parts."""
    corpus = corpus_of(parts, task.left_out)
    piece = pieces.of_division(corpus, lexicon, lexicon.gazetteer.by_code, iris)
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
