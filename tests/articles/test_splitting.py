"""Articles: which division speaks where, in texts of one, two and many divisions."""

from __future__ import annotations

import hashlib
import random
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

import itertools

import press
from jiceng.articles import Split, split, splitting
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Article, Origin, Role, Source
from jiceng.repair import repair

GAZETTEER = Gazetteer(load_divisions())
REPORTS = press.reports()
CASES: list[dict[str, Any]] = [
    case
    for name in ("cases.toml", "layouts.toml", "roundups.toml", "roundups_fresh.toml")
    for case in tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["case"]
]


def read(text: str) -> Split:
    return split(repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text)), GAZETTEER)


def names(found: Split) -> list[str]:
    return [a.division.name for a in found.articles]


def check(text: str, found: Split) -> None:
    """Articles share no character, their text is their source's, and nothing is left over or lost."""
    seen: set[int] = set()
    for article in found.articles:
        spans = article.spans
        assert all(a.end < b.start for a, b in itertools.pairwise(spans))
        mine = {i for s in spans for i in range(s.start, s.end)}
        assert not mine & seen
        seen |= mine
        mapped: set[int] = set()
        for piece in article.body.pieces:
            here = range(piece.raw.start, piece.raw.end)
            assert not mapped & set(here)
            mapped |= set(here)
            for offset, at in enumerate(here):
                if article.body.value[piece.start + offset] == "\n":
                    assert text[at].isspace()
                else:
                    assert at in mine
        assert sum(len(p.raw) for p in article.body.pieces) == len(article.body.value)
        for paragraph in article.paragraphs:
            assert 0 <= paragraph.start < paragraph.end <= len(article.body.value)
        assert all(0 <= start < end <= len(article.body.value) for start, end in article.doubts)
    left = {i for stretch in found.unplaced for s in stretch.spans for i in range(s.start, s.end)}
    assert not left & seen
    assert all(i in seen or i in left or c.isspace() or c in "#>\ufeff" for i, c in enumerate(text))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans())
def test_nothing_is_lost_or_given_twice(seed: int, number: int, columns: bool) -> None:
    rng = random.Random(seed)
    chosen = rng.sample(REPORTS, number)
    if columns:
        text = press.newspaper_page(chosen[0], chosen[-1], rng)
    else:
        text = press.interleaved(chosen, rng, rng.choice((2, 3, 4)))
    check(text, read(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([p["text"] for c in CASES for p in c["parts"]]), min_size=1, max_size=8))
def test_any_mixture_of_reports_loses_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    found = read(text)
    check(text, found)
    codes = [a.division.adcode for a in found.articles]
    assert len(codes) == len(set(codes))
    assert found == read(text)


def test_a_plain_report_is_one_article_with_its_title() -> None:
    for report in REPORTS:
        found = read("\n".join(report.paragraphs) + "\n")
        assert len(found.articles) == 1
        article: Article = found.articles[0]
        assert report.division.endswith(article.division.name)
        assert article.title == report.paragraphs[0]
        assert article.body.value == "\n".join(report.paragraphs)
        assert article.paragraphs[0].level == 1
        assert {p.level for p in article.paragraphs if p.role is Role.HEADING} == {1, 2}


@pytest.mark.parametrize("dash", ["——", "—", "--", "──"])
def test_a_subtitle_that_names_the_district_has_its_title_above_it(dash: str) -> None:
    lines = [
        "巷陌深处话家常 一盏茶里解心结",
        f"{dash}甘肃省兰州市七里河区推进院落议事纪实",
        "七里河区各社区每月请居民到院落里喝茶议事，一年里商定了修路灯、清楼道等事项。",
        "围炉议事有章程",
        "西站街道的社区把议题写在黑板上，谁来办、何时办，一清二楚。",
    ]
    found = read("\n".join(lines) + "\n")
    (article,) = found.articles
    assert article.title == lines[0] + lines[1]
    assert article.body.value == "\n".join(lines)
    headings = [(p.start, p.level) for p in article.paragraphs if p.role is Role.HEADING]
    assert [level for _, level in headings] == [1, 1, 2]


def test_interleaved_articles_go_to_their_own_districts() -> None:
    right = total = 0
    for seed in range(6):
        rng = random.Random(seed)
        chosen = rng.sample(REPORTS, 2)
        found = read(press.interleaved(chosen, rng, 2))
        for report in chosen:
            body = press.plain(
                "".join(a.body.value for a in found.articles if report.division.endswith(a.division.name))
            )
            pieces = [press.plain(s)[:8] for s in report.sentences]
            right += sum(p in body for p in pieces)
            total += len(pieces)
    assert right / total >= 0.85


def test_each_news_item_that_names_its_district_once_by_its_path_gives_an_article() -> None:
    """Items in turn: a path in an item's first sentence is no place named in passing."""
    chosen = [r for r in press.news() if r.division.endswith(("靖西市", "霞浦县"))]
    for seed in range(6):
        page = press.in_turns(chosen, random.Random(seed), 2, ("paragraph",))
        text = "".join(f"{paragraph}\n\n" for _, paragraph in page)
        found = read(text)
        check(text, found)
        owner = whose(text, found)
        for report in chosen:
            meant = GAZETTEER.resolve(report.division)
            assert meant is not None
            for paragraph in report.paragraphs[:2]:
                assert owner[text.index(paragraph)] == meant.adcode


@pytest.mark.parametrize(
    ("text", "division"),
    [
        (
            "贵州省遵义市汇川区：\n“院坝会”开到家门口\n街道干部每月到院坝里听意见，能办的事当场办。\n",
            "520303",
        ),
        ("院坝会开到家门口\n■湄潭县委书记 李某\n全县每月开一次院坝会，听取意见二百多条。\n", "520328"),
        ("长塘社区位于湄潭县城南，有居民九百户。社区把食堂办到楼下，老人走几步就能吃上热饭。\n", "520328"),
    ],
)
def test_the_district_is_told_from_heading_byline_or_text(text: str, division: str) -> None:
    assert [a.division.adcode for a in read(text).articles] == [division]


def test_a_report_on_a_city_keeps_the_places_that_it_names() -> None:
    text = (
        "贵州遵义：小院议事聚民心\n\n遵义市推行小院议事，每月一次，事情由大家商量着办。\n\n"
        "湄潭县黄家坝镇牛场村村民王某说，自从有了小院议事，吵架的少了。\n\n"
        "遵义市还把议事结果贴在墙上，谁来办、何时办一清二楚。\n"
    )
    assert names(read(text)) == ["遵义市"]


def test_a_sentence_in_which_a_county_acts_is_its_own() -> None:
    text = (
        "贵州遵义：小院议事聚民心\n\n遵义市推行小院议事，每月一次，事情由大家商量着办。"
        "湄潭县组建议事员队伍120支，每季度评比一次。\n\n遵义市还把议事结果贴在墙上，一清二楚。\n"
    )
    found = read(text)
    assert sorted(names(found)) == ["湄潭县", "遵义市"]
    county = next(a for a in found.articles if a.division.name == "湄潭县")
    assert county.body.value == "湄潭县组建议事员队伍120支，每季度评比一次。"


def whose(text: str, found: Split) -> list[str]:
    """The code that each character of a text went to; "" where it went to nobody."""
    owner = [""] * len(text)
    for article in found.articles:
        for span in article.spans:
            owner[span.start : span.end] = [article.division.adcode] * len(span)
    return owner


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_each_part_goes_to_whom_a_careful_reader_would_give_it(case: dict[str, Any]) -> None:
    text = "".join(part["text"] for part in case["parts"])
    found = read(text)
    check(text, found)
    owner = whose(text, found)
    at = 0
    for part in case["parts"]:
        end = at + len(part["text"])
        went = {owner[i] for i in range(at, end) if not text[i].isspace() and text[i] != "#"}
        if part["of"] != "?":
            division = GAZETTEER.resolve(part["of"])
            assert (division is None) == (not part["of"])
            assert went == {division.adcode if division else ""}, part["text"]
        at = end
    if "warns" in case:
        assert any("page.txt" in w and case["warns"] in w for w in found.warnings)
    codes = [a.division.adcode for a in found.articles]
    assert len(codes) == len(set(codes))


def test_text_without_a_division_gives_no_article_but_a_warning() -> None:
    found = read("老人把菜种撒进土里，说等春天来了就有新鲜菜吃。\n")
    assert found.articles == ()
    assert found.unplaced
    assert "page.txt" in found.warnings[0]


def test_text_that_is_not_chinese_is_told_so() -> None:
    (told,) = read("The district of 2024 has 48 branches.\n").warnings
    assert told == "page.txt: holds no Chinese text; it gives no article"


def test_an_ambiguous_name_is_not_guessed() -> None:
    assert read("鼓楼区推行楼长制，每栋楼选一名楼长，有事先找楼长。\n").articles == ()


def test_an_empty_source_says_nothing() -> None:
    assert read("") == Split((), (), ())


def test_a_page_of_which_nothing_is_sure_has_no_layout_to_share_out() -> None:
    assert splitting._with_layout(Source("page.txt", "0" * 64, "一行\n又一行\n"), ()) == ()


@pytest.mark.parametrize(
    ("publisher", "found"),
    [("青冈县人民政府门户网站", ["青冈县"]), ("青冈县融媒体中心", ["青冈县"]), ("某某新闻网", []), ("", [])],
)
def test_whose_site_a_page_is_of_tells_where_nothing_else_does(publisher: str, found: list[str]) -> None:
    text = "楼栋里的支部\n我县把支部建在楼栋上，请来老党员当楼长，一年来化解纠纷三百起。\n"
    source = Source("page.html", hashlib.sha256(text.encode()).hexdigest(), text, Origin(publisher=publisher))
    assert names(split(repair(source), GAZETTEER)) == found


def beside(title: str, text: str) -> Split:
    """A text whose title stands beside it, as in a table's column of titles."""
    source = Source("table.csv#1", hashlib.sha256(text.encode()).hexdigest(), text, Origin(title=title))
    return split(repair(source), GAZETTEER)


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("贵州省贵阳市云岩区：院落有了当家人", "近年来，我区建立院落党支部35个。", "云岩区"),
        ("北京市朝阳区：楼门长上岗", "朝阳区选聘楼门长420名。", "朝阳区"),
        ("辽宁省沈阳市铁西区：红色管家", "湖南省长沙市岳麓区组建管家队伍12支。", "岳麓区"),
    ],
)
def test_a_title_beside_the_text_tells_whose_it_is_where_the_text_does_not(
    title: str, text: str, name: str
) -> None:
    found = beside(title, text)
    assert names(found) == [name]
    assert found.articles[0].title == title
    check(text, found)


def test_a_title_beside_the_text_gives_way_to_its_own_and_may_name_nobody() -> None:
    assert not beside("楼门长上岗", "朝阳区选聘楼门长420名。").articles
    assert not beside("北京市朝阳区与辽宁省朝阳市结对", "双方互派干部12名。").articles
    own = beside("汇编之三", "北京市朝阳区：楼门长上岗\n朝阳区选聘楼门长420名。")
    assert own.articles[0].title == "北京市朝阳区：楼门长上岗"


def test_a_title_that_breaks_off_within_a_quotation_has_its_second_line() -> None:
    body = "岳麓区组建管家队伍12支，走访居民310户。"
    text = f"湖南省长沙市岳麓区：“门\n前三小”添活力\n{body}"
    (article,) = read(text).articles
    assert article.title == "湖南省长沙市岳麓区：“门前三小”添活力"
    (other,) = read(f"湖南省长沙市岳麓区：门前添活力\n“三小”进院落\n{body}").articles
    assert other.title == "湖南省长沙市岳麓区：门前添活力"


@pytest.mark.parametrize("head", ["◆{}\n", "【{}】", "{}：议事有方\n", ""])
@pytest.mark.parametrize(
    "credit",
    [
        "（记者 周文 通讯员 吴武）",
        "\n（周文 吴武）",
        "\n通讯员 周文 吴武",
        "\n（记者 周文）",
        "（{}委组织部 供稿）",
    ],
)
def test_who_wrote_an_item_stands_below_it(head: str, credit: str) -> None:
    items = []
    for name, thing in (("同安区", "邻里汇"), ("翔安区", "金点子"), ("海沧区", "红管家")):
        body = f"近年来，{name}在青禾社区建起“{thing}”议事会，每月议事一次。"
        items.append(head.format(name) + body + credit.format(name).replace("周", thing[0]))
    found = read("各区传真\n" + "\n".join(items) + "\n")
    assert sorted(names(found)) == ["同安区", "海沧区", "翔安区"]
    for article, sign in zip(sorted(found.articles, key=lambda a: a.division.adcode), "红邻金", strict=True):
        written = credit.format(article.division.name).replace("周", sign).strip()
        assert written.replace(" ", "") in article.body.value.replace(" ", "")


def test_a_word_that_heads_an_item_is_the_district_that_the_item_names() -> None:
    found = read(
        "沧州动态\n■新华：议事有方\n近年来，新华区推行议事，建起议事会12个。\n"
        "■运河：管家进门\n柳岸街道青禾社区位于运河区，推行管家进门，配备管家9名。\n"
    )
    assert names(found) == ["新华区", "运河区"]
    assert "管家进门" not in found.articles[0].body.value


@pytest.mark.parametrize(
    ("title", "own", "name"),
    [
        ("河南 台前 网格做活", "全县网格员312名，县委每月听取一次。", "台前县"),
        ("北京｜东城：网格做活", "全区网格员312名，区委每月听取一次。", "东城区"),
        ("【北京·东城】网格做活", "全区网格员312名，区委每月听取一次。", "东城区"),
        ("甘肃｜清水：网格做活", "全县网格员312名，县委每月听取一次。", "清水县"),
    ],
)
def test_a_word_behind_its_city_or_province_is_the_district_of_that_name(
    title: str, own: str, name: str
) -> None:
    assert names(read(f"{title}\n{own}\n")) == [name]


def test_a_word_that_two_districts_of_a_province_bear_is_no_guess() -> None:
    found = read("河北新华：网格做活\n全区网格员312名，区委每月听取一次。\n")
    assert "新华区" not in names(found)


def test_a_province_alone_is_no_county_of_its_name() -> None:
    found = read("河南 网格做活\n全县网格员312名，县委每月听取一次。\n")
    assert "河南蒙古族自治县" not in names(found)


def test_a_citys_court_or_hospital_that_opens_a_sentence_leaves_the_text_to_the_county() -> None:
    text = (
        "工作简报（第3期）\n中共甘肃省酒泉市玉门市委办公室编\n【青禾镇】石坝村由退休教师主持说事，玉门市司法局派人到场。\n"
        "【柳岸镇】酒泉市中级人民法院、玉门市人民法院柳岸法庭定期巡回。\n【南街】柳坞社区推行议事。\n报：市委常委。\n"
    )
    assert names(read(text)) == ["玉门市"]
    assert names(read("酒泉市人民医院走进社区\n酒泉市人民医院在全市建起服务站12个。\n")) == ["酒泉市"]
