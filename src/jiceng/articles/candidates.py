"""Which divisions a page reports on, and which are only places or neighbours in another's report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from jiceng.articles.anchors import anchored
from jiceng.articles.naming import (
    ASIDE,
    BYLINE,
    HEADING,
    INTRODUCED,
    INTRODUCING,
    LISTED,
    MENTION,
    OPENING,
    SENTENCE,
    acting,
    leads,
)
from jiceng.articles.own import own_kinds
from jiceng.articles.parts import Part
from jiceng.articles.patterns import pattern
from jiceng.articles.speakers import SURE, frames, of_examples, speaking
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Division, Role
from jiceng.repair import Repaired

NATION = 3  # times that a city is named in a text that is not on the whole country
SEVERAL = 2  # cities that a report on their province names
LEAD = 2.0  # times the evidence of any other, for one that is named in passing only


@dataclass(slots=True)
class _Named:
    """The divisions that a page names, by code, and what speaks for each as its subject."""

    found: dict[str, Division]
    weight: Mapping[str, float]
    """Of all its names together."""
    best: Mapping[str, float]
    """Of its best name."""
    titled: set[str]
    """Those that a title or a byline gives as the speaker, or that are told of side by side."""
    told: set[str]
    """Those of whom it is known that they are told of."""
    times: Mapping[str, int]
    """How often each is named."""
    acts: set[str]
    """Those that are the subject of a sentence, by no path."""

    def subject(self, code: str) -> None:
        """Take one as told of, and as good as titled."""
        self.titled.add(code)
        self.told.add(code)

    def leave_out(self, code: str) -> None:
        """Forget one."""
        self.found.pop(code, None)
        self.titled.discard(code)


def candidates(repaired: Repaired, parts: Sequence[Part], gazetteer: Gazetteer) -> list[Division]:
    """The divisions that the page reports on; places that only occur in another's report are left out.

    None if several are named alike, none of them as the one that is told of: that would be a guess.
    """
    named = _named(repaired, parts, gazetteer)
    for code in frames(repaired, parts, named.found, gazetteer):
        named.leave_out(code)
    speakers = speaking(repaired, parts, gazetteer) & named.found.keys()
    subject = None if speakers else anchored(repaired, parts, named.found, gazetteer)
    if subject is not None:
        named.subject(subject)
        for holder in gazetteer.within(named.found[subject]):
            named.leave_out(holder.adcode)
    named.titled |= speakers & named.found.keys()
    whole = ours = _ours_are(repaired, parts, gazetteer)
    if ours is not None:
        for holder in gazetteer.within(ours):
            named.leave_out(holder.adcode)
    else:
        whole = of_examples(repaired, parts, named.found, named.weight, named.told, gazetteer)
    if whole is not None:
        named.found[whole.adcode] = whole
        named.subject(whole.adcode)
    headed = bool(named.titled)
    _take_introduced(named, _introduced(repaired, parts), gazetteer)
    if not named.found:
        return []
    kinds = own_kinds("\n".join(s.text.value for s in repaired.stretches if s.role is not Role.FURNITURE))
    chosen = _fitting(named, _chosen(named, headed, kinds, gazetteer), kinds.keys(), gazetteer)
    if _somebody_elses(named, chosen, kinds):
        return []
    if max(named.best[c] for c in chosen) < SENTENCE and not (named.told | speakers) & set(chosen):
        return _ours(repaired, named) or (
            [] if _of_nation(repaired, named, chosen) else _in_passing(named, chosen, parts, gazetteer)
        )
    return [named.found[c] for c in chosen]


def _of_nation(repaired: Repaired, named: _Named, chosen: list[str]) -> bool:
    """Whether a city is named in mid-sentence only, and less often than the country a text speaks of."""
    times = int(named.weight[chosen[0]] / MENTION)
    if len(chosen) > 1 or times >= NATION or named.found[chosen[0]].level == "county":
        return False
    text = "\n".join(s.text.value for s in repaired.stretches if s.role is Role.BODY)
    nation = islice(pattern("nation").finditer(text), times + 1)
    return not own_kinds(text) and sum(1 for _ in nation) > times


def _ours_are(repaired: Repaired, parts: Sequence[Part], gazetteer: Gazetteer) -> Division | None:
    """The city, prefecture or province that calls districts its own: 我市汉滨区, 我州天柱县.

    So does a province that speaks as 我省 where several of its cities are named, none of them in a heading.
    """
    found: dict[str, Division] = {}
    cities: dict[str, str] = {}  # codes of prefectures, by those of their provinces
    headed = False
    for part in parts:
        text = repaired.stretches[part.stretch].text.value
        for name in part.names:
            if ours := pattern("ours").search(text, max(0, name.start - 2), name.start):
                holders = gazetteer.within(name.division)
                found |= {d.adcode: d for d in holders if d.name[-1] == ours["kind"]}
            if name.weight > ASIDE:
                headed = headed or name.weight in (HEADING, BYLINE)
                cities |= {d.adcode: d.parent or "" for d in _line(name.division, gazetteer) if _is_city(d)}
    if found or headed or len(cities) < SEVERAL or len(set(cities.values())) > 1:
        return next(iter(found.values())) if len(found) == 1 else None
    kinds = own_kinds("\n".join(s.text.value for s in repaired.stretches if s.role is Role.BODY))
    whole = kinds.get("省", 0.0) >= SURE and not any(kinds.get(k, 0.0) >= SURE for k in "市县区州旗")
    return gazetteer.get(next(iter(cities.values()))) if whole else None


def _line(division: Division, gazetteer: Gazetteer) -> tuple[Division, ...]:
    return (division, *gazetteer.within(division))


def _is_city(division: Division) -> bool:
    return division.level == "prefecture"


def _named(repaired: Repaired, parts: Sequence[Part], gazetteer: Gazetteer) -> _Named:
    """All that the page names; a later section's heading (三、某省的成绩) tells of that section alone."""
    found: dict[str, Division] = {}
    weight: defaultdict[str, float] = defaultdict(float)
    best: defaultdict[str, float] = defaultdict(float)
    times: Counter[str] = Counter()
    acts: set[str] = set()
    inside: set[str] = set()  # what those that were named before lie in
    titled = _side_by_side(repaired, parts)
    told = set(titled)
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        text = stretch.text.value
        heading = stretch.role is Role.HEADING
        later = heading and pattern("later_section").match(text) is not None
        for name in part.names:
            code = name.division.adcode
            found[code] = name.division
            times[code] += 1
            says = min(name.weight, MENTION) if later and code in inside else name.weight
            weight[code] += says
            best[code] = max(best[code], says)
            if says == BYLINE or (heading and says == HEADING and leads(text, name)):
                titled.add(code)
            if not name.path and not heading and acting(text, name):
                acts.add(code)
        inside.update(d.adcode for n in part.names for d in gazetteer.within(n.division))
    return _Named(found, weight, best, titled, told, times, acts)


def _take_introduced(named: _Named, introduced: set[str], gazetteer: Gazetteer) -> None:
    """Take those that the text's first sentences give as titled.

    A place in the report on a larger division stays one, and so does the city of a title's district.
    """
    found = named.found
    headed = [c for c in found if named.best[c] >= HEADING]
    for code in sorted(introduced & found.keys()):
        held = gazetteer.lies_in_any(found[code], named.titled - {code})
        if not held and not any(gazetteer.is_within(found[c], found[code]) for c in headed):
            named.titled.add(code)


def _chosen(named: _Named, headed: bool, kinds: Mapping[str, float], gazetteer: Gazetteer) -> list[str]:
    """Those that are neither a place in a larger one's report nor where a smaller one lies.

    `headed` tells that the page says of whom it tells, so that others need more; `kinds` are those that it
    calls its own. A city that acts is more than where a district lies that is named once, and does not speak.
    """
    found, weight, titled = named.found, named.weight, named.titled
    top = max(weight[c] for c in found)
    chosen = []
    for code in sorted(found):
        if code not in titled:
            outer = [c for c in found if c != code and gazetteer.is_within(found[code], found[c])]
            inner = [c for c in found if c != code and gazetteer.is_within(found[c], found[code])]
            if any(o in titled or weight[o] > weight[code] + OPENING for o in outer):
                continue  # a place in the report on a larger division
            if code in named.acts:
                inner = [i for i in inner if named.times[i] > 1 or found[i].name[-1] in kinds]
            if named.best[code] >= HEADING and kinds.get(found[code].name[-1], 0.0) >= SURE:
                inner = []  # 该市: what a title names is spoken of itself
            if any(weight[i] >= 0.6 * weight[code] for i in inner):
                continue  # where the speaker lies
            if headed and weight[code] < 2.5 * OPENING:
                continue  # a place that it names in passing
        if weight[code] >= OPENING or weight[code] == top or code in titled:
            chosen.append(code)
    return chosen or [min(found, key=lambda c: (-weight[c], c))]


def _somebody_elses(named: _Named, chosen: list[str], kinds: Mapping[str, float]) -> bool:
    """Whether a province is named once, where some county of it speaks as 我县 that is not named."""
    only = named.found[chosen[0]]
    if len(chosen) > 1 or only.level != "province" or named.times[only.adcode] > 1:
        return False
    return any(kinds.get(kind, 0.0) >= SURE for kind in "县旗") and only.name[-1] not in kinds


def _fitting(named: _Named, chosen: list[str], kinds: AbstractSet[str], gazetteer: Gazetteer) -> list[str]:
    """Those chosen; in place of a city the one district in it, if the text says 全区 and never 全市."""
    if len(chosen) != 1 or chosen[0] in named.told | named.acts:
        return chosen
    city = named.found[chosen[0]]
    inner = [d for d in named.found.values() if d.level == "county" and gazetteer.is_within(d, city)]
    if city.level != "prefecture" or len(inner) != 1:
        return chosen
    if inner[0].name[-1] not in kinds or city.name[-1] in kinds:
        return chosen
    named.subject(inner[0].adcode)
    return [inner[0].adcode]


def _ours(repaired: Repaired, named: _Named) -> list[Division]:
    """The one division named that a text can mean with 我县, though it tells of others (我县考察团到某区)."""
    text = "\n".join(s.text.value for s in repaired.stretches if s.role is Role.BODY)
    sure = {kind for kind, value in own_kinds(text).items() if value >= SURE}
    fitting = [d for c, d in named.found.items() if d.name[-1] in sure and named.best[c] >= MENTION]
    return fitting if len(fitting) == 1 == len(sure) else []


def _in_passing(
    named: _Named, chosen: list[str], parts: Sequence[Part], gazetteer: Gazetteer
) -> list[Division]:
    """Of those that are named in passing only the one that a text says first of all, where it is, or that
    has much more for it than others."""
    found, weight = named.found, named.weight
    if max(named.best[c] for c in chosen) <= ASIDE:
        return []  # somebody else's place, and nobody's report
    first = next((n for part in parts for n in part.names if n.weight >= MENTION), None)
    placed = first is not None and first.path and weight[first.division.adcode] > MENTION
    if first is not None and placed and first.division.adcode in chosen:
        return [first.division]
    line = [c for c in found if any(gazetteer.is_within(found[i], found[c]) for i in chosen)]
    rivals = [weight[c] for c in found if c not in chosen and c not in line and named.best[c] > ASIDE]
    if len(chosen) > 1 or (rivals and weight[chosen[0]] < max(MENTION, LEAD * max(rivals))):
        return []
    return [found[chosen[0]]]


def _introduced(repaired: Repaired, parts: Sequence[Part]) -> set[str]:
    """The divisions that a text's first sentences name by their full path, as news does below its title."""
    found: set[str] = set()
    begins = True
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        if stretch.role is not Role.BODY:
            begins = begins or stretch.role in (Role.HEADING, Role.BYLINE)
            continue
        if begins:
            for name in part.names[:1]:
                if name.path and name.weight >= MENTION and name.start - part.start <= INTRODUCED:
                    found.add(name.division.adcode)
        begins = False
    return found


def _side_by_side(repaired: Repaired, parts: Sequence[Part]) -> set[str]:
    """Divisions of one rank that open headings or paragraphs in turn, as a roundup tells of them.

    One county that opens a paragraph may be an example in its city's report; two or more side by side are
    told of each for itself. Those of different cities count only if they are named by their full path.
    A title that lists divisions announces those that are named again behind it, and so does a first
    paragraph those that others begin with.
    """
    groups: defaultdict[str, set[str]] = defaultdict(set)
    listed: set[str] = set()  # in a title
    again: set[str] = set()
    lead: set[str] | None = None  # listed in the first paragraph
    begun: set[str] = set()
    opening: defaultdict[str, set[str]] = defaultdict(set)  # those that open paragraphs, by rank
    zoned: set[str] = set()  # groups with a zone
    only_title: set[str] = set()  # the division that the page tells of first
    for part in parts:
        stretch = repaired.stretches[part.stretch]
        text = stretch.text.value
        if stretch.role is Role.HEADING:
            several = [n for n in part.names if n.weight == LISTED]
            listed |= {n.division.adcode for n in several}
        else:
            again |= {n.division.adcode for n in part.names if n.weight >= MENTION}
            if lead is None and stretch.role is Role.BODY:
                lead = {n.division.adcode for n in part.names if n.weight == LISTED}
            elif stretch.role is Role.BODY:
                begun |= {n.division.adcode for n in part.names[:1] if n.weight >= MENTION}
        for name in part.names[:1]:
            code = name.division.adcode
            zone = name.division.name[-1] == "市" and text[name.end - 1] == "区"
            subject = name.weight == OPENING and (
                name.path
                or zone
                or acting(text, name)
                or pattern("item_head").match(text, name.end) is not None
            )
            if name.weight == OPENING:
                opening[_rank(name.division)].add(code)
            if name.weight == HEADING or subject:
                rank = f"county {code}" if zone else _rank(name.division)
                groups[rank].add(code)
                zoned |= {rank} if zone else set()
                only_title = only_title or {code}
            same = [n for n in part.names if n.division == name.division]
            if any(n.path and n.weight >= INTRODUCING for n in same):
                groups[f"path {name.division.level}"].add(code)
    for code in [c for c in zoned if groups[c] <= only_title | {c.removeprefix("county ")}]:
        groups[code].clear()  # a zone below the title of one district lies in it: nothing stands beside it
    for rank, codes in opening.items():  # where several act, a third that opens a paragraph is told of, too
        groups[rank] |= codes if len(groups[rank]) > 1 else set()
    groups["listed"] = listed & again
    groups["lead"] = (lead or set()) & begun
    return {code for group in groups.values() if len(group) > 1 for code in group}


def _rank(division: Division) -> str:
    return f"{division.level} {division.parent}"
