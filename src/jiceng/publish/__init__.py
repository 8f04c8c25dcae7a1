"""Publish a built graph to a SPARQL server that people run, graph by graph, and retract documents from it.

Publishing twice gives the same as publishing once: every graph is replaced as a whole. What a publication of
single documents shares with others (mechanisms, divisions, concepts) is added to what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from jiceng.errors import PublishError, QueryError
from jiceng.output import TIME
from jiceng.publish.graphs import NamedGraph, chosen, graph_name, graphs_of
from jiceng.publish.server import Credentials, Server, credentials
from jiceng.query import open_store

__all__ = ["Credentials", "Server", "Step", "carry_out", "credentials", "publication", "retraction"]

Progress = Callable[[str, int], None]
"""Called with the title of each graph when it is done, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one named graph: `action` is `put`, `add` or `delete`; `done` is what came of it."""

    action: str
    graph: str
    title: str
    triples: int
    data: NamedGraph | None = None
    done: str = ""


def publication(place: Path, documents: Sequence[str] = (), ontology: bool = True) -> tuple[Step, ...]:
    """What publishing a built folder (or RDF file), or only these documents of it, comes to.

    Raises QueryError if the graph cannot be read, PublishError if a document is not in it.
    """
    store = open_store(place, in_memory=True)
    if (place / TIME).is_file():  # when the build was made, if it says so
        store.load(path=str(place / TIME), format=RdfFormat.TURTLE)
    graphs = graphs_of(store)
    steps = [_step("put", graphs.ontology)] if ontology else []
    steps.append(_step("add" if documents else "put", graphs.shared))
    steps.extend(
        _step("put", graph)
        for graph in (chosen(graphs, documents) if documents else graphs.documents.values())
    )
    return tuple(steps)


def retraction(place: Path, documents: Sequence[str]) -> tuple[Step, ...]:
    """What retracting documents comes to; a file's name is looked up in the graph at `place`.

    IRIs and SHA-256 need no graph. Raises PublishError if a document cannot be told.
    """
    names = {document: graph_name(document) for document in documents}
    unknown = [document for document, name in names.items() if name is None]
    if unknown:
        try:
            graphs = graphs_of(open_store(place))
        except QueryError as error:
            raise PublishError(f"{unknown[0]}: give the document's IRI or SHA-256, or -g: {error}") from error
        names |= {d: graph.name for d, graph in zip(unknown, chosen(graphs, unknown), strict=True)}
    return tuple(Step("delete", name or "", document, 0) for document, name in names.items())


def carry_out(steps: Sequence[Step], server: Server, progress: Progress | None = None) -> tuple[Step, ...]:
    """Do it, in order; raises PublishError that says what has arrived before the failure."""
    done: list[Step] = []
    for step in steps:
        try:
            done.append(_carried_out(step, server))
        except PublishError as error:
            raise PublishError(
                f"{step.title} ({step.graph}): {error}\n{len(done)} of {len(steps)} graphs were done before; "
                "run the same command again: nothing is doubled"
            ) from error
        if progress:
            progress(step.title, len(steps))
    return tuple(done)


def _carried_out(step: Step, server: Server) -> Step:
    if step.data is None:
        there = server.delete(step.graph)
        return Step(step.action, step.graph, step.title, 0, None, "deleted" if there else "was not there")
    send = server.put if step.action == "put" else server.add
    send(step.graph, step.data.ntriples())
    return Step(
        step.action, step.graph, step.title, step.triples, None, "put" if step.action == "put" else "added"
    )


def _step(action: str, graph: NamedGraph) -> Step:
    return Step(action, graph.name, graph.title, len(graph.triples), graph)
