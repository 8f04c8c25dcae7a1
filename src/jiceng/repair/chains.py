"""Which chain of fragments continues which: the linking of torn ends over the whole page.

A tail that stops in mid-sentence looks for the head that continues it, wherever it stands. Joins that
are the best for both sides are made first; no chain is joined twice at one end and no cycle can close.
Nothing must have a successor: texts do break off at the end of a page.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from jiceng.repair.layout import Fragment
from jiceng.repair.lines import CLOSED
from jiceng.repair.matching import best_matching
from jiceng.repair.roles import reading_rules
from jiceng.repair.seams import NO_START, WINDOW, Evidence, half_word, normal, weighted
from jiceng.values import dataclass

ADJACENT = 4.0  # bonus of a head that comes next on the page
AFTER_HEADING = -1.5  # of a head that a heading announces
AFTER_TEAR, AFTER_END = 3.5, -1.5  # of a distant head before which another text breaks off, or ends
DISTANT = -1.0
BACKWARD = -2.0  # a head that stands before its tail
COHESION = 1.0  # for each standard deviation of shared rare words above the usual
IN_TURN, COLUMN_DISTANT, COLUMN_BACKWARD = 2.5, -1.0, -1.5
BESIDE, INSIDE, BESIDE_CAP = 0.4, 2.0, 5.0
BESIDE_IN_ROW = -2.0  # of a head that stands next to its tail in a row of columns
BETWEEN = -2.0  # for each of up to two titles between
THRESHOLD = 0.0  # a join needs more evidence than this,
TOPIC = -3.0  # of a head that is one of several topics
PARALLEL = 1.5  # against a head whose first words begin other paragraphs too (抓领导…, 抓教育…)
COLUMN_THRESHOLD = -1.0  # between columns, where most ends must go on somewhere
FAR_THRESHOLD = 0.5  # and this where the two do not stand next to each other
WEIGHT_OF_NAT = 1 << 24
CLEAR = 1.0  # a join whose best rival comes closer than this is doubtful
UNSURE = -0.6  # a join with less than this is doubtful even without a rival
CLAUSES = 1.5  # for clauses that begin with the same word on both sides (聚焦…；聚焦…)
FARTHER = -0.3  # for each factor e of lines between
ENDS_QUOTED = -3.5  # a text that ends with a closing quote may only lack its full stop
LONELY = 0.5  # heads that are plainly no beginning are joined on less
BARE = -4.0  # against what looks like a heading
ITEM = -12.0  # against items of a list, which begin anew
MARGIN = 3.0  # below the threshold, rivals are still reported
QUOTED = 3  # lines that what is quoted may stand in
REACH = 100  # tails look at so many heads on each side at most: of 159 torn pages none needs 70
_ITEM = re.compile(r"\s{0,12}[-*•–]\s{1,4}[\u3400-\u9fff]")  # of a list
_LETTERS = re.compile(r"[\u3400-\u9fff]{2,}")
_CLAUSE = re.compile(r"(?:^|(?<=[。；]))[\u3400-\u9fff]{2}")
_FIRST = re.compile(r"[^，。；：！？]{2,16}。(?=.{5})")
_TOPIC = re.compile(r"[^，。；！？]{4,16}。")
_MIDDLE = re.compile(r"[^，。；！？、]{1,3}[。；，]|[^，。；！？]{1,7}。$|[^，。；：！？]{0,12}[”》）]")


@dataclass(frozen=True, slots=True)
class Chain:
    """Fragments that follow each other; `free` says whether others may be joined to them."""

    fragments: tuple[Fragment, ...]
    free: bool = True
    announces: bool = False  # a heading or byline: what follows begins anew
    bare: bool = False  # a heading by its looks alone: it may be a sentence that breaks off

    @property
    def text(self) -> str:
        """Its text as seams see it."""
        return "".join(normal(f.text) for f in self.fragments)

    @property
    def opening(self) -> str:
        """Its first lines as seams see them."""
        return normal("".join(f.text for f in self.fragments[:QUOTED]))

    @property
    def ending(self) -> str:
        """Its last lines as seams see them."""
        return normal("".join(f.text for f in self.fragments[-QUOTED:]))

    @property
    def first(self) -> Fragment:
        """The fragment it begins with."""
        return self.fragments[0]

    @property
    def last(self) -> Fragment:
        """The fragment it ends with."""
        return self.fragments[-1]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another continuation that was weighed, and its score."""

    tail: int
    head: int
    score: float


@dataclass(frozen=True, slots=True)
class Join:
    """`head` continues `tail` (indices of fragments); the signs say why, the rivals what else was weighed."""

    tail: int
    head: int
    score: float
    reasons: tuple[tuple[str, float], ...]
    rivals: tuple[Rival, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a rival came near."""
        return self.margin < 0.0

    @property
    def margin(self) -> float:
        """By how much it is clear of doubt; negative if it is doubtful."""
        return min([self.score - UNSURE, *(self.score - r.score - CLEAR for r in self.rivals)])


def beginning(fragment: Fragment) -> float:
    """How much a chain's first words look like the middle of a sentence (positive) or its start."""
    if fragment.column:
        return 0.0  # most lines of a column are the middle of something
    if _ITEM.match(fragment.text):
        return ITEM  # - 网格划分：……
    plain = normal(fragment.text)
    score = -1.5
    if plain[:1] in NO_START:
        score += 4
    if _MIDDLE.match(plain):
        score += 3
    if reading_rules()["start.row"].pattern.match(plain):
        score -= 1.5
    if _TOPIC.match(plain):
        score -= 1
    return score + half_word(plain[:WINDOW], left=False)


def _topics(chains: Sequence[Chain]) -> set[int]:
    """Chains that begin with a sentence as short as that of the one before or behind (定期听。一起议。)."""
    bodies = [i for i, c in enumerate(chains) if c.free and not c.first.column]
    lengths = {i: len(found[0]) for i in bodies if (found := _FIRST.match(chains[i].text))}
    return {i for a, b in pairwise(bodies) if a in lengths and lengths[a] == lengths.get(b) for i in (a, b)}


def beginnings(chains: Sequence[Chain]) -> dict[int, float]:
    """How much each free chain looks like the middle of a sentence, by its words and those of the page."""
    heads = [i for i, c in enumerate(chains) if c.free]
    alike = Counter(normal(chains[i].first.text)[:2] for i in heads)
    begin = {i: beginning(chains[i].first) for i in heads}
    for i in heads:
        begin[i] -= PARALLEL * (alike[normal(chains[i].first.text)[:2]] > 2 and not chains[i].first.column)
    for i in _topics(chains):
        begin[i] = min(begin[i], TOPIC)
    return begin


def is_open(text: str) -> bool:
    """Whether a text breaks off before its sentence ends."""
    return not CLOSED.search(text) and text[-1:] not in ":：;；.．"


def link(
    chains: Sequence[Chain], evidence: Evidence, column: float | None, expected: Mapping[int, int]
) -> list[Join]:
    """The joins between chains, best first.

    `expected` leads from the first fragment of a chain to the fragment that its place makes likely before it.
    """
    tails = [i for i, c in enumerate(chains) if (c.free or c.bare) and is_open(c.last.text)]
    heads = [i for i, c in enumerate(chains) if c.free]
    begin = beginnings(chains)
    cohesion = Cohesion(chains)
    follower, announced = _followers(chains)
    torn = {head for tail, head in follower.items() if is_open(chains[tail].last.text)}
    over = [(c.first.over(column), c.last.over(column)) for c in chains]
    titles = list(accumulate(c.announces and c.first.level == 1 for c in chains))
    for_head: dict[int, dict[int, float]] = {}
    for h in heads:
        around = [t for t in tails if abs(t - h) <= REACH]
        for_head[h] = dict(zip(around, cohesion.compare(h, around), strict=True))
    pairs: dict[tuple[int, int], float] = {}
    thresholds: dict[tuple[int, int], float] = {}

    texts = [(normal(c.last.text), normal(c.first.text)) for c in chains]
    known: dict[tuple[str, str, float, float], dict[str, float]] = {}  # pages may repeat a line for ever

    def signs(tail: int, head: int) -> dict[str, float]:
        asked = (texts[tail][0], texts[head][1], over[tail][1], over[head][0])
        found = known.get(asked)
        if found is None:
            found = known[asked] = evidence.signs(*asked)
        return found

    for tail in tails:
        ends = 0.0 if chains[tail].last.text[-1] not in "”’）》" else ENDS_QUOTED
        ends += BARE if chains[tail].bare else 0.0
        near = [h for h in heads if h != tail and abs(h - tail) <= REACH]
        shared = cohesion.compare(tail, near)
        for head, together in zip(near, shared, strict=True):
            first = chains[head].first
            due = _is_due(chains[tail].last, first, follower.get(tail) == head, expected)
            score = _place(chains[tail].last, first, due)
            score += BETWEEN * min(2, abs(titles[tail] - titles[head]))
            if not due and not first.column:
                score += AFTER_TEAR if head in torn else AFTER_END
            score += AFTER_HEADING * (head in announced) + COHESION * (together + for_head[head][tail]) / 2
            score += evidence.weigh(signs(tail, head)) + begin[head] + ends
            score += CLAUSES * cohesion.parallel(tail, head)
            limit = THRESHOLD if due else COLUMN_THRESHOLD if first.column else FAR_THRESHOLD
            limit -= LONELY * (begin[head] >= 1)
            if score > limit - MARGIN:
                pairs[tail, head] = score
                thresholds[tail, head] = limit
    return joined(chains, _with_neighbours(chains, pairs), thresholds, signs)


def _with_neighbours(
    chains: Sequence[Chain], pairs: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """The scores, more for pairs whose neighbours in the two rows of columns would fit as well."""
    ends = {(chains[t].last.index, chains[h].first.index): score for (t, h), score in pairs.items()}
    for chain in chains:
        ends.update(
            {(a.index, b.index): INSIDE for a, b in pairwise(chain.fragments) if b.index != a.index + 1}
        )
    found = dict(pairs)
    for (t, h), score in pairs.items():
        a, b = chains[t].last, chains[h].first
        if a.column and b.column and b.index != a.index + 1:
            beside = max(ends.get((a.index + d, b.index + d), 0.0) for d in (-1, 1))
            found[t, h] = score + BESIDE * max(0.0, min(BESIDE_CAP, beside))
    return found


def _followers(chains: Sequence[Chain]) -> tuple[dict[int, int], set[int]]:
    """The chain that comes next on the page, what may not be joined left out, and those after a heading."""
    following: dict[int, int] = {}
    announced = set()
    before: int | None = None
    heading = False
    for i in sorted(range(len(chains)), key=lambda i: chains[i].first.index):
        if chains[i].free:
            if heading:
                announced.add(i)
            elif before is not None:
                following[before] = i
            before, heading = i, False
        heading = heading or chains[i].announces
    return following, announced


def _is_due(last: Fragment, first: Fragment, next_one: bool, expected: Mapping[int, int]) -> bool:
    """Whether a fragment's place makes it likely to go on with another, as no neighbour in a row does."""
    if expected.get(first.index) == last.index:
        return True
    return next_one and not (first.column and last.line == first.line)


def _place(last: Fragment, first: Fragment, due: bool) -> float:
    """What the places of two fragments say about a join of them."""
    if not first.column:
        return ADJACENT if due else DISTANT if first.index > last.index else BACKWARD
    if due:
        return IN_TURN
    beside = BESIDE_IN_ROW if last.line == first.line else 0.0
    return (
        (COLUMN_DISTANT if first.index > last.index else COLUMN_BACKWARD)
        + FARTHER * math.log(1 + abs(first.line - last.line))
        + beside
    )


class Cohesion:
    """How much two chains speak of the same things: the pairs of characters they share, rare ones first."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.pairs = [_pairs(c.text) for c in chains]
        self.spread: Counter[str] = Counter()
        for pairs in self.pairs:
            self.spread.update(pairs)
        self._known: dict[tuple[int, int], float] = {}
        number = len(chains)
        # Whole numbers, so that a sum does not depend on the order of a set.
        self.weight = {p: round(math.log(number / n) * WEIGHT_OF_NAT) for p, n in self.spread.items()}
        clauses = [_CLAUSE.findall(c.text) for c in chains]
        self.clauses = [frozenset(found[1:]) for found in clauses]
        self.last_clause = [found[-1] if len(found) > 1 else "" for found in clauses]

    def shared(self, one: int, other: int) -> float:
        """The weight of what two chains share, for the geometric mean of their sizes."""
        key = (one, other) if one < other else (other, one)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._shared(self.pairs[one], self.pairs[other])
        return found

    def _shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        if not a or not b:
            return 0.0
        return sum(map(self.weight.__getitem__, a & b)) / WEIGHT_OF_NAT / math.sqrt(len(a) * len(b))

    def compare(self, tail: int, heads: Sequence[int]) -> list[float]:
        """For each head, by how many standard deviations it shares more than the heads usually do."""
        values = [self.shared(tail, h) for h in heads]
        if len(self.pairs[tail]) < 20 or len(values) < 3:
            return [0.0] * len(values)
        mean = sum(values) / len(values)
        deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
        return [max(-1.0, min(3.0, (v - mean) / deviation)) for v in values]

    def parallel(self, tail: int, head: int) -> bool:
        """Whether the clause that breaks off begins as a later clause of the head does."""
        clause = self.last_clause[tail]
        return bool(clause) and clause in self.clauses[head]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in _LETTERS.findall(text) for i in range(len(run) - 1))


def joined(
    chains: Sequence[Chain],
    pairs: Mapping[tuple[int, int], float],
    thresholds: Mapping[tuple[int, int], float],
    reasons: Callable[[int, int], dict[str, float]],
) -> list[Join]:
    """The best set of joins above their thresholds, without the weakest join of each cycle."""
    gains = {p: score - thresholds[p] for p, score in pairs.items() if score > thresholds[p]}
    chosen = dict(best_matching(gains))
    for tail in sorted(chosen):
        ring, at = [], tail
        while at in chosen and at not in ring:
            ring.append(at)
            at = chosen[at]
        if at == tail and ring:
            del chosen[min(ring, key=lambda t: (gains[t, chosen[t]], t))]
    return with_rivals(chains, chosen.items(), pairs, reasons)


def with_rivals(
    chains: Sequence[Chain],
    chosen: Iterable[tuple[int, int]],
    pairs: Mapping[tuple[int, int], float],
    reasons: Callable[[int, int], dict[str, float]],
) -> list[Join]:
    """The chosen pairs (tail, head) as joins, best first, with the best of the other pairs of their ends."""
    by_tail: dict[int, list[tuple[float, int, int]]] = {}
    by_head: dict[int, list[tuple[float, int, int]]] = {}
    for (tail, head), score in pairs.items():
        by_tail.setdefault(tail, []).append((score, tail, head))
        by_head.setdefault(head, []).append((score, tail, head))
    joins = []
    for tail, head in chosen:
        rivals = {p for p in (*by_tail[tail], *by_head[head]) if p[1:] != (tail, head)}
        nearest = sorted(rivals, key=lambda p: (-p[0], p[1], p[2]))[:4]
        told = weighted(reasons(tail, head))
        rest = pairs[tail, head] - sum(value for _, value in told)
        joins.append(
            Join(
                chains[tail].last.index,
                chains[head].first.index,
                pairs[tail, head],
                (*told, ("place, topic and beginning", rest)),
                tuple(Rival(chains[t].last.index, chains[h].first.index, s) for s, t, h in nearest),
            )
        )
    return sorted(joins, key=lambda j: (-j.score, j.tail))
