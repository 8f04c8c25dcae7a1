"""Some districts side by side: what they share, what only one has, numbers and chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from jiceng.analysis.corpus import Adoption, Chain, Corpus, District, Number


@dataclass(frozen=True, slots=True)
class Use:
    """A mechanism with the facts of each district that has it, by code."""

    mechanism: str
    label: str
    type: str
    facts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pair:
    """How alike two districts are: `shared` of the `either` mechanisms that one has (Jaccard index)."""

    first: str
    second: str
    shared: tuple[str, ...]
    either: int

    @property
    def similarity(self) -> Fraction:
        """From 0 (nothing in common) to 1 (the same mechanisms)."""
        return Fraction(len(self.shared), self.either) if self.either else Fraction(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Districts in the order asked for. `uses` are sorted by the number of districts, then type and label.

    `numbers` are indicators that two districts or more state, with each one's measurements.
    """

    districts: tuple[District, ...]
    uses: tuple[Use, ...]
    pairs: tuple[Pair, ...]
    numbers: tuple[tuple[str, Mapping[str, tuple[Number, ...]]], ...]
    chains: tuple[Chain, ...]


def compare(corpus: Corpus, districts: Sequence[District]) -> Comparison:
    """Two districts or more side by side."""
    codes = [d.code for d in districts]
    numbers: dict[str, dict[str, list[Number]]] = {}
    for number in corpus.numbers:
        if number.code in codes:
            numbers.setdefault(number.indicator, {}).setdefault(number.code, []).append(number)
    return Comparison(
        tuple(districts),
        uses(a for a in corpus.adoptions if a.code in codes),
        pairs(corpus, districts),
        tuple(
            (indicator, {code: tuple(of) for code, of in by_code.items()})
            for indicator, by_code in numbers.items()
            if len(by_code) > 1
        ),
        tuple(sorted((c for c in corpus.chains if c.code in codes), key=lambda c: codes.index(c.code))),
    )


def uses(adoptions: Iterable[Adoption]) -> tuple[Use, ...]:
    """Mechanisms with the facts behind them, the most widespread first."""
    found: dict[str, dict[str, list[str]]] = {}
    told: dict[str, Adoption] = {}
    for adoption in adoptions:
        found.setdefault(adoption.mechanism, {}).setdefault(adoption.code, []).append(adoption.fact)
        told.setdefault(adoption.mechanism, adoption)
    every = (
        Use(m, told[m].label, told[m].type, {code: tuple(facts) for code, facts in by_code.items()})
        for m, by_code in found.items()
    )
    return tuple(sorted(every, key=lambda use: (-len(use.facts), use.type, use.label, use.mechanism)))


def pairs(corpus: Corpus, districts: Sequence[District]) -> tuple[Pair, ...]:
    """Each two of the districts, in their order."""
    have = corpus.mechanisms()
    return tuple(
        Pair(
            a.code,
            b.code,
            tuple(m for m in have[a.code] if m in have[b.code]),
            len(have[a.code].keys() | have[b.code].keys()),
        )
        for a, b in combinations(districts, 2)
    )
