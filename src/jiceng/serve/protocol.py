"""What a request asks for and in which form: the query operation of the SPARQL 1.1 Protocol.

W3C Recommendation of 21 March 2013, https://www.w3.org/TR/sparql11-protocol/, section 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import QueryResultsFormat, RdfFormat

SOLUTIONS: Mapping[str, QueryResultsFormat] = MappingProxyType(
    {
        "application/sparql-results+json": QueryResultsFormat.JSON,
        "application/json": QueryResultsFormat.JSON,
        "application/sparql-results+xml": QueryResultsFormat.XML,
        "application/xml": QueryResultsFormat.XML,
        "text/csv": QueryResultsFormat.CSV,
        "text/tab-separated-values": QueryResultsFormat.TSV,
    }
)
"""Of SELECT and ASK, the default first. CSV and TSV are for rows only."""

TRIPLES: Mapping[str, RdfFormat] = MappingProxyType(
    {
        "text/turtle": RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/xml": RdfFormat.RDF_XML,
        "text/plain": RdfFormat.N_TRIPLES,
    }
)
"""Of CONSTRUCT and DESCRIBE, the default first."""


@dataclass(frozen=True, slots=True)
class Request:
    """A query with its dataset, the Accept header, and the IRI that relative ones begin at."""

    query: str
    accept: str = "*/*"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: HTTP status, media type, and its bytes; or, if they are many, the path of a file of them."""

    status: int
    media_type: str
    body: bytes = b""
    file: str | None = None


class ProtocolError(Exception):
    """A request that the protocol does not allow, with the HTTP status that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def request_of(pairs: Sequence[tuple[str, str]], accept: str, base: str | None = None) -> Request:
    """The request that decoded parameters make; raises ProtocolError if there is not exactly one query."""
    if any(name == "update" for name, _ in pairs):
        raise ProtocolError(403, "updates are refused; a graph is changed by building it")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, f"give exactly one parameter `query`, not {len(queries)}")
    return Request(
        queries[0],
        accept,
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        base,
    )


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that an Accept header likes best (RFC 9110, 12.5.1); None if it takes none.

    Of equals the first that is offered.
    """
    if not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    liked = [(_quality(kind, ranges), -at, kind) for at, kind in enumerate(offered)]
    quality, _, kind = max(liked)
    return kind if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return kind, max(0.0, min(1.0, float(quality)))
    except ValueError:
        return kind, 0.0


def _quality(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """By the most specific range that fits."""
    for wanted in (kind, kind.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
