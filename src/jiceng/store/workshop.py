"""The work of a build that needs no order: reading files, reading documents, putting a division together.

It is done here or by processes of their own (`--jobs`); these look into the database, and only the first
process writes to it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jiceng import parallel, read
from jiceng.errors import ReadError
from jiceng.lexicon import Lexicon
from jiceng.model import Document, Origin, Source
from jiceng.pickling import quickly_pickled
from jiceng.read import Input
from jiceng.store import divisions, documents
from jiceng.store.documents import Identity, Record, identify


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Outcome:
    """What a document came to: its record, None where the database has it, or why it could not be read."""

    identity: Identity | None = None
    record: Record | None = None
    failure: str | None = None
    told: str = ""  # how messages name it


def ended(name: str) -> Outcome:
    """The outcome of a document whose process died, and died again when it was tried alone."""
    return Outcome(failure=f"{name}: the process that read it was ended twice; read this document by itself")


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Kept:
    """A document whose text a build has kept, at `path`; `text_sha256` is the manifest's, or unknown."""

    name: str
    sha256: str
    origin: Origin | None
    path: Path
    text_sha256: str = ""


Job = Input | Source | Kept
"""What may be read elsewhere: a file with one document, a document, a kept document."""


@dataclass(frozen=True, slots=True)
class Many:
    """In place of outcomes: the file is a table or an archive, whatever its name."""


Result = list[Outcome] | Many
"""What a job came to."""


@dataclass
class Bench:
    """What a process works with: vocabulary, database, and how a document is read."""

    lexicon: Lexicon
    connection: sqlite3.Connection
    process: Callable[[Source], Document | str]

    def do(self, job: Job, skip: Callable[[Identity], bool] = lambda one: False) -> Result:
        """Do a job; what is to `skip` is only identified."""
        if isinstance(job, Source):
            return [self.outcome(job, job.name, skip)]
        if isinstance(job, Kept):
            try:
                data = job.path.read_bytes()
                text = data.decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                said = f"{job.path}: cannot be read: {error}; build the folder anew from its documents"
                return [Outcome(failure=said)]
            # What it came to would be kept under the document's hash, and given for the document itself.
            if job.text_sha256 not in ("", hashlib.sha256(data).hexdigest()):
                said = f"{job.path}: was changed since its build; build the folder anew from its documents"
                return [Outcome(failure=said)]
            return [self.outcome(Source(job.name, job.sha256, text, job.origin), job.name, skip)]
        found = read.read_one(job)
        if found is None:
            return Many()
        if isinstance(found, ReadError):
            return [Outcome(failure=str(found))]
        return [self.outcome(found, job.place, skip)]

    def divide(self, asked: divisions.Asked) -> divisions.Made:
        """Put a division together."""
        return divisions.make(divisions.given(asked, self.connection), self.lexicon)

    def outcome(self, source: Source, told: str, skip: Callable[[Identity], bool]) -> Outcome:
        """Read a document, unless the database has it."""
        identity, known = self._known(source, skip)
        if known:
            return Outcome(identity, told=told)
        result = self.process(source)
        if isinstance(result, str):
            return Outcome(failure=result)
        return Outcome(identity, documents.record(result, identity, self.lexicon), told=told)

    def known(self, source: Source, skip: Callable[[Identity], bool]) -> Outcome | None:
        """The outcome of a document that is to `skip` or that the database has."""
        identity, known = self._known(source, skip)
        return Outcome(identity, told=source.name) if known else None

    def _known(self, source: Source, skip: Callable[[Identity], bool]) -> tuple[Identity, bool]:
        identity = identify(self.lexicon, source.name, source.sha256, source.origin)
        return identity, documents.find(self.connection, identity.key) is not None or skip(identity)

    def of_document(self, document: Document) -> Outcome:
        """The outcome of a document that was read elsewhere."""
        source = document.source
        identity = identify(self.lexicon, source.name, source.sha256, source.origin)
        if documents.find(self.connection, identity.key) is not None:
            return Outcome(identity, told=source.name)
        return made(document, self.lexicon)


def made(document: Document, lexicon: Lexicon) -> Outcome:
    """The outcome of a document: a pure function of it and the rules, for other machines too."""
    source = document.source
    identity = identify(lexicon, source.name, source.sha256, source.origin)
    return Outcome(identity, documents.record(document, identity, lexicon), told=source.name)


LEAST = 0.25
"""What a small job makes of a message to another process: a message costs half a millisecond of processor."""
LONG = 3000
"""Characters of a text that goes by itself."""


def _share(job: Job) -> float:
    return max(LEAST, len(job.text) / LONG) if isinstance(job, Source) else 1


_bench: Bench | Exception | None = None  # of a process of its own


def open_bench(bench: Bench | Exception) -> None:
    """Keep what this process works with, or why it cannot: any work then raises that where it was asked for.

    A process that ended instead would be taken for one that a document ended.
    """
    global _bench
    _bench = bench


def _opened() -> Bench:
    assert _bench is not None
    if isinstance(_bench, Exception):
        raise _bench
    return _bench


def _do(job: Job) -> Result:
    return _opened().do(job)


def _divide(asked: divisions.Asked) -> divisions.Made:
    return _opened().divide(asked)


Far = Callable[[Iterable[divisions.Given]], Iterator[tuple[divisions.Asked, divisions.Made | parallel.Died]]]
"""Puts divisions together on other machines, and gives them in order."""


class Workers:
    """Does jobs here, or by several processes, which have a bench of their own each.

    With `far`, divisions are put together on other machines.
    """

    def __init__(self, bench: Bench, pool: parallel.Workers | None, far: Far | None = None) -> None:
        self.bench = bench
        self._pool = pool
        self._far = far

    def done(
        self, jobs: Iterable[tuple[Job, Result | None]], skip: Callable[[Identity], bool]
    ) -> Iterator[tuple[Job, Result | parallel.Died]]:
        """Each job with its result, in order; one that comes with its result is passed on."""
        if self._pool:
            found: Iterator[tuple[Job, Result | parallel.Died, bool]] = self._pool.ordered(_do, jobs, _share)
            for job, result, _ in found:
                yield job, result
        else:
            for job, known in jobs:
                yield job, known if known is not None else self.bench.do(job, skip)

    def divisions(
        self, asked: Iterable[divisions.Asked]
    ) -> Iterator[tuple[divisions.Asked, divisions.Made | parallel.Died]]:
        """Each division put together, in order."""
        if self._far:
            yield from self._far(divisions.given(each, self.bench.connection) for each in asked)
        elif self._pool:
            items = ((each, None) for each in asked)
            for each, made, _ in self._pool.ordered(_divide, items, lambda each: LEAST):
                yield each, made
        else:
            for each in asked:
                yield each, self.bench.divide(each)
