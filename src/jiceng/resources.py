"""Where the ontology stands (inside the installed package, or beside src/ in a checkout), and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def reading(path: Path, form: str) -> Iterator[None]:
    """Raise OntologyError, with file, place and remedy, where the block fails to read a file as `form`."""
    try:
        yield
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror or error}; restore the file") from error
    except (SyntaxError, ValueError) as error:  # of Turtle, of TOML and UTF-8
        raise OntologyError(
            f"{path}: cannot be read as {form}: {error}; mend it there, or restore the file"
        ) from error
