"""What the first view of a split page tells of all divisions, put together from what each province has.

Memory holds what a province has, or what all of them have in a file, besides the widest spread of all. With
a shelf that is kept from build to build, only files are made again in which a division that changed stands.
"""

from __future__ import annotations

import hashlib
import marshal
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jiceng.link.mechanisms import commonest
from jiceng.page.division import FOLDER, data_text
from jiceng.page.document import to_json
from jiceng.page.merging import Record
from jiceng.page.overview import Practice
from jiceng.page.regions import LISTED, SLOTS, TOPICS, Region, Shelf, hashed, listed, packed, read, region

BUCKET = 256 * 1024
"""Bytes that one file of mechanisms or indicators should hold."""
FRESH = 16_000_000
"""Bytes of files that are kept from when they were made until they are written; others are made twice."""


@dataclass(frozen=True, slots=True)
class Lazy:
    """A file whose bytes are made only if somebody has no such file yet."""

    name: str
    sha256: str
    size: int
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Shared:
    """A practice of several divisions with the facts of each, by code."""

    practice: Practice
    uses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many the overview knows: practices by type, users of practices, indicators."""

    drawn: int
    users: int
    indicators: int


class OneBuild:
    """A shelf for one build, in a file that goes with it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; "
            "PRAGMA temp_store = FILE; CREATE TABLE shelf (key BLOB PRIMARY KEY, data BLOB);"
        )

    def find(self, key: bytes) -> bytes | None:
        """The bytes, if they are there."""
        found = self._db.execute("SELECT data FROM shelf WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep them."""
        self._db.executemany("INSERT OR IGNORE INTO shelf VALUES (?, ?)", items)

    def close(self) -> None:
        """Let them go."""
        self._db.close()


@dataclass
class Aggregates:
    """Takes divisions, in any order, and gives what they come to."""

    shelf: Shelf
    limits: Limits
    known: Collection[str] = frozenset()
    """Mechanisms of the vocabulary."""
    chains: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    """Chains by province, type and number of levels."""
    used: set[str] = field(default_factory=set)
    """Of `known` mechanisms, those that occur."""
    buckets: dict[str, int] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many files of `chains` and `names` a province has."""
    names: int = 0
    """Bytes of all files of names."""
    _divisions: dict[str, tuple[bytes, Callable[[], bytes]]] = field(default_factory=dict)
    _districts: list[Record] = field(default_factory=list)
    _fresh: dict[str, bytes] = field(default_factory=dict)
    _room: int = FRESH
    # The most so far, each with what it is sorted by first.
    _drawn: list[Any] = field(default_factory=list)
    _widest: list[Any] = field(default_factory=list)
    _compared: list[Any] = field(default_factory=list)

    def add(self, code: str, key: bytes, load: Callable[[], bytes]) -> None:
        """Take a division: `load` gives the rows that `prepare_division` found, `key` stands for them."""
        self._divisions[code] = key, load

    def districts(self) -> list[Record]:
        """The divisions by code, when `files` has been read."""
        return self._districts

    def files(self) -> Iterator[Lazy]:
        """All files, by name; to be read once, when all divisions are there."""
        regions = [self._region(group) for group in sorted({code[:2] for code in self._divisions})]
        self._districts = [district for each in regions for district in each.districts]
        for each in regions:
            for (kind, levels), number in each.chains.items():
                self.chains[each.group, kind, levels] += number
        self.counts = {
            topic: {r.group: len(r.files[topic]) for r in regions if r.files[topic]} for topic in LISTED
        }
        self.names = sum(size for r in regions for _, _, size in r.files["names"])
        yield from self._listed(regions, "chains")
        for topic in TOPICS:
            weight = sum(r.weights[topic] for r in regions)
            self.buckets[topic] = 1 << max(0, weight // BUCKET).bit_length()
            for number in sorted(range(self.buckets[topic]), key=str):
                yield from self._bucket(regions, topic, number)
        yield from self._listed(regions, "names")

    def _region(self, group: str) -> Region:
        own = sorted((code, *told) for code, told in self._divisions.items() if code[:2] == group)
        total = hashlib.sha256(f"region {group}".encode())
        for _, key, _ in own:
            total.update(key)
        found = region(group, total.digest(), [(code, load) for code, _, load in own], self.shelf)
        for name, data in found.fresh.items():
            self._room -= len(data)
            if self._room >= 0:
                self._fresh[name] = data
        found.fresh.clear()
        return found

    def _listed(self, regions: Iterable[Region], topic: str) -> Iterator[Lazy]:
        for each in regions:
            for name, sha256, size in sorted(each.files[topic]):
                yield Lazy(name, sha256, size, partial(self._again, each.group, topic, name))

    def _again(self, group: str, topic: str, name: str) -> bytes:
        if fresh := self._fresh.pop(name, None):
            return fresh
        own = sorted(code for code in self._divisions if code[:2] == group)
        rows = ((code, self._divisions[code][1]) for code in own)
        return next(data for each, data in listed(group, topic, read(rows)) if each == name)

    # --- what several divisions share ---------------------------------------------------------------------

    def _bucket(self, regions: Iterable[Region], topic: str, number: int) -> Iterator[Lazy]:
        """The file of keys whose hash, of so many buckets, is a number; none where it would be empty."""
        buckets = self.buckets[topic]
        total = hashlib.sha256(f"bucket {topic} {number} of {buckets} {SLOTS}".encode())
        slots = []
        for each in regions:
            own = each.slots[topic]
            for slot in range(number % SLOTS, SLOTS, min(buckets, SLOTS)):
                if slot in own:
                    slots.append(own[slot])
                    total.update(own[slot])
        if not slots:
            return
        kept = self.shelf.find(total.digest())
        if kept is None:
            data, told = self._made(topic, number, slots)
            sha256 = hashlib.sha256(data).hexdigest() if data else ""
            kept = packed((sha256, len(data), told))
            self.shelf.put([(total.digest(), kept)])
        else:
            data = b""
        sha256, size, told = marshal.loads(kept)
        self._count(topic, told)
        if size:
            yield Lazy(
                f"{FOLDER}/{topic}-{number}.js",
                sha256,
                size,
                lambda: data or self._made(topic, number, slots)[0],
            )

    def _made(self, topic: str, number: int, slots: Iterable[bytes]) -> tuple[bytes, Any]:
        """A file and what is told of it, from what each province has of its keys."""
        by_key: dict[str, list[Any]] = {}
        for name in slots:
            data = self.shelf.find(name)
            if data is None:
                raise sqlite3.DatabaseError("pieces of the page are missing")
            for row in marshal.loads(data):
                if hashed(row[0]) % self.buckets[topic] == number:
                    by_key.setdefault(row[0], []).append(row)
        make = self._share if topic == "mechanisms" else self._compare
        texts, told = make(dict(sorted(by_key.items())))
        return (data_text(f"{topic}-{number}", f"{{{','.join(texts)}}}")[1] if texts else b""), told

    def _share(self, found: Mapping[str, list[Any]]) -> tuple[list[str], Any]:
        texts, shared = [], []
        for key, rows in found.items():
            users = sum(len(uses) for _, _, _, uses, _ in rows)
            if users < 2:
                continue
            label, _ = _most(labels for _, labels, _, _, _ in rows)
            kind, _ = _most(types for _, _, types, _, _ in rows)
            uses = {code: n for row in rows for code, n in row[3].items()}
            shared.append((-users, key, sum(uses.values()), label, kind, uses))
            joined = ",".join(text for *_, text in rows)
            texts.append(f'{to_json(key)}:{{"label":{to_json(label)},"rows":[{joined}]}}')
        shared.sort()
        widest = [(users, key) for users, key, *_ in shared[: self.limits.users]]
        return texts, (
            _of_each_type(shared, self.limits.drawn),
            widest,
            [k for k in found if k in self.known],
        )

    def _compare(self, found: Mapping[str, list[Any]]) -> tuple[list[str], Any]:
        texts, compared = [], []
        for key, rows in found.items():
            users = sum(len(uses) for _, _, _, uses, _ in rows)
            count = sum(sum(uses.values()) for _, _, _, uses, _ in rows)
            label, _ = _most(labels for _, labels, _, _, _ in rows)
            compared.append((-users, -count, label, key))
            joined = ",".join(text for *_, text in rows if text)
            texts.append(f'{to_json(key)}:{{"label":{to_json(label)},"count":{count},"rows":[{joined}]}}')
        return texts, sorted(compared)[: self.limits.indicators]

    def _count(self, topic: str, told: Any) -> None:
        """Take what a file's keys are known for; of that the most remains."""
        if topic == "indicators":
            _keep(self._compared, told, self.limits.indicators)
            return
        drawn, widest, known = told
        self.used.update(known)
        _keep(self._widest, widest, self.limits.users)
        self._drawn = _of_each_type(sorted([*self._drawn, *drawn]), self.limits.drawn)

    def shared(self) -> Iterator[Shared]:
        """The practices of two divisions or more that may be drawn, the widest spread first."""
        for users, key, facts, label, kind, uses in self._drawn:
            yield Shared(Practice(key, label, kind, facts, -users), uses)

    def users(self) -> dict[str, int]:
        """How many divisions use a practice, of the most widely spread ones."""
        return {key: -users for users, key in sorted(self._widest)[: self.limits.users]}

    def indicators(self) -> list[tuple[str, str, int, int]]:
        """Key, label, divisions and facts of the indicators that most divisions report."""
        most = sorted(self._compared)[: self.limits.indicators]
        return [(key, label, -users, -count) for users, count, label, key in most]


def _keep(kept: list[Any], more: Iterable[Any], most: int) -> None:
    kept.extend(more)
    if len(kept) > 16 * most:
        kept.sort()
        del kept[most:]


def _of_each_type(rows: Iterable[Any], most: int) -> list[Any]:
    room: Counter[str] = Counter()
    found = []
    for row in rows:
        room[row[4]] += 1
        if room[row[4]] <= most:
            found.append(row)
    return found


def _most(counts: Iterable[Mapping[str, int]]) -> tuple[str, int]:
    """The commonest word of several counts, and how many there are of all words."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return commonest(total), total.total()
