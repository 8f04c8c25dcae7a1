"""The city or county whose paper or office a text comes from, where nothing in it says more.

A report of a city's paper speaks of 全市 and 市委 without a name: its readers know. What the paper is called
tells it (来源：某某日报, 某某日报社记者), but a city's only for a text that calls itself of that kind, and
none for one that names a place elsewhere. A county's station and yearbook tell of that county.
"""

from __future__ import annotations

from collections.abc import Iterable

from jiceng.articles.naming import Name
from jiceng.articles.own import own_kinds
from jiceng.articles.patterns import pattern
from jiceng.articles.shorts import outermost
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired


def publisher(repaired: Repaired, names: Iterable[tuple[Name, ...]], gazetteer: Gazetteer) -> Division | None:
    """That division; None if there is none or several, or the text may be of another."""
    text = "\n".join(s.text.value for s in repaired.stretches)
    found: dict[str, Division] = {}
    for said in pattern("publisher").finditer(text):
        readings = [
            d
            for d in gazetteer.named(said["name"] or said["reporter"] or said["yearbook"])
            if not d.abolished
        ]
        largest = outermost(readings, gazetteer)
        if len(largest) == 1 and largest[0].level != "province":
            found[largest[0].adcode] = largest[0]
    if len(found) != 1:
        return None
    only = next(iter(found.values()))
    body = "\n".join(s.text.value for s in repaired.stretches if s.role is not Role.FURNITURE)
    if only.level != "county" and only.name[-1] not in own_kinds(body):
        return None
    elsewhere = (
        n.division != only
        and not gazetteer.is_within(n.division, only)
        and not gazetteer.is_within(only, n.division)
        for here in names
        for n in here
    )
    return None if any(elsewhere) else only
