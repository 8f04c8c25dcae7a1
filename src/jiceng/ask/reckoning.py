"""What numbers come to: the most, the sum, the mean, the difference, of all places or region by region."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from jiceng.ask.grammar import load as load_grammar
from jiceng.ask.rows import Rows, some
from jiceng.ask.terms import counted
from jiceng.ask.understand import Intent
from jiceng.rules import patterns

_HOLDS = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq}

Stated = tuple[Decimal, str]
"""A number and its sign: 5200余 is stated as >5200."""

_narrows = patterns("indicators")  # what makes a number less than, or other than, a total

_PEOPLE = dict.fromkeys("名位", "人")
"""Units for people that differ in courtesy only."""


def reckoned(intent: Intent, rows: Rows, money: bool) -> str:
    """What is ranked or added must count the same thing in the same unit: what the first row counts, in the
    unit that most places have for it (15640本 of one place are no 社区 in 个).

    A street's number is none of its district: parts are named, and only with parts. What is new is no part
    of what there is, what each unit has none of what all have. Of reports of several days the last one
    counts; a city's total holds its districts' numbers already.
    """
    kinds = _kinds(rows, money)
    same = _usual(rows, kinds)
    best, regions = _best(intent, rows, kinds, same)
    twice = _twice(intent, rows, kinds, same) & best.keys()
    best = {place: stated for place, stated in best.items() if place not in twice}
    measured, unit = rows.cells("measured", "unit")[kinds.index(same)]
    thing = intent.term if money else counted(measured)
    count = f"（{len(best)}个地方报道了这一数据）"
    left = len({fact for fact, kind in zip(_facts(rows), kinds, strict=True) if kind != same})
    aside = f"；另有{left}个数口径不同，未计入" if left else ""
    aside += f"；另有{len(twice)}个地方与上级或下级的数重叠，不重复计算" if twice else ""
    if intent.by:
        return f"{thing}，{_by_region(intent, best, regions, unit)}{aside}"
    # What is reckoned from 5200余 is no more exact.
    about = "约" if any(sign for _, sign in best.values()) else ""
    total = sum((number for number, _ in best.values()), Decimal(0))
    if intent.kind == "sum":
        return f"{thing} {about}{plainly(total)}{unit}{count}{aside}"
    if intent.kind == "average":
        return f"{thing} {about}{plainly(round(total / len(best), 2))}{unit}{count}{aside}"
    if intent.kind == "difference":
        return _difference(intent, best, f"{thing}，", about, unit) or (
            f"两地没有同一口径的数据，不能相减；见下列各条{count}"
        )
    ranked = sorted(best.items(), key=lambda item: -item[1][0] if intent.kind == "most" else item[1][0])
    if intent.limit:
        named = "；".join(f"{place} {_signed(n)}{unit}" for place, n in ranked[: intent.limit])
        return f"{named}，{thing}{count}{aside}"
    top = ranked[0][1]
    names = "、".join(place for place, (number, _) in ranked if number == top[0])
    return f"{names}，{thing} {_signed(top)}{unit}{count}{aside}"


class _Kind(NamedTuple):
    """What a row counts, in which unit, whether only what is new, or what was (由780个|整合为645个), of what
    a rate, and whether of a part.
    """

    what: str
    unit: str
    new: bool
    former: bool
    rate: str
    part: bool


def _kinds(rows: Rows, money: bool) -> list[_Kind]:
    return [
        _Kind(
            "" if money else counted(what),
            _PEOPLE.get(unit, unit),
            _narrows("new").match(action) is not None,
            action.endswith("前"),
            _narrows("times").sub("", per),  # 每年20万元 is a total, 每个社区20万元 is none
            bool(part),
        )
        for what, unit, action, per, part in rows.cells("measured", "unit", "action", "per", "subject")
    ]


def _usual(rows: Rows, kinds: Sequence[_Kind]) -> _Kind:
    """What most places count, of what is called as in the first row and is as much of parts.

    What there is goes before what was and what is new, a total before a rate.
    """
    alike = [kind for kind in kinds if kind.what == kinds[0].what and kind.part == kinds[0].part]
    least = min((kind.former, kind.new, kind.rate != "") for kind in alike)
    of: dict[_Kind, set[str]] = {}
    for kind, (place,) in zip(kinds, rows.cells("division"), strict=True):
        if kind in alike and (kind.former, kind.new, kind.rate != "") == least:
            of.setdefault(kind, set()).add(place)
    return max(of, key=lambda kind: len(of[kind]))


def _twice(intent: Intent, rows: Rows, kinds: Sequence[_Kind], same: _Kind) -> set[str]:
    """The places that would count twice: those in larger ones that state such a number too (330802 is in
    330800, that in 330000), or, for a mean of like places, the larger ones."""
    if "code" not in rows.columns:
        return set()
    regions = rows.cells("region") if intent.by else [("",)] * len(kinds)
    stated = zip(kinds, regions, rows.cells("division", "subject", "code"), strict=True)
    places = {
        _stem(code): region + place
        for kind, (region,), (place, part, code) in stated
        if kind == same and not part
    }
    pairs = [
        (place, places[stem[:digits]])
        for stem, place in places.items()
        for digits in (2, 4)
        if digits < len(stem) and stem[:digits] in places
    ]
    return {pair[intent.kind == "average"] for pair in pairs}


def _stem(code: str) -> str:
    """What all codes within a division begin with."""
    return code.removesuffix("00").removesuffix("00")


def _best(
    intent: Intent, rows: Rows, kinds: Sequence[_Kind], same: _Kind
) -> tuple[dict[str, Stated], dict[str, str]]:
    """By place, the number that counts, and by place its region where regions are asked about."""
    largest = intent.kind != "least"
    best: dict[str, Stated] = {}
    days: dict[str, str] = {}
    regions: dict[str, str] = {}
    stated = rows.cells("division", "subject", "value", "comparator", "published")
    within = rows.cells("region") if intent.by else [("",)] * len(stated)
    for kind, (division, part, value, sign, day), (region,) in zip(kinds, stated, within, strict=True):
        # Two provinces have a 鼓楼区 each.
        place = f"{region}{division}{part}" if intent.by else division + part
        try:
            number = Decimal(value)
        except InvalidOperation:
            continue
        if kind != same:
            continue
        before = days.get(place, "")
        if place in best and day and before and day != before:
            better = day > before
        else:
            better = place not in best or (number > best[place][0]) == largest
        if better:
            best[place] = number, "" if sign == "=" else sign
            days[place] = day
            regions[place] = region
    return best, regions


def _by_region(intent: Intent, best: Mapping[str, Stated], regions: Mapping[str, str], unit: str) -> str:
    """The sums of regions: the first of them, or so many as are asked for, or all."""
    sums: dict[str, list[Stated]] = {}
    for place, stated in best.items():
        sums.setdefault(regions[place], []).append(stated)
    totals = {region: sum((n for n, _ in of), Decimal(0)) for region, of in sums.items()}
    order = sorted(totals, key=lambda region: totals[region] if intent.kind == "least" else -totals[region])
    if intent.bound:
        sign, number = intent.bound
        wanted = [region for region in order if _HOLDS[sign](totals[region], Decimal(number))]
        if not wanted:
            return "没有"
    elif intent.kind == "sum":
        wanted = order
    elif intent.limit:
        wanted = order[: intent.limit]
    else:
        wanted = [region for region in order if totals[region] == totals[order[0]]]
    told = [
        f"{region} {'约' if any(sign for _, sign in sums[region]) else ''}{plainly(totals[region])}{unit}"
        f"（{len(sums[region])}个地方{'合计' if len(sums[region]) > 1 else ''}）"
        for region in wanted
    ]
    return f"{some(told)}；{len(totals)}个{load_grammar().regions[intent.by]}报道了这一数据"


def _difference(intent: Intent, best: Mapping[str, Stated], thing: str, about: str, unit: str) -> str:
    """How many more the first has than the second; nothing where one of them has no such number."""
    first, second = intent.divisions[:2]
    if first not in best or second not in best:
        return ""
    gap = best[first][0] - best[second][0]
    more = f"{'多' if gap >= 0 else '少'}{about}{plainly(abs(gap))}{unit}"
    both = "，".join(f"{place} {_signed(best[place])}{unit}" for place in (first, second))
    return f"{thing}{both}，{first}{more}"


def _facts(rows: Rows) -> list[tuple[str, ...]]:
    """What tells the numbers apart: the rows have one for each quote."""
    return rows.cells("division", "subject", "measured", "value", "unit", "period")


def _signed(stated: Stated) -> str:
    return stated[1] + plainly(stated[0])


def plainly(number: Decimal) -> str:
    """A number as people write it."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
