"""Triples → Turtle and N-Triples: sorted, so that equal graphs are equal bytes.

Our own IRIs are written relative to `@base` and not with a prefix: they hold slashes, which a prefixed name
must escape (`evidence:0f…\\/3-9`), and Virtuoso's reader takes such an escape for a part of the name.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import IO, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from jiceng.graph import iri
from jiceng.graph.namespaces import RDF
from jiceng.graph.nodes import OTHERS as _PREFIXES
from jiceng.graph.nodes import Node

_TYPE = RDF.type.value


def turtle_of(triples: Iterable[Triple], prefixes: Mapping[str, str] | None = None) -> bytes:
    """Turtle in UTF-8: sorted, the same bytes for the same triples; with more prefixes than ours if given."""
    return written_turtle(sorted(set(triples), key=order), prefixes)


def written_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] | None = None) -> bytes:
    """Turtle of triples that are sorted already."""
    return header(prefixes) + _body(triples, {**_PREFIXES, **(prefixes or {})})


def written_ntriples(triples: Iterable[Triple]) -> bytes:
    """N-Triples of triples that are sorted already, one line a triple."""
    body = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert body is not None
    return body


def header(prefixes: Mapping[str, str] | None = None) -> bytes:
    """What our Turtle begins with: base and prefixes."""
    known = {**_PREFIXES, **(prefixes or {})}
    lines = (f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in sorted(known))
    return "".join((f"@base <{iri.BASE}> .\n", *lines, "\n")).encode()


def written_body(triples: Iterable[Triple]) -> bytes:
    """Turtle of sorted triples without the header: bodies in a row are the body of all of them."""
    return _body(triples, _PREFIXES)


def _body(triples: Iterable[Triple], known: Mapping[str, str]) -> bytes:
    body = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(known), base_iri=iri.BASE)
    assert body is not None
    # The serialiser writes the prefixes in an order that changes from run to run, and relative to the base.
    return body.split(b"\n", len(known) + 1)[-1]


def write_sorted(statements: Iterable[Triple] | Iterable[Quad], form: RdfFormat, output: IO[bytes]) -> None:
    """Turtle or TriG of statements that are sorted already, written as they come."""
    output.write(header())
    serialize(
        statements,
        output=_Rest(output, len(_PREFIXES) + 1),
        format=form,
        prefixes=_PREFIXES,
        base_iri=iri.BASE,
    )


class _Rest(io.RawIOBase, BinaryIO):
    """Passes on what is written, but for its first lines."""

    def __init__(self, output: IO[bytes], lines: int) -> None:
        self._output = output
        self._left = lines

    def writable(self) -> bool:
        """Whether bytes can be written: always."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take more bytes."""
        rest = bytes(data)
        while self._left and rest:
            _, end, rest = rest.partition(b"\n")
            self._left -= len(end)
        self._output.write(rest)
        return len(data)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Nodes as `order` has their triples."""
    return sorted(nodes, key=attrgetter("name"))


def order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject, its types first, then by property and value."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != _TYPE, predicate, str(triple.object)
