"""What texts teach the models of `train_mechanisms.py`, and the files that keep it without the texts.

A text with its mechanisms marked comes to three lists: ways to cut a name, of which some are right; names
that are mechanisms or none; mechanisms with their types. Each is told by its features only. Reports of other
publishers can so teach without being copied: what is kept of them are the features, the mechanisms' names
and types, and where the report stands. `write_mechanism_lessons.py` makes such a file.

Format: JSON Lines, gzipped. The first line is the list of all features; every other one is a text, its
features being places in that list.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiceng.extract.mechanisms import best, features, types
from jiceng.extract.mechanisms.candidates import Anchor
from jiceng.extract.mechanisms.page import LONGEST, Page, plain
from jiceng.extract.mechanisms.weights import Weights

Gold = Mapping[str, tuple[str, ...]]
"""Plain name → accepted types, the first best."""
Features = tuple[str, ...]
Choice = tuple[tuple[Features, ...], tuple[bool, ...]]
"""The ways to cut a name, and which of them are wanted."""


@dataclass(frozen=True)
class Lesson:
    """What one text teaches; `source` is the address of a report, or empty."""

    source: str
    gold: Gold
    cuts: tuple[Choice, ...]
    names: tuple[tuple[Features, bool], ...]
    kinds: tuple[tuple[Features, tuple[str, ...]], ...]


def agrees(name: str, gold: Iterable[str]) -> bool:
    """Whether a name is one of some, or holds or is a good part of one, as the scorer sees it."""
    for other in gold:
        short, long = sorted((name, other), key=len)
        if short == long or (len(short) >= 2 and short in long and len(short) >= 0.3 * len(long)):
            return True
    return False


def cut_choices(anchors: Iterable[Anchor], gold: Gold) -> Iterator[Choice]:
    """Anchors that can be cut rightly and wrongly; wanted are the longest of the right cuts."""
    for anchor in anchors:
        right = [plain(c.name) in gold for c in anchor.cuts]
        if any(right) and not all(right):
            longest = max(len(plain(c.name)) for c, r in zip(anchor.cuts, right, strict=True) if r)
            yield (
                tuple(c.features for c in anchor.cuts),
                tuple(r and len(plain(c.name)) == longest for c, r in zip(anchor.cuts, right, strict=True)),
            )


def lesson_of(page: Page, anchors: Sequence[Anchor], gold: Gold, rough: Weights, source: str = "") -> Lesson:
    """What a text teaches, its names cut as `rough` has it."""
    names, kinds = [], []
    for anchor in anchors:
        chosen = best(anchor, rough)
        exact = next((c for c in anchor.cuts if plain(c.name) in gold), None)
        right = exact is not None or agrees(plain(chosen.name), gold)
        names.append((tuple(features.describe(page, anchor, chosen)), right))
        if exact:
            kinds.append((tuple(types.describe(page, anchor, exact)), gold[plain(exact.name)]))
    return Lesson(source, gold, tuple(cut_choices(anchors, gold)), tuple(names), tuple(kinds))


def frequent(lessons: Sequence[Lesson], others: Iterable[Lesson]) -> list[str]:
    """Features of ways to cut, and of the rest those that more than one text has (of `others` too), sorted.

    Of what one text alone has nothing could be learned.
    """
    texts: Counter[str] = Counter()
    for lesson in (*lessons, *others):
        texts.update({f for present, _ in (*lesson.names, *lesson.kinds) for f in present})
    cuts = {f for lesson in lessons for ways, _ in lesson.cuts for present in ways for f in present}
    own = {f for lesson in lessons for present, _ in (*lesson.names, *lesson.kinds) for f in present}
    return sorted(cuts | {f for f in own if texts[f] > 1})


def write_lessons(path: Path, lessons: Sequence[Lesson], others: Iterable[Lesson] = ()) -> None:
    """Write lessons; `others` are what else is learned from, beside which a feature may be frequent."""
    known = frequent(lessons, others)
    numbers = {feature: at for at, feature in enumerate(known)}

    def coded(present: Features) -> list[int]:
        return [numbers[f] for f in present if f in numbers]

    lines: list[object] = [known]
    for lesson in lessons:
        lines.append(
            {
                "source": lesson.source,
                "mechanisms": {n: list(kinds) for n, kinds in lesson.gold.items() if len(n) <= LONGEST},
                "cuts": [
                    [[coded(present) for present in ways], [int(w) for w in wanted]]
                    for ways, wanted in lesson.cuts
                ],
                "names": [[coded(present), int(right)] for present, right in lesson.names],
                "kinds": [[coded(present), list(kinds)] for present, kinds in lesson.kinds],
            }
        )
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def read_lessons(path: Path) -> list[Lesson]:
    """The lessons of a file."""
    first, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    known: list[str] = json.loads(first)

    def decoded(places: Sequence[int]) -> Features:
        return tuple(known[at] for at in places)

    lessons = []
    for line in lines:
        told = json.loads(line)
        lessons.append(
            Lesson(
                told["source"],
                {name: tuple(kinds) for name, kinds in told["mechanisms"].items()},
                tuple(
                    (tuple(decoded(present) for present in ways), tuple(map(bool, wanted)))
                    for ways, wanted in told["cuts"]
                ),
                tuple((decoded(present), bool(right)) for present, right in told["names"]),
                tuple((decoded(present), tuple(kinds)) for present, kinds in told["kinds"]),
            )
        )
    return lessons


def lessons_in(folder: Path) -> list[Lesson]:
    """The lessons of all files of a folder."""
    return [lesson for path in sorted(folder.glob("*.jsonl.gz")) for lesson in read_lessons(path)]
