"""Measurements as a data cube: `ontology/datacube/structure.ttl`, and what makes a measurement part of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import RdfFormat, Triple, parse

from jiceng.graph.nodes import Node, nodes_of
from jiceng.resources import ontology_directory, reading


@cache
def structure() -> tuple[Triple, ...]:
    """The declared structure, of which every graph with measurements holds a copy."""
    path = ontology_directory() / "datacube" / "structure.ttl"
    with reading(path, "Turtle"):
        return tuple(quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))


@cache
def nodes() -> Mapping[str, Node]:
    """The structure by subject."""
    return nodes_of(structure())


def statement_key(node: str) -> str:
    """What tells a measurement from all others of the same division: the last part of its IRI."""
    return node.rpartition("/")[2]
