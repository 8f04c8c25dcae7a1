"""Which division each part of a page speaks of: names are evidence, tears are where speakers change.

The parts of a page, in its order, are given to divisions by a search over the whole page (Viterbi). A name
in a heading, byline or at the opening of a sentence speaks for its division. To change the speaker costs
little at a tear, more at a heading, most between two paragraphs. Parts that a join ties are drawn together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiceng.gazetteer import DivisionMention, Gazetteer
from jiceng.model import Division, Role, Seam, Span
from jiceng.repair import Repaired
from jiceng.repair.chains import is_open

HEADING, BYLINE, OPENING, SENTENCE, MENTION = 10.0, 8.0, 6.0, 5.0, 2.0  # evidence of a name by its place
LARGEST = 14.0  # evidence that one part gives at most
SWITCH, SWITCH_AT_HEADING, SWITCH_AFTER_CLOSING, SWITCH_AT_TEAR = 3.2, 2.2, 1.2, 0.6  # costs
SWITCH_IN_COLUMN, SWITCH_COLUMN = 4.0, 0.6  # at a join within a column, and from one column to another
JOINED = 4.0  # what a join with a part of a division says for it
ROUNDS = 4
NEAR = 4  # lines: a sentence that goes on farther away says nothing about what is between

_BEFORE_NAME = re.compile(
    r"^\W*(?:\d+[.、])?\W*(?:在|位于|地处|走进|近[日年]来?，?|日前，?|今年以来，?)?\W*$"
)
_SENTENCE_START = re.compile(r"[。！？；：][”’）]*\W*(?:在|近[日年]来?，?|目前，?)?$")
_CLOSING = re.compile(
    r"^(?:下一步|今后|面向未来|展望未来|立足新|站在新|随着一|如今|现在的|实践证明|实践表明)|^.{2,8}(?:的实践(?:说明|证明|表明)|通过.{2,90}(?:提升|增强|提高|改善)。$)"
)
_SMALLER = re.compile(
    r"\s?(?:[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|村|社区|小区)|某|的|路|大[道街]|第?[一二三四五六七八九十\d])"
)
_NOT_A_PLACE = "路街道镇村乡大站港口湖山河江桥东西南北"


@dataclass(frozen=True, slots=True)
class Name:
    """A division's name in a part: text offsets, the division, and how much it says."""

    start: int
    end: int
    division: Division
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a stretch that stands in one place of the page; `torn` if a tear is before it."""

    stretch: int
    start: int
    end: int
    raw: Span
    names: tuple[Name, ...]
    torn: bool


def names_in(repaired: Repaired, gazetteer: Gazetteer) -> list[tuple[Name, ...]]:
    """The divisions that each stretch names; a first look at the whole page is the context of a second."""
    whole = "\n".join(s.text.value for s in repaired.stretches)
    first = {m.division.adcode: m.division for m in gazetteer.find(whole) if m.division}
    result = []
    for stretch in repaired.stretches:
        text = stretch.text.value
        mentions = [*gazetteer.find(text, first.values()), *_short_names(text, gazetteer, first)]
        mentions.sort(key=lambda m: (m.start, -m.end))
        result.append(_finest(text, stretch.role, mentions, gazetteer))
    return result


def _short_names(text: str, gazetteer: Gazetteer, known: dict[str, Division]) -> list[DivisionMention]:
    """Short forms of provinces and prefectures (上海, 呼和浩特) that open a sentence."""
    found = []
    for opening in re.finditer(r"(?:^|[。！？；]|\n)\W{0,2}(?:在|来到)?(?=[\u4e00-\u9fff])", text):
        for length in (6, 5, 4, 3, 2):
            at = opening.end()
            name, behind = text[at : at + length], text[at + length : at + length + 1]
            readings = gazetteer.named(name) if len(name) == length else ()
            readings = tuple(r for r in readings if r.name != name)
            if not readings or behind in _NOT_A_PLACE:
                continue
            chosen = [r for r in readings if r.adcode in known] or [
                r for r in readings if r.level == "province"
            ]
            if len(chosen) != 1 and len(readings) == 1 and (length > 2 or text.count(name) > 1):
                chosen = list(readings)
            if len(chosen) == 1:
                found.append(DivisionMention(at, at + length, readings, chosen[0]))
                break
    return found


def _finest(
    text: str, role: Role, mentions: Sequence[DivisionMention], gazetteer: Gazetteer
) -> tuple[Name, ...]:
    """Of names that form a path (福建省漳州市长泰区) one name of the last, from where the path begins."""
    kept: list[Name] = []
    for m in mentions:
        if m.division is None or (kept and m.start < kept[-1].end):
            continue
        before = kept[-1] if kept else None
        start = m.start
        gap = text[before.end : m.start] if before else ""
        near = len(gap) <= 1 or (role is Role.HEADING and len(gap) <= 12 and gap.isalnum())
        if before and near and gazetteer.is_within(m.division, before.division):
            kept.pop()
            start = before.start
        kept.append(Name(start, m.end, m.division, _weight(text, role, start)))
    return tuple(kept)


def _weight(text: str, role: Role, start: int) -> float:
    if role is Role.HEADING:
        return HEADING
    if role is Role.BYLINE:
        return BYLINE
    if _BEFORE_NAME.match(text[:start]):
        return OPENING
    return SENTENCE if _SENTENCE_START.search(text[max(0, start - 8) : start]) else MENTION


def parts_of(repaired: Repaired, names: Sequence[tuple[Name, ...]]) -> list[Part]:
    """The stretches cut where a join took them to another place, in the page's order."""
    places: list[tuple[int, int, int, Span]] = []
    block_starts: dict[int, int] = {}
    for number, stretch in enumerate(repaired.stretches):
        block_starts.setdefault(stretch.block, stretch.spans[0].start)
        cuts = [0]
        cuts += [p.start for p in stretch.text.pieces if p.seam in (Seam.JOINED, Seam.DOUBTFUL)]
        cuts.append(len(stretch.text.value))
        for start, end in pairwise(cuts):
            spans = stretch.text.raw(start, end)
            if spans:
                places.append((number, start, end, Span(spans[0].start, spans[-1].end)))

    def order(place: tuple[int, int, int, Span]) -> tuple[int, int, int]:
        stretch = repaired.stretches[place[0]]
        if stretch.fragments[0].column:  # columns are followed down, not across
            return block_starts[stretch.block], place[0], place[1]
        return place[3].start, place[0], place[1]

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


def candidates(repaired: Repaired, parts: Sequence[Part], gazetteer: Gazetteer) -> list[Division]:
    """The divisions that the page reports on; places that only occur in another's report are left out."""
    found: dict[str, Division] = {}
    weight: defaultdict[str, float] = defaultdict(float)
    titled: set[str] = set()
    for part in parts:
        role = repaired.stretches[part.stretch].role
        for name in part.names:
            code = name.division.adcode
            found[code] = name.division
            weight[code] += name.weight
            if role is Role.BYLINE or (role is Role.HEADING and name.start <= 2):
                titled.add(code)
    if not found:
        return []
    top = max(weight.values())
    chosen = []
    for code in sorted(found):
        outer = [c for c in found if c != code and gazetteer.is_within(found[code], found[c])]
        inner = [c for c in found if c != code and gazetteer.is_within(found[c], found[code])]
        if any(o in titled or weight[o] > weight[code] + OPENING for o in outer) and code not in titled:
            continue  # a place in the report on a larger division
        if code not in titled and (
            any(weight[i] >= 0.6 * weight[code] for i in inner) or (titled and weight[code] < 2.5 * OPENING)
        ):
            continue  # where the speaker lies, or a place that it names in passing
        if weight[code] >= OPENING or weight[code] == top:
            chosen.append(found[code])
    return chosen or [found[min(found, key=lambda c: (-weight[c], c))]]


def assign(repaired: Repaired, parts: Sequence[Part], divisions: Sequence[Division]) -> list[Division]:
    """The division of each part. Headings in mid-sentence announce nothing: they go to whom they name."""
    aside = _aside(repaired, parts)
    kept = [i for i in range(len(parts)) if i not in aside]
    order = [parts[i] for i in kept]
    evidence = _evidence(repaired, order, divisions)
    costs = [0.0] + [_cost(repaired, before, part) for before, part in pairwise(order)]
    owners = _viterbi(evidence, costs, divisions)
    ties = _ties(repaired, order)
    for _ in range(ROUNDS):
        drawn = [dict(e) for e in evidence]
        for one, other, strength in ties:
            for at, by in ((one, other), (other, one)):
                code = owners[by].adcode
                drawn[at][code] = drawn[at].get(code, 0.0) + strength
        again = _viterbi(drawn, costs, divisions)
        if again == owners:
            break
        owners = again
    result: list[Division] = []
    owner_of = dict(zip(kept, owners, strict=True))
    for index, part in enumerate(parts):
        named = next((n.division for n in part.names if n.division in divisions), None)
        before = result[-1] if result else owners[0]
        result.append(owner_of.get(index) or named or before)
    return result


def _aside(repaired: Repaired, parts: Sequence[Part]) -> set[int]:
    """Headings, captions and furniture that stand in the middle of a sentence that goes on behind them."""
    inside: set[int] = set()  # numbers of fragments that a sentence goes past
    for stretch in repaired.stretches:
        for one, other in pairwise(stretch.fragments):
            if one.index < other.index and other.line - one.line <= NEAR:
                inside.update(range(one.index + 1, other.index))
    found = {
        index
        for index, part in enumerate(parts)
        if repaired.stretches[part.stretch].role is not Role.BODY
        and repaired.stretches[part.stretch].fragments[0].index in inside
    }
    return found if len(found) < len(parts) else set()


def _evidence(
    repaired: Repaired, parts: Sequence[Part], divisions: Sequence[Division]
) -> list[dict[str, float]]:
    codes = {d.adcode for d in divisions}
    evidence: list[dict[str, float]] = []
    for part in parts:
        here: dict[str, float] = {}
        for name in part.names:
            code = name.division.adcode
            if code in codes:
                here[code] = min(here.get(code, 0.0) + name.weight, LARGEST)
        evidence.append(here)
    for index in range(len(parts) - 2, -1, -1):  # headings and bylines announce what follows
        role = repaired.stretches[parts[index].stretch].role
        if role in (Role.HEADING, Role.BYLINE) and not evidence[index] and not parts[index + 1].torn:
            evidence[index] = {c: 0.5 * v for c, v in evidence[index + 1].items()}
    return evidence


def _cost(repaired: Repaired, before: Part, part: Part) -> float:
    stretch, last = repaired.stretches[part.stretch], repaired.stretches[before.stretch]
    if stretch.fragments[0].column and last.fragments[0].column:
        if part.stretch == before.stretch:
            seam = next((p.seam for p in stretch.text.pieces if p.start == part.start), Seam.JOINED)
            return SWITCH_IN_COLUMN / 2 if seam is Seam.DOUBTFUL else SWITCH_IN_COLUMN
        closing = _CLOSING.search(last.text.value) is not None
        width = repaired.page.width
        no_indent = last.fragments[-1].over(width) <= -2 and stretch.fragments[0].over(width) >= -1
        if stretch.block != last.block or (closing and no_indent):
            return SWITCH_COLUMN / 2 if closing else SWITCH_COLUMN
    elif part.torn:
        return SWITCH_AT_TEAR
    if _CLOSING.search(last.text.value[before.start : before.end]):
        return SWITCH_AFTER_CLOSING
    return SWITCH_AT_HEADING if stretch.role is Role.HEADING else SWITCH


def _ties(repaired: Repaired, parts: Sequence[Part]) -> list[tuple[int, int, float]]:
    """Parts that were joined, and those of one chain of columns."""
    ordered = sorted(range(len(parts)), key=lambda i: (parts[i].stretch, parts[i].start))
    ties = []
    for one, other in pairwise(ordered):
        same = parts[one].stretch == parts[other].stretch
        chain = repaired.stretches[parts[one].stretch].block == repaired.stretches[parts[other].stretch].block
        if same or chain:
            ties.append((one, other, JOINED if same else JOINED / 2))
    return ties


def _viterbi(
    evidence: Sequence[dict[str, float]], costs: Sequence[float], divisions: Sequence[Division]
) -> list[Division]:
    codes = [d.adcode for d in divisions]
    scores = [evidence[0].get(c, 0.0) for c in codes]
    back: list[list[int]] = []
    for here, cost in zip(evidence[1:], costs[1:], strict=True):
        best = max(range(len(codes)), key=lambda k: (scores[k], -k))
        change = scores[best] - cost
        step = [k if k == best or scores[k] > change else best for k in range(len(codes))]
        scores = [max(scores[k], change) + here.get(code, 0.0) for k, code in enumerate(codes)]
        back.append(step)
    at = max(range(len(codes)), key=lambda k: (scores[k], -k))
    path = [at]
    for step in reversed(back):
        at = step[at]
        path.append(at)
    return [divisions[k] for k in reversed(path)]


def acting(text: str, name: Name) -> bool:
    """Whether a name is the subject of a sentence, rather than where some village or person is."""
    opens = name.weight in (OPENING, SENTENCE)
    return opens and not _SMALLER.match(text, name.end)
