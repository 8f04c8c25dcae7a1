"""A subject with all that is said of it, and its Turtle: the bytes that the library's serialiser writes.

A build says millions of things. As the library's triples each of them would take longer to make than all else
that is done with it: here they are pairs of a property and a value, sorted and written as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from jiceng.graph import iri
from jiceng.graph.namespaces import PREFIXES, RDF

Term = NamedNode | BlankNode | Literal
Row = tuple[NamedNode, Term | None, str]
"""A property, a value (None until it is asked for: `term_of`), and the value as N-Triples has it."""
Said = tuple[NamedNode, NamedNode, Term]
"""Subject, property and value."""

OTHERS = {prefix: base for prefix, base in PREFIXES.items() if not base.startswith((iri.ID, iri.VOCABULARY))}
"""The prefixes that our Turtle has."""
_TYPE = RDF.type
_INTEGER = '"^^<http://www.w3.org/2001/XMLSchema#integer>'
_OURS = "<" + iri.ID
_BASE = len("<" + iri.BASE)
_REMEMBERED = 1 << 14


def put(
    rows: dict[str, Row], predicate: NamedNode, value: Term | None = None, text: str | None = None
) -> None:
    """Say something in `rows`, once. Their keys stand in the file's order: types, then by property and value.

    `text` is the value as N-Triples has it, where that is known; then it is enough.
    """
    text = str(value) if text is None else text
    key = _key(predicate) + text
    if key not in rows:
        rows[key] = predicate, value, text


@lru_cache(1 << 10)
def _key(predicate: NamedNode) -> str:
    """What the keys of a property's rows begin with."""
    return "\0" if predicate == _TYPE else f"{predicate.value}\0"


def number(predicate: NamedNode, value: int) -> Row:
    """A row whose value is a whole number."""
    return predicate, None, f'"{value}{_INTEGER}'


def quoted(text: str, tag: str = "") -> str:
    """A string as N-Triples has it; `tag` is that of its language (`@zh`)."""
    # To make a literal and have it written takes ten times as long.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"{tag}'
    return str(Literal(text, language=tag[1:]) if tag else Literal(text))


def term_of(row: Row) -> Term:
    """The value of a row."""
    _, value, text = row
    if value is not None:
        return value
    if text[0] == "<":
        return NamedNode(text[1:-1])
    if text[-1] == '"' and "\\" not in text:
        return Literal(text[1:-1])
    (triple,) = parse(f"<x:> <x:> {text} .".encode(), format=RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, Literal)
    return triple.object


class Node:
    """A subject and its rows, in order. One that many graphs have is made once, the same object in all."""

    __slots__ = ("_kinds", "_properties", "_term", "_texts", "_turtle", "name", "rows", "subject", "verdicts")

    def __init__(self, subject: str, rows: tuple[Row, ...]) -> None:
        self.subject = subject
        self.name = f"<{subject}>"
        """The subject as N-Triples has it."""
        self.rows = rows
        self.verdicts: dict[object, object] = {}
        """What checks have found of the node that holds in whatever graph it stands."""
        self._term: NamedNode | None = None
        self._properties: Mapping[NamedNode, Sequence[Term]] | None = None
        self._texts: Mapping[NamedNode, Sequence[str]] | None = None
        self._kinds: tuple[str, ...] | None = None
        self._turtle: bytes | None = None

    @classmethod
    def of(cls, subject: str, rows: Mapping[str, Row]) -> Node:
        """A node of rows in any order."""
        return cls(subject, tuple([rows[key] for key in sorted(rows)]))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def term(self) -> NamedNode:
        """The subject as a term."""
        if self._term is None:
            self._term = NamedNode(self.subject)
        return self._term

    @property
    def types(self) -> Iterator[Term]:
        """The classes, which stand first."""
        for row in self.rows:
            if row[0] != _TYPE:
                return
            yield term_of(row)

    @property
    def triples(self) -> Iterable[Triple]:
        """All triples, in order."""
        subject = self.term
        return (Triple(subject, row[0], term_of(row)) for row in self.rows)

    @property
    def properties(self) -> Mapping[NamedNode, Sequence[Term]]:
        """The values of each property."""
        if self._properties is None:
            found: dict[NamedNode, list[Term]] = {}
            values: list[Term] = []
            last: NamedNode | None = None
            for row in self.rows:
                predicate = row[0]
                if predicate is not last and predicate != last:
                    values = found[predicate] = []
                    last = predicate
                values.append(term_of(row))
            self._properties = found
        return self._properties

    @property
    def texts(self) -> Mapping[NamedNode, Sequence[str]]:
        """The same as N-Triples has them."""
        if self._texts is None:
            found: dict[NamedNode, list[str]] = {}
            last: NamedNode | None = None
            values: list[str] = []
            for predicate, _, text in self.rows:
                if predicate is not last:
                    last = predicate
                    values = found.setdefault(predicate, [])
                values.append(text)
            self._texts = found
        return self._texts

    @property
    def kinds(self) -> Sequence[str]:
        """The classes as N-Triples has them."""
        if self._kinds is None:
            self._kinds = tuple(self.texts.get(_TYPE, ()))
        return self._kinds

    @property
    def turtle(self) -> bytes:
        """Turtle without the header: that of nodes in a row is that of all of them."""
        if self._turtle is None:
            self._turtle = _written(self).encode()
        return self._turtle


def nodes_of(said: Iterable[Said | Triple]) -> dict[str, Node]:
    """Nodes of statements in any order, by subject."""
    found: dict[str, dict[str, Row]] = {}
    for subject, predicate, value in said:
        put(found.setdefault(subject.value, {}), predicate, value)
    return {subject: Node.of(subject, rows) for subject, rows in found.items()}


def _written(node: Node) -> str:
    properties: list[str] = []
    last: NamedNode | None = None
    for row in node.rows:
        predicate, _, text = row
        if text[0] != '"':
            told = _named(text)
        elif text[-1] != ">":  # of a language, or plain
            told = text
        elif text.endswith(_INTEGER) and (number := text[1 : -len(_INTEGER)]).isdecimal() and text.isascii():
            told = number
        else:
            told = _literal(text)
        if predicate is last or predicate == last:
            properties[-1] += f" , {told}"
        else:
            properties.append(f"{_property(predicate)} {told}")
            last = predicate
    return f"{_named(node.name)} " + " ;\n\t".join(properties) + " .\n"


def _named(text: str) -> str:
    """A name as our Turtle has it: relative to the base, or with a prefix."""
    if text.startswith(_OURS):
        rest = text[_BASE:]
        # What `iri.mint` makes holds none of these; in others' names they may be told otherwise.
        if not ("?" in rest or "#" in rest or ":" in rest or "//" in rest or "/." in rest):
            return "<" + rest
    return _other(text)


@lru_cache(_REMEMBERED)
def _other(text: str) -> str:
    return text if text.startswith("_:") else _asked(NamedNode(text[1:-1]))


@lru_cache(1 << 10)
def _property(predicate: NamedNode) -> str:
    return "a" if predicate == _TYPE else _asked(predicate)


@lru_cache(_REMEMBERED)
def _literal(text: str) -> str:
    return _asked(term_of((_TYPE, None, text)))


@lru_cache(_REMEMBERED)
def _asked(value: Term) -> str:
    """A term as the library writes it."""
    any_ = NamedNode("x:")
    body = serialize([Triple(any_, any_, value)], format=RdfFormat.TURTLE, prefixes=OTHERS, base_iri=iri.BASE)
    assert body is not None
    return body.decode().split("<x:> <x:> ", 1)[1].removesuffix(" .\n")
