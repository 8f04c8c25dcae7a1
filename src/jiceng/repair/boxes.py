"""Pages that a layout model read box by box: each box of text became one physical line.

Such a line holds all lines of a column's paragraph, one after the other, or, where a box covers several
columns, their rows read across. No line of one box takes its turn with those of the next, so that each is
read apart by itself; which box continues which is for the linking of the whole page to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from jiceng.repair.layout import Fragment, Page

DEEPEST = 7  # lines of columns that one row holds at most
WHOLE, HALF = 1.0, 0.5  # ems that a straight quote is wide
FEWEST_LINES = 3  # inside a box, to tell how wide they usually are
SHARE = 0.2  # of the lines of columns in longer rows, on a page that was read box by box


def is_boxed(fragments: Sequence[Fragment]) -> bool:
    """Whether a good part of a page's columns stands in physical lines too long for rows of columns."""
    in_line = Counter(f.line for f in fragments if f.column)
    long = sum(n for n in in_line.values() if n > DEEPEST)
    return long > 0 and long >= SHARE * sum(in_line.values())


def measured(page: Page) -> Page:
    """The page with straight quotes half an em wide, if by that the lines inside boxes are more alike."""
    spread = {WHOLE: 0.0, HALF: 0.0}
    for _, row in groupby((f for f in page.fragments if f.column), key=lambda f: f.line):
        inner = list(row)[1:-1]
        if len(inner) < FEWEST_LINES:
            continue
        for quote in spread:
            widths = sorted(_width(f, quote) for f in inner)
            spread[quote] += sum(abs(w - widths[len(widths) // 2]) for w in widths)
    if spread[HALF] >= spread[WHOLE]:
        return page
    fragments = tuple(replace(f, width=_width(f, HALF)) for f in page.fragments)
    return replace(page, fragments=fragments)


def _width(fragment: Fragment, quote: float) -> float:
    return fragment.width - (WHOLE - quote) * fragment.text.count('"')


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
