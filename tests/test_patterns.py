"""Each regular expression's time grows with the text and no faster, on the texts that are worst for it."""

from __future__ import annotations

import math
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.patterns import Found, all_patterns, has_endless, worst_texts

from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory
from jiceng.rules import load_rules

SMALL, LARGE = 15_000, 30_000
FIRST = 12_000
"""Characters that are tried first: what takes them in no time is not quadratic."""
NO_TIME = 0.025
BOUNDED = 4_000
"""Characters for patterns that repeat nothing without end: they are linear, if each place takes no age."""
STEEPEST = 1.5
"""Exponent of time in length: 1 is linear, 2 quadratic."""
TRIES = 7
"""What else a machine does only adds to a time: the least of some is the pattern's own."""
TOO_LONG = 4.0
"""Seconds of the processor after which a pattern is stopped; a linear one takes less than 0.2."""


class TooLongError(Exception):
    """A pattern was stopped."""


@contextmanager
def stopped() -> Iterator[None]:
    """Stop what is inside after TOO_LONG; `re` looks for signals while it matches."""

    def ring(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    with stopped():
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - start


def exponent(found: Found) -> tuple[float, str]:
    """How the time grows at worst, and the text."""
    pattern = found.compiled()
    endless = has_endless(found)
    worst = 0.0, ""
    for number, text in enumerate(worst_texts(found, FIRST if endless else BOUNDED)):
        try:
            if seconds(pattern, text) < NO_TIME or not endless:
                continue
            small, large = (_nth(found, length, number) for length in (SMALL, LARGE))
            least = [math.inf, math.inf]
            for _ in range(TRIES):
                least = [min(least[0], seconds(pattern, small)), min(least[1], seconds(pattern, large))]
                grows = math.log(least[1] / least[0]) / math.log(LARGE / SMALL)
                if grows < STEEPEST:
                    break
        except TooLongError:
            return math.inf, text
        worst = max(worst, (grows, text))
        if worst[0] >= STEEPEST:
            break
    return worst


def _nth(found: Found, length: int, number: int) -> str:
    return next(text for n, text in enumerate(worst_texts(found, length)) if n == number)


def test_no_pattern_takes_longer_than_its_text() -> None:
    patterns = all_patterns()
    assert len(patterns) > 500  # docs/development tells so
    steep = []
    for found in patterns:
        grows, text = exponent(found)
        if grows >= STEEPEST:
            steep.append(f"{found.where}: {grows:.2f} on {text[:40]!r}…{text[-3:]!r}: {found.pattern[:120]}")
    assert not steep, "\n".join(steep)


def test_every_rule_is_among_them() -> None:
    known = {found.pattern for found in all_patterns()}
    lexicon = load_lexicon()
    files = sorted(path.stem for path in (ontology_directory() / "rules").glob("*.toml"))
    rules = [rule for name in files for rule in load_rules(name, lexicon).rules]
    assert len(rules) > 100
    assert [rule.name for rule in rules if rule.pattern.pattern not in known] == []


@pytest.mark.parametrize("pattern", [r"“[^”]*”", r"(?:[^，]{2,8}[和与])+个", r"(?:1|1)+$"])
def test_a_steep_pattern_would_be_found(pattern: str) -> None:
    assert exponent(Found("", pattern, re.UNICODE))[0] >= STEEPEST


@pytest.mark.parametrize("pattern", [r"(?<!\d)\d++[个名]", r"“[^“”]*+”"])
def test_a_flat_pattern_is_let_be(pattern: str) -> None:
    assert exponent(Found("", pattern, re.UNICODE))[0] < STEEPEST
