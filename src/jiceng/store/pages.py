"""The page of a build: one file of a small corpus; of a large one an overview with divisions' data beside it.

A division's share is a function of its facts, articles and texts, and kept as its Turtle is.
"""

from __future__ import annotations

import hashlib
import sqlite3

from jiceng import page, parallel
from jiceng.errors import BuildError
from jiceng.graph.identity import fact_iri
from jiceng.lexicon import Lexicon
from jiceng.output import Staging
from jiceng.store import screening
from jiceng.store.current import Current
from jiceng.store.database import pickled, transaction, unpacked, unpickled
from jiceng.store.workshop import PageTask, Workers

CHOICES = ("auto", "whole", "split")
"""Of `--page`: by the size of the corpus, one file, or split by division."""


def write(
    staging: Staging, current: Current, lexicon: Lexicon, workers: Workers, choice: str
) -> list[tuple[str, str]]:
    """Write the page; gives names and hashes of the files that `Staging.written` does not have, sorted."""
    _, _, facts, characters = current.totals()
    if choice == "whole" or (choice == "auto" and not page.is_large(facts, characters)):
        corpus = screening.whole(current)
        text = page.render(corpus, lexicon, lexicon.gazetteer.by_code, fact_iri)
        staging.write("index.html", [text.encode()])
        return []
    (staging.path / page.FOLDER).mkdir(exist_ok=True)
    written: dict[str, str] = {}
    shared: dict[str, tuple[str, int, int]] = {}
    _prepare(current, workers)
    with page.SplitPage(lexicon, lexicon.gazetteer.by_code) as split:
        query = """
            select n.adcode, n.division, p.rows, p.files from temp.now n
            cross join page p on p.division = n.division order by n.adcode
        """
        for code, division, rows, files in current.connection.execute(query):
            for _ in split.add(page.DivisionPage(code, (), unpacked(rows))):
                raise AssertionError  # it was given none
            for name, sha256, size in unpickled(files):
                if page.is_shared(name):
                    shared.setdefault(name, (sha256, size, division))
                else:
                    written[name] = sha256
                    _take(staging, current.connection, name, sha256, size, division)
        for name in sorted(shared):
            written[name] = shared[name][0]
            _take(staging, current.connection, name, *shared[name])
        for name, data in split.finish():
            if name == "index.html":
                staging.write(name, [data])
            else:
                written[name] = hashlib.sha256(data).hexdigest()
                staging.write_small(name, data)
    return sorted(written.items())


def _take(
    staging: Staging, connection: sqlite3.Connection, name: str, sha256: str, size: int, division: int
) -> None:
    if not staging.take(name, size, sha256):
        query = "select data from page_file where division = ? and name = ?"
        staging.write_small(name, unpacked(connection.execute(query, (division, name)).fetchone()[0]))


def _prepare(current: Current, workers: Workers) -> None:
    """Compute the shares that are not there."""
    connection = current.connection
    query = """
        select n.adcode, n.division from temp.now n left join page p on p.division = n.division
        where p.division is null order by n.adcode
    """
    left = connection.execute(query).fetchall()
    tasks = (PageTask(division, current.tasks[code]) for code, division in left)
    for task, prepared in workers.pages(tasks):
        if isinstance(prepared, parallel.Died):
            raise BuildError(f"{task.task.adcode}: the process that made its page was ended twice")
        with transaction(connection):
            row = prepared.division, prepared.rows, pickled(prepared.listed)
            connection.execute("insert or ignore into page values (?, ?, ?)", row)
            connection.executemany(
                "insert or ignore into page_file values (?, ?, ?)",
                ((prepared.division, name, data) for name, data in prepared.files),
            )
