"""Chains told by clauses of one make, each of which begins with its level: 社区建党委、小区设支部."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiceng.extract.tiers.counts import with_last
from jiceng.extract.tiers.places import Place, descends
from jiceng.extract.tiers.words import AREAS, MARK, NUMERALS, PERSONS, QUOTES, Mention
from jiceng.values import dataclass

_COUNTED = re.compile(r"(?:\d{1,6}[余多]?[个名支处家]|若干[个名]?)$")
_PARTY = "parallel_party"
_IN = "在"
_AT = re.compile("(?:这?一级|层面|[里上])$")  # 镇一级成立｜治理办公室
_KINDS = ("parallel_seat", "parallel_role", "parallel_team", "parallel_meeting", _PARTY)
_SETTING = "设建"
_FOUNDING = ("成立", "组建", "设立", "建立")  # what they found is a body of theirs, of whatever kind
_SAME = ("parallel_seat", "parallel_role")  # named without the level, where the names alone tell them apart


@dataclass(frozen=True, slots=True)
class _Item:
    """A clause: its level, the body that it names, where it ends, and whether a verb founds the body."""

    level: Mention
    body: str
    end: int
    verb: str


def parallel(place: Place) -> Sequence[Mention]:
    """The levels, with the bodies that they have if those are of one kind, or alone where they act."""
    items = _items(place)
    if len(items) > 2 and not _downwards(place, items) and place.match["verb"] is None:
        items = items[::-1]  # 组里设点、村里设室、镇里设中心
    if len(items) < 3 or not _downwards(place, items):
        return ()
    if place.match["verb"] is not None:  # 市里定总纲，镇里定细则
        return tuple(i.level for i in items)
    stated = place.match["levels"]
    if stated is not None and (place.declared != len(items) or _of_role(place)):
        return ()
    if len({bool(i.verb) for i in items}) > 1 or any(not i.body for i in items):
        return ()
    kind = _kind(place, items)
    if not items[0].verb:
        if place.match["tallied"] is not None and kind == _PARTY:
            return ()  # 街道大工委8个、社区大党委52个: counted, no structure
        known = sum(_is_body(place, i.body) for i in items)
        tiers = tuple(_named(place, i) for i in items) if known >= len(items) - 1 else ()
        return with_last(place, tiers) if place.match["tallied"] is not None else tiers
    if not kind and not _founded_alike(place, items) and not _announced(place, items):
        return ()
    alone = kind in _SAME and all(_tells(place, i.body) for i in items)
    if kind in _SAME and (last := _last(place, kind)):
        items = [*items, last]  # …，小店｜设自助服务点
    return tuple(_alone(place, i) if alone else _named(place, i) for i in items)


def _founded_alike(place: Place, items: Sequence[_Item]) -> bool:
    """Whether each level founds a body, in the same words: 镇成立办公室，社区成立工作站."""
    if _of_one_thing(place, items):
        return True
    founding = all(i.verb.startswith(_FOUNDING) for i in items)
    alike = len({i.verb for i in items}) == 1 and items[0].verb[0] in _SETTING
    same = founding or (alike and _of_one_matter(items))
    return same and all(_is_body(place, i.body) for i in items)


def _of_one_thing(place: Place, items: Sequence[_Item]) -> bool:
    """Whether all bodies are one thing in several sizes: 总火塘、分火塘、小火塘."""
    sized = all(i.body[:1] in place.words.lists["sized"] and len(i.body) > 2 for i in items)
    return sized and len({i.body[1:] for i in items}) == 1 and len({i.body for i in items}) == len(items)


def _of_one_matter(items: Sequence[_Item]) -> bool:
    """Whether two characters stand in all bodies' names: 治理委员会、治理中心、治理小组."""
    pairs = [{i.body[n : n + 2] for n in range(len(i.body) - 1)} for i in items]
    return bool(set.intersection(*pairs))


def _last(place: Place, kind: str) -> _Item | None:
    """What a last level of any name has, in a clause of the same make: 小店设自助服务点."""
    found = place.rule("parallel-last").match(place.text, place.match.end())
    body = QUOTES.sub("", found["body"]) if found else ""
    if found is None or not body.endswith(place.words.lists[kind]) or len(body) < 3:
        return None
    level = replace(place.made(*found.span("level")), rank=None)
    return _Item(level, body, found.end("body"), found["verb"])


def _announced(place: Place, items: Sequence[_Item]) -> bool:
    """Whether how many levels there are stands before them: 三级代办：｜街道设窗口，社区设站，…."""
    start = place.match.start()
    said = place.rule("announced").search(place.text, max(0, start - 14), start)
    return said is not None and NUMERALS[said["levels"]] == len(items)


def _of_role(place: Place) -> bool:
    """Whether the number is of a role: 任｜三级｜网格长."""
    at = place.match.start("levels")
    return place.rule("graded-role").search(place.text, max(0, at - 4), at + 5) is not None


def _items(place: Place) -> list[_Item]:
    text, (start, end) = place.text, place.match.span()
    if place.match["tail"] is not None:  # ，共四级, 上下对应
        end = place.match.start("tail")
    rule = place.rule("parallel-item")
    found: list[_Item] = []
    at = start
    for stop in (*(m.start() for m in MARK.finditer(text, start, end)), end):
        if text[at] == _IN and stop < end and rule.fullmatch(text, at, stop) and text[stop] == "，":
            alone = rule.match(text, at, stop)
            if alone and not alone["verb"] and not alone["body"]:
                continue  # 在乡镇，｜成立专班
        item = rule.match(text, at, stop)
        if item is None and place.match["verb"] is not None:  # 棚里｜定事情: a word of the text's own
            level = place.made(at, text.index(place.match["verb"], at), None)
            found.append(_Item(replace(level, label=level.label.rstrip("里")), "", stop, ""))
            at = stop + 1
            continue
        if item is None or item.end() != stop:
            return []
        counted = _COUNTED.search(text, item.start("body"), stop)
        ends = counted.start() if counted else stop
        level = place.made(*item.span("level"))
        body = text[item.start("body") : ends].partition("的")[0]
        ends = item.start("body") + len(body)
        found.append(_Item(level, QUOTES.sub("", body), ends, item["verb"] or ""))
        at = stop + 1
    return found


def _downwards(place: Place, items: Sequence[_Item]) -> bool:
    work = place.words.lists["workplace"]
    bodies = [place.words.judge(i.body)[1] for i in items]
    if items[-1].level.label.startswith(work) and None not in bodies:
        # 园区成立综合党委、楼宇成立党总支、企业成立党支部: the bodies tell the heights
        return all(a is not None and b is not None and a < b for a, b in pairwise(bodies))
    levels = [i.level for i in items]
    known = [m for m in levels if m.rank is not None and m.rank < PERSONS and m.family == "place"]
    # 片区, 街区 stand between any two
    others = [m for m in levels if m not in known and not m.label.startswith(AREAS)]
    own = sum(m.rank is not None or m.family != "place" for m in others)
    return own <= (len(known) > 2 and levels[-1] not in known) and descends(known, strictly=True)


def _kind(place: Place, items: Sequence[_Item]) -> str:
    """Of what kind all bodies are, or nothing."""
    lists = place.words.lists
    for kind in _KINDS:
        ends, party = lists[kind], kind == _PARTY
        if all(i.body.endswith(ends) or (party and _of_party(place, i.body)) for i in items):
            return kind
    return ""


def _of_party(place: Place, body: str) -> bool:
    """Whether a name is that of a body of the party, or of an alliance that it leads: 党建联盟."""
    led = "党" in body and body.endswith(place.words.lists["parallel_meeting"])
    return led or place.words.judge(body)[0] == "party"


def _is_body(place: Place, body: str) -> bool:
    """Whether a name is one of a body, or of who serves there."""
    ends = (e for kind in _KINDS for e in place.words.lists[kind])
    return place.names_body(body) or body.endswith(tuple(ends))


def _tells(place: Place, body: str) -> bool:
    """Whether a name tells its level by itself: 总网格长, 服务站."""
    return len(body) > 1 and place.words.judge(body)[1] is not None


def _named(place: Place, item: _Item) -> Mention:
    start = item.level.start
    made = place.made(start, item.end, _AT.sub("", item.level.label) + item.body)
    return replace(made, rank=item.level.rank)


def _alone(place: Place, item: _Item) -> Mention:
    start = place.text.rfind(item.body[0], item.level.end, item.end)
    start = start if place.text.startswith(item.body, start) else item.level.end
    return replace(place.made(start, item.end, item.body), rank=item.level.rank)
