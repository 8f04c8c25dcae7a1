"""The parts of a page, in its order: stretches, cut where a join took them to another place."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from jiceng.articles.naming import Name
from jiceng.model import Role, Seam, Span
from jiceng.repair import Repaired, Stretch
from jiceng.repair.boxes import is_boxed
from jiceng.repair.chains import is_open
from jiceng.values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a stretch that stands in one place of the page; `torn` if a tear is before it."""

    stretch: int
    start: int
    end: int
    raw: Span
    names: tuple[Name, ...]
    torn: bool


def _begins_in_box(stretch: Stretch, boxes: Mapping[int, int]) -> set[int]:
    """Where fragments begin that a join took from another box of the page."""
    return {
        other.span.start
        for one, other in pairwise(stretch.fragments)
        if one.line != other.line
        and (other.index != one.index + 1 or boxes[one.line] > 1 < boxes[other.line])
    }


def _order(repaired: Repaired) -> Callable[[int], tuple[int, int]]:
    """How what begins at a place of the source comes on the page: by the fragment that holds it."""
    fragments = sorted((f.span.start, f.index) for f in repaired.page.fragments)

    def at(start: int) -> tuple[int, int]:
        number = bisect_right(fragments, (start, len(fragments))) - 1
        return (fragments[number][1] if number >= 0 else -1), start

    return at


def parts_of(repaired: Repaired, names: Sequence[tuple[Name, ...]]) -> list[Part]:
    """The stretches cut where a join took them to another place, in the page's order."""
    places: list[tuple[int, int, int, Span]] = []
    block_starts: dict[int, tuple[int, int]] = {}
    at = _order(repaired)
    boxed = is_boxed(repaired.page.fragments)
    in_line = Counter(f.line for f in repaired.page.fragments)
    for number, stretch in enumerate(repaired.stretches):
        block_starts.setdefault(stretch.block, at(stretch.spans[0].start))
        cuts = [0]
        cuts += [p.start for p in stretch.text.pieces if p.seam in (Seam.JOINED, Seam.DOUBTFUL)]
        if boxed:  # what one box holds stays together
            begins = _begins_in_box(stretch, in_line)
            cuts = [0, *(p.start for p in stretch.text.pieces if p.start and p.raw.start in begins)]
        cuts.append(len(stretch.text.value))
        for start, end in pairwise(cuts):
            spans = stretch.text.raw(start, end)
            if spans:
                places.append((number, start, end, Span(spans[0].start, max(s.end for s in spans))))

    def order(place: tuple[int, int, int, Span]) -> tuple[tuple[int, int], int, int]:
        stretch = repaired.stretches[place[0]]
        if stretch.fragments[0].column and not boxed:  # columns are followed down, not across
            return block_starts[stretch.block], place[0], place[1]
        return at(place[3].start), place[0], place[1]

    places.sort(key=order)
    parts: list[Part] = []
    for number, start, end, raw in places:
        here = tuple(n for n in names[number] if start <= n.start < end)
        before = parts[-1] if parts else None
        torn = start > 0
        if before is not None and not torn:
            last = repaired.stretches[before.stretch]
            torn = before.end < len(last.text.value) or (last.role is Role.BODY and is_open(last.text.value))
        parts.append(Part(number, start, end, raw, here, torn))
    return parts
