"""Documents and divisions by Ray: plain tasks over batches of them, on a cluster or on this machine.

The texts are read here, in the order of the inputs, and sent to the tasks in batches; only a small multiple
of what the cluster can compute is under way. Ray places the tasks and runs them again when a node or a
process is lost. The documents of a batch that keeps losing its process are tried alone in the end, and one
that does so alone is named among the failures.

When all documents are here, divisions are put together in the same way: a task is sent what the documents say
of some, and gives back their pieces of the graph and of the page, which this machine keeps and writes.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow
import ray

from jiceng import output, pipeline, read
from jiceng.engines import shards
from jiceng.errors import BuildError, ReadError
from jiceng.model import Source
from jiceng.parallel import Died
from jiceng.pipeline import DEFAULT, Outcome, Progress, Settings, Summary
from jiceng.store import divisions
from jiceng.store.divisions import Asked, Given, Made

BATCH_BYTES = 200_000
"""About so many characters of text, or bytes of divisions' parts, go to a task: seconds of work, so that what
Ray adds is nothing beside."""
BATCH_DOCUMENTS = 64
"""And no more documents or divisions than these."""
AHEAD = 3
"""Batches under way for each processor of the cluster."""
RETRIES = 3
"""How often Ray runs a task again whose node or process was lost."""

Batch = tuple[Source, ...]


def build(
    paths: Sequence[Path],
    folder: Path,
    progress: Progress | None = None,
    *,
    address: str | None = None,
    shard_folder: Path | None = None,
    ontology: Path | None = None,
    settings: Settings = DEFAULT,
    record_time: bool = False,
) -> Summary:
    """Build files and folders with Ray; the output folder has the bytes that `pipeline.build` gives it.

    `address` is that of a cluster (otherwise `RAY_ADDRESS`, otherwise Ray is started on this machine with
    `settings.jobs` processes). With `shard_folder`, a folder that all machines share, each task writes its
    results there and they stay; without, they come back through Ray. On every machine the same version of
    this program must be installed. Raises a JicengError if nothing can be built or written.
    """
    output.check_output(folder)
    found = read.find_inputs(paths)

    def items() -> Iterator[Source | str]:
        yield from found.failures
        for entry in found.inputs:
            for source in read.read_documents(entry, settings.columns):
                yield str(source) if isinstance(source, ReadError) else source

    with connected(address, settings.jobs):
        summary = pipeline.build_from(
            documents(items(), ontology, shard_folder),
            folder,
            progress=progress,
            ontology=ontology,
            settings=settings,
            record_time=record_time,
            far=partial(divided, ontology=ontology),
        )
    return replace(summary, warnings=(*found.notes, *summary.warnings))


@contextmanager
def connected(address: str | None = None, jobs: int = 1) -> Iterator[None]:
    """A connection to a cluster, or to a Ray of our own; one that is there already is used and left."""
    if ray.is_initialized():
        yield
        return
    address = address or os.environ.get("RAY_ADDRESS")
    try:
        if address:
            _answers(address)
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        else:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anyone
            ray.init(
                "local",
                num_cpus=jobs,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        where = address or "this machine"
        raise BuildError(f"no Ray on {where} ({error}); check --engine-address and RAY_ADDRESS") from error
    try:
        yield
    finally:
        ray.shutdown()


def _answers(address: str) -> None:
    """Raise OSError where nobody listens at `host:port`: Ray itself would try for many minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()


def documents(
    items: Iterable[Source | str], ontology: Path | None = None, shard_folder: Path | None = None
) -> Iterator[Outcome | str]:
    """What each text came to, as they are done, by the Ray that is connected; strings are passed on."""
    task = ray.remote(max_retries=RETRIES)(_task)
    under_way: dict[Any, Batch] = {}
    suspects: list[Source] = []

    def finished() -> Iterator[Outcome | str]:
        (ref,), _ = ray.wait(list(under_way), num_returns=1)
        batch = under_way.pop(ref)
        result = _result(ref)
        if isinstance(result, Died):
            suspects.extend(batch)
        else:
            yield from _read(result, ontology)

    batches = _batches(items)
    for batch in batches:
        if isinstance(batch, str):
            yield batch
            continue
        under_way[task.remote(batch, ontology, shard_folder)] = batch
        while len(under_way) >= _most():
            yield from finished()
    while under_way:
        yield from finished()
    # Ray queues tasks at a process: one that ends it takes those behind it along. So these are tried alone.
    for source in suspects:
        result = _result(task.remote((source,), ontology, shard_folder))
        if isinstance(result, Died):
            yield (
                f"{source.name}: the process that read it was ended {RETRIES + 1} times; "
                "read this document by itself"
            )
        else:
            yield from _read(result, ontology)


def _result(ref: Any) -> Any:
    """What a task gave back; Died if whatever process ran it was ended, as often as it was tried."""
    try:
        return ray.get(ref)
    except ray.exceptions.RayTaskError:  # an error of the program, not of a machine
        raise
    except ray.exceptions.RayError:
        return Died()


def _most() -> int:
    """How many batches may be under way."""
    return AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))


def _batches(items: Iterable[Source | str]) -> Iterator[Batch | str]:
    batch: list[Source] = []
    size = 0
    for item in items:
        if isinstance(item, str):
            yield item
            continue
        batch.append(item)
        size += len(item.text)
        if size >= BATCH_BYTES or len(batch) >= BATCH_DOCUMENTS:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _task(batch: Batch, ontology: Path | None, shard_folder: Path | None) -> pyarrow.RecordBatch | str:
    """Runs on the cluster: the rows of a batch, or the path of the shard that they were written to."""
    rows = shards.facts_of(batch, ontology)
    if shard_folder is None:
        return rows
    # Of its own documents a batch always has the same name, so that a second run replaces the first.
    return str(shards.write_shard(rows, shard_folder, shards.name_of(batch)))


def _read(result: pyarrow.RecordBatch | str, ontology: Path | None) -> Iterator[Outcome | str]:
    if not isinstance(result, str):
        yield from shards.documents_of(result, "a node of the cluster", ontology)
        return
    path = Path(result)
    if not path.exists():
        raise BuildError(f"{path}: is not seen from here; name a folder that all machines share")
    yield from shards.read_shards([path], ontology)


# --- divisions --------------------------------------------------------------------------------------------


def divided(given: Iterable[Given], ontology: Path | None = None) -> Iterator[tuple[Asked, Made | Died]]:
    """Divisions put together by the Ray that is connected, in the order in which they are given."""
    task = ray.remote(max_retries=RETRIES)(_put_together)
    under_way: deque[tuple[Any, tuple[Given, ...]]] = deque()

    def made(ref: Any) -> tuple[Made, ...] | Died:
        result = _result(ref)
        if isinstance(result, Died):
            return result
        maker, results = result
        if maker != shards.made_by(ontology):
            raise BuildError(f"a node of the cluster: {shards.OTHER_VERSION}")
        return tuple(results)

    def alone(one: Given) -> Made | Died:
        results = made(task.remote((one,), ontology))
        return results if isinstance(results, Died) else results[0]

    def finished() -> Iterator[tuple[Asked, Made | Died]]:
        ref, batch = under_way.popleft()
        together = made(ref)
        results = tuple(alone(one) for one in batch) if isinstance(together, Died) else together
        for one, result in zip(batch, results, strict=True):
            yield one.asked, result

    for batch in _batches_of_divisions(given):
        under_way.append((task.remote(batch, ontology), batch))
        while len(under_way) >= _most():
            yield from finished()
    while under_way:
        yield from finished()


def _batches_of_divisions(given: Iterable[Given]) -> Iterator[tuple[Given, ...]]:
    batch: list[Given] = []
    size = 0
    for one in given:
        batch.append(one)
        size += sum(len(p.statements) + len(p.articles) + len(p.text or b"") for p in one.parts)
        if size >= BATCH_BYTES or len(batch) >= BATCH_DOCUMENTS:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _put_together(batch: tuple[Given, ...], ontology: Path | None) -> tuple[str, tuple[Made, ...]]:
    """Runs on the cluster: what the divisions of a batch come to, and which program and rules made it."""
    lexicon = shards.tools_of(ontology).lexicon
    return shards.made_by(ontology), tuple(divisions.make(one, lexicon) for one in batch)
