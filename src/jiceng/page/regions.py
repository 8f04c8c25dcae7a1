"""What the divisions of one province add to the overview: a function of their rows, made once and kept.

Rows of what divisions share are kept as JSON text by a hash of their key (`SLOTS` of it), each under the
SHA-256 of its bytes: where one division has changed, the other slots are the same as before.
"""

from __future__ import annotations

import hashlib
import json
import marshal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from jiceng.page.division import data_file
from jiceng.page.document import to_json
from jiceng.page.merging import Record

SLOTS = 128
"""A power of two: parts into which what a province has of a topic is cut."""
NAMES = 1_500_000
"""Bytes of names after which another file of a province's index begins."""
CHAINS = 1000
"""Chains in one file of a province."""
WHOLE = 4_000_000
"""Bytes of a province's rows up to which they are read once, and its files kept until they are written."""
TOPICS = ("indicators", "mechanisms")
"""What several divisions share."""
LISTED = ("chains", "names")
"""What is listed by province."""

File = tuple[str, bytes]
Rows = tuple[str, Callable[[], bytes]]
"""A division's code, and how to get its rows."""


class Shelf(Protocol):
    """Keeps bytes by key, from build to build or for one build alone."""

    def find(self, key: bytes) -> bytes | None:
        """The bytes, if they are there."""

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep all of them, or none; a key that is there stays as it is."""


@dataclass(frozen=True, slots=True)
class Region:
    """A province: its divisions, chains by type and number of levels, and where the rest is.

    `slots` has keys of the shelf by topic and slot, `weights` the bytes that files of a topic are planned by,
    `files` name, SHA-256 and size of each file by topic. `fresh` has the bytes of some files, if they were
    made now.
    """

    group: str
    districts: list[Record]
    chains: dict[tuple[str, int], int]
    slots: dict[str, dict[int, bytes]]
    weights: dict[str, int]
    files: dict[str, list[tuple[str, str, int]]]
    fresh: dict[str, bytes] = field(default_factory=dict)


def region(group: str, key: bytes, rows: Sequence[Rows], shelf: Shelf) -> Region:
    """What a province's divisions, by code, come to; `key` stands for all that their rows depend on."""
    kept = shelf.find(key)
    if kept is not None:
        return Region(group, *marshal.loads(kept))
    made = _Making()
    divisions = _divisions(rows)
    for code, told in divisions():
        made.add(code, told)
    items = []
    slots: dict[str, dict[int, bytes]] = {}
    for topic in TOPICS:
        slots[topic] = {}
        for number, data in made.slots(topic):
            name = hashlib.sha256(data).digest()
            slots[topic][number] = name
            items.append((name, data))
    files: dict[str, list[tuple[str, str, int]]] = {topic: [] for topic in LISTED}
    fresh: dict[str, bytes] = {}
    room = WHOLE
    for topic in LISTED:
        for file, data in listed(group, topic, divisions()):
            files[topic].append((file, hashlib.sha256(data).hexdigest(), len(data)))
            room -= len(data)
            if room >= 0:
                fresh[file] = data
    kept = packed((made.districts, dict(made.chains), slots, made.weights, files))
    shelf.put([*items, (key, kept)])
    return replace(Region(group, *marshal.loads(kept)), fresh=fresh)


def listed(group: str, topic: str, divisions: Iterable[tuple[str, Record]]) -> Iterator[File]:
    """A province's `chains` or `names` by division, of divisions' rows, in files of limited size."""
    own = ((code, told[topic]) for code, told in divisions)
    for number, part in enumerate(_parts(own, topic == "chains"), 1):
        yield data_file(f"{topic}-{group}-{number}", part)


def read(rows: Iterable[Rows]) -> Iterator[tuple[str, Record]]:
    """Divisions' rows by code, as they are asked for."""
    return ((code, json.loads(load())) for code, load in rows)


def _divisions(rows: Sequence[Rows]) -> Callable[[], Iterable[tuple[str, Record]]]:
    """Reads the rows each time that it is called; only once if they are no more than memory should hold."""
    kept = []
    size = 0
    for code, load in rows:
        data = load()
        size += len(data)
        if size > WHOLE:
            return lambda: read(rows)
        kept.append((code, json.loads(data)))
    return lambda: kept


def _parts(divisions: Iterable[tuple[str, list[Any]]], by_number: bool) -> Iterator[dict[str, list[Any]]]:
    most = CHAINS if by_number else NAMES
    part: dict[str, list[Any]] = {}
    size = 0.0
    for code, rows in divisions:
        weight = 1 if by_number or not rows else len(packed(rows)) / len(rows)
        for row in rows:
            if size >= most:
                yield part
                part, size = {}, 0
            part.setdefault(code, []).append(row)
            size += weight
    if part:
        yield part


class _Making:
    """Collects a province's rows, division by division in the order of codes."""

    def __init__(self) -> None:
        self.districts: list[Record] = []
        self.chains: Counter[tuple[str, int]] = Counter()
        self.weights = dict.fromkeys(TOPICS, 0)
        # By key: counts of labels and of types, facts by division, rows as JSON.
        self._found: dict[str, dict[str, tuple[Counter[str], Counter[str], dict[str, int], list[str]]]] = {
            topic: defaultdict(lambda: (Counter(), Counter(), {}, [])) for topic in TOPICS
        }

    def add(self, code: str, rows: Record) -> None:
        self.districts.append(rows["district"])
        self.chains.update((chain["chain"], len(chain["tiers"])) for chain in rows["chains"])
        for row in rows["mechanisms"]:
            self.weights["mechanisms"] += len(packed(row))
            labels, types, uses, texts = self._found["mechanisms"][row["key"]]
            labels.update(row["labels"])
            types.update(row["types"])
            uses[code] = row["row"][3]
            texts.append(to_json([code, *row["row"]]))
        for row in rows["indicators"]:
            self.weights["indicators"] += len(packed(row["rows"]))
            labels, _, uses, texts = self._found["indicators"][row["key"]]
            labels[row["label"]] += 1
            uses[code] = row["count"]
            texts += [to_json({"division": code, **each}) for each in row["rows"]]

    def slots(self, topic: str) -> Iterator[tuple[int, bytes]]:
        by_slot: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
        found = self._found[topic]
        for key in sorted(found):
            labels, types, uses, texts = found[key]
            by_slot[hashed(key) % SLOTS].append((key, dict(labels), dict(types), uses, ",".join(texts)))
        for number in sorted(by_slot):
            yield number, packed(by_slot[number])


def hashed(key: str) -> int:
    """FNV-1a over its code points, as the page's script has it."""
    value = 2166136261
    for character in key:
        value = (value ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return value


def packed(value: Any) -> bytes:
    """For a shelf alone, several times as fast as JSON; version 2 gives the same bytes for the same."""
    return marshal.dumps(value, 2)
