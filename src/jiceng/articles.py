"""Which division speaks where: repaired stretches to articles, one for each division of a source.

Headings, bylines and the places that the text names are evidence for a division; a search over the
whole page (Viterbi) gives each stretch to one, so that a stretch that names nobody follows its
neighbours and what it is joined to. Text of no division that can be resolved is left out and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiceng.gazetteer import DivisionMention, Gazetteer
from jiceng.model import Article, Division, Paragraph, Piece, Role, Seam, Source, Span, Text
from jiceng.repair import Repaired, Stretch

HEADING, BYLINE, LEAD, MENTION = 8.0, 6.0, 3.0, 1.5  # evidence of a name by where it stands
SWITCH = 3.5  # cost of another division's turn
AT_HEADING = -1.5  # less where a heading begins it
JOINED = 6.0  # evidence of a join with text of a division
OPENING = 14  # characters at a stretch's start in which a name is its subject
OPEN_PLACE = re.compile(r"^\W*(?:在|位于|地处|走进|近[日年]来?，?|日前，?|今年以来，?|家住|居住在)?\s*$")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；][”’）]*|[^。！？；]+$")


@dataclass(frozen=True, slots=True)
class Split:
    """The articles of a source, in the order of their titles, and what could not be given to one."""

    articles: tuple[Article, ...]
    unplaced: tuple[Stretch, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch, or the part of one that stands in one place of the page, with the names in it."""

    stretch: int
    start: int  # in the stretch's text
    end: int
    raw: Span
    names: tuple[DivisionMention, ...]
    title: Division | None = None  # that a heading or byline names


def split(repaired: Repaired, gazetteer: Gazetteer) -> Split:
    """Give each stretch to the division that it reports on."""
    names = _names(repaired, gazetteer)
    parts = _parts(repaired, names, gazetteer)
    candidates = _candidates(repaired, parts, gazetteer)
    if not candidates:
        where = repaired.source.name
        warning = (
            f"{where}: no division of China could be told from its headings or text; it gives no article"
        )
        return Split((), repaired.stretches, (warning,) if repaired.stretches else ())
    owners = _owners(repaired, parts, candidates, gazetteer)
    chosen: dict[str, list[int]] = {}
    of_stretch = _owner_of_stretch(repaired, parts, owners)
    for number, division in enumerate(of_stretch):
        chosen.setdefault(division.adcode, []).append(number)
    taken_layout: set[int] = set()
    articles = []
    by_code = {d.adcode: d for d in candidates}
    for code, numbers in chosen.items():
        titles = [p.stretch for p in parts if p.title is not None and p.title.adcode == code]
        ordered = _order(repaired, numbers, titles)
        articles.append(_article(repaired, by_code[code], ordered, titles, taken_layout))
    articles.sort(key=lambda a: (a.spans[0].start if a.spans else 0, a.division.adcode))
    return Split(_with_layout(repaired.source, articles), (), ())


def _names(repaired: Repaired, gazetteer: Gazetteer) -> dict[int, tuple[DivisionMention, ...]]:
    """The divisions that each stretch names; a first look at the whole page is the context of a second."""
    whole = "\n".join(s.text.value for s in repaired.stretches)
    first = {m.division.adcode: m.division for m in gazetteer.find(whole) if m.division}
    levels = Counter(d.level for d in first.values())
    context = [d for d in first.values() if d.level != "county" or levels["county"] < 30]
    found: dict[int, list[DivisionMention]] = {}
    at, number = 0, 0
    starts = []
    for stretch in repaired.stretches:
        starts.append(at)
        at += len(stretch.text.value) + 1
    for mention in gazetteer.find(whole, context):
        while number + 1 < len(starts) and starts[number + 1] <= mention.start:
            number += 1
        here = DivisionMention(
            mention.start - starts[number], mention.end - starts[number], mention.candidates, mention.division
        )
        found.setdefault(number, []).append(here)
    return {n: _finest(tuple(ms), gazetteer) for n, ms in found.items()}


def _finest(mentions: Sequence[DivisionMention], gazetteer: Gazetteer) -> tuple[DivisionMention, ...]:
    """Of names that form a path (福建省漳州市长泰区) one mention of the last, from where the path begins."""
    kept: list[DivisionMention] = []
    for m in mentions:
        if m.division is None:
            continue
        before = kept[-1] if kept else None
        if (
            before
            and before.division
            and m.start - before.end <= 1
            and gazetteer.is_within(m.division, before.division)
        ):
            kept[-1] = DivisionMention(before.start, m.end, m.candidates, m.division)
        else:
            kept.append(m)
    return tuple(kept)


def _parts(
    repaired: Repaired, names: dict[int, tuple[DivisionMention, ...]], gazetteer: Gazetteer
) -> list[_Part]:
    """The stretches cut where a join took them to another place of the page, in the page's order."""
    parts = []
    for number, stretch in enumerate(repaired.stretches):
        cuts = [0]
        cuts += [p.start for p in stretch.text.pieces if p.seam in (Seam.JOINED, Seam.DOUBTFUL)]
        cuts.append(len(stretch.text.value))
        for start, end in zip(cuts, cuts[1:], strict=False):
            spans = stretch.text.raw(start, end)
            if not spans:
                continue
            here = tuple(m for m in names.get(number, ()) if start <= m.start < end)
            title = None
            if stretch.role in (Role.HEADING, Role.BYLINE) and here:
                title = here[0].division
            parts.append(_Part(number, start, end, Span(spans[0].start, spans[-1].end), here, title))
    return sorted(parts, key=lambda p: p.raw.start)


def _candidates(repaired: Repaired, parts: Sequence[_Part], gazetteer: Gazetteer) -> list[Division]:
    """Divisions that the text may be about: named by a heading or byline, or as a subject.

    If one of them contains others that only serve as places in its report, those are left out.
    """
    weight: Counter[str] = Counter()
    titled: set[str] = set()
    found: dict[str, Division] = {}
    for part in parts:
        text = repaired.stretches[part.stretch].text.value
        for m in part.names:
            if m.division is None:
                continue
            found[m.division.adcode] = m.division
            weight[m.division.adcode] += 1
            if part.title == m.division:
                titled.add(m.division.adcode)
            elif OPEN_PLACE.match(text[part.start : m.start]):
                weight[m.division.adcode] += 1
    subjects = []
    for code in sorted(found):
        division = found[code]
        around = {d.adcode for d in gazetteer.within(division)}
        inner = [c for c in found if c != code and gazetteer.is_within(found[c], division)]
        if code in titled:
            subjects.append(division)
        elif any(o in titled or weight[o] > 2 * weight[code] for o in around if o in found):
            continue
        elif inner and not weight[code] > 2 * max(weight[c] for c in inner):
            continue
        elif titled and weight[code] < 4:
            continue
        elif weight[code] >= 2 or weight[code] == max(weight.values()):
            subjects.append(division)
    return subjects or [found[c] for c in sorted(found, key=lambda c: (-weight[c], c))][:1]


def _evidence(
    repaired: Repaired, parts: Sequence[_Part], divisions: Sequence[Division]
) -> list[dict[str, float]]:
    """For each part, how much speaks for each division."""
    codes = {d.adcode for d in divisions}
    evidence: list[dict[str, float]] = []
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        here: dict[str, float] = {}
        for m in part.names:
            code = m.division.adcode if m.division else ""
            if code not in codes:
                continue
            if stretch.role is Role.HEADING:
                value = HEADING
            elif stretch.role is Role.BYLINE:
                value = BYLINE
            else:
                value = LEAD if m.start - part.start <= OPENING else MENTION
            here[code] = min(here.get(code, 0.0) + value, 12.0)
        evidence.append(here)
    for index in range(len(parts) - 2, -1, -1):  # headings and bylines announce what follows
        stretch = repaired.stretches[parts[index].stretch]
        if stretch.role in (Role.HEADING, Role.BYLINE) and not evidence[index]:
            evidence[index] = {c: 0.6 * v for c, v in evidence[index + 1].items()}
    return evidence


def _owners(
    repaired: Repaired, parts: Sequence[_Part], divisions: Sequence[Division], gazetteer: Gazetteer
) -> list[Division]:
    """The most likely division of each part (Viterbi), with joined parts drawn to each other."""
    evidence = _evidence(repaired, parts, divisions)
    owners = _viterbi(repaired, parts, divisions, evidence)
    for _ in range(3):
        drawn = [dict(e) for e in evidence]
        first: dict[int, int] = {}
        for index in sorted(range(len(parts)), key=lambda i: (parts[i].stretch, parts[i].start)):
            leader = first.setdefault(parts[index].stretch, index)
            if leader != index:
                together = owners[leader].adcode
                drawn[index][together] = drawn[index].get(together, 0.0) + JOINED
        again = _viterbi(repaired, parts, divisions, drawn)
        if again == owners:
            break
        owners = again
    return owners


def _viterbi(
    repaired: Repaired,
    parts: Sequence[_Part],
    divisions: Sequence[Division],
    evidence: Sequence[dict[str, float]],
) -> list[Division]:
    scores = [evidence[0].get(d.adcode, 0.0) for d in divisions]
    back: list[list[int]] = []
    for index in range(1, len(parts)):
        heading = repaired.stretches[parts[index].stretch].role is Role.HEADING
        cost = SWITCH + (AT_HEADING if heading else 0.0)
        best = max(range(len(divisions)), key=lambda k: (scores[k], -k))
        step, new = [], []
        for k, division in enumerate(divisions):
            stay = scores[k] >= scores[best] - cost
            step.append(k if stay else best)
            new.append(
                (scores[k] if stay else scores[best] - cost) + evidence[index].get(division.adcode, 0.0)
            )
        back.append(step)
        scores = new
    at = max(range(len(divisions)), key=lambda k: (scores[k], -k))
    path = [at]
    for step in reversed(back):
        at = step[at]
        path.append(at)
    return [divisions[k] for k in reversed(path)]


def _owner_of_stretch(
    repaired: Repaired, parts: Sequence[_Part], owners: Sequence[Division]
) -> list[Division]:
    """A stretch belongs to the division of most of its text; one without text to that before it."""
    votes: dict[int, Counter[str]] = {}
    by_code = {d.adcode: d for d in owners}
    for part, owner in zip(parts, owners, strict=True):
        votes.setdefault(part.stretch, Counter())[owner.adcode] += part.end - part.start
    result: list[Division] = []
    for number in range(len(repaired.stretches)):
        counted = votes.get(number)
        if counted:
            result.append(by_code[max(sorted(counted), key=lambda c: counted[c])])
        else:
            result.append(result[-1] if result else owners[0])
    return result


def _order(repaired: Repaired, numbers: Sequence[int], titles: Sequence[int]) -> list[int]:
    """An article's stretches in reading order: from its title on, what the page has before it last."""
    if not titles or titles[0] not in numbers:
        return list(numbers)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1 and number != titles[0]:
            runs[-1].append(number)
        else:
            runs.append([number])
    first = next(i for i, run in enumerate(runs) if run[0] == titles[0])
    return [n for run in (*runs[first:], *runs[:first]) for n in run]


def _article(
    repaired: Repaired, division: Division, ordered: Sequence[int], titles: Sequence[int], taken: set[int]
) -> Article:
    stretches = [repaired.stretches[n] for n in ordered]
    source = repaired.source
    title_at = next((n for n in ordered if n in titles and repaired.stretches[n].role is Role.HEADING), None)
    if title_at is None:
        first = next((n for n in ordered if repaired.stretches[n].role is not Role.FURNITURE), None)
        title_at = first if first is not None and repaired.stretches[first].role is Role.HEADING else None
    marks = sorted(
        {s.level for n, s in zip(ordered, stretches, strict=True) if s.role is Role.HEADING and n != title_at}
    )
    value: list[str] = []
    pieces: list[Piece] = []
    paragraphs = []
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
            level = 1 if n == title_at else 2 + marks.index(stretch.level)
        paragraphs.append(Paragraph(at, at + len(stretch.text.value), stretch.role, level))
        pieces += [Piece(p.start + at, p.raw, p.seam) for p in stretch.text.pieces]
        value.append(stretch.text.value)
        at += len(stretch.text.value)
    title = repaired.stretches[title_at].text.value if title_at is not None else ""
    spans = sorted(span for stretch in stretches for span in stretch.spans)
    return Article(
        source, division, title, Text("".join(value), tuple(pieces)), tuple(paragraphs), tuple(spans)
    )


def _layout_after(text: str, end: int, start: int, taken: set[int]) -> int | None:
    """A layout character that nobody has taken: behind a paragraph or else before the next one."""
    for at in (*range(end, min(end + 4, len(text))), *range(start - 1, max(start - 5, -1), -1)):
        if not text[at].isspace():
            if at >= end and at < start:
                continue
            break
        if at not in taken:
            taken.add(at)
            return at
    for at in range(len(text)):
        if text[at].isspace() and at not in taken:
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
    for (span, number), following in zip(owned, [*owned[1:], None], strict=True):
        end = following[0].start if following else len(source.text)
        between = source.text[span.end : end]
        reach = end if not between.strip(" \t\r\n\v\f\u3000\ufeff#>") else span.end
        mine = spans[number]
        if mine and mine[-1].end == span.start:
            mine[-1] = Span(mine[-1].start, reach)
        else:
            mine.append(Span(span.start, reach))
    return tuple(
        Article(a.source, a.division, a.title, a.body, a.paragraphs, tuple(spans[n]))
        for n, a in enumerate(articles)
    )
