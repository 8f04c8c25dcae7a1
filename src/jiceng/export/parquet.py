"""The flat tables as Parquet, typed: for pandas, Polars, DuckDB, R and Spark.

Numbers are int64 and float64, days date32, truth values bool, what a fact may have several of a list; no text
is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiceng.errors import QueryError
from jiceng.export import rows
from jiceng.output import writing

if TYPE_CHECKING:
    from pyoxigraph import Store

GROUP = 20_000
"""Rows from which on a group is written."""
_WHOLE = {"start", "end", "position", "declared_levels"}
_NUMBER = {"value", "upper_value"}
_DAY = {"period_start", "period_end"}
_TRUTH = {"doubtful"}
_LISTS = {"rule", "component", "level", "more_evidence"}


def parquet(store: Store, folder: Path) -> Iterator[Path]:
    """Write each table, a group of rows at a time; raises QueryError where pyarrow is not installed."""
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
    with ExitStack() as files:
        opened: dict[str, Any] = {}
        waiting: dict[str, list[Sequence[rows.Cell]]] = {}

        def put(table: rows.Table) -> None:
            schema = opened[table.name].schema
            found = waiting.pop(table.name)
            columns = [
                pyarrow.array([_value(name, row[at]) for row in found], schema.field(at).type)
                for at, name in enumerate(table.columns)
            ]
            opened[table.name].write_table(pyarrow.table(columns, schema=schema))

        last: tuple[rows.Table, ...] = ()
        for last in rows.parts(store):
            for table in last:
                if table.name not in opened:
                    schema = pyarrow.schema(
                        [(name, types.get(name, pyarrow.string())) for name in table.columns]
                    )
                    stream = files.enter_context(writing(folder / f"{table.name}.parquet"))
                    opened[table.name] = files.enter_context(
                        writer.ParquetWriter(stream, schema, compression="zstd")
                    )
                waiting.setdefault(table.name, []).extend(table.rows)
                if len(waiting[table.name]) >= GROUP:
                    put(table)
        for table in last:
            if table.name in waiting:
                put(table)
    yield from (folder / f"{name}.parquet" for name in opened)


def _value(name: str, cell: rows.Cell) -> str | int | float | date | list[str] | None:
    if name in _LISTS:
        return [str(value) for value in cell]
    if name in _TRUTH:
        return bool(cell)
    if not cell:
        return None
    return cell[0] if name in _WHOLE | _NUMBER | _DAY else rows.text(cell)
