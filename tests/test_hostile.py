"""Documents from anywhere: no crash, no hang, no wrong offset, and work that grows with the text alone."""

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from tests.calls import calls, exponent

from jiceng import cli, pipeline
from jiceng.check import check
from jiceng.model import Source

LEAD = "武侯区：新颜\n成都市武侯区建立小区党支部126个，"
SMALL, LARGE = 3_000, 12_000
STEEPEST = 1.2
"""Exponent of calls in length between the two: 1 is linear, 2 quadratic."""

#: What is repeated until a text is long.
REPEATED = (
    *(
        "（",
        "“",
        "《",
        "（）",
        "《办法》",
        "“模式”",
        "1",
        "一",
        "①",
        "٣",
        "的",
        "、",
        "——",
        "→",
        "；",
        " ",
        "\n",
        "\t",
    ),
    *(
        "社区",
        "甲、",
        "党支部—",
        "2021年",
        "武侯区",
        "武侯区：",
        "1.2万余",
        "提高到85%",
        "街道→",
        "一、",
        "12\t",
        "1|",
    ),
    *(
        "社区党支部126个、",
        "书记：王",
        "王小明",
        "甲社区、乙社区等",
        "# 标题\n",
        "\u200b",
        "\u202e",
        "\ufffd",
        "\ue000",
        "e\u0301",
    ),
    *(
        "建立",
        "由14万元提高到18万元",
        "“小区吹哨、部门报到”机制，",
        "超过近约",
        "百分之",
        "荣获全国",
        "印发《关于",
        "打造成了",
    ),
)


@pytest.fixture(scope="module")
def tools() -> pipeline.Tools:
    return pipeline.load_tools()


def source(text: str) -> Source:
    return Source("a.txt", hashlib.sha256(text.encode()).hexdigest(), text)


@pytest.mark.parametrize("unit", REPEATED)
def test_work_grows_with_the_text_and_no_faster(unit: str, tools: pipeline.Tools) -> None:
    small, large = (LEAD + unit * (size // len(unit)) for size in (SMALL, LARGE))
    pipeline.process(source(small), tools)  # words that are looked up for the first time
    pairs = [(len(text), calls(lambda t=text: pipeline.process(source(t), tools))) for text in (small, large)]
    assert exponent(*pairs) < STEEPEST, pairs


def test_steep_work_would_be_found() -> None:
    def steep(length: int) -> tuple[int, int]:
        return length, calls(lambda: [ord(c) for n in range(length) for c in "社" * n])

    assert exponent(steep(50), steep(200)) > STEEPEST


@pytest.mark.parametrize(
    "text",
    [
        "（" * 100_000,
        "小区" + "9" * 10_000 + "个，社区" + "九" * 10_000 + "个",
        "\u202e社区\u2066党支部\u200b61\u200d个\ufeff，\u061c网格\u206912个",
        "社区٣٤٥个，网格१२३个，小区６１个，楼栋𝟙𝟚个，党员⑫名",
        "\ue000\uf8ff\U000f0000社区3个\ufffd\ufffe\uffff",
        "𠮷" * 2000 + "社区党支部5个",
        "社区党支部5个" + "\r" * 1000 + "\u2028\u2029\x85\x0b\x0c" + "网格7个",
    ],
    ids=["brackets", "long numbers", "directions", "digits", "private", "astral", "line ends"],
)
def test_odd_characters_leave_offsets_right(text: str, tools: pipeline.Tools) -> None:
    whole = LEAD + text
    document = pipeline.process(source(whole), tools)
    assert document.statements
    for statement in document.statements:
        for evidence in statement.evidence:
            assert whole[evidence.span.start : evidence.span.end] == evidence.exact


NAMES = (
    "换\n行.txt",
    "quote\"'.txt",
    "percent%41%.txt",
    "空 格.txt",
    "#?&=.txt",
    "<b>.txt",
    "\u202etxt.txt",
    "长" * 83 + ".txt",
    "-rf.txt",
)


def test_odd_file_names_reach_the_graph_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(LEAD.replace("126", str(number + 3)), "utf-8")
    (folder / "circle").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    code = cli.main(["build", str(folder), "-o", str(tmp_path / "out")])
    assert code in (0, 1)
    names = {
        quad.object.value  # type: ignore[union-attr]
        for quad in parse(path=str(tmp_path / "out" / "jiceng.ttl"), format=RdfFormat.TURTLE)
        if quad.predicate.value == "https://schema.org/name"
    }
    assert set(NAMES) <= names
    assert check(tmp_path / "out").problems == ()


def test_a_long_line_is_read(tools: pipeline.Tools) -> None:
    text = LEAD + "推行“邻里夜话”制度，化解矛盾纠纷530余件，" * 12_000
    assert len(text) > 250_000
    document = pipeline.process(source(text), tools)
    assert len(document.statements) >= 2


def test_many_articles_in_one_document(tools: pipeline.Tools) -> None:
    one = "武侯区：第{0}篇\n成都市武侯区建立小区党支部{0}个。\n云岩区：第{0}篇\n贵阳市云岩区有网格{0}个。\n"
    text = "".join(one.format(n) for n in range(2, 300))
    document = pipeline.process(source(text), tools)
    assert len(document.articles) == 2
