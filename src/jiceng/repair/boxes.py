"""Pages that a layout model read box by box: each box of text became one physical line.

Such a line holds all lines of a column's paragraph, one after the other, or, where a box covers several
columns, their rows read across. No line of one box takes its turn with those of the next, so that each is
read apart by itself; which box continues which is for the linking of the whole page to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from jiceng.repair.layout import Fragment, Page
from jiceng.repair.lines import width

DEEPEST = 7  # lines of columns that one row holds at most
MARKS = "，、；：,;:"
NARROWER = ("", '"', MARKS, '"' + MARKS)  # signs that may be half an em wide
PLAINLY = 1.1  # by so much lines must be more alike with narrow marks
FEWEST_LINES = 3  # inside a box, to tell how wide they usually are
SHARE = 0.2  # of the lines of columns in longer rows, on a page that was read box by box


def is_boxed(fragments: Sequence[Fragment]) -> bool:
    """Whether a good part of a page's columns stands in physical lines too long for rows of columns."""
    in_line = Counter(f.line for f in fragments if f.column)
    long = sum(n for n in in_line.values() if n > DEEPEST)
    return long > 0 and long >= SHARE * sum(in_line.values())


def narrow_signs(fragments: Iterable[Fragment]) -> str:
    """Signs that are set half an em wide: straight quotes, and marks within sentences, if by that the lines
    inside boxes are more alike.
    """
    boxes = [list(row)[1:-1] for _, row in groupby((f for f in fragments if f.column), key=lambda f: f.line)]
    spread: dict[str, float] = {}
    for narrow in NARROWER:
        rows = [sorted(width(f.text, narrow) for f in inner) for inner in boxes if len(inner) >= FEWEST_LINES]
        spread[narrow] = sum(abs(w - row[len(row) // 2]) for row in rows for w in row)
    return min(NARROWER, key=lambda narrow: spread[narrow] * (PLAINLY if MARKS in narrow else 1.0))


def measured(page: Page, narrow: str) -> Page:
    """The page with those signs half an em wide."""
    fragments = [replace(f, width=width(f.text, narrow)) for f in page.fragments]
    column, shift = page.width, 0.0
    if column and MARKS in narrow:
        inside = Counter(round(f.width) for f in fragments if f.column)
        column = float(min(inside, key=lambda w: (-inside[w], w)))
        shift = column - (page.width or column)
    return replace(
        page,
        width=column,
        fragments=tuple(replace(f, measure=f.measure + shift) if f.measure else f for f in fragments),
    )


def runs(fragments: Sequence[Fragment], boxed: bool) -> list[tuple[Fragment, ...]]:
    """The fragments that are read apart together: all of them, or each box by itself.

    Lines of one fragment are a column that was set line by line; those that follow each other at once are
    rows. Both stay together.
    """
    if not boxed:
        return [tuple(fragments)] if fragments else []
    in_line = Counter(f.line for f in fragments)
    touching: set[int] = set()
    for one, other in pairwise(fragments):
        if one.line != other.line and other.span.start - one.span.end == 1:
            touching.update((one.line, other.line))

    def box(f: Fragment) -> int:
        return f.line if in_line[f.line] > 1 and f.line not in touching else -1

    return [tuple(run) for _, run in groupby(fragments, key=box)]
