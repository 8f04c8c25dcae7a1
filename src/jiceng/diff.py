"""What differs between two built graphs: facts that came, went or changed, in words and as JSON.

A fact is what has an evidence. Equal IRIs are the same fact; it changed if any of its fields did. An
evidence is compared as its file, offsets and quote, a tier as its position and label.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jiceng.graph.namespaces import JC, OA, RDF, RDFS, SCHEMA, shortened
from jiceng.query import open_store

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its class, label and all of its fields: prefixed property → sorted values."""

    iri: str
    kind: str
    label: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of both graphs; `fields` holds what differs: old values and new ones."""

    iri: str
    kind: str
    label: str
    fields: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts sorted by IRI."""

    came: tuple[Fact, ...]
    went: tuple[Fact, ...]
    changed: tuple[Change, ...]


def diff(old: Path, new: Path) -> Difference:
    """Compare two built folders or RDF files; raises QueryError if one cannot be read."""
    before, after = facts(old), facts(new)
    changed = []
    for iri in sorted(before.keys() & after.keys()):
        one, other = before[iri].fields, after[iri].fields
        fields = {
            name: (one.get(name, ()), other.get(name, ()))
            for name in sorted({*one, *other})
            if one.get(name) != other.get(name)
        }
        if fields:
            changed.append(Change(iri, after[iri].kind, after[iri].label, fields))
    return Difference(
        tuple(after[iri] for iri in sorted(after.keys() - before.keys())),
        tuple(before[iri] for iri in sorted(before.keys() - after.keys())),
        tuple(changed),
    )


def facts(graph: Path) -> dict[str, Fact]:
    """By prefixed IRI, all facts of a graph."""
    told: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in open_store(graph):
        told[quad.subject][quad.predicate].append(quad.object)

    def first(node: Any, name: Any) -> str:
        values = sorted(value.value for value in told[node][name]) if node in told else []
        return values[0] if values else ""

    def shown(name: Any, value: Any) -> str:
        if name == JC.evidence:
            file = first(next(iter(told[value][OA.hasSource]), None), SCHEMA.name)
            return f"{file}:{first(value, OA.start)}-{first(value, OA.end)} {first(value, OA.exact)}"
        if name == JC.tier:
            return f"{first(value, JC.position)} {first(value, RDFS.label)}"
        return shortened(value.value)

    found = {}
    for node, properties in list(told.items()):
        if JC.evidence not in properties:
            continue
        kinds = sorted(shortened(kind.value) for kind in properties.get(RDF.type, []))
        kind = next((name for name in kinds if name.startswith("jc:")), "")
        iri = shortened(node.value)
        fields = {
            shortened(name.value): tuple(sorted(shown(name, value) for value in values))
            for name, values in properties.items()
        }
        label = next((v[0] for n in ("rdfs:label", "dct:title", "schema:name") if (v := fields.get(n))), iri)
        found[iri] = Fact(iri, kind, label, fields)
    return found


def to_json(difference: Difference) -> str:
    """All of it, for machines."""
    return json.dumps(asdict(difference), ensure_ascii=False, indent=1, sort_keys=True)


def render(difference: Difference) -> str:
    """In words, one line a fact, and one for each field that changed."""
    counts = [(getattr(difference, name), name) for name in ("came", "went", "changed")]
    lines = [", ".join(f"{len(which)} facts {name}" for which, name in counts)]
    for sign, which in (("+", difference.came), ("-", difference.went)):
        lines += [f"{sign} {fact.kind} {fact.label}  {fact.iri}" for fact in which]
    for change in difference.changed:
        lines.append(f"~ {change.kind} {change.label}  {change.iri}")
        for name, (old, new) in change.fields.items():
            lines.append(f"    {name}: {'; '.join(old) or '(none)'} → {'; '.join(new) or '(none)'}")
    return "\n".join(lines)
