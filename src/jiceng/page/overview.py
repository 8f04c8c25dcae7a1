"""The first picture: districts, the mechanisms that they share, and the mechanisms' types.

Not every node of the graph, but what districts have in common: a mechanism is drawn where at least two
districts use it; what a district does alone counts towards its link to the mechanism's type. Of many
districts the picture shows the provinces instead, so that it can be read at any size of the corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiceng.link.mechanisms import commonest

#: The types in the order in which the page shows them, from structures to means.
TYPES = (
    "organisation_system",
    "coordination",
    "grid",
    "property",
    "deliberation",
    "service",
    "membership",
    "accountability",
    "capacity",
    "digital",
    "rule_of_law",
    "culture",
    "resource",
)

#: With more districts than this, provinces are drawn.
MOST_DISTRICTS = 36
#: Most shared mechanisms drawn below one type; the matrix shows all.
MOST_SHARED = 6
#: Links of a district to types that are drawn at first; the others appear when it is selected.
STRONGEST = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A circle or box. `kind`: district, province, mechanism or type.

    `ref` is the code, key or notation behind it; `group` the province of a district, or the type of a
    mechanism; `facts` and `districts` count what it stands for.
    """

    id: str
    kind: str
    ref: str
    label: str
    group: str
    facts: int
    districts: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """A line. `kind`: `shares` (district, mechanism), `of` (mechanism, type), `uses` (district, type)."""

    source: str
    target: str
    kind: str
    weight: int
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Overview:
    """Nodes by kind, in the order in which they are to be shown, and links."""

    districts: tuple[Node, ...]
    mechanisms: tuple[Node, ...]
    types: tuple[Node, ...]
    links: tuple[Link, ...]
    provinces: tuple[tuple[str, str], ...]  # group, name


def summarise(facts: Sequence[Mapping[str, Any]], districts: Sequence[Mapping[str, Any]]) -> Overview:
    """Reduce prepared facts and districts to the picture's nodes and links."""
    adoptions = [f for f in facts if f["kind"] == "mechanism"]
    mechanisms = _shared(adoptions)
    total = Counter(f["division"] for f in facts)
    many = len(districts) > MOST_DISTRICTS
    owner = {d["code"]: f"p{d['group']}" if many else f"d{d['code']}" for d in districts}
    return Overview(
        districts=_provinces(districts, total) if many else _districts(districts, total),
        mechanisms=mechanisms,
        types=_types(adoptions),
        links=(*_uses(adoptions, owner), *_shares(adoptions, mechanisms, owner)),
        provinces=() if many else tuple(sorted({(d["group"], d["province"]) for d in districts})),
    )


def _districts(districts: Sequence[Mapping[str, Any]], total: Counter[str]) -> tuple[Node, ...]:
    ordered = sorted(districts, key=lambda d: (d["group"], d["code"]))
    return tuple(
        Node(f"d{d['code']}", "district", d["code"], d["name"], d["group"], total[d["code"]]) for d in ordered
    )


def _provinces(districts: Sequence[Mapping[str, Any]], total: Counter[str]) -> tuple[Node, ...]:
    members: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for district in districts:
        members[district["group"]].append(district)
    return tuple(
        Node(
            f"p{group}",
            "province",
            group,
            members[group][0]["province"] or group,
            "",
            sum(total[d["code"]] for d in members[group]),
            len(members[group]),
        )
        for group in sorted(members)
    )


def _types(adoptions: Sequence[Mapping[str, Any]]) -> tuple[Node, ...]:
    count = Counter(f["type"] for f in adoptions)
    users: defaultdict[str, set[str]] = defaultdict(set)
    for fact in adoptions:
        users[fact["type"]].add(fact["division"])
    order = {notation: i for i, notation in enumerate(TYPES)}
    names = sorted(count, key=lambda t: (order.get(t, len(order)), t))
    return tuple(Node(f"t{t}", "type", t, t, t, count[t], len(users[t])) for t in names)


def _shared(adoptions: Sequence[Mapping[str, Any]]) -> tuple[Node, ...]:
    """Mechanisms of two districts or more, the widest spread first, at most MOST_SHARED of a type."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    types: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in adoptions:
        key = fact.get("mechanism")
        if key:
            users[key].add(fact["division"])
            names[key][fact["label"]] += 1
            types[key][fact["type"]] += 1
    drawn: Counter[str] = Counter()
    nodes = []
    for key in sorted(users, key=lambda k: (-len(users[k]), k)):
        kind = commonest(types[key].elements())
        if len(users[key]) < 2 or drawn[kind] >= MOST_SHARED:
            continue
        drawn[kind] += 1
        label = commonest(names[key].elements())
        nodes.append(Node(f"m{key}", "mechanism", key, label, kind, names[key].total(), len(users[key])))
    return tuple(nodes)


def _uses(adoptions: Sequence[Mapping[str, Any]], owner: Mapping[str, str]) -> list[Link]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in adoptions:
        counts[owner[fact["division"]]][fact["type"]] += 1
    links = []
    for node in sorted(counts):
        ranked = sorted(counts[node], key=lambda t: (-counts[node][t], t))
        links += [
            Link(node, f"t{t}", "uses", counts[node][t], rank < STRONGEST) for rank, t in enumerate(ranked)
        ]
    return links


def _shares(
    adoptions: Sequence[Mapping[str, Any]], mechanisms: Sequence[Node], owner: Mapping[str, str]
) -> list[Link]:
    drawn = {node.ref: node for node in mechanisms}
    count = Counter((owner[f["division"]], f["mechanism"]) for f in adoptions if f.get("mechanism") in drawn)
    shares = [Link(node, f"m{m}", "shares", n) for (node, m), n in sorted(count.items())]
    return [*shares, *(Link(n.id, f"t{n.group}", "of", n.districts) for n in mechanisms)]
