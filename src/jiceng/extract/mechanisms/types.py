"""Which of the thirteen types: weights over classes of words in the name and around it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import add

from jiceng import words as dictionary
from jiceng.extract.mechanisms.candidates import Anchor, Cut
from jiceng.extract.mechanisms.features import spelling
from jiceng.extract.mechanisms.page import Page, plain
from jiceng.extract.mechanisms.weights import Weights

BEFORE, BEHIND = 25, 50  # characters of the sentence around a name that speak for its type


def describe(page: Page, anchor: Anchor, cut: Cut) -> list[str]:
    """Features of a name for its type."""
    return list(dict.fromkeys(_describe(page, anchor, cut)))


def _describe(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    yield "any"
    known = page.words.types.get(plain(cut.name))
    if known:
        yield f"known.{known}"
    yield from [f"word.{word}" for word in dictionary.cut(cut.name) if len(word) > 1]
    inside = page.typed.longest(cut.start, cut.end)
    for hit in inside:
        yield f"name.{hit.group}"
    if inside:
        yield f"last.{inside[-1].group}"
    for hit in page.known.within(cut.start, cut.end):
        yield f"part.{hit.group.partition('.')[0]}"
    if anchor.head:
        yield f"head.{anchor.head}"
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
    yield from spelling(plain(cut.name))
    for low, high in (
        (max(sentence.start, cut.start - BEFORE), cut.start),
        (cut.end, min(sentence.end, cut.end + BEHIND)),
    ):
        text = page.text[low:high]
        yield from ["around." + pair for pair in map(add, text, text[1:]) if pair[0] > "\u4dff" < pair[1]]


def decide(weights: Weights, features: list[str]) -> str:
    """A well-known name's own type, else that with the highest score; of equals the first by alphabet."""
    for feature in features:
        if feature.startswith("known."):
            return feature.removeprefix("known.")
    return min(weights.scores(features), key=lambda scored: (-scored[1], scored[0]))[0]
