"""The one district whose street, town or community a whole page is about.

A title says 宁波 or names no place; the text names the district once (宁波市江北区锦溪街道……) and then goes
on about the street alone. That street is the subject, so its district is: the city only says where it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from jiceng.articles.naming import ASIDE, LISTED, acting
from jiceng.articles.parts import Part
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired

MOST_UNITS = 24  # that are looked for on the page
AGAIN = 2  # times that the unit stands on the page besides, to be its subject
# What may stand between a district's name and that of its street, and the street's name.
_UNIT = re.compile(
    r"(?:\s|人民政府|辖区|下辖)?(?P<name>(?:(?![在给把让将为与对从每各个的了由请和及、])[\u4e00-\u9fff]){1,7}?)"
    r"(?P<kind>街道|街(?!头|区|坊)|镇|乡|社区|小区|村)(?!级|际|区)"
)
# A city whose document the text opens with does not speak: 某市出台《……》, 某市委、市政府印发的
_ISSUES = re.compile(r"[\u4e00-\u9fff]{0,8}?、?[\u4e00-\u9fff]{0,8}?(?:印发|出台|下发|发布|公布)(?:了|的)?《")


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
                units |= dict.fromkeys(_units(stretch.text.value, name.end))
            elif (
                stretch.role is Role.BODY
                and name.weight > LISTED
                and acting(stretch.text.value, name)
                and not _ISSUES.match(stretch.text.value, name.end)
            ):
                acts.add(code)
        if len(counties) > 1:
            return None
    only = min(counties, default=None)
    if only is None or only not in found or acts & {d.adcode for d in gazetteer.within(found[only])}:
        return None
    text = "\n".join(s.text.value for s in repaired.stretches if s.repeats is None)
    again = (text.count(unit) - 1 + (unit in titles) for unit in islice(units, MOST_UNITS))
    return only if any(times >= AGAIN for times in again) else None


def _units(text: str, at: int) -> Iterator[str]:
    """The names of the units that follow a district's name: 锦溪 and 桥头 in 锦溪街道桥头社区."""
    while unit := _UNIT.match(text, at):
        yield unit["name"] if len(unit["name"]) > 1 else unit["name"] + unit["kind"]
        at = unit.end()
