"""The graph of a serving process, loaded when this module is imported.

The fork server imports it once, and each worker that is forked from it shares the graph's memory. Where
processes cannot be forked, each worker loads it for itself. What to load is named by the environment, the
only thing that reaches a fork server before its imports.
"""

from __future__ import annotations

import os
from pathlib import Path

from jiceng.query import open_store

PLACE = "JICENG_SERVED_GRAPH"
"""The environment's name for the built folder or RDF file; without it nothing is loaded."""

store = open_store(Path(os.environ[PLACE])) if PLACE in os.environ else None
