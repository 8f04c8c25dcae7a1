"""Comparable indicators: which concept of the vocabulary `indicators` a measurement is a value of.

The unit decides the branch (个, 名, 件, 次 count; 元 is money; % a share; 平方米 a measure; 天 time). In it
the concept wins whose label reaches farthest towards the end of the measured phrase, where a Chinese phrase
has its head, and among those the longest label. What no label fits gets a notation of its own, derived from
the phrase: `count/清风讲堂`, below the branch's top concept. Up the `skos:broader` path every concept belongs
to `governance` or `general`; a label stands under `governance` only if no other kind of report uses it, so
that figures of the economy or of a hospital claim no indicator of governance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jiceng.lexicon import Concept, Lexicon, Scheme
from jiceng.model import Indicator, Measurement
from jiceng.values import Same

_BRANCHES = {"share": "share", "money": "money", "measure": "measure", "time": "time"}
_MARKS = re.compile(r"[“”‘’「」『』《》（）()\s]")
_TAIL = re.compile(r"(?<=..)(?:建设|改造|面积|数量|人数|总数|工作|占比)$")
_LEVEL = ("到", "至", "为", "前")
_LEADING = re.compile(r"^(?:(?:各类|各种|各项|各级|各|全区|全市|全县|全镇|新|重点|优秀|特色)+)(?=..)")


@dataclass(frozen=True, slots=True)
class _Branch:
    """One top concept with the labels under it, and the length of the longest."""

    top: Concept
    labels: Mapping[str, Concept]
    longest: int
    governance: frozenset[str]  # notations of the concepts that lead up to `governance`


def indicator(measurement: Measurement, lexicon: Lexicon, governance: bool = True) -> Indicator:
    """The indicator of a measurement; raises OntologyError if the vocabularies are missing.

    `governance` says whether the article reports on grassroots governance (`genre`); where it does not,
    a concept that leads up to `governance` is not taken, and the figure keeps a notation of its own.
    """
    units = lexicon.scheme("units").by_notation
    unit = units.get(measurement.unit or "")
    kind = unit.broader if unit else None
    name = "rank" if measurement.rule.endswith(".rank") else _BRANCHES.get(kind or "", "count")
    branch = _branch(Same(lexicon.scheme("indicators")), name)
    phrase = _MARKS.sub("", measurement.measured)
    action = measurement.action or ""
    if name == "share" and _is_change(unit, action, lexicon):
        concept: Concept | None = branch.labels.get("同比")
    else:
        # The verb is part of some labels: 走访|居民 1.2万户 are households visited.
        concept = _find(_MARKS.sub("", action) + phrase, branch)
    if concept is not None and (governance or concept.notation not in branch.governance):
        return Indicator(concept.notation, concept.label, concept.broader)
    derived = _LEADING.sub("", phrase) or phrase
    return Indicator(f"{name}/{derived}", derived, branch.top.notation)


def _is_change(unit: Concept | None, action: str, lexicon: Lexicon) -> bool:
    """Whether a share is a difference, no level: 下降12%, 提高3个百分点, but 提高到97%."""
    if unit is not None and unit.notation == "个百分点":
        return True
    return action in _changes(Same(lexicon.scheme("actions"))) and not action.endswith(_LEVEL)


@lru_cache(maxsize=4)
def _changes(held: Same[Scheme]) -> frozenset[str]:
    return frozenset(held.value.words("rise", "fall"))


def _find(phrase: str, branch: _Branch) -> Concept | None:
    """The concept whose label ends nearest the phrase's end; 等 and 的 hide what stands before them."""
    if branch.top.notation == "rank":
        return branch.top
    floor = max(phrase.rfind("等"), 0)
    tail = _TAIL.search(phrase)
    for end in (len(phrase), tail.start() if tail else len(phrase)):
        for start in range(max(floor, end - branch.longest), end):
            concept = branch.labels.get(phrase[start:end])
            if concept is not None:
                return concept
    return None


@lru_cache(maxsize=64)
def _branch(held: Same[Scheme], name: str) -> _Branch:
    scheme = held.value
    top = scheme.by_notation[name]
    labels: dict[str, Concept] = {}
    for concept in scheme.concepts:
        if concept.notation == name or concept.notation.startswith(f"{name}."):
            for label in concept.labels:
                labels.setdefault(_MARKS.sub("", label), concept)
    governance = frozenset(c.notation for c in labels.values() if _root(c, scheme) == "governance")
    return _Branch(top, labels, max(map(len, labels), default=1), governance)


def _root(concept: Concept, scheme: Scheme) -> str:
    while concept.broader is not None:
        concept = scheme.by_notation[concept.broader]
    return concept.notation
