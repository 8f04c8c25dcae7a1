"""Cohesion: what the words of two parts say about whose they are."""

from __future__ import annotations

import math

import pytest

from jiceng.articles.cohesion import Cohesion
from jiceng.articles.terms import terms_of

FERRY = "老艄公把渡船靠上码头，等最后一个客人"
FERRY_AGAIN = "渡船的油钱由老艄公和乘客分摊"
OVEN = "打馕的土灶前排着队，巴扎上热闹得很"
OVEN_AGAIN = "土灶烧的是果木，巴扎散了还温着"


def test_common_words_and_numbers_say_nothing() -> None:
    terms = terms_of("我们今年的工作由二十七名老艄公承担")
    assert "工作" not in terms
    assert not any(t.startswith("二十") for t in terms)
    assert max(terms.values()) <= 1


def test_shared_rare_words_draw_a_part_to_its_division() -> None:
    cohesion = Cohesion([FERRY, OVEN, FERRY_AGAIN, OVEN_AGAIN])
    even = {"a": 0.5, "b": 0.5}
    votes = cohesion.votes([{"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}, even, even], ["a", "b"])
    assert votes[2]["a"] > votes[2]["b"]
    assert votes[3]["b"] > votes[3]["a"]
    assert "艄公" in "".join(cohesion.shared(2, [0]))


def test_a_part_with_words_of_its_own_only_says_nothing() -> None:
    cohesion = Cohesion([FERRY, OVEN, "窗花"])
    votes = cohesion.votes([{"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}, {"a": 0.5, "b": 0.5}], ["a", "b"])
    assert votes[2]["a"] == votes[2]["b"]


def test_words_of_the_same_parts_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(terms_of(FERRY)) > 2 < len(terms_of(OVEN))
    cohesion = Cohesion([FERRY, OVEN, FERRY, OVEN])
    even = {"a": 0.5, "b": 0.5}
    taken: list[float] = []
    log = math.log

    def counted(x: float) -> float:
        taken.append(x)
        return log(x)

    monkeypatch.setattr(math, "log", counted)
    votes = cohesion.votes([{"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}, even, even], ["a", "b"])
    assert votes[2]["a"] > votes[2]["b"]
    assert len(taken) == 4 * 2 * 2  # of parts and divisions: one for its size, one for all of its words
