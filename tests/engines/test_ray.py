"""Ray on a cluster of several nodes: the bytes of one process, also when a node is killed on the way."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.waiting import LIMIT, until

from jiceng import cli, pipeline
from jiceng.errors import BuildError
from jiceng.store import divisions

ray = pytest.importorskip("ray", reason="Ray is missing: pip install 'jiceng[ray]'")

from jiceng.engines import ray as engine  # noqa: E402

Expected = tuple[dict[str, bytes], pipeline.Summary]
Contents = Callable[[Path], dict[str, bytes]]
NODE = {"num_cpus": 1, "object_store_memory": 80_000_000}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that computes nothing, and two nodes of one processor each."""
    from ray.cluster_utils import Cluster

    found = Cluster(initialize_head=True, head_node_args={**NODE, "num_cpus": 0, "include_dashboard": False})
    for _ in range(2):
        found.add_node(wait=False, **NODE)
    found.wait_for_nodes(timeout=LIMIT)
    ray.init(address=found.address, log_to_driver=False)
    yield found
    ray.shutdown()
    found.shutdown()


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BATCH_DOCUMENTS", 4)


def test_a_cluster_gives_the_bytes_of_one_process(
    cluster: Any, corpus: Path, by_one_process: Expected, contents: Contents, tmp_path: Path
) -> None:
    expected, summary = by_one_process
    done = engine.build([corpus], tmp_path / "graphs", shard_folder=tmp_path / "shards")
    assert contents(tmp_path / "graphs") == expected
    assert done.facts == summary.facts
    assert sorted(done.failures) == sorted(summary.failures)
    assert len(list((tmp_path / "shards").glob("*.parquet"))) == -(-(summary.documents + 1) // 4)


def test_files_that_are_passed_over_are_told(cluster: Any, root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in (root / "seeds").glob("00[01]_*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "旧稿.doc").write_bytes(b"old")
    done = engine.build([folder], tmp_path / "graphs")
    assert done.warnings == pipeline.build([folder], tmp_path / "expected").warnings
    assert any("旧稿.doc" in warning for warning in done.warnings)


def test_a_process_that_ends_itself_loses_no_other_document(
    cluster: Any, corpus: Path, by_one_process: Expected, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    task = engine._task

    def ends_itself(batch: engine.Batch, *rest: Any) -> Any:
        if any(source.name == "reports.parquet#11" for source in batch):
            os.kill(os.getpid(), signal.SIGKILL)
        return task(batch, *rest)

    monkeypatch.setattr(engine, "_task", ends_itself)
    monkeypatch.setattr(engine, "RETRIES", 0)  # each process that is ended costs the start of another
    done = engine.build([corpus], tmp_path / "graphs")
    assert done.documents == by_one_process[1].documents - 1
    (told,) = set(done.failures) - set(by_one_process[1].failures)
    assert told.startswith("reports.parquet#11: the process that read it was ended 1 times")


def test_divisions_and_their_pages_are_put_together_on_the_cluster(
    cluster: Any, corpus: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One process ends in the middle of it: what it had begun is done again by another."""
    settings = pipeline.Settings(page="split")
    pipeline.build([corpus], tmp_path / "expected", settings=settings)
    monkeypatch.setattr(divisions, "make", None)  # not here
    put_together = engine._put_together
    marks = tmp_path / "marks"
    marks.mkdir()

    def marked(batch: tuple[divisions.Given, ...], *rest: Any) -> Any:
        first = not any(marks.iterdir())
        for one in batch:
            (marks / one.asked.task.adcode).write_text(str(os.getpid()), "utf-8")
        if first:
            os.kill(os.getpid(), signal.SIGKILL)
        return put_together(batch, *rest)

    monkeypatch.setattr(engine, "_put_together", marked)
    engine.build([corpus], tmp_path / "graphs", settings=settings)
    assert contents(tmp_path / "graphs") == contents(tmp_path / "expected")
    codes = {file.stem for file in (tmp_path / "graphs" / "page").iterdir() if file.stem.isdecimal()}
    assert {mark.name for mark in marks.iterdir()} == codes
    assert str(os.getpid()) not in {mark.read_text("utf-8") for mark in marks.iterdir()}


def test_a_division_that_ends_each_process_is_named(
    cluster: Any, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def ends_itself(batch: tuple[divisions.Given, ...], *rest: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(engine, "_put_together", ends_itself)
    monkeypatch.setattr(engine, "RETRIES", 0)
    with pytest.raises(BuildError, match=r"[0-9]{6}: the process that put its facts together was ended"):
        engine.build([*(root / "seeds").glob("000_*.txt")], tmp_path / "graphs")
    assert not (tmp_path / "graphs").exists()


def test_a_killed_node_loses_no_document(
    cluster: Any,
    corpus: Path,
    by_one_process: Expected,
    contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The node dies while it computes: what it had begun is done again by the other."""
    victim, *_ = (node for node in cluster.worker_nodes)
    doomed = victim.node_id
    marks = tmp_path / "marks"
    marks.mkdir()
    task = engine._task

    def marked(batch: engine.Batch, *rest: Any) -> Any:
        node = ray.get_runtime_context().get_node_id()
        mark = marks / f"{batch[0].name}.{node}"
        mark.write_text("begun", "utf-8")
        if node != doomed:  # it leaves the other some work, however late that begins
            end = time.monotonic() + LIMIT
            while not any(marks.glob(f"*.{doomed}")) and time.monotonic() < end:
                time.sleep(0.05)
        result = task(batch, *rest)
        if node == doomed:
            time.sleep(300)  # it is at work when it is killed, however slow the machine
        mark.write_text("done", "utf-8")
        return result

    def kill_when_at_work() -> None:
        until(lambda: list(marks.glob(f"*.{doomed}")), bool, "work on the node that will die")
        cluster.remove_node(victim, allow_graceful=False)

    monkeypatch.setattr(engine, "_task", marked)
    killer = threading.Thread(target=kill_when_at_work, daemon=True)
    killer.start()
    done = engine.build([corpus], tmp_path / "graphs")
    killer.join(timeout=LIMIT)
    assert not killer.is_alive()
    lost = list(marks.glob(f"*.{doomed}"))
    assert lost
    for mark in lost:
        assert mark.read_text("utf-8") == "begun"
        others = [m for m in marks.glob(f"{mark.name.rpartition('.')[0]}.*") if m != mark]
        assert any(other.read_text("utf-8") == "done" for other in others)
    assert contents(tmp_path / "graphs") == by_one_process[0]
    assert sorted(done.failures) == sorted(by_one_process[1].failures)


def test_the_command_asks_the_cluster_at_an_address(
    corpus: Path, by_one_process: Expected, contents: Contents, cluster: Any, tmp_path: Path
) -> None:
    ray.shutdown()
    arguments = ["build", str(corpus), "--engine", "ray", "--engine-address", cluster.address]
    assert cli.main([*arguments, "-o", str(tmp_path / "graphs"), "--no-cache"]) == 1
    assert contents(tmp_path / "graphs") == by_one_process[0]
    assert not ray.is_initialized()


def test_no_cluster_at_an_address_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"no Ray on 127\.0\.0\.1:1 .*--engine-address"):
        engine.build([corpus], tmp_path / "graphs", address="127.0.0.1:1")
