"""Chains whose parts any wording may fill, told by quotes, 从…到… or a count of each level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.tiers.places import Place, between, descends, downwards
from jiceng.extract.tiers.words import (
    CLAUSE,
    COUNT,
    MARK,
    NUMERALS,
    PERSONS,
    PLUS,
    QUOTES,
    RESIDENTS,
    Mention,
)

_NUMBER = re.compile("[两三四五六七]级[\u4e00-\u9fff]{2,10}$")
_COUNTED = re.compile(r"(?:\d{1,6}[余多]?[个处]|若干[个处]?)$")
_LONGEST = 18  # characters of a part


def quoted(place: Place) -> Sequence[Mention]:
    """`“区级议事会—街道联合党委—片区党总支”`, `“区级抓统筹、街道负主责、社区强执行”`."""
    text, (start, end) = place.text, place.match.span("inside")
    if number := _NUMBER.search(text, max(start, end - 14), end):
        end = number.start()  # “区—街道—社区｜三级组织架构”
    parts = _parts(place.rule("arrow"), text, start, end)
    dashed = len(parts) > 2
    if not dashed:
        parts = _parts(PLUS, text, start, end)
        if len(parts) > 2 and (tiers := _summed(place, parts)):
            return tiers
        summed = len(parts) > 2
        parts = parts if summed else _parts(MARK, text, start, end)
    if not 2 < len(parts) < 9 or any(not 0 < e - s <= _LONGEST for s, e in parts):
        return ()
    if _founding(place, parts):
        return ()  # 街道成立党建联盟、社区组建大党委: read as clauses
    return _told_apart(place, parts, dashed)


def _told_apart(place: Place, parts: Sequence[tuple[int, int]], dashed: bool) -> Sequence[Mention]:
    """The levels that the parts of a quoted stretch name, with their bodies, or before what they do."""
    text = place.text
    opened = _opened(place, parts)
    tails = [text[m.end : e] if m else "" for m, (_, e) in zip(opened, parts, strict=True)]
    tails = [QUOTES.sub("", t) for t in tails]
    does = [bool(t) and place.acts(t) for t in tails]
    if len({len(t) for t in tails}) == 1 and 1 < len(tails[0]) < 5 and not any(map(place.names_body, tails)):
        does = [True] * len(tails)  # 社区搭台、小区唱戏、楼栋出力: of one measure
    step = place.rule("step")
    if dashed and any(step.search(tail) for tail in tails) and not all(map(place.names_body, tails)):
        return ()
    levels = [m for m in opened if m is not None]
    whole = len(levels) == len(parts)
    if whole and all(does):
        persons = any(m.rank is not None and m.rank >= PERSONS for m in levels)
        return levels if not persons and descends(levels, strictly=True) else ()
    if not dashed:
        return (_party(levels) if not any(tails) else ()) if whole else _doing(place, parts)
    partner = any(place.rule("partner").search(text, s, e) for s, e in parts)
    if any(does) or (partner and not place.rule("behind").match(text, parts[-1][1])):
        return ()  # 社区居委会-物业服务企业-业主大会: who acts together
    known = whole and not any(tails)  # dashes between known levels tell by themselves
    return _bodies(place, parts, opened) or (() if known else _stated(place, parts))


def _founding(place: Place, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether each part is a clause in which a level founds something."""
    clauses = [place.rule("parallel-item").fullmatch(place.text, s, e) for s, e in parts]
    return all(clause is not None and clause["verb"] for clause in clauses)


def _summed(place: Place, parts: Sequence[tuple[int, int]]) -> Sequence[Mention]:
    """`“园区党委+楼宇党总支+企业党支部”的组织体系`: levels if such a word or their number is behind."""
    # 1个社区综合网格+6个小区网格: without how many there are
    tiers = [place.made(e - len(COUNT.sub("", place.text[s:e])), e) for s, e in parts]
    after = place.rule("behind").match(place.text, parts[-1][1])
    if any(not 0 < e - s <= _LONGEST for s, e in parts):
        return ()
    if after is not None and (bare := _without_verbs(place, tiers)):
        return bare
    if not (descends(tiers) or _roles(tiers)):
        return ()
    # 楼栋红管家 below the party's bodies: whoever serves there
    bodies = (
        tiers[:-1]
        if len(tiers) > 3 or (len(tiers) > 2 and (tiers[-1].placed or tiers[-1].family == "role"))
        else tiers
    )
    party = all(t.family == "party" for t in bodies)
    partner = any(place.rule("partner").search(t.label) for t in tiers)
    least = 3 - (bodies is not tiers and tiers[-1].family == "role")  # 社区党总支+小组党支部+十户长
    led = party and not partner and len(bodies) >= least and all(t.placed for t in bodies[:2])
    if led or (party and place.rule("party-system").match(place.text, parts[-1][1])):
        return tiers
    system = place.rule("one-system").match(place.text, parts[-1][1])
    if system is not None and _one_system(place, tiers, system["bodies"]):
        return tiers
    return _stated(place, parts) if after is not None and after[1] else ()


def _without_verbs(place: Place, tiers: Sequence[Mention]) -> Sequence[Mention]:
    """`“党小组引领+网格员主导+单元长协同”`: the levels alone, where a verb of two characters follows each."""
    bare = [place.made(t.start, t.end - 2) for t in tiers if len(t.label) > 3]
    does = len(bare) == len(tiers) and all(t.label.endswith(place.words.lists["act"]) for t in tiers)
    levels = [place.words.mentions(place.text, b.start, b.end) for b in bare] if does else []
    known = does and all(m and m[-1].end == b.end for b, m in zip(bare, levels, strict=True))
    return bare if known and descends(bare) else ()


def _one_system(place: Place, tiers: Sequence[Mention], count: str | None) -> bool:
    """Whether plus signs part levels: who serves at each (县总网格长+乡镇网格长), or places alone."""
    if count is not None and NUMERALS[count] != len(tiers):
        return False
    first = QUOTES.sub("", COUNT.sub("", tiers[0].label))
    chief = first.startswith(place.words.lists["chief"])  # 1名总网格长+N名网格长
    roles = all(t.family == "role" for t in tiers)
    roles = roles and (chief or sum(t.placed for t in tiers) >= len(tiers) - 1)
    places = all(t.family == "place" for t in tiers)
    below = all(t.rank is not None and t.rank < RESIDENTS for t in tiers)
    return (roles or places) and below and descends(tiers, strictly=not roles)


def _doing(place: Place, parts: Sequence[tuple[int, int]]) -> Sequence[Mention]:
    """`“乡长拍板定调、驻村组长上门督查、村主任带队落实”`: whoever does it in phrases of one measure."""
    text = place.text
    after = place.rule("behind").match(text, parts[-1][1])
    if len(parts) < (4 if after else 5):
        return ()
    for size in (4, 3, 2, 5):
        named = [(s, e - size) for s, e in parts]
        if any(not 1 < e - s < 13 or not place.acts(text[e : e + size]) for s, e in named):
            continue
        tiers = [place.made(s, e) for s, e in named]
        known = [t for t in tiers if t.rank is not None and (t.placed or t.rank >= PERSONS)]
        least = 2 if after and after[1] and NUMERALS[after[1]] == len(parts) else max(3, len(parts) - 1)
        if len(known) >= least and descends(known):
            return tiers if descends(tiers) else ()
    return ()


def _party(levels: Sequence[Mention]) -> Sequence[Mention]:
    """`“院落党组织、楼门党小组、党员联系户”`: bodies of the party, or service points, that need no number."""
    party = all(m.family == "party" for m in levels) and levels[0].placed
    seats = all(m.family == "facility" and m.placed for m in levels)  # “区服务中心、街道服务站、社区服务点”
    return levels if (party or seats) and descends(levels, strictly=True) else ()


def _stated(place: Place, parts: Sequence[tuple[int, int]]) -> Sequence[Mention]:
    """`“社区书记—专干—网格员—联户长”四级`: as many parts as levels, if the known ones lead downwards."""
    after = place.rule("behind").match(place.text, parts[-1][1])
    if after is None or (after[1] and NUMERALS[after[1]] != len(parts)):
        return ()
    tiers = [place.made(s, e) for s, e in parts]
    if sum(t.rank is not None for t in tiers) < 2:
        return ()
    # “联户长—网格员—村干部—乡镇领导”四级: upwards, if each height is known
    led = downwards(tiers, len(parts) if after[1] else None)
    return led or (tiers if after[1] and _roles(tiers) else ())


def _roles(tiers: Sequence[Mention]) -> bool:
    """Whether all are roles, none above the first, in whatever order: 网格长+楼栋长+网格员三级."""
    top = tiers[0].rank
    return (
        top is not None
        and all(t.family == "role" for t in tiers)
        and len({t.label for t in tiers}) == len(tiers)
        and all(t.rank is not None and t.rank >= top for t in tiers[1:])
    )


def seated(place: Place) -> Sequence[Mention]:
    """`县级设中心、乡镇设站、村级设点`: the body of each level is named for it."""
    text = place.text
    tiers: list[Mention] = []
    alone: list[Mention] = []
    at, marks = place.match.span()
    for clause in CLAUSE.finditer(text, at, marks):
        begin = clause.start() + (clause[0][0] in "在各")
        level = next((m for m in place.mentions if m.start == begin), None)
        verb = place.rule("has").match(text, level.end) if level is not None else None
        if level is None or verb is None or level.family != "place" or level.rank is None:
            return ()
        named = text[verb.end() : clause.end()].partition("的")[0]
        named = _COUNTED.sub("", named)
        body = QUOTES.sub("", named)
        grids = body.endswith("网格")  # 街道设总网格、社区设大网格
        if not grids and not body.endswith(place.words.lists["seat"] if tiers else ("中心", "平台")):
            return ()  # 街道设窗口、社区设站点: services
        made = place.made(level.start, verb.end() + len(named), level.label + body)
        tiers.append(replace(made, rank=level.rank, family="facility"))
        alone.append(replace(made, label=body, start=verb.end(), rank=level.rank, family="facility"))
    if min(len(t.label) for t in alone) > 1:
        tiers = alone  # 区里有中心、街道有分中心: names of their own; 乡镇设站: only with its level
    return tiers if descends(tiers, strictly=True) else ()


def _bodies(
    place: Place, parts: Sequence[tuple[int, int]], opened: Sequence[Mention | None]
) -> Sequence[Mention]:
    """Bodies of any name that begin with their level; one may be named without it."""
    tiers = []
    for (start, end), level in zip(parts, opened, strict=True):
        made = place.made(start, end)
        tiers.append(made if level is None or level.rank is None else replace(made, rank=level.rank))
    placed = [m for m in opened if m is not None and m.placed]
    if len(placed) < len(parts) - 1 or len(placed) < 3:
        return ()
    if sum(m.end == e for m, (_, e) in zip(opened, parts, strict=True) if m) == len(parts):
        return ()  # whole tier words: read without the quotes, too
    known = [t for t, m in zip(tiers, opened, strict=True) if m is not None and t.rank is not None]
    return tiers if descends(known, strictly=True) and descends(tiers) else ()


def passing(place: Place) -> Sequence[Mention]:
    """`从镇街到社区、网格、楼门，再到党员示范户`."""
    return place.mentions if len(place.mentions) > 2 and descends(place.mentions, strictly=True) else ()


def listed(place: Place) -> Sequence[Mention]:
    """`街道党工委、社区党委、网格党支部的组织体系`; without such a head all begin with their level."""
    party = all(m.family == "party" for m in place.mentions)
    *upper, last = place.mentions
    if (
        last.family == "facility"
        and last.placed
        and len(upper) > 2
        and all(m.family == "place" for m in upper)
    ):
        # 市、县、乡、村服务平台: whose it is
        level = place.words.level(last.label)
        levels = (*upper, place.made(last.start, last.start + len(level), level))
        return levels if descends(levels, strictly=True) else ()
    told = place.rule("network").search(place.match[0]) or place.text.endswith(
        "：", 0, place.match.start()
    )  # 服务设置：
    if told and all(m.family == "facility" and m.placed for m in place.mentions):
        # 区服务中心、街道服务站、社区服务点的服务网络
        return place.mentions if descends(place.mentions, strictly=True) else ()
    if not place.match[0].endswith(place.words.lists["organised"]):
        return (
            place.mentions
            if party and all(m.placed for m in place.mentions) and descends(place.mentions)
            else ()
        )
    return place.mentions if party and descends(place.mentions, strictly=True) else ()


def _parts(sign: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    return between((m.span() for m in sign.finditer(text, start, end)), start, end)


def _opened(place: Place, parts: Sequence[tuple[int, int]]) -> list[Mention | None]:
    """The tier word that each part opens with, if it does and stays within the part."""
    found: list[Mention | None] = []
    for start, end in parts:
        words = place.words.mentions(place.text, start, end)
        if words and words[0].start == start:
            found.append(words[0])
            continue
        # 市治理学院, 区域建党委: between a chain's marks any word for a place is one.
        known = [
            w
            for w in (*place.words.lists["area"], *place.words.places)
            if place.text.startswith(w, start, end)
        ]
        word = max(known, key=len, default="")
        whole = start + len(word) == end
        found.append(place.made(start, start + len(word)) if word and not whole else None)
    return found
