"""Chains of any wording whose parts are as many as the levels that the text states behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.tiers.places import Place, between, descends
from jiceng.extract.tiers.words import PLUS, Mention
from jiceng.words import cut, words_of_class

_REACH = 130  # characters before the number in which its chain stands
_BOUND = re.compile("[。！？；：\n]")
_COMMA = re.compile("，")
_LISTED = re.compile("、")
_JOINED = re.compile("[、和]")
_TO = re.compile("，?再?[到至]")
_LAST = re.compile("以及|[和与及]")
_COMPOSED = re.compile("(?:共同)?(?:组成|构成)$")
_LONGEST = 16  # characters of a part


def stated(place: Place) -> Sequence[Mention]:
    """`市里抓总、县区主战、街道落实的三级`, `“乡、村、组、护林员”四级`."""
    count = place.declared
    text, end = place.text, place.match.start()
    if count is None or count < 3 or place.rule("graded-role").search(text, max(0, end - 4), end + 5):
        return ()
    end += text[end : end + 1] == "”"
    while end and text[end - 1] in "“‘’ ":
        end -= 1
    if bridge := place.rule("bridge").search(text, max(0, end - 20), end):
        end = bridge.start()
    if text[end - 1] in "”）" and (opened := text.rfind("“", max(0, end - _REACH), end)) >= 0:
        quoted = text[end - 1] == "”"
        if quoted and not _BOUND.search(text, opened, end):
            return _chain(place, opened + 1, end - 1, count, whole=True)
    bounds = [m.end() for m in _BOUND.finditer(text, max(0, end - _REACH), end)]
    start = bounds[-1] if bounds else max(0, end - _REACH)
    opened = text.rfind("“", start, end) + 1
    if opened and "”" not in text[opened:end]:
        start = opened  # 织密“｜社区书记+网格长+楼栋长三级网络”
    commas = [m.end() for m in _COMMA.finditer(text, start, end)]
    return _chain(place, commas[-1] if commas else start, end, count, whole=False)


def framed(place: Place) -> Sequence[Mention]:
    """`以县联络总站、乡镇代表之家和村联络点为基本架构`: all but the last begin with their level."""
    tiers: list[Mention] = []
    at, end = place.match.span("list")
    for sign in (*_JOINED.finditer(place.text, at, end), None):
        stop = sign.start() if sign else end
        level = place.words.level(place.text[at:stop])
        made = place.made(at, stop)
        rank = place.words.judge(level)[1] if level else None
        tiers.append(replace(made, rank=rank))
        at = sign.end() if sign else end
    *upper, last = tiers
    seat = last.label.endswith(place.words.lists["seat"]) or place.names_body(last.label)
    named = seat and all(t.rank is not None for t in upper)
    return tiers if named and len(upper) > 1 and descends(upper, strictly=True) and descends(tiers) else ()


def told(place: Place) -> Sequence[Mention]:
    """`三级联动机制（县总队—乡镇支队—村小队）`, `四级体系“街道、社区和楼栋”`: behind the number."""
    start, end = place.match.span("list")
    return _chain(place, start, end, place.declared or 0, whole=True)


def _cuts(text: str, sign: re.Pattern[str], start: int, end: int, count: int) -> list[tuple[int, int]]:
    """Where the parts are cut; 和 may stand before the last of a list."""
    cuts = [m.span() for m in sign.finditer(text, start, end)]
    if sign is _LISTED and 0 < len(cuts) == count - 2 and (last := _LAST.search(text, cuts[-1][1] + 1, end)):
        cuts.append(last.span())
    return cuts


def _chain(place: Place, start: int, end: int, count: int, *, whole: bool) -> Sequence[Mention]:
    text = place.text
    composed = _COMPOSED.search(text, start, end)  # 由街道、社区、网格组成｜的三级网络
    end = composed.start() if composed else end
    signs = place.rule("arrow"), PLUS, _LISTED, _TO
    found = ((sign, _cuts(text, sign, start, end, count)) for sign in signs)
    sign, cuts = next(((s, c) for s, c in found if len(c) >= count - 1), (None, []))
    if sign is None or count < 3:
        return ()
    parts = between(cuts, start, end)
    if len(parts) != count and (whole or composed):
        return ()
    parts = parts[-count:]
    words = [place.words.mentions(text, s, e) for s, e in parts]
    if not whole:
        # The first part begins where its level does: 全市建立｜市级平台.
        first = _first(place, words[0], parts[0])
        if first is None:
            first = _led(place, parts[0])
        if first is None:
            return ()
        parts[0] = (first, parts[0][1])
    if any(not 0 < e - s <= _LONGEST or "”" in text[s:e].partition("“")[0] for s, e in parts):
        return ()
    shared = [c for c in place.words.lists["taking"] if all(c in text[s + 2 : e] for s, e in parts)]
    if shared:  # 支委包片区、组长包楼门、党员包户: who takes what
        tiers = [place.made(s, text.index(shared[0], s + 2)) for s, e in parts]
        known = [t for t in tiers if t.rank is not None]
        who = all(t.rank is not None or t.label.endswith(place.words.lists["taker"]) for t in tiers)
        led = (who and whole) or len(known) >= count - 1  # 镇长抓总、副镇长抓片、村干部抓组: whoever they are
        return tiers if led and descends(tiers if who else known) else ()
    opens = [_opening(place, found, s) for found, (s, _) in zip(words, parts, strict=True)]
    closes = [any(m.end == e for m in found) for found, (_, e) in zip(words, parts, strict=True)]
    if sum(m is not None or c for m, c in zip(opens, closes, strict=True)) < count - 1:
        return ()
    tails = [text[m.end : e] if m is not None else "" for m, (_, e) in zip(opens, parts, strict=True)]
    verbs = [place.verbal(m, t) for m, t in zip(opens, tails, strict=True)]
    named = any(place.names_body(t) and not verb for t, verb in zip(tails, verbs, strict=True))
    does = sum(bool(t) and (verb or place.acts(t)) for t, verb in zip(tails, verbs, strict=True))
    doing = not named and does * 2 >= count
    if len({len(t) for t in tails}) == 1 and 1 < len(tails[0]) < 5 and not named:
        doing = True  # 党总支掌舵、楼长划船、邻居喊号: of one measure
    if doing and any(m is None for m in opens):
        return ()
    tiers = [
        m if m is not None and doing else _whole(place, s, e, m)
        for m, (s, e) in zip(opens, parts, strict=True)
    ]
    known = [t for t in tiers if t.rank is not None]
    partner = place.rule("partner")
    beside = sign is _LISTED and any(t.rank is None and partner.search(t.label) for t in tiers)
    if len(known) < 2 or beside:
        return ()  # 社区党委、物业公司、业委会: who acts together
    strictly = count == 3 and any(t.family != "role" for t in tiers)  # 总网格长、网格长、微网格长
    return tiers if descends(known, strictly=strictly) and descends(tiers) else _turned(tiers)


def _opening(place: Place, found: Sequence[Mention], start: int) -> Mention | None:
    """The tier word that a part begins with, with the body whose level it belongs to: 园区｜社区联合党委."""
    opens = next((m for m in found if m.start == start), None)
    body = next((m for m in found if opens and m.start == opens.end and m.family != "place"), None)
    if opens is None or body is None or opens.family != "place":
        return opens
    return replace(body, start=start, label=place.text[start : body.end])


def _turned(tiers: Sequence[Mention]) -> Sequence[Mention]:
    """`楼长、网格员、社区干部三级`: upwards, if each height is known."""
    upwards = tiers[::-1]
    return upwards if descends(upwards, strictly=True) else ()


def _whole(place: Place, start: int, end: int, opens: Mention | None) -> Mention:
    """A whole part as a level, as high as the level that it begins with."""
    made = place.made(start, end)
    return made if opens is None or opens.rank is None else replace(made, rank=opens.rank)


def _led(place: Place, part: tuple[int, int]) -> int | None:
    """Where a level begins behind the verb that leads to it: 健全｜县纪委."""
    start, end = part
    lead = next((w for w in place.words.lists["leading"] if place.text.startswith(w, start, end)), "")
    return start + len(lead) if lead and place.words.level(place.text[start + len(lead) : end]) else None


def _first(place: Place, found: Sequence[Mention], part: tuple[int, int]) -> int | None:
    """Where the first part begins, if what leads to it is no piece of its name."""
    start, _ = part
    verbs = tuple(w for w in place.words.lists["leading"] if len(w) > 1)
    for m in found:
        led = cut(place.text[start : m.start])
        if not led or led[-1] in place.words.lists["led"] or led[-1] in words_of_class("v"):
            return m.start
        if place.text.endswith(verbs, start, m.start):
            return m.start
    return found[-1].start if found and found[-1].end == part[1] else None


def enumerated(place: Place) -> Sequence[Mention]:
    """`三级网络（即：县中心、乡镇站、村室）`: as many names as levels; a shared stem is given to each."""
    names = _distributed(place, [m for m in place.mentions if m.start >= place.match.start("list")])
    count = place.declared or 0
    if len(names) > count > 0 and place.text[names[count - 1].end] == "，":
        names = names[:count]  # 四级：街道、社区、小区、楼栋，｜居民都知道
    return names if len(names) == place.declared and descends(names) else ()


def _distributed(place: Place, names: Sequence[Mention]) -> Sequence[Mention]:
    """`街道、村（居）公共法律服务站、室` → 街道公共法律服务站, 村（居）公共法律服务室."""
    if len(names) < 3 or names[-1].placed or names[-1].family != "facility":
        return names
    bare, full, head = names[-3:]
    short = re.match(r"[^（）]+?(?:（[^（）]*）)?(?=[^（）]*$)", full.label)
    if bare.family != "place" or full.family != "facility" or short is None:
        return names
    prefix = next((w for w in place.words.scheme.words("place") if full.label.startswith(w)), "")
    behind = full.label[len(prefix) :]
    alternative = re.match(r"（[^（）]*）", behind)
    if alternative:
        prefix += alternative[0]
        behind = behind[alternative.end() :]
    stem = behind[: -len(head.label)] if len(behind) > len(head.label) else behind
    return (
        *names[:-3],
        place.made(bare.start, bare.end, bare.label + behind),
        place.made(full.start, head.end, prefix + stem + head.label),
    )
