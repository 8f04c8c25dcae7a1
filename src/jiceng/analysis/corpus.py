"""What a graph says of its districts, as far as it is compared: mechanisms, numbers, tier chains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pyoxigraph import QuerySolutions

from jiceng.errors import QueryError
from jiceng.query.stores import Graph, ask

_LISTED = 20
"""Districts that a message names."""
_DISTRICTS = """SELECT DISTINCT ?code ?label ?province WHERE {
  ?fact jc:division ?d ; jc:evidence ?e . ?d jc:adcode ?code ; rdfs:label ?label .
  OPTIONAL { ?d jc:withinDivision* ?p . ?p jc:divisionLevel "province" ; rdfs:label ?province }
} ORDER BY ?code ?province"""
_ADOPTIONS = """SELECT DISTINCT ?fact ?m ?label ?type ?code WHERE {
  ?fact jc:mechanism ?m ; jc:division/jc:adcode ?code . ?m rdfs:label ?label .
  OPTIONAL { ?m jc:mechanismType ?t . ?t skos:prefLabel ?type . FILTER (LANG(?type) = "zh") }
} ORDER BY ?m ?code ?fact ?type"""
_MEASUREMENTS = """SELECT DISTINCT ?fact ?name ?notation ?part ?measured ?value ?unit ?comparator ?code
WHERE {
  ?fact jc:indicator ?i ; jc:value ?value ; jc:measured ?measured ; jc:division/jc:adcode ?code .
  ?i skos:notation ?notation . OPTIONAL { ?i skos:prefLabel ?zh . FILTER (LANG(?zh) = "zh") }
  BIND (COALESCE(?zh, ?notation) AS ?name)
  OPTIONAL { ?fact jc:unit/skos:notation ?unit } OPTIONAL { ?fact jc:comparator/skos:notation ?comparator }
  OPTIONAL { ?fact jc:subject ?part }
  OPTIONAL { ?fact jc:nature/skos:notation ?nature } FILTER (!BOUND(?nature) || ?nature = "fact")
} ORDER BY ?notation ?code ?fact ?name"""
_CHAINS = """SELECT DISTINCT ?fact ?code ?kind ?position ?tier WHERE {
  ?fact a jc:TierChain ; jc:division/jc:adcode ?code ; jc:tier ?t .
  ?t jc:position ?position ; rdfs:label ?tier .
  OPTIONAL { ?fact jc:chainType/skos:notation ?kind }
} ORDER BY ?code ?fact ?position"""


@dataclass(frozen=True, slots=True)
class District:
    """A division of which the graph holds facts, with its province (empty where the graph does not say)."""

    code: str
    label: str
    province: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A district's use of a mechanism; `fact` is the statement's IRI."""

    fact: str
    mechanism: str
    label: str
    type: str
    code: str


@dataclass(frozen=True, slots=True)
class Number:
    """A measurement that has an indicator; `part` is what it is of, if not the whole division."""

    fact: str
    indicator: str
    part: str
    measured: str
    value: str
    unit: str
    code: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A tier chain, the highest tier first."""

    fact: str
    code: str
    kind: str
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Districts by code, and their facts, each list in a fixed order."""

    districts: tuple[District, ...]
    adoptions: tuple[Adoption, ...]
    numbers: tuple[Number, ...]
    chains: tuple[Chain, ...]

    def mechanisms(self) -> Mapping[str, Mapping[str, tuple[Adoption, ...]]]:
        """By district's code, then by mechanism's IRI: the adoptions."""
        found: dict[str, dict[str, list[Adoption]]] = {d.code: {} for d in self.districts}
        for adoption in self.adoptions:
            found[adoption.code].setdefault(adoption.mechanism, []).append(adoption)
        return {code: {m: tuple(of) for m, of in uses.items()} for code, uses in found.items()}


def load(source: Graph) -> Corpus:
    """Read a graph; raises QueryError where it cannot be asked."""
    districts: dict[str, District] = {}
    for code, label, province in _rows(source, _DISTRICTS):
        districts.setdefault(code, District(code, label, province))
    # Of graphs that others have made: what is said of a division without evidence or name is not compared.
    adoptions = {
        row[0]: Adoption(*row) for row in reversed(_rows(source, _ADOPTIONS)) if row[-1] in districts
    }
    numbers = {
        fact: Number(fact, name, part, measured, ("" if sign in ("", "=") else sign) + value, unit, code)
        for fact, name, _, part, measured, value, unit, sign, code in reversed(_rows(source, _MEASUREMENTS))
    }
    chains: dict[str, Chain] = {}
    for fact, code, kind, _, tier in _rows(source, _CHAINS):
        before = chains[fact].tiers if fact in chains else ()
        chains[fact] = Chain(fact, code, kind, (*before, tier))
    return Corpus(
        tuple(districts.values()),
        tuple(reversed(adoptions.values())),
        tuple(reversed(numbers.values())),
        tuple(chains.values()),
    )


def find(corpus: Corpus, names: Sequence[str]) -> tuple[District, ...]:
    """The districts of these names (whole, without its last character, or the code); raises QueryError."""
    if not corpus.districts:
        raise QueryError("the graph has no facts of any district; name another by -g")
    found: list[District] = []
    for name in names:
        same = [d for d in corpus.districts if name in (d.code, d.label)]
        same = same or [d for d in corpus.districts if len(name) >= 2 and d.label[:-1] == name]
        if len(same) != 1:
            within = [d for d in corpus.districts if d.province == name]
            if same:
                what = "several have this name; give the code"
            else:
                what = "is a province; name districts of it" if within else "the graph has no facts of it"
            raise QueryError(f"{name}: {what}; there are: {_listed(same or within or _near(corpus, name))}")
        if same[0] in found:
            raise QueryError(f"{name}: is named twice; name districts that differ")
        found.append(same[0])
    return tuple(found)


def _near(corpus: Corpus, name: str) -> list[District]:
    """All districts; where there are many, those first whose names are most like one."""
    if len(corpus.districts) <= _LISTED:
        return list(corpus.districts)
    return sorted(corpus.districts, key=lambda d: SequenceMatcher(None, name, d.label).ratio(), reverse=True)


def _listed(districts: Sequence[District]) -> str:
    more = len(districts) - _LISTED
    names = ", ".join(f"{d.label} ({d.code})" for d in districts[:_LISTED])
    return f"{names} and {more} more (jiceng query overview)" if more > 0 else names


def _rows(source: Graph, query: str) -> list[tuple[str, ...]]:
    answer = ask(source, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple(str(getattr(term, "value", "") or "") for term in solution) for solution in answer]
