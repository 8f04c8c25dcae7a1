"""The back-off model of characters."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.repair import ngrams


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        ("由街道办事", "处负责落实", "的居民参加"),
        ("听取业主委员", "会的意见", "，按照约定"),
        ("每月不少于2", "次，由社区", "员，由社区"),
        ("建设、使用和", "管理由街道", "，居民可以"),
    ],
)
def test_what_usually_follows_gains_more(left: str, right: str, other: str) -> None:
    assert ngrams.gain(left, right) > ngrams.gain(left, other) + 1


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_has_a_finite_gain(left: str, right: str) -> None:
    assert math.isfinite(ngrams.gain(left, right))


def test_probabilities_sum_to_about_one() -> None:
    known = ngrams._table()[0]
    for context in ("", "社", "社区", "居民"):
        total = sum(math.exp(ngrams.log_probability(context, char)) for char in known)
        assert 0.7 < total < 1.4  # levels are rounded to 0.4 nats
