"""Where the ontology stands: inside the installed package, or beside src/ in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jiceng.errors import OntologyError


@cache
def ontology_directory() -> Path:
    """The folder with `jiceng.ttl`, `vocabulary/`, `rules/`, `queries/` and the shapes."""
    package = Path(__file__).resolve().parent
    for folder in (package / "ontology", package.parents[1] / "ontology"):
        if folder.is_dir():
            return folder
    raise OntologyError(
        f"{package}: the ontology folder is missing from this installation; install jiceng again"
    )
