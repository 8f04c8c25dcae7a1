"""Chains told by level over several sentences: 街道层面，成立大工委。社区层面，…; 一级网格到街道，…

And those whose levels ordinals count: 县、乡镇、村设一级、二级、三级田长.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiceng.extract.tier_places import Place, descends
from jiceng.extract.tier_words import Mention, TierWords

_FAR = 260  # characters between two levels that are told of one after the other
_LEAST = 3  # levels
_RULES = {"tiers.layers": "层面", "tiers.grades": "网格"}  # and the word without which they find nothing
_ORDINALS, _SIZES = "一二三四五", "总大中小微"
_LEVEL_GROUPS = ("level", "unit", "who", "named")
_ORDINAL_GROUPS = ("ordinal", "which", "rank", "size", "kind")

_Step = tuple[Mention, tuple[int, int] | None]  # a level, and its grade, by ordinal and by size


def layered(text: str, words: TierWords) -> Iterator[tuple[str, Sequence[Mention]]]:
    """The levels of each run of statements that begin with the level that they are about, with their rule."""
    for name, word in _RULES.items():
        if text.count(word) < _LEAST:
            continue
        run: list[_Step] = []
        for found in words.rules[name].pattern.finditer(text):
            step = _step(found, words)
            if run and not _follows(run[-1], step):
                yield from _whole(name, run)
                run = []
            run.append(step)
        yield from _whole(name, run)


def _step(found: re.Match[str], words: TierWords) -> _Step:
    said = {key: value for key, value in found.groupdict().items() if value}
    group = next(g for g in _LEVEL_GROUPS if g in said)
    ordinal = next((said[g] for g in _ORDINAL_GROUPS if g in said), None)
    start, end = found.span(group)
    level = Mention(start, end, found[group], *words.judge(found[group]))
    return level, None if ordinal is None else (_ORDINALS.find(ordinal), _SIZES.find(ordinal))


def _follows(last: _Step, step: _Step) -> bool:
    (above, grade), (below, next_grade) = last, step
    if below.start - above.end > _FAR:
        return False
    if above.family == below.family == "place" and not above.label.endswith("网格"):
        return descends([above, below], strictly=True)
    if grade is None or next_grade is None:
        return False
    ordinals = next_grade[0] == grade[0] + 1 and grade[0] >= 0
    sizes = next_grade[1] > grade[1] >= 0
    return (ordinals or sizes) and descends([above, below])


def _whole(name: str, run: Sequence[_Step]) -> Iterator[tuple[str, Sequence[Mention]]]:
    levels = tuple(level for level, _ in run)
    if len(run) < _LEAST:
        return
    places = all(m.family == "place" for m in levels)
    # Bodies and units of any name, where the text counts them from the first: 镇指挥部为一级网格.
    first = run[0][1]
    counted = first is not None and (first[0] == 0 or 0 <= first[1] < 2)
    counted = counted and any(m.rank is not None for m in levels)
    if places or counted:
        yield name, levels


def ranked(place: Place) -> Sequence[Mention]:
    """`县（区）、乡镇、村设一级、二级、三级田长`: as many names as ordinals."""
    count = 1 + place.match["ordinals"].count("级")
    whole = len(place.mentions) == count and all(m.family == "place" for m in place.mentions)
    return place.mentions if whole and descends(place.mentions, strictly=True) else ()
