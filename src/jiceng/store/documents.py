"""A document as a record: what it came to, cut by division, and the Turtle of what it owns."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from jiceng import jsonl, validate
from jiceng.cache import code_sha256, data_sha256
from jiceng.graph import documents as described
from jiceng.graph import pieces
from jiceng.graph.builder import rank
from jiceng.lexicon import Lexicon
from jiceng.model import Article, Corpus, Document, Origin, Source, Statement, Text
from jiceng.resources import ontology_directory
from jiceng.store.database import packed, pickled, unpacked, unpickled

_COLUMNS = (
    "key, name, sha, tabl, line, origin, articles, triples, text_sha, text_size, characters, "
    "statements, warnings, wrong, "
    "file, file_rank, file_triples"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document: the key under which its record is kept covers the rules and the program too."""

    name: str
    sha256: str
    origin: Origin | None
    key: bytes

    @property
    def place(self) -> tuple[str, int, str]:
        """Where it stands among others: `pages.csv#2` before `pages.csv#10`."""
        return place(self.name)


def place(name: str) -> tuple[str, int, str]:
    """What documents are sorted by: the table's name, the row's number, the whole name."""
    table, mark, row = name.rpartition("#")
    if mark and row.isdecimal() and len(row) < 18:
        return table, int(row), name
    return name, 0, name


def base(lexicon: Lexicon) -> str:
    """What every piece depends on: the program and the rules."""
    # The shapes and the cube are always our own, whatever rules are used.
    return f"{code_sha256()} {data_sha256(lexicon.directory)} {data_sha256(ontology_directory())}"


def identify(lexicon: Lexicon, name: str, sha256: str, origin: Origin | None) -> Identity:
    """The identity of a document."""
    whole = repr((base(lexicon), sha256, name, origin)).encode("utf-8", "replace")
    return Identity(name, sha256, origin, hashlib.sha256(whole).digest())


@dataclass(frozen=True, slots=True)
class Record:
    """A row of `document`, one of `content`, and the parts (division, statements, articles)."""

    row: tuple[object, ...]
    content: tuple[bytes | None, ...]
    parts: tuple[tuple[str, bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What a document says of a division. Numbers are places among the document's own.

    `source` has no text; its day is the one that the text gives.
    """

    source: Source
    articles: tuple[tuple[int, Article], ...]
    statements: tuple[tuple[int, Statement], ...]


def record(document: Document, identity: Identity, lexicon: Lexicon) -> Record:
    """A document's record: a pure function of it and the rules."""
    source = document.source
    divisions = lexicon.gazetteer.by_code
    corpus = Corpus((source,), document.articles, document.statements)
    piece = pieces.of_document(corpus, lexicon, divisions)
    wrong = validate.of_document(piece, source)
    turtle = pieces.document_turtle(piece)
    text = source.text.encode()
    lines = jsonl.articles_jsonl(corpus, divisions)
    file = f"<{described.file_iri(source.origin)}>" if "file" in turtle and source.origin else None
    table, line, _ = identity.place
    return Record(
        (
            identity.key,
            source.name,
            source.sha256,
            table,
            line,
            pickled(source.origin) if source.origin else None,
            len(document.articles),
            sum(number for kind, (_, number) in turtle.items() if kind != "file"),
            hashlib.sha256(text).hexdigest(),
            len(text),
            len(source.text),
            len(document.statements),
            json.dumps(document.warnings),
            bool(wrong),
            file,
            rank(t for t in piece.triples if str(t.subject) == file) if file else None,
            turtle["file"][1] if "file" in turtle else 0,
        ),
        (
            packed(text),
            *(packed(turtle[kind][0]) if kind in turtle else None for kind in pieces.OF_DOCUMENT),
            packed(lines),
            pickled(wrong) if wrong else None,
        ),
        tuple(_parts(document)),
    )


def _parts(document: Document) -> Iterable[tuple[str, bytes, bytes]]:
    source = document.source
    day = described.written(source)
    bare = Source(source.name, source.sha256, "", Origin(published=day) if day else None)
    articles: defaultdict[str, list[tuple[int, Article]]] = defaultdict(list)
    statements: defaultdict[str, list[tuple[int, Statement]]] = defaultdict(list)
    for number, article in enumerate(document.articles):
        articles[article.division.adcode].append((number, replace(article, source=bare)))
    for number, statement in enumerate(document.statements):
        statements[statement.division].append((number, statement))
    for code in sorted({*articles, *statements}):
        slim = [(number, _slim(article)) for number, article in articles[code]]
        yield code, pickled((bare, slim, statements[code])), pickled(articles[code])


def _slim(article: Article) -> Article:
    """An article without its text, for which facts need no more than that it is there."""
    return replace(article, body=Text("", ()), paragraphs=(), spans=(), doubts=())


def insert(connection: sqlite3.Connection, made: Record) -> int:
    """Put a record, or find that another build has put it; gives its number."""
    marks = ", ".join("?" * len(made.row))
    put = connection.execute(f"insert or ignore into document ({_COLUMNS}) values ({marks})", made.row)
    if not put.rowcount:
        (number,) = connection.execute("select id from document where key = ?", made.row[:1]).fetchone()
        return int(number)
    number = put.lastrowid
    assert number is not None
    connection.execute("insert into content values (?, ?, ?, ?, ?, ?, ?, ?)", (number, *made.content))
    for code, statements, articles in made.parts:
        at = connection.execute("insert into part (document, adcode) values (?, ?)", (number, code)).lastrowid
        connection.execute("insert into part_content values (?, ?, ?)", (at, statements, articles))
    return number


def find(connection: sqlite3.Connection, key: bytes) -> int | None:
    """The number of a record that is there."""
    found = connection.execute("select id from document where key = ?", (key,)).fetchone()
    return int(found[0]) if found else None


def part(connection: sqlite3.Connection, number: int) -> Part:
    """What a document says of a division, without the articles' texts."""
    (blob,) = _one(connection, "select statements from part_content where part = ?", number)
    source, articles, statements = unpickled(blob)
    return Part(source, tuple(articles), tuple(statements))


def whole_part(connection: sqlite3.Connection, number: int, source: Source) -> Part:
    """What a document says of a division, with all that the page shows."""
    (blob,) = _one(connection, "select articles from part_content where part = ?", number)
    articles = tuple((at, replace(article, source=source)) for at, article in unpickled(blob))
    return replace(part(connection, number), source=source, articles=articles)


def source_of(connection: sqlite3.Connection, document: int) -> Source:
    """A document's source, with its text."""
    query = """
        select d.name, d.sha, d.origin, c.text from document d join content c on c.document = d.id
        where d.id = ?
    """
    name, sha, origin, text = _one(connection, query, document)
    return Source(name, sha, unpacked(text).decode(), unpickled(origin) if origin else None)


def source_of_part(connection: sqlite3.Connection, number: int) -> Source:
    """The source of a part, with its text."""
    (document,) = _one(connection, "select document from part where id = ?", number)
    return source_of(connection, document)


def _one(connection: sqlite3.Connection, query: str, *values: object) -> tuple[Any, ...]:
    found = connection.execute(query, values).fetchone()
    if found is None:
        raise sqlite3.DatabaseError("a piece is missing")
    return found  # type: ignore[no-any-return]
