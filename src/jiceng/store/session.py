"""A build from its documents to its folder, by one process or several."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jiceng import parallel, processes
from jiceng.errors import BuildError
from jiceng.lexicon import Lexicon
from jiceng.store import database, divisions, documents, inputs, pages, screening, shares, sweeping
from jiceng.store.current import Current
from jiceng.store.workshop import Outcome, Workers

_PREFIX = "jiceng-pieces-"
_OLD = 3600
"""Seconds after which what is left of a build that runs no more is taken away."""

Progress = Callable[[str, int], None]
"""Called with the name of each document when it is done, and how many there are in all."""


@dataclass
class Session:
    """One build with its database: documents come in (`take`), then divisions are computed (`divide`)."""

    connection: sqlite3.Connection
    lexicon: Lexicon
    current: Current
    failures: list[str] = field(default_factory=list)
    rejected: tuple[str, ...] = ()

    def take(self, outcome: Outcome) -> None:
        """Take a document in, or note why there is none."""
        if outcome.failure is not None:
            self.failures.append(outcome.failure)
        elif outcome.identity and self.current.claim(outcome.identity, outcome.told) and outcome.record:
            self.current.put(outcome.record)

    def known(self, path: str, name: str, reading: str, state: inputs.State | None) -> list[Outcome] | None:
        """What an unchanged file gives, if all of it is at hand."""
        gave = state and inputs.known(self.connection, path, name, reading, state)
        if not gave:
            return None
        if not all(documents.find(self.connection, o.key) or self.current.has(o) for o in gave):
            return None
        return [Outcome(one, told=path if one.name == name else one.name) for one in gave]

    def divide(self, workers: Workers, page: str) -> None:
        """All documents are in: compute what divisions came to, and screen it.

        `page` is what `pages.write` takes as its choice: shares of a split page are made in the same go.
        """
        self.current.place()
        tasks = list(divisions.tasks(self.connection, documents.base(self.lexicon.directory)))
        self.current.tasks = {task.adcode: task for task in tasks}
        split = pages.is_split(self.current, page)
        left = []
        for task in tasks:
            number = divisions.find(self.connection, task.key)
            if number is not None:
                self.current.use(task.adcode, number)
            shown = not split or shares.show(self.connection, task.adcode, task.key)
            if number is None or not shown:
                left.append(divisions.Asked(task, number is None, not shown))
        for asked, made in workers.divisions(left):
            if isinstance(made, parallel.Died):
                raise BuildError(
                    f"{asked.task.adcode}: the process that put its facts together was ended twice; "
                    "give it more memory, or leave it more by fewer --jobs"
                )
            self.current.put_division(made)
        self.current.flush()
        self.rejected = screening.screen(self.current, self.lexicon, tasks)


@contextlib.contextmanager
def opened(cache: Path | None, ontology: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """The database of pieces in a folder, or a temporary one where there is none or it cannot be used."""
    if cache is not None:
        path = database.place(cache, documents.base(ontology))
        connection = None
        for _ in range(2):  # the second time without what was damaged
            try:
                connection = database.connect(path)
                break
            except sqlite3.OperationalError:  # no room, no right
                break
            except sqlite3.DatabaseError:
                database.discard(path)
            except (OSError, database.Unusable):
                break
        if connection is not None:
            with contextlib.closing(connection):
                which = database.inode(path)
                with sweeping.in_use(path) as lock:
                    if which is not None and which == database.inode(path):  # not taken away meanwhile
                        yield connection, path
                        sweeping.sweep_daily(connection, lock)
                        return
    _sweep()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{processes.mark()}.") as folder:
        path = database.place(Path(folder), documents.base(ontology))
        with contextlib.closing(database.connect(path)) as connection:
            yield connection, path


def _sweep() -> None:
    """Take away temporary databases of builds that were killed long ago."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = path.name.removeprefix(_PREFIX).partition(".")[0]
        with contextlib.suppress(OSError):
            told = path.lstat()
            ours = path.is_dir() and not path.is_symlink() and processes.owns(told)
            if ours and time.time() - told.st_mtime > _OLD and not processes.runs(owner):
                shutil.rmtree(path, ignore_errors=True)
