"""What a page looks like: its lines, the fragments that spaces part, and the width of its columns.

A *fragment* is the smallest thing that the repair moves: a whole line of well-set text, or, where the
lines of narrow columns stand side by side or one after the other, each line of a column. Widths count
in ems: a CJK character or a punctuation mark 1, an ASCII letter or digit 0.5.
"""

from __future__ import annotations

import re
from collections import Counter

from jiceng.model import Span
from jiceng.repair.lines import CLOSED, Line, lines_of, width
from jiceng.repair.roles import ASIDE, role_of
from jiceng.repair.wrapped import unwrapped
from jiceng.values import dataclass

NARROWEST, WIDEST = 6.0, 40.0  # of a column, in ems
_PARTS = re.compile(r"[，；。、]")
_TITLE = re.compile(r"^\W*[\u4e00-\u9fff]{1,22}[省市区县州盟旗][:：][^，；。]{2,40}$")
MOST_CELLS, ENDED = 10, 0.7  # of a row, and share of cells that end at a mark
_MARKS = "，。；：、！？”）》"
FEWEST_ROWS = 6  # of columns of another width than most of the page
BLANK = 2  # spaces inside one line of a column, at most
SHORT = 1.5  # ems that a line of a column lacks at least where its paragraph ends
WRAPPED = 0.25  # share of the text in lines that are wrapped at one width, if a page is


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of the source that is moved as one. `column` tells whether it is one line of a column.

    `measure` is the width of that column where it differs from most of the page's.
    """

    index: int
    span: Span
    text: str
    line: int
    level: int
    column: bool
    width: float
    measure: float | None = None

    @property
    def closed(self) -> bool:
        """Whether it ends where a sentence ends."""
        return bool(CLOSED.search(self.text))

    def over(self, column: float | None) -> float:
        """How much wider than the column it is; 0 for what is not a line of a column."""
        measure = self.measure or column
        return self.width - measure if self.column and measure else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A source cut into fragments; `width` is that of its columns, None if it has none.

    `wrapped` tells whether it is plain text that was broken into lines.
    """

    text: str
    lines: tuple[Line, ...]
    fragments: tuple[Fragment, ...]
    width: float | None
    wrapped: bool = False


def lay_out(text: str) -> Page:
    """Cut a source into lines and fragments. They are disjoint, in order, and leave only layout between."""
    broken = tuple(lines_of(text))
    lines = unwrapped(text, broken)
    column = _column_width(text, lines)
    cells = [_cells(text, line, column) if column else [] for line in lines]
    is_set = _set_lines(text, lines, cells, column) if column else [False] * len(lines)
    measures: list[float | None] = [None] * len(lines)
    if column:
        for number, (measure, row) in _set_otherwise(text, lines, is_set, column).items():
            is_set[number], measures[number], cells[number] = True, measure, row
    fragments: list[Fragment] = []
    for number, line in enumerate(lines):
        for span in cells[number] if is_set[number] else [line.span]:
            piece = text[span.start : span.end]
            size, at = width(piece), len(fragments)
            fragments.append(
                Fragment(at, span, piece, number, line.level, is_set[number], size, measures[number])
            )
    return Page(text, lines, tuple(fragments), column, len(lines) < len(broken))


def _set_otherwise(
    text: str, lines: tuple[Line, ...], is_set: list[bool], column: float
) -> dict[int, tuple[float, list[Span]]]:
    """Lines that hold columns of another width than most of the page, with that width and their cells."""
    numbers = [n for n, line in enumerate(lines) if not is_set[n] and not line.level]
    rest = tuple(lines[n] for n in numbers)
    measure = _column_width(text, rest, rows_only=True) if len(rest) >= FEWEST_ROWS else None
    if measure is None or abs(measure - column) <= 2:
        return {}
    cells = [_cells(text, line, measure) for line in rest]
    found = _set_lines(text, rest, cells, measure)
    return {n: (measure, row) for n, row, is_one in zip(numbers, cells, found, strict=True) if is_one}


def _column_width(text: str, lines: tuple[Line, ...], rows_only: bool = False) -> float | None:
    """The width that most lines of columns have, if the page shows signs of columns at all.

    With `rows_only` these signs are rows of several columns, not text wrapped at one width.
    """
    inside: Counter[int] = Counter()
    size = sum(len(line.span) for line in lines)
    for line in lines:
        widths = [width(text[t.start : t.end]) for t in line.tokens[:-1]]
        usual = sorted(widths)[len(widths) // 2] if widths else 0.0
        alike = sum(abs(w - usual) <= 2 for w in widths)
        ended = sum(text[t.end - 1] in _MARKS for t in line.tokens[:-1])
        if len(widths) > MOST_CELLS or (len(widths) > 2 and ended > ENDED * len(widths)):
            continue  # spaces behind marks, or anywhere
        if line.level == 0 and NARROWEST <= usual <= WIDEST and alike >= 0.6 * len(widths):
            inside.update(round(w) for w in widths)
    mode = _mode(inside) if inside else 0
    fitting = sum(inside[mode + d] for d in (-1, 0, 1))
    total = sum(inside.values())
    others = Counter({w: n for w, n in inside.items() if abs(w - mode) > 1})
    other = _mode(others) if others else 0
    both = fitting + sum(others[other + d] for d in (-1, 0, 1))  # a page may have columns of two widths
    usual_one = 2 * fitting >= total or (3 * fitting >= total and 3 * both >= 2 * total)
    if fitting >= FEWEST_ROWS and usual_one and fitting * mode >= 0.1 * size:
        return float(mode)
    if rows_only:
        return None
    # Text that is wrapped at a fixed width: most lines end in mid-sentence, at the same width.
    open_lines = [line for line in lines if not CLOSED.search(text[line.span.start : line.span.end])]
    wrapped = Counter(round(width(text[x.span.start : x.span.end])) for x in open_lines)
    usual_width = _mode(wrapped) if wrapped else 0
    alike = sum(n for w, n in wrapped.items() if abs(w - usual_width) <= 1)
    fills = alike * usual_width >= WRAPPED * size  # headings of one length do not make columns
    if (
        len(open_lines) >= 8
        and NARROWEST <= usual_width <= WIDEST
        and alike >= 0.6 * len(open_lines)
        and fills
    ):
        return float(usual_width)
    return None


def _mode(widths: Counter[int]) -> int:
    """The width with the most neighbours within one em; the larger of equals."""
    return max(widths, key=lambda w: (sum(widths[w + d] for d in (-1, 0, 1)), widths[w], w))


def _cells(text: str, line: Line, column: float) -> list[Span]:
    """The tokens of a line, those joined again that a number or a Latin word parts inside one cell."""
    cells: list[Span] = []
    for token in line.tokens:
        last = cells[-1] if cells else None
        if last and (text[last.end - 1].isascii() or text[token.start].isascii()):
            number = text[last.end - 1].isalnum() and text[last.end - 1].isascii()
            number |= text[token.start].isalnum() and text[token.start].isascii()
            joined = width(text[last.start : last.end]) + width(text[token.start : token.end])
            ended = joined < column - SHORT and CLOSED.search(text[last.start : last.end]) is not None
            if number and joined <= column + 1 and not ended:  # 喊一声就到。 | 11个小时。
                cells[-1] = Span(last.start, token.end)
                continue
        cells.append(token)
    return cells


def _set_lines(text: str, lines: tuple[Line, ...], cells: list[list[Span]], column: float) -> list[bool]:
    """Which lines hold lines of columns, rather than whole paragraphs or headings."""
    found: list[bool] = []
    whole = [_stands_apart(text[line.span.start : line.span.end]) for line in lines]
    for line, row, apart in zip(lines, cells, whole, strict=True):
        found.append(not apart and _is_set(text, line, row, column, bool(found) and found[-1]))
    # What stands in the same block of lines, and is no wider than columns, is part of them.
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for number in order:
            if found[number] or whole[number] or not found[number + step] or lines[number].level:
                continue
            one, other = sorted((lines[number].span, lines[number + step].span))
            together = text.count("\n", one.end, other.start) <= 1
            narrow = all(width(text[c.start : c.end]) <= column + 2 for c in cells[number])
            more = len(cells[number]) > 1 or bool(CLOSED.search(text[: one.end][-3:]))
            found[number] = together and narrow and more
    return found


def _stands_apart(line: str) -> bool:
    """Whether a line is a title, a caption, a byline or furniture, even where it looks like columns."""
    return not _PARTS.search(line) and (bool(_TITLE.match(line)) or role_of(line, 0) in ASIDE)


def _is_set(text: str, line: Line, cells: list[Span], column: float, before: bool) -> bool:
    """Whether a line holds lines of columns, rather than a whole paragraph or a heading."""
    widths = [width(text[c.start : c.end]) for c in cells]
    ending = text[cells[-1].start : cells[-1].end]
    near = len(cells) == 2 and cells[1].start - cells[0].end <= BLANK
    if near and line.level == 0 and abs(sum(widths) + 1 - column) <= 1.5:
        cells[:] = [line.span]  # one line of a column with a space in it
        return True
    if len(cells) == 1:
        full = abs(widths[0] - column) <= 2
        return line.level == 0 and (full or (before and widths[0] < column and bool(CLOSED.search(ending))))
    fitting = sum(abs(w - column) <= 3 for w in widths[:-1])
    if len(cells) == 2:
        whole = widths[1] >= column - 2 or bool(re.search(r"[。！？；，、;,.]$", ending))
        return whole and column - 3 <= widths[0] <= column + 3
    return fitting >= 0.5 * (len(cells) - 1)
