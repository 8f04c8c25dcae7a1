"""A table that has changed: rows that are as they were are not read again, whatever they are called now."""

import csv
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiceng import pipeline
from jiceng.model import Document, Source

PLACES = ("成都市武侯区", "成都市青羊区", "贵阳市云岩区", "深圳市南山区", "昆明市五华区", "长沙市岳麓区")
Row = dict[str, str]


def row(number: int, **more: str) -> Row:
    place = PLACES[number % len(PLACES)]
    text = (
        f"{place[3:]}：楼门里的议事桌\n{place}划分网格{300 + number}个，建立小区党支部{40 + number}个，"
        "推行“门栋夜谈”制度。\n"
    )
    return {"text": text, "title": f"第{number}篇", "date": f"2021-06-{number + 1:02}", **more}


def write_jsonl(rows: list[Row], path: Path) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def write_csv(rows: list[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["text", "title", "date", "publisher"])
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(rows: list[Row], path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(rows), path)


WRITERS: dict[str, Callable[[list[Row], Path], None]] = {
    "c.jsonl": write_jsonl,
    "c.csv": write_csv,
    "c.parquet": write_parquet,
}
PAGES = ("whole", "split")
ROWS = [row(number) for number in range(9)]
#: What is done to the rows, and how many of them are then to be read.
CHANGES: dict[str, tuple[list[Row], int]] = {
    "nothing": (ROWS, 0),
    "a row more": ([*ROWS, row(9)], 1),
    "a row more before all others": ([row(9), *ROWS], 1),
    "a row less": (ROWS[:-1], 0),
    "a row less in the middle": ([*ROWS[:4], *ROWS[5:]], 0),
    "a row changed": ([*ROWS[:4], row(16), *ROWS[5:]], 1),
    "the date of a row changed": ([*ROWS[:4], row(4, date="2019-01-01"), *ROWS[5:]], 1),
    "the title of a row changed": ([*ROWS[:4], row(4, title="又一篇"), *ROWS[5:]], 1),
    "two rows changed places": ([ROWS[1], ROWS[0], *ROWS[2:]], 0),
    "a text of which nothing can be told": ([*ROWS[:2], {**row(2), "text": "街道的一天。\n"}, *ROWS[2:]], 1),
    "a row twice": ([*ROWS, ROWS[3]], 0),
    "a row twice, the first with a title": ([row(3, title="又一篇"), *ROWS], 1),
}


def some(order: list[int]) -> st.SearchStrategy[list[int]]:
    """The first of these rows, one or more, some perhaps twice."""
    several = st.integers(1, len(order)).map(lambda most: order[:most])
    return st.one_of(several, several.map(lambda rows: [*rows, rows[0]]))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are read."""
    names: list[str] = []
    process = pipeline.process

    def counted(source: Source, tools: pipeline.Tools) -> Document:
        names.append(source.name)
        return process(source, tools)

    monkeypatch.setattr(pipeline, "process", counted)
    return names


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("change", CHANGES)
def test_only_changed_rows_are_read(change: str, page: str, tmp_path: Path, read: list[str]) -> None:
    rows, expected = CHANGES[change]
    same_as_from_nothing(rows, expected, "c.jsonl", page, tmp_path, read)


@pytest.mark.parametrize("change", ["a row more", "a row less in the middle"])
@pytest.mark.parametrize("name", WRITERS)
def test_tables_of_all_formats(change: str, name: str, tmp_path: Path, read: list[str]) -> None:
    rows, expected = CHANGES[change]
    same_as_from_nothing(rows, expected, name, "auto", tmp_path, read)


def same_as_from_nothing(
    rows: list[Row], expected: int, name: str, page: str, tmp_path: Path, read: list[str]
) -> None:
    kept = pipeline.Settings(page=page, cache=tmp_path / "cache")
    table, graphs = tmp_path / name, tmp_path / "graphs"
    WRITERS[name](ROWS, table)
    pipeline.build([table], graphs, settings=kept)
    assert len(read) == len(ROWS)
    WRITERS[name](rows, table)
    read.clear()
    summary = pipeline.build([table], graphs, settings=kept)
    assert len(read) == expected
    nothing = pipeline.build([table], tmp_path / "nothing", settings=pipeline.Settings(page=page))
    assert files(graphs) == files(tmp_path / "nothing")
    assert (summary.warnings, summary.failures) == (nothing.warnings, nothing.failures)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.permutations(range(9)).flatmap(some), min_size=2, max_size=4), st.sampled_from(PAGES))
def test_whatever_rows_go_come_or_change_places(tables: list[list[int]], page: str) -> None:
    """Builds one upon the other, in one folder, of tables whose rows have other numbers each time."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        kept = pipeline.Settings(page=page, cache=folder / "cache")
        for number, rows in enumerate(tables):
            write_jsonl([row(at) for at in rows], folder / "c.jsonl")
            summary = pipeline.build([folder / "c.jsonl"], folder / "graphs", settings=kept)
            nothing = folder / f"nothing{number}"
            alone = pipeline.build([folder / "c.jsonl"], nothing, settings=pipeline.Settings(page=page))
            assert files(folder / "graphs") == files(nothing)
            assert (summary.warnings, summary.failures) == (alone.warnings, alone.failures)


def test_a_table_with_another_name_is_not_read_again(tmp_path: Path, read: list[str]) -> None:
    kept = pipeline.Settings(cache=tmp_path / "cache")
    write_jsonl(ROWS, tmp_path / "c.jsonl")
    pipeline.build([tmp_path / "c.jsonl"], tmp_path / "graphs", settings=kept)
    (tmp_path / "c.jsonl").rename(tmp_path / "d.jsonl")
    read.clear()
    pipeline.build([tmp_path / "d.jsonl"], tmp_path / "graphs", settings=kept)
    assert read == []
    pipeline.build([tmp_path / "d.jsonl"], tmp_path / "nothing")
    assert files(tmp_path / "graphs") == files(tmp_path / "nothing")


def test_two_processes_give_the_same(tmp_path: Path) -> None:
    kept = pipeline.Settings(page="split", jobs=2, cache=tmp_path / "cache")
    write_jsonl(ROWS, tmp_path / "c.jsonl")
    pipeline.build([tmp_path / "c.jsonl"], tmp_path / "graphs", settings=kept)
    write_jsonl([row(9), *ROWS[2:]], tmp_path / "c.jsonl")
    pipeline.build([tmp_path / "c.jsonl"], tmp_path / "graphs", settings=kept)
    pipeline.build([tmp_path / "c.jsonl"], tmp_path / "nothing", settings=pipeline.Settings(page="split"))
    assert files(tmp_path / "graphs") == files(tmp_path / "nothing")
