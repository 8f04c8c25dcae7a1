"""The best set of joins: each tail and each head at most once, the largest sum of scores (Kuhn-Munkres)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LARGEST = 150  # tails and heads of one component that are matched exactly; larger ones greedily


def best_matching(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs (tail, head) with the largest sum of scores; pairs that are not given are impossible."""
    chosen: list[tuple[int, int]] = []
    for pairs in _components(scores):
        tails = sorted({t for t, _ in pairs})
        heads = sorted({h for _, h in pairs})
        if len(tails) * len(heads) == 1 or len(tails) > LARGEST or len(heads) > 4 * LARGEST:
            chosen += _greedy({p: scores[p] for p in pairs})
        else:
            chosen += _exact(tails, heads, scores)
    return sorted(chosen)


def _components(scores: Mapping[tuple[int, int], float]) -> list[list[tuple[int, int]]]:
    leader: dict[tuple[str, int], tuple[str, int]] = {}

    def find(x: tuple[str, int]) -> tuple[str, int]:
        leader.setdefault(x, x)
        while leader[x] != x:
            leader[x] = leader[leader[x]]
            x = leader[x]
        return x

    for tail, head in scores:
        leader[find(("tail", tail))] = find(("head", head))
    groups: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for tail, head in sorted(scores):
        groups.setdefault(find(("tail", tail)), []).append((tail, head))
    return list(groups.values())


def _greedy(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    tails: set[int] = set()
    heads: set[int] = set()
    chosen = []
    for (tail, head), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score > 0 and tail not in tails and head not in heads:
            chosen.append((tail, head))
            tails.add(tail)
            heads.add(head)
    return chosen


def _exact(
    tails: list[int], heads: list[int], scores: Mapping[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The best pairs of one component. Each tail also has columns that are no heads, and cost nothing."""
    costs = [[-max(scores.get((t, h), 0.0), 0.0) for h in heads] + [0.0] * len(tails) for t in tails]
    rows = _assigned(costs)[: len(heads)]
    pairs = [(tails[row], head) for head, row in zip(heads, rows, strict=True) if row is not None]
    return [pair for pair in pairs if scores.get(pair, 0.0) > 0]


def _assigned(costs: Sequence[Sequence[float]]) -> list[int | None]:
    """The row of each column so that all rows have one and the sum of costs is least; None for no row.

    Kuhn-Munkres with potentials; rows and columns count from 1 in it, 0 stands for none.
    """
    n, m = len(costs), len(costs[0])
    infinite = float("inf")
    row_potential, column_potential = [0.0] * (n + 1), [0.0] * (m + 1)
    row_of = [0] * (m + 1)
    way = [0] * (m + 1)
    for row in range(1, n + 1):
        row_of[0], at = row, 0
        least, used = [infinite] * (m + 1), [False] * (m + 1)
        while row_of[at]:
            used[at] = True
            here, delta, following = row_of[at], infinite, 0
            cost = costs[here - 1]
            for column in range(1, m + 1):
                if used[column]:
                    continue
                reduced = cost[column - 1] - row_potential[here] - column_potential[column]
                if reduced < least[column]:
                    least[column], way[column] = reduced, at
                if least[column] < delta:
                    delta, following = least[column], column
            for column in range(m + 1):
                if used[column]:
                    row_potential[row_of[column]] += delta
                    column_potential[column] -= delta
                else:
                    least[column] -= delta
            at = following
        while at:
            row_of[at] = row_of[way[at]]
            at = way[at]
    return [row - 1 if row else None for row in row_of[1:]]
