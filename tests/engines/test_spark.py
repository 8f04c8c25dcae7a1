"""Spark on a local cluster of two executors: the bytes of one process, also when one of them is killed."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jiceng import pipeline

pytest.importorskip("pyspark", reason="Spark is missing: pip install 'jiceng[spark]'")
if not shutil.which("java"):
    pytest.skip("Java is missing: apt-get install default-jdk-headless", allow_module_level=True)

from jiceng.engines import shards, spark
from jiceng.errors import ReadError
from jiceng.read import Columns

Expected = tuple[dict[str, bytes], pipeline.Summary]
Contents = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    # Executors are processes of their own, each with one core and a gigabyte.
    place = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(place),
        "spark.log.level": "FATAL",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "8",
        "spark.sql.shuffle.partitions": "4",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        # All these Javas run for seconds: what compiling better would save it costs twice.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        found = builder.getOrCreate()
        yield found
        found.stop()


def test_spark_gives_the_bytes_of_one_process(
    session: Any, corpus: Path, by_one_process: Expected, contents: Contents, tmp_path: Path
) -> None:
    found = spark.read_parquet(session, [corpus]).repartition(4)
    found.mapInArrow(spark.facts, spark.SCHEMA).write.parquet(str(tmp_path / "shards"))
    done = shards.merge([tmp_path / "shards"], tmp_path / "graphs")
    assert contents(tmp_path / "graphs") == by_one_process[0]
    assert done.facts == by_one_process[1].facts
    assert len(done.failures) == len(by_one_process[1].failures)


def test_a_killed_executor_loses_no_document(
    session: Any, corpus: Path, by_one_process: Expected, contents: Contents, tmp_path: Path
) -> None:
    """The Java process that an executor is dies in the midst of its second batch."""
    mark = tmp_path / "killed"

    def once_killed(batches: Iterator[Any]) -> Iterator[Any]:
        for number, batch in enumerate(batches):
            if number == 1:
                try:
                    mark.open("x").close()
                except FileExistsError:
                    pass
                else:
                    daemon = os.getppid()
                    executor = int(Path(f"/proc/{daemon}/stat").read_text("utf-8").split(")")[1].split()[1])
                    mark.write_text(str(executor), "utf-8")
                    os.kill(executor, signal.SIGKILL)
            yield from spark.facts(iter([batch]))

    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc, to tell which process is the executor")
    found = spark.read_parquet(session, [corpus]).repartition(4)
    found.mapInArrow(once_killed, spark.SCHEMA).write.parquet(str(tmp_path / "shards"))
    assert not Path(f"/proc/{mark.read_text('utf-8')}/exe").exists()
    shards.merge([tmp_path / "shards"], tmp_path / "graphs")
    assert contents(tmp_path / "graphs") == by_one_process[0]


def test_rows_of_ones_own_need_names_and_may_have_other_columns() -> None:
    import pyarrow

    row = {"name": "夜话", "正文": "武侯区：夜话\n成都市武侯区建立小区党支部126个。", "date": "2023-05-11"}
    rows = pyarrow.RecordBatch.from_pylist([row, row | {"name": None}])
    (made,) = spark.facts_by(Columns(text="正文"))(iter([rows]))
    found, failure = shards.documents_of(made, "here")
    assert isinstance(found, pipeline.Outcome)
    assert found.identity
    assert found.record
    assert found.identity.name == "夜话"
    assert [code for code, _, _ in found.record.parts] == ["510107"]
    assert failure == "a row has no name; give each one its own in a column of this name " + (
        "(there are: name, 正文, date)"
    )


def test_files_of_the_same_name_are_refused(session: Any, corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / corpus.name
    shutil.copy(corpus, other)
    with pytest.raises(ReadError, match="same name"):
        spark.read_parquet(session, [corpus, other])
