"""RDF of any size: written in order in bounded memory, the same bytes as ever for the same graph.

Statements are sorted as lines on disk (`sorting`); what a document states is looked up in the store, which
for a large graph is a database (`query.disk`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from jiceng.export.rdf import quads_by_document
from jiceng.export.sorting import sorted_lines
from jiceng.graph.namespaces import RDF
from jiceng.graph.serialise import write_sorted
from jiceng.query.stores import open_store, reading

if TYPE_CHECKING:
    from pyoxigraph import Quad


def ntriples(graph: Path, output: IO[bytes]) -> None:
    """N-Triples, by line; nothing is loaded, the file is read as it is written."""
    output.writelines(sorted_lines(f"{quad.triple} .\n".encode() for quad in _statements(graph)))


def nquads(graph: Path, output: IO[bytes]) -> None:
    """N-Quads: the default graph, then each document's, by graph and line."""
    output.writelines(_quads(graph))


def trig(graph: Path, output: IO[bytes]) -> None:
    """TriG: the default graph, then a named graph for each document, sorted."""
    from pyoxigraph import RdfFormat, parse

    write_sorted(parse(_Lines(_begun(_quads(graph))), format=RdfFormat.N_QUADS), RdfFormat.TRIG, output)


def turtle(graph: Path, output: IO[bytes]) -> None:
    """Turtle as a build writes it."""
    from pyoxigraph import RdfFormat, parse

    kind = RDF.type.value

    def keyed() -> Iterator[bytes]:  # see `graph.serialise.order`; no term holds a bare tab
        for quad in _statements(graph):
            predicate = quad.predicate.value
            yield f"{quad.subject}\t{int(predicate != kind)}{predicate}\t{quad.object}\n".encode()

    def lines() -> Iterator[bytes]:
        for line in sorted_lines(keyed()):
            subject, predicate, value = line.split(b"\t")
            yield b"%b <%b> %b .\n" % (subject, predicate[1:], value[:-1])

    found = parse(_Lines(_begun(lines())), format=RdfFormat.N_TRIPLES)
    write_sorted((quad.triple for quad in found), RdfFormat.TURTLE, output)


STREAMS: Mapping[str, Callable[[Path, IO[bytes]], None]] = {
    "turtle": turtle,
    "ntriples": ntriples,
    "nquads": nquads,
    "trig": trig,
}
"""By name, what writes each format whose memory does not grow with the graph."""


def _begun(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The same lines, of which the first is there: what cannot be read is told before a prefix is written."""
    return chain(list(islice(lines, 1)), lines)


def _quads(graph: Path) -> Iterator[bytes]:
    from pyoxigraph import DefaultGraph

    default = DefaultGraph()

    def keyed() -> Iterator[bytes]:
        store = open_store(graph)
        for quad in quads_by_document(store):
            name = "" if quad.graph_name == default else f" {quad.graph_name}"
            yield f"{name}\t{quad.triple}\n".encode()

    for line in sorted_lines(keyed()):
        name, _, triple = line[:-1].partition(b"\t")
        yield triple + name + b" .\n"


def _statements(graph: Path) -> Iterable[Quad]:
    """The statements of a built folder or RDF file as they stand there (QueryError)."""
    from pyoxigraph import parse

    with reading(graph) as (file, form):
        yield from parse(path=str(file), format=form)


class _Lines(io.RawIOBase, BinaryIO):
    """Lines as a file that is read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next lines, about so many bytes; all that are left without a size."""
        found, length = [], 0
        for line in self._lines:
            found.append(line)
            length += len(line)
            if 0 <= size <= length:
                break
        return b"".join(found)
