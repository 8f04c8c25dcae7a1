"""The files of a build, to the documents in them; what is unchanged is neither read nor unpacked."""

from __future__ import annotations

import time
from collections.abc import Iterator
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
    reading = f"{base(session.lexicon.directory)} {columns}"
    under_way: list[_File] = []  # those whose jobs are not all done, in order

    def jobs() -> Iterator[tuple[Job, Result | None]]:
        for entry in found.inputs:
            at = inputs.state(entry.path, time.time_ns()) if entry.data is None else None
            outcomes = session.known(entry.place, entry.name, reading, at)
            under_way.append(_File(entry, at, [], known=outcomes is not None))
            if outcomes is not None:
                yield entry, outcomes
            elif entry.data is None and PurePath(entry.name).suffix.lower() not in read.MANY:
                yield entry, None
            else:
                yield from many(entry)
            yield _END, []

    def many(entry: Input) -> Iterator[tuple[Job, Result | None]]:
        for item in read.read_documents(entry, columns):
            if isinstance(item, ReadError):
                yield entry, [Outcome(failure=str(item))]
            else:
                # Asked here: most rows of a table that has grown are known, and need no other process.
                known = workers.bench.known(item, session.current.has)
                yield item, None if known is None else [known]

    def take(outcome: Outcome, file: _File) -> None:
        session.take(outcome)
        if not outcome.identity or len(file.gave) >= MOST:
            file.failed = True
        else:
            file.gave.append(outcome.identity)

    for job, result in workers.done(jobs(), session.current.has):
        file = under_way[0]
        if job is _END:
            under_way.pop(0)
            if file.state and file.gave and not file.failed and not file.known:
                session.current.remember(
                    file.entry.place, file.entry.name, reading, file.state, tuple(file.gave)
                )
            if progress:
                progress(file.entry.name, len(found.inputs))
        elif isinstance(result, parallel.Died):
            take(ended(job.name), file)
        elif isinstance(result, Many):
            for inner, known in many(file.entry):
                outcomes = known or workers.bench.do(inner, session.current.has)
                for outcome in () if isinstance(outcomes, Many) else outcomes:
                    take(outcome, file)
        else:
            for outcome in result:
                take(outcome, file)


_END = Input(Path(), "")
"""Stands behind the jobs of a file."""
