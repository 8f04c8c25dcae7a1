"""Which box of text continues which, on a page that was read box by box (see `boxes`).

Each end that breaks off weighs all beginnings, and that its text is lost, by a conditional logistic
regression (`scripts/fit_boxes.py`): the seam, whether the beginning looks like that of a paragraph, and the
places of both boxes. The joins are then those that together are the most likely.
"""

from __future__ import annotations

import math
import re
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from jiceng.repair.chains import CLEAR, UNSURE, Chain, Cohesion, Join, Rival, is_open, joined
from jiceng.repair.columns import PURE
from jiceng.repair.layout import Fragment
from jiceng.repair.roles import reading_rules
from jiceng.repair.seams import WINDOW, Evidence, half_word, normal
from jiceng.repair.threads import names

Signs = dict[str, float]

NAMED_WITHIN = 6  # characters from its beginning in which a paragraph names its division
REACH, CHAINS = 100, 200  # boxes, and pieces of them, within which a beginning may lie
MOST = 7.0  # that a seam may make up for
# A join is doubtful if its score, or its lead over a rival and what that takes from others, is less. Of such
# joins on generated pages six in ten are right, of the others more than nine.
DOUBT = 2.0
BY_DOUBT = UNSURE - DOUBT  # puts that on the scale of `Join.doubtful`
REPORTED = 3.0  # rivals that are so much worse than no join at all are not told
_TOPIC = re.compile(r"[^。！？；：]{4,16}。")

FIRST: Signs = {
    "always": -0.23,
    "another division": -0.48,
    "back": -1.30,
    "back far": -0.31,
    "cohesion": 0.67,
    "expected": 3.51,
    "expected, line": 0.45,
    "far": -0.73,
    "from rows": 1.24,
    "head behind a tear": -0.07,
    "head half a word": 0.08,
    "head in rows": 0.39,
    "head narrower than 0.75, by itself": -0.01,
    "head narrower than 0.75, in its box": -0.68,
    "head narrower than 1.5, by itself": -0.17,
    "head narrower than 1.5, in its box": -0.16,
    "head narrower than 2.5, by itself": 0.08,
    "head narrower than 2.5, in its box": 0.66,
    "head no column": -1.22,
    "head not first": -0.08,
    "head opens with a name": -1.79,
    "head start": -0.37,
    "head topic": -0.12,
    "head topic, narrow": -0.45,
    "next": 0.94,
    "next, heading between": 0.63,
    "other rank": 0.14,
    "rows to rows": 0.02,
    "same line": 0.68,
    "seam": 0.86,
    "the same division": -0.40,
    "titles": -1.11,
}
WEIGHTS: Signs = {
    "aligned": 0.06,
    "always": -0.13,
    "first": 1.03,
}


class Boxes:
    """The chains of a page that was read box by box, and what speaks for a join of two of them."""

    def __init__(
        self, chains: Sequence[Chain], evidence: Evidence, column: float | None, expected: Mapping[int, int]
    ) -> None:
        """Look at the chains, in the page's order; `expected` is as for `chains.link`."""
        self.chains, self.evidence, self.expected = chains, evidence, expected
        self.tails = [i for i, c in enumerate(chains) if (c.free or c.bare) and is_open(c.last.text)]
        self.heads = [i for i, c in enumerate(chains) if c.free]
        cohesion = Cohesion(chains)
        self._good: dict[int, float] = {}
        self._rows: dict[int, list[Fragment]] = {}
        for f in sorted((f for c in chains if c.free for f in c.fragments), key=lambda f: f.index):
            self._rows.setdefault(f.line, []).append(f)
        self.names = names(chains)
        self.over = [(c.first.over(column), c.last.over(column)) for c in chains]
        lines = sorted({f.line for c in chains if c.free for f in c.fragments})
        self.lines = lines
        self.place = {line: n for n, line in enumerate(lines)}
        for tail in self.tails:  # what only looks like a heading stands between two boxes
            line = chains[tail].last.line
            self.place.setdefault(line, bisect(lines, line) - 1)
        self.headings = [c.first.line for c in chains if c.announces]
        self.titles = [c.first.line for c in chains if c.announces and c.first.level == 1]
        in_line = Counter(c.first.line for c in chains if c.free)
        self.rows = {line for line, n in in_line.items() if n > 1 and self._goodness(line) < PURE}
        self.rank: dict[int, int] = {}
        seen: Counter[int] = Counter()
        ends: dict[int, list[int]] = {}
        for i in self.heads:
            line = chains[i].first.line
            self.rank[i] = seen[line]
            seen[line] += 1
            ends.setdefault(chains[i].last.line, []).append(i)
        self.ends = ends
        self.by_last = {chains[i].last.index: i for i in self.tails}
        self.by_first = {chains[i].first.index: i for i in self.heads}
        self._endings = {i: chains[i].ending for i in self.tails}
        self._openings = {i: chains[i].opening for i in self.heads}
        self._scores: dict[int, dict[int, float]] = {}
        self.head_signs = {h: self._head(h) for h in self.heads}
        self.near = {t: self._around(t) for t in self.tails}
        self._cohesive = {
            t: dict(zip(near, cohesion.compare(t, near), strict=True)) for t, near in self.near.items()
        }
        around: dict[int, list[int]] = {h: [] for h in self.heads}
        for t, near in self.near.items():
            for h in near:
                around[h].append(t)
        for h, tails in around.items():
            for t, value in zip(tails, cohesion.compare(h, tails), strict=True):
                self._cohesive[t][h] = (self._cohesive[t][h] + value) / 2

    def _around(self, tail: int) -> list[int]:
        """The beginnings that an end may go on with."""
        first, last = (bisect_left(self.heads, tail + d) for d in (-CHAINS, CHAINS + 1))
        return [h for h in self.heads[first:last] if h != tail and self._apart(tail, h) <= REACH]

    def _apart(self, tail: int, head: int) -> int:
        """How many boxes lie between an end and a beginning."""
        a, b = self.chains[tail].last.line, self.chains[head].first.line
        return abs(self.place[b] - self.place[a])

    def _head(self, head: int) -> Signs:
        """What a chain's first line says about whether it is the first of a paragraph."""
        chain = self.chains[head]
        first, plain = chain.first, normal(chain.first.text)
        found: Signs = {"always": 1.0}
        usual = sorted(f.width for f in chain.fragments[1:-1])
        narrower = (usual[len(usual) // 2] - first.width) if usual else -self.over[head][0]
        kind = "in its box" if usual else "by itself"
        for least in (0.75, 1.5, 2.5):
            if narrower >= least:
                found[f"head narrower than {least}, {kind}"] = 1.0
        if _TOPIC.match(plain):
            found["head topic, narrow" if narrower >= 0.75 else "head topic"] = 1.0
        if reading_rules()["start.box"].pattern.match(plain):
            found["head start"] = 1.0
        if any(0 <= plain.find(name) <= NAMED_WITHIN for name in self.names[head]):
            found["head opens with a name"] = 1.0
        if chain.bare or not first.column:
            found["head no column"] = 1.0
        found["head half a word"] = half_word(plain[:WINDOW], left=False)
        if first.line in self.rows:
            found["head in rows"] = 1.0
            if self.rank[head]:
                found["head not first"] = 1.0
        before = self.place[first.line] - 1
        tails = self.ends.get(self.lines[before], []) if before >= 0 else []
        if any(is_open(self.chains[t].last.text) for t in tails):
            found["head behind a tear"] = 1.0
        return found

    def _goodness(self, line: int) -> float:
        """How well the fragments of a physical line continue each other as they stand, on average."""
        found = self._good.get(line)
        if found is None:
            row = self._rows.get(line, ())
            seams = [self.evidence.score(normal(a.text), normal(b.text)) for a, b in pairwise(row)]
            found = self._good[line] = sum(seams) / len(seams) if seams else 0.0
        return found

    def first_scores(self) -> dict[int, dict[int, float]]:
        """For each tail, the scores of heads by themselves, those that are hopeless left out."""
        if not self._scores:
            begins = {h: self.weigh(signs, FIRST) for h, signs in self.head_signs.items()}
            for t, near in self.near.items():
                here = self._scores[t] = {}
                for h in near:
                    score = begins[h] + self.weigh(self._placed(t, h), FIRST)
                    if score > -MOST:
                        here[h] = score + FIRST.get("seam", 0.0) * self._seam(t, h)
        return self._scores

    def more_signs(self, tail: int, head: int) -> Signs:
        """What a join has to say in the company of others: its first score, and how well the ends beside
        it in its row go on with the beginnings beside the other in theirs.
        """
        scores = self.first_scores()
        found = {"always": 1.0, "first": scores[tail][head]}
        a, b = self.chains[tail].last, self.chains[head].first
        aligned = 0.0
        for step in (1, -1):
            for d in range(step, 6 * step, step):
                one, other = self.by_last.get(a.index + d), self.by_first.get(b.index + d)
                if one is None or other is None or not self._aligned(one, other, a.line, b.line):
                    break
                aligned += max(-2.0, min(4.0, scores[one].get(other, 0.0)))
        if aligned:
            found["aligned"] = max(-4.0, min(8.0, aligned))
        return found

    def _aligned(self, tail: int, head: int, end: int, start: int) -> bool:
        """Whether a tail ends in one line and a head begins in another."""
        return self.chains[tail].last.line == end and self.chains[head].first.line == start

    def signs(self, tail: int, head: int) -> Signs:
        """What speaks for and against a join by itself."""
        return self.head_signs[head] | self._placed(tail, head) | {"seam": self._seam(tail, head)}

    def _seam(self, tail: int, head: int) -> float:
        return self.evidence.weigh(self._seam_signs(tail, head))

    def _seam_signs(self, tail: int, head: int) -> Signs:
        left, right = normal(self.chains[tail].last.text), normal(self.chains[head].first.text)
        over = self.over[tail][1], self.over[head][0]
        return self.evidence.signs(left, right, *over, (self._endings[tail], self._openings[head]))

    def _placed(self, tail: int, head: int) -> Signs:
        """What the places of two boxes and their words say."""
        a, b = self.chains[tail].last, self.chains[head].first
        found: Signs = {"cohesion": self._cohesive[tail][head]}
        apart = self.place[b.line] - self.place[a.line]
        if self.names[tail] and self.names[head]:
            same = self.names[tail] & self.names[head]
            found["the same division" if same else "another division"] = 1.0
        rows = a.line in self.rows, b.line in self.rows
        if self.expected.get(b.index) == a.index:
            found["expected"] = 1.0
            found["expected, line"] = max(-2.0, min(2.0, self._goodness(a.line)))
        if apart == 0:
            found["same line"] = 1.0
        elif apart == 1:
            between = bisect(self.headings, a.line) != bisect(self.headings, b.line)
            found["next, heading between" if between else "next"] = 1.0
        elif apart < 0:
            found["back"] = 1.0
            found["back far"] = math.log(-apart)
        else:
            found["far"] = math.log(apart)
        if apart and all(rows):
            found["rows to rows"] = 1.0
            found["other rank"] = float(min(3, abs(self.rank[tail] - self.rank[head])))
        elif apart and rows[0]:
            found["from rows"] = 1.0
        found["titles"] = float(min(2, abs(bisect(self.titles, a.line) - bisect(self.titles, b.line))))
        return found

    @staticmethod
    def weigh(signs: Signs, weights: Signs) -> float:
        """The weighted sum of signs; 0 is what the tail's text being lost scores."""
        score = 0.0
        for name, value in signs.items():
            score += weights.get(name, 0.0) * value
        return score

    def link(self) -> list[Join]:
        """The joins between chains, best first."""
        pairs: dict[tuple[int, int], float] = {}
        for tail, heads in self.first_scores().items():
            for head, first in heads.items():
                if first > -REPORTED:
                    score = self.weigh(self.more_signs(tail, head), WEIGHTS)
                    if score > -REPORTED:
                        pairs[tail, head] = score

        joins = joined(self.chains, pairs, dict.fromkeys(pairs, 0.0), self._seam_signs)
        ends = [(self.by_last[j.tail], self.by_first[j.head]) for j in joins]
        after, before = dict(ends), {h: t for t, h in ends}

        def lost(tail: int, head: int, rival: Rival) -> float:
            """What other joins lose if a rival takes their end or beginning."""
            t, h = self.by_last[rival.tail], self.by_first[rival.head]
            owner, other = (before.get(h), h) if t == tail else (t, after.get(t))
            if owner is None or other is None:
                return 0.0
            swap = (owner, head) if t == tail else (tail, other)
            return pairs[owner, other] - max(0.0, pairs.get(swap, 0.0))

        result = []
        for join, (tail, head) in zip(joins, ends, strict=True):
            leads = ((r, join.score - r.score + max(0.0, lost(tail, head, r))) for r in join.rivals)
            score = join.score + BY_DOUBT
            rivals = tuple(replace(r, score=score - (lead + CLEAR - DOUBT)) for r, lead in leads)
            reasons_ = (*join.reasons, ("that boxes may end anywhere", BY_DOUBT))
            result.append(replace(join, score=score, reasons=reasons_, rivals=rivals))
        return result
