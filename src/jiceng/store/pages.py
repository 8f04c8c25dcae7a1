"""The page of a build: one file of a small corpus; of a large one an overview with divisions' data beside it.

A division's share is a function of its facts, articles and texts, and kept as its Turtle is.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from functools import partial
from itertools import islice

from jiceng import page, parallel
from jiceng.errors import BuildError
from jiceng.graph.identity import fact_iri
from jiceng.lexicon import Lexicon
from jiceng.output import Staging
from jiceng.store import screening, sweeping
from jiceng.store.current import Current
from jiceng.store.database import packed, pickled, transaction, unpacked, unpickled
from jiceng.store.workshop import PageTask, Workers

HELD = 16
"""Shares that wait to be written together: a transaction costs as much as some of them."""


def write(
    staging: Staging, current: Current, lexicon: Lexicon, workers: Workers, choice: str
) -> list[tuple[str, str]]:
    """Write the page; gives names and hashes of the files that `Staging.written` does not have, sorted.

    `choice` is `auto` (by the size of the corpus), `whole` (one file) or `split` (by division).
    """
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
    shelf = _Shelf(current.connection)
    with page.SplitPage(lexicon, lexicon.gazetteer.by_code, shelf) as split:
        query = """
            select n.adcode, p.id, d.key, p.files from temp.now n
            cross join division d on d.id = n.division cross join temp.shown s on s.adcode = n.adcode
            cross join page p on p.id = s.page order by n.adcode
        """
        # In ascending order of names throughout, as `Staging.take` needs it.
        for code, number, key, files in current.connection.execute(query):
            split.count(code, key, partial(_rows, current.connection, number))
            for name, sha256, size in unpickled(files):
                if name == page.first_file(code):
                    written[name] = _take_first(staging, current, code, number)
                elif page.is_shared(name):
                    shared.setdefault(name, (sha256, size, number))
                else:
                    written[name] = sha256
                    _take(staging, current.connection, name, sha256, size, number)
        for file in split.files():
            written[file.name] = file.sha256
            if not staging.take(file.name, file.size, file.sha256):
                staging.write_small(file.name, file.load())
        for name in sorted(shared):
            written[name] = shared[name][0]
            _take(staging, current.connection, name, *shared[name])
        name, data = split.index()
        staging.write(name, [data])
    return sorted(written.items())


class _Shelf:
    """What the overview's files are made of, kept with the pieces."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, key: bytes) -> bytes | None:
        found = self._connection.execute("select data, used from overview where key = ?", (key,)).fetchone()
        if not found:
            return None
        if found[1] < sweeping.today():
            sweeping.use_overview(self._connection, key)
        return unpacked(found[0])

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        with transaction(self._connection):
            self._connection.executemany(
                "insert or ignore into overview (key, data) values (?, ?)",
                ((key, packed(data)) for key, data in items),
            )


def _rows(connection: sqlite3.Connection, number: int) -> bytes:
    found = connection.execute("select rows from page where id = ?", (number,)).fetchone()
    return unpacked(found[0])


def _take(
    staging: Staging, connection: sqlite3.Connection, name: str, sha256: str, size: int, number: int
) -> None:
    if not staging.take(name, size, sha256):
        staging.write_small(name, _file(connection, name, number))


def _file(connection: sqlite3.Connection, name: str, number: int) -> bytes:
    query = "select data from page_file where page = ? and name = ?"
    return unpacked(connection.execute(query, (number, name)).fetchone()[0])


def _take_first(staging: Staging, current: Current, code: str, number: int) -> str:
    """Write a division's first file, with its documents' names as they are now; gives its hash.

    Hash and size are kept for the names that there were last.
    """
    name, called = page.first_file(code), current.tasks[code].called
    query = "select sha, size from page_called where page = ? and called = ?"
    found = current.connection.execute(query, (number, called)).fetchone()
    if found and staging.take(name, found[1], found[0]):
        return str(found[0])
    data = page.with_names(_file(current.connection, name, number), _names(current, code))
    sha256 = hashlib.sha256(data).hexdigest()
    if not found:
        put = "insert or replace into page_called values (?, ?, ?, ?)"
        current.connection.execute(put, (number, called, sha256, len(data)))
    if found or not staging.take(name, len(data), sha256):
        staging.write_small(name, data)
    return sha256


def _prepare(current: Current, workers: Workers) -> None:
    """Compute the shares that are not there; all are then in `temp.shown`."""
    connection = current.connection
    query = "select n.adcode, d.key from temp.now n join division d on d.id = n.division order by n.adcode"
    left = []
    for code, key in connection.execute(query).fetchall():
        if not _show(connection, code, key):
            left.append((code, key))
    tasks = (PageTask(current.tasks[code], key) for code, key in left)
    results = workers.pages(tasks)
    while some := list(islice(results, HELD)):
        with transaction(connection):
            for task, prepared in some:
                if isinstance(prepared, parallel.Died):
                    raise BuildError(f"{task.task.adcode}: the process that made its page was ended twice")
                put = connection.execute(
                    "insert or ignore into page (key, rows, files) values (?, ?, ?)",
                    (prepared.key, prepared.rows, pickled(prepared.listed)),
                )
                if put.rowcount:
                    number = put.lastrowid
                    connection.executemany(
                        "insert into page_file values (?, ?, ?)",
                        ((number, name, data) for name, data in prepared.files),
                    )
                _show(connection, task.task.adcode, prepared.key)


def _show(connection: sqlite3.Connection, code: str, key: bytes) -> bool:
    """A division's share is this one, if it is there."""
    query = "insert into temp.shown select ?, id from page where key = ?"
    return connection.execute(query, (code, key)).rowcount > 0


def _names(current: Current, code: str) -> dict[str, str]:
    """What the documents are called that report on a division, by SHA-256."""
    query = """
        select p.sha, p.name from json_each(?) j cross join part t on t.id = j.value
        cross join temp.placed p on p.document = t.document
    """
    return dict(current.connection.execute(query, (json.dumps(current.tasks[code].parts),)))
