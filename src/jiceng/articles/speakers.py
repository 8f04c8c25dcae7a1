"""Whether a city speaks for itself on a page that names its districts, or only says where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from jiceng.articles.naming import MENTION, OPENING, acting
from jiceng.articles.own import own_kinds
from jiceng.articles.parts import Part
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired

SURE = 2.0  # what 我市 says, and 全市 does not
EXAMPLES = 2  # districts of a city that may still be told of each for itself


def frames(
    repaired: Repaired, parts: Sequence[Part], found: Mapping[str, Division], gazetteer: Gazetteer
) -> list[str]:
    """Cities that only a title names, in short, above paragraphs that several of their districts open."""
    opened: set[str] = set()
    speaks: set[str] = set()
    bodies: list[str] = []
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        if stretch.role is Role.HEADING:
            text = stretch.text.value
            speaks |= {
                n.division.adcode
                for n in part.names
                if text[n.end - 1] == n.division.name[-1] or text[n.end : n.end + 1] == "："
            }
            continue
        bodies.append(stretch.text.value[part.start : part.end])
        speaks |= {n.division.adcode for n in part.names if n.weight >= MENTION}
        opened |= {n.division.adcode for n in part.names[:1] if n.weight == OPENING}
    framing = [
        code
        for code, division in found.items()
        if code not in speaks
        and division.level == "prefecture"
        and sum(gazetteer.is_within(found[c], division) for c in opened & found.keys()) > 1
    ]
    kinds = {kind for body in bodies for kind in own_kinds(body)} if framing else set()
    return [code for code in framing if found[code].name[-1] not in kinds]


def speaking(repaired: Repaired, parts: Sequence[Part], gazetteer: Gazetteer) -> set[str]:
    """Cities that open the text as its subject, before any of their districts, and speak again later."""
    first: Division | None = None
    said = 0
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        names = [n for n in part.names if n.weight >= MENTION]
        if stretch.role is Role.HEADING and first is None and names:
            return set()
        if stretch.role is not Role.BODY:
            continue
        if first is None and names:
            if names[0].division.level == "county" or not acting(stretch.text.value, names[0]):
                return set()
            first = names[0].division
        if first is not None:
            if any(
                n.division.level == "county" and not gazetteer.is_within(n.division, first) for n in names
            ):
                return set()
            said += sum(n.division == first and acting(stretch.text.value, n) for n in names)
            said += first.name[-1] in own_kinds(stretch.text.value[part.start : part.end])
    return {first.adcode} if first is not None and said > 1 else set()


def of_examples(
    repaired: Repaired,
    found: Mapping[str, Division],
    weight: Mapping[str, float],
    told: AbstractSet[str],
    gazetteer: Gazetteer,
) -> Division | None:
    """The city of which a page tells by examples: it speaks as 我市, or is named, beside several districts.

    None where it is not that one city's districts, or they are told of each for itself.
    """
    counties = [c for c in found if found[c].level == "county"]
    holders = {found[c].parent for c in counties}
    city = gazetteer.get(holders.pop() or "") if len(holders) == 1 else None
    if city is None or city.level != "prefecture" or told & found.keys():
        return None
    if any(d.level == "prefecture" and d != city for d in found.values()):
        return None
    kind = city.name[-1]
    if city.adcode not in found:
        if len(counties) < 2 or any(found[c].name[-1] == kind for c in counties):
            return None
        text = "\n".join(s.text.value for s in repaired.stretches if s.role is Role.BODY)
        return city if own_kinds(text).get(kind, 0.0) >= SURE else None
    shared = max(weight[c] for c in counties) < 0.5 * sum(weight[c] for c in counties)
    return city if shared and len(counties) > EXAMPLES else None
