"""Documents by Spark: a function for `mapInArrow`, for those who have a cluster of it.

    from jiceng.engines import shards, spark

    found = spark.read_parquet(session, ["articles.parquet"])       # or any DataFrame with name and text
    found.mapInArrow(spark.facts, spark.SCHEMA).write.parquet("shards")
    shards.merge([Path("shards")], Path("graphs"))                  # or: jiceng merge shards -o graphs

Spark's own scheduler places the work and repeats what is lost with an executor. The same version of this
program must be installed where the executors run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow

from jiceng.engines import shards
from jiceng.errors import ReadError
from jiceng.model import Source
from jiceng.read.tables import DEFAULT, Columns, named_source

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SCHEMA = "name string, sha256 string, made_by string, record binary, failure string"
"""What `facts` gives, as Spark writes schemas; the columns of `shards.SCHEMA`."""
NAME = "name"
"""The column with the documents' names, each there once; `table.parquet#17` is row 17 of a table."""
ORIGINAL = "original_sha256"
"""The column with the SHA-256 of the table's file, if it is there."""
_DOCUMENTS = 64  # of which the results are in memory at once

Batches = Iterator[pyarrow.RecordBatch]


def facts(batches: Batches) -> Batches:
    """What the documents of some rows came to: a function of partitions for `DataFrame.mapInArrow`.

    Rows have a name and a text, and perhaps what else is known, in columns that go by the names of
    `read.Columns`; for other names or other vocabularies use `facts_by`.
    """
    return _facts(batches, DEFAULT, None)


def facts_by(columns: Columns = DEFAULT, ontology: Path | None = None) -> Callable[[Batches], Batches]:
    """As `facts`, for rows with other column names, or a folder of other vocabularies and rules."""
    return partial(_facts, columns=columns, ontology=ontology)


def _facts(batches: Batches, columns: Columns, ontology: Path | None) -> Batches:
    for batch in batches:
        for start in range(0, batch.num_rows, _DOCUMENTS):
            yield shards.facts_of(_sources(batch.slice(start, _DOCUMENTS), columns), ontology)


def _sources(rows: pyarrow.RecordBatch, columns: Columns) -> Iterable[Source | str]:
    for row in rows.to_pylist():
        name = row.get(NAME)
        if not name:
            has = ", ".join(row)
            yield f"a row has no {NAME}; give each one its own in a column of this name (there are: {has})"
            continue
        try:
            yield named_source(row, str(name), str(name), columns, row.get(ORIGINAL) or "")
        except ReadError as error:
            yield str(error)


def read_parquet(session: SparkSession, paths: Sequence[str | Path]) -> DataFrame:
    """The rows of Parquet files with the names and hashes that a build without Spark gives them.

    The files' base names must differ, and this process must be able to read them too, for their hashes.
    """
    from pyspark.sql import functions

    hashes = {Path(path).name: _sha256(Path(path)) for path in paths}
    if len(hashes) < len(paths):
        raise ReadError("files of the same name: their rows could not be told apart; rename them")
    frame = session.read.parquet(*map(str, paths))
    file = functions.col("_metadata.file_name")
    row = functions.col("_metadata.row_index") + 1
    table = functions.create_map(*(functions.lit(part) for pair in hashes.items() for part in pair))
    return frame.withColumns(
        {
            NAME: functions.concat(file, functions.lit("#"), row.cast("string")),
            ORIGINAL: table[file],
        }
    )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}; check the path") from error
