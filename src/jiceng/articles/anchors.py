"""The one district whose street, town or community a whole page is about.

A title says 宁波 or names no place; the text names the district once (宁波市江北区锦溪街道……) and then goes
on about the street alone. That street is the subject, so its district is: the city only says where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from jiceng.articles.naming import ASIDE, LISTED, acting
from jiceng.articles.parts import Part
from jiceng.articles.patterns import pattern
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired

MOST_UNITS = 24  # that are looked for on the page
AGAIN = 2  # times that the unit stands on the page besides, to be its subject


def anchored(
    repaired: Repaired, parts: Sequence[Part], found: Mapping[str, Division], gazetteer: Gazetteer
) -> str | None:
    """The code of that district, None if there is no such one, several are named, or a city itself acts."""
    titles = "\n".join(s.text.value for s in repaired.stretches if s.role is Role.HEADING)
    counties: set[str] = set()
    units: dict[str, None] = {}  # in order
    acts: set[str] = set()
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        for name in part.names:
            code = gazetteer.current(name.division).adcode
            if name.weight > ASIDE and name.division.level == "county":
                counties.add(code)
                units |= dict.fromkeys(units_behind(stretch.text.value, name.end))
            elif (
                stretch.role is Role.BODY
                and name.weight > LISTED
                and acting(stretch.text.value, name)
                and not pattern("issues").match(stretch.text.value, name.end)
            ):
                acts.add(code)
        if len(counties) > 1:
            return None
    only = min(counties, default=None)
    if only is None or only not in found:
        return None
    if acts & {
        d.adcode for d in gazetteer.within(found[only]) if d.level == "prefecture" or d.name[-1] == "市"
    }:
        return None
    text = "\n".join(s.text.value for s in repaired.stretches if s.repeats is None)
    again = (text.count(unit) - 1 + (unit in titles) for unit in islice(units, MOST_UNITS))
    return only if any(times >= AGAIN for times in again) else None


def units_behind(text: str, at: int) -> Iterator[str]:
    """The names of the units that follow a district's name: 锦溪 and 桥头 in 锦溪街道桥头社区."""
    while unit := pattern("unit").match(text, at):
        yield unit["name"] if len(unit["name"]) > 1 else unit["name"] + unit["kind"]
        at = unit.end()
