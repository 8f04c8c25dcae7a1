"""Which box of text continues which, on a page that was read box by box (see `boxes`).

Each end that breaks off weighs all beginnings, and that its text is lost, by a conditional logistic
regression (`scripts/fit_boxes.py`): the seam, whether the beginning looks like that of a paragraph, and the
places of both boxes. The joins are then those that together are the most likely.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from jiceng.repair.chains import Chain, Cohesion, Join, is_open, joined
from jiceng.repair.columns import PURE
from jiceng.repair.layout import Fragment
from jiceng.repair.seams import WINDOW, Evidence, half_word, normal

Signs = dict[str, float]

NARROW = 3.0  # ems: what is so much narrower than its box is surely an indented first line
REPORTED = 3.0  # rivals that are so much worse than no join at all are not told
_TOPIC = re.compile(r"[^。！？；：]{4,16}。")
_STARTS = re.compile(
    r"[“《（【■□●◆▲★#]|[0-9]+[.、）]|[一二三四五六七八九十]{1,2}[、是]|近[年日]|今年|去年|目前|同时|此外|其中|例如|比如|为了?|一是|首先|通过|坚持|针对|聚焦|按照|依托|下一步"
)

FIRST: Signs = {
    "always": -0.07,
    "back": -1.22,
    "back far": -0.28,
    "cohesion": 1.25,
    "expected": 3.94,
    "expected, line": 0.45,
    "far": -0.68,
    "from rows": 1.13,
    "head behind a tear": -0.00,
    "head half a word": 0.15,
    "head in rows": 0.49,
    "head narrower than 0.75, by itself": -0.16,
    "head narrower than 0.75, in its box": -0.66,
    "head narrower than 1.5, by itself": -0.16,
    "head narrower than 1.5, in its box": -0.19,
    "head narrower than 2.5, by itself": -0.03,
    "head narrower than 2.5, in its box": 0.04,
    "head no column": -1.64,
    "head not first": -0.28,
    "head start": -0.36,
    "head topic": -0.02,
    "head topic, narrow": -0.41,
    "next": 1.04,
    "next, heading between": 0.32,
    "other rank": 0.20,
    "rows to rows": -0.22,
    "same line": 0.91,
    "seam": 0.83,
    "titles": -1.23,
}
WEIGHTS: Signs = {
    "aligned": 0.38,
    "always": -0.07,
    "back": -1.16,
    "back far": -0.22,
    "beside": -0.20,
    "cohesion": 1.20,
    "comes from before": 0.18,
    "expected": 3.95,
    "expected, line": 0.50,
    "far": -0.59,
    "from rows": 1.19,
    "goes on behind": 0.11,
    "head behind a tear": 0.31,
    "head half a word": 0.16,
    "head in rows": 0.51,
    "head narrower than 0.75, by itself": -0.15,
    "head narrower than 0.75, in its box": -0.71,
    "head narrower than 1.5, by itself": -0.19,
    "head narrower than 1.5, in its box": -0.19,
    "head narrower than 2.5, by itself": -0.06,
    "head narrower than 2.5, in its box": 0.07,
    "head no column": -1.61,
    "head not first": -0.24,
    "head start": -0.38,
    "head topic": -0.04,
    "head topic, narrow": -0.43,
    "next": 0.74,
    "next, heading between": 0.14,
    "other rank": 0.20,
    "rows to rows": 0.01,
    "same line": 0.68,
    "seam": 0.83,
    "titles": -1.21,
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
        self.cohesion = Cohesion(chains)
        self._good: dict[int, float] = {}
        self._rows: dict[int, list[Fragment]] = {}
        for f in sorted((f for c in chains if c.free for f in c.fragments), key=lambda f: f.index):
            self._rows.setdefault(f.line, []).append(f)
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
        self.starts: dict[int, list[int]] = {}
        for i in self.heads:
            self.starts.setdefault(chains[i].first.line, []).append(i)
        self.by_last = {chains[i].last.index: i for i in self.tails}
        self.by_first = {chains[i].first.index: i for i in self.heads}
        self._scores: dict[int, dict[int, float]] = {}
        self.head_signs = {h: self._head(h) for h in self.heads}
        self.cohesive = {
            t: dict(zip(self.heads, self.cohesion.compare(t, self.heads), strict=True)) for t in self.tails
        }
        self.cohesive_back = {
            h: dict(zip(self.tails, self.cohesion.compare(h, self.tails), strict=True)) for h in self.heads
        }

    def _head(self, head: int) -> Signs:
        """What a chain's first line says about whether it is the first of a paragraph."""
        chain = self.chains[head]
        first, plain = chain.first, normal(chain.first.text)
        found: Signs = {}
        usual = sorted(f.width for f in chain.fragments[1:-1])
        narrower = (usual[len(usual) // 2] - first.width) if usual else -self.over[head][0]
        kind = "in its box" if usual else "by itself"
        for least in (0.75, 1.5, 2.5):
            if narrower >= least:
                found[f"head narrower than {least}, {kind}"] = 1.0
        if _TOPIC.match(plain):
            found["head topic, narrow" if narrower >= 0.75 else "head topic"] = 1.0
        if _STARTS.match(plain):
            found["head start"] = 1.0
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
        """For each tail, the scores of heads by themselves."""
        if not self._scores:
            for t in self.tails:
                self._scores[t] = {h: self.weigh(self.signs(t, h), FIRST) for h in self.heads if h != t}
        return self._scores

    def more_signs(self, tail: int, head: int) -> Signs:
        """What a join has to say in the company of others: all of `signs`, and the joins around it."""
        scores = self.first_scores()
        found = self.signs(tail, head)
        a, b = self.chains[tail].last, self.chains[head].first
        at = self.place[a.line]
        behind = self.lines[at + 1] if at + 1 < len(self.lines) else None
        end = self.by_last.get(self.chains[head].last.index)
        if (
            end in scores
            and behind is not None
            and b.line != behind
            and self.chains[head].last.line != behind
        ):
            heads = [h for h in self.starts.get(behind, ()) if h != head and h != end]
            best = max((scores[end].get(h, -REPORTED) for h in heads), default=0.0)
            found["goes on behind"] = max(-3.0, min(3.0, best))
        if a.line != b.line and a.line in self.rows and b.line in self.rows:
            beside = 0.0
            for t in self.ends.get(a.line, ()):
                for h in self.starts.get(b.line, ()) if t in scores else ():
                    c, d = self.chains[t].last.index - a.index, self.chains[h].first.index - b.index
                    if c * d > 0:
                        beside = max(beside, min(3.0, scores[t].get(h, 0.0)) / (1 + (c != d)))
            found["beside"] = beside
            aligned = 0.0
            for step in (1, -1):
                for d in range(step, 6 * step, step):
                    t, h = self.by_last.get(a.index + d), self.by_first.get(b.index + d)
                    if t is None or h is None or not self._aligned(t, h, a.line, b.line):
                        break
                    aligned += max(-2.0, min(4.0, scores[t].get(h, 0.0)))
            found["aligned"] = max(-4.0, min(8.0, aligned))
        before = self.place[b.line] - 1
        line = self.lines[before] if before >= 0 else None
        start = self.by_first.get(self.chains[tail].first.index)
        if start is not None and line is not None and line != a.line and self.chains[tail].first.line != line:
            ends = [t for t in self.ends.get(line, ()) if t in scores and t != tail]
            best = max((scores[t].get(start, -REPORTED) for t in ends), default=0.0)
            if ends:
                found["comes from before"] = max(-3.0, min(3.0, best))
        return found

    def _aligned(self, tail: int, head: int, end: int, start: int) -> bool:
        """Whether a tail ends in one line and a head begins in another."""
        return self.chains[tail].last.line == end and self.chains[head].first.line == start

    def signs(self, tail: int, head: int) -> Signs:
        """What speaks for and against a join."""
        a, b = self.chains[tail].last, self.chains[head].first
        left, right = normal(a.text), normal(b.text)
        found = dict(self.head_signs[head])
        found["seam"] = self.evidence.score(left, right, self.over[tail][1], self.over[head][0])
        found["cohesion"] = (self.cohesive[tail][head] + self.cohesive_back[head][tail]) / 2
        apart = self.place[b.line] - self.place[a.line]
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
        return weights.get("always", 0.0) + sum(weights.get(n, 0.0) * v for n, v in signs.items())

    def link(self) -> list[Join]:
        """The joins between chains, best first."""
        pairs: dict[tuple[int, int], float] = {}
        for tail in self.tails:
            for head in self.heads:
                if head != tail:
                    score = self.weigh(self.more_signs(tail, head), WEIGHTS)
                    if score > -REPORTED:
                        pairs[tail, head] = score

        def reasons(tail: int, head: int) -> dict[str, float]:
            a, b = self.chains[tail].last, self.chains[head].first
            left, right = normal(a.text), normal(b.text)
            return self.evidence.signs(left, right, self.over[tail][1], self.over[head][0])

        return joined(self.chains, pairs, dict.fromkeys(pairs, 0.0), reasons)
