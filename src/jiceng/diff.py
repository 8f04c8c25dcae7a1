"""What differs between two built graphs: facts that came, went or changed, in words and as JSON.

A fact is what has an evidence. Equal IRIs are the same fact; it changed if any of its fields did. A fact that
went and one of its kind that came at the same place of the same text are one that changed, too: changed rules
that read another value or name there give it another IRI. What several documents state is one fact: it loses
or gains evidences and articles, and goes with the last of them.

What facts share (mechanisms, divisions, articles, documents) is told apart from them, a mechanism with the
divisions that adopt it. Evidences are compared as file, offsets and quote, tiers as position and label. A
file that has another name now is the same document: its facts have not changed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jiceng.graph.namespaces import JC, OA, PROV, RDF, RDFS, SCHEMA, shortened
from jiceng.query import open_store
from jiceng.resources import ontology_directory

Fields = Mapping[str, tuple[str, ...]]
Place = tuple[str, int, int]
"""A document's IRI, and start and end in it."""

_ADOPTERS = "adopted by"
_NO_DIFFERENCE = frozenset({PROV.wasGeneratedBy})
"""Of another build, even where nothing that it says is other."""
_PARTS = (JC.Evidence, JC.Tier)
"""Compared as fields of facts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact or shared thing: its class, label, and all of its fields (prefixed property → sorted values)."""

    iri: str
    kind: str
    label: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Change:
    """What both graphs have; `fields` holds what differs: old values and new ones.

    `was` is its IRI in the old graph, which is another one where the facts are paired by their place.
    """

    iri: str
    was: str
    kind: str
    label: str
    fields: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts and shared things, each sorted by IRI."""

    came: tuple[Fact, ...]
    went: tuple[Fact, ...]
    changed: tuple[Change, ...]
    shared_came: tuple[Fact, ...] = ()
    shared_went: tuple[Fact, ...] = ()
    shared_changed: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two graphs, by prefixed IRI."""

    facts: dict[str, Fact] = field(default_factory=dict)
    shared: dict[str, Fact] = field(default_factory=dict)
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def diff(old: Path, new: Path) -> Difference:
    """Compare two built folders or RDF files; raises QueryError if one cannot be read."""
    after = read(new)
    before = read(old, after.files)
    came = {iri: after.facts[iri] for iri in sorted(after.facts.keys() - before.facts.keys())}
    went = {iri: before.facts[iri] for iri in sorted(before.facts.keys() - after.facts.keys())}
    changed = list(_changes(before.facts, after.facts))
    for was, iri in _paired(went, came, before.places, after.places):
        changed.append(_change(went.pop(was), came.pop(iri)))
    return Difference(
        tuple(came.values()),
        tuple(went.values()),
        tuple(sorted(changed, key=lambda change: change.iri)),
        tuple(after.shared[iri] for iri in sorted(after.shared.keys() - before.shared.keys())),
        tuple(before.shared[iri] for iri in sorted(before.shared.keys() - after.shared.keys())),
        tuple(_changes(before.shared, after.shared)),
    )


def _changes(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[Change]:
    for iri in sorted(before.keys() & after.keys()):
        change = _change(before[iri], after[iri])
        if change.fields:
            yield change


def _change(old: Fact, new: Fact) -> Change:
    fields = {
        name: (old.fields.get(name, ()), new.fields.get(name, ()))
        for name in sorted({*old.fields, *new.fields})
        if old.fields.get(name) != new.fields.get(name)
    }
    return Change(new.iri, old.iri, new.kind, new.label, fields)


def _paired(
    went: Mapping[str, Fact],
    came: Mapping[str, Fact],
    left: Mapping[str, tuple[Place, ...]],
    found: Mapping[str, tuple[Place, ...]],
) -> Iterator[tuple[str, str]]:
    """Facts that went and came which are one: the likest first, each once."""
    at: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for iri, fact in came.items():
        for document, start, end in found[iri]:
            at[document, fact.kind].append((start, end, iri))
    candidates = set()
    for iri, fact in went.items():
        for document, start, end in left[iri]:
            for other_start, other_end, other in at[document, fact.kind]:
                if other_start < end and start < other_end and _akin(fact, came[other]):
                    candidates.add((-_likeness(fact, came[other]), iri, other))
    used: set[str] = set()
    for _, iri, other in sorted(candidates):
        if iri not in used and other not in used:
            used |= {iri, other}
            yield iri, other


def _akin(old: Fact, new: Fact) -> bool:
    """A clause has many numbers: two are the same only if they count the same or are the same."""
    if old.kind != "jc:Measurement":
        return True
    return any(old.fields.get(name) == new.fields.get(name) for name in ("jc:measured", "jc:value"))


def _likeness(old: Fact, new: Fact) -> int:
    return sum(values == new.fields.get(name) for name, values in old.fields.items())


def read(graph: Path, files: Mapping[str, str] | None = None) -> Side:
    """All facts and shared things of a graph; documents go by their names in `files`, if they are there."""
    # Values as keys: several graphs of a file may say the same, and a build uses very many documents.
    told: dict[Any, dict[Any, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
    for quad in open_store(graph):
        told[quad.subject][quad.predicate][quad.object] = None

    def first(node: Any, name: Any) -> str:
        values = sorted(value.value for value in told[node][name]) if node in told else []
        return values[0] if values else ""

    def shown(name: Any, value: Any) -> str:
        if name == JC.evidence:
            document = next(iter(told[value][OA.hasSource]), None)
            file = (files or {}).get(getattr(document, "value", "")) or first(document, SCHEMA.name)
            return f"{file}:{first(value, OA.start)}-{first(value, OA.end)} {first(value, OA.exact)}"
        if name == JC.tier:
            return f"{_number(first(value, JC.position)):>2} {first(value, RDFS.label)}"
        return shortened(value.value)

    side = Side()
    adopters: dict[str, set[str]] = defaultdict(set)
    for node, properties in list(told.items()):
        kinds = properties.get(RDF.type, ())
        kind = min((shortened(k.value) for k in kinds if k.value.startswith(JC.base)), default="")
        if JC.evidence not in properties and (not kind or any(part in kinds for part in _PARTS)):
            continue
        iri = shortened(node.value)
        fields = {
            shortened(name.value): tuple(sorted(shown(name, value) for value in values))
            for name, values in properties.items()
            if name not in _NO_DIFFERENCE
        }
        names = ("rdfs:label", "dct:title", "foaf:name", "schema:headline", "schema:name")
        fact = Fact(iri, kind, next((v[0] for n in names if (v := fields.get(n))), iri), fields)
        if JC.evidence not in properties:
            side.shared[iri] = fact
            if JC.SourceDocument in kinds:
                side.files[node.value] = first(node, SCHEMA.name)
            continue
        side.facts[iri] = fact
        side.places[iri] = tuple(
            (first(e, OA.hasSource), _number(first(e, OA.start)), _number(first(e, OA.end)))
            for e in properties[JC.evidence]
        )
        for mechanism in properties.get(JC.mechanism, ()):
            adopters[shortened(mechanism.value)] |= {
                first(place, RDFS.label) or shortened(place.value) for place in properties[JC.division]
            }
    for iri in adopters.keys() & side.shared.keys():
        known = side.shared[iri]
        fields = {**known.fields, _ADOPTERS: tuple(sorted(adopters[iri]))}
        side.shared[iri] = Fact(iri, known.kind, known.label, fields)
    return side


def _number(text: str) -> int:
    """An offset or position; 0 where a graph that somebody made has none or something else."""
    try:
        return int(text)
    except ValueError:
        return 0


def to_json(difference: Difference) -> str:
    """All of it, for machines."""
    return json.dumps(asdict(difference), ensure_ascii=False, indent=1, sort_keys=True)


def render(difference: Difference) -> str:
    """In words, one line a fact, and one for each field that changed; then what facts share.

    Classes and properties go by their English labels.
    """
    told = _told("fact", difference.came, difference.went, difference.changed)
    shared = (difference.shared_came, difference.shared_went, difference.shared_changed)
    return "\n".join([*told, *(_told("shared thing", *shared) if any(shared) else ())])


def _labelled(label: str, iri: str) -> str:
    """A name with its IRI, which is the name of what has no other: an article without a title."""
    return iri if label == iri else f"{label}  {iri}"


def _told(
    what: str, came: tuple[Fact, ...], went: tuple[Fact, ...], changed: tuple[Change, ...]
) -> Iterator[str]:
    groups = ((came, "came"), (went, "went"), (changed, "changed"))
    yield ", ".join(f"{len(g)} {what if len(g) == 1 else what + 's'} {happened}" for g, happened in groups)
    for sign, which in (("+", came), ("-", went)):
        for fact in which:
            yield f"{sign} {_called(fact.kind)} {_labelled(fact.label, fact.iri)}"
    for change in changed:
        was = "" if change.was == change.iri else f" (was {change.was})"
        yield f"~ {_called(change.kind)} {_labelled(change.label, change.iri)}{was}"
        for name, (old, new) in change.fields.items():
            yield f"    {_called(name)}: {_words(old, new)}"


def _called(name: str) -> str:
    """The words for a prefixed class or property: the ontology's label, or else its own name taken apart."""
    _, _, local = name.rpartition(":")
    return _labels().get(name) or re.sub(r"(?<=[a-z])([A-Z])", lambda m: f" {m[1].lower()}", local)


@cache
def _labels() -> Mapping[str, str]:
    """English labels of the ontology's terms by prefixed name."""
    from pyoxigraph import RdfFormat, parse

    path = ontology_directory() / "jiceng.ttl"
    return {
        shortened(quad.subject.value): quad.object.value
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
        if quad.predicate == RDFS.label and quad.object.language == "en"
    }


def _words(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """`old → new`; of several values only those that are not in both, with how many stay."""
    if len(old) <= 1 and len(new) <= 1:
        return f"{'; '.join(old) or '(none)'} → {'; '.join(new) or '(none)'}"
    parts = [f"- {value}" for value in old if value not in new] + [f"+ {v}" for v in new if v not in old]
    stay = len(set(old) & set(new))
    return "; ".join(parts) + (f" ({stay} unchanged)" if stay else "")
