"""What headings and signatures say about the text between them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice, pairwise

from jiceng.articles.anchors import MOST_UNITS, units_behind
from jiceng.articles.naming import (
    ASIDE,
    BYLINE,
    HEADING,
    INTRODUCED,
    LISTED,
    MENTION,
    OPENING,
    Name,
    leads,
    opens,
)
from jiceng.articles.own import own_kinds
from jiceng.articles.parts import Part
from jiceng.articles.patterns import pattern
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.names import usable_short
from jiceng.model import Division, Role
from jiceng.repair import Repaired

AGAIN = 2  # times that a section names the one district that its title's city stands for


def narrowed(
    repaired: Repaired, names: Sequence[tuple[Name, ...]], gazetteer: Gazetteer
) -> list[tuple[Name, ...]]:
    """Names in which a heading's city is the district that its whole section tells of.

    宁波：房东也是管家, and below it 在宁波市镇海区……镇海区……: the city only says where that is. Not so where
    the section speaks for the city too, by its name or as 全市, or names a second district.
    """
    result = list(names)
    heads = [
        number
        for number, here in enumerate(names)
        if repaired.stretches[number].role is Role.HEADING
        and here
        and here[0].weight == HEADING
        and leads(repaired.stretches[number].text.value, here[0])
    ]
    for head, end in pairwise([*heads, len(names)]):
        city = names[head][0]
        section = range(head + 1, end)
        inner = (
            _of_unit(repaired, names, head, section, gazetteer)
            or _only_district(repaired, names, section, city.division, gazetteer)
            or _again_and_again(repaired, names, section, city.division, gazetteer)
        )
        if inner is not None:
            result[head] = (replace(city, division=inner), *names[head][1:])
    return result


def _only_district(
    repaired: Repaired,
    names: Sequence[tuple[Name, ...]],
    section: range,
    city: Division,
    gazetteer: Gazetteer,
) -> Division | None:
    body = [n for n in section if repaired.stretches[n].role is Role.BODY]
    if city.level == "county" or not body or not names[body[0]]:
        return None
    first = names[body[0]][0]
    if not (first.weight == OPENING or (first.path and first.start <= INTRODUCED)):
        return None
    inner = first.division
    if inner.level != "county" or not gazetteer.is_within(inner, city):
        return None
    said = [n for number in section for n in names[number] if n.weight >= LISTED]
    if any(n.division != inner and not (n.division == city and not opens(n)) for n in said):
        return None
    own = {k for n in body for k in own_kinds(repaired.stretches[n].text.value)} - {inner.name[-1]}
    if city.name[-1] in own:
        return None
    goes_on = sum(n.division == inner for n in said) > 1 or _unit_again(repaired, section, body[0], first)
    return inner if goes_on else None


def _of_unit(
    repaired: Repaired,
    names: Sequence[tuple[Name, ...]],
    head: int,
    section: range,
    gazetteer: Gazetteer,
) -> Division | None:
    """The one district named below a title that sets a street or community behind its city (厦门湖边社区)."""
    title = repaired.stretches[head].text.value
    city = names[head][0]
    unit = pattern("unit").match(title, city.end)
    inner = _only_inner(names, section, city.division, gazetteer) if unit else None
    if inner is None or unit is None:
        return None
    own = unit["name"] + unit["kind"]
    text = "\n".join(repaired.stretches[n].text.value for n in section)
    behind = any(
        unit["name"] in units_behind(repaired.stretches[n].text.value, name.end)
        for n in section
        for name in names[n]
        if name.division == inner
    )
    return inner if behind or text.count(own) > 1 else None


def _again_and_again(
    repaired: Repaired,
    names: Sequence[tuple[Name, ...]],
    section: range,
    city: Division,
    gazetteer: Gazetteer,
) -> Division | None:
    """The one district that a section names more than once, if the city stands in its title alone."""
    inner = _only_inner(names, section, city, gazetteer)
    short = usable_short(city.name)
    if inner is None or short is None:
        return None
    said = [n for number in section for n in names[number] if n.division == inner]
    if sum(n.weight >= MENTION for n in said) < AGAIN:
        return None
    texts = [repaired.stretches[n].text.value for n in section]
    paths = sum(
        short in repaired.stretches[number].text.value[n.start : n.end]
        for number in section
        for n in names[number]
        if n.division == inner
    )
    own = {k for t in texts for k in own_kinds(t)}
    return inner if city.name[-1] not in own and sum(t.count(short) for t in texts) == paths else None


def _only_inner(
    names: Sequence[tuple[Name, ...]], section: range, city: Division, gazetteer: Gazetteer
) -> Division | None:
    """The one district of a city that a section names, if it names nothing else of that rank."""
    if city.level == "county":
        return None
    counties = {
        n.division.adcode: n.division
        for number in section
        for n in names[number]
        if n.weight > ASIDE and n.division.level == "county"
    }
    inner = next(iter(counties.values()), None)
    return inner if inner and len(counties) == 1 and gazetteer.is_within(inner, city) else None


def _unit_again(repaired: Repaired, section: range, number: int, name: Name) -> bool:
    """Whether the street or community behind a district's name comes again, by itself."""
    units = islice(units_behind(repaired.stretches[number].text.value, name.end), MOST_UNITS)
    text = "\n".join(repaired.stretches[n].text.value for n in section)
    return any(text.count(unit) > 1 for unit in units)


def signatures(repaired: Repaired, parts: Sequence[Part]) -> list[int]:
    """Bylines that stand below what they sign, where the page's last lines, or those before headings, do.

    So do lines that begin with a dash (——某某区读者 老陈), unless they are the second line of a heading, and
    those that say which county a text comes from.
    """
    roles = [repaired.stretches[p.stretch].role for p in parts]
    for at, part in enumerate(parts):
        if roles[at] is Role.FURNITURE and any(n.weight == BYLINE for n in part.names):
            roles[at] = Role.BYLINE  # 来源：某县某镇
        dashed = repaired.stretches[part.stretch].text.value.startswith("——")
        if dashed and roles[at] is Role.HEADING and at and roles[at - 1] is Role.BODY:
            roles[at] = Role.BYLINE
    found = []
    for at, role in enumerate(roles):
        if role is Role.BYLINE and at and roles[at - 1] is not Role.HEADING:
            behind = next((r for r in islice(roles, at + 1, None) if r is not Role.FURNITURE), None)
            dashed = repaired.stretches[parts[at].stretch].role is Role.HEADING
            found += [at] if behind in (None, Role.HEADING) or dashed else []
    return found


def sections(repaired: Repaired, parts: Sequence[Part], codes: AbstractSet[str]) -> list[tuple[int, str]]:
    """Headings that name no division, and the one that is named between them and the next heading."""
    found: list[tuple[int, str]] = []
    heading: int | None = None
    named: set[str] = set()
    for at, part in enumerate([*parts, None]):
        if part is None or repaired.stretches[part.stretch].role is Role.HEADING:
            if heading is not None and len(named) == 1:
                found += [(heading, code) for code in named]
            if not (heading is not None and heading == at - 1):
                heading, named = at, set()
        if part and heading is not None:
            begins = {n.division.adcode for n in part.names if opens(n)}
            if at > heading + 1 and begins & codes:
                heading = None  # another item begins within the section
            named |= {n.division.adcode for n in part.names if n.weight >= LISTED} & codes
    return found if len({code for _, code in found}) > 1 else []
