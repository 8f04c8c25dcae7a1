"""Answers in the forms that people and programs read."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Triple

from jiceng import graph
from jiceng.errors import QueryError
from jiceng.query import tables

FORMATS = ("table", "markdown", "csv", "tsv", "json", "xml", "turtle")
"""Of answers. SELECT and ASK have all but the last; CONSTRUCT and DESCRIBE have the last, their default."""

Answer = QuerySolutions | QueryBoolean | Iterable[Triple]

_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def written(answer: Answer, form: str | None, width: int | None = None) -> str:
    """An answer as text that ends in a line break; raises QueryError where the form does not fit it.

    `width` is that of the terminal: wider tables are cut.
    """
    if form is not None and form not in FORMATS:
        raise QueryError(f"{form}: no such format; use one of {', '.join(FORMATS)}")
    if not isinstance(answer, QuerySolutions | QueryBoolean):
        if form not in (None, "table", "turtle"):
            raise QueryError(f"{form}: CONSTRUCT and DESCRIBE give triples; use -f turtle")
        return graph.turtle_of(answer).decode()
    if form == "turtle":
        raise QueryError(
            "turtle: SELECT and ASK give no triples; use -f table, markdown, csv, tsv, json or xml"
        )
    boolean = isinstance(answer, QueryBoolean)
    # The standard's CSV and TSV are for rows; yes or no is written as it is.
    if form in _RESULTS and not (boolean and form in ("csv", "tsv")):
        data = answer.serialize(format=_RESULTS[form]) or b""
        return data.decode().removesuffix("\n") + "\n"
    if isinstance(answer, QueryBoolean):
        return "true\n" if answer else "false\n"
    names = [variable.value for variable in answer.variables]
    rows = [[solution[name] for name in names] for solution in answer]
    return tables.markdown(names, rows) if form == "markdown" else tables.table(names, rows, width)
