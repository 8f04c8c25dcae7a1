"""The graph of a serving process, loaded when this module is imported.

The fork server imports it once, and each worker that is forked from it shares the graph's memory. Where
processes cannot be forked, each worker loads it for itself. What to load is named by the environment, the
only thing that reaches a fork server before its imports.
"""

from __future__ import annotations

import os
from pathlib import Path

from pyoxigraph import Store

from jiceng.query import on_disk, open_store

PLACE = "JICENG_SERVED_GRAPH"
"""The environment's name for the built folder or RDF file; without it nothing is loaded."""

_graph = Path(os.environ[PLACE]) if PLACE in os.environ else None

store = open_store(_graph, in_memory=True) if _graph and not on_disk(_graph, served=True) else None


def opened() -> Store:
    """The graph: the one that was loaded, or a database on disk, which each process opens for itself.

    A database has threads and open files that would not survive a fork.
    """
    if store is not None:
        return store
    assert _graph is not None
    return open_store(_graph)
