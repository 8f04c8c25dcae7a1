"""What readers see of a page: lines, tables that only place things, and whose site it is."""

from datetime import date

import pytest

from jiceng.model import Origin, Source
from jiceng.pipeline import load_tools, process
from jiceng.read.html import _tree, text_of


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ("街道有网格12\n个，社区\n    34个。", ["街道有网格12个，社区34个。"]),
        ("　　居民一起商量。\n　　街道有网格12\n个。", ["居民一起商量。", "街道有网格12个。"]),
    ],
    ids=["within a sentence", "before an indent"],
)
def test_lines_are_joined_unless_an_indent_opens_a_paragraph(told: str, lines: list[str]) -> None:
    tree = _tree(f"<html><body><div>{told}</div></body></html>")
    assert [line.strip() for line in tree.text_content().splitlines()] == lines


TOLD = [
    f"我县把支部建在{place}上，请来老党员当{place}长，挨家挨户听大家说难处，能当场办的当场办，办不了的带回"
    f"街道，月底再到{place}口来说结果。一年来，{place}长收到居民的话七百多句，化解纠纷三百起，修好路灯九十盏。"
    for place in ("楼栋", "院落", "街巷", "码头")
]
FRAMED = (
    "<html><head><title>楼栋里的支部 - 云岭县人民政府门户网站</title></head><body><table>"
    "<tr><td colspan=2><a>首页</a> | <a>政务公开</a></td></tr>"
    "<tr><td><a>要闻</a><br><a>通知</a></td><td><table><tr><td><b>楼栋里的支部</b></td></tr><tr><td>"
    f"{'<br><br>'.join('&nbsp;&nbsp;' + told for told in TOLD)}</td></tr></table>"
    "</td></tr></table></body></html>"
)


def test_tables_that_place_things_part_nothing_and_the_head_tells_whose_site_it_is() -> None:
    text, origin = text_of(FRAMED.encode(), "page.html")
    assert [line.strip() for line in text.splitlines() if line.strip()] == ["# 楼栋里的支部", *TOLD]
    assert origin.publisher == "云岭县人民政府门户网站"


def test_tables_of_numbers_stay_tables() -> None:
    table = "<table><tr><td>街道</td><td>网格</td></tr><tr><td>柳岸街道</td><td>12</td></tr></table>"
    page = (
        f"<html><body><h1>楼栋里的支部</h1>{''.join(f'<p>{told}</p>' for told in TOLD)}{table}</body></html>"
    )
    text, _ = text_of(page.encode(), "page.html")
    assert "| 柳岸街道 | 12 |" in text


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        ("", "发布时间：2022年4月12日 来源：云岭发布", date(2022, 4, 12)),
        ('<meta name="PubDate" content="2022年4月12日">', "发布日期：2022年4月12日", date(2022, 4, 12)),
        ('<meta name="PubDate" content="2022-04-12 09:30">', "", date(2022, 4, 12)),
        ('<meta name="PubDate" content="2022-4-1">', "", date(2022, 4, 1)),
        ("", "云岭发布 2022年", None),
    ],
)
def test_the_day_of_a_page_is_one_that_stands_there(head: str, line: str, day: date | None) -> None:
    told = "".join(f"<p>{told}</p>" for told in TOLD)
    page = f"<html><head>{head}</head><body><h1>楼栋里的支部</h1><div>{line}</div>{told}</body></html>"
    assert text_of(page.encode(), "page.html")[1].published == day


@pytest.mark.parametrize("end", ["", "</div>"])
def test_a_page_that_was_not_saved_to_its_end_is_told(end: str) -> None:
    whole = f"<html><body><div><p>{'</p><p>'.join(TOLD)}</p>{end}</div></body></html>"
    assert not text_of(whole.encode(), "page.html")[1].cut_off
    assert text_of(whole[: whole.index("</body>")].encode(), "page.html")[1].cut_off
    assert not text_of(f"<div><p>{'</p><p>'.join(TOLD)}</p></div>".encode(), "page.html")[1].cut_off


def test_a_build_says_that_a_page_breaks_off() -> None:
    text = "# 四川泸州市江阳区：楼栋里的支部\n\n全区建成楼栋支部90个，"
    source = Source("page.html", "0" * 64, text, Origin(cut_off=True))
    warnings = process(source, load_tools()).warnings
    assert warnings[0] == "page.html: may lack its end (no </body> or </html>), and is read as far as it goes"
