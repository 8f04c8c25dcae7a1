"""Which division each part of a page speaks of: names are evidence, tears are where speakers change.

The parts of a page, in its order, are given to divisions by a search over the whole page (Viterbi). A name
in a heading, byline or at the opening of a sentence speaks for its division. To change the speaker costs
little at a tear, more at a heading, most between two paragraphs. Parts that a join ties are drawn together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise, repeat
from operator import add, mul

from jiceng.articles.cohesion import Cohesion
from jiceng.articles.naming import INTRODUCING, MENTION
from jiceng.articles.own import of_all_inside, own_kinds
from jiceng.articles.parts import Part
from jiceng.articles.passages import passages
from jiceng.articles.patterns import pattern
from jiceng.articles.placement import Placement
from jiceng.articles.search import beliefs_of, best_way, total
from jiceng.articles.sections import sections, signatures
from jiceng.model import Division, Role, Seam
from jiceng.repair import Repaired
from jiceng.repair.boxes import is_boxed
from jiceng.repair.chains import is_open

LARGEST = 14.0  # evidence that one part gives at most
SWITCH, SWITCH_AT_HEADING, SWITCH_AFTER_CLOSING, SWITCH_AT_TEAR = 3.2, 2.2, 1.2, 0.6  # costs
SIGN, SWITCH_AFTER_SIGNATURE = 6.0, 0.6  # costs between a text and its signature, and behind that
SWITCH_IN_COLUMN, SWITCH_COLUMN = 4.0, 0.6  # at a join within a column, and from one column to another
IN_BOX, BOX_AT_TEAR = 6.0, 2.0
OF_DOUBT = 1.0  # doubt by which a join of boxes says nothing
JOINED, MAYBE_JOINED = 4.0, 2.0  # what a join, or a doubtful one, with a part of a division says for it,
TIED = 2.0  # and what the part before it in its chain of columns, or its article, says
CONTINUED = 1.5  # what it costs more where a paragraph refers back (该社区, 同时)
SAID = 6.0  # what an article that only one division is named in says for it in each part,
OFTEN = 3.0  # if it is named so much in each, on average,
CLEAR = 0.5  # and nothing if no division has more than this share of the names
IN_ORDER = 3.0  # what it costs more to go on with an article that is not named, on a page in order,
GAIN = 3.0  # and how much better the best way must be than the best in order for a page that is not,
HEADED = 7.0  # both the more where headings name most of the page's divisions: articles one after another
PREFERRED = 0.2  # belief by which another division must lead that of the best way through the page
ROUNDS = 6
SETTLED = 0.01  # change of a belief that is none
COME_BACK = 4.0  # what a paragraph that opens with 全市 or 市委 says for divisions of that kind,
ALL_INSIDE = 1.5  # and 各县区 for those that hold others
ONE_IN_SECTION = 1.5  # what a section says for the one division that it names at all
OPENS = 10  # characters in which a paragraph opens
UNBOUND = 0.5  # share of a change's cost before the parts have been compared
NEAR = 4  # lines: a sentence that goes on farther away says nothing about what is between


def assign(repaired: Repaired, parts: Sequence[Part], divisions: Sequence[Division]) -> list[Placement]:
    """Whose each part is. Headings in mid-sentence announce nothing: they go to whom they name."""
    aside = _aside(repaired, parts)
    kept = [i for i in range(len(parts)) if i not in aside]
    order = [parts[i] for i in kept]
    boxed = is_boxed(repaired.page.fragments)
    placements = [
        placement
        for passage in passages(repaired, order, divisions)
        for placement in _placed(repaired, order[passage.start : passage.end], passage.divisions, boxed)
    ]
    found = dict(zip(kept, placements, strict=True))
    codes = {d.adcode for d in divisions}
    result: list[Placement] = []
    for index, part in enumerate(parts):
        named = next((Placement(n.division) for n in part.names if n.division.adcode in codes), None)
        before = result[-1] if result else found[kept[0]]
        result.append(found.get(index) or named or before)
    return result


def _placed(
    repaired: Repaired, order: Sequence[Part], divisions: Sequence[Division], boxed: bool
) -> list[Placement]:
    """The best way through the page (or a passage), but where the beliefs clearly lead elsewhere."""
    if len(divisions) == 1:
        return [Placement(divisions[0])] * len(order)
    signs = signatures(repaired, order)
    evidence = _evidence(repaired, order, divisions)
    _announced(repaired, order, evidence, signs)
    costs = [0.0] + [_cost(repaired, before, part, boxed) for before, part in pairwise(order)]
    for at in signs:
        costs[at] = SIGN
        if at + 1 < len(costs):
            costs[at + 1] = SWITCH_AFTER_SIGNATURE
    entries = [{n.division.adcode for n in part.names[:1] if n.weight >= INTRODUCING} for part in order]
    drawn = _drawn(repaired, order, evidence, costs, entries, divisions, boxed)
    codes = [d.adcode for d in divisions]
    path = best_way(drawn, costs, entries, divisions)
    beliefs = beliefs_of(drawn, costs, entries, codes)
    if not _torn(repaired, order):
        headed = HEADED if _headed(repaired, order, entries, divisions) else 0.0
        strict = _strict(repaired, order, costs, entries, IN_ORDER + headed)
        in_order = best_way(drawn, strict, entries, divisions)
        gain = total(drawn, costs, entries, path) - total(drawn, costs, entries, in_order)
        path = in_order if gain < GAIN + headed else path
        doubt = min((gain - GAIN - headed) / 2.0, 700.0)
        share = 1.0 / (1.0 + math.exp(doubt))  # how sure it is that it is in order
        strictly = beliefs_of(drawn, strict, entries, codes)
        beliefs = [
            {c: share * s[c] + (1.0 - share) * b[c] for c in codes}
            for s, b in zip(strictly, beliefs, strict=True)
        ]
    by_code = {d.adcode: d for d in divisions}
    result = []
    for owner, belief in zip(path, beliefs, strict=True):
        led = belief[owner.adcode] + PREFERRED
        best = by_code[max((led if c == owner.adcode else b, c) for c, b in belief.items())[1]]
        rival = by_code[max((b, c == owner.adcode, c) for c, b in belief.items() if c != best.adcode)[2]]
        result.append(Placement(best, belief[best.adcode], rival, belief[rival.adcode]))
    return result


def _torn(repaired: Repaired, order: Sequence[Part]) -> bool:
    """Whether a text breaks off and what goes on behind it, but for captions and feet, is another."""
    main = [p for p in order if repaired.stretches[p.stretch].role not in (Role.FURNITURE, Role.CAPTION)]
    for before, part in pairwise(main):
        last = repaired.stretches[before.stretch]
        unfinished = before.end < len(last.text.value)
        if before.stretch == part.stretch:
            continue
        if part.start or unfinished or (last.role is Role.BODY and is_open(last.text.value)):
            return True
    return False


def _headed(
    repaired: Repaired, order: Sequence[Part], entries: Sequence[set[str]], divisions: Sequence[Division]
) -> bool:
    """Whether headings begin a page's articles, of most of its divisions and each once, and no columns."""
    if any(repaired.stretches[part.stretch].fragments[0].column for part in order):
        return False
    named = [
        code
        for part, entry in zip(order, entries, strict=True)
        if repaired.stretches[part.stretch].role is Role.HEADING
        for code in entry
    ]
    named = [code for code, _ in groupby(named)]  # of two articles on one division, one after the other, one
    return len(named) > 1 and len(set(named)) == len(named) and 2 * len(named) > len(divisions)


def _strict(
    repaired: Repaired,
    order: Sequence[Part],
    costs: Sequence[float],
    entries: Sequence[set[str]],
    in_order: float,
) -> list[float]:
    """Costs on a page whose articles follow one another: none goes on where it is not named."""
    return [
        cost + (in_order if part_is_body and not entry and cost >= SWITCH else 0.0)
        for cost, entry, part_is_body in zip(
            costs, entries, (repaired.stretches[p.stretch].role is Role.BODY for p in order), strict=True
        )
    ]


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
    holders = {d.parent for d in divisions if d.parent} & codes
    evidence: list[dict[str, float]] = []
    for part in parts:
        here: dict[str, float] = {}
        for name in part.names:
            code = name.division.adcode
            if code in codes:
                here[code] = min(here.get(code, 0.0) + name.weight, LARGEST)
        text = repaired.stretches[part.stretch].text.value[part.start : part.end]
        opening = own_kinds(text[:OPENS]) if holders else {}
        for kind, value in own_kinds(text).items():
            fitting = [d.adcode for d in divisions if d.name[-1] == kind]
            if len(fitting) < len(divisions):
                for code in fitting:
                    comes_back = kind in opening and code in holders
                    here[code] = here.get(code, 0.0) + (COME_BACK if comes_back else value)
        if holders and of_all_inside(text):
            for holder in sorted(holders):
                here[holder] = here.get(holder, 0.0) + ALL_INSIDE
        evidence.append(here)
    for at, code in sections(repaired, parts, codes):
        evidence[at][code] = evidence[at].get(code, 0.0) + ONE_IN_SECTION
    return evidence


def _announced(
    repaired: Repaired, parts: Sequence[Part], evidence: list[dict[str, float]], signs: Sequence[int]
) -> None:
    """Headings and bylines announce what follows, but signatures (`signs`), which stand below their text."""
    for index in range(len(parts) - 2, -1, -1):
        announces = repaired.stretches[parts[index].stretch].role in (Role.HEADING, Role.BYLINE)
        if announces and index not in signs and not evidence[index] and not parts[index + 1].torn:
            evidence[index] = {c: 0.5 * v for c, v in evidence[index + 1].items()}


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


def _cost(repaired: Repaired, before: Part, part: Part, boxed: bool) -> float:
    stretch, last = repaired.stretches[part.stretch], repaired.stretches[before.stretch]
    if boxed and stretch.fragments[0].column and last.fragments[0].column:
        text = last.text.value[before.start : before.end]
        if repaired.source.text.find("\n", before.raw.start, part.raw.start) < 0:
            return IN_BOX
        if part.torn:
            return BOX_AT_TEAR
        return SWITCH_AFTER_CLOSING if pattern("closing").search(text) else SWITCH
    if stretch.fragments[0].column and last.fragments[0].column:
        if part.stretch == before.stretch:
            seam = next((p.seam for p in stretch.text.pieces if p.start == part.start), Seam.JOINED)
            return SWITCH_IN_COLUMN / 2 if seam is Seam.DOUBTFUL else SWITCH_IN_COLUMN
        closing = pattern("closing").search(last.text.value) is not None
        width = repaired.page.width
        no_indent = last.fragments[-1].over(width) <= -2 and stretch.fragments[0].over(width) >= -1
        if stretch.block != last.block or (closing and no_indent):
            return SWITCH_COLUMN / 2 if closing else SWITCH_COLUMN
    elif part.torn:
        return SWITCH_AT_TEAR
    if pattern("closing").search(last.text.value[before.start : before.end]):
        return SWITCH_AFTER_CLOSING
    if stretch.role is Role.HEADING:
        return SWITCH_AT_HEADING
    return SWITCH + (CONTINUED if pattern("continues").match(stretch.text.value, part.start) else 0.0)


def _ties(repaired: Repaired, parts: Sequence[Part], boxed: bool) -> list[tuple[int, int, float]]:
    """Parts that were joined, and each part and the one before it in its chain of columns or article."""
    ordered = sorted(range(len(parts)), key=lambda i: (parts[i].stretch, parts[i].start))
    doubtful = {
        (number, piece.start)
        for number in {part.stretch for part in parts}
        for piece in repaired.stretches[number].text.pieces
        if piece.seam is Seam.DOUBTFUL
    }
    joins = {repaired.fragment(j.head).span.start: j for j in repaired.joins if boxed}
    ties = []
    for one, other in pairwise(ordered):
        if parts[one].stretch == parts[other].stretch:
            strength = MAYBE_JOINED if (parts[other].stretch, parts[other].start) in doubtful else JOINED
            join = joins.get(parts[other].raw.start)
            if join is not None and join.doubtful:
                strength = max(0.0, JOINED * (1.0 + join.margin / OF_DOUBT))
            ties.append((one, other, strength))
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
    boxed: bool,
) -> list[dict[str, float]]:
    """The evidence with what parts that belong together say for each other (mean-field rounds)."""
    codes = [d.adcode for d in divisions]
    ties = _ties(repaired, parts, boxed)
    texts = [repaired.stretches[p.stretch].text.value[p.start : p.end] for p in parts]
    columns = any(repaired.stretches[p.stretch].fragments[0].column for p in parts)
    cohesion = Cohesion(texts, None if columns else [_only_named(p, codes) for p in parts])
    if columns:  # their pieces are short: what each says alone is too little to begin with
        beliefs = [
            {c: float(c == d.adcode) for c in codes} for d in best_way(evidence, costs, entries, divisions)
        ]
    else:
        beliefs = beliefs_of(evidence, [UNBOUND * c for c in costs], entries, codes)
    evidence = _with_articles(repaired, parts, evidence)
    drawn = evidence
    for _ in range(ROUNDS):
        drawn = cohesion.votes(beliefs, codes)
        for voted, here in zip(drawn, evidence, strict=True):
            for code, value in here.items():
                voted[code] += value
        for one, other, strength in ties:
            for at, by in ((one, other), (other, one)):
                said = map(add, drawn[at].values(), map(mul, repeat(strength), beliefs[by].values()))
                drawn[at] = dict(zip(codes, said, strict=True))
        again = beliefs_of(drawn, costs, entries, codes)
        if all(abs(a[c] - b[c]) < SETTLED for a, b in zip(again, beliefs, strict=True) for c in codes):
            break
        beliefs = again
    return drawn


def _only_named(part: Part, codes: Sequence[str]) -> str | None:
    """The one division of the page that a part names, if it is one."""
    named = {n.division.adcode for n in part.names if n.weight >= MENTION} & set(codes)
    return min(named) if len(named) == 1 else None
