"""Whose a number is: the street, community or quarter of which an article tells where it stands.

A sentence names the unit (柳岸社区下设党支部13个), or goes on about the one before it: 服务居民1.2万人次。
The division itself comes back by its name or as 全区, 区委; a list (甲社区、乙社区等5个) is no topic.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.holders.bodies import Bodies, bodies, of_those_counted
from jiceng.extract.holders.course import UNITS, Said, course_of, kind_of, mentions_of
from jiceng.extract.holders.patterns import pattern
from jiceng.model import Fact, Honour, Measurement, Mechanism, Organisation
from jiceng.values import dataclass


def told_of(analysis: Analysis, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, with the unit that each number is about, that runs a mechanism, or that was honoured."""
    if not any(isinstance(f, Measurement | Mechanism | Honour) for f in facts):
        return tuple(facts)
    units = {f.name: f.kind for f in facts if isinstance(f, Organisation) and f.kind in UNITS}
    larger = analysis.article.division.level != "county"
    mentions = list(mentions_of(analysis.text, units.keys()))
    rows = [f.start for f in facts if isinstance(f, Measurement) and f.rule == "metrics.table"]
    course = course_of(analysis, mentions, units, sorted(rows)) if units or larger else ()
    said = sorted(course, key=lambda s: s.at)
    told = _Told(said, [s.at for s in said], bodies(analysis, facts, {m.end for m in mentions}))
    division = analysis.article.division.name

    def with_unit(fact: Fact) -> Fact:
        if isinstance(fact, Measurement):
            return _with_holder(fact, told)
        if isinstance(fact, Mechanism):
            return _with_level(fact, told, units)
        return _with_recipient(fact, told, division) if isinstance(fact, Honour) else fact

    return tuple(of_those_counted(analysis.text, [with_unit(f) for f in facts]))


@dataclass(frozen=True, slots=True)
class _Told:
    """Of whom a text tells, from where on: units, and the bodies of single sentences."""

    said: Sequence[Said]
    starts: Sequence[int]
    bodies: Bodies

    def unit_at(self, place: int) -> str | None:
        """The unit of which the text tells at a place."""
        at = bisect_right(self.starts, place)
        return self.said[at - 1].unit if at else None


def _with_holder(fact: Measurement, told: _Told) -> Measurement:
    if fact.rule == "metrics.table":
        return fact
    at = bisect_right(told.starts, fact.start)
    if fact.measured_end < fact.end:  # a noun from farther off may stand before whoever has the number
        last = bisect_right(told.starts, fact.end - 1)
        inside = last and fact.measured_start <= told.starts[last - 1] < fact.measured_end
        at = at if inside else last
    unit = told.said[at - 1].unit if at else None
    if any(s.unit is None for s in told.said[at : bisect_left(told.starts, fact.end)]):
        unit = None  # 联合|全区66家协会
    body = told.bodies.of(fact)
    if body is not None and not (at and told.starts[at - 1] >= body.end):
        unit = body.name
    return fact if unit == fact.subject else replace(fact, subject=unit)


def _with_level(fact: Mechanism, told: _Told, units: Mapping[str, str]) -> Mechanism:
    """A mechanism with the tier of the unit that the text tells of there, if it says none itself."""
    unit = told.unit_at(fact.start) if fact.level is None else None
    return fact if unit is None or unit not in units else replace(fact, level=kind_of(units, unit))


def _with_recipient(fact: Honour, told: _Told, division: str) -> Honour:
    """An honour with the unit of which the text tells there, where it names its holder by the kind alone, or
    nobody: 社区党委荣获…, 2021年获评…."""
    unit = told.unit_at(fact.start)
    if unit is None or fact.recipient is None:
        return fact
    by_kind = pattern("by_kind").fullmatch(fact.recipient)
    if by_kind is not None and unit.endswith(by_kind["kind"]):
        return replace(fact, recipient=unit + by_kind["body"])
    return replace(fact, recipient=unit) if fact.recipient == division else fact
