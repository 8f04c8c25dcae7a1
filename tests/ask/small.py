"""The small graph of these tests with further statements, and columns of answers."""

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from jiceng import ask

GRAPH = Path(__file__).parent / "graph.ttl"


def store_with(more: str) -> Store:
    """The graph of `graph.ttl` and what the Turtle says besides."""
    found = Store()
    found.load(GRAPH.read_bytes() + more.encode(), format=RdfFormat.TURTLE)
    return found


def cells(told: ask.Answer, *names: str) -> list[tuple[str, ...]]:
    """The given columns of each row."""
    at = [told.columns.index(name) for name in names]
    return [tuple(getattr(row[i], "value", "") for i in at) for row in told.rows]


def column(told: ask.Answer, name: str) -> list[str]:
    """One column."""
    return [value for (value,) in cells(told, name)]
