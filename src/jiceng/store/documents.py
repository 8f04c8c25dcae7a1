"""A document as a record: what it came to, cut by division, and the Turtle of what it owns.

A record knows neither the document's name nor the file that it came from, which both change for all rows of a
table when one is added or taken out. Marks stand in their places; what a build calls the document is put in
when the record is taken up (`described`, `lines`, `whole_part`).
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import Literal

from jiceng import jsonl, validate
from jiceng.cache import code_sha256, data_sha256
from jiceng.graph import documents as about
from jiceng.graph import iri, pieces
from jiceng.lexicon import Lexicon
from jiceng.model import Article, Corpus, Document, Evidence, Origin, Source, Statement, Text
from jiceng.pickling import quickly_pickled
from jiceng.resources import ontology_directory
from jiceng.store.database import packed, pickled, unpacked, unpickled

_COLUMNS = "key, sha, articles, triples, text_sha, text_size, characters, statements, warnings, wrong"
SHA256 = re.compile(r"[0-9a-f]{64}")
"""The form of a document's hash, of which names of files and IRIs are made."""
_KINDS = ("article", "document", "evidence")
_NAME = "name of the document"
_FILE = Origin(name="name of the file", sha256="0" * 64)
# Quotes and line breaks are escaped within literals, so that no title can hold these; nor can a line of JSON
# hold a line break.
_NAMED = f'schema:name "{_NAME}"'.encode()
_LINE = f'\n{{"source": "{_NAME}"'.encode()


def _file_iri(origin: Origin) -> str:
    """As the Turtle of a build has it: relative to the base."""
    return about.file_iri(origin).removeprefix(iri.BASE)


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Identity:
    """Which document, and the key of its record: a hash of its text, metadata, the rules and the program."""

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


def base(ontology: Path) -> str:
    """What every piece depends on: the program and the rules."""
    # The shapes and the cube are always our own, whatever rules are used.
    return f"{code_sha256()} {data_sha256(ontology)} {data_sha256(ontology_directory())}"


def identify(lexicon: Lexicon, name: str, sha256: str, origin: Origin | None) -> Identity:
    """The identity of a document."""
    own = origin and (*_file_marks(origin), origin.published, origin.publisher, origin.title, origin.url)
    whole = repr((base(lexicon.directory), sha256, name and _NAME, own)).encode("utf-8", "replace")
    return Identity(name, sha256, origin, hashlib.sha256(whole).digest())


def _marked(name: str, origin: Origin | None) -> tuple[str, Origin | None]:
    """Marks for a name and a file."""
    if origin:
        file, sha256 = _file_marks(origin)
        origin = replace(origin, name=file, sha256=sha256)
    return name and _NAME, origin


def _file_marks(origin: Origin) -> tuple[str, str]:
    """The name and hash of a file, or marks for them; one that breaks a shape stays, to be told of."""
    if origin.name and SHA256.fullmatch(origin.sha256):
        return _FILE.name, _FILE.sha256
    return (origin.name if origin.sha256 else ""), origin.sha256  # without a hash the graph does not name it


@quickly_pickled
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


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Packed:
    """What the database has of a part, in a form that travels between machines.

    Only the page needs `articles` (with their texts) and `text`, the document's; None stands for a long text.
    """

    statements: bytes
    sha256: str
    articles: bytes = b""
    text: bytes | None = None


def record(document: Document, identity: Identity, lexicon: Lexicon) -> Record:
    """A document's record: a pure function of what its key covers."""
    name, origin = _marked(document.source.name, document.source.origin)
    source = replace(document.source, name=name, origin=origin)
    divisions = lexicon.gazetteer.by_code
    articles = tuple(replace(article, source=source) for article in document.articles)
    corpus = Corpus((source,), articles, document.statements)
    piece = pieces.of_document(corpus, lexicon, divisions)
    wrong = validate.of_document(piece, source)
    turtle = pieces.document_turtle(piece)
    text = source.text.encode()
    return Record(
        (
            identity.key,
            source.sha256,
            len(document.articles),
            sum(number for kind, (_, number) in turtle.items() if kind != "file"),
            hashlib.sha256(text).hexdigest(),
            len(text),
            len(source.text),
            len(document.statements),
            json.dumps([_unnamed(told, document.source.name) for told in document.warnings]),
            bool(wrong),
        ),
        (
            packed(text),
            *(packed(turtle[kind][0]) if kind in turtle else None for kind in _KINDS),
            packed(jsonl.articles_jsonl(corpus, divisions)),
        ),
        tuple(_parts(document)),
    )


def examine(identity: Identity, made: Record, lexicon: Lexicon) -> None:
    """Look a record over that another machine made; raises ValueError or anything else where it is damaged.

    What is in a database is known to be whole: a damaged piece there is the database's damage.
    """
    _examine_row(identity, made, lexicon)
    text, *rest = made.content
    _, _, _, _, text_sha, text_size, characters, *_ = made.row
    data = unpacked(text or b"")
    if (hashlib.sha256(data).hexdigest(), len(data), len(data.decode())) != (text_sha, text_size, characters):
        raise ValueError("a text that is not the document's")
    if len(rest) != len(_KINDS) + 1:
        raise ValueError("pieces are missing")
    for blob in rest:
        if blob is not None:
            unpacked(blob)
    for code, facts, whole in made.parts:
        if code not in lexicon.gazetteer.by_code:
            raise ValueError("a division that there is not")
        _examine_part(identity, facts, whole)


def _examine_row(identity: Identity, made: Record, lexicon: Lexicon) -> None:
    key, sha, articles, triples, _, text_size, characters, statements, told, wrong = made.row
    if not SHA256.fullmatch(identity.sha256):
        raise ValueError("a hash that is none")
    same = identify(lexicon, identity.name, identity.sha256, identity.origin)
    if identity != same or (key, sha) != (same.key, same.sha256):
        raise ValueError("a key that is not the document's")
    numbers = (articles, triples, text_size, characters, statements)
    if not all(isinstance(number, int) and 0 <= number < 1 << 40 for number in numbers):
        raise ValueError("a number that is none")
    if not isinstance(told, str) or not isinstance(wrong, bool):
        raise ValueError("something else than a document")
    list(warnings(identity.name, told))


def _examine_part(identity: Identity, facts: bytes, whole: bytes) -> None:
    source, slim, some = unpickled(facts)
    if not isinstance(source, Source) or source.sha256 != identity.sha256:
        raise ValueError("facts of another document")
    for values, kind in ((slim, Article), (some, Statement), (unpickled(whole), Article)):
        if not all(isinstance(at, int) and isinstance(value, kind) for at, value in values):
            raise ValueError("something else than facts")


def _unnamed(warning: str, name: str) -> tuple[bool, str]:
    """Whether a warning begins with the document's name, and its rest."""
    rest = warning.removeprefix(f"{name}: ")
    return rest != warning, rest


def warnings(name: str, told: str) -> Iterator[str]:
    """A record's warnings on a document that goes by a name."""
    for named, rest in json.loads(told):
        yield f"{name}: {rest}" if named else rest


def described(turtle: bytes, name: str, file_sha256: str | None) -> bytes:
    """A record's Turtle of the document's node, with its name and file put in."""
    turtle = turtle.replace(_NAMED, b"schema:name " + str(Literal(name)).encode(), 1)
    if file_sha256:
        turtle = turtle.replace(_derived(_FILE.sha256), _derived(file_sha256), 1)
    return turtle


@lru_cache(16)  # all rows of a table are of one file
def _derived(file_sha256: str) -> bytes:
    return f"\n\tprov:wasDerivedFrom <{_file_iri(Origin(sha256=file_sha256))}>".encode()


def lines(unnamed: bytes, name: str) -> bytes:
    """A record's lines of articles with the document's name put in."""
    source = json.dumps({"source": name}, ensure_ascii=False).translate(jsonl.LINE_ENDS)
    return (b"\n" + unnamed).replace(_LINE, f"\n{source[:-1]}".encode())[1:]


def _parts(document: Document) -> Iterable[tuple[str, bytes, bytes]]:
    source = document.source
    day = about.written(source)
    bare = Source("", source.sha256, "", Origin(published=day) if day else None)
    articles: defaultdict[str, list[tuple[int, Article]]] = defaultdict(list)
    statements: defaultdict[str, list[tuple[int, Statement]]] = defaultdict(list)
    for number, article in enumerate(document.articles):
        articles[article.division.adcode].append((number, _shown(article, bare)))
    for number, statement in enumerate(document.statements):
        statements[statement.division].append((number, _called(statement, "")))
    for code in sorted({*articles, *statements}):
        slim = [(number, _slim(article)) for number, article in articles[code]]
        yield code, pickled((bare, slim, statements[code])), pickled(articles[code])


def _called(statement: Statement, name: str) -> Statement:
    """A statement whose evidence stands in a document of this name."""
    return replace(
        statement,
        evidence=tuple(Evidence(name, e.sha256, e.span, e.exact) for e in statement.evidence),
    )


def _shown(article: Article, source: Source) -> Article:
    """An article as the page shows it: without what only those ask for who read facts in it."""
    return replace(article, source=source, body=Text(article.body.value, ()), doubts=(), names=())


def _slim(article: Article) -> Article:
    """Such an article without its text: facts need no more than that it is there."""
    return replace(article, body=Text("", ()), paragraphs=(), spans=())


def insert(connection: sqlite3.Connection, made: Record) -> int:
    """Put a record, or find that another build has put it; gives its number."""
    marks = ", ".join("?" * len(made.row))
    put = connection.execute(f"insert or ignore into document ({_COLUMNS}) values ({marks})", made.row)
    if not put.rowcount:
        (number,) = connection.execute("select id from document where key = ?", made.row[:1]).fetchone()
        return int(number)
    number = put.lastrowid
    assert number is not None
    connection.execute("insert into content values (?, ?, ?, ?, ?, ?)", (number, *made.content))
    for code, statements, articles in made.parts:
        at = connection.execute("insert into part (document, adcode) values (?, ?)", (number, code)).lastrowid
        connection.execute("insert into part_content values (?, ?, ?)", (at, statements, articles))
    return number


def find(connection: sqlite3.Connection, key: bytes) -> int | None:
    """The number of a record that is there."""
    found = connection.execute("select id from document where key = ?", (key,)).fetchone()
    return int(found[0]) if found else None


def part(connection: sqlite3.Connection, number: int) -> Part:
    """What a document says of a division, without its name and the articles' texts."""
    (blob,) = _one(connection, "select statements from part_content where part = ?", number)
    return _part(blob)


def _part(blob: bytes) -> Part:
    source, articles, statements = unpickled(blob)
    return Part(source, tuple(articles), tuple(statements))


def packed_part(connection: sqlite3.Connection, number: int, longest: int | None) -> Packed:
    """A part as it is kept; with all that the page needs if it is told the `longest` text that it takes."""
    if longest is None:
        query = """
            select c.statements, d.sha from part p join part_content c on c.part = p.id
            join document d on d.id = p.document where p.id = ?
        """
        return Packed(*_one(connection, query, number))
    query = """
        select c.statements, d.sha, c.articles, case when d.characters <= ? then t.text end from part p
        join part_content c on c.part = p.id join document d on d.id = p.document
        join content t on t.document = d.id where p.id = ?
    """
    return Packed(*_one(connection, query, longest, number))


def opened_part(kept: Packed) -> Part:
    """What a document says of a division, without the articles' texts."""
    return _part(kept.statements)


def with_texts(bare: Part, kept: Packed) -> Part:
    """The same part with the texts that were packed."""
    text = unpacked(kept.text).decode() if kept.text is not None else ""
    return Part(replace(bare.source, text=text), tuple(unpickled(kept.articles)), bare.statements)


def whole_part(connection: sqlite3.Connection, number: int, source: Source) -> Part:
    """What a document says of a division, with all that the page shows."""
    (blob,) = _one(connection, "select articles from part_content where part = ?", number)
    bare = part(connection, number)
    source = replace(source, origin=source.origin or bare.source.origin)  # for its day
    articles = tuple((at, replace(article, source=source)) for at, article in unpickled(blob))
    return Part(source, articles, tuple((at, _called(said, source.name)) for at, said in bare.statements))


def source_of(
    connection: sqlite3.Connection, document: int, name: str, origin: Origin | None = None
) -> Source:
    """A document's source, with its text."""
    query = "select d.sha, c.text from document d join content c on c.document = d.id where d.id = ?"
    sha, text = _one(connection, query, document)
    return Source(name, sha, unpacked(text).decode(), origin)


def _one(connection: sqlite3.Connection, query: str, *values: object) -> tuple[Any, ...]:
    found = connection.execute(query, values).fetchone()
    if found is None:
        raise sqlite3.DatabaseError("a piece is missing")
    return found  # type: ignore[no-any-return]
