"""Where a rule of honours may match: the sentences with one of the words without which it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.extract.analysis import Analysis
from jiceng.rules import Rule, RuleFile

# How far a heading reaches before and behind its word: 社区近年所获｜荣誉｜称号情况：
_BEFORE, _BEHIND = 8, 10


def matches(analysis: Analysis, rule: Rule, rules: RuleFile) -> Iterator[re.Match[str]]:
    """The rule's matches; rules with words in the table `near` look at the sentences with them alone."""
    text, words = analysis.text, rules.tables["near"].get(rule.name)
    if words is None:
        yield from rule.pattern.finditer(text)
        return
    done = 0
    for at in sorted(place for word in words for place in _places(text, word)):
        if at < done:
            continue
        sentence = analysis.sentence_at(at)
        done = max(sentence.end, at + 1)
        yield from rule.pattern.finditer(text, sentence.start, sentence.end)


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def headings(analysis: Analysis, rules: RuleFile) -> Iterator[int]:
    """Where the headings of lists of honours end."""
    text, pattern = analysis.text, rules["honours.heading"].pattern
    found = {
        match.end()
        for word in rules.tables["near"]["honours.heading"]
        for at in _places(text, word)
        if (match := pattern.search(text, max(0, at - _BEFORE), at + _BEHIND)) is not None
    }
    yield from sorted(found)
