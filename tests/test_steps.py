"""The matcher that counts steps finds what `re` finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.steps import Counter, TooManyError

PLACES = ("^", "$", r"\b", "(?=区)", "(?<!市)", "(?<=1)")
TAKEN = ("区", "[省市]", "[^区]", ".", r"\d", "(?:街道|区)")
REPEATED = ("", "?", "*", "+", "{1,3}", "*?", "+?", "{0,2}?")
GROUPS = ("(?:{})", "({})", "(?>{})", "(?={})", "(?!{})")


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(
            lambda group, body, times: group.format(body) + times, st.sampled_from(GROUPS[:3]), inner, REPEATS
        ),
        st.builds(str.format, st.sampled_from(GROUPS[3:]), inner),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=2).map(lambda both: f"(?:{'|'.join(both)})"),
    )


REPEATS = st.sampled_from(REPEATED)
ONES = st.one_of(st.sampled_from(PLACES), st.builds("".join, st.tuples(st.sampled_from(TAKEN), REPEATS)))
PATTERNS = st.recursive(ONES, _grown, max_leaves=6)


@given(PATTERNS, st.text("省市区街道1\n", max_size=12))
def test_it_finds_what_re_finds(pattern: str, text: str) -> None:
    counter = Counter(pattern)
    counter.count(text)
    assert counter.found == [match.span() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(市)区\1", "市区市区区"),
        (r"(市)?区(?(1)省|市)", "市区省区市区区"),
        (r"(?i)a[b-d]", "AB aC xD"),
        (r"1*+1|1++2", "11112"),
        (r"\W?\s*", "省 ，\n"),
        (r"(?m)^区$", "区\n市\n区"),
        (r"\A区|区\Z", "区市区"),
    ],
)
def test_what_patterns_may_hold(pattern: str, text: str) -> None:
    counter = Counter(pattern)
    counter.count(text)
    assert counter.found == [match.span() for match in re.finditer(pattern, text)]


def test_steps_are_those_of_the_pattern_alone() -> None:
    counter = Counter("区+省")
    once = counter.count("区" * 20)
    assert counter.count("区" * 20) == once
    assert counter.count("区" * 40) > 3.5 * once  # each place looks through all that follows


def test_too_many_steps_are_told() -> None:
    with pytest.raises(TooManyError):
        Counter("(?:区|区)*省").count("区" * 30, 10_000)
