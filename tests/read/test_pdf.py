"""Lines of a PDF page put together as paragraphs."""

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2 is missing: pip install 'jiceng[pdf]'")

from jiceng.read.pdf import Run, _joined

HEADING = "云岭区柳岸社区：院坝里的“灯火议事会”越开越亮堂 居民心里踏实"
FIRST = "云岭区下辖街道7个，社区171个，登记党员三千名，常住人口七十"
SECOND = "万人。"


def lines(*placed: tuple[float, str]) -> list[Run]:
    """Lines at these heights, of characters as wide as high."""
    return [Run(50, top, 50 + 12 * len(text), top + 12, text) for top, text in placed]


@pytest.mark.parametrize("more", [1, 4, 9])
def test_short_paragraphs_stay_apart_though_most_steps_are_those_between_them(more: int) -> None:
    """As a browser prints paragraphs of one or two lines: no indent, and space between them."""
    placed = [(0.0, HEADING), (30.0, FIRST), (48.0, SECOND)]
    tops = [78.0 + 30 * number for number in range(more)]
    placed += [(top, f"{number}、划细网格") for number, top in enumerate(tops)]
    assert list(_joined(lines(*placed)))[:2] == [HEADING, FIRST + SECOND]


def test_lines_set_wider_than_a_note_above_them_stay_one_paragraph() -> None:
    note = [Run(50, 10.0 * number, 350, 10.0 * number + 8, "注：本表所列为初步统计数") for number in range(2)]
    body = lines(*((20.0 + 22 * number, FIRST) for number in range(5)))
    assert list(_joined(note + body))[-1] == FIRST * 5
