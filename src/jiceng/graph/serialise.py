"""Triples → Turtle and N-Triples: sorted, so that equal graphs are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import RdfFormat, Triple, serialize

from jiceng.graph.namespaces import PREFIXES, RDF


def turtle_of(triples: Iterable[Triple], prefixes: Mapping[str, str] | None = None) -> bytes:
    """Turtle in UTF-8: sorted, the same bytes for the same triples; with more prefixes than ours if given."""
    return written_turtle(sorted(set(triples), key=order), prefixes)


def written_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] | None = None) -> bytes:
    """Turtle of triples that are sorted already."""
    known = {**PREFIXES, **(prefixes or {})}
    body = serialize(triples, format=RdfFormat.TURTLE, prefixes=known)
    assert body is not None
    # The serialiser writes the prefixes in an order that changes from run to run.
    lines = body.split(b"\n", len(known))
    return b"\n".join((*sorted(lines[:-1]), b"", lines[-1]))


def written_ntriples(triples: Iterable[Triple]) -> bytes:
    """N-Triples of triples that are sorted already, one line a triple."""
    body = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert body is not None
    return body


def order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject, its types first, then by property and value."""
    return str(triple.subject), triple.predicate != RDF.type, triple.predicate.value, str(triple.object)
