"""Chains whose parts any wording may fill, told by quotes, 从…到… or a count of each level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.tier_places import Place, acts, descends, names_body
from jiceng.extract.tier_words import QUOTES, Mention

_DASH = re.compile(r"\s?(?:[—–－―──\-→➝⟶＞>~～]{1,3})\s?")
_COMMA = re.compile("[、，；]")
_FOUNDED = re.compile("[建设立成组]+了?")
_AREAS = ("区域", "片区", "园区", "商圈", "行业")
_WORKFLOW = re.compile("单|哨|报到|办结|反馈|评价|上报|受理|流转")  # 街道派单—社区接单—网格办结: steps
_LONGEST = 18  # characters of a part
_PERSONS = 90  # ranks from here on are households and people


def quoted(place: Place) -> Sequence[Mention]:
    """`“区级议事会—街道联合党委—片区党总支”`, `“区级抓统筹、街道负主责、社区强执行”`."""
    text, (start, end) = place.text, place.match.span("inside")
    parts = _parts(_DASH, text, start, end)
    dashed = len(parts) > 2
    if not dashed:
        parts = _parts(_COMMA, text, start, end)
    if not 2 < len(parts) < 9 or any(not 0 < e - s <= _LONGEST for s, e in parts):
        return ()
    opened = _opened(place, parts)
    tails = [text[m.end : e] if m else "" for m, (_, e) in zip(opened, parts, strict=True)]
    tails = [QUOTES.sub("", t) for t in tails]
    does = [bool(t) and acts(t) for t in tails]
    if len({len(t) for t in tails}) == 1 and 1 < len(tails[0]) < 5 and not any(map(names_body, tails)):
        does = [True] * len(tails)  # 社区搭台、小区唱戏、楼栋出力: of one measure
    if dashed and any(_WORKFLOW.search(tail) for tail in tails):
        return ()
    levels = [m for m in opened if m is not None]
    if len(levels) == len(parts):
        founded = [_founded(place, m, tail) for m, tail in zip(levels, tails, strict=True)]
        bodies = [f for f in founded if f is not None]
        if len(bodies) == len(levels):
            return bodies if descends(bodies) else ()
        if all(does):
            persons = any(m.rank is not None and m.rank >= _PERSONS for m in levels)
            return levels if not persons and descends(levels, strictly=True) else ()
    if not dashed or any(does):
        return ()
    return _bodies(place, parts, opened)


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


def _founded(place: Place, level: Mention, tail: str) -> Mention | None:
    """`楼宇建支部` → 楼宇支部: a body that the level founds."""
    verb = _FOUNDED.match(tail)
    body = tail[verb.end() :] if verb else ""
    family, _, _ = place.words.judge(body) if body else ("", None, False)
    if family != "party" and body not in ("小组", "党组织"):
        return None
    return replace(level, end=level.end + len(tail), label=level.label + QUOTES.sub("", body), family="party")


def passing(place: Place) -> Sequence[Mention]:
    """`从镇街到社区、网格、楼门，再到党员示范户`."""
    return place.mentions if len(place.mentions) > 2 and descends(place.mentions, strictly=True) else ()


def listed(place: Place) -> Sequence[Mention]:
    """`街道党工委、社区党委、网格党支部的组织体系`."""
    party = all(m.family == "party" for m in place.mentions)
    return place.mentions if party and descends(place.mentions, strictly=True) else ()


def counted(place: Place) -> Sequence[Mention]:
    """`1个区中心、9个街道站、80个社区点的服务网络`."""
    if any(m.rank is None or m.rank >= _PERSONS for m in place.mentions):
        return ()
    return place.mentions if descends(place.mentions, strictly=True) else ()


def _parts(sign: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [m.span() for m in sign.finditer(text, start, end)]
    bounds = [start, *(p for cut in cuts for p in cut), end]
    return [(bounds[i], bounds[i + 1]) for i in range(0, len(bounds), 2)]


def _opened(place: Place, parts: Sequence[tuple[int, int]]) -> list[Mention | None]:
    """The tier word that each part opens with, if it does and stays within the part."""
    found: list[Mention | None] = []
    for start, end in parts:
        words = place.words.mentions(place.text, start, end)
        if words and words[0].start == start:
            found.append(words[0])
            continue
        # 市治理学院, 区域建党委: between a chain's marks any word for a place is one.
        known = [w for w in (*_AREAS, *place.words.places) if place.text.startswith(w, start, end)]
        word = max(known, key=len, default="")
        whole = start + len(word) == end
        found.append(place.made(start, start + len(word)) if word and not whole else None)
    return found
