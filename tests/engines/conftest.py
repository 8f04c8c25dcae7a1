"""A small corpus of synthetic reports, and what one process makes of it."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from jiceng import pipeline

DOCUMENTS = 48


@pytest.fixture(scope="session")
def corpus(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports as Parquet: among them the same text twice, and rows that cannot be read."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is missing: pip install 'jiceng[parquet]'")
    from pyarrow import parquet

    synthetic = runpy.run_path(str(root / "tests" / "benchmarks" / "synthetic.py"))
    rows = list(synthetic["rows"](DOCUMENTS, length=0.5))
    columns = ("text", "title", "date", "publisher", "url")
    table = [{name: getattr(row, name) for name in columns} for row in rows]
    table += [dict(table[3]), table[4] | {"text": " "}, table[5] | {"text": "x", "date": "soon"}]
    path = tmp_path_factory.mktemp("corpus") / "reports.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(table), path, row_group_size=20)
    return path


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, bytes]]:
    """The files of a built folder, by name."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read


@pytest.fixture(scope="session")
def by_one_process(
    corpus: Path, contents: Callable[[Path], dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], pipeline.Summary]:
    folder = tmp_path_factory.mktemp("one") / "graphs"
    summary = pipeline.build([corpus], folder)
    assert summary.documents > DOCUMENTS * 0.9
    assert len(summary.failures) == 2
    return contents(folder), summary
