"""The same report as publishers, crawlers and telephones lay it out: every fact stays what it is.

Each way of laying out says the same to a reader. So it must to the program: kind, name, value, unit, what is
measured and whose it is, for invented reports.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from functools import cache

import pytest

from jiceng import pipeline
from jiceng.model import Measurement, Mechanism, Organisation, Person, Source, TierChain

REPORTS = (
    """湖北省宜昌市夷陵区：把议事桌摆进橘园边
夷陵区地处城乡接合部，辖区有社区38个、小区216个，常住人口52万人。区委从建强组织入手，构建“区委—街道党工委—社区党委—小区党支部”四级组织体系，新成立小区党支部143个，选派第一书记216名。
推行“橘园夜话”议事机制，每月至少开会2次，由居民代表、物业经理、社区民警围坐一桌。三年来共收集意见4260条，办结4185条，办结率98.2%。对一时办不了的事，实行“红黄绿”亮灯督办，逾期3天亮黄灯，逾期7天亮红灯。
区财政每年拿出1200万元设立邻里微基金，撬动社会资金860余万元，建成橘香驿站52个、长者食堂31家，服务老年人6.3万人次。印发《夷陵区小区治理十条》，把好做法固定下来。
""",
    """青桐街道：一张网兜住千家事
四川省广元市利州区青桐街道下辖9个社区，住着2.8万户居民。过去网格员只有46名，楼上楼下的事常常顾不过来。去年春天，街道把辖区重新划成87个网格，每个网格配1名专职网格员和3名兼职网格员。
“有人管，还要管得好。”街道党工委书记贾明远说。街道建立“一格一策”工作法，整合社区民警、法律顾问、退休教师等力量240人，组建“青桐叶”志愿服务队17支，累计上门服务1.9万次，化解矛盾纠纷735件。
河湾社区老旧院落多，社区党委办起“院坝茶摊”，每周三请居民喝茶议事，先后改造水电管网4600米，新增停车位320个。2023年，河湾社区被评为“四川省先进基层党组织”。
""",
)
"""Invented."""

PUNCTUATION = str.maketrans("，；：（）！？", ",;:()!?")
DIGITS = str.maketrans("0123456789%", "０１２３４５６７８９％")
CORNERS = str.maketrans("“”‘’", "「」『』")
RADICALS = str.maketrans(
    "人一大小工力立行老网民门心手文用自车里山", "⼈⼀⼤⼩⼯⼒⽴⾏⽼网⺠⻔⼼⼿⽂⽤⾃⻋⾥⼭"
)
TRADITIONAL = str.maketrans(
    "区会个书记党组织体议园边处乡结员办实办红黄绿灯机制选万众乡业经围区产见条长设资邻驿务层级街张网过个时处来动贾远说建计学师发广台东两",
    "區會個書記黨組織體議園邊處鄉結員辦實辦紅黃綠燈機制選萬眾鄉業經圍區產見條長設資鄰驛務層級街張網過個時處來動賈遠說建計學師發廣臺東兩",
)
NO_START = "，。；：、！？）”》"


def lines(paragraph: str, size: int) -> list[str]:
    found, line = [], ""
    for sign in paragraph:
        if len(line) >= size and sign not in NO_START:
            found.append(line)
            line = ""
        line += sign
    return [*found, line]


def wrapped(size: int, between: str, indent: str = "", end: str = "\n") -> Callable[[str], str]:
    def laid_out(report: str) -> str:
        title, *paragraphs = report.splitlines()
        return between.join([title, *(end.join(lines(indent + p, size)) for p in paragraphs)])

    return laid_out


def clauses(report: str) -> str:
    title, *paragraphs = report.splitlines()
    return "\n\n".join([title, *("\n".join(re.findall("[^，。；]+[，。；]”?", p)) for p in paragraphs)])


def on_a_site(report: str) -> str:
    title, *paragraphs = report.splitlines()
    above = ["网站首页 > 基层治理 > 正文", title, "浏览次数：1203 字体：【大 中 小】"]
    below = [
        "【打印本页】【关闭窗口】",
        "上一篇：没有了",
        "下一篇：春耕正当时",
        "主办：某某网 网站标识码：12345",
    ]
    return "\n".join([*above, *paragraphs, *below])


def paged(report: str) -> str:
    title, *paragraphs = report.splitlines()
    broken = [line for p in paragraphs for line in lines(p, 30)]
    pages = (broken[at : at + 9] for at in range(0, len(broken), 9))
    told = ("\n".join([*page, f"第{number}页 共3页"]) for number, page in enumerate(pages, 1))
    return "\n".join([title, *told])


def sown(sign: str) -> Callable[[str], str]:
    def laid_out(report: str) -> str:
        rng = random.Random(7)
        return "".join(c + sign * (rng.random() < 0.2) for c in report)

    return laid_out


def chained(dash: str) -> Callable[[str], str]:
    return lambda report: report.replace("—", dash)


LAYOUTS: dict[str, Callable[[str], str]] = {
    **{f"lines of {size}": wrapped(size, "\n\n") for size in (20, 24, 31, 38)},
    "indented lines": wrapped(30, "\n", "　　"),
    "lines, nothing between paragraphs": wrapped(34, "\n"),
    "lines of another system": wrapped(26, "\r\n\r\n", end="\r\n"),
    "a line for each clause": clauses,
    "a page of a site": on_a_site,
    "pages with their numbers": paged,
    "half-width punctuation": lambda report: report.translate(PUNCTUATION),
    "full-width digits": lambda report: report.translate(DIGITS),
    "corner quotes": lambda report: report.translate(CORNERS),
    "straight quotes": lambda report: re.sub("[“”]", '"', report),
    "full-width straight quotes": lambda report: re.sub("[“”]", "＂", report),
    "mixed quotes": lambda report: re.sub("“([^”]{1,5})”", "「\\1」", report),
    "angles": lambda report: report.replace("《", "〈").replace("》", "〉"),
    "radicals": lambda report: report.translate(RADICALS),
    "traditional": lambda report: report.translate(TRADITIONAL).translate(CORNERS),
    "zero-width spaces": sown("\u200b"),
    "word joiners": sown("\u2060"),
    "soft hyphens": sown("\u00ad"),
    "spaces at numbers": lambda report: re.sub(
        "(?<=[^\\W\\d])(?=\\d)|(?<=\\d)(?=[^\\W\\d])", "\u00a0", report
    ),
    "tags": lambda report: "".join(f"<p>{p}</p>" for p in report.splitlines()),
    "entities": lambda report: re.sub("“", "&ldquo;", re.sub("”", "&rdquo;", report)).replace("—", "&mdash;"),
    "bold numbers": lambda report: re.sub("([0-9.]+)", r"**\1**", report),
    "line ends written out": lambda report: report.replace("\n", "\\n"),
    "thin spaces sown": sown("\u2009"),
    "spaces behind marks": lambda report: re.sub("([，。；：、])(?=.)", "\\1 ", report),
    "letters for ones and noughts": lambda report: re.sub("(?<=\\d)0(?=[个件万余人])", "O", report),
    "tabs": lambda report: "\t" + report.replace("\n", "\n\t"),
    "blank lines": lambda report: report.replace("\n", "\n\n\n"),
    **{f"chains with {dash}": chained(dash) for dash in "–―─－-‐→"},
}


@cache
def tools() -> pipeline.Tools:
    return pipeline.load_tools()


def told(text: str) -> set[tuple[object, ...]]:
    """What the facts of a text say, without their places; their quotes are what the text has there."""
    found: set[tuple[object, ...]] = set()
    source = Source("a.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    for statement in pipeline.process(source, tools()).statements:
        fact = statement.fact
        said: tuple[object, ...] = (type(fact).__name__, statement.division)
        for evidence in statement.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.exact
        match fact:
            case Measurement():
                said += (fact.value, fact.upper, fact.comparator, fact.unit, fact.measured, fact.subject)
            case Mechanism() | Organisation() | Person():
                said += (fact.name,)
            case TierChain():
                said += tuple(tier.label for tier in fact.tiers)
        found.add(said)
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layout_changes_no_fact(layout: str) -> None:
    for report in REPORTS:
        text = LAYOUTS[layout](report)
        assert text != report or layout in ("angles", "mixed quotes") or layout.startswith("chains")
        assert told(text) == told(report)


def test_the_reports_have_facts_of_many_kinds() -> None:
    kinds = [str(said[0]) for report in REPORTS for said in told(report)]
    assert kinds.count("Measurement") > 25
    assert {"Mechanism", "Organisation", "Person", "TierChain", "PolicyDocument", "Honour"} <= set(kinds)
