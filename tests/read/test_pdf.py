"""Pages of PDF files as characters with their places: what their lines, columns, tables and notes become."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2 is missing: pip install 'jiceng[pdf]'")

from jiceng.read.pdf_page import _joined, paragraphs
from jiceng.read.pdf_runs import _Sign, _touching, _without_marks
from jiceng.read.runs import Run

HEADING = "云岭区柳岸社区：院坝里的“灯火议事会”越开越亮堂 居民心里踏实"
FIRST = "云岭区下辖街道7个，社区171个，登记党员三千名，常住人口七十"
SECOND = "万人。"


def lines(*placed: tuple[float, str]) -> list[Run]:
    """Lines at these heights, of characters as wide as high."""
    return [Run(50, top, 50 + 12 * len(text), top + 12, text) for top, text in placed]


def joined(block: list[Run]) -> list[str]:
    return ["".join(run.text for _, run in paragraph) for paragraph in _joined(block)]


@pytest.mark.parametrize("more", [1, 4, 9])
def test_short_paragraphs_stay_apart_though_most_steps_are_those_between_them(more: int) -> None:
    """As a browser prints paragraphs of one or two lines: no indent, and space between them."""
    placed = [(0.0, HEADING), (30.0, FIRST), (48.0, SECOND)]
    tops = [78.0 + 30 * number for number in range(more)]
    placed += [(top, f"{number}、划细网格") for number, top in enumerate(tops)]
    assert joined(lines(*placed))[:2] == [HEADING, FIRST + SECOND]


def test_lines_set_wider_than_a_note_above_them_stay_one_paragraph() -> None:
    note = [Run(50, 10.0 * number, 350, 10.0 * number + 8, "注：本表所列为初步统计数") for number in range(2)]
    body = lines(*((20.0 + 22 * number, FIRST) for number in range(5)))
    assert joined(note + body)[-1] == FIRST * 5


SIZE, LEADING = 10.0, 15.0


def line(left: float, number: float, text: str) -> Run:
    """A line of a page, each character as wide as high."""
    top = 100 + LEADING * number
    return Run(left, top, left + SIZE * len(text), top + SIZE, text)


def column(left: float, first: float, lines: Sequence[str]) -> list[Run]:
    """Lines below each other, the first one set in."""
    indents = [2 * SIZE, *[0.0] * len(lines)]
    return [
        line(left + indent, first + n, text)
        for n, (indent, text) in enumerate(zip(indents, lines, strict=False))
    ]


ONE = ["云岭区把支部建在楼栋", "上，去年组建楼栋党小组", "一百二十个，又请来老党", "员当楼长，帮邻里说事。"]
TWO = ["青禾社区的老党员每周", "三坐在院坝里听居民说话", "，小事当场办，大事带回", "去，月底再把结果说明。"]
WHOLE = ["".join(ONE), "".join(TWO)]


def test_columns_between_titles_are_read_down() -> None:
    # Neither title leaves the gutter free, nor does the page's foot; the space below the columns is widest.
    page = [
        line(100, -3, "云岭区楼栋里的支部"),
        *column(50, 0, ONE),
        *column(180, 0.4, TWO),
        line(90, 9, "柳河县院坝里的会办起来"),
        *column(50, 12, TWO),
        *column(180, 12, ONE),
        line(50, 40, "第三版" + "　" * 12 + "责任编辑"),
    ]
    assert paragraphs(page) == [
        "云岭区楼栋里的支部",
        *WHOLE,
        "柳河县院坝里的会办起来",
        *reversed(WHOLE),
        page[-1].text,
    ]


def test_a_mark_that_hangs_into_the_gutter_does_not_close_it() -> None:
    """Word processors set a mark behind a full line rather than at the head of the next one."""
    hanging = ["云岭区把支部建在", "楼栋，去年组建党小组，", "一百二十个，又请老党", "员当楼长，帮邻里说事。"]
    gutter = 0.6 * SIZE  # as much as the longest line leaves
    right = 50 + SIZE * max(map(len, hanging)) + gutter
    page = [line(80, -4, "云岭区楼栋里的支部办起了夜话"), *column(50, 0, hanging), *column(right, 0.4, TWO)]
    assert paragraphs(page)[1:] == ["".join(hanging), "".join(TWO)]


def test_the_head_of_a_paper_stays_one_line() -> None:
    head = [line(50, -6, "云岭日报"), line(130, -6, "2023年6月"), line(210, -6, "第3版")]
    found = paragraphs(
        [
            *head,
            line(60, -2, "支部建在楼栋上，邻里都来说事，大家都满意"),
            *column(50, 0, ONE),
            *column(180, 0, TWO),
        ]
    )
    assert found[0] == "云岭日报 2023年6月 第3版"
    assert found[-2:] == WHOLE


ROWS = [("街道", "社区", "网格"), ("柳岸街道", "9", "74"), ("青禾街道", "11", "96"), ("合计", "20", "170")]


def table(first: float) -> list[Run]:
    return [
        line(left, first + 1.6 * n, cell)
        for n, row in enumerate(ROWS)
        for left, cell in zip((50, 150, 250), row, strict=True)
    ]


def test_a_table_is_read_row_by_row_wherever_it_stands() -> None:
    rows = [" | ".join(row) for row in ROWS]
    text = [
        line(70, 0, "云岭区把支部建在楼栋上，去年组建楼栋党小组一百二"),
        line(50, 1, "十个，请来老党员当楼长。"),
    ]
    whole = "".join(run.text for run in text)
    assert paragraphs(table(0)) == rows
    assert paragraphs([*text, *table(4)]) == [whole, *rows]
    below = [Run(r.left, r.top + 200, r.right, r.bottom + 200, r.text) for r in text]
    assert paragraphs([*table(0), *below]) == [*rows, whole]


def test_characters_that_touch_are_one_run_in_whatever_order_the_file_has_them() -> None:
    apart = [line(60, 0, "道"), line(50, 1, "9"), line(50, 0, "街"), line(150, 0, "网格")]
    assert [run.text for run in _touching(apart)] == ["街道", "网格", "9"]


def signs(text: str, raised: str = "") -> list[_Sign]:
    height = {True: 4.0, False: 0.0}
    return [
        _Sign(c, SIZE * n, 0, SIZE * (n + 1), SIZE, 8.0 - height[c in raised]) for n, c in enumerate(text)
    ]


def test_the_raised_figure_of_a_note_is_no_part_of_a_number() -> None:
    assert (
        "".join(s.character for s in _without_marks(signs("单位147³家".replace("³", "3"), "3")))
        == "单位147家"
    )
    assert "".join(s.character for s in _without_marks(signs("占地100m2，", "2"))) == "占地100m2，"
    assert "".join(s.character for s in _without_marks(signs("单位147家"))) == "单位147家"


def large(left: float, number: float, text: str) -> Run:
    """A line of a title, its characters half as large again."""
    top = 100 + LEADING * number
    return Run(left, top, left + 1.5 * SIZE * len(text), top + 1.5 * SIZE, text)


def test_a_short_title_and_its_writer_stand_above_all_columns() -> None:
    # The title stands above the first column, its writer in the middle: above the second of three.
    def article(first: float, title: str, writer: str) -> list[Run]:
        return [
            large(50, first, title),
            line(190, first + 2, writer),
            *column(50, first + 3, ONE),
            *column(180, first + 3, TWO),
            *column(310, first + 3, ONE),
        ]

    one, other = ["院坝议事", "云岭区委书记 高平"], ["楼栋支部", "柳河县委书记 丁宁"]
    page = [*article(0, *one), *article(8, *other)]
    assert paragraphs(page) == [*one, *WHOLE, WHOLE[0], *other, *WHOLE, WHOLE[0]]


def test_titles_side_by_side_begin_articles() -> None:
    page = [
        *column(50, 0, ONE),
        *column(180, 0, TWO),
        *column(310, 0, ONE),
        large(50, 5, "院坝议事"),
        large(180, 5, "楼栋支部"),
        *column(50, 7, TWO),
        *column(180, 7, ONE),
    ]
    assert paragraphs(page) == [*WHOLE, WHOLE[0], "院坝议事", WHOLE[1], "楼栋支部", WHOLE[0]]


def test_a_title_inside_a_column_stays_there() -> None:
    # Beside it a picture leaves the other column empty, but for what stands below the picture.
    caption = line(50, 6.2, "院坝里的议事会")
    left = [*column(50, 0, ONE), caption, *column(50, 8, TWO)]
    right = [*column(180, 0, TWO), large(180, 4.2, "楼栋支部"), *column(180, 8, ONE)]
    assert paragraphs([*left, *right]) == [WHOLE[0], caption.text, WHOLE[1], WHOLE[1], "楼栋支部", WHOLE[0]]


def test_a_title_of_two_full_lines_is_one() -> None:
    lines = [large(50, 0, "云岭区：支部建"), large(50, 1.5, "在楼栋"), *column(50, 4, ONE * 2)]
    assert joined(lines)[0] == "云岭区：支部建在楼栋"
