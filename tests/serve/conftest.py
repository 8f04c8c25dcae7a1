"""A real server: `jiceng serve` in a process of its own."""

import sys

import pytest
from tests.servers import server

pytest.importorskip("uvicorn", reason="the extra serve is not installed")


def served(graph, *options):
    """The address of `jiceng serve` with a graph, as a context."""
    command = (sys.executable, "-m", "jiceng", "serve", graph)
    return server(lambda port: (*command, "--port", port, *options), "/questions.json")


@pytest.fixture(scope="session")
def url(root):
    with served(root / "graphs") as address:
        yield address
