"""All districts of a graph: how alike they are, which form communities of practice, what spreads where.

Communities are those of Clauset, Newman and Moore (Finding community structure in very large networks,
Physical Review E 70, 2004) as networkx has them: groups of districts that share more mechanisms with each
other than their numbers let expect. Districts that share nothing with any other belong to none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import networkx as nx

from jiceng.analysis.comparison import Pair, Use, pairs, uses
from jiceng.analysis.corpus import Corpus, District


@dataclass(frozen=True, slots=True)
class Community:
    """Districts (codes) that share mechanisms; `bonds` are the mechanisms that two of them or more have."""

    districts: tuple[str, ...]
    bonds: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A type of mechanism: its mechanisms, those of several districts, of several provinces, its facts."""

    type: str
    mechanisms: tuple[str, ...]
    shared: tuple[str, ...]
    abroad: tuple[str, ...]
    districts: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`uses` are all mechanisms, the most widespread first; `near` and `far` the mean similarity of pairs of
    districts within a province and across provinces, None where there are no such pairs.
    """

    districts: tuple[District, ...]
    uses: tuple[Use, ...]
    pairs: tuple[Pair, ...]
    communities: tuple[Community, ...]
    alone: tuple[str, ...]
    modularity: float
    spread: tuple[Spread, ...]
    near: Fraction | None
    far: Fraction | None


def report(corpus: Corpus) -> Report:
    """Reckon with all districts of a graph."""
    every = uses(corpus.adoptions)
    of = {d.code: d for d in corpus.districts}
    all_pairs = pairs(corpus, corpus.districts)
    groups, modularity = _communities(corpus.districts, all_pairs)
    communities = tuple(
        Community(group, tuple(use for use in every if sum(code in group for code in use.facts) > 1))
        for group in groups
    )
    inside = {code for group in groups for code in group}

    def mean(within: bool) -> Fraction | None:
        chosen = [
            p.similarity
            for p in all_pairs
            if of[p.first].province
            and of[p.second].province
            and (of[p.first].province == of[p.second].province) is within
        ]
        return sum(chosen, Fraction(0)) / len(chosen) if chosen else None

    return Report(
        corpus.districts,
        every,
        all_pairs,
        communities,
        tuple(d.code for d in corpus.districts if d.code not in inside),
        modularity,
        _spread(every, of),
        mean(True),
        mean(False),
    )


def _communities(districts: Sequence[District], every: Sequence[Pair]) -> tuple[list[tuple[str, ...]], float]:
    order = {d.code: at for at, d in enumerate(districts)}
    graph = nx.Graph()
    for pair in every:
        if pair.shared:
            graph.add_edge(pair.first, pair.second, shared=len(pair.shared))
    if not graph:
        return [], 0.0
    found = nx.community.greedy_modularity_communities(graph, weight="shared")
    groups = [tuple(sorted(group, key=order.__getitem__)) for group in found]
    groups.sort(key=lambda group: (-len(group), order[group[0]]))
    return groups, float(nx.community.modularity(graph, groups, weight="shared"))


def _spread(every: Sequence[Use], of: dict[str, District]) -> tuple[Spread, ...]:
    by_type: dict[str, list[Use]] = {}
    for use in every:
        by_type.setdefault(use.type, []).append(use)

    def provinces(use: Use) -> set[str]:
        return {of[code].province for code in use.facts} - {""}

    found = (
        Spread(
            name,
            tuple(u.mechanism for u in group),
            tuple(u.mechanism for u in group if len(u.facts) > 1),
            tuple(u.mechanism for u in group if len(provinces(u)) > 1),
            tuple(code for code in of if any(code in u.facts for u in group)),
            tuple(fact for u in group for facts in u.facts.values() for fact in facts),
        )
        for name, group in by_type.items()
    )
    return tuple(sorted(found, key=lambda s: (-len(s.facts), s.type)))
