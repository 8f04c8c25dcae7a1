"""Chains whose levels are counted or graded: 1个区中心、9个街道站, 12个网格，细分为90个微网格, 一级为社区."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiceng.extract.tiers.places import Place, descends
from jiceng.extract.tiers.words import ASIDE, COUNTED, NUMERALS, PERSONS, Mention

_NAMING = tuple(verb + mark for verb in "为是：在" for mark in ("", "“"))  # before what a grade is
_BESIDE = re.compile("[和与][^，。；、\n“”]{1,6}?(?=为|是|：)")
_CHIEF = re.compile("(?P<grade>[一二三四五])级网格长(?!任)")
_CENTRE = "中心"
_AMONG = "其中"  # 网格815个，其中城区网格702个: kinds of one level
_NAME = 14  # characters of a name before its last word


def counted(place: Place) -> Sequence[Mention]:
    """`1个区中心、9个街道站、80个社区点的服务网络`."""
    match = place.match[0]
    if place.match["named"] is not None:
        return with_last(place, _grids(place) or _seats(place) or _named(place))
    if place.match["grids"] is not None:
        return _grids(place) or _seats(place)
    stated = place.match["levels"]
    if stated is not None:  # 大工委9个、大党委60个、党支部300个，四级组织: as many as the text states
        as_stated = len(place.mentions) == NUMERALS[stated]
        return place.mentions if as_stated and descends(place.mentions, strictly=True) else ()
    if any(m.rank is None or m.rank >= PERSONS for m in place.mentions):
        return ()
    seats = all(m.family == "facility" for m in place.mentions)
    *upper, last = place.mentions
    lists = place.words.lists
    if all(m.family == "party" for m in place.mentions) and place.rule("one").match(match):
        # 设1个党总支、3个党支部、8个党小组: all of one
        return place.mentions if descends(place.mentions, strictly=True) else ()
    placed = all(m.placed for m in upper)
    if not place.rule("network").search(match) and not (seats and placed):
        return ()
    if seats and placed and len(upper) > 1 and not last.placed and last.label.endswith(lists["below"]):
        # 1个街道中心、5个社区中心和15个服务站: below them, wherever they are
        number = list(COUNTED.finditer(place.text, upper[-1].end, last.start))[-1]
        named = place.made(number.end(), last.end)
        return (*upper, replace(named, rank=None)) if descends(upper, strictly=True) else ()
    if not all(place.text.endswith(lists["counting"], 0, m.start) for m in place.mentions[1:]):
        return ()
    return place.mentions if descends(place.mentions, strictly=True) else ()


def with_last(place: Place, tiers: Sequence[Mention]) -> Sequence[Mention]:
    """The levels and a last one of any name, if they are as many as the text states then."""
    more = place.rule("counted-more").match(place.text, place.match.end()) if tiers else None
    if more is None or NUMERALS[more["levels"]] != len(tiers) + 1:
        return tiers
    return (*tiers, replace(place.made(*more.span("name")), rank=None))


def _grids(place: Place) -> Sequence[Mention]:
    """`镇级网格1个、村级网格14个、村民组网格160个`: what each level's grids are called."""
    ends = [m.end() for m in COUNTED.finditer(place.text, *place.match.span())]
    tiers, at = [], place.match.start()
    for end in ends:
        number = COUNTED.search(place.text, at, end)
        if number is None or place.text.startswith(_AMONG, at):
            return ()
        if not place.text.endswith("网格", at, number.start()):
            return ()
        tiers.append(place.made(at, number.start()))
        at = end + 1
    apart = any(t.label in place.words.lists["apart"] for t in tiers)  # 1367个小网格、75个专属网格
    return tiers if descends(tiers) and not apart else ()


def _seats(place: Place) -> Sequence[Mention]:
    """`县级实践中心1个、乡镇实践所14个、村级实践站160个`: seats that all begin with their level."""
    seats = all(m.family == "facility" and m.placed for m in place.mentions)
    return place.mentions if seats and descends(place.mentions, strictly=True) else ()


def _named(place: Place) -> Sequence[Mention]:
    """`文明实践中心1个、文明实践所9个、文明实践站80个`: seats of one name, each of a lower kind."""
    text, names = place.text, list(place.mentions)
    if not all(m.family == "facility" and m.rank is not None for m in names):
        return ()
    begin = names[0].start
    led = [m.end() for m in place.rule("opens").finditer(text, max(0, begin - _NAME), begin)]
    tiers = [place.made(led[-1] if led else begin, names[0].end)]
    for m in names[1:]:
        sign = max(text.rfind(s, tiers[-1].end, m.start) for s in "、，和")
        tiers.append(place.made(sign + 1, m.end))
    stems = [t.label[: -2 if t.label.endswith(_CENTRE) else -1] for t in tiers]
    alike = all(len(stem) > 1 and stems[0].endswith(stem) for stem in stems)
    ranked = [replace(t, rank=m.rank) for t, m in zip(tiers, names, strict=True)]
    return ranked if alike and descends(ranked, strictly=True) else ()


def graded(place: Place) -> Sequence[Mention]:
    """`一级网格、二级网格、三级网格`, `大、中、小三级网格`: in the order of their numbers or sizes."""
    at, end = place.match.span()
    if place.match["chiefs"] is not None:
        return _chiefs(place)
    if place.match["sized"] is not None:
        return _sized(place)
    if place.match["below"] is not None:  # 12个基础网格，细分为90个微网格
        return [place.made(*place.match.span(g)) for g in ("above", "below")]
    if place.match["run"] is not None:  # “大中小微”四类网格: one character each
        first = place.match.start("run")
        sizes = [place.made(n, n + 1, place.text[n] + "网格") for n in range(first, place.match.end("run"))]
        return sizes if len(sizes) == NUMERALS[place.match["kinds"]] else ()
    grades = list(place.rule("grade").finditer(place.text, at, end))
    aside = [m.span() for m in ASIDE.finditer(place.text, at, end)]  # 二级网格（每个二级网格120栋）
    grades = [m for m in grades if not any(s < m.start() < e for s, e in aside)]
    tiers = [place.made(*m.span()) for m in grades]
    order = "".join(t.label[0] for t in tiers)
    told = place.text[at - 1 : at] == "个" or bool(COUNTED.search(place.text, end - 8, end))
    begun = order[:1] == "一" or len(order) > 2 or told  # 9个二级网格、70个三级网格: they are there
    return tiers if begun and len(order) > 1 and order.rstrip("微单") in "一二三四五" else ()


def graded_chiefs(place: Place) -> Sequence[Mention]:
    """`书记任一级网格长、主任任二级网格长`: what those are called who serve at each grade."""
    chiefs = place.rule("chief-of-grade").finditer(place.text, *place.match.span())
    tiers = [place.made(*m.span("chief")) for m in chiefs]
    order = "".join(t.label[0] for t in tiers)
    return tiers if len(tiers) > 1 and order in "一二三四五" else ()


def _chiefs(place: Place) -> Sequence[Mention]:
    """`一级网格长（镇领导）、二级网格长（村书记）、三级网格长`: who serves at each grade, none left out."""
    chiefs = list(_CHIEF.finditer(place.text, *place.match.span("chiefs")))
    order = "".join(m["grade"] for m in chiefs)
    return [place.made(*m.span()) for m in chiefs] if order in "一二三四五" else ()


def _sized(place: Place) -> Sequence[Mention]:
    """`大、中、小三级网格`: 网格 belongs to each of them."""
    span = place.match.span("sized")
    aside = [m.span() for m in ASIDE.finditer(place.text, *span)]
    found = [m.span() for m in place.rule("size").finditer(place.text, *span)]
    found = [(s, e) for s, e in found if not any(a < s < b for a, b in aside)]
    named = place.match["all"] or "网格"
    tiers = [place.made(s, e, place.text[s] + named) for s, e in found]
    order = [place.words.lists["sizes"].index(t.label[0]) for t in tiers]
    return tiers if len(tiers) > 1 and all(a < b for a, b in pairwise(order)) else ()


def _with_others(place: Place, level: Mention) -> Mention:
    """A level with who else is of it: 乡镇｜和县直单位｜为“二级网格”."""
    beside = _BESIDE.match(place.text, level.end)
    end = beside.end() if beside else level.end
    return replace(level, end=end, label=place.text[level.start : end])


def numbered(place: Place) -> Sequence[Mention]:
    """`一级为社区、二级为小区`: what stands behind the verb; before it may stand 一级网格, or behind it."""
    tiers = [m for m in place.mentions if place.text.endswith(_NAMING, 0, m.start)]
    others = [m for m in place.mentions if m not in tiers]
    if others and all(place.rule("grade").fullmatch(m.label) for m in tiers):
        tiers, others = [_with_others(place, m) for m in others], tiers  # 社区为一级网格，小区为二级网格
    return tiers if all("级" in m.label for m in others) and descends(tiers) else ()
