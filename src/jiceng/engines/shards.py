"""What documents came to, as rows of Arrow tables, and folders of these merged into a build.

A row has the document's `name`, its `sha256`, `made_by` (which program, rules and vocabulary), and either
`record`, its pieces of the graph, checked and pickled, or `failure`, why there is none. Pickles are read back
with the classes of the model only, so that a shard can hold data and nothing that runs.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from jiceng import output, pipeline
from jiceng.errors import BuildError
from jiceng.lexicon import Lexicon
from jiceng.model import Source
from jiceng.pipeline import DEFAULT, Outcome, Progress, Settings, Summary, Tools
from jiceng.store import database
from jiceng.store.documents import Identity, Record, base, examine

SCHEMA = pyarrow.schema(
    [
        ("name", pyarrow.string()),
        ("sha256", pyarrow.string()),
        ("made_by", pyarrow.string()),
        ("record", pyarrow.binary()),
        ("failure", pyarrow.string()),
    ]
)
"""The columns of a shard."""

OTHER_VERSION = (
    "made by another version of jiceng, its rules or its vocabularies; install the same one everywhere and "
    "read the documents again"
)
"""What is told of pieces that this program cannot use."""
_READ_AHEAD = 256  # rows of a shard that are in memory at once


@cache
def tools_of(ontology: Path | None) -> Tools:
    """The tools of a process, loaded once."""
    return pipeline.load_tools(ontology)


@cache
def made_by(ontology: Path | None = None) -> str:
    """A hash of the program, its rules and its vocabularies, which every piece depends on."""
    return hashlib.sha256(base(tools_of(ontology).lexicon.directory).encode()).hexdigest()


def facts_of(sources: Iterable[Source | str], ontology: Path | None = None) -> pyarrow.RecordBatch:
    """Read documents and give what they came to as rows; a string is the message of one that has no text."""
    rows = []
    for source in sources:
        row: dict[str, Any] = {"made_by": made_by(ontology)}
        if isinstance(source, str):
            rows.append(row | {"failure": source})
            continue
        row |= {"name": source.name, "sha256": source.sha256}
        made = pipeline.made(source, tools_of(ontology))
        if made.record:
            row["record"] = pickle.dumps((made.identity, made.record), protocol=5)
        else:
            row["failure"] = made.failure
        rows.append(row)
    return pyarrow.RecordBatch.from_pylist(rows, SCHEMA)


def documents_of(
    batch: pyarrow.RecordBatch, place: str, ontology: Path | None = None
) -> Iterator[Outcome | str]:
    """What documents came to, of rows, or the messages on those that failed.

    `place` names where they come from in messages. Raises BuildError where rows are damaged, or were made by
    another version of the program, its rules or its vocabularies.
    """
    try:
        makers, records, failures = (batch.column(name) for name in ("made_by", "record", "failure"))
    except KeyError as error:
        raise BuildError(f"{place}: is no shard: {error.args[0]}; make it with jiceng.engines") from error
    for maker, record, failure in zip(makers, records, failures, strict=True):
        if maker.as_py() != made_by(ontology):
            raise BuildError(f"{place}: {OTHER_VERSION}")
        if record.is_valid:
            yield _unpickled(record.as_py(), place, tools_of(ontology).lexicon)
        else:
            yield failure.as_py() or f"{place}: a row without a document; read the documents again"


def _unpickled(data: bytes, place: str, lexicon: Lexicon) -> Outcome:
    try:
        identity, record = database.restored(data, Identity, Record)
    except Exception as error:  # what a damaged pickle raises may be anything
        raise BuildError(f"{place}: is damaged ({error}); make it anew") from error
    if not isinstance(identity, Identity) or not isinstance(record, Record):
        raise BuildError(f"{place}: holds something else than documents; make it anew")
    try:  # within the build it would be taken for damage to the build's own database
        examine(identity, record, lexicon)
    except Exception as error:  # fields and pickles may hold anything
        raise BuildError(f"{place}: is damaged ({error}); make it anew") from error
    return Outcome(identity, record, told=identity.name)


def name_of(sources: Iterable[Source]) -> str:
    """A name for the shard of some documents: always the same for these."""
    return hashlib.sha256(" ".join(f"{s.name} {s.sha256}" for s in sources).encode()).hexdigest()[:32]


def write_shard(batch: pyarrow.RecordBatch, folder: Path, name: str) -> Path:
    """Write rows into a Parquet file of a folder, whole or not at all; a shard of that name is replaced.

    Raises BuildError if the place cannot be written.
    """
    place = folder / f"{name}.parquet"
    output.make_folder(folder, option="--shards")
    with output.writing(place, "name another folder with --shards") as stream:
        parquet.write_table(pyarrow.Table.from_batches([batch]), stream, compression="zstd")
    return place


def read_shards(places: Sequence[Path], ontology: Path | None = None) -> Iterator[Outcome | str]:
    """What the documents of the named shards, and folders of shards, came to; see `documents_of`."""
    for place in places:
        if not place.exists():
            raise BuildError(f"{place}: no such file or folder; name the shards that were written")
        shards = _shards_in(place) if place.is_dir() else [place]
        if not shards:
            raise BuildError(f"{place}: holds no shards (*.parquet); name the folder that has them")
        for shard in shards:
            try:
                for batch in parquet.ParquetFile(shard).iter_batches(_READ_AHEAD):
                    yield from documents_of(batch, str(shard), ontology)
            except (OSError, pyarrow.ArrowException) as error:
                raise BuildError(f"{shard}: cannot be read as Parquet ({error}); write it again") from error


def _shards_in(folder: Path) -> list[Path]:
    # What Spark and we have not finished begins with a point or an underscore; Spark's folders may end as
    # shards do.
    return sorted(
        path
        for path in folder.rglob("*.parquet")
        if path.is_file() and not any(part[0] in "._" for part in path.relative_to(folder).parts)
    )


def merge(
    shards: Sequence[Path],
    folder: Path,
    progress: Progress | None = None,
    ontology: Path | None = None,
    settings: Settings = DEFAULT,
    record_time: bool = False,
) -> Summary:
    """Build an output folder from shards: the bytes are those of a build of the same documents.

    Raises a JicengError if a shard cannot be used, or if nothing can be built or written.
    """
    return pipeline.build_from(
        read_shards(shards, ontology),
        folder,
        progress=progress,
        ontology=ontology,
        settings=settings,
        record_time=record_time,
    )
