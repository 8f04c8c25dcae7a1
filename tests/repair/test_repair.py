"""Repair: nothing lost, nothing twice, every offset true; clean text untouched; torn pages in order."""

from __future__ import annotations

import hashlib
import random
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

import press
from jiceng.model import Role, Seam, Source
from jiceng.repair import Repaired, explain, repair
from jiceng.repair.markup import UNSEEN
from jiceng.repair.seen import seen

CORRECTED = {
    **dict(zip(",;:!?()", "，；：！？（）", strict=True)),
    ".": "。",
    "．": "。",
    "一": "—",
    "％": "%",
    "O": "0",  # between digits
    "o": "0",
    "l": "1",  # in numbers, too
    "I": "1",
    "○": "〇",
    "Ο": "〇",
}
# Double ones may be mistyped; corners are outer ones or inner ones, and so are single ones.
QUOTES = {'"': "“”", "'": "‘’", "“": "”‘", "”": "“’", "‘": "“", "’": "”"}
REPORTS = press.reports()


def read(text: str) -> Repaired:
    return repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def same(raw: str, repaired: str) -> bool:
    """Whether a character is its source's, or a recorded correction of it."""
    if raw == repaired:
        return True
    raw = seen(raw).text  # by itself; 〈 may stay what it is inside of 《》
    wide = "\uff10" <= raw <= "\uff5a" and chr(ord(raw) - 0xFEE0) == repaired
    dash = raw in "-－–―─" and repaired == "—"
    space = (raw.isspace() and repaired == " ") or (raw == "．" and repaired == ".")
    return (
        raw == repaired
        or wide
        or dash
        or space
        or CORRECTED.get(raw) == repaired
        or repaired in QUOTES.get(raw, "")
    )


def is_layout(signs: Iterable[str]) -> bool:
    return all(c.isspace() or c in "\ufeff#>" or UNSEEN.match(c) for c in signs)


def check(text: str, repaired: Repaired) -> None:
    """The promises that hold for every source."""
    owner: dict[int, int] = {}
    shown = seen(text)  # a tag or an entity is read as one sign, or as none
    places = range(len(text)) if shown.offsets is None else shown.offsets
    signs = dict(zip(places, shown.text, strict=True))
    for number, stretch in enumerate(repaired.stretches):
        value, pieces = stretch.text.value, stretch.text.pieces
        assert "\n" not in value
        assert [p.start for p in pieces] == [sum(len(q.raw) for q in pieces[:i]) for i in range(len(pieces))]
        assert sum(len(p.raw) for p in pieces) == len(value)
        for piece in pieces:
            for offset in range(len(piece.raw)):
                at = piece.raw.start + offset
                assert at not in owner, f"{text[at]!r} at {at} stands twice"
                owner[at] = number
                repaired_sign = value[piece.start + offset]
                assert same(text[at], repaired_sign) or same(signs[at], repaired_sign)
    fragments = sorted(f.span for s in repaired.stretches for f in s.fragments)
    behind = 0
    for span in fragments:  # fragments tile the source: only layout between them, none twice
        assert span.start >= behind
        assert is_layout(signs[at] for at in range(behind, span.start) if at in signs)
        behind = span.end
    assert is_layout(signs[at] for at in range(behind, len(text)) if at in signs)


PARTS = st.one_of(
    st.sampled_from([s for r in REPORTS for s in r.sentences][:40]),
    st.sampled_from(
        ["# 抓组织 强堡垒", "■某市委书记 王某", "□2016年4月18日 星期一", "第3版", "志愿者走访 李某 摄"]
    ),
    st.text("社区党支部一—,.;:()\"'“”（）《》 　0123AaＡ１％\t#>", max_size=40),
    st.text("社区⽀部61「双报到」『』‘’“”＂〝〈办法〉＋−・《》\u200b\u2060\u00ad\ufeff ，。", max_size=40),
    st.text(max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(PARTS, st.sampled_from(["", " ", "\n", "\n\n", "\r\n", "　"])), max_size=14))
def test_every_character_stands_once_and_is_its_source(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + gap for part, gap in parts)
    check(text, read(text))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.sampled_from([9, 11, 13, 16]), st.booleans())
def test_offsets_survive_every_tear(seed: int, columns: int, width: int, noisy: bool) -> None:
    rng = random.Random(seed)
    one, other = rng.sample(REPORTS, 2)
    pages = [
        press.one_article(one, columns, width, rng),
        press.newspaper_page(one, other, rng, width),
        press.interleaved([one, other], rng),
    ]
    text = rng.choice(pages)
    text = press.with_noise(text, rng) if noisy else text
    check(text, read(text))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.sampled_from([9, 13, 18]), st.booleans(), st.booleans())
def test_offsets_survive_pages_whose_columns_spaces_keep(
    seed: int, columns: int, width: int, wide: bool, noisy: bool
) -> None:
    rng = random.Random(seed)
    pages = [press.padded(rng.choice(REPORTS), columns, width, rng.choice((2, 3, 5)), wide) for _ in "12"]
    text = "\f".join(pages)
    for _ in range(rng.randrange(60) if noisy else 0):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice((" ", "   ", "\n", "\f", "\r", "　", "3", "<b>", "\ufeff")) + text[at:]
    check(text, read(text))
    check(text.rstrip(), read(text.rstrip()))


def test_clean_text_passes_untouched() -> None:
    paragraphs = [p for r in REPORTS for p in r.paragraphs] * 10
    text = "\n\n".join(paragraphs) + "\n"
    assert len(text.encode()) > 100_000
    # Each passage once: what stands twice is a repetition, not clean text.
    once = "\n\n".join(p for r in REPORTS for p in r.paragraphs) + "\n"
    for source in (once, once.replace("\n\n", "\n")):
        repaired = read(source)
        assert not repaired.joins
        assert [s.text.value for s in repaired.stretches] == [p for r in REPORTS for p in r.paragraphs]


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
def test_columns_read_across_come_back(columns: int) -> None:
    shares = []
    for number, report in enumerate(REPORTS):
        repaired = read(press.one_article(report, columns, 13, random.Random(number)))
        shares.append(press.whole(report.sentences, "\n".join(s.text.value for s in repaired.stretches)))
    assert sum(shares) / len(shares) >= 0.9


def test_a_word_torn_by_another_article_is_joined_again() -> None:
    page = (
        "东岭社区每天安排两名网格员入户走访，遇到独居老人生病，马上联系卫生服\n\n"
        "# 西岭社区办起长者食堂\n\n"
        "西岭社区把闲置厂房改成食堂，每天供应六十份午餐，价格公道，老人吃得放心。\n\n"
        "务站上门诊治，三年来没有漏掉一户。\n"
    )
    repaired = read(page)
    joined = [s for s in repaired.stretches if any(p.seam is not Seam.START for p in s.text.pieces)]
    assert len(joined) == 1
    assert "卫生服务站上门诊治" in joined[0].text.value
    assert [page[s.start : s.end] for s in joined[0].text.raw(0, len(joined[0].text.value))] == [
        "东岭社区每天安排两名网格员入户走访，遇到独居老人生病，马上联系卫生服",
        "务站上门诊治，三年来没有漏掉一户。",
    ]
    assert any("卫生服 | 务站" in re.sub(r"\s*\[.*?\)\s*", " ", line) for line in explain(repaired))


def test_a_repeated_passage_is_kept_once_as_text() -> None:
    passage = "## 三张清单\n\n社区列出资源、需求、项目三张清单，按月更新，谁来办、何时办都写得清楚。\n\n"
    repaired = read(passage + "居民看得见，心里才有底，参与的人也多了起来。\n\n" + passage)
    repeated = [s for s in repaired.stretches if s.repeats is not None]
    assert [s.role for s in repeated] == [Role.FURNITURE] * 2
    assert [repaired.stretches[s.repeats or 0].text.value for s in repeated] == [
        s.text.value for s in repeated
    ]


def test_furniture_captions_and_bylines_are_set_apart() -> None:
    page = (
        "# 江畔小城的治理经\n\n■某市某区委书记 张某\n\n□2016年4月18日 星期一 □本版责编 李某\n\n"
        "志愿者在江堤巡查 王某 摄\n\n小城沿江而建，社区把巡堤和走访并在一起做，一趟走完两件事。"
        " 本报记者 赵某 通讯员 钱某\n"
    )
    roles = [(s.role, s.text.value[:6]) for s in read(page).stretches]
    assert [r for r, _ in roles] == [
        Role.HEADING,
        Role.BYLINE,
        Role.FURNITURE,
        Role.CAPTION,
        Role.BODY,
        Role.BYLINE,
    ]


def test_title_and_writer_above_wrapped_paragraphs_stay_lines_of_their_own() -> None:
    said = (
        "云岭区柳岸社区每周三晚上在院坝里开会，楼长把各家说的难处记下来，能当场办的当场办，办不了的带回街道，"
    )
    text = "　　" + said * 3 + "月底再来说结果。"
    wrapped, other = (
        "\n".join(text[at : at + 26] for at in range(0, len(text), 26))
        for text in (text, text.replace("院坝", "楼道"))
    )
    page = f"柳岸社区的院坝会\n云岭日报记者 张某 2023年9月25日\n{wrapped}\n{other}\n"
    for written in (page, "\n".join(map(" ".join, page.splitlines()))):  # and as OCR may leave it
        found = [(s.role, s.text.value[:4]) for s in read(written).stretches]
        assert found[:2] == [(Role.HEADING, "柳岸社区"), (Role.BYLINE, "云岭日报")]
        assert found[2:] == [(Role.BODY, "云岭区柳")] * 2


def test_a_line_above_a_text_that_begins_with_the_same_place_is_its_heading() -> None:
    page = (
        "云岭区组织部门动态\n\n青禾县\n青禾县把支部建在楼上，又请老党员当楼长，一年来办成实事三十件，居民都说好。\n\n"
        "柳河县建强社区队伍\n柳河县公开招聘社区工作者九十五名，全部安排到社区，由老书记带着学，\n"
    )
    roles = {s.text.value: s.role for s in read(page).stretches}
    assert roles["柳河县建强社区队伍"] is Role.HEADING


def test_stray_latin_is_dropped_and_units_stay() -> None:
    value = read("城市基层党建 work 取得成效，绿道全长 12 km 左右，APP 用户过万。\n").stretches[0].text.value
    assert value == "城市基层党建取得成效，绿道全长12 km左右，APP用户过万。"


def test_an_empty_source_has_no_stretches() -> None:
    assert read("").stretches == ()
    assert read(" \n\n\u3000\n").stretches == ()


COLUMNS_THAT_CHANGE = (  # rows of three columns; the second ends, a stray line of another text comes
    "居民代表每月初一坐到一起， 街道把闲置门面改成邻里客厅， 老人凭卡就能领到热饭热菜，\n"
    "把楼道里的烦心事摆上桌面， 白天下棋读报，晚上开会议事， 子女在手机上看得到送餐时间，\n"
    "能当场办的当场办，办不了的 钥匙交给住得最近的楼长保管。 每餐只收八块钱，不够的部分\n"
    "由网格员记下来，三天内回话， 由社区基金补上，去年共补贴\n"
    "一年下来办成了两百多件实事。 了十一万元，没有让老人多花\n"
    "一分钱。\n"
)


def test_joins_inside_columns_are_told_with_what_lost() -> None:
    repaired = read(COLUMNS_THAT_CHANGE)
    inside = [j for j in repaired.joins if j.head != j.tail + 1]
    assert len(inside) >= 8
    for join in inside:
        assert sum(value for _, value in join.reasons) == pytest.approx(join.score)
        assert [r.score for r in join.rivals] == sorted((r.score for r in join.rivals), reverse=True)
        assert all((r.tail == join.tail) != (r.head == join.head) for r in join.rivals)
    told = list(explain(repaired))
    starts = [line for line in told if line[0] in "+?"]
    assert len(starts) == len(repaired.joins)
    assert [line.startswith("?") for line in starts] == [j.doubtful for j in repaired.joins]
    assert [line.endswith("(doubtful)") for line in starts] == [j.doubtful for j in repaired.joins]
    assert sum(line.startswith("    lost: ") for line in told) == sum(len(j.rivals) for j in repaired.joins)
    assert any("its turn in the row of columns" in line for line in told)


def test_a_doubtful_join_inside_columns_is_doubtful_in_the_text() -> None:
    rng = random.Random(5)
    found = 0
    for seed in range(6):
        rng = random.Random(seed)
        page = press.newspaper_page(*rng.sample(REPORTS, 2), rng)
        repaired = read(page)
        heads = {j.head for j in repaired.joins if j.doubtful}
        for stretch in repaired.stretches:
            marked = {p.raw.start for p in stretch.text.pieces if p.seam is Seam.DOUBTFUL}
            expected = {f.span.start for f in stretch.fragments[1:] if f.index in heads}
            assert marked == expected
            found += len(marked)
    assert found


def test_how_a_sign_is_read_is_no_text_and_other_brackets_are() -> None:
    (stretch,) = read("社區(qū)黨委領(lǐng)辦網(wǎng)格，家在郾（yǎn）城的王一（女）用APP（app）。").stretches
    assert stretch.text.value == "社区党委领办网格，家在郾城的王一（女）用APP（app）。"
    (stretch,) = read("小区（e家）和楼栋(lou)都有(ā b)。").stretches
    assert stretch.text.value == "小区（e家）和楼栋（lou）都有（āb）。"
