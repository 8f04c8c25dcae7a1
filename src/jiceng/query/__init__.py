"""Ask a built graph in SPARQL: text, a file, or a named question of `ontology/queries/`.

Oxigraph answers, or an endpoint elsewhere. All known prefixes may be used without declaring them. Only
reading is possible: updates and SERVICE (which would send data to other hosts) are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from jiceng.errors import QueryError
from jiceng.query.answers import FORMATS, written
from jiceng.query.guard import refuse
from jiceng.query.limits import within
from jiceng.query.named import Named, filled, named, text_of
from jiceng.query.nothing import remark
from jiceng.query.stores import Endpoint, Graph, ask, file_of, is_endpoint, on_disk, open_store, prepare

__all__ = [
    "FORMATS",
    "Endpoint",
    "Graph",
    "Named",
    "answer",
    "file_of",
    "is_endpoint",
    "named",
    "on_disk",
    "open_store",
    "prepare",
    "remark",
    "run",
    "text_of",
]


def answer(
    place: str,
    query: str,
    form: str | None = None,
    parameters: Mapping[str, str] | None = None,
    width: int | None = None,
    seconds: float | None = None,
) -> str:
    """Answer a query over a built folder, an RDF file or an endpoint's address, in at most `seconds`.

    Raises QueryError as `run` does, and where the place cannot be read or the time is over.
    """
    if is_endpoint(place):
        return run(Endpoint(place, seconds), query, form, parameters, width)
    if seconds is None:
        return run(open_store(Path(place)), query, form, parameters, width)
    prepare(Path(place))  # once for a large graph, and no part of the time that a query may take
    return within(seconds, partial(answer, place, query, form, parameters, width))


def run(
    source: Graph,
    query: str,
    form: str | None = None,
    parameters: Mapping[str, str] | None = None,
    width: int | None = None,
) -> str:
    """Answer a query given as text, as the path of a file, or as the name of a named question.

    `parameters` fill the query's `VALUES ?name { … }`. `width` is that of the terminal: wider tables are cut.
    Raises QueryError where there is no such format, where the query cannot be understood (with line and
    place), and where it cannot be run.
    """
    if form is not None and form not in FORMATS:
        raise QueryError(f"{form}: no such format; use one of {', '.join(FORMATS)}")
    text = filled(text_of(query), parameters or {})
    refuse(text)
    try:
        return written(ask(source, text), form, width)
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
