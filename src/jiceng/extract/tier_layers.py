"""Chains told by level over several sentences: 街道层面，成立大工委。社区层面，…; 一级网格到街道，…"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiceng.extract.tier_places import descends
from jiceng.extract.tier_words import Mention, TierWords

_FAR = 260  # characters between two levels that are told of one after the other
_LEAST = 3  # levels
_RULES = {"tiers.layers": "层面", "tiers.grades": "级网格"}  # and the word without which they find nothing


def layered(text: str, words: TierWords) -> Iterator[tuple[str, Sequence[Mention]]]:
    """The levels of each run of statements that begin with the level that they are about, with their rule."""
    for name, word in _RULES.items():
        if text.count(word) < _LEAST:
            continue
        run: list[Mention] = []
        for found in words.rules[name].pattern.finditer(text):
            group = "level" if found["level"] else "unit"
            start, end = found.span(group)
            level = Mention(start, end, found[group], *words.judge(found[group]))
            if run and (start - run[-1].end > _FAR or not descends([run[-1], level], strictly=True)):
                yield from _whole(name, run)
                run = []
            run.append(level)
        yield from _whole(name, run)


def _whole(name: str, run: Sequence[Mention]) -> Iterator[tuple[str, Sequence[Mention]]]:
    if len(run) >= _LEAST and all(m.family == "place" for m in run):
        yield name, tuple(run)
