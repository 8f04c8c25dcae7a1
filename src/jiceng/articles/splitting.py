"""Repaired stretches to articles, one for each division of a source.

`assignment` tells the division of each part of the page; here parts become articles with one text in
reading order. Text of no division that can be resolved is left out and reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain
from operator import itemgetter

from jiceng.articles.assignment import assign
from jiceng.articles.candidates import candidates
from jiceng.articles.caption import captioned, with_caption
from jiceng.articles.naming import HEADING, Name, names_in
from jiceng.articles.parts import Part, parts_of
from jiceng.articles.placement import Placement
from jiceng.articles.publisher import publisher
from jiceng.articles.sections import narrowed
from jiceng.articles.turns import by_sentence, cut_out, place, renumbered
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Article, Division, DivisionName, Paragraph, Piece, Role, Source, Span, Text
from jiceng.repair import Repaired, Stretch
from jiceng.repair.markup import TAG, bare
from jiceng.values import dataclass

_SUBTITLE = re.compile(r"\W{0,2}(?:[—―─－–]{1,3}|--)\W{0,2}\w")
_CHINESE = re.compile("[\u3400-\u9fff]")
LONGEST_PLACE = 24  # characters of a title before its colon
NEAREST = 400  # characters: how far a paragraph's line break may stand from it in the source


@dataclass(frozen=True, slots=True)
class Split:
    """The articles of a source, in the order of their first text on the page, and what none could have.

    `placed` tells of each run of the page that was decided as one whose it is, how sure that is, and why.
    """

    articles: tuple[Article, ...]
    unplaced: tuple[Stretch, ...] = ()
    warnings: tuple[str, ...] = ()
    placed: tuple[Placed, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Placed:
    """A decision: the text of a part of the page, where it stands, its names, and whose it is.

    `turn` tells whether the part is a sentence in which a larger division's report turns to a smaller one.
    """

    raw: Span
    text: str
    role: Role
    names: tuple[Name, ...]  # counted from the text's beginning
    placement: Placement
    stretch: int  # number of the paragraph that it is (a part of)
    turn: bool = False


def split(repaired: Repaired, gazetteer: Gazetteer) -> Split:
    """Give each stretch to the division that it reports on; what is too uncertain to none."""
    names = narrowed(repaired, names_in(repaired, gazetteer), gazetteer)
    before = parts_of(repaired, names)
    divisions = candidates(repaired, before, gazetteer)
    if not divisions and (beside := captioned(repaired.source, gazetteer)):
        divisions = [beside]
    if not divisions:  # then short forms in mid-sentence may tell
        names = narrowed(repaired, names_in(repaired, gazetteer, loosely=True), gazetteer)
        before = parts_of(repaired, names)
        divisions = candidates(repaired, before, gazetteer)
    if not divisions and (paper := publisher(repaired, names, gazetteer)):
        divisions = [paper]
    if not divisions:
        warnings = (_unresolved(repaired, gazetteer),) if repaired.stretches else ()
        return Split((), repaired.stretches, warnings)
    turned = by_sentence(repaired, names, divisions, gazetteer)
    repaired, inner = turned.repaired, turned.of
    parts = parts_of(repaired, turned.names) if inner else before
    placements = [
        Placement(inner[place(s)]) if place(s := repaired.stretches[part.stretch]) in inner else found
        for part, found in zip(parts, assign(repaired, parts, divisions), strict=True)
    ]
    placed = tuple(
        _decision(repaired, part, found, inner) for part, found in zip(parts, placements, strict=True)
    )
    titles = _titles(repaired, parts)
    said = _Said.of(repaired, turned.names)
    repaired, runs = _torn_apart(repaired, parts, placements)
    chosen: dict[str, list[int]] = {}
    by_code = {}
    unplaced = []
    for number, run in enumerate(runs):
        if run.division is None:
            unplaced.append(repaired.stretches[number])
        else:
            chosen.setdefault(run.division.adcode, []).append(number)
            by_code[run.division.adcode] = run.division
    taken: set[int] = set()
    articles = []
    for code, numbers in chosen.items():
        mine = [n for n in numbers if place(repaired.stretches[n]) in titles.get(code, ())]
        ordered = _order(repaired, numbers, mine)
        articles.append(_article(repaired, by_code[code], ordered, mine, runs, said, taken))
    articles.sort(key=lambda a: (a.spans[0].start if a.spans else 0, a.division.adcode))
    warnings = (_left_over(repaired.source, unplaced),) if unplaced else ()
    articles = with_caption(repaired.source, articles)
    return Split(_with_layout(repaired.source, articles), tuple(unplaced), warnings, placed)


def _decision(repaired: Repaired, part: Part, found: Placement, inner: Mapping[int, Division]) -> Placed:
    stretch = repaired.stretches[part.stretch]
    names = tuple(replace(n, start=n.start - part.start, end=n.end - part.start) for n in part.names)
    text = stretch.text.value[part.start : part.end]
    return Placed(part.raw, text, stretch.role, names, found, part.stretch, place(stretch) in inner)


def _titles(repaired: Repaired, parts: Sequence[Part]) -> dict[str, set[int]]:
    """The places of the headings that name each division."""
    titles: dict[str, set[int]] = {}
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        if stretch.role is Role.HEADING and part.raw.start == place(stretch):
            for name in [n for n in part.names if n.weight >= HEADING][:1]:
                titles.setdefault(name.division.adcode, set()).add(place(stretch))
    return titles


def _left_over(source: Source, unplaced: Sequence[Stretch]) -> str:
    """What is said of text that stands in no article."""
    size = sum(len(s.text.value) for s in unplaced)
    return (
        f"{source.name}: {size} characters stand in no article, as it is too uncertain which division they "
        "tell of; `jiceng repair --explain` shows them"
    )


def _unresolved(repaired: Repaired, gazetteer: Gazetteer) -> str:
    """Why a document gives no article, and what to do."""
    if not _CHINESE.search(repaired.page.text):
        return f"{repaired.source.name}: holds no Chinese text; it gives no article"
    readings: dict[str, tuple[Division, ...]] = {}
    for stretch in repaired.stretches:
        text = stretch.text.value
        for mention in gazetteer.find(text):
            readings[text[mention.start : mention.end]] = mention.candidates
        head, colon, _ = text.partition("：")
        if stretch.role is Role.HEADING and colon and len(head) <= LONGEST_PLACE:
            readings[head] = gazetteer.named(head)
    told = []
    for name, found in sorted(readings.items()):
        if len(found) > 1:
            full = ["".join(o.name for o in (*reversed(gazetteer.within(d)), d)) for d in found]
            told.append(f"{name} may be {' or '.join(full[:4])}{' or another' if len(full) > 4 else ''}")
    several = " or ".join(n for n, found in sorted(readings.items()) if len(found) == 1)
    if not told and several:
        told.append(f"it names {several}, but none as its subject")
    why = f" ({'; '.join(told[:3])})" if told else ""
    return (
        f"{repaired.source.name}: no division could be told from its headings or text{why}; it gives no "
        "article. Write the full name in the first line, as in 省市县：标题, and build again"
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Whose a stretch is (None: nobody's), and where in it that is doubtful."""

    start: int
    end: int
    division: Division | None
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """Where in the source the page names divisions, in order, and how long the names are."""

    starts: tuple[int, ...]
    names: tuple[Name, ...]

    @classmethod
    def of(cls, repaired: Repaired, names: Sequence[tuple[Name, ...]]) -> _Said:
        """The names of all stretches."""
        found = [
            (stretch.text.raw(n.start, n.end)[0].start, n)
            for stretch, here in zip(repaired.stretches, names, strict=True)
            for n in here
        ]
        found.sort(key=itemgetter(0))
        return cls(tuple(at for at, _ in found), tuple(n for _, n in found))

    def within(self, stretch: Stretch, at: int) -> Iterator[DivisionName]:
        """The names in a stretch that begins at an offset of a body."""
        for piece in stretch.text.pieces:
            first = bisect_left(self.starts, piece.raw.start)
            for number in range(first, bisect_left(self.starts, piece.raw.end)):
                start = at + piece.start + self.starts[number] - piece.raw.start
                name = self.names[number]
                yield DivisionName(start, start + name.end - name.start, name.division)


def _torn_apart(
    repaired: Repaired, parts: Sequence[Part], placements: Sequence[Placement]
) -> tuple[Repaired, list[_Run]]:
    """Stretches cut where a join ties parts of different divisions after all, and whose each of them is."""
    of: dict[int, list[_Run]] = {}
    for part, found in zip(parts, placements, strict=True):
        owner = None if found.unplaced else found.division
        doubts = [(part.start, part.end)] if found.doubtful and owner else []
        of.setdefault(part.stretch, []).append(_Run(part.start, part.end, owner, tuple(doubts)))
    stretches: list[Stretch] = []
    result: list[_Run] = []
    for number, stretch in enumerate(repaired.stretches):
        runs: list[_Run] = []
        for run in sorted(of.get(number, ()), key=lambda r: r.start):
            if runs and runs[-1].division == run.division:
                last = runs.pop()
                run = _Run(last.start, run.end, run.division, last.doubts + run.doubts)
            runs.append(run)
        if not runs:
            before = result[-1].division if result else placements[0].division
            runs = [_Run(0, len(stretch.text.value), before)]
        for run in runs:
            stretches.append(cut_out(stretch, run.start, run.end))
            inside = tuple((a - run.start, b - run.start) for a, b in run.doubts)
            result.append(_Run(0, run.end - run.start, run.division, inside))
    return replace(repaired, stretches=renumbered(repaired.stretches, stretches)), result


def _order(repaired: Repaired, numbers: Sequence[int], titles: Sequence[int]) -> list[int]:
    """An article's stretches in reading order: from its title on, what the page has before it last."""
    title = _title(repaired, [t for t in titles if t in numbers])
    if title is None:
        return list(numbers)
    title = _above(repaired, title, numbers)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1 and number != title:
            runs[-1].append(number)
        else:
            runs.append([number])
    first = next(i for i, run in enumerate(runs) if run[0] == title)
    return [n for run in (*runs[first:], *runs[:first]) for n in run]


def _title(repaired: Repaired, titles: Sequence[int]) -> int | None:
    """The heading that is most like a title: the name, a colon, and what it is about; else the first."""

    def rank(number: int) -> tuple[bool, bool]:
        heading = repaired.stretches[number]
        head, colon, rest = heading.text.value.partition("：")
        return not (colon and rest and len(head) <= LONGEST_PLACE), not heading.level

    return min(titles, key=rank, default=None)


def _above(repaired: Repaired, title: int, numbers: Sequence[int]) -> int:
    """The heading whose subtitle (——某区…纪实) a title is, if it is one; else the title."""
    stretches = repaired.stretches
    if title - 1 not in numbers or not _SUBTITLE.match(stretches[title].text.value):
        return title
    above = stretches[title - 1]
    return title - 1 if above.role is Role.HEADING and not _SUBTITLE.match(above.text.value) else title


def _behind(repaired: Repaired, title: int, numbers: Sequence[int]) -> int:
    """Behind a title, and behind its second line where the line ends within a quotation (“门|前三小”激活)."""
    line = repaired.stretches[title].text.value
    if line.count("“") <= line.count("”") or title + 1 not in numbers:
        return title + 1
    below = repaired.stretches[title + 1]
    return title + (2 if below.role is Role.HEADING and "”" in below.text.value else 1)


def _article(
    repaired: Repaired,
    division: Division,
    ordered: Sequence[int],
    titles: Sequence[int],
    runs: Sequence[_Run],
    said: _Said,
    taken: set[int],
) -> Article:
    stretches = [repaired.stretches[n] for n in ordered]
    source = repaired.source
    title_at = _title(repaired, [n for n in titles if n in ordered])
    if title_at is None:
        first = next((n for n in ordered if repaired.stretches[n].role is not Role.FURNITURE), None)
        title_at = first if first is not None and repaired.stretches[first].role is Role.HEADING else None
    titled = range(0)
    if title_at is not None:
        titled = range(_above(repaired, title_at, ordered), _behind(repaired, title_at, ordered))
    headings = [n for n in ordered if repaired.stretches[n].role is Role.HEADING and n not in titled]
    marks = sorted({repaired.stretches[n].level for n in headings})
    value: list[str] = []
    pieces: list[Piece] = []
    paragraphs = []
    doubts: list[tuple[int, int]] = []
    names: list[DivisionName] = []
    at = 0
    for n, stretch in zip(ordered, stretches, strict=True):
        if stretch.repeats is not None:
            continue
        if pieces:
            gap = _layout_after(source.text, pieces[-1].raw.end, stretch.text.pieces[0].raw.start, taken)
            if gap is not None:
                value.append("\n")
                pieces.append(Piece(at, Span(gap, gap + 1)))
                at += 1
        level = 0
        if stretch.role is Role.HEADING:
            level = 1 if n in titled else 2 + marks.index(stretch.level)
        paragraphs.append(Paragraph(at, at + len(stretch.text.value), stretch.role, level))
        pieces += [Piece(p.start + at, p.raw, p.seam) for p in stretch.text.pieces]
        doubts += [(at + start, at + end) for start, end in runs[n].doubts]
        names += said.within(stretch, at)
        value.append(stretch.text.value)
        at += len(stretch.text.value)
    title = "".join(repaired.stretches[n].text.value for n in titled)
    spans = sorted(span for stretch in stretches for span in stretch.spans)
    return Article(
        source,
        division,
        title,
        Text("".join(value), tuple(pieces)),
        tuple(paragraphs),
        tuple(spans),
        tuple(doubts),
        tuple(names),
    )


def _layout_after(text: str, end: int, start: int, taken: set[int]) -> int | None:
    """A layout character that nobody has taken: behind a paragraph or else before the next one."""
    behind = range(end, min(end + NEAREST, len(text)))
    before = range(start - 1, max(start - NEAREST, -1), -1)
    for at in chain(behind[:3], before[:3], behind, before):
        if (text[at].isspace() or TAG.match(text, at)) and at not in taken:
            taken.add(at)
            return at
    return None


def _with_layout(source: Source, articles: Iterable[Article]) -> tuple[Article, ...]:
    """Articles whose spans also hold the layout between their fragments (and their line breaks)."""
    owned: list[tuple[Span, int]] = []
    articles = tuple(articles)
    for number, article in enumerate(articles):
        owned += [(span, number) for span in article.spans]
    owned.sort()
    spans: dict[int, list[Span]] = {n: [] for n in range(len(articles))}
    for (span, number), following in zip(owned, [*owned[1:], None], strict=False):  # none of none
        end = following[0].start if following else len(source.text)
        between = source.text[span.end : end]
        reach = end if not bare(between).strip(" \t\r\n\v\f\u3000#>") else span.end
        mine = spans[number]
        if mine and mine[-1].end == span.start:
            mine[-1] = Span(mine[-1].start, reach)
        else:
            mine.append(Span(span.start, reach))
    return tuple(replace(a, spans=tuple(spans[n])) for n, a in enumerate(articles))
