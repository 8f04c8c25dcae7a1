"""The best set of joins: each tail and each head at most once, the largest sum of scores (Kuhn-Munkres)."""

from __future__ import annotations

from collections.abc import Mapping

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
    """Kuhn-Munkres with potentials. Each tail also has a column of its own that stands for no head."""
    n, m = len(tails), len(heads) + len(tails)
    infinite = float("inf")
    row_potential, column_potential = [0.0] * (n + 1), [0.0] * (m + 1)
    row_of = [0] * (m + 1)  # the row matched to each column, 0 for none
    way = [0] * (m + 1)

    def cost(row: int, column: int) -> float:
        if column <= len(heads):
            return -max(scores.get((tails[row - 1], heads[column - 1]), 0.0), 0.0)
        return 0.0

    for row in range(1, n + 1):
        row_of[0], at = row, 0
        least, used = [infinite] * (m + 1), [False] * (m + 1)
        while row_of[at]:
            used[at] = True
            here, delta, following = row_of[at], infinite, 0
            for column in range(1, m + 1):
                if used[column]:
                    continue
                reduced = cost(here, column) - row_potential[here] - column_potential[column]
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
    pairs = []
    for column in range(1, len(heads) + 1):
        if row_of[column]:
            pair = (tails[row_of[column] - 1], heads[column - 1])
            if scores.get(pair, 0.0) > 0:
                pairs.append(pair)
    return pairs
