"""Quotes: which open, which close."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.repair.straight_quotes import astray, directional

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = [
    text
    for path in sorted(GOLD.glob("*.txt")) + sorted((GOLD / "training").glob("*.txt"))
    if '"' not in (text := path.read_text("utf-8"))
]


def turned(text: str) -> str:
    return directional(text, '"', "“", "”")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('推行"院落长"制。', "推行“院落长”制。"),
        ('"甲"的"乙"活动', "“甲”的“乙”活动"),
        # a mark was lost: those that follow stay right
        (
            '落实民有所呼"，推行"院落长"制，办好"暖心食堂"。',
            "落实民有所呼”，推行“院落长”制，办好“暖心食堂”。",
        ),
        # longer than most
        (
            '构建"社区党组织—小区（楼院）党支部—楼栋党小组—单元门党员中心户—党员家庭"五级架构',
            "构建“社区党组织—小区（楼院）党支部—楼栋党小组—单元门党员中心户—党员家庭”五级架构",
        ),
        ('他说："大家的事大家办。门前的路，先修。"', "他说：“大家的事大家办。门前的路，先修。”"),
        # mistyped
        ("开办“板凳课堂“，建立”街坊议事厅”。", "开办“板凳课堂”，建立“街坊议事厅”。"),
        ("他说：“第一件事。\n“第二件事。”", "他说：“第一件事。\n“第二件事。”"),
    ],
)
def test_quotes_are_turned(text: str, expected: str) -> None:
    assert turned(text) == expected


def test_an_apostrophe_is_no_quote() -> None:
    assert directional("the team's '党建+'", "'", "‘", "’") == "the team's ‘党建+’"


def test_texts_get_their_quotes_back() -> None:
    straight = wrong = 0
    for text in TEXTS:
        plain = text.replace("“", '"').replace("”", '"')
        wrong += sum(a != b for a, b in zip(text, turned(plain), strict=True))
        straight += plain.count('"')
    assert straight > 500
    assert wrong <= straight * 0.004


def test_mistyped_quotes_are_turned_round_and_no_others() -> None:
    chance = random.Random(11)
    mistyped = mended = 0
    for text in TEXTS:
        assert turned(text) == text
        places = [i for i, sign in enumerate(text) if sign in "“”" and chance.random() < 0.02]
        signs = list(text)
        for place in places:
            signs[place] = "“" if signs[place] == "”" else "”"
        got = turned("".join(signs))
        mistyped += len(places)
        mended += sum(got[place] == text[place] for place in places)
    assert mistyped > 10
    assert mended >= mistyped * 0.9


def test_astray() -> None:
    assert astray("“甲“")
    assert not astray("“甲”\n“乙")


@given(st.text(alphabet='"“”甲，。的\n', max_size=60))
def test_any_text_keeps_its_length_and_other_signs(text: str) -> None:
    got = turned(text)
    assert len(got) == len(text)
    assert all(a == b or (a in '"“”' and b in "“”") for a, b in zip(text, got, strict=True))
    assert '"' not in got
