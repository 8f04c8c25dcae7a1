"""Validating and writing a large graph, beside the libraries that do the same, in one run.

    python tests/benchmarks/bench_graph.py [--triples 100000] [--rounds 3] [--graph graphs/jiceng.ttl]

The built example is repeated under other IRIs until it has so many triples. Measured, the median of the
rounds, which alternate between the two: SHACL with ontology/shapes.ttl (ours; pySHACL, with its graph already
loaded, which is told apart), and writing Turtle (ours, which sorts; rdflib's). Both engines must give the
same number of violations, on the graph and on one where some values are damaged, and both writers the same
number of triples; else the run ends with an error.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib.namespace import SH

from jiceng.graph.namespaces import JC
from jiceng.graph.serialise import turtle_of
from jiceng.resources import ontology_directory
from jiceng.validate import shacl

ROOT = Path(__file__).parents[2]
SHAPES = ontology_directory() / "shapes.ttl"
OURS = re.compile(r"^https://w3id\.org/jiceng/id/")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--graph", type=Path, default=ROOT / "graphs" / "jiceng.ttl")
    options = parser.parse_args()
    triples = repeated(list(parse(path=str(options.graph), format=RdfFormat.TURTLE)), options.triples)
    start = time.perf_counter()
    loaded = in_rdflib(triples)
    print(f"{len(triples)} triples; rdflib loads them in {time.perf_counter() - start:.2f} s")

    shapes, shapes_graph = shacl.load_shapes(SHAPES), rdflib.Graph().parse(SHAPES)

    def theirs(graph: rdflib.Graph) -> int:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph)
        results = report.subjects(rdflib.RDF.type, SH.ValidationResult)
        return sum(1 for r in results if not any(report.subjects(SH.detail, r)))

    compared(
        "SHACL",
        options.rounds,
        ("ours", lambda: len(shacl.validate(triples, shapes))),
        ("pySHACL", lambda: theirs(loaded)),
    )
    bad = damaged(triples)
    bad_loaded = in_rdflib(bad)
    compared(
        "SHACL, damaged",
        options.rounds,
        ("ours", lambda: len(shacl.validate(bad, shapes))),
        ("pySHACL", lambda: theirs(bad_loaded)),
    )
    compared(
        "Turtle",
        options.rounds,
        ("ours", lambda: Turtle(turtle_of(triples))),
        ("rdflib", lambda: Turtle(loaded.serialize(format="turtle", encoding="utf-8"))),
    )


def repeated(triples: list[Triple], wanted: int) -> list[Triple]:
    """The triples, and copies under other IRIs, until there are as many as wanted."""

    def renamed(term: Any, copy: int) -> Any:
        if copy and isinstance(term, NamedNode) and OURS.match(term.value):
            return NamedNode(OURS.sub(f"https://w3id.org/jiceng/id/copy-{copy}/", term.value))
        return term

    found: dict[Triple, None] = {}
    copy = 0
    while len(found) < wanted:
        for t in triples:
            found[Triple(renamed(t.subject, copy), t.predicate, renamed(t.object, copy))] = None
        copy += 1
    return list(found)


def damaged(triples: list[Triple]) -> list[Triple]:
    """Every hundredth measurement's value is text."""
    values = 0
    found = []
    for t in triples:
        if t.predicate == JC.value:
            values += 1
            if values % 100 == 0:
                found.append(Triple(t.subject, t.predicate, Literal("many")))
                continue
        found.append(t)
    return found


def in_rdflib(triples: list[Triple]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


class Turtle(bytes):
    """Written Turtle, shown and so compared as the number of its triples."""

    def __repr__(self) -> str:
        return f"{self.triples()} triples"

    def triples(self) -> int:
        return sum(1 for _ in parse(bytes(self), format=RdfFormat.TURTLE))


def compared(name: str, rounds: int, *ways: tuple[str, Callable[[], object]]) -> None:
    """Time two ways of doing the same, and print both and their ratio."""
    times: dict[str, list[float]] = {way: [] for way, _ in ways}
    results: dict[str, object] = {}
    for _ in range(rounds):
        for way, run in ways:
            start = time.perf_counter()
            results[way] = run()
            times[way].append(time.perf_counter() - start)
    (ours, theirs), outcomes = ways, list(results.values())
    if repr(outcomes[0]) != repr(outcomes[1]):
        raise SystemExit(f"{name}: the results differ: {results}")
    mine, other = statistics.median(times[ours[0]]), statistics.median(times[theirs[0]])
    print(
        f"{name:16} {ours[0]} {mine:6.2f} s   {theirs[0]} {other:6.2f} s   "
        f"{other / mine:5.1f} times as fast   ({outcomes[0]!r})"
    )


if __name__ == "__main__":
    main()
