from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiceng.extract.analysis import Analysis, analyse
from jiceng.extract.metrics import extractor
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import Article, Division, Measurement, Paragraph, Piece, Source, Span, Text
from jiceng.rules import Rule, load_rules

CASES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("metrics_cases.toml").read_text("utf-8")
)
LEXICON: Lexicon = load_lexicon()
EXTRACT: Callable[[Analysis], tuple[Measurement, ...]] = extractor(LEXICON)


def read(text: str, district: str = "青禾区", title: str = "") -> tuple[Measurement, ...]:
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    article = Article(
        Source("case.txt", "0" * 64, text),
        Division("000000", district, "county"),
        title,
        Text(text, (Piece(0, Span(0, len(text))),)),
        tuple(paragraphs),
        (Span(0, len(text)),),
    )
    return EXTRACT(analyse(article))


def shown(found: Measurement) -> str:
    upper = "" if found.upper is None else f"..{found.upper:f}"
    rule = " !" if found.nature == "rule" else ""
    return f"{found.value:f}{upper} {found.comparator} {found.unit or '-'} {found.measured}{rule}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, facts, id=f"{genre}-{text[:12]}")
        for genre, rows in CASES.items()
        for text, facts in rows.items()
    ],
)
def test_a_sentence_gives_its_measurements(text: str, expected: list[str]) -> None:
    assert [shown(found) for found in read(text)] == expected


@pytest.mark.parametrize(
    "period", ["1月至10月", "3月到5月份", "今年1月至9月", "2018年3月至2019年5月", "1—6月"]
)
def test_a_span_of_months_is_one_period(period: str) -> None:
    (found,) = read(f"{period}，全区走访商户50户。")
    assert found.period == period


def test_action_rate_period_and_holder_come_with_the_number() -> None:
    (found,) = read("2021年以来，柳岸街道每季度举办邻里课堂30余场。")
    assert (found.action, found.per, found.period, found.subject) == (
        "举办",
        "每季度",
        "2021年以来",
        "柳岸街道",
    )


def test_a_change_is_two_measurements_with_their_verbs() -> None:
    before, after = read("社区工作经费由8万元/年提高到12万元/年。")
    assert (before.action, after.action) == ("提高前", "提高到")
    assert before.per == after.per == "年"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("知晓率较去年同期提高3.2个百分点。", "提高"),
        ("知晓率较上一轮下降了2.6个百分点。", "下降"),
        ("第二批办结率98%，比第一批高4个百分点。", "高"),
        ("参保率高于全县平均1.7个百分点。", "高于"),
        ("办结率与先进镇差距6个百分点。", None),
    ],
)
def test_a_comparison_has_the_verb_that_compares_as_its_action(text: str, action: str | None) -> None:
    assert read(text)[-1].action == action


def test_ages_and_ranks_with_a_bound_make_no_rule_of_what_is_told() -> None:
    found = read("全区现有80岁及以上老人1.2万人，90岁及以上老人3000人，建成社区食堂30个。")
    assert [shown(f) for f in found] == [
        "12000 = 人 80岁及以上老人",
        "3000 = 人 90岁及以上老人",
        "30 = 个 社区食堂",
    ]
    found = read("二级及以上医院12家，三级及以上医院5家，建成康复站30个。")
    assert {f.nature for f in found} == {"fact"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("村里5组巡逻队每晚出动。", ["5 = 组 巡逻队"]),
        ("全镇10个村30组机械作业。", ["10 = 个 村", "30 = 组 机械作业"]),
        ("全村12组300户。", ["300 = 户 户"]),
        ("家住柳湾村5组的老人有32名。", ["32 = 名 老人"]),
        ("柳湾村第3组栽下果树200棵。", ["200 = 棵 果树"]),
    ],
)
def test_groups_of_a_named_village_are_addresses_and_others_are_counted(
    text: str, expected: list[str]
) -> None:
    assert [shown(found) for found in read(text)] == expected


def test_empty_quotation_marks_behind_what_is_counted_stop_nothing() -> None:
    (found,) = read("青禾区共有3个社区“”。")
    assert found.value == 3


@pytest.mark.parametrize("end", ["", "。"])
def test_a_score_counts_also_where_the_text_ends(end: str) -> None:
    assert [(f.value, f.unit) for f in read(f"居民满意度得分：95分{end}")] == [(95, "分")]


def test_a_particle_that_is_typed_twice_stops_nothing() -> None:
    assert {f.value for f in read("5人的的问题发放")} <= {5}


def test_the_district_is_no_part_of_what_is_counted() -> None:
    (found,) = read("青禾区网格员1200名。")
    assert found.measured == "网格员"


def test_the_numbers_of_a_name_are_no_measurements() -> None:
    assert read("推行“3+X”机制和“一核五治”，打造“10分钟生活圈”。") == ()


def test_every_rule_that_a_measurement_names_can_be_looked_up() -> None:
    described = load_rules("metrics", LEXICON).tables["clauses"]
    fired = {found.rule for rows in CASES.values() for text in rows for found in read(text)}
    assert fired <= {f"metrics.{name}" for name in described}


@pytest.mark.parametrize("name", sorted(load_rules("metrics", LEXICON).tables["clauses"]))
def test_the_example_of_a_clause_pattern_is_found_by_it(name: str) -> None:
    clause = load_rules("metrics", LEXICON).tables["clauses"][name]
    assert (f"metrics.{name}", clause["measured"]) in {(f.rule, f.measured) for f in read(clause["example"])}


@pytest.mark.parametrize("rule", load_rules("metrics", LEXICON).rules, ids=lambda rule: rule.name)
def test_a_rule_matches_its_examples_and_nothing_of_the_others(rule: Rule) -> None:
    for text in rule.match:
        assert rule.pattern.search(text), text
    for text in rule.reject:
        assert not rule.pattern.search(text), text


def test_a_table_gives_a_measurement_for_each_cell_with_the_line_as_its_holder() -> None:
    found = read("街道 社区（个） 党员（名）\n柳岸街道 8 2 130\n合计 8 2130\n以上为年底数据。")
    assert [(shown(f), f.subject) for f in found] == [
        ("8 = 个 社区", "柳岸街道"),
        ("2130 = 名 党员", "柳岸街道"),
        ("8 = 个 社区", None),
        ("2130 = 名 党员", None),
    ]


def test_a_table_of_names_and_amounts_counts_what_its_lines_name() -> None:
    (found,) = read("| 项目 | 数量 | 单位 |\n| --- | --- | --- |\n| 党群服务中心 | 35 | 个 |")
    assert shown(found) == "35 = 个 党群服务中心"


def test_a_column_headed_as_a_target_is_planned_and_the_line_says_of_what() -> None:
    found = read("项目　年度目标　完成情况\n新建助老食堂　32个　25个\n改造书屋 6个　4个")
    assert [(shown(f).split(" !")[0], f.nature) for f in found] == [
        ("32 = 个 新建助老食堂", "rule"),
        ("25 = 个 新建助老食堂", "fact"),
        ("6 = 个 改造书屋", "rule"),
        ("4 = 个 改造书屋", "fact"),
    ]


def test_a_line_of_years_heads_another_table() -> None:
    found = read("街道 网格（个）\n柳岸街道 21\n指标|2022年|2023年\n老年食堂|21个|36个")
    assert [(shown(f), f.period) for f in found[1:]] == [
        ("21 = 个 老年食堂", "2022年"),
        ("36 = 个 老年食堂", "2023年"),
    ]


def test_lines_without_a_heading_are_no_table() -> None:
    assert [shown(f) for f in read("柳岸街道 党员大会\n会期 3 2130\n党员42名。")] == ["42 = 名 党员"]


FRAGMENTS = """
组建 61个 党支部 、 ， 。 ； 达 98% 每年 至少 2次 由 到 提高到 50万元 其中 第 前 三名 的 等 “ ” （ ） ： 和
5—7个 近 社区 服务 群众 3000人次 投入 用于
2020年以来 目前 位列 半小时内 有人 两类 四大 一次 0 〇 万 亿 以上 ％ / 年
"""


@given(st.lists(st.sampled_from([*FRAGMENTS.split(), "\n"]), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
@example("61个0、近其中61个")
def test_any_sentence_is_read_and_every_place_lies_in_it(text: str) -> None:
    for found in read(text):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.measured_start < found.measured_end <= found.end
        assert found.start <= found.measured_start or found.measured_end <= found.start
        assert found.measured
        assert re.search(r"[\d零〇一二三四五六七八九十两半百千万亿]", text[found.start : found.end])


@pytest.mark.parametrize(
    "text", ["建成1个县级、17个乡镇级", "1个市级、8个镇级。", "比上年提高1.2个", "投入90万元，对"]
)
def test_a_sentence_that_breaks_off_is_read(text: str) -> None:
    assert all(m.measured for m in read(text))


def test_an_endless_sentence_is_read_in_pieces_that_end_anywhere() -> None:
    for pad in range(22):
        found = read("好" * pad + "投资90万元，对小区进行设施改善、改造与提升" * 80)
        assert len(found) > 40


def test_a_heading_that_announces_plans_holds_up_to_the_next_of_its_rank() -> None:
    text = """一、2023年工作回顾
新建驿站12处。
二、2024年工作计划
（一）提升服务
新建驿站9处。
三、有关建议
已收到建议31条。"""
    assert [(m.value, m.nature) for m in read(text)] == [
        (12, "fact"),
        (9, "rule"),
        (31, "fact"),
    ]


def test_a_plan_tells_under_its_background_how_things_are() -> None:
    text = """一、实施背景
（一）发展基础
现有助餐点38个。
二、主要任务
新增助餐点12个。"""
    found = read(text, title="青禾区养老服务实施方案")
    assert [(m.value, m.nature) for m in found] == [(38, "fact"), (12, "rule")]


def test_a_paragraph_goes_on_with_what_the_one_before_plans() -> None:
    text = """会上公布了全县民生实事项目。包括新建驿站9处。
同时，加装电梯70部，改建床位45张。
去年新建驿站4处。"""
    assert [(m.value, m.nature) for m in read(text)] == [
        (9, "rule"),
        (70, "rule"),
        (45, "rule"),
        (4, "fact"),
    ]


def test_the_first_paragraph_goes_on_with_no_plan() -> None:
    assert [(m.value, m.nature) for m in read("同时，加装电梯70部。")] == [(70, "fact")]
