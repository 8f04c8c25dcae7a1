"""The verb of a number: before it, of its list, behind it, or its noun."""

from __future__ import annotations

import pytest

from clean_articles import article_of
from jiceng.extract import extract, extractors
from jiceng.lexicon import load_lexicon
from jiceng.model import Measurement

BY = extractors(load_lexicon())


def actions(text: str) -> list[tuple[str, str | None]]:
    found = extract(article_of(text), BY)
    return [(f.measured, f.action) for f in found if isinstance(f, Measurement)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a list has the verb that opens it
        ("全区组建小区党支部61个、楼栋党小组90个。", [("小区党支部", "组建"), ("楼栋党小组", "组建")]),
        # who does it, or what it is done with, stands before
        ("86个机关单位与31个社区签订协议。", [("机关单位", "签订"), ("社区", "签订")]),
        ("2300名党员到社区报到。", [("党员", "报到")]),
        ("全区将59个村划分为网格256个。", [("村", "划分"), ("网格", "划分为")]),
        ("目前，有6个小区签订协议。", [("小区", "签订")]),
        # not across a clause, nor from a description
        ("39名医生，群众很满意。", [("医生", None)]),
        # the noun is the verb
        ("机关干部每月报到1次。", [("报到", "报到")]),
        # between a noun and its figure
        ("全区常住人口超过130万人，流动人口占总人口的36%。", [("常住人口", "超过"), ("流动人口", "占")]),
        # as a dictionary has it
        ("全区累计投入资金600万元。", [("资金", "投入")]),
        ("全区联合举办活动120场。", [("活动", "举办")]),
        ("全区外来人口占了70%。", [("外来人口", "占")]),
        # two verbs of one deed, but not one that only describes
        ("去年排查化解矛盾纠纷330件。", [("矛盾纠纷", "排查化解")]),
        ("全区已解决涉及停车问题78个。", [("停车问题", "解决")]),
        # no verb: part of a name
        ("整合便民服务中心等2个综合性机构。", [("综合性机构", None)]),
        ("投诉量由每月20件降到4件。", [("投诉量", "降低前"), ("投诉量", "降到")]),
    ],
)
def test_the_verb_of_a_number(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert actions(text) == expected
