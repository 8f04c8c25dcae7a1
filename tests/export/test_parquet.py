"""Parquet has the rows of the CSVs, typed; pyarrow and DuckDB read them back."""

import csv
import datetime
import io
import sys
from pathlib import Path

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from jiceng.cli import main
from jiceng.errors import QueryError
from jiceng.export import export_folder
from jiceng.export.property_graph import shown


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("parquet")
    assert main(["export", "parquet", "-g", str(built), "-o", str(target)]) == 0
    return target


def as_csv(value: object) -> str:
    if value is None or value is False:
        return ""
    return "；".join(value) if isinstance(value, list) else shown(value)  # type: ignore[arg-type]


def test_the_same_rows_as_the_csvs(built: Path, folder: Path) -> None:
    expected = export_folder(built, "csv")
    assert {path.stem for path in folder.iterdir()} == {name.removesuffix(".csv") for name in expected}
    for name, data in expected.items():
        text = data.decode("utf-8-sig")
        rows = [
            {column: cell.removeprefix("'") for column, cell in row.items()}
            for row in csv.DictReader(io.StringIO(text, newline=""))
        ]
        back = parquet.read_table(folder / name.replace(".csv", ".parquet")).to_pylist()
        assert [{column: as_csv(cell) for column, cell in row.items()} for row in back] == rows
        assert rows


def test_columns_are_typed_whatever_the_data(folder: Path) -> None:
    schema = parquet.read_schema(folder / "measurements.parquet")
    assert schema.field("value").type == pyarrow.float64()
    assert schema.field("start").type == pyarrow.int64()
    assert schema.field("period_start").type == pyarrow.date32()
    assert schema.field("rule").type == pyarrow.list_(pyarrow.string())
    assert schema.field("doubtful").type == pyarrow.bool_()
    assert schema.field("adcode").type == pyarrow.string()
    assert parquet.read_schema(folder / "tiers.parquet").field("declared_levels").type == pyarrow.int64()


def test_duckdb_reckons_with_the_numbers_and_days(built: Path, folder: Path) -> None:
    place = folder / "measurements.parquet"
    asked = f"SELECT sum(value), count(*), max(period_end) FROM '{place}'"
    ((total, number, ends),) = duckdb.sql(asked).fetchall()
    text = export_folder(built, "csv")["measurements.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert total == pytest.approx(sum(float(row["value"]) for row in rows))
    assert number == len(rows)
    days = [datetime.date.fromisoformat(row["period_end"]) for row in rows if row["period_end"]]
    assert ends == max(days, default=None)


def test_without_pyarrow_the_remedy_is_told(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(QueryError, match="pip install 'jiceng\\[parquet\\]'"):
        export_folder(built, "parquet")
