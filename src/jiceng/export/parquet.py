"""The flat tables as Parquet, typed: for pandas, Polars, DuckDB, R and Spark.

Numbers are int64 and float64, days date32, truth values bool, what a fact may have several of a list; no text
is changed.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from jiceng.errors import QueryError
from jiceng.export import rows

if TYPE_CHECKING:
    from pyoxigraph import Store

_WHOLE = {"start", "end", "position", "declared_levels"}
_NUMBER = {"value", "upper_value"}
_DAY = {"period_start", "period_end"}
_TRUTH = {"doubtful"}
_LISTS = {"rule", "component", "level", "more_evidence"}


def parquet(store: Store) -> dict[str, bytes]:
    """Each table by its file name; raises QueryError where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet as writer
    except ImportError as error:
        raise QueryError("parquet needs pyarrow; run pip install 'jiceng[parquet]'") from error
    types: dict[str, Any] = {
        **dict.fromkeys(_WHOLE, pyarrow.int64()),
        **dict.fromkeys(_NUMBER, pyarrow.float64()),
        **dict.fromkeys(_DAY, pyarrow.date32()),
        **dict.fromkeys(_TRUTH, pyarrow.bool_()),
        **dict.fromkeys(_LISTS, pyarrow.list_(pyarrow.string())),
    }
    found = {}
    for table in rows.tables(store):
        schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in table.columns])
        columns = [
            pyarrow.array([_value(name, row[at]) for row in table.rows], schema.field(at).type)
            for at, name in enumerate(table.columns)
        ]
        stream = io.BytesIO()
        writer.write_table(pyarrow.table(columns, schema=schema), stream, compression="zstd")
        found[f"{table.name}.parquet"] = stream.getvalue()
    return found


def _value(name: str, cell: rows.Cell) -> str | int | float | date | list[str] | None:
    if name in _LISTS:
        return [str(value) for value in cell]
    if name in _TRUTH:
        return bool(cell)
    if not cell:
        return None
    return cell[0] if name in _WHOLE | _NUMBER | _DAY else rows.text(cell)
