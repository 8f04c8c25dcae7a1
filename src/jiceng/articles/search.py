"""The search over a page for whose each part is: the cheapest way through it, and how sure each part is.

Of each part it is known how much speaks for each division (`evidence`), what it costs to change the speaker
in front of it (`costs`), and to which divisions that costs less, as the part begins with them (`entries`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import mul

from jiceng.model import Division

ENTER = 1.6  # what it costs less to change to a division that a part names first


def total(
    evidence: Sequence[Mapping[str, float]],
    costs: Sequence[float],
    entries: Sequence[set[str]],
    path: Sequence[Division],
) -> float:
    """What speaks for a way through the page, less what its changes cost."""
    said = sum(here.get(d.adcode, 0.0) for here, d in zip(evidence, path, strict=True))
    changes = sum(
        max(0.0, cost - (ENTER if d.adcode in entry else 0.0))
        for cost, entry, (before, d) in zip(costs[1:], entries[1:], pairwise(path), strict=True)
        if before != d
    )
    return said - changes


def beliefs_of(
    evidence: Sequence[Mapping[str, float]],
    costs: Sequence[float],
    entries: Sequence[set[str]],
    codes: Sequence[str],
) -> list[dict[str, float]]:
    """How sure each part is of each division, by what it says and its neighbours (forward-backward)."""
    likely: list[list[float]] = []  # how likely each part is if it is of each division, the likeliest 1
    for here in evidence:
        row = (
            [here.get(c, 0.0) for c in codes]
            if len(here) < len(codes)
            else list(map(here.__getitem__, codes))
        )
        top = max(row)
        likely.append([math.exp(s - top) for s in row])
    index = {c: k for k, c in enumerate(codes)}
    entered = [[index[c] for c in entry if c in index] for entry in entries]
    plain = [math.exp(-max(0.0, cost)) for cost in costs]
    eased = [math.exp(-max(0.0, cost - ENTER)) for cost in costs]

    # One step on: the same division, or a change from any (the sum, which is 1) for what it costs to enter.
    whole = sum(likely[0])
    forward = [[f / whole for f in likely[0]]]
    for at in range(1, len(likely)):
        change = plain[at]
        row = [f + change for f in forward[-1]]
        for k in entered[at]:
            row[k] += eased[at] - change
        row = list(map(mul, row, likely[at]))
        whole = sum(row)
        forward.append([f / whole for f in row])
    behind = [1.0] * len(codes)
    found: list[dict[str, float]] = []
    for at in range(len(likely) - 1, -1, -1):
        both = list(map(mul, forward[at], behind))
        whole = sum(both)
        found.append(dict(zip(codes, [w / whole for w in both], strict=True)))
        back = list(map(mul, behind, likely[at]))  # and one step back
        whole = sum(back)
        change = plain[at] + sum((eased[at] - plain[at]) * back[k] for k in entered[at]) / whole
        behind = [b / whole + change for b in back]
    return found[::-1]


def best_way(
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
        top = max(scores)
        best = scores.index(top)
        plain, eased = top - max(0.0, cost), top - max(0.0, cost - ENTER)
        change = [eased if c in entry else plain for c in codes] if entry else [plain] * len(codes)
        back.append(
            [k if k == best or s > c else best for k, (s, c) in enumerate(zip(scores, change, strict=True))]
        )
        scores = [max(s, c) + here.get(code, 0.0) for s, c, code in zip(scores, change, codes, strict=True)]
    at = scores.index(max(scores))
    path = [at]
    for step in reversed(back):
        at = step[at]
        path.append(at)
    return [divisions[k] for k in reversed(path)]
