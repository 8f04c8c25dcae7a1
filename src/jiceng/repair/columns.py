"""Columns that were read straight across, told apart again.

Lines of columns come in turn: of each row the first column's, the second's and so on. So the open
columns form a queue: the next fragment continues the one that has waited longest. A beam search weighs
that against what else may happen: a column ends, a new one begins, a row lacks a column. One column
alone is the case of a queue of one, so that pages need not be sorted into kinds before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jiceng.model import Span
from jiceng.repair.chains import CLEAR, UNSURE, Join, Rival
from jiceng.repair.layout import Fragment, Page
from jiceng.repair.lines import CLOSED, width
from jiceng.repair.row_seams import DEEPEST, RowSeams
from jiceng.repair.seams import NO_START, Evidence, normal, weighted, word_gain
from jiceng.values import dataclass

Seams = Callable[[int, int], float]

FUSED = 1.6  # widths of a column that a fragment has if it holds several of its lines
NARROWER, WIDER = 2.0, 1.5  # ems by which such a line may be shorter or longer
BEAM = 24
NEW_COLUMN = -3.0  # costs, in nats
END_OPEN, END_CLOSED = -3.0, -1.0
NEW_AT_SECTION, END_AT_SECTION = -1.0, -1.0  # where another number of columns begins
ACROSS = (0, 0)
TURN, TURN_BACK = -2.5, -2.5  # from reading across to reading down or back
NEXT_DOWN = -1.0  # down the next column
BACK_AT_ROW = -0.5  # back to reading across where a row of columns begins
AS_HIGH, OTHER_HEIGHT = 1.0, -3.0  # a column read down ends at the height of the one before, or elsewhere
LARGEST = 14.0  # score that a seam has
HOPELESS = 8.0  # states that are so much worse than the best are not followed
SKIPPED = -4.0
AROUND, STEADY = 3, 0.3  # where the seams around are this good on average, a weak one may stand
UPSET = 1  # changes of the row of open columns nearby, beyond which no weak seam may stand
PURE = 0.5  # mean seam of a line whose fragments all continue each other, so that none of them is opened,
APART = -3.5  # and none but seams weaker than this
CUT = 0.5  # seams weaker than this are opened again, for the linking of the whole page to decide
# A join inside columns is doubtful if its seam, or its lead over a rival, is less than minus `DOUBT` once
# each change of the row of columns within `UPSET_REACH` fragments has been taken off, `MOST_UPSETS` at most.
# On generated pages a join that is not is right in 99 of 100 cases where rows are steady.
DOUBT, UPSET_REACH, MOST_UPSETS = 2.0, 8, 3
IN_TURN = UNSURE + DOUBT  # puts that on the scale of `Join.doubtful`
NEAR = 6.0  # rivals that are so much weaker are not told
RIVALS = 4


class _State(NamedTuple):
    score: float
    queue: tuple[int, ...]  # the open columns' last fragments, longest waiting first
    parent: int | None  # of the fragment just placed
    before: _State | None
    down: tuple[int, int] = ACROSS  # lines of the column being read down, and the height of the one before


def split_fused(page: Page, narrow: str = "") -> Page:
    """The page with fragments cut that hold two or more lines of columns without a space between them.

    The cuts are made at about the column's width, where the dictionary has the least to say against them.
    `narrow` are signs of half an em.
    """
    if page.width is None:
        return page
    fragments: list[Fragment] = []
    for f in page.fragments:
        measure = f.measure or page.width
        fused = f.column and f.width >= FUSED * measure
        ends = _cuts(page.text, f.span, measure, narrow) if fused else [f.span.end]
        for start, end in pairwise([f.span.start, *ends]):
            text = page.text[start:end]
            size = width(text, narrow)
            fragments.append(
                Fragment(len(fragments), Span(start, end), text, f.line, f.level, f.column, size, f.measure)
            )
    return Page(page.text, page.lines, tuple(fragments), page.width, page.wrapped)


def _cuts(source: str, span: Span, column: float, narrow: str) -> list[int]:
    """Where the lines of a column end in a span: the ends that together cost the least."""
    text = source[span.start : span.end]
    closed = CLOSED.search(text) is not None
    at = [0.0]  # how wide the text is up to each place
    for char in text:
        at.append(at[-1] + width(char, narrow))
    best: list[tuple[float, int]] = [(0.0, 0)]  # what lines up to a place cost, and where the last one begins
    first = 0
    for end in range(1, len(text) + 1):
        while at[end] - at[first] > column + WIDER:
            first += 1
        costs = []
        for start in range(first, end):
            size = at[end] - at[start]
            if size < column - NARROWER and end < len(text):
                break
            off = max(0.0, size - column) if end == len(text) and closed else abs(size - column)
            costs.append((best[start][0] + off, start))
        cost, start = min(costs, default=(math.inf, end - 1))
        if end < len(text):
            cost += _parted(text, end)
        best.append((cost, start))
    ends = [len(text)]
    while start := best[ends[-1]][1]:
        ends.append(start)
    return [span.start + end for end in reversed(ends)]


def _parted(text: str, at: int) -> float:
    """What speaks against a line's end at a place, in nats."""
    before, behind = normal(text[max(0, at - 3) : at]), normal(text[at : at + 4])
    if not behind or behind[0] in NO_START:  # nothing but spaces, or a mark
        return math.inf
    return word_gain(before, behind)[0]


@dataclass(frozen=True, slots=True)
class Unravelled:
    """Chains of fragments, the joins that made them, and seams opened as too weak.

    The joins are those that go to another place and, where rows change, the other doubtful ones.
    `opened` leads from a chain's first fragment to the fragment that the search had put before it.
    """

    chains: tuple[tuple[Fragment, ...], ...]
    joins: tuple[Join, ...]
    opened: dict[int, int]


def unravel(
    fragments: Sequence[Fragment], evidence: Evidence, column: float, headings: Sequence[int]
) -> Unravelled:
    """The chains of a run of fragments; every fragment stands in exactly one of them.

    `headings` are the numbers of the fragments that are headings: a chain goes past one only in mid-sentence.
    """
    seams = RowSeams(fragments, evidence, column, headings)
    in_line = seams.in_line
    closed = [f.closed for f in fragments]
    starts = seams.sections()
    states = [_State(0.0, (0,), None, None, (1, 0) if in_line[fragments[0].line] == 1 else ACROSS)]
    for head in range(1, len(fragments)):
        alone = in_line[fragments[head].line] == 1
        following: dict[tuple[tuple[int, int], tuple[int, ...]], _State] = {}
        best = -math.inf
        for state in states:  # the best come first
            least = best - HOPELESS
            for new in _moves(state, head, alone, closed, seams.between, head in starts, least):
                best = max(best, new.score)
                rival = following.get((new.down, new.queue))
                if rival is None or new.score > rival.score:
                    following[new.down, new.queue] = new
        ranked = sorted(following.values(), key=lambda s: (-s.score, s.down, s.queue))[:BEAM]
        states = [s for s in ranked if s.score >= best - HOPELESS]
    return _chains(_Search(seams, *_path(states[0], len(fragments))))


def _moves(
    state: _State, head: int, alone: bool, closed: Sequence[bool], seam: Seams, starts: bool, least: float
) -> Iterator[_State]:
    """What may become of the queue with the next fragment; moves that score less than `least` may lack."""
    score, queue, _, _, (count, height) = state
    ended = skipped = 0.0
    ends = _ends(count, height)
    if alone:
        yield from _downwards(state, head, seam)
    if count:
        ended = skipped = TURN_BACK if alone else BACK_AT_ROW + ends
    for number, tail in enumerate(queue[:3]):
        if count and len(queue) == 1 and alone:
            break
        if score + max(ended, skipped) + LARGEST < least:
            break
        gained = score + seam(tail, head)
        if gained + ended >= least:
            yield _State(gained + ended, (*queue[number + 1 :], head), tail, state)
        if number and gained + skipped >= least:
            yield _State(gained + skipped, (*queue[number + 1 :], *queue[:number], head), tail, state)
        ended += END_CLOSED if closed[tail] else END_AT_SECTION if starts else END_OPEN
        skipped += SKIPPED
    if len(queue) < DEEPEST:
        new = score + (NEW_AT_SECTION if starts else NEW_COLUMN)
        if count and alone:
            yield _State(score + NEW_COLUMN + ends, (*queue, head), None, state, (1, count))
        elif new >= least:
            yield _State(new, (*queue, head), None, state)


def _downwards(state: _State, head: int, seam: Seams) -> Iterator[_State]:
    """A fragment alone in its row goes on with the column that is read down, or with the next to be so."""
    score, queue, _, _, (count, height) = state
    if count:
        on = score + seam(queue[-1], head)
        yield _State(on, (*queue[:-1], head), queue[-1], state, (count + 1, height))
        if len(queue) > 1:
            gained = score + NEXT_DOWN + _ends(count, height) + seam(queue[0], head)
            yield _State(gained, (*queue[1:], head), queue[0], state, (1, count))
    elif len(queue) > 1:
        on = score + TURN + seam(queue[-1], head)
        yield _State(on, (*queue[:-1], head), queue[-1], state, (2, 0))


def _ends(count: int, height: int) -> float:
    """What speaks for a column read down to end after so many lines."""
    return 0.0 if not height else AS_HIGH if count == height else OTHER_HEIGHT


@dataclass(frozen=True, slots=True)
class _Search:
    """What the search found: whom each fragment continues, and where the row of columns changed."""

    seams: RowSeams  # all that it weighed
    parents: dict[int, int]
    upset: Sequence[bool]

    def upsets(self, head: int, reach: int) -> int:
        """How often the row of columns changes around a fragment."""
        return sum(self.upset[max(0, head - reach) : head + reach + 1])


def _path(last: _State, number: int) -> tuple[dict[int, int], list[bool]]:
    parents: dict[int, int] = {}
    upset = [False] * number
    state = last
    for head in range(number - 1, 0, -1):
        if state.parent is not None:
            parents[head] = state.parent
        before = state.before
        if before is None:
            break
        turned = state.parent != before.queue[0] or len(state.queue) != len(before.queue)
        upset[head] = turned and not state.down[0]
        state = before
    return parents, upset


def _chains(search: _Search) -> Unravelled:
    seams, parents = search.seams, search.parents
    fragments, past_heading = seams.fragments, seams.past_heading
    chains: dict[int, list[Fragment]] = {}
    leader: dict[int, int] = {}
    kept: dict[int, int] = {}
    opened: dict[int, int] = {}
    scores = [seams.known[parents[h], h] if h in parents else NEW_COLUMN for h in range(len(fragments))]
    pure = _is_pure(search, scores)
    for head, fragment in enumerate(fragments):
        parent = parents.get(head)
        if parent is None:
            weak = True
        elif pure:
            weak = scores[head] < APART
            if weak:
                opened[fragment.index] = fragments[parent].index
        elif fragments[parent].closed:
            weak = past_heading(parent, head)
        else:
            around = scores[max(0, head - AROUND) : head + AROUND + 1]
            steady = sum(around) / len(around) >= STEADY and search.upsets(head, AROUND) <= UPSET
            weak = scores[head] < CUT and (not steady or past_heading(parent, head))
            if weak and not past_heading(parent, head):
                opened[fragment.index] = fragments[parent].index
        if parent is None or weak:
            leader[head] = head
            chains[head] = [fragment]
            continue
        leader[head] = leader[parent]
        chains[leader[head]].append(fragment)
        kept[head] = parent
    return Unravelled(tuple(tuple(c) for c in chains.values()), _joins(search, kept), opened)


def _is_pure(search: _Search, scores: Sequence[float]) -> bool:
    """Whether the fragments are one physical line of which each continues the one before, and well."""
    fragments = search.seams.fragments
    last = len(fragments) - 1
    if not last or fragments[0].line != fragments[last].line:
        return False
    return all(search.parents.get(h) == h - 1 for h in range(1, last + 1)) and sum(scores[1:]) >= PURE * last


def _joins(search: _Search, kept: dict[int, int]) -> tuple[Join, ...]:
    """The joins of the chains; a rival's score counts what the fragments would lose that it takes away.

    A join is doubtful if its seam or its lead over a rival is small for a place where rows change as often.
    """
    by_tail: dict[int, list[int]] = {}
    by_head: dict[int, list[int]] = {}
    known, fragments = search.seams.known, search.seams.fragments
    for tail, head in known:
        by_tail.setdefault(tail, []).append(head)
        by_head.setdefault(head, []).append(tail)
    after = {tail: head for head, tail in kept.items()}
    joins = []
    for head, tail in kept.items():
        seam = known[tail, head]
        upsets = min(MOST_UPSETS, search.upsets(head, UPSET_REACH))
        next_on_page = fragments[head].index == fragments[tail].index + 1
        if next_on_page and (not upsets or fragments[tail].closed):
            continue
        lost: list[tuple[float, int, int]] = []
        for other in by_tail[tail]:
            if other != head and known[tail, other] > seam - NEAR:
                before = kept.get(other)
                loss = known[before, other] - known.get((before, head), 0.0) if before is not None else 0.0
                lost.append((seam + loss - known[tail, other], tail, other))
        for other in by_head[head]:
            if other != tail and known[other, head] > seam - NEAR:
                behind = after.get(other)
                loss = known[other, behind] - known.get((tail, behind), 0.0) if behind is not None else 0.0
                lost.append((seam + loss - known[other, head], other, head))
        score = seam + IN_TURN - upsets
        rivals = tuple(
            Rival(fragments[t].index, fragments[h].index, score - (lead + IN_TURN + CLEAR + DOUBT - upsets))
            for lead, t, h in sorted(lost)[:RIVALS]
        )
        signs = search.seams.signs[tail, head]
        reasons = (
            *(told := weighted(signs)),
            ("place in the row", seam - sum(value for _, value in told)),
            ("its turn in the row of columns", IN_TURN),
            ("rows that change nearby", -float(upsets)),
        )
        join = Join(fragments[tail].index, fragments[head].index, score, reasons, rivals)
        if join.doubtful or not next_on_page:
            joins.append(join)
    return tuple(joins)
