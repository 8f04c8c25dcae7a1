"""The files of a build, to the documents in them; what is unchanged is neither read nor unpacked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from jiceng import parallel, read
from jiceng.errors import ReadError
from jiceng.read import Columns, Input
from jiceng.store import inputs
from jiceng.store.documents import Identity, base
from jiceng.store.session import Progress, Session
from jiceng.store.workshop import Job, Many, Outcome, Result, Workers, ended

MOST = 2000
"""Documents of one file up to which it is known to be unchanged without being read."""


@dataclass
class _File:
    """A file while its documents come in."""

    entry: Input
    state: inputs.State | None
    gave: list[Identity]
    failed: bool = False  # or of too many documents: what it gave is not kept
    known: bool = False


def feed(
    session: Session, workers: Workers, found: read.Found, columns: Columns, progress: Progress | None
) -> None:
    """Take in the documents of all files, in order."""
    feeding = _Feeding(session, workers, columns)
    for job, result in workers.done(feeding.jobs(found.inputs), session.current.has):
        if job is _END:
            name = feeding.end_file()
            if progress:
                progress(name, len(found.inputs))
        elif isinstance(result, parallel.Died):
            feeding.take(ended(job.name))
        elif isinstance(result, Many):
            feeding.take_many()
        else:
            for outcome in result:
                feeding.take(outcome)


class _Feeding:
    """The jobs of files, and what comes of them, which is that of the first file under way."""

    def __init__(self, session: Session, workers: Workers, columns: Columns) -> None:
        self._session = session
        self._workers = workers
        self._columns = columns
        self._reading = f"{base(session.lexicon.directory)} {columns}"
        self._under_way: list[_File] = []  # those whose jobs are not all done, in order

    def jobs(self, entries: Iterable[Input]) -> Iterator[tuple[Job, Result | None]]:
        """The jobs of each file, with their results where these are known, and _END behind them."""
        for entry in entries:
            at = inputs.state(entry.path, time.time_ns()) if entry.data is None else None
            outcomes = self._session.known(entry.place, entry.name, self._reading, at)
            self._under_way.append(_File(entry, at, [], known=outcomes is not None))
            if outcomes is not None:
                yield entry, outcomes
            elif entry.data is None and PurePath(entry.name).suffix.lower() not in read.MANY:
                yield entry, None
            else:
                yield from self._many(entry)
            yield _END, []

    def _many(self, entry: Input) -> Iterator[tuple[Job, Result | None]]:
        for item in read.read_documents(entry, self._columns):
            if isinstance(item, ReadError):
                yield entry, [Outcome(failure=str(item))]
            else:
                # Asked here: most rows of a table that has grown are known, and need no other process.
                known = self._workers.bench.known(item, self._session.current.has)
                yield item, None if known is None else [known]

    def take(self, outcome: Outcome) -> None:
        """Take in a document of the file."""
        file = self._under_way[0]
        self._session.take(outcome)
        if not outcome.identity or len(file.gave) >= MOST:
            file.failed = True
        else:
            file.gave.append(outcome.identity)

    def take_many(self) -> None:
        """Read the file here, whose documents turned out to be many."""
        for job, known in self._many(self._under_way[0].entry):
            outcomes = known or self._workers.bench.do(job, self._session.current.has)
            for outcome in () if isinstance(outcomes, Many) else outcomes:
                self.take(outcome)

    def end_file(self) -> str:
        """Keep what the file gave, for it to be known when it is unchanged; its name."""
        file = self._under_way.pop(0)
        entry = file.entry
        if file.state and file.gave and not file.failed and not file.known:
            self._session.current.remember(
                entry.place, entry.name, self._reading, file.state, tuple(file.gave)
            )
        return entry.name


_END = Input(Path(), "")
"""Stands behind the jobs of a file."""
