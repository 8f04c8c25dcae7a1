"""Naming: how much a division's name says by where it stands."""

from __future__ import annotations

import pytest

from jiceng.articles.naming import (
    ASIDE,
    BYLINE,
    HEADING,
    LISTED,
    MENTION,
    OPENING,
    SENTENCE,
    names_in,
)
from jiceng.articles.own import own_kinds
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Source
from jiceng.repair import repair

GAZETTEER = Gazetteer(load_divisions())


def said(text: str) -> list[tuple[str, float]]:
    repaired = repair(Source("page.txt", "0" * 64, text))
    return [(n.division.name, n.weight) for here in names_in(repaired, GAZETTEER) for n in here]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湄潭县：院坝会开到家门口\n", [("湄潭县", HEADING)]),
        ("在湄潭县，院坝会每月一次，有事大家商量。\n", [("湄潭县", OPENING)]),
        ("家住湄潭县的老周每月都来，有事大家商量。\n", [("湄潭县", OPENING)]),
        ("院坝会每月一次。湄潭县还请来律师，有事大家商量。\n", [("湄潭县", SENTENCE)]),
        ("院坝会每月一次，是湄潭县的老办法，有事大家商量。\n", [("湄潭县", MENTION)]),
        ("湄潭县和余庆县都开院坝会，有事大家商量着办。\n", [("湄潭县", LISTED), ("余庆县", LISTED)]),
        ("院坝会学习湄潭县的老办法，有事大家商量着办。\n", [("湄潭县", ASIDE)]),
        (  # places that others go to see one after the other
            "院坝会办得好。去年十月村干部前往湄潭县看晒谷场，又到余庆县等两县观摩，有事大家商量。\n",
            [("湄潭县", ASIDE), ("余庆县", ASIDE)],
        ),
        ("社区书记们赴湄潭县考察，回来以后照着做了。\n", [("湄潭县", ASIDE)]),
        ("■湄潭县委书记 李某\n", [("湄潭县", BYLINE)]),
        ("（作者系湄潭县委书记）\n", [("湄潭县", BYLINE)]),
        ("（作者单位：湄潭县委党校）\n", []),
        ("（本文作者系湄潭县民俗研究会会员）\n", []),
        ("贵州省遵义市湄潭县有院坝会，有事大家商量着办。\n", [("湄潭县", OPENING)]),
        ("湖南鸿图轴承有限公司的订单排到了明年春天。\n", []),
        ("湖南推行院坝会，有事大家商量着办，人人有份。\n", [("湖南省", OPENING)]),
    ],
)  # fmt: skip
def test_a_name_says_what_its_place_says(text: str, expected: list[tuple[str, float]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我县每月一次", {"县": 2.0}),
        ("目前，全市已有三百处，市委组织部牵头", {"市": 1.0}),
        ("该区由区委书记带头", {"区": 2.0}),
        ("社区和小区都有，城市更美", {}),
    ],
)
def test_what_a_text_calls_its_own(text: str, kinds: dict[str, float]) -> None:
    assert own_kinds(text) == kinds
