"""Where a rule of honours may match: the sentences with one of the words without which it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from jiceng.extract.analysis import Analysis
from jiceng.extract.occurrences import occurrences
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
    for at in sorted(chain.from_iterable(occurrences(text, words).values())):
        if at < done:
            continue
        sentence = analysis.sentence_at(at)
        done = max(sentence.end, at + 1)
        yield from rule.pattern.finditer(text, sentence.start, sentence.end)


def headings(analysis: Analysis, rules: RuleFile) -> Iterator[int]:
    """Where the headings of lists of honours end."""
    text, pattern = analysis.text, rules["honours.heading"].pattern
    found = {
        match.end()
        for at in chain.from_iterable(occurrences(text, rules.tables["near"]["honours.heading"]).values())
        if (match := pattern.search(text, max(0, at - _BEFORE), at + _BEHIND)) is not None
    }
    yield from sorted(found)


def unreal(analysis: Analysis, at: int, rules: RuleFile) -> bool:
    """Whether the words before the verb make it a target, an offer or a rule."""
    start = analysis.sentence_at(at).start
    return rules["honours.unreal"].pattern.search(analysis.text, start, at) is not None
