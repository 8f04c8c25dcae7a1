"""The city or county whose paper or office a text comes from, where nothing in it says more.

A report of a city's paper speaks of 全市 and 市委 without a name: its readers know. What the paper is called
tells it (来源：某某日报, 某某日报社记者), but a city's only for a text that calls itself of that kind, and
none for one that names a place elsewhere. A county's station and yearbook tell of that county, and a
dateline (某某新闻烟台4月1日讯) of where it was sent from. A province's (`provinces`) tells of 我省.
"""

from __future__ import annotations

from collections.abc import Iterable

from jiceng.articles.naming import ASIDE, Name
from jiceng.articles.own import own_kinds
from jiceng.articles.patterns import pattern
from jiceng.articles.provinces import province
from jiceng.articles.shorts import LONGEST_SHORT, outermost
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired


def publisher(repaired: Repaired, names: Iterable[tuple[Name, ...]], gazetteer: Gazetteer) -> Division | None:
    """That division; None if there is none or several, or the text may be of another."""
    text = "\n".join(s.text.value for s in repaired.stretches)
    body = "\n".join(s.text.value for s in repaired.stretches if s.role is not Role.FURNITURE)
    origin = repaired.source.origin
    if origin and origin.publisher:  # beside the text: a table's column, a page's head
        text += f"\n来源：{origin.publisher}"
    kinds = own_kinds(body)
    found: dict[str, Division] = {}
    for said in pattern("publisher").finditer(text):
        name = said["name"] or said["reporter"] or said["yearbook"]
        readings = gazetteer.named(name)
        fitting = [d for d in readings if d.name[-1] in kinds]  # 中山 may be the city, or a district
        found |= {d.adcode: d for d in _only(fitting or readings, gazetteer)}
    sent = {d.adcode: d for said in pattern("sent_from").finditer(text) for d in _place(said[1], gazetteer)}
    found |= sent
    whole = province(text, gazetteer) if not found else None
    if len(found) != 1 and whole is None:
        return None
    only = whole or next(iter(found.values()))
    spoken = only.level == "county" or only == whole or only.adcode in sent
    zone = only.level == "prefecture" and pattern("zone_alone").search(body) is not None
    if not spoken and not zone and only.name[-1] not in kinds:
        return None
    elsewhere = (
        n.division != only
        and not gazetteer.is_within(n.division, only)
        and not gazetteer.is_within(only, n.division)
        for here in names
        for n in here
        if n.weight > ASIDE
    )
    return None if any(elsewhere) else only


def _place(before: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """The city or county whose name ends what stands before a dateline's day (某某新闻|烟台|4月1日讯)."""
    for length in range(min(LONGEST_SHORT, len(before)), 1, -1):
        if found := _only(gazetteer.named(before[-length:]), gazetteer):
            return found
    return ()


def _only(readings: Iterable[Division], gazetteer: Gazetteer) -> tuple[Division, ...]:
    """The one city or county of these; none if there are several, or it is a province."""
    largest = outermost([d for d in readings if not d.abolished], gazetteer)
    return tuple(largest) if len(largest) == 1 and largest[0].level != "province" else ()
