"""Which of the thirteen types: weights over classes of words in the name and around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng import pairs
from jiceng import words as dictionary
from jiceng.extract.mechanisms.candidates import Anchor, Cut
from jiceng.extract.mechanisms.features import spelling
from jiceng.extract.mechanisms.hits import Hit
from jiceng.extract.mechanisms.page import Page, plain
from jiceng.extract.mechanisms.weights import Weights

_TAIL = re.compile("[\u4e00-\u9fff]{1,6}")
_THEME = (0.3, 0.2)
"""Shares of a text's typed words that make a type its main theme, or one of its themes."""
_TOGETHER = "coordination.joint"
_MATTERS = frozenset({"service", "rule_of_law", "capacity", "property", "resource"})
"""Types of what is done; 共建公约 and 共建承诺书 are agreements of those who do it together."""
BEFORE, BEHIND = 25, 50  # characters of the sentence around a name that speak for its type


def describe(page: Page, anchor: Anchor, cut: Cut) -> list[str]:
    """Features of a name for its type."""
    around = ["around." + pair for pair in _around(page, cut) if pair[0] > "\u4dff" < pair[1]]
    return list(dict.fromkeys([*_said(page, anchor, cut), *spelling(plain(cut.name)), *around]))


def _said(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    yield from _said_of_name(page, anchor, cut)
    yield from _said_beside(page, anchor, cut)


def _said_of_name(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    """What the name says by itself, and what kind of text it stands in."""
    yield "any"
    name = plain(cut.name)
    known = page.words.types.get(name)
    if known:
        yield f"known.{known}"
    yield f"end.{name[-1:]}"
    for theme, share in page.themes:
        if share > _THEME[1]:
            yield f"theme.{theme}.{'main' if share > _THEME[0] else 'one'}"
    tail = _TAIL.match(page.text, anchor.end, page.ceiling(anchor.end)) if anchor.kind == "quoted" else None
    if tail:
        yield from ["behind." + word for word in dictionary.cut(tail[0])]
    yield from [f"word.{word}" for word in dictionary.cut(cut.name) if len(word) > 1]
    inside = _what(page.typed.longest(cut.start, cut.end))
    for hit in inside:
        yield f"name.{hit.group}"
    if inside:
        yield f"last.{inside[-1].group}"
    for hit in page.known.within(cut.start, cut.end):
        yield f"part.{hit.group.partition('.')[0]}"
    if anchor.head:
        yield f"head.{anchor.head}"


def _what(inside: list[Hit]) -> list[Hit]:
    """The words of a name that say what it is about, without those that only say that several do it together:
    救助 in 救助联动机制."""
    about = [hit for hit in inside if not hit.group.startswith(_TOGETHER)]
    return about if any(hit.group.partition(".")[0] in _MATTERS for hit in about) else inside


def _said_beside(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    """What words of the types directly before and behind it say, and those of its sentence."""
    end = max(cut.end, anchor.row[-1].end) if anchor.row else cut.end
    for hit in page.typed.longest(end, min(page.ceiling(end), end + 12)):
        yield f"tail.{hit.group}"
    start = max(page.floor(cut.start), cut.start - 10)
    for hit in page.typed.longest(start, cut.start):
        yield f"lead.{hit.group}"
    sentence = page.analysis.sentence_at(cut.start)
    low, high = max(sentence.start, cut.start - 20), min(sentence.end, cut.end + 60)
    for hit in page.typed.longest(low, high):
        if hit.end <= cut.start or hit.start >= cut.end:
            yield f"near.{hit.group}"


def _around(page: Page, cut: Cut) -> list[str]:
    """Pairs of characters on both sides of a name; those of Chinese ones are features."""
    sentence, pairs_of_text = page.analysis.sentence_at(cut.start), pairs.of(page.text)
    low, high = max(sentence.start, cut.start - BEFORE), min(sentence.end, cut.end + BEHIND)
    before = pairs_of_text[low : max(low, cut.start - 1)]
    return [*before, *pairs_of_text[cut.end : max(cut.end, high - 1)]]


def decide(page: Page, anchor: Anchor, cut: Cut, weights: Weights) -> str:
    """A well-known name's own type, else that with the highest score; of equals the first by alphabet."""
    name = plain(cut.name)
    if known := page.words.types.get(name):
        return known
    said = dict.fromkeys(_said(page, anchor, cut))
    scores = weights.scores(said, name, _around(page, cut))
    return min(scores, key=lambda scored: (-scored[1], scored[0]))[0]
