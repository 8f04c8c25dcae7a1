"""Corpus → RDF: one node for each thing, however often and in however many documents it is stated.

`build` decides which statements speak of the same thing (their IRIs are equal), writes each thing once
with all of its evidence, and copies the vocabulary's concepts that the data use. `turtle` writes the result,
sorted, so that equal graphs are equal bytes. What a term means stands in `ontology/jiceng.ttl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Triple

from jiceng.graph.builder import Builder
from jiceng.graph.identity import decimal, fact_iri
from jiceng.graph.serialise import turtle_of, written_ntriples, written_turtle
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division

__all__ = ["Graph", "build", "decimal", "fact_iri", "ntriples", "turtle", "turtle_of"]


@dataclass(frozen=True, slots=True)
class Graph:
    """A built graph, sorted: `data` is what the texts say, `terms` the concepts that the data use.

    `everything` is both together, sorted in the same way. `origin` leads from the IRI of a node (a fact, a
    tier, an evidence, a shared mechanism) to the statements behind it, as indices into `Corpus.statements`.
    """

    data: tuple[Triple, ...] = field(repr=False)
    terms: tuple[Triple, ...] = field(repr=False)
    everything: tuple[Triple, ...] = field(repr=False)
    origin: Mapping[str, tuple[int, ...]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.everything)


def build(corpus: Corpus, lexicon: Lexicon, divisions: Mapping[str, Division]) -> Graph:
    """The graph of a corpus. `divisions` are all known ones by code: the larger ones are taken from there."""
    builder = Builder(corpus, lexicon, divisions)
    builder.build()
    said = builder.said()
    everything: list[Triple] = []
    data: list[Triple] = []
    terms: list[Triple] = []
    for node in builder.nodes(said):
        triples = tuple(node.triples)
        everything += triples
        if node.subject not in builder.terms:
            data += triples
        elif node.subject not in said:
            terms += triples
        else:  # described by both: each row to where it comes from
            of_data = {(predicate, text) for predicate, _, text in said[node.subject].rows}
            for triple, (predicate, _, text) in zip(triples, node.rows, strict=True):
                (data if (predicate, text) in of_data else terms).append(triple)
    return Graph(
        data=tuple(data),
        terms=tuple(terms),
        everything=tuple(everything),
        origin={node: tuple(found) for node, found in builder.origin.items()},
    )


def turtle(graph: Graph) -> bytes:
    """Turtle in UTF-8: sorted, prefixed, the same bytes for the same graph."""
    return written_turtle(graph.everything)


def ntriples(graph: Graph) -> bytes:
    """N-Triples in UTF-8, one sorted line a triple."""
    return written_ntriples(graph.everything)
