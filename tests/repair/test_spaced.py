"""Pages whose columns spaces keep side by side are read down; what only looks alike is left alone."""

from __future__ import annotations

import hashlib
import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import press
from jiceng.model import Seam, Source
from jiceng.repair import Repaired, repair, spaced
from jiceng.repair.spaced import read_down

FILES = Path(__file__).parents[1] / "read" / "files"
REPORTS = press.reports()
WRITTEN = (FILES / "pages.jsonl").read_text("utf-8")


def read(text: str) -> Repaired:
    return repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text))


@pytest.mark.parametrize("name", ["columns2.txt", "columns3.txt"])
def test_what_pdftotext_laid_out_is_read_down_its_columns(name: str) -> None:
    """Written by `pdftotext -layout` of the PDF files beside them."""
    text = (FILES / name).read_text("utf-8")
    repaired = read(text)
    for stretch in repaired.stretches:
        assert stretch.text.value in WRITTEN.replace("\\n", "\n"), stretch.text.value
    assert any("去年以来共收集意见建议3270条，办结率达到96.5%。" in s.text.value for s in repaired.stretches)


def test_a_sentence_of_several_lines_is_quoted_line_by_line() -> None:
    text = (FILES / "columns3.txt").read_text("utf-8")
    found = next(s.text for s in read(text).stretches if "96.5%" in s.text.value)
    at = found.value.index("去年以来")
    spans = found.raw(at, found.value.index("96.5%") + 5)
    assert "".join(text[s.start : s.end] for s in spans) == "去年以来共收集意见建议3270条，办结率达到96.5%"
    assert len(spans) > 1
    assert {p.seam for p in found.pieces} == {Seam.START, Seam.BELOW}


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("columns", [2, 3, 4])
def test_columns_are_found_however_places_are_counted(columns: int, wide: bool) -> None:
    for report in REPORTS:
        text = "\n".join(s.text.value for s in read(press.padded(report, columns, 13, 3, wide)).stretches)
        assert press.whole(report.sentences, text) > 0.9, (report.division, text)


def test_each_page_is_read_by_itself() -> None:
    one, other = REPORTS[:2]
    plain = "\n".join(other.paragraphs)
    text = press.padded(one, 3, 13, 4) + "\f" + plain + "\n"
    down = read_down(text)
    assert down is not None
    assert down.text.endswith("\f" + plain + "\n")
    assert press.whole(one.sentences, down.text) > 0.9


def test_a_page_whose_rows_its_columns_do_not_part_is_left_to_the_search_for_what_goes_on() -> None:
    rows = press.padded(REPORTS[0], 3, 13, 3).splitlines()
    full = [row for row in rows if len(row.split()) == 3]
    fused = "\n".join("  ".join(row.split()) + "  " + "".join(row.split()) for row in full)
    text = "\n".join(rows)
    assert read_down(text) is not None
    assert read_down(text + "\n" + fused * 2) is None


def paragraphs(first: str, other: str) -> str:
    return "\n\n".join(
        "\n".join([first + one, *(other + n for n in more)]) for one, *more in map(lines, REPORTS)
    )


def lines(report: press.Report) -> list[str]:
    return press.set_lines(report.paragraphs, 24)


VERSES = ("云岭山前柳色新，", "小区门口话儿真。", "东家有事西家应，", "不是亲人胜似亲。")
ROWS = (
    ("任务", "责任单位", "完成时限"),
    ("建成社区食堂十二家", "区民政局、各街道办事处", "六月底前"),
    ("改造老旧管网", "区住建局", "十月底前完成全部工程"),
    ("修订居民公约、积分细则", "各社区居委会", "年底前"),
    ("配齐网格员", "区委政法委、区财政局、各街道", "三月"),
    ("开通便民巴士五条", "区交通局", "五月底"),
    ("评选最美楼栋长", "区委组织部、区融媒体中心", "每季度一次"),
)


@pytest.mark.parametrize(
    "text",
    [
        paragraphs("    ", ""),
        paragraphs("        ", "    "),
        "\n".join(f"{' ' * 4 * (n % 3)}{line}" for n, line in enumerate(VERSES * 6)),
        "\n".join(f"{one}        {other}" for one, other in pairwise(VERSES * 6)),
        "\n".join("".join(cell + " " * (24 - len(cell)) for cell in row) for row in ROWS * 2),
        "\n".join("".join(cell + " " * (48 - 2 * len(cell)) for cell in row) for row in ROWS * 2),
        "\n".join("| " + " | ".join(f"{cell:　<14}   " for cell in row) + " |" for row in ROWS * 2),
        "\n".join("   ".join(line) for line in lines(REPORTS[0])),
        "\n".join(line.replace("，", "，    ") for report in REPORTS for line in lines(report)),
    ],
    ids=[
        "indented",
        "set in",
        "verses",
        "verses side by side",
        "table",
        "wide table",
        "Markdown",
        "spread",
        "marks",
    ],
)
def test_other_texts_with_spaces_are_left_alone(text: str) -> None:
    assert read_down(text) is None


def test_no_text_of_one_column_is_taken_for_columns() -> None:
    for path in (Path(__file__).parents[1] / "gold").rglob("*.txt"):
        assert read_down(path.read_text("utf-8")) is None, path


def test_a_row_of_many_words_is_measured_a_few_times_and_not_word_by_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured: list[int] = []

    def counted(text: str) -> float:
        measured.append(len(text))
        return len(text)

    monkeypatch.setattr(spaced, "width", counted)
    text = "居民议事   社区工作\n" * 6 + "居 " * 2000
    assert read_down(text) is None
    assert sum(measured) < 10 * len(text)
