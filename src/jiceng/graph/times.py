"""Periods as OWL-Time intervals: one node for each period, shared by all statements that mean it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from jiceng.graph import iri
from jiceng.graph.namespaces import RDF, RDFS, TIME, XSD
from jiceng.graph.nodes import Node, Said, nodes_of
from jiceng.periods import Part, Period, whole


def period_iri(period: Period) -> str:
    """`id/period/2019`, `id/period/2019--2023-09-25`, `id/period/P3Y--2023-09-25`, …"""
    return iri.mint("period", period.key)


@lru_cache(1 << 10)  # most documents speak of the same few
def nodes(period: Period) -> Mapping[str, Node]:
    """The interval and what it refers to, by IRI."""
    return nodes_of(described(period))


def described(period: Period) -> Iterator[Said]:
    """The interval with its first and last day, as far as they are known.

    Days are instants at the precision of a day: an interval begins and ends with the day, not within it.
    """
    node = NamedNode(period_iri(period))
    yield node, RDF.type, TIME.ProperInterval
    yield node, RDF.type, TIME.TemporalEntity
    yield node, RDFS.label, Literal(period.label, language="zh")
    for predicate, day in ((TIME.hasBeginning, period.start), (TIME.hasEnd, period.end)):
        if day:
            instant = NamedNode(iri.mint("day", day.isoformat()))
            yield node, predicate, instant
            yield from _instant(instant, day)
    if period.duration:
        yield node, TIME.hasXSDDuration, Literal(period.duration, datatype=XSD.duration)
    if period.of:
        around = whole(period.of)
        predicate = TIME.intervalStarts if period.part is Part.START else TIME.intervalFinishes
        yield node, predicate, NamedNode(period_iri(around))
        yield from described(around)


def _instant(node: NamedNode, day: date) -> Iterator[Said]:
    yield node, RDF.type, TIME.Instant
    yield node, TIME.inXSDDate, Literal(day.isoformat(), datatype=XSD.date)
