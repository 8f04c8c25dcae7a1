"""The page of a build: one file of a small corpus; of a large one an overview with divisions' data beside it.

A division's share is a function of its facts, articles and texts, and kept as its Turtle is.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from functools import partial

from jiceng import page, parallel
from jiceng.errors import BuildError
from jiceng.graph.identity import fact_iri
from jiceng.lexicon import Lexicon
from jiceng.output import Staging
from jiceng.store import divisions, documents, screening, shares, sweeping
from jiceng.store.current import Current
from jiceng.store.database import packed, transaction, unpacked, unpickled
from jiceng.store.workshop import Workers

_INDEX = "index.html"


def is_split(current: Current, choice: str) -> bool:
    """Whether the page of the documents, which are all in place, is split."""
    _, _, facts, characters = current.totals()
    return choice == "split" or (choice == "auto" and page.is_large(facts, characters))


def write(
    staging: Staging, current: Current, lexicon: Lexicon, workers: Workers, choice: str
) -> list[tuple[str, str]]:
    """Write the page; gives names and hashes of the files that `Staging.written` does not have, sorted.

    `choice` is `auto` (by the size of the corpus), `whole` (one file) or `split` (by division).
    """
    if not is_split(current, choice):
        _write_whole(staging, current, lexicon)
        return []
    (staging.path / page.FOLDER).mkdir(exist_ok=True)
    written: dict[str, str] = {}
    _prepare(current, workers)
    shelf = _Shelf(current.connection)
    called: list[tuple[object, ...]] = []
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
                    written[name] = _take_first(staging, current, code, number, called)
                else:
                    written[name] = sha256
                    _take(staging, current.connection, name, sha256, size, number)
        _keep(current.connection, called)
        for file in split.files():
            written[file.name] = file.sha256
            if not staging.take(file.name, file.size, file.sha256):
                staging.write_small(file.name, file.load())
        written |= _sources(staging, current.connection)
        name, data = split.index()
        staging.write(name, [data])
    return sorted(written.items())


def _write_whole(staging: Staging, current: Current, lexicon: Lexicon) -> None:
    """Write the page of one file, unless it is that of the build before: of a page, its hash is kept."""
    shelf = _Shelf(current.connection)
    key = _key_of_whole(current, lexicon)
    kept = shelf.find(key)
    sha256, size = json.loads(kept) if kept else ("", 0)
    if kept and staging.take(_INDEX, size, sha256):
        staging.written[_INDEX] = sha256, size
        return
    text = page.render(screening.whole(current), lexicon, lexicon.gazetteer.by_code, fact_iri)
    told = staging.write(_INDEX, [text.encode()])
    if not kept:
        shelf.put([(key, json.dumps(told).encode())])


def _key_of_whole(current: Current, lexicon: Lexicon) -> bytes:
    """A hash of all that the page of one file is made of: documents as they are called, what is left out."""
    total = hashlib.sha256(documents.base(lexicon.directory).encode() + page.look())
    query = """
        select p.key, p.name, c.origin from temp.placed p
        join temp.current c on c.sha = p.sha order by p.place
    """
    for row in current.connection.execute(query):
        total.update(repr(row).encode("utf-8", "replace"))
    total.update(repr(sorted(current.left_out)).encode())
    return total.digest()


class _Shelf:
    """What pages' files are made of, and the hash of a page of one file, kept with the pieces."""

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


def _take_first(
    staging: Staging, current: Current, code: str, number: int, keep: list[tuple[object, ...]]
) -> str:
    """Write a division's first file, with its documents' names as they are now; gives its hash.

    Hash and size are to be kept (`keep`) for the names that there were last.
    """
    name, called = page.first_file(code), current.tasks[code].called
    query = "select sha, size from page_called where page = ? and called = ?"
    found = current.connection.execute(query, (number, called)).fetchone()
    if found and staging.take(name, found[1], found[0]):
        return str(found[0])
    data = page.with_names(_file(current.connection, name, number), _names(current, code))
    sha256 = hashlib.sha256(data).hexdigest()
    if not found:
        keep.append((number, called, sha256, len(data)))
    if found or not staging.take(name, len(data), sha256):
        staging.write_small(name, data)
    return sha256


def _keep(connection: sqlite3.Connection, called: list[tuple[object, ...]]) -> None:
    """Keep what `_take_first` found out, all at once: a transaction takes longer than what is in it."""
    if called:
        with transaction(connection):
            connection.executemany("insert or replace into page_called values (?, ?, ?, ?)", called)


def _sources(staging: Staging, connection: sqlite3.Connection) -> dict[str, str]:
    """Write the files of long texts, each once for all of its divisions; gives their names and hashes."""
    query = """
        select p.sha, p.document, s.sha, s.size from temp.placed p cross join document d on d.id = p.document
        left join page_source s on s.document = p.document
        where d.characters > ? and d.articles > 0 order by p.sha
    """
    written = {}
    for sha, document, sha256, size in connection.execute(query, (page.LONG,)).fetchall():
        name = page.source_name(sha)
        if sha256 is None or not staging.take(name, size, sha256):
            name, data = page.source_file(sha, documents.source_of(connection, document, "").text)
            if sha256 is None:
                sha256 = hashlib.sha256(data).hexdigest()
                put = "insert or ignore into page_source values (?, ?, ?)"
                connection.execute(put, (document, sha256, len(data)))
            staging.write_small(name, data)
        written[name] = sha256
    return written


def _prepare(current: Current, workers: Workers) -> None:
    """Compute the shares that are not there, since what they are of was screened; all are then shown."""
    query = """
        select n.adcode from temp.now n join division d on d.id = n.division where not exists
        (select 1 from temp.shown s join page p on p.id = s.page where s.adcode = n.adcode and p.key = d.key)
        order by n.adcode
    """
    tasks = [current.tasks[code] for (code,) in current.connection.execute(query).fetchall()]
    left = [
        divisions.Asked(task, graph=False, page=True)
        for task in tasks
        if not shares.show(current.connection, task.adcode, task.key)
    ]
    for asked, made in workers.divisions(left):
        if isinstance(made, parallel.Died):
            raise BuildError(
                f"{asked.task.adcode}: the process that made its page was ended twice; "
                "give it more memory, or leave it more by fewer --jobs"
            )
        current.put_division(made)
    current.flush()


def _names(current: Current, code: str) -> dict[str, str]:
    """What the documents are called that report on a division, by SHA-256."""
    query = """
        select p.sha, p.name from json_each(?) j cross join part t on t.id = j.value
        cross join temp.placed p on p.document = t.document
    """
    return dict(current.connection.execute(query, (json.dumps(current.tasks[code].parts),)))
