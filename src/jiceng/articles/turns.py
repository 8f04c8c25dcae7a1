"""Sentences in which a report on a larger division turns to a smaller one, and back.

A county or district is told of from where it is the subject of a sentence (湄潭县组建……, not
湄潭县某镇村民说) until the larger division comes back, by name or as 全市, 市委, or the paragraph ends;
the next paragraph goes on about it if it refers back (该县, 县里). Where the sentences of one paragraph
open with different districts side by side (家住云龙区的小周……；泉山区某站点……), each is told of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from jiceng.articles.naming import MENTION, Name, acting, opens
from jiceng.articles.own import own_kinds
from jiceng.articles.patterns import pattern
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Piece, Role, Seam, Span, Text
from jiceng.repair import Repaired, Stretch
from jiceng.values import dataclass

_SENTENCE_END = re.compile(r"(?:[。！？；][”’）]*|(?=……))")
_BACK = 8  # characters in which a sentence says of whom it speaks: 目前，全市……


@dataclass(frozen=True, slots=True)
class Turned:
    """The page with such sentences as stretches of their own, and whose they are, by their place.

    `names` are those of each stretch, as before, but counted from where it begins now.
    """

    repaired: Repaired
    names: list[tuple[Name, ...]]
    of: dict[int, Division]


def by_sentence(
    repaired: Repaired,
    names: Sequence[tuple[Name, ...]],
    divisions: Sequence[Division],
    gazetteer: Gazetteer,
) -> Turned:
    """Cut out what is told of divisions within those that the page reports on (`divisions`)."""
    stretches: list[Stretch] = []
    inside: list[tuple[Name, ...]] = []
    of: dict[int, Division] = {}
    current: Division | None = None  # whose the sentence before was
    last = -1
    codes = {d.adcode for d in divisions}
    for stretch, here in zip(repaired.stretches, names, strict=True):
        if stretch.role is not Role.BODY or stretch.fragments[0].index != last + 1:
            current = None
        if current and not _goes_on(stretch.text.value, current, divisions):
            current = None
        turns: list[tuple[int, Division | None]] = [(0, current)]
        if stretch.role is Role.BODY:
            turns += _turns(stretch.text.value, here, current, divisions, codes, gazetteer)
            current = turns[-1][1]
        starts = dict(turns)
        cuts = sorted({*starts, len(stretch.text.value)})
        for start, end in pairwise(cuts):
            piece = cut_out(stretch, start, end)
            stretches.append(piece)
            inside.append(_between(here, start, end))
            if owner := starts[start]:
                of[place(piece)] = owner
        last = stretch.fragments[-1].index
    return Turned(replace(repaired, stretches=renumbered(repaired.stretches, stretches)), inside, of)


def _between(names: Sequence[Name], start: int, end: int) -> tuple[Name, ...]:
    at = bisect_left(names, start, key=lambda n: n.start)
    here = names[at : bisect_left(names, end, key=lambda n: n.start)]
    return tuple(replace(n, start=n.start - start, end=n.end - start) if start else n for n in here)


def _goes_on(text: str, current: Division, divisions: Sequence[Division]) -> bool:
    """Whether a paragraph refers back to a smaller division: 该县, 县里; 全县 if the larger is none."""
    m = pattern("refers").match(text)
    kind = current.name[-1]
    return m is not None and (m["this"] == kind or (m["kind"] == kind and not _is_kind(kind, divisions)))


def _is_kind(kind: str, divisions: Sequence[Division]) -> bool:
    return any(d.name[-1] == kind for d in divisions)


def _turns(
    text: str,
    names: Sequence[Name],
    current: Division | None,
    divisions: Sequence[Division],
    codes: AbstractSet[str],
    gazetteer: Gazetteer,
) -> Iterator[tuple[int, Division | None]]:
    """Where the speaker changes, and to whom: None is the larger division; `current` had the word before.

    `codes` are those of the `divisions`.
    """
    inner = [
        n
        for n in names
        if opens(n)
        and n.division.adcode not in codes
        and gazetteer.lies_in_any(n.division, codes)
        and not pattern("only_units").match(text, n.end)
    ]
    clauses = list(_in_clauses(text, names, codes, gazetteer))
    side_by_side = len({n.division.adcode for n in inner}) > 1
    subjects = {n.start: n.division for n in inner if side_by_side or acting(text, n)}
    subjects |= {n.start: n.division for n in clauses}
    if not subjects and current is None:
        return
    told = sorted(subjects)
    backs = sorted(n.start for n in names if n.division.adcode in codes and opens(n))
    for start, end in _sentences(text, [n.start for n in clauses]):
        first = bisect_left(told, start)
        if first < len(told) and told[first] < end:
            owner = subjects[told[first]]
            if owner != current:
                current = owner
                yield start, owner
            continue
        back = bisect_left(backs, start)
        if current is not None and (
            (back < len(backs) and backs[back] < end) or _comes_back(text[start : start + _BACK], divisions)
        ):
            current = None
            yield start, None


def _comes_back(opening: str, divisions: Sequence[Division]) -> bool:
    return "该" not in opening and any(_is_kind(kind, divisions) for kind in own_kinds(opening))


def _in_clauses(
    text: str, names: Sequence[Name], codes: AbstractSet[str], gazetteer: Gazetteer
) -> Iterator[Name]:
    """Districts that act in a clause behind one of the same city: 甲区建队伍七支，|乙县请管家八名."""
    before: Name | None = None  # who opens the sentence, or the clause before
    for name in names:
        if before and _SENTENCE_END.search(text, before.end, name.start):
            before = None
        if opens(name):
            before = name if name.division.level == "county" and acting(text, name) else None
        elif (
            before is not None
            and text[name.start - 1] == "，"
            and name.weight == MENTION
            and name.division.level == "county"
            and name.division != before.division
            and name.division.parent == before.division.parent
            and gazetteer.lies_in_any(name.division, codes)
            and not pattern("smaller").match(text, name.end)
            and not pattern("in_clause").match(text, name.end)
        ):
            yield name
            before = name


def _sentences(text: str, clauses: Sequence[int]) -> Iterator[tuple[int, int]]:
    ends = sorted({*(m.end() for m in _SENTENCE_END.finditer(text)), *clauses, len(text)} - {0})
    yield from pairwise([0, *ends])


def place(stretch: Stretch) -> int:
    """Where a stretch begins in the source: no two begin at the same place."""
    return stretch.fragments[0].span.start


def renumbered(old: Sequence[Stretch], new: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """New stretches whose `repeats` count in the new list."""
    at = {place(s): number for number, s in enumerate(new)}
    return tuple(s if s.repeats is None else replace(s, repeats=at[place(old[s.repeats])]) for s in new)


def cut_out(stretch: Stretch, start: int, end: int) -> Stretch:
    """The part of a stretch whose text is `start:end`, with the fragments (or parts of them) behind it."""
    if start == 0 and end == len(stretch.text.value):
        return stretch
    pieces = []
    for p in stretch.text.pieces:
        first, last = max(p.start, start), min(p.end, end)
        if first < last:
            raw = Span(p.raw.start + first - p.start, p.raw.start + last - p.start)
            pieces.append(Piece(first - start, raw, p.seam if first > start else Seam.START))
    fragments = []
    begin, stop = pieces[0].raw.start, pieces[-1].raw.end
    inside = {(p.raw.start, p.raw.end) for p in pieces}
    for f in stretch.fragments:
        if not any(a < f.span.end and f.span.start < b for a, b in inside):
            continue
        low = begin if f.span.start <= begin < f.span.end and start else f.span.start
        high = stop if f.span.start < stop <= f.span.end and end < len(stretch.text.value) else f.span.end
        inner = f.text[low - f.span.start : high - f.span.start]
        fragments.append(replace(f, span=Span(low, high), text=inner))
    text = Text(stretch.text.value[start:end], tuple(pieces))
    return replace(stretch, text=text, fragments=tuple(fragments))
