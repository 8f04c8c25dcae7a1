"""A large graph as the builder would give it: the built example again and again, with invented districts.

    python tests/benchmarks/large_graph.py [--triples 1000000] [--graph graphs/jiceng.ttl] OUTPUT.nt

Each copy has districts, cities, documents and statements of its own in one of 32 invented provinces.
Mechanisms that several districts of the example share are shared by all copies; of the others half are a
copy's own, half shared by six copies. Rules, periods and vocabulary are one for all. The same input gives
the same triples.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from jiceng.graph.namespaces import JC, RDFS, SCHEMA

ROOT = Path(__file__).parents[2]
DATA = "https://w3id.org/jiceng/id/"
PROVINCES = 32
_ONE_FOR_ALL = ("rule/", "rules/", "software/", "activity/", "day/", "period/", "indicator/")
_SYLLABLES = "安宁福康泰和庆丰裕华清平顺永兴隆昌盛景云"
_CODE = re.compile(r"(?<=/)\d{6}(?=/|$)")
_HASH = re.compile(r"(?<=/)([0-9a-f]{8})[0-9a-f]{4}(?=/|$)")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--graph", type=Path, default=ROOT / "graphs" / "jiceng.ttl")
    options = parser.parse_args()
    triples = list(parse(path=str(options.graph), format=RdfFormat.TURTLE))
    with options.output.open("wb") as file:
        serialize(
            repeated([q.triple for q in triples], options.triples), output=file, format=RdfFormat.N_TRIPLES
        )


def repeated(triples: Sequence[Triple], wanted: int) -> Iterator[Triple]:
    """The example and renamed copies of it, until there are at least so many triples, without duplicates."""
    codes = {t.subject: t.object.value for t in triples if t.predicate == JC.adcode}
    adopted: defaultdict[Any, set[Any]] = defaultdict(set)
    divisions = {t.subject: t.object for t in triples if t.predicate == JC.division}
    for t in triples:
        if t.predicate == JC.mechanism:
            adopted[t.object].add(divisions[t.subject])
    spread = {mechanism for mechanism, where in adopted.items() if len(where) > 1}
    count = 0
    copy = 0
    seen: set[Triple] = set()
    cities: Counter[str] = Counter()
    while count < wanted:
        renamed = _Names(copy, codes, cities)
        for t in triples:
            made = renamed.triple(t, spread)
            if made.subject.value.startswith(DATA) and renamed.own(made.subject.value):
                count += 1
                yield made
            elif made not in seen:
                seen.add(made)
                count += 1
                yield made
        copy += 1


class _Names:
    """The names of one copy."""

    def __init__(self, copy: int, codes: dict[Any, str], cities: Counter[str]) -> None:
        self.copy = copy
        self.codes: dict[str, str] = {}
        self.nodes = codes
        provinces = sorted({code[:2] for code in codes.values()})
        for at, province in enumerate(provinces):
            number = f"{11 + (copy * len(provinces) + at) % PROVINCES}"
            self.codes[f"{province}0000"] = f"{number}0000"
            for city in sorted(
                {code[:4] for code in codes.values() if code[:2] == province and code[2:4] != "00"}
            ):
                cities[number] += 1
                for code in sorted(codes.values()):
                    if code[:4] == city:
                        self.codes[code] = f"{number}{cities[number]:02d}{code[4:]}"
                self.codes[f"{city}00"] = f"{number}{cities[number]:02d}00"

    def iri(self, iri: str, spread: set[Any]) -> str:
        if not iri.startswith(DATA) or iri.startswith(_ONE_FOR_ALL, len(DATA)):
            return iri
        if iri.startswith("mechanism/", len(DATA)):
            return iri + self.suffix(iri, spread)
        iri = _CODE.sub(lambda found: self.codes.get(found[0], found[0]), iri)
        return _HASH.sub(lambda found: f"{found[1]}{self.copy:04x}", iri)

    def own(self, iri: str) -> bool:
        """Whether no other copy has this node."""
        return not iri.startswith((*_ONE_FOR_ALL, "mechanism/", "division/"), len(DATA))

    def suffix(self, iri: str, spread: set[Any]) -> str:
        if NamedNode(iri) in spread:
            return ""
        group = self.copy if sum(map(ord, iri)) % 2 else self.copy // 6
        return f"·{spelled(group)}" if group else ""

    def triple(self, t: Triple, spread: set[Any]) -> Triple:
        subject = (
            NamedNode(self.iri(t.subject.value, spread)) if isinstance(t.subject, NamedNode) else t.subject
        )
        made = NamedNode(self.iri(t.object.value, spread)) if isinstance(t.object, NamedNode) else t.object
        if isinstance(made, Literal):
            if t.subject in self.nodes and t.predicate == JC.adcode:
                made = Literal(self.codes[made.value])
            elif t.subject in self.nodes and t.predicate == RDFS.label:
                code = self.codes[self.nodes[t.subject]]
                made = Literal(spelled(int(code)) + made.value[-1], language="zh")
            elif t.predicate == SCHEMA.name:
                made = Literal(f"{self.copy:03d}_{made.value}")
            elif t.predicate == RDFS.label and t.subject.value.startswith(f"{DATA}mechanism/"):
                made = Literal(made.value + self.suffix(t.subject.value, spread), language="zh")
        return Triple(subject, t.predicate, made)


def spelled(number: int) -> str:
    """A number as an invented name."""
    text = ""
    while number:
        number, digit = divmod(number, len(_SYLLABLES))
        text = _SYLLABLES[digit] + text
    return text or _SYLLABLES[0]


if __name__ == "__main__":
    sys.exit(main())
