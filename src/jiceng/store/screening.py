"""What is done where a piece breaks a shape, or a quote differs from its source: a rare case.

The divisions that are concerned are built as one corpus in memory and screened as `validate.screen` does:
what is said of others cannot depend on them. Then their pieces are computed again without what was left out.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jiceng import validate
from jiceng.graph import iri, pieces
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Source
from jiceng.store import divisions, documents
from jiceng.store.current import Current
from jiceng.store.database import packed
from jiceng.store.divisions import Left, Task


def screen(current: Current, lexicon: Lexicon, tasks: Iterable[Task]) -> tuple[str, ...]:
    """Leave out what is invalid, and say what that was, as the whole graph's screening would.

    Raises ValidationError for what no fact is to blame for.
    """
    by_code = {task.adcode: task for task in tasks}
    found: list[validate.Violation] = []
    for codes, alone in _concerned(current.connection, lexicon, by_code):
        corpus, numbers = _corpus(current, [by_code[code] for code in codes], alone)
        screened = validate.screen(corpus, lexicon, lexicon.gazetteer.by_code)
        found.extend(screened.report.violations)
        kept = {id(statement) for statement in screened.corpus.statements}
        left = frozenset(numbers[id(s)] for s in corpus.statements if id(s) not in kept)
        if left:
            _again(current, lexicon, [by_code[code] for code in codes], corpus, left)
    found.sort(key=lambda v: (v.round, v.component == validate.QUOTE, v.focus, v.path or "", v.component))
    return tuple(map(str, found))


def _concerned(
    connection: sqlite3.Connection, lexicon: Lexicon, by_code: dict[str, Task]
) -> Iterator[tuple[list[str], list[int]]]:
    """Divisions that must be screened together, and documents that are wrong and in none."""
    union: dict[str, str] = {}

    def root(code: str) -> str:
        while union.setdefault(code, code) != code:
            code = union[code]
        return code

    def join(codes: Iterable[str]) -> None:
        first, *others = (root(code) for code in codes)
        for other in others:
            union[root(other)] = root(first)

    alone = []
    of_document = """
        select p.document, t.adcode from temp.placed p join document d on d.id = p.document
        left join part t on t.document = p.document where d.wrong order by p.place, t.adcode
    """
    members: defaultdict[int, list[str]] = defaultdict(list)
    for document, adcode in connection.execute(of_document).fetchall():
        if adcode is None:
            alone.append(document)
        else:
            members[document].append(adcode)
    for codes in members.values():
        join(codes)
    wrong = (
        "select n.adcode from temp.now n join division d on d.id = n.division where d.wrong order by n.adcode"
    )
    for (adcode,) in connection.execute(wrong).fetchall():
        join([adcode, *_sharing(connection, lexicon, by_code[adcode])])
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(union):
        groups[root(code)].append(code)
    for document in alone:
        yield [], [document]
    for name in sorted(groups):
        yield groups[name], []


def _sharing(connection: sqlite3.Connection, lexicon: Lexicon, task: Task) -> list[str]:
    """The divisions with the mechanisms whose name or type is wrong in a division."""
    corpus = divisions.corpus_of(documents.part(connection, number) for number in task.parts)
    piece = pieces.of_division(corpus, lexicon, lexicon.gazetteer.by_code)
    suspect = {
        v.focus.rpartition("/")[0]
        for v in validate.of_division(piece, lexicon)
        if v.focus.startswith(iri.ID + "mechanism/")
    }
    query = """
        select distinct n.adcode from mechanism m join division_mechanism d on d.mechanism = m.id
        join temp.now n on n.division = d.division where m.iri = ?
    """
    return sorted({code for node in suspect for (code,) in connection.execute(query, (f"<{node}>",))})


def whole(current: Current) -> Corpus:
    """All documents in memory, without what was left out."""
    connection = current.connection
    rows = connection.execute("select document from temp.placed order by place").fetchall()
    sources = {document: current.source(document) for (document,) in rows}
    query = (
        "select p.document, t.id from temp.placed p join part t on t.document = p.document order by p.place"
    )
    found = connection.execute(query).fetchall()
    parts = (documents.whole_part(connection, number, sources[document]) for document, number in found)
    corpus, where = ordered(sources.values(), parts)
    statements = tuple(s for s in corpus.statements if where[id(s)] not in current.left_out)
    return replace(corpus, statements=statements)


def _corpus(
    current: Current, tasks: list[Task], alone: list[int]
) -> tuple[Corpus, dict[int, tuple[str, int]]]:
    """Divisions as one corpus in the order of documents, and where each of its statements (by id) stands."""
    numbers = [number for task in tasks for number in task.parts]
    # As one value: SQLite takes no more than some ten thousands of them.
    query = """
        select p.document, t.id from temp.placed p join part t on t.document = p.document
        where t.id in (select value from json_each(?)) order by p.place, t.adcode
    """
    connection = current.connection
    rows = connection.execute(query, (json.dumps(numbers),)).fetchall()
    sources = {d: current.source(d) for d in dict.fromkeys([*alone, *(d for d, _ in rows)])}
    parts = [documents.whole_part(connection, number, sources[document]) for document, number in rows]
    return ordered(sources.values(), parts)


def ordered(
    sources: Iterable[Source], parts: Iterable[documents.Part]
) -> tuple[Corpus, dict[int, tuple[str, int]]]:
    """Parts as a corpus in the order of `sources`, articles and statements as their documents have them."""
    by_document: defaultdict[str, list[documents.Part]] = defaultdict(list)
    for part in parts:
        by_document[part.source.sha256].append(part)
    sources = tuple(sources)
    articles = []
    statements = []
    where = {}
    for source in sources:
        own = by_document[source.sha256]
        articles += [
            a for _, a in sorted((a for part in own for a in part.articles), key=lambda pair: pair[0])
        ]
        for number, statement in sorted(
            (s for part in own for s in part.statements), key=lambda pair: pair[0]
        ):
            statements.append(statement)
            where[id(statement)] = source.sha256, number
    return Corpus(sources, tuple(articles), tuple(statements)), where


def _again(current: Current, lexicon: Lexicon, tasks: list[Task], corpus: Corpus, left: Left) -> None:
    """Compute the pieces of divisions, and the evidence of documents, without what is left out."""
    connection = current.connection
    current.left_out |= left
    for task in tasks:
        own = frozenset(
            (part.source.sha256, number)
            for part in (documents.part(connection, at) for at in task.parts)
            for number, _ in part.statements
            if (part.source.sha256, number) in left
        )
        if own:
            changed = current.tasks[task.adcode] = divisions.without(task, own)
            number = divisions.find(connection, changed.key)
            if number is None:
                asked = divisions.Asked(changed, graph=True, page=False)
                current.put_division(divisions.make(divisions.given(asked, connection), lexicon))
            else:
                current.use(task.adcode, number)
    current.flush()
    for sha in sorted({sha for sha, _ in left}):
        query = "select document from temp.placed where sha = ?"
        (document,) = connection.execute(query, (sha,)).fetchone()
        source = current.source(document)
        parts = connection.execute("select id from part where document = ?", (document,)).fetchall()
        whole, where = ordered([source], [documents.whole_part(connection, at, source) for (at,) in parts])
        rest = tuple(s for s in whole.statements if where[id(s)] not in current.left_out)
        piece = pieces.of_document(
            Corpus(whole.sources, whole.articles, rest), lexicon, lexicon.gazetteer.by_code
        )
        turtle = pieces.document_turtle(piece)
        body = turtle.get("evidence", (b"", 0))[0]
        triples = sum(number for kind, (_, number) in turtle.items() if kind != "file")
        connection.execute(
            "insert or replace into temp.redone values (?, ?, ?)", (document, packed(body), triples)
        )
