"""A source document in the graph: its name, hash and date, and the file that its text was taken out of."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from jiceng.dateline import dateline
from jiceng.days import Day, Month, Year
from jiceng.graph import iri
from jiceng.graph.namespaces import FOAF, JC, PROV, RDF, SCHEMA, XSD
from jiceng.graph.nodes import Said
from jiceng.model import Origin, Source

_EXACT = {Month: XSD.gYearMonth, Year: XSD.gYear}


def written(source: Source) -> Day | None:
    """The day, month or year of a document: what is known of it, else the one date that its page gives."""
    return (source.origin and source.origin.published) or dateline(source.text)


def described(source: Source, day: Day | None) -> Iterator[Said]:
    """All that the graph says of a document itself."""
    node = NamedNode(iri.document(source.sha256))
    for kind in (JC.SourceDocument, FOAF.Document, PROV.Entity):
        yield node, RDF.type, kind
    yield node, SCHEMA.name, Literal(source.name)
    yield node, SCHEMA.sha256, Literal(source.sha256)
    if day:
        yield (
            node,
            SCHEMA.datePublished,
            Literal(day.isoformat(), datatype=_EXACT.get(type(day), XSD.date)),
        )
    if source.origin:
        yield from _origin(node, source.origin)


def _origin(node: NamedNode, origin: Origin) -> Iterator[Said]:
    if origin.title:
        yield node, SCHEMA.headline, Literal(origin.title, language="zh")
    if origin.publisher:
        yield node, SCHEMA.publisher, Literal(origin.publisher)
    if origin.url:
        yield node, SCHEMA.url, Literal(origin.url)
    if origin.sha256:
        yield node, PROV.wasDerivedFrom, NamedNode(file_iri(origin))


def file_iri(origin: Origin) -> str:
    """The file that a text was taken out of, by the hash of its bytes."""
    return iri.mint("file", origin.sha256[:12])


def file(origin: Origin) -> Iterator[Said]:
    """What is said of such a file.

    It is no jc:SourceDocument: no offset counts in its bytes. The rows of a table share it.
    """
    node = NamedNode(file_iri(origin))
    yield node, RDF.type, FOAF.Document
    yield node, RDF.type, PROV.Entity
    yield node, SCHEMA.name, Literal(origin.name)
    yield node, SCHEMA.sha256, Literal(origin.sha256)
