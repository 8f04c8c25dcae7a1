"""One record for each fact of the graph: what several reports of a division state is shown and counted once.

The first report's record stays. It gets all evidence, and in `also` where else the fact is stated.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jiceng.link.mechanisms import commonest

Record = dict[str, Any]

JOINED = ("rule", "level", "within", "issuer", "role")
"""What reports may tell differently; the graph has all of it."""
FIRST = ("indicator", "indicatorLabel", "types", "hedge")
"""What counts as the first report has it that has any."""


def merged(facts: Iterable[Record]) -> list[Record]:
    """Records with the same IRI as one, in the order of the first ones; without IRIs all stay as they are."""
    groups: defaultdict[tuple[str, ...], list[Record]] = defaultdict(list)
    for number, fact in enumerate(facts):
        # An IRI names division, kind and label too: whoever gives another sort of IRI loses nothing here.
        own = fact["division"], fact["kind"], unicodedata.normalize("NFC", fact["label"])
        groups[(fact["iri"], *own) if "iri" in fact else (str(number),)].append(fact)
    return [_one(group) if len(group) > 1 else group[0] for group in groups.values()]


def _one(group: Sequence[Record]) -> Record:
    first = group[0]
    found = dict(first)
    places = [tuple(each) for fact in group for each in fact.get("evidence", ())]
    found["evidence"] = [list(place) for place in dict.fromkeys(places)]
    found["also"] = [[fact["article"], fact["start"], fact["end"]] for fact in group[1:]]
    for name in JOINED:
        if told := list(dict.fromkeys(fact[name] for fact in group if fact.get(name))):
            found[name] = "；".join(told)
    for name in FIRST:
        if given := next((fact[name] for fact in group if fact.get(name)), None):
            found[name] = given
    if components := list(dict.fromkeys(part for fact in group for part in fact.get("components", ()))):
        found["components"] = components
    if levels := Counter(fact["declared"] for fact in group if fact.get("declared")):
        found["declared"] = max(levels, key=levels.__getitem__)
    if kinds := Counter(fact["type"] for fact in group if fact.get("type")):
        shared = first["kind"] == "mechanism"
        found["type"] = commonest(kinds) if shared else max(kinds, key=kinds.__getitem__)
        if shared and len(kinds) > 1:
            found["said"] = dict(sorted(kinds.items()))
    for name in ("doubtful", "doubtfulPlacement"):
        if name in first and not all(fact.get(name) for fact in group):
            del found[name]
    return found


def articles_of(fact: Record) -> Iterator[str]:
    """The keys of the reports that state a fact, each once."""
    return iter(dict.fromkeys([fact["article"], *(key for key, _, _ in fact.get("also", ()))]))


def times(fact: Mapping[str, Any]) -> int:
    """How often a fact is stated."""
    return 1 + len(fact.get("also", ()))


def types_said(fact: Mapping[str, Any]) -> dict[str, int]:
    """The types that statements of a mechanism give it, and how many do."""
    return fact.get("said") or {fact["type"]: times(fact)}
