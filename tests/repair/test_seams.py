"""Seams: what is evidence that one fragment continues another, and rows of columns whose order tells it."""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import press
from jiceng.model import Source
from jiceng.repair import repair
from jiceng.repair.seams import Evidence, name_across


def read(text: str) -> list[str]:
    source = Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return [s.text.value for s in repair(source).stretches]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("家住锦州市凌", "河区的老人", True),
        ("家住锦", "州市的老人", True),
        ("家住锦州", "市的老人", True),
        ("家住锦州市", "凌河区的老人", False),  # both are whole
        ("适应", "城市生活", False),
        ("", "河区", False),
    ],
)
def test_a_division_s_name_lies_across_a_seam(left: str, right: str, expected: bool) -> None:
    assert name_across(left, right) is expected


def test_a_title_goes_on_with_what_issues_it() -> None:
    evidence = Evidence(["区里下发", "《议事办法》，写明谁来召集", "老人们点头"])
    assert evidence.score("区里下发", "《议事办法》，写明") > evidence.score(
        "老人们点头", "《议事办法》，写明"
    )


@pytest.mark.parametrize(
    ("left", "right", "sign", "expected"),
    [
        ("老人坐在树下", "的长椅上", "leaning", True),
        ("老人坐在树下。", "的长椅上", "leaning after a stop", True),
        ("老人坐在树下", "喝茶", "leaning", False),
        ("老人坐在树下", "，喝着茶", "starts with a mark", True),
        ("老人坐在树下", "喝茶", "starts with a mark", False),
    ],
)
def test_what_a_line_begins_with_is_a_sign(left: str, right: str, sign: str, expected: bool) -> None:
    assert (sign in Evidence([left, right]).signs(left, right)) == expected


@pytest.mark.parametrize("columns", [3, 4])
def test_rows_of_columns_are_read_from_left_to_right(columns: int) -> None:
    shares = []
    for report in press.reports():
        for seed in range(3):
            page = press.one_article(report, columns, 13, random.Random(seed))
            shares.append(press.whole(report.sentences, "\n".join(read(page))))
    assert sum(shares) / len(shares) > 0.99


def test_two_ends_of_paragraphs_in_a_row_are_two_cells() -> None:
    left = (
        "老院子的树下，从春天坐到秋",
        "天，树荫换了方向，人也换着",
        "来，茶壶一直在那里，炉火也",
        "没断过。巷子里添了长椅，老人",
        "坐下来说话，孩子在一旁写字",
        "说的多是家长里短，也有人提",
        "路灯暗，书记记在本子上，第",
        "二天就有人来修，居民都说快",
        "喊就应。",
    )
    right = (
        "书屋的灯是街坊自己挂的，一",
        "人一盏，挂了一整排，夜里亮",
        "起来像一条河，孩子们叫它灯",
        "河。社区把车棚改成书屋，每晚",
        "开到八点，周末还有人来讲故",
        "事，最多的一晚来了四十个孩",
        "子，书架上的书换过三回，借",
        "书的人越来越多，书屋又添了",
        "11个书架。",
    )
    page = "巷子里的事\n\n" + "\n".join(f"{a} {b}" for a, b in zip(left, right, strict=True)) + "\n"
    found = "\n".join(read(page))
    assert "居民都说快喊就应。" in found
    assert "书屋又添了11个书架。" in found
