"""Which division each part of a page speaks of: names are evidence, tears are where speakers change.

The parts of a page, in its order, are given to divisions by a search over the whole page (Viterbi). A name
in a heading, byline or at the opening of a sentence speaks for its division. To change the speaker costs
little at a tear, more at a heading, most between two paragraphs. Parts that a join ties are drawn together.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiceng.articles.cohesion import Cohesion
from jiceng.articles.naming import BYLINE, HEADING, MENTION, OPENING, SENTENCE, Name, own_kinds
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role, Seam, Span
from jiceng.repair import Repaired
from jiceng.repair.chains import is_open

LARGEST = 14.0  # evidence that one part gives at most
SWITCH, SWITCH_AT_HEADING, SWITCH_AFTER_CLOSING, SWITCH_AT_TEAR = 3.2, 2.2, 1.2, 0.6  # costs
SWITCH_IN_COLUMN, SWITCH_COLUMN = 4.0, 0.6  # at a join within a column, and from one column to another
JOINED, MAYBE_JOINED = 4.0, 2.0  # what a join, or a doubtful one, with a part of a division says for it,
TIED = 2.0  # and what the part before it in its chain of columns, or its article, says
ENTER = 1.6  # what it costs less to change to a division that a part names first
CONTINUED = 1.5  # what it costs more where a paragraph refers back (该社区, 同时)
LEAD = 2.0  # times the evidence of any other, for one that is named in passing only
SAID = 6.0  # what an article that only one division is named in says for it in each part,
OFTEN = 3.0  # if it is named so much in each, on average,
CLEAR = 0.5  # and nothing if no division has more than this share of the names
ROUNDS = 6
SETTLED = 0.01  # change of a belief that is none
UNBOUND = 0.5  # share of a change's cost before the parts have been compared
INTRODUCED = 60  # characters of a text's first paragraph in which it names its place
NEAR = 4  # lines: a sentence that goes on farther away says nothing about what is between

_CLOSING = re.compile(
    r"^(?:下一步|今后|面向未来|展望未来|立足新|站在新|随着一|如今|现在的|实践证明|实践表明)|^.{2,8}(?:的实践(?:说明|证明|表明)|通过.{2,90}(?:提升|增强|提高|改善)。$)"
)

_CONTINUES = re.compile(r"\W*(?:该[^\W\d]|这[里个些]|同时|此外|另外|为此|与此同时|随后|接着)")


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a stretch that stands in one place of the page; `torn` if a tear is before it."""

    stretch: int
    start: int
    end: int
    raw: Span
    names: tuple[Name, ...]
    torn: bool


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
    """The divisions that the page reports on; places that only occur in another's report are left out.

    None if several are named alike, none of them as the one that is told of: that would be a guess.
    """
    found: dict[str, Division] = {}
    weight: defaultdict[str, float] = defaultdict(float)
    best: defaultdict[str, float] = defaultdict(float)
    introduced = _introduced(repaired, parts)
    titled: set[str] = set()
    for part in parts:
        role = repaired.stretches[part.stretch].role
        for name in part.names:
            code = name.division.adcode
            found[code] = name.division
            weight[code] += name.weight
            best[code] = max(best[code], name.weight)
            if name.weight == BYLINE or (role is Role.HEADING and name.weight == HEADING and name.start <= 2):
                titled.add(code)
    headed = bool(titled)
    for code in introduced:  # a place in the report on a larger division stays one
        if not any(gazetteer.is_within(found[code], found[t]) for t in titled if t != code):
            titled = titled | {code}
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
            any(weight[i] >= 0.6 * weight[code] for i in inner) or (headed and weight[code] < 2.5 * OPENING)
        ):
            continue  # where the speaker lies, or a place that it names in passing
        if weight[code] >= OPENING or weight[code] == top or code in titled:
            chosen.append(code)
    chosen = chosen or [min(found, key=lambda c: (-weight[c], c))]
    if max(best[c] for c in chosen) < SENTENCE:  # named in passing only
        line = [c for c in found if any(gazetteer.is_within(found[i], found[c]) for i in chosen)]
        rivals = [weight[c] for c in found if c not in (*chosen, *line)]
        if len(chosen) > 1 or (rivals and weight[chosen[0]] < max(MENTION, LEAD * max(rivals))):
            return []
    return [found[c] for c in chosen]


def _introduced(repaired: Repaired, parts: Sequence[Part]) -> set[str]:
    """The divisions that a text's first sentences name by their full path, as news does below its title."""
    found: set[str] = set()
    begins = True
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        if stretch.role is not Role.BODY:
            begins = begins or stretch.role in (Role.HEADING, Role.BYLINE)
            continue
        if begins:
            for name in part.names[:1]:
                if name.path and name.weight >= MENTION and name.start - part.start <= INTRODUCED:
                    found.add(name.division.adcode)
        begins = False
    return found


def assign(repaired: Repaired, parts: Sequence[Part], divisions: Sequence[Division]) -> list[Division]:
    """The division of each part. Headings in mid-sentence announce nothing: they go to whom they name."""
    aside = _aside(repaired, parts)
    kept = [i for i in range(len(parts)) if i not in aside]
    order = [parts[i] for i in kept]
    evidence = _evidence(repaired, order, divisions)
    costs = [0.0] + [_cost(repaired, before, part) for before, part in pairwise(order)]
    entries = [{n.division.adcode for n in part.names[:1] if n.weight >= SENTENCE} for part in order]
    drawn = _drawn(repaired, order, evidence, costs, entries, divisions)
    owners = _viterbi(drawn, costs, entries, divisions)
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
        own = own_kinds(repaired.stretches[part.stretch].text.value[part.start : part.end])
        for kind, value in own.items():
            fitting = [d.adcode for d in divisions if d.name[-1] == kind]
            if len(fitting) < len(divisions):
                for code in fitting:
                    here[code] = here.get(code, 0.0) + value
        evidence.append(here)
    for index in range(len(parts) - 2, -1, -1):  # headings and bylines announce what follows
        role = repaired.stretches[parts[index].stretch].role
        if role in (Role.HEADING, Role.BYLINE) and not evidence[index] and not parts[index + 1].torn:
            evidence[index] = {c: 0.5 * v for c, v in evidence[index + 1].items()}
    return evidence


def _with_articles(
    repaired: Repaired, parts: Sequence[Part], evidence: Sequence[dict[str, float]]
) -> list[dict[str, float]]:
    """The evidence, with what the articles that were followed along the page say for each of their parts."""
    said: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    blocks = [repaired.stretches[p.stretch].block for p in parts]
    size = Counter(blocks)
    for block, here in zip(blocks, evidence, strict=True):
        for code, value in here.items():
            said[block][code] += value
    result = []
    for part, block, here in zip(parts, blocks, evidence, strict=True):
        together = said[block]
        leading = max(sorted(together), key=lambda c: together[c], default=None)
        if leading is not None and not repaired.stretches[part.stretch].fragments[0].column:
            share = together[leading] / sum(together.values())
            if share > CLEAR:
                often = min(1.0, together[leading] / size[block] / OFTEN)
                more = SAID * often * (share - CLEAR) / (1 - CLEAR)
                here = here | {leading: here.get(leading, 0.0) + more}
        result.append(here)
    return result


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
    if stretch.role is Role.HEADING:
        return SWITCH_AT_HEADING
    return SWITCH + (CONTINUED if _CONTINUES.match(stretch.text.value, part.start) else 0.0)


def _ties(repaired: Repaired, parts: Sequence[Part]) -> list[tuple[int, int, float]]:
    """Parts that were joined, and each part and the one before it in its chain of columns or article."""
    ordered = sorted(range(len(parts)), key=lambda i: (parts[i].stretch, parts[i].start))
    doubtful = {
        (number, piece.start)
        for number, stretch in enumerate(repaired.stretches)
        for piece in stretch.text.pieces
        if piece.seam is Seam.DOUBTFUL
    }
    ties = []
    for one, other in pairwise(ordered):
        if parts[one].stretch == parts[other].stretch:
            maybe = (parts[other].stretch, parts[other].start) in doubtful
            ties.append((one, other, MAYBE_JOINED if maybe else JOINED))
    last: dict[int, int] = {}
    for at in ordered:
        stretch = repaired.stretches[parts[at].stretch]
        before = last.get(stretch.block)
        if before is not None and parts[before].stretch != parts[at].stretch:
            ties.append((before, at, TIED))
        last[stretch.block] = at
    return ties


def _drawn(
    repaired: Repaired,
    parts: Sequence[Part],
    evidence: list[dict[str, float]],
    costs: Sequence[float],
    entries: Sequence[set[str]],
    divisions: Sequence[Division],
) -> list[dict[str, float]]:
    """The evidence with what parts that belong together say for each other (mean-field rounds)."""
    codes = [d.adcode for d in divisions]
    if len(codes) == 1:
        return evidence
    ties = _ties(repaired, parts)
    cohesion = Cohesion([repaired.stretches[p.stretch].text.value[p.start : p.end] for p in parts])
    columns = any(repaired.stretches[p.stretch].fragments[0].column for p in parts)
    if columns:  # their pieces are short: what each says alone is too little to begin with
        beliefs = [
            {c: float(c == d.adcode) for c in codes} for d in _viterbi(evidence, costs, entries, divisions)
        ]
    else:
        beliefs = _beliefs(evidence, [UNBOUND * c for c in costs], entries, codes)
    evidence = _with_articles(repaired, parts, evidence)
    drawn = evidence
    for _ in range(ROUNDS):
        drawn = [
            {c: e.get(c, 0.0) + v[c] for c in codes}
            for e, v in zip(evidence, cohesion.votes(beliefs, codes), strict=True)
        ]
        for one, other, strength in ties:
            for at, by in ((one, other), (other, one)):
                for code in codes:
                    drawn[at][code] += strength * beliefs[by][code]
        again = _beliefs(drawn, costs, entries, codes)
        if all(abs(a[c] - b[c]) < SETTLED for a, b in zip(again, beliefs, strict=True) for c in codes):
            break
        beliefs = again
    return drawn


def _beliefs(
    evidence: Sequence[Mapping[str, float]],
    costs: Sequence[float],
    entries: Sequence[set[str]],
    codes: Sequence[str],
) -> list[dict[str, float]]:
    """How sure each part is of each division, by what it says and its neighbours (forward-backward)."""

    def spread(scores: Sequence[float], enter: Sequence[float]) -> list[float]:
        """Scores one step on: the same division, or a change from any for what it costs to enter."""
        top = max(scores)
        all_ = top + math.log(sum(math.exp(s - top) for s in scores))
        return [
            max(s, all_ - e) + math.log1p(math.exp(-abs(s - all_ + e)))
            for s, e in zip(scores, enter, strict=True)
        ]

    def leave(scores: Sequence[float], enter: Sequence[float]) -> list[float]:
        """Scores one step back."""
        inside = [s - e for s, e in zip(scores, enter, strict=True)]
        top = max(inside)
        all_ = top + math.log(sum(math.exp(s - top) for s in inside))
        return [max(s, all_) + math.log1p(math.exp(-abs(s - all_))) for s in scores]

    said = [[here.get(c, 0.0) for c in codes] for here in evidence]
    entering = [
        [max(0.0, cost - (ENTER if c in entry else 0.0)) for c in codes]
        for cost, entry in zip(costs, entries, strict=True)
    ]
    forward = [said[0]]
    for here, enter in zip(said[1:], entering[1:], strict=True):
        forward.append([f + h for f, h in zip(spread(forward[-1], enter), here, strict=True)])
    behind = [0.0] * len(codes)
    beliefs: list[dict[str, float]] = []
    for at in range(len(said) - 1, -1, -1):
        both = [f + b for f, b in zip(forward[at], behind, strict=True)]
        top = max(both)
        weights = [math.exp(x - top) for x in both]
        total = sum(weights)
        beliefs.append({c: w / total for c, w in zip(codes, weights, strict=True)})
        behind = leave([b + h for b, h in zip(behind, said[at], strict=True)], entering[at])
    return beliefs[::-1]


def _viterbi(
    evidence: Sequence[dict[str, float]],
    costs: Sequence[float],
    entries: Sequence[set[str]],
    divisions: Sequence[Division],
) -> list[Division]:
    """The cheapest way through the page; `entries` are the divisions that each part begins with."""
    codes = [d.adcode for d in divisions]
    scores = [evidence[0].get(c, 0.0) for c in codes]
    back: list[list[int]] = []
    for here, cost, entry in zip(evidence[1:], costs[1:], entries[1:], strict=True):
        best = max(range(len(codes)), key=lambda k: (scores[k], -k))
        change = [scores[best] - max(0.0, cost - (ENTER if c in entry else 0.0)) for c in codes]
        step = [k if k == best or scores[k] > change[k] else best for k in range(len(codes))]
        scores = [max(scores[k], change[k]) + here.get(code, 0.0) for k, code in enumerate(codes)]
        back.append(step)
    at = max(range(len(codes)), key=lambda k: (scores[k], -k))
    path = [at]
    for step in reversed(back):
        at = step[at]
        path.append(at)
    return [divisions[k] for k in reversed(path)]
