"""JSON-LD with a context that people can read: `value`, `measured`, `division` instead of IRIs.

A term's way of writing follows from the graph: where all values of a property are IRIs, or have the same
datatype or language, the context says so once and the values are plain strings (or whole numbers).
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jiceng.export.rdf import triples
from jiceng.graph.iri import ID
from jiceng.graph.namespaces import PREFIXES, RDF, XSD, shortened

if TYPE_CHECKING:
    from pyoxigraph import Store

_PREFIXES = {prefix: base for prefix, base in PREFIXES.items() if not base.startswith(ID)}
_LARGEST = 2**53
"""Whole numbers from here on are not exact in every JSON reader."""


def json_ld(store: Store) -> bytes:
    """A flat JSON-LD document (1.0 and 1.1 alike): one object a node, sorted; our IRIs are relative."""
    everything = triples(store)
    kinds: dict[str, set[tuple[str, str]]] = defaultdict(set)
    classes = set()
    for triple in everything:
        if triple.predicate == RDF.type:
            classes.add(getattr(triple.object, "value", ""))
        else:
            kinds[triple.predicate.value].add(_kind(triple.object))
    terms = _terms(sorted({*kinds, *classes}))
    context: dict[str, Any] = {"@base": ID, "id": "@id", "type": "@type", **_PREFIXES}
    for name, term in terms.items():
        if name not in kinds:
            context[term] = shortened(name)
            continue
        (key, said), *others = sorted(kinds[name])
        told = {"@id": shortened(name)}
        context[term] = told if others or not key else told | {key: _short(said)}
    nodes: dict[str, dict[str, Any]] = {}
    for triple in everything:
        subject = _reference(triple.subject)
        node = nodes.setdefault(subject, {"id": subject})
        if triple.predicate == RDF.type:
            name = getattr(triple.object, "value", "")
            node.setdefault("type", []).append(terms[name])
        else:
            name = triple.predicate.value
            value = _value(triple.object, len(kinds[name]) == 1)
            node.setdefault(terms[name], []).append(value)
    graph = [
        {
            key: value[0] if isinstance(value, list) and len(value) == 1 else value
            for key, value in node.items()
        }
        for _, node in sorted(nodes.items())
    ]
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1).encode() + b"\n"


def _terms(names: list[str]) -> dict[str, str]:
    """By IRI its local name; where two have the same, or a prefix has it, the prefixed name."""
    taken = defaultdict(list)
    for name in names:
        taken[_local(name)].append(name)
    reserved = {"id", "type", "", *_PREFIXES}
    return {
        name: _local(name)
        if len(taken[_local(name)]) == 1 and _local(name) not in reserved
        else shortened(name)
        for name in names
    }


def _local(name: str) -> str:
    return name.rpartition("#")[2].rpartition("/")[2]


def _short(name: str) -> str:
    prefix = shortened(name).partition(":")[0]
    return shortened(name) if prefix in _PREFIXES else name


def _kind(term: Any) -> tuple[str, str]:
    """What the context says of values like this one: a keyword and its value."""
    from pyoxigraph import Literal

    if not isinstance(term, Literal):
        return "@type", "@id"
    if term.language:
        return "@language", term.language
    return ("", "") if term.datatype == XSD.string else ("@type", term.datatype.value)


def _reference(term: Any) -> str:
    from pyoxigraph import NamedNode

    if not isinstance(term, NamedNode):
        return str(term)
    # jsonld-java, which Jena 4 has, decodes `%2F` in what is relative.
    if term.value.startswith(ID) and "%" not in term.value:
        return term.value.removeprefix(ID)
    return _short(term.value)


def _value(term: Any, alike: bool) -> Any:
    key, said = _kind(term)
    if said == "@id":
        return _reference(term) if alike else {"id": _reference(term)}
    text: Any = term.value
    if said == XSD.integer.value and text == str(int(text)) and abs(int(text)) < _LARGEST:
        text = int(text)
    if alike:
        return text
    return {"@value": text, key: _short(said)} if key else {"@value": text}
