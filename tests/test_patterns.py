"""Each regular expression's work grows with the text and no faster, on the texts that are worst for it.

Work is counted in steps (`steps.py`), so the outcome is the same on every machine, however busy it is.
"""

from __future__ import annotations

import math
import re
from functools import cache

import pytest
from tests.patterns import Found, all_patterns, has_endless, repeats_group_possessively, worst_texts
from tests.steps import Counter, TooManyError

from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory
from jiceng.rules import load_rules

SHORT = 120
"""Characters on which a pattern is tried whose repetitions all end."""
MOST_STEPS = 2_000
"""Steps a character that a pattern may take; the dearest takes some 1,200."""
SMALL, LARGE = 150, 300
SUSPECT = 1.15
"""An exponent between these two from which the next two lengths decide."""
LONGER, LONGEST = 600, 1200
STEEPEST = 1.5
"""Exponent of steps in length: 1 is linear, 2 quadratic."""


def steep(found: Found) -> str:
    """What is wrong with the pattern, and on which text; empty if nothing is."""
    counter = Counter(found.pattern, found.flags)
    compiled = found.compiled()

    @cache
    def steps(text: str) -> float:
        """Steps on the text; infinite if there are too many."""
        try:
            taken = counter.count(text, MOST_STEPS * len(text))
        except TooManyError:
            return math.inf
        assert counter.found == [match.span() for match in compiled.finditer(text)], found
        return taken

    def exponent(small: str, large: str) -> float:
        """How steps grow from one text to the other; infinite if there are too many."""
        if math.inf in (steps(small), steps(large)):
            return math.inf
        return math.log(steps(large) / steps(small)) / math.log(len(large) / len(small))

    endless = has_endless(found)
    texts = list(worst_texts(found, SMALL if endless else SHORT))
    for text in texts:
        if steps(text) == math.inf:
            return f"over {MOST_STEPS} steps a character on {text[:40]!r}"
    if not endless:
        return ""
    # The texts of one length stand in the same order as those of another.
    for number, (text, large) in enumerate(zip(texts, worst_texts(found, LARGE), strict=True)):
        if exponent(text, large) < SUSPECT:
            continue
        grows = exponent(_nth(found, LONGER, number), _nth(found, LONGEST, number))
        if grows >= STEEPEST:
            return f"exponent {grows:.2f} on {text[:40]!r}…{text[-3:]!r}"
    return ""


def _nth(found: Found, length: int, number: int) -> str:
    return next(text for n, text in enumerate(worst_texts(found, length)) if n == number)


def test_no_pattern_takes_longer_than_its_text() -> None:
    patterns = all_patterns()
    assert len(patterns) > 500  # docs/development tells so
    wrong = [(found, said) for found in patterns if (said := steep(found))]
    assert not wrong, "\n".join(f"{found.where}: {said}: {found.pattern[:120]}" for found, said in wrong)


def test_every_rule_is_among_them() -> None:
    known = {found.pattern for found in all_patterns()}
    lexicon = load_lexicon()
    files = sorted(path.stem for path in (ontology_directory() / "rules").glob("*.toml"))
    rules = [rule for name in files for rule in load_rules(name, lexicon).rules]
    assert len(rules) > 100
    assert [rule.name for rule in rules if rule.pattern.pattern not in known] == []


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5 takes too much by `(…){0,8}+` (gh-106052); `(?>(…){0,8})` says the same."""
    assert [found for found in all_patterns() if repeats_group_possessively(found)] == []
    assert repeats_group_possessively(Found("", r"甲(?:乙(?=(?:丙|丁丁){0,8}+))", re.UNICODE))
    assert not repeats_group_possessively(Found("", r"(?>(甲|乙乙){0,8})[丙丁]++", re.UNICODE))


@pytest.mark.parametrize(
    "pattern", [r"“[^”]*”", r"(?:[^，]{2,8}[和与])+个", r"(?:1|1)+$", r"(?:[居村]|居村){3,12}级"]
)
def test_a_steep_pattern_would_be_found(pattern: str) -> None:
    assert steep(Found("", pattern, re.UNICODE))


@pytest.mark.parametrize("pattern", [r"(?<!\d)\d++[个名]", r"“[^“”]*+”"])
def test_a_flat_pattern_is_let_be(pattern: str) -> None:
    assert not steep(Found("", pattern, re.UNICODE))
