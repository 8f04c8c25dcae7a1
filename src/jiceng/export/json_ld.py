"""JSON-LD with a context that people can read: `value`, `measured`, `division` instead of IRIs.

The context is `ontology/context.jsonld`, the same for every graph and published under an IRI of its own; a
document holds a copy, so that it is read without a network. What the context says of a property is not
repeated: IRIs, numbers, dates and Chinese texts are plain strings. A value that is of another kind says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiceng.export.rdf import triples
from jiceng.graph.iri import ID
from jiceng.graph.namespaces import RDF, XSD, shortened
from jiceng.resources import ontology_directory

if TYPE_CHECKING:
    from pyoxigraph import Store

_LARGEST = 2**53
"""Whole numbers from here on are not exact in every JSON reader."""


@dataclass(frozen=True, slots=True)
class Context:
    """A context document: its content, its prefixes, and what it says of each term, by IRI.

    `kinds` has a keyword and its value for terms with a coercion: (`@type`, an IRI or `@id`), (`@language`, a
    tag), (`@container`, `@language`).
    """

    iri: str
    content: dict[str, Any]
    prefixes: frozenset[str]
    terms: dict[str, str]
    kinds: dict[str, tuple[str, str]]


@cache
def context(directory: Path | None = None) -> Context:
    """The context of the ontology in a folder (our own)."""
    file = (directory or ontology_directory()) / "context.jsonld"
    document = json.loads(file.read_text("utf-8"))
    content = document["@context"]

    def whole(name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return content[prefix] + rest if colon and prefix in content else name

    terms, kinds, prefixes = {}, {}, set()
    for term, told in content.items():
        if isinstance(told, str) and (told.startswith("@") or "://" in told):
            prefixes.add(term)  # and `id` and `type`, which are no harm
            continue
        name = whole(told if isinstance(told, str) else told["@id"])
        terms[name] = term
        for key in ("@type", "@language", "@container"):
            if not isinstance(told, str) and key in told:
                kinds[name] = (key, whole(told[key]))
    return Context(document["id"], content, frozenset(prefixes), terms, kinds)


def json_ld(store: Store) -> bytes:
    """A flat JSON-LD document (1.0 and 1.1 alike): one object a node, sorted; our IRIs are relative."""
    known = context()
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples(store):
        subject = _reference(triple.subject)
        node = nodes.setdefault(subject, {"id": subject})
        name = triple.predicate.value
        if triple.predicate == RDF.type:
            kind = _reference(triple.object)
            node.setdefault("type", []).append(known.terms.get(getattr(triple.object, "value", ""), kind))
            continue
        term = known.terms.get(name)
        coercion = known.kinds.get(name)
        if coercion and coercion[0] == "@container":
            language = getattr(triple.object, "language", None)
            if term and language and language == language.lower():
                node.setdefault(term, {}).setdefault(language, []).append(triple.object.value)  # type: ignore[union-attr]
                continue
            term = coercion = None
        node.setdefault(term or _short(name), []).append(_value(triple.object, coercion))
    graph = [{key: _single(value) for key, value in node.items()} for _, node in sorted(nodes.items())]
    document = {"@context": {"@base": ID, **known.content}, "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _single(value: Any) -> Any:
    """A list of one as that one, also in an object by language."""
    if isinstance(value, dict):
        return {key: _single(inner) for key, inner in value.items()}
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _short(name: str) -> str:
    short = shortened(name)
    return short if short.partition(":")[0] in context().prefixes else name


def _reference(term: Any) -> str:
    from pyoxigraph import NamedNode

    if not isinstance(term, NamedNode):
        return str(term)
    # jsonld-java, which Jena 4 has, decodes `%2F` in what is relative.
    if term.value.startswith(ID) and "%" not in term.value:
        return term.value.removeprefix(ID)
    return _short(term.value)


def _value(term: Any, coercion: tuple[str, str] | None) -> Any:
    """A value as the context has it, or with what it is where the context says otherwise."""
    from pyoxigraph import Literal

    if not isinstance(term, Literal):
        return _reference(term) if coercion == ("@type", "@id") else {"id": _reference(term)}
    text: Any = term.value
    if term.language:
        kind = ("@language", term.language)
        return text if kind == coercion else {"@value": text, kind[0]: kind[1]}
    if term.datatype == XSD.string:
        return text if coercion is None else {"@value": text}
    kind = ("@type", term.datatype.value)
    if kind == coercion:
        return _native(text, term.datatype)
    return {"@value": text, "@type": _short(kind[1])}


def _native(text: str, datatype: Any) -> Any:
    """JSON's own whole numbers and truth values, where they come back as the same text."""
    if datatype == XSD.boolean and text in ("true", "false"):
        return text == "true"
    if datatype == XSD.integer and text.lstrip("-").isdecimal() and text == str(int(text)):
        return int(text) if abs(int(text)) < _LARGEST else text
    return text
