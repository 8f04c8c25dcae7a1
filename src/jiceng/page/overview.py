"""The first picture: districts, the mechanisms that they share, and the mechanisms' types.

Not every node of the graph, but what districts have in common: a mechanism is drawn where at least two
districts use it; what a district does alone counts towards its link to the mechanism's type. Of many
districts the picture shows the provinces instead, so that it can be read at any size of the corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiceng.link.mechanisms import commonest
from jiceng.page.merging import times, types_said

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


@dataclass(frozen=True, slots=True)
class Practice:
    """A mechanism of two districts or more; `label` and `kind` (its type) are what most statements tell."""

    key: str
    label: str
    kind: str
    facts: int
    districts: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What the picture needs to know of the facts, however many they are.

    `facts` counts them by division, `types` the mechanisms by division and type. `shared` are the practices
    to draw, the widest spread first; `adopted` counts their facts by division and key.
    """

    facts: Mapping[str, int]
    types: Mapping[str, Mapping[str, int]]
    shared: Sequence[Practice]
    adopted: Mapping[tuple[str, str], int]


def summarise(facts: Sequence[Mapping[str, Any]], districts: Sequence[Mapping[str, Any]]) -> Overview:
    """Reduce prepared facts and districts to the picture's nodes and links."""
    return arrange(_tally(facts), districts)


def arrange(tally: Tally, districts: Sequence[Mapping[str, Any]]) -> Overview:
    """The picture's nodes and links, from what was counted."""
    many = len(districts) > MOST_DISTRICTS
    owner = {d["code"]: f"p{d['group']}" if many else f"d{d['code']}" for d in districts}
    mechanisms = tuple(
        Node(f"m{p.key}", "mechanism", p.key, p.label, p.kind, p.facts, p.districts) for p in tally.shared
    )
    return Overview(
        districts=_provinces(districts, tally.facts) if many else _districts(districts, tally.facts),
        mechanisms=mechanisms,
        types=_types(tally),
        links=(*_uses(tally, owner), *_shares(tally, mechanisms, owner)),
        provinces=() if many else tuple(sorted({(d["group"], d["province"]) for d in districts})),
    )


def _tally(facts: Sequence[Mapping[str, Any]]) -> Tally:
    adoptions = [f for f in facts if f["kind"] == "mechanism"]
    types: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in adoptions:
        types[fact["division"]][fact["type"]] += 1
    shared = drawn(_shared(adoptions))
    keys = {practice.key for practice in shared}
    adopted = Counter((f["division"], f["mechanism"]) for f in adoptions if f.get("mechanism") in keys)
    return Tally(Counter(f["division"] for f in facts), types, shared, adopted)


def drawn(practices: Iterable[Practice]) -> tuple[Practice, ...]:
    """Of practices that come the widest spread first, so many of each type."""
    room: Counter[str] = Counter()
    found = []
    for practice in practices:
        if room[practice.kind] < MOST_SHARED:
            room[practice.kind] += 1
            found.append(practice)
    return tuple(found)


def _districts(districts: Sequence[Mapping[str, Any]], total: Mapping[str, int]) -> tuple[Node, ...]:
    ordered = sorted(districts, key=lambda d: (d["group"], d["code"]))
    return tuple(
        Node(f"d{d['code']}", "district", d["code"], d["name"], d["group"], total.get(d["code"], 0))
        for d in ordered
    )


def _provinces(districts: Sequence[Mapping[str, Any]], total: Mapping[str, int]) -> tuple[Node, ...]:
    members: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for district in districts:
        members[district["group"]].append(district)
    return tuple(
        Node(
            f"p{group}",
            "province",
            group,
            province_name(members[group]) or group,
            "",
            sum(total.get(d["code"], 0) for d in members[group]),
            len(members[group]),
        )
        for group in sorted(members)
    )


def province_name(members: Sequence[Mapping[str, Any]]) -> str:
    """The name of the province of divisions, one of which may be the province itself."""
    whole = (d["name"] for d in members if d["code"].endswith("0000"))
    return next((d["province"] for d in members if d["province"]), None) or next(whole, "")


def _types(tally: Tally) -> tuple[Node, ...]:
    count: Counter[str] = Counter()
    users: Counter[str] = Counter()
    for types in tally.types.values():
        count.update(types)
        users.update(types.keys())
    order = {notation: i for i, notation in enumerate(TYPES)}
    names = sorted(count, key=lambda t: (order.get(t, len(order)), t))
    return tuple(Node(f"t{t}", "type", t, t, t, count[t], users[t]) for t in names)


def _shared(adoptions: Sequence[Mapping[str, Any]]) -> Iterator[Practice]:
    """Mechanisms of two districts or more, the widest spread first."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    facts: Counter[str] = Counter()
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    types: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in adoptions:
        key = fact.get("mechanism")
        if key:
            users[key].add(fact["division"])
            facts[key] += 1
            # Words are weighed by statements, as the graph does.
            names[key][fact["label"]] += times(fact)
            types[key].update(types_said(fact))
    for key in sorted(users, key=lambda k: (-len(users[k]), k)):
        if len(users[key]) >= 2:
            label, kind = commonest(names[key]), commonest(types[key])
            yield Practice(key, label, kind, facts[key], len(users[key]))


def _uses(tally: Tally, owner: Mapping[str, str]) -> list[Link]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for division, types in tally.types.items():
        counts[owner[division]].update(types)
    links = []
    for node in sorted(counts):
        ranked = sorted(counts[node], key=lambda t: (-counts[node][t], t))
        links += [
            Link(node, f"t{t}", "uses", counts[node][t], rank < STRONGEST) for rank, t in enumerate(ranked)
        ]
    return links


def _shares(tally: Tally, mechanisms: Sequence[Node], owner: Mapping[str, str]) -> list[Link]:
    count: Counter[tuple[str, str]] = Counter()
    for (division, key), facts in tally.adopted.items():
        count[owner[division], key] += facts
    shares = [Link(node, f"m{m}", "shares", n) for (node, m), n in sorted(count.items())]
    return [*shares, *(Link(n.id, f"t{n.group}", "of", n.districts) for n in mechanisms)]
