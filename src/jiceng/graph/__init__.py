"""Corpus → RDF: one node for each thing, however often and in however many documents it is stated.

`build` decides which statements speak of the same thing (their IRIs are equal), writes each thing once
with all of its evidence, and copies the vocabulary's concepts that the data use. `turtle` writes the result,
sorted, so that equal graphs are equal bytes. What a term means stands in `ontology/jiceng.ttl`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Triple

from jiceng.graph.builder import Builder
from jiceng.graph.identity import decimal, fact_iri
from jiceng.graph.nodes import Node
from jiceng.graph.serialise import header, turtle_of, written_ntriples
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division

__all__ = ["Graph", "build", "decimal", "fact_iri", "ntriples", "turtle", "turtle_of"]


@dataclass(frozen=True, eq=False)
class Graph:
    """A built graph: all `nodes` in order, and those of what the texts say (`said`) by IRI.

    `origin` leads from the IRI of a node (a fact, a tier, an evidence, a shared mechanism) to the statements
    behind it, as indices into `Corpus.statements`. Triples are made when they are first asked for: whether
    shapes hold is asked of nodes.
    """

    nodes: tuple[Node, ...] = field(repr=False)
    said: Mapping[str, Node] = field(repr=False)
    concepts: Container[str] = field(repr=False)
    origin: Mapping[str, tuple[int, ...]] = field(repr=False)

    def __len__(self) -> int:
        return sum(map(len, self.nodes))

    @cached_property
    def everything(self) -> tuple[Triple, ...]:
        """All triples, sorted."""
        return tuple(triple for node in self.nodes for triple in node.triples)

    @property
    def data(self) -> tuple[Triple, ...]:
        """What the texts say, sorted."""
        return tuple(triple for triple, of_data in self._parted if of_data)

    @property
    def terms(self) -> tuple[Triple, ...]:
        """The concepts that the data use, sorted."""
        return tuple(triple for triple, of_data in self._parted if not of_data)

    @property
    def _parted(self) -> Iterator[tuple[Triple, bool]]:
        """All triples, and whether each is what the texts say."""
        for node in self.nodes:
            own = self.said.get(node.subject)
            if own is None or node.subject not in self.concepts:
                yield from ((triple, own is not None) for triple in node.triples)
            else:  # described by both: each row to where it comes from
                of_data = {(predicate, text) for predicate, _, text in own.rows}
                for triple, (predicate, _, text) in zip(node.triples, node.rows, strict=True):
                    yield triple, (predicate, text) in of_data


def build(corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]) -> Graph:
    """The graph of a corpus. `divisions` are all known ones by code: the larger ones are taken from there."""
    builder = Builder(corpus, lexicon, divisions)
    builder.build()
    said = builder.said()
    return Graph(
        nodes=tuple(builder.nodes(said)),
        said=said,
        concepts=frozenset(builder.terms),
        origin={node: tuple(found) for node, found in builder.origin.items()},
    )


def turtle(graph: Graph) -> bytes:
    """Turtle in UTF-8: sorted, prefixed, the same bytes for the same graph."""
    return header() + b"".join([node.turtle for node in graph.nodes])


def ntriples(graph: Graph) -> bytes:
    """N-Triples in UTF-8, one sorted line a triple."""
    return written_ntriples(graph.everything)
