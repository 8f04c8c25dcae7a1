"""What a question may name: the labels of the asked graph, and those of the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import QuerySolutions

from jiceng.lexicon import Scheme, load_scheme
from jiceng.query.stores import Graph, ask
from jiceng.resources import ontology_directory

EXACT, KNOWN, NEAR = 3, 2, 1
"""How well a term is known: a label of the graph; a label of a vocabulary; the end or part of a label."""

_NOISE = re.compile(r"[\s“”\"'‘’「」『』《》【】，,。.？?！!；;：:…·]+")
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|[省市区县旗盟州])$")
_KINDS_OF_MECHANISM = ("工作机制", "工作法", "工作模式", "机制", "模式", "制度", "活动", "行动", "工程")

_LABELS = {
    "measure": "?f jc:measured ?label ; a jc:Measurement",
    "mechanism": "?f jc:mechanism ?m . { ?f rdfs:label ?label } UNION { ?m rdfs:label ?label }",
    "tier": "?c jc:tier/rdfs:label ?label",
    "organisation": "?o a jc:Organisation ; rdfs:label ?label",
    "role": "?p jc:role ?label",
    "person": "?p a jc:Person ; foaf:name ?label",
}
_SCHEMES = {
    "measure": ("indicators", "organisation_types"),
    "mechanism": ("mechanisms",),
    "tier": ("organisation_types",),
    "role": ("roles",),
    "type": ("mechanism_types",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A division of the graph that has facts or an article."""

    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What the graph knows. `names` are divisions by full and short name, `around` the larger ones that may
    stand before them; `known` are terms by class, each with how well it is known; `shown` gives each class
    a label for examples; `types` are mechanism types by label.
    """

    names: Mapping[str, tuple[Place, ...]]
    around: Mapping[str, tuple[str, ...]]
    known: Mapping[str, Mapping[str, int]]
    shown: Mapping[str, str]
    types: Mapping[str, str]


def plain(text: str) -> str:
    """A text without spaces, quotes and punctuation, which questions and labels use differently."""
    return _NOISE.sub("", text)


def load(source: Graph) -> Terms:
    """Read the terms of a graph; raises QueryError where it cannot be asked."""
    used: dict[str, list[Place]] = {}
    around: dict[str, list[str]] = {}
    query = """SELECT DISTINCT ?label ?code ?used WHERE {
      ?d a jc:AdministrativeDivision ; rdfs:label ?label ; jc:adcode ?code
      BIND (EXISTS { ?f jc:division|jc:about ?d } AS ?used) } ORDER BY ?code ?label"""
    for label, code, flag in _rows(source, query):
        for name in dict.fromkeys((plain(label), short(plain(label)))):
            if flag == "true":
                used.setdefault(name, []).append(Place(label, code))
            else:
                around.setdefault(name, []).append(code)
    known: dict[str, dict[str, int]] = {}
    shown: dict[str, str] = {}
    for kind, where in _LABELS.items():
        query = f"SELECT DISTINCT ?label WHERE {{ {where} }} ORDER BY ?label"
        labels = [row[0] for row in _rows(source, query)]
        shown[kind] = min(labels, key=lambda w: (abs(len(w) - 4), w), default="")
        known[kind] = _ranked(kind, labels)
    folder = ontology_directory() / "vocabulary"
    types: dict[str, str] = {}
    for kind, names in _SCHEMES.items():
        of_kind = known.setdefault(kind, {})
        for scheme in (load_scheme(folder / f"{name}.ttl") for name in names):
            for word in scheme.words():
                of_kind[plain(word)] = max(of_kind.get(plain(word), 0), KNOWN)
            if kind == "type":
                types.update(_types(scheme))
    shown["type"] = next(iter(types), "")
    return Terms(
        {name: tuple(places) for name, places in used.items()},
        {name: tuple(codes) for name, codes in around.items()},
        known,
        shown,
        types,
    )


def short(label: str) -> str:
    """A division's name without what kind of division it is, if two characters are left."""
    cut = _SUFFIX.sub("", label)
    return cut if len(cut) >= 2 else label


def _types(scheme: Scheme) -> dict[str, str]:
    return {plain(word): concept.notation for concept in scheme.concepts for word in concept.labels}


def _ranked(kind: str, labels: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for label in map(plain, labels):
        found[label] = EXACT
        # A Chinese noun has its head at its end: 专职网格员 are 网格员.
        parts = {label[at:] for at in range(1, len(label) - 1)} if kind != "person" else set()
        if kind == "mechanism":
            ends = [label.removesuffix(word) for word in _KINDS_OF_MECHANISM]
            parts = {label[a:b] for a in range(len(label)) for b in range(a + 3, min(len(label), a + 12) + 1)}
            parts |= {end for end in ends if len(end) >= 2}
        for part in parts:
            found.setdefault(part, NEAR)
    return found


def _rows(source: Graph, query: str) -> list[tuple[str, ...]]:
    answer = ask(source, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple(str(getattr(term, "value", "")) for term in solution) for solution in answer]
