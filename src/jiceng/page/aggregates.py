"""What the first view of a split page tells of all divisions, counted without holding them in memory.

Rows go through a temporary SQLite database, which sorts and groups them on disk. Texts are kept as UTF-8
that lets halves of surrogate pairs pass, so that the order is that of code points.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from jiceng.link.mechanisms import commonest
from jiceng.page.content import Record
from jiceng.page.division import data_file
from jiceng.page.overview import Practice

BUCKET = 256 * 1024
"""Bytes that one file of mechanisms or indicators should hold."""
NAMES = 1_500_000
"""Bytes of names after which another file of a province's index begins."""
CHAINS = 1000
"""Chains in one file of a province."""

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA temp_store = FILE;
CREATE TABLE mechanism (key BLOB, code TEXT, found BLOB);
CREATE TABLE shared (key BLOB, users INT, facts INT, label BLOB, type BLOB, uses BLOB);
CREATE TABLE indicator (key BLOB, code TEXT, label BLOB, count INT, rows BLOB);
CREATE TABLE compared (key BLOB, label BLOB, users INT, count INT);
CREATE TABLE bucket (topic TEXT, number INT, key BLOB, content BLOB);
CREATE TABLE listed (topic TEXT, province TEXT, code TEXT, content BLOB);
"""

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Shared:
    """A practice of several divisions with the facts of each, by code."""

    practice: Practice
    uses: dict[str, int]


class Aggregates:
    """Takes the rows of divisions, in any order, and gives what they come to."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", check_same_thread=False)  # a file that goes with the connection
        self._db.executescript(_TABLES)
        self.chains: Counter[tuple[str, str, int]] = Counter()
        """Chains by province, type and number of levels."""
        self.used: set[str] = set()
        """Of `known` mechanisms, those that occur."""
        self.buckets: dict[str, int] = {}

    def close(self) -> None:
        """Let the database go."""
        self._db.close()

    def add(self, rows: Record) -> None:
        """Take what `prepare_division` found, but for the division itself."""
        code, group = rows["district"]["code"], rows["district"]["group"]
        many = self._db.executemany
        many(
            "INSERT INTO mechanism VALUES (?, ?, ?)",
            ((_blob(m["key"]), code, _packed(m)) for m in rows["mechanisms"]),
        )
        many(
            "INSERT INTO indicator VALUES (?, ?, ?, ?, ?)",
            (
                (_blob(i["key"]), code, _blob(i["label"]), i["count"], _packed(i["rows"]))
                for i in rows["indicators"]
            ),
        )
        many(
            "INSERT INTO listed VALUES (?, ?, ?, ?)",
            ((topic, group, code, _packed(rows[topic])) for topic in ("chains", "names") if rows[topic]),
        )
        self.chains.update((group, chain["chain"], len(chain["tiers"])) for chain in rows["chains"])

    def group(self, known: Iterable[str]) -> None:
        """Bring together what divisions share; to be called once, when all are there."""
        vocabulary = frozenset(known)
        for topic, table, column in (
            ("mechanisms", "mechanism", "found"),
            ("indicators", "indicator", "rows"),
        ):
            (size,) = self._db.execute(f"SELECT TOTAL(LENGTH({column})) FROM {table}").fetchone()
            self.buckets[topic] = 1 << max(0, int(size) // BUCKET).bit_length()
        mechanisms = self._db.execute("SELECT key, code, found FROM mechanism ORDER BY key, code, rowid")
        for key, rows in groupby(mechanisms, key=lambda row: row[0]):
            name = _text(key)
            if name in vocabulary:
                self.used.add(name)
            self._share(name, [(code, content) for _, code, content in rows])
        indicators = self._db.execute(
            "SELECT key, code, label, count, rows FROM indicator ORDER BY key, code, rowid"
        )
        for key, reports in groupby(indicators, key=lambda row: row[0]):
            self._compare(_text(key), list(reports))

    def _share(self, key: str, found: list[tuple[str, bytes]]) -> None:
        if len(found) < 2:
            return
        rows: list[tuple[str, Record]] = [(code, marshal.loads(content)) for code, content in found]
        labels: Counter[str] = Counter()
        types: Counter[str] = Counter()
        for _, row in rows:
            labels.update(row["labels"])
            types.update(row["types"])
        label, kind = commonest(labels.elements()), commonest(types.elements())
        uses = {code: sum(row["labels"].values()) for code, row in rows}
        shared = (_blob(key), len(rows), labels.total(), _blob(label), _blob(kind), _packed(uses))
        self._db.execute("INSERT INTO shared VALUES (?, ?, ?, ?, ?, ?)", shared)
        self._put("mechanisms", key, {"label": label, "rows": [[code, *row["row"]] for code, row in rows]})

    def _compare(self, key: str, rows: list[Any]) -> None:
        label = commonest(_text(row[2]) for row in rows)
        count = sum(row[3] for row in rows)
        self._db.execute(
            "INSERT INTO compared VALUES (?, ?, ?, ?)", (_blob(key), _blob(label), len(rows), count)
        )
        told = [{"division": row[1], **each} for row in rows for each in marshal.loads(row[4])]
        self._put("indicators", key, {"label": label, "count": count, "rows": told})

    def _put(self, topic: str, key: str, content: Record) -> None:
        number = bucket_of(key, self.buckets[topic])
        self._db.execute(
            "INSERT INTO bucket VALUES (?, ?, ?, ?)", (topic, number, _blob(key), _packed(content))
        )

    def shared(self) -> Iterator[Shared]:
        """Practices of two divisions or more, the widest spread first."""
        for key, users, facts, label, kind, uses in self._db.execute(
            "SELECT key, users, facts, label, type, uses FROM shared ORDER BY users DESC, key"
        ):
            practice = Practice(_text(key), _text(label), _text(kind), facts, users)
            yield Shared(practice, marshal.loads(uses))

    def users(self, most: int) -> dict[str, int]:
        """How many divisions use a practice, of the most widely spread ones."""
        found = self._db.execute("SELECT key, users FROM shared ORDER BY users DESC, key LIMIT ?", (most,))
        return {_text(key): users for key, users in found}

    def indicators(self, most: int) -> list[tuple[str, str, int, int]]:
        """Key, label, divisions and facts of the indicators that most divisions report."""
        found = self._db.execute(
            "SELECT key, label, users, count FROM compared "
            "ORDER BY users DESC, count DESC, label, key LIMIT ?",
            (most,),
        )
        return [(_text(key), _text(label), users, count) for key, label, users, count in found]

    def files(self) -> Iterator[File]:
        """What several divisions share, in files by a hash of its key."""
        found = self._db.execute("SELECT topic, number, key, content FROM bucket ORDER BY topic, number, key")
        for (topic, number), rows in groupby(found, key=lambda row: row[:2]):
            content = {_text(key): marshal.loads(data) for _, _, key, data in rows}
            yield data_file(f"{topic}-{number}", content)

    def listed(self, topic: str, counts: dict[str, int]) -> Iterator[File]:
        """Each province's `chains` or `names`, by division; `counts` is told how many files it has."""
        found = self._db.execute(
            "SELECT province, code, content FROM listed WHERE topic = ? ORDER BY province, code, rowid",
            (topic,),
        )
        most = CHAINS if topic == "chains" else NAMES
        for province, rows in groupby(found, key=lambda row: row[0]):
            for part in _parts(((code, data) for _, code, data in rows), most, topic == "chains"):
                counts[province] = counts.get(province, 0) + 1
                yield data_file(f"{topic}-{province}-{counts[province]}", part)


def _parts(
    divisions: Iterable[tuple[str, bytes]], most: int, by_number: bool
) -> Iterator[dict[str, list[Any]]]:
    part: dict[str, list[Any]] = {}
    size = 0.0
    for code, data in divisions:
        rows = marshal.loads(data)
        weight = 1 if by_number else len(data) / len(rows)
        for row in rows:
            if size >= most:
                yield part
                part, size = {}, 0
            part.setdefault(code, []).append(row)
            size += weight
    if part:
        yield part


def bucket_of(key: str, buckets: int) -> int:
    """In which of so many files a key stands: FNV-1a over its code points, as the page's script has it."""
    value = 2166136261
    for character in key:
        value = (value ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return value % buckets


def _packed(value: Any) -> bytes:
    """For this database alone, several times as fast as JSON; version 2 gives the same bytes for the same."""
    return marshal.dumps(value, 2)


def _blob(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
