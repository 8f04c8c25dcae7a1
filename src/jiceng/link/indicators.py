"""Comparable indicators: which concept of the vocabulary `indicators` a measurement is a value of.

The unit decides the branch (个, 名, 件, 次 count; 元 is money; % a share; 平方米 a measure; 天 time). In it
the concept wins whose label reaches farthest towards the end of the measured phrase, where a Chinese phrase
has its head, and among those the longest label. What no label fits gets a notation of its own, derived from
the phrase: `count/清风讲堂`, below the branch's top concept. Up the `skos:broader` path every concept belongs
to `governance` or `general`; a label stands under `governance` only if no other kind of report uses it, so
that figures of the economy or of a hospital claim no indicator of governance.

What counts only a part of what the concept counts, or in another way, gets a notation below the concept, so
that nobody adds it to the whole or ranks it with it: words before the label of a concept that has narrower
ones (学校党组织), what is new (新建网格20个), visits (人次), a rate (每个社区20万元), those that did
something (30个社区开设食堂), a share that is a difference (发案率下降15%).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jiceng.lexicon import Concept, Lexicon, Scheme
from jiceng.model import Indicator, Measurement
from jiceng.rules import patterns
from jiceng.values import Same

_BRANCHES = {"share": "share", "money": "money", "measure": "measure", "time": "time"}
_MARKS = re.compile(r"[“”‘’「」『』《》（）()\s]")
_REPORT = "报到"
_LEVEL = ("到", "至", "为", "前")
_BODIES = ("count.organisation", "count.territory")
_STOCK = (*_BODIES, "count.person", "count.venue")
_pattern = patterns("indicators")


@dataclass(frozen=True, slots=True)
class _Branch:
    """One top concept with the labels under it, and the length of the longest."""

    top: Concept
    labels: Mapping[str, Concept]
    longest: int
    governance: frozenset[str]  # notations of the concepts that lead up to `governance`
    divided: frozenset[str]  # notations of the concepts that have narrower ones


def indicator(
    measurement: Measurement, lexicon: Lexicon, governance: bool = True, behind: str = ""
) -> Indicator:
    """The indicator of a measurement; raises OntologyError if the vocabularies are missing.

    `governance` says whether the article reports on grassroots governance (`genre`); where it does not,
    a concept that leads up to `governance` is not taken, and the figure keeps a notation of its own.
    `behind` is the text behind number and noun: what the counted ones did (30个社区|成立了业委会).
    """
    units = lexicon.scheme("units").by_notation
    unit = units.get(measurement.unit or "")
    kind = (unit.broader if unit else None) or ""
    name = "rank" if measurement.rule.endswith(".rank") else _BRANCHES.get(kind, "count")
    scheme = Same(lexicon.scheme("indicators"))
    branch = _branch(scheme, name)
    phrase = _MARKS.sub("", measurement.measured)
    phrase = phrase if phrase in branch.labels else _without_kinds(phrase)
    action = _MARKS.sub("", measurement.action or "")
    if name == "share" and _is_change(unit, action, lexicon):
        return _change(phrase, action, scheme, lexicon)
    since = _pattern("since").match(behind)
    did = bool(action) and behind.startswith(action, since.end() if since else 0)
    actions = Same(lexicon.scheme("actions"))
    did = did and not any(action in _words(actions, kind) for kind in ("reach", "have", "rise", "fall"))
    if kind == "people" and _pattern("reporting").match(behind):
        action = _REPORT
    founded = _founded(phrase, behind.partition(action)[2] if did else behind, did, branch)
    if founded is not None and (governance or founded.notation not in branch.governance):
        return Indicator(founded.notation, founded.label, founded.broader)
    # The verb is part of some labels: 走访|居民 1.2万户 are households visited; 投入|2600万元 has no noun.
    said = action + ("" if kind == "money" and phrase == measurement.unit else phrase)
    found = _find(said, branch)
    if found is not None:
        concept, start = _by_unit(found[0], measurement.unit, kind, scheme), found[1]
        if concept is not None and (governance or concept.notation not in branch.governance):
            more = said[len(action) : start] if concept.notation in branch.divided else ""
            part = "" if _is_neutral(more) else phrase
            way = _rate(measurement.per) or _way(concept, action, measurement.unit, did, start)
            return _narrowed(concept, part, way)
    return _narrowed(branch.top, phrase, _rate(measurement.per))


def _is_neutral(words: str) -> bool:
    """Whether words before a label leave it what it is: a place that has it, or mere praise."""
    if not any(sign in words for sign in "、和与及"):
        words = words[max((p.end() for p in _pattern("place").finditer(words)), default=0) :]
    while found := _pattern("kind").match(words) or _pattern("neutral").match(words):
        words = words[found.end() :]
    return not words


def _without_kinds(phrase: str) -> str:
    """A counted phrase without words in front that tell how many kinds or how good: 各类|矛盾纠纷."""
    while (found := _pattern("kind").match(phrase)) and len(phrase) - found.end() > 1:
        phrase = phrase[found.end() :]
    return phrase


def _narrowed(concept: Concept, part: str, way: str) -> Indicator:
    """The concept, or below it what counts a part of it or in another way."""
    if not part and not way:
        return Indicator(concept.notation, concept.label, concept.broader)
    tail = f"（{way}）" if way else ""
    return Indicator(
        f"{concept.notation}/{part or way}{tail if part else ''}",
        f"{part or concept.label}{tail}",
        concept.notation,
    )


def _rate(per: str | None) -> str:
    """Of what a number is a rate: 每个社区每年20万元 is no total, but 每年20万元 is one."""
    of = _pattern("times").sub("", per or "").removeprefix("平均")
    return _pattern("each").sub("每", of)


def _way(concept: Concept, action: str, unit: str | None, did: bool, start: int) -> str:
    """In which way less than all are counted: those that are new or did something, or by visits.

    A label that begins before the phrase (at `start`) has the verb in it.
    """
    if not _under(concept, _STOCK) or _under(concept, ("count.person.served", "count.person.visitor")):
        return ""
    if unit == "人次":
        return "人次" if concept.notation != "count.person" else ""
    if did:
        return action if _under(concept, _BODIES) and start >= len(action) else ""
    return "新增" if _pattern("new").match(action) else "减少" if _pattern("fewer").match(action) else ""


def _under(concept: Concept, notations: tuple[str, ...]) -> bool:
    return any(concept.notation == n or concept.notation.startswith(f"{n}.") for n in notations)


def _by_unit(concept: Concept, unit: str | None, kind: str, scheme: Same[Scheme]) -> Concept | None:
    """What the unit makes of a concept: 居民300户 are households, 巡逻队300次 no teams (None)."""
    known = scheme.value.by_notation
    if unit in ("户", "户次") and _under(concept, ("count.person.resident", "count.person.owner")):
        return known["count.household"]
    if kind == "people" and unit not in ("户", "户次") and concept.notation == "count.household.visited":
        return known["count.person.visited"]
    if kind == "occurrence" and concept.notation == "count.organisation.council":
        return known["count.meeting.deliberation"]
    if kind == "occurrence" and _under(concept, _STOCK) and concept.notation != "count.person.served":
        return None
    return concept


def _founded(phrase: str, rest: str, did: bool, branch: _Branch) -> Concept | None:
    """What places or bodies have as the text goes on: 61个|小区|成立|党支部 are 61 branches of quarters."""
    found, said = _find(phrase, branch), _pattern("object").match(rest)
    if found is None or said is None or not _under(found[0], _BODIES):
        return None
    concept = branch.labels.get(phrase[found[1] :] + said["what"])
    if concept is None and did and _under(found[0], ("count.territory",)):
        concept = branch.labels.get(said["what"])
        concept = concept if concept and concept.notation == "count.organisation.owners" else None
    return concept


def _is_change(unit: Concept | None, action: str, lexicon: Lexicon) -> bool:
    """Whether a share is a difference, no level: 下降12%, 提高3个百分点, but 提高到97%."""
    if unit is not None and unit.notation == "个百分点":
        return True
    actions = Same(lexicon.scheme("actions"))
    return action in _words(actions, "rise") | _words(actions, "fall") and not action.endswith(_LEVEL)


def _change(phrase: str, action: str, scheme: Same[Scheme], lexicon: Lexicon) -> Indicator:
    """By how much something rose or fell: what did, and which of the two."""
    bare = _pattern("beside").sub("", phrase)
    fell = action in _words(Same(lexicon.scheme("actions")), "fall")
    for name in ("share", "count", "money"):
        found = _find(bare, _branch(scheme, name))
        if found is not None and found[0].notation != "share.change" and not found[1]:
            bare = found[0].label
            break
    return _narrowed(scheme.value.by_notation["share.change"], f"{bare}{'下降' if fell else '增长'}", "")


@lru_cache(maxsize=8)
def _words(held: Same[Scheme], notation: str) -> frozenset[str]:
    return frozenset(held.value.words(notation))


def _find(phrase: str, branch: _Branch) -> tuple[Concept, int] | None:
    """The concept whose label ends nearest the phrase's end, and where it begins; 等 hides what is before."""
    if branch.top.notation == "rank":
        return branch.top, 0
    floor = max(phrase.rfind("等"), 0)
    tail = _pattern("tail").search(phrase)
    most: tuple[Concept, int] | None = None
    for end in (len(phrase), tail.start() if tail else len(phrase)):
        for start in range(max(floor, end - branch.longest), end):
            concept = branch.labels.get(phrase[start:end])
            if concept is branch.top:  # 数量 of 网格数量 tells less than 网格
                most = most or (concept, start)
            elif concept is not None:
                return concept, start
    return most


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
    divided = frozenset(c.notation.rpartition(".")[0] for c in labels.values()) | {name}
    return _Branch(top, labels, max(map(len, labels), default=1), governance, divided)


def _root(concept: Concept, scheme: Scheme) -> str:
    while concept.broader is not None:
        concept = scheme.by_notation[concept.broader]
    return concept.notation
