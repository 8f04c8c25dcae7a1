"""Chains told by level over several sentences: 街道层面，成立大工委。社区层面，…; 一级网格到街道，…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiceng.extract.tiers.places import descends
from jiceng.extract.tiers.words import QUOTES, Mention, TierWords
from jiceng.values import dataclass

_FAR = 260  # characters between two levels that are told of one after the other
_NEAR = 16  # the same, where only two are told of
_LEAST, _PAIR = 3, 2  # levels
_RULES = {
    "tiers.layers": "层面",
    "tiers.grades": "网格",
    "tiers.chiefs-by-grade": "级",
}  # and the word without which they find nothing
_LEVEL_GROUPS = ("level", "unit", "who", "named")
_ORDINAL_GROUPS = ("ordinal", "which", "rank", "size", "kind")


@dataclass(frozen=True, slots=True)
class _Step:
    """A level; which grade it is said to be, by ordinal and by size; and what its grid is called."""

    level: Mention
    grade: tuple[int, int] | None
    grid: Mention | None


def layered(text: str, words: TierWords) -> Iterator[tuple[str, Sequence[Mention]]]:
    """The levels of each run of statements that begin with the level that they are about, with their rule."""
    for name, word in _RULES.items():
        if text.count(word) < _PAIR:
            continue
        run: list[_Step] = []
        for found in words.rules[name].pattern.finditer(text):
            step = _step(found, words)
            if (
                run
                and step.grid
                and run[-1].grid
                and (step.level == step.grid) != (run[-1].level == run[-1].grid)
            ):
                # 3个林场划为大网格，社区划为中网格: some levels are only counted, so the grids are named
                run, step = [_by_grid(one) for one in run], _by_grid(step)
            if run and not _follows(run[-1], step):
                yield from _told(name, run, text, words)
                run = []
            run.append(step)
        yield from _told(name, run, text, words)


def _told(
    name: str, run: Sequence[_Step], text: str, words: TierWords
) -> Iterator[tuple[str, Sequence[Mention]]]:
    """The levels of a run, with the bodies that they found if all are of one kind: 街道层面，成立大工委。"""
    for rule, levels in _whole(name, run):
        founds = words.rules["tiers.layer-founds"].pattern
        found = [founds.match(text, m.end) for m in levels] if rule == "tiers.layers" else []
        bodies = [f["body"] for f in found if f is not None]
        if len(bodies) < len(levels) or not _of_one_kind(bodies, words):
            yield rule, levels
            continue
        named = [QUOTES.sub("", m.label + body) for m, body in zip(levels, bodies, strict=True)]
        ends = [f.end("body") for f in found if f is not None]
        yield rule, [replace(m, end=e, label=n) for m, e, n in zip(levels, ends, named, strict=True)]


def _of_one_kind(bodies: Sequence[str], words: TierWords) -> bool:
    """Whether all are seats, teams or meetings, or all of the party."""
    kinds = [words.lists[k] for k in ("parallel_seat", "parallel_team", "parallel_meeting")]
    party = all(words.judge(QUOTES.sub("", b))[0] == "party" for b in bodies)
    return party or any(all(QUOTES.sub("", b).endswith(kind) for b in bodies) for kind in kinds)


def _step(found: re.Match[str], words: TierWords) -> _Step:
    said = {key: value for key, value in found.groupdict().items() if value}
    group = next(g for g in _LEVEL_GROUPS if g in said)
    ordinal = next((said[g] for g in _ORDINAL_GROUPS if g in said), None)
    level = _named(found, group, words)
    if ordinal is None:
        return _Step(level, None, None)
    by_number, by_size = words.lists["ordinals"], words.lists["sizes"]
    grid = level if group == "named" else _named(found, "grid", words) if "grid" in said else None
    return _Step(level, (_place(by_number, ordinal), _place(by_size, ordinal)), grid)


def _named(found: re.Match[str], group: str, words: TierWords) -> Mention:
    start, end = found.span(group)
    return Mention(start, end, found[group], *words.judge(found[group]))


def _by_grid(step: _Step) -> _Step:
    return step if step.grid is None else replace(step, level=step.grid)


def _place(row: Sequence[str], word: str) -> int:
    return row.index(word) if word in row else -1


def _follows(last: _Step, step: _Step) -> bool:
    above, below = last.level, step.level
    if below.start - above.end > _FAR:
        return False
    if last.grade is None or step.grade is None:
        places = above.family == below.family == "place"
        return places and descends([above, below], strictly=True)
    ordinals = step.grade[0] > last.grade[0] >= 0 > step.grade[1]
    sizes = step.grade[1] > last.grade[1] >= 0
    return (ordinals or sizes) and descends([above, below])


def _whole(name: str, run: Sequence[_Step]) -> Iterator[tuple[str, Sequence[Mention]]]:
    levels = tuple(step.level for step in run)
    # 行政村为“大网格”，自然村为“微网格”: two of one sentence suffice
    sized = len(run) == _PAIR and all(step.grid is not None for step in run)
    near = sized and levels[-1].start - levels[0].end < _NEAR
    if len(run) < _LEAST and not near:
        return
    places = all(m.family == "place" for m in levels)
    # Bodies and units of any name, where the text counts them from the first: 镇指挥部为一级网格.
    first = run[0].grade
    counted = first is not None and (first[0] == 0 or 0 <= first[1] < _PAIR)
    if places or (counted and any(m.rank is not None for m in levels)):
        yield name, levels
