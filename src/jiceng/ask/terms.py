"""What a question may name: the labels of the asked graph, and those of the vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QuerySolutions

from jiceng.ask.grammar import load as load_grammar
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.lexicon import Scheme, load_scheme
from jiceng.query.stores import Graph, ask
from jiceng.resources import ontology_directory

EXACT, KNOWN, NEAR = 3, 2, 1
"""How well a term is known: a label of the graph; a label of a vocabulary; the end or part of a label."""

_NOISE = re.compile(r"[\s“”\"'‘’「」『』《》【】，,。.？?！!；;：:…·、~～]+")
TALLY = "总数量|总数|总量|数量|人数"
"""What says no more than that the noun before it is counted: 网格数量, 小区党支部总数."""

_TALLIED = re.compile(f"(?<=..)(?:{TALLY})$")
_BOTH = "双"  # whoever reports does so twice: 双报到党员 are 报到党员
_PART = re.compile(r"[、和及与（）()]+")
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|[省市区县旗盟州])$")
# No word begins with the classifier of a number before it: 两个社区 ends with 社区, not with 个社区.
_CLASSIFIED = re.compile(
    r"[\d〇零一二两三四五六七八九十百千万亿多余几数每各][个名位支家处户条项所间座件起次场套块]"
)
# 提高了 and 提高到 ask for what is 提高前, 提高到 and 提高至 in the graph.
_ENDED = re.compile(r"(?<=..)[了到至过为成]$")
_INSIDE = re.compile(r"(?:境内|下辖|下属|所辖|辖区|[内里中下辖])?的?")

_LABELS = {
    "measure": "?f jc:measured ?label ; a jc:Measurement",
    # Each side whole in itself: what is joined with a union afterwards takes a pass over all labels.
    "mechanism": "{ ?f jc:mechanism ?m ; rdfs:label ?label } "
    "UNION { ?f jc:mechanism ?m . ?m rdfs:label ?label }",
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
class Named:
    """What a division's name stands for: one, several of that name, or all within a larger one."""

    label: str
    places: tuple[Place, ...]
    scope: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What the graph knows.

    `names` are divisions by full and short name, `around` the larger ones; `words` are terms
    with the classes that know them and how well; `shown` gives each class a label for examples; `types` are
    mechanism types by label; `actions` give a verb the graph's own verbs for the same.
    """

    names: Mapping[str, tuple[Place, ...]]
    around: Mapping[str, tuple[Place, ...]]
    words: Mapping[str, Mapping[str, int]]
    shown: Mapping[str, str]
    types: Mapping[str, str]
    actions: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]

    def divisions_at(self, text: str, at: int) -> Iterator[tuple[int, Named]]:
        """Names of divisions that begin at a place, with where they end."""
        yield from self._within(text, at, ("",))

    def _within(self, text: str, at: int, within: tuple[str, ...]) -> Iterator[tuple[int, Named]]:
        for end in range(at + 2, min(len(text), at + 14) + 1):
            word = text[at:end]
            if word in self.names:
                of = self.names[word]
                inside = tuple(p for p in of if p.code.startswith(within))
                if inside or within == ("",):
                    yield end, Named(of[0].label, inside or of)
                former = text[at : end + 1]
                if (
                    former[-1] in "区县市旗"
                    and former not in self.names
                    and _formerly(former) & {p.code for p in of}
                ):
                    yield end + 1, Named(of[0].label, tuple(p for p in of if p.code in _formerly(former)))
            if word in self.around:
                outer = self.around[word]
                prefixes = tuple(p for o in outer if (p := prefix(o.code)).startswith(within))
                inside = tuple(
                    sorted(
                        {
                            p
                            for of in self.names.values()
                            for p in of
                            if p.code.startswith(prefixes or ("-",))
                        },
                        key=lambda p: p.code,
                    )
                )
                if inside:
                    yield end, Named(outer[0].label, inside, scope=True)
                    after = _INSIDE.match(text, end)
                    yield from self._within(text, after.end() if after else end, prefixes)


def prefix(code: str) -> str:
    """What the codes (GB/T 2260) of all divisions within a larger one begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def plain(text: str) -> str:
    """A text without spaces, quotes and punctuation, which questions and labels use differently."""
    return _NOISE.sub("", text)


def counted(label: str) -> str:
    """What a counted phrase counts."""
    return _TALLIED.sub("", label)


def load(source: Graph) -> Terms:
    """Read the terms of a graph; raises QueryError where it cannot be asked."""
    used: dict[str, list[Place]] = {}
    around: dict[str, list[Place]] = {}
    query = """SELECT DISTINCT ?label ?code ?used WHERE {
      ?d a jc:AdministrativeDivision ; rdfs:label ?label ; jc:adcode ?code
      BIND (EXISTS { ?f jc:division|jc:about ?d } AS ?used) } ORDER BY ?code ?label"""
    for label, code, flag in _rows(source, query):
        for name in dict.fromkeys((plain(label), short(plain(label)))):
            if flag == "true":
                used.setdefault(name, []).append(Place(label, code))
            if flag != "true" or code.endswith("00"):
                around.setdefault(name, []).append(Place(label, code))
    words: dict[str, dict[str, int]] = {}
    shown: dict[str, str] = {}
    for kind, where in _LABELS.items():
        query = f"SELECT DISTINCT ?label WHERE {{ {where} }} ORDER BY ?label"
        labels = [row[0] for row in _rows(source, query)]
        labels = [counted(label) for label in labels] if kind == "measure" else labels
        shown[kind] = min(labels, key=lambda w: (abs(len(w) - 4), w), default="")
        for word, rank in _ranked(kind, labels).items():
            words.setdefault(word, {})[kind] = rank
    for word, kinds in _vocabulary().items():
        of = words.setdefault(word, {})
        for kind in kinds:
            of[kind] = max(of.get(kind, 0), KNOWN)
    types = _types(_scheme("mechanism_types"))
    shown["type"] = next(iter(types), "")
    for word, notation in load_grammar().types.items():
        types.setdefault(word, notation)
    for word in types:
        words.setdefault(word, {})["type"] = EXACT  # rather than part of some mechanism's name
    return Terms(
        {name: tuple(places) for name, places in used.items()},
        {name: tuple(places) for name, places in around.items()},
        words,
        shown,
        types,
        _actions(source),
        {word: c.notation for c in _scheme("units").concepts for word in c.labels},
    )


@cache
def _formerly(name: str) -> frozenset[str]:
    """The codes of what a division that once had a name is now (郫县: 郫都区)."""
    every = gazetteer()
    return frozenset(every.current(division).adcode for division in every.named(name))


@cache
def gazetteer() -> Gazetteer:
    """The divisions of the country, those too of which a graph has nothing."""
    return load_gazetteer(ontology_directory() / "vocabulary" / "divisions.ttl")


def short(label: str) -> str:
    """A division's name without what kind of division it is, if two characters are left."""
    cut = _SUFFIX.sub("", label)
    return cut if len(cut) >= 2 else label


@cache
def _scheme(name: str) -> Scheme:
    return load_scheme(ontology_directory() / "vocabulary" / f"{name}.ttl")


def indicators(word: str) -> tuple[str, ...]:
    """What indicators that count something are called; a graph holds their preferred labels only."""
    names = (word, f"{word}数", f"{word}人数")
    of = _scheme("indicators").by_label
    found = (of[name] for name in names if name in of)
    # What is called by a longer word than another of the indicator's is a part of what that counts.
    whole = (concept.label for concept in found if not _narrower(word, concept.labels))
    return tuple(dict.fromkeys((*names, *whole)))


def _narrower(word: str, labels: Iterable[str]) -> bool:
    """Whether a word says more than another label: 专职网格员 beside 网格员, but not 加装电梯 beside 电梯."""
    done = _scheme("actions").by_label
    stems = (plain(label).removesuffix("数").removesuffix("人") for label in labels)
    more = (word.removesuffix(stem) for stem in stems if len(stem) >= 2 and word.endswith(stem))
    return any(part and part not in done and part != _BOTH for part in more)


@cache
def _vocabulary() -> Mapping[str, tuple[str, ...]]:
    """The vocabularies' words with the classes that they name."""
    words: dict[str, list[str]] = {}
    for kind, names in _SCHEMES.items():
        for name in names:
            for word in _called(_scheme(name)):
                words.setdefault(word, []).append(kind)
    money = load_grammar().money
    return {word: tuple(of) for word, of in {**{w: ["measure"] for w in money}, **words}.items()}


def english_labels(name: str) -> Iterator[tuple[str, str]]:
    """The English labels of a scheme, each with the Chinese word that questions have for it."""
    for concept in _scheme(name).concepts:
        if concept.english:
            word = plain(concept.label)
            stem = word.removesuffix("数").removesuffix("人") if name == "indicators" else word
            yield concept.english, stem if len(stem) >= 2 else word


def _called(scheme: Scheme) -> Iterator[str]:
    """A scheme's words; an indicator's own name (党员人数) by what it counts."""
    for word in map(plain, scheme.words()):
        stem = word.removesuffix("数").removesuffix("人") if scheme.name == "indicators" else word
        yield stem if len(stem) >= 2 else word


def kind_of_mechanism(notation: str) -> str:
    """The Chinese name of a type of mechanisms."""
    return next((c.label for c in _scheme("mechanism_types").concepts if c.notation == notation), notation)


def _types(scheme: Scheme) -> dict[str, str]:
    return {plain(word): concept.notation for concept in scheme.concepts for word in concept.labels}


def _actions(source: Graph) -> dict[str, tuple[str, ...]]:
    """Verbs of graph and vocabulary, each with those of the same meaning that stand in the graph."""
    found = "SELECT DISTINCT ?action WHERE { ?f jc:action ?action } ORDER BY ?action"
    own = [plain(row[0]) for row in _rows(source, found)]
    there = "\n".join(own)
    # To have and to found is no action: it is true of all that is counted.
    empty = load_grammar().empty
    verbs = dict.fromkeys((*(w for w in own if len(w) >= 2 and not empty(w)), *_verbs()))
    alike: dict[str, tuple[str, ...]] = {}
    for verb in verbs:
        stem = _ENDED.sub("", verb)
        groups = sorted({*_groups().get(verb, ()), *_groups().get(stem, ())})
        same = dict.fromkeys((stem, *(w for group in groups for w in load_grammar().alike[group])))
        alike[verb] = tuple(w for w in same if w == stem or w in there)
    return alike


@cache
def _verbs() -> tuple[str, ...]:
    """Those of the vocabulary and of the grammar that say something."""
    grammar = load_grammar()
    every = (*_scheme("actions").words(), *(w for group in grammar.alike for w in group))
    return tuple(dict.fromkeys(w for w in every if len(w) >= 2 and not grammar.empty(w)))


@cache
def _groups() -> dict[str, list[int]]:
    """In which groups of verbs of one meaning each stands."""
    groups: dict[str, list[int]] = {}
    for number, group in enumerate(load_grammar().alike):
        for word in group:
            groups.setdefault(word, []).append(number)
    return groups


def _ranked(kind: str, labels: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for given in labels:
        label = plain(given)
        found[label] = EXACT
        # A Chinese noun has its head at its end: 专职网格员 are 网格员.
        parts = {label[at:] for at in range(1, len(label) - 1)} if kind != "person" else set()
        parts -= {label[found.end() - 1 :] for found in _CLASSIFIED.finditer(label)}
        if kind == "role":
            called = load_grammar().office.sub(r"\2", label)
            parts |= {called[at:] for at in range(len(called) - 1)}
        if kind == "measure":
            parts |= {plain(part) for part in _PART.split(given) if len(plain(part)) >= 2}
        if kind == "mechanism":
            ends = [label.removesuffix(word) for word in load_grammar().mechanism_kinds]
            parts = {label[a:b] for a in range(len(label)) for b in range(a + 3, min(len(label), a + 12) + 1)}
            parts = {part for part in parts if part[0] != "的" != part[-1]}
            parts |= {end for end in ends if len(end) >= 2}
        for part in parts:
            found.setdefault(part, NEAR)
    return found


def _rows(source: Graph, query: str) -> list[tuple[str, ...]]:
    answer = ask(source, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple(str(getattr(term, "value", "")) for term in solution) for solution in answer]
