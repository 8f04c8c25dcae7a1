"""What headings and signatures say about the text between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands below a title that begins with a city: paragraphs, and the divisions that each names."""

    title: str
    city: Name
    texts: Sequence[str]
    roles: Sequence[Role]
    names: Sequence[tuple[Name, ...]]
    gazetteer: Gazetteer

    def named(self) -> list[Name]:
        """Every name of the section, in order."""
        return [name for here in self.names for name in here]

    def body(self) -> list[int]:
        """Which paragraphs are of the running text."""
        return [n for n, role in enumerate(self.roles) if role is Role.BODY]

    def own_kinds(self, paragraphs: Iterable[int]) -> set[str]:
        """The kinds that these paragraphs call their own: 市 where they say 全市."""
        return {kind for n in paragraphs for kind in own_kinds(self.texts[n])}

    def only_inner(self) -> Division | None:
        """The one district of the city that the section names, if it names nothing else of that rank."""
        if self.city.division.level == "county":
            return None
        counties = {
            n.division.adcode: n.division
            for n in self.named()
            if n.weight > ASIDE and n.division.level == "county"
        }
        inner = next(iter(counties.values()), None)
        return inner if inner and len(counties) == 1 and self._within(inner) else None

    def opened_with(self) -> Division | None:
        """The district that the body begins with and goes on about, naming none beside it but the city."""
        body = self.body()
        city = self.city.division
        if city.level == "county" or not body or not self.names[body[0]]:
            return None
        first = self.names[body[0]][0]
        if not (first.weight == OPENING or (first.path and first.start <= INTRODUCED)):
            return None
        inner = first.division
        if inner.level != "county" or not self._within(inner):
            return None
        said = [n for n in self.named() if n.weight >= LISTED]
        if any(n.division != inner and not (n.division == city and not opens(n)) for n in said):
            return None
        if city.name[-1] in self.own_kinds(body) - {inner.name[-1]}:
            return None
        goes_on = sum(n.division == inner for n in said) > 1 or self._unit_again(body[0], first)
        return inner if goes_on else None

    def of_unit(self) -> Division | None:
        """The one district named below a title with a street or community behind its city (厦门湖边社区)."""
        unit = pattern("unit").match(self.title, self.city.end)
        inner = self.only_inner() if unit else None
        if inner is None or unit is None:
            return None
        own = unit["name"] + unit["kind"]
        behind = any(
            unit["name"] in units_behind(text, name.end)
            for text, here in zip(self.texts, self.names, strict=True)
            for name in here
            if name.division == inner
        )
        return inner if behind or "\n".join(self.texts).count(own) > 1 else None

    def named_again(self) -> Division | None:
        """The one district that the section names more than once, if the city stands in its title alone."""
        city = self.city.division
        inner = self.only_inner()
        short = usable_short(city.name)
        if inner is None or short is None:
            return None
        if sum(n.division == inner and n.weight >= MENTION for n in self.named()) < AGAIN:
            return None
        paths = sum(
            short in text[n.start : n.end]
            for text, here in zip(self.texts, self.names, strict=True)
            for n in here
            if n.division == inner
        )
        own = self.own_kinds(range(len(self.texts)))
        alone = sum(text.count(short) for text in self.texts) == paths
        return inner if city.name[-1] not in own and alone else None

    def namesake(self) -> Division | None:
        """The county that has the short name of the title, too, if the section tells of it alone."""
        city = self.city.division
        short = usable_short(city.name)
        if city.level == "county" or short is None or not self.title[: self.city.end].endswith(short):
            return None
        alike = [d for d in self.gazetteer.named(short) if self._within(d) and not d.abolished]
        own = self.own_kinds(self.body())
        if len(alike) != 1 or city.name[-1] in own:
            return None
        only = alike[0]
        besides = {n.division for n in self.named() if n.weight >= LISTED} - {only}
        if any(not self.gazetteer.is_within(only, d) for d in besides):
            return None
        named = any(n.division == only and n.weight >= MENTION for n in self.named())
        citys = any(city.name in self.texts[n] for n in self.body())
        return only if not citys and (named or only.name[-1] in own) else None

    def _within(self, inner: Division) -> bool:
        return self.gazetteer.is_within(inner, self.city.division)

    def _unit_again(self, paragraph: int, name: Name) -> bool:
        """Whether the street or community behind a district's name comes again, by itself."""
        units = islice(units_behind(self.texts[paragraph], name.end), MOST_UNITS)
        text = "\n".join(self.texts)
        return any(text.count(unit) > 1 for unit in units)


def narrowed(
    repaired: Repaired, names: Sequence[tuple[Name, ...]], gazetteer: Gazetteer
) -> list[tuple[Name, ...]]:
    """Names in which a heading's city is the district that its whole section tells of.

    宁波：房东也是管家, and below it 在宁波市镇海区……镇海区……: the city only says where that is. Not so where
    the section speaks for the city too, by its name or as 全市, or names a second district. Nor is a title's
    short form (湘潭：) the city's where its section speaks of the county that has the same.
    """
    result = list(names)
    texts = [s.text.value for s in repaired.stretches]
    roles = [s.role for s in repaired.stretches]
    heads = [
        number
        for number, here in enumerate(names)
        if roles[number] is Role.HEADING
        and here
        and here[0].weight == HEADING
        and leads(texts[number], here[0])
    ]
    for head, end in pairwise([*heads, len(names)]):
        city = names[head][0]
        below = slice(head + 1, end)
        section = _Section(texts[head], city, texts[below], roles[below], names[below], gazetteer)
        inner = section.namesake() or section.of_unit() or section.opened_with() or section.named_again()
        if inner is not None:
            result[head] = (replace(city, division=inner), *names[head][1:])
    return result


def signatures(repaired: Repaired, parts: Sequence[Part]) -> list[int]:
    """Bylines that stand below what they sign, where the page's last lines, or those before headings, do.

    So do lines that begin with a dash (——某某区读者 老陈), unless they are a heading's second line, those
    that say which county a text comes from, and names in brackets or without a mark behind a paragraph
    that ends (（记者 张三）): what goes on behind them is another item.
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
            text = repaired.stretches[parts[at].stretch].text.value
            last = repaired.stretches[parts[at - 1].stretch].text.value
            signed = pattern("signs").match(text) is not None and pattern("ended").search(last) is not None
            found += [at] if signed or dashed or behind in (None, Role.HEADING) else []
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
