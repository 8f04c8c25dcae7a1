"""A place in a source as the graph describes it: both selectors of Web Annotation in one node.

Half of all that a build says is said of places. What is said of each is known, and in which order it stands:
nothing is sorted.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from jiceng.graph import iri
from jiceng.graph.namespaces import JC, OA, RDF
from jiceng.graph.nodes import Node, Row, number, quoted
from jiceng.model import Evidence

CONTEXT = 16
"""Characters of the source that an evidence's prefix and suffix hold, where there are as many."""
_KINDS: tuple[Row, ...] = tuple(
    (RDF.type, kind, str(kind))
    for kind in sorted((JC.Evidence, OA.TextPositionSelector, OA.TextQuoteSelector), key=str)
)


def described(place: str, quote: Evidence, text: str) -> Node:
    """The node of a place; `text` is the source's, empty where it is not at hand."""
    start, end = quote.span.start, quote.span.end
    source = iri.document(quote.sha256)
    rows = [
        *_KINDS,
        number(OA.end, end),
        _text(OA.exact, quote.exact),
        (OA.hasSource, None, f"<{source}>"),
    ]
    if before := text[max(start - CONTEXT, 0) : start]:
        rows.append(_text(OA.prefix, before))
    rows.append(number(OA.start, start))
    if behind := text[end : end + CONTEXT]:
        rows.append(_text(OA.suffix, behind))
    return Node(place, tuple(rows))


def _text(predicate: NamedNode, text: str) -> Row:
    return predicate, None, quoted(text)
