"""Whether a city speaks for itself on a page that names its districts, or only says where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from jiceng.articles.naming import HEADING, MENTION, OPENING, Name, acting
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
    """Cities that are the text's first subject, before any of their districts, and speak again later.

    Districts of which only a street or a villager is named (家住某区某街道的……) are no subjects.
    """
    first: Division | None = None
    said = 0
    located: dict[str, Division] = {}
    own: list[str] = []  # kinds that it called its own (全州) before it named itself
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        text = stretch.text.value
        names = [n for n in part.names if n.weight >= MENTION]
        if stretch.role is Role.HEADING and first is None and names:
            return set()
        if stretch.role is not Role.BODY:
            continue
        kinds = own_kinds(text[part.start : part.end])
        located |= {n.division.adcode: n.division for n in names if n.division.level == "county"}
        if first is None:
            own += own_kinds(text[part.start : names[0].start]) if names else kinds
            subject = next((n.division for n in names if _speaks(text, n, own)), None)
            if subject is None:
                own += set(kinds) - set(own)
                continue
            if subject.level == "county":
                return set()
            first = subject
            said = own.count(first.name[-1])
        said += first.name[-1] in kinds
        if any(not gazetteer.is_within(d, first) for d in located.values()):
            return set()
        said += sum(n.division == first and _speaks(text, n, own) for n in names)
    if first is None:
        return set()
    return {first.adcode} if said > 1 or _leads_in(repaired, parts, first, gazetteer) else set()


def _leads_in(repaired: Repaired, parts: Sequence[Part], city: Division, gazetteer: Gazetteer) -> bool:
    """Whether a city's own paragraph stands before those that two or more of its districts open."""
    opened: set[str] = set()
    led = False
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        if stretch.role is not Role.BODY:
            continue
        first = next((n for n in part.names if n.weight >= OPENING), None)
        if first is not None and first.division != city and gazetteer.is_within(first.division, city):
            opened.add(first.division.adcode)
        elif not opened and any(_speaks(stretch.text.value, n, ()) for n in part.names if n.division == city):
            led = True
    return led and len(opened) > 1


def _speaks(text: str, name: Name, own: Sequence[str]) -> bool:
    """Whether a name is a subject, or that of the city or prefecture that a text called 全州 before."""
    return acting(text, name) or (name.division.level == "prefecture" and name.division.name[-1] in own)


def of_examples(
    repaired: Repaired,
    parts: Sequence[Part],
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
    several = len(counties) > 1 and all(found[c].name[-1] != kind for c in counties)
    kinds = own_kinds("\n".join(s.text.value for s in repaired.stretches if s.role is Role.BODY))
    before, acts = _before(repaired, parts, found.keys() & set(counties))
    early = own_kinds(before).get(kind, 0.0) if all(found[c].name[-1] not in kinds for c in counties) else 0.0
    speaks = several and (kinds.get(kind, 0.0) >= SURE or early > 0.0)
    if not acts and early >= SURE and found[counties[0]].name[-1] != kind:
        return city  # 我市在某区开会, and nothing of what that district does
    if city.adcode not in found:
        return city if speaks else None
    if speaks and weight[city.adcode] >= OPENING and all(found[c].name[-1] not in kinds for c in counties):
        return city  # 漯河市…… 我市……, and no 我区 or 区委
    shared = max(weight[c] for c in counties) < 0.5 * sum(weight[c] for c in counties)
    return city if shared and len(counties) > EXAMPLES else None


def _before(repaired: Repaired, parts: Sequence[Part], codes: AbstractSet[str]) -> tuple[str, bool]:
    """What a page says before it names one of some divisions, and whether any of these acts on it."""
    before: list[str] = []
    named = acts = False
    for part in parts:
        text = repaired.stretches[part.stretch].text.value
        here = [n for n in part.names if n.division.adcode in codes]
        if not named:
            before.append(text[part.start : here[0].start if here else part.end])
        named = named or bool(here)
        acts = acts or any(acting(text, n) or n.weight >= HEADING for n in here)
    return "\n".join(before), acts
