"""Chains whose levels dashes part: 区委—街道党工委—社区党委."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from jiceng.extract.tiers.places import Place, between, descends, downwards
from jiceng.extract.tiers.words import NUMERALS, PERSONS, Mention

_ASIDE = re.compile("（[^（）“”，。；]{1,8}）(?=”)")
_TAIL = re.compile(r"[^，。；：！？、\s“”（）级]{1,5}(?=”)")
_NAMED = re.compile("[\u4e00-\u9fff]{2,4}?(?=[的，。；、])")
_MORE = re.compile(r"、[^，。；：！？、\s“”（）级]{2,6}(?=”)")
_BEFORE = re.compile(
    r"(?:^|[，。；：！？、\s“（])(?P<part>[^，。；：！？、\s“”（）—\-]{3,10})(?P<sign>[^\u4e00-\u9fff\w]{1,3})$"
)
_CLAUSE = re.compile(r"(?:^|[，。；：！？])(?P<part>[^，。；：！？、\s“”（）\d]{2,6})$")
_FAR = 16  # characters before the first tier word in which another part stands
_MOST_TIERS = 12
_BEYOND = 10  # characters before and behind a chain in which it says that it leads upwards
# 数村｜一｜社区, 办事处｜一｜个: 一 is a number there.
_SOME = ("一", "多", "几", "数", "两", "每")
_FLOOR = re.compile("楼(?![栋组门院道宇长区片])")  # 社区一楼
_COUNTERS = frozenset("个名条些种批支项体样般直站次")


def dashed(place: Place) -> Sequence[Mention]:
    """`区委—街道党工委—社区党委`: dashes bound the inner parts, quotes or tier words the outer."""
    text, (start, end) = place.text, place.match.span()
    dash, levels = place.rule("dash"), place.rule("how-many")
    cuts = [m.span() for m in dash.finditer(place.marked, start, end)]
    if len(cuts) >= _MOST_TIERS:
        return ()
    parts = between(cuts, start, end)
    head = next((m for m in place.mentions if m.end == parts[0][1]), None)
    if head is None:
        return _assemblies(place, parts)
    begin = head.start + (text[head.start] in "“‘")
    quote = max(text.rfind(sign, max(0, head.start - 6), begin) for sign in "“（：")
    bounded = quote >= 0 and not re.search(r"[，。；、！？\n”]", text[quote + 1 : head.start])
    parts[0] = (quote + 1 if bounded else head.start, head.end)
    if bounded and (before := [m.span() for m in dash.finditer(text, quote + 1, head.start) if m[0] != "一"]):
        # “干部—党员—群众”: a first part that is no tier elsewhere.
        parts[:1] = between(before, quote + 1, head.end)
    if not bounded:
        parts[:1] = _leading(place, head)
    if any(e - s > 20 for s, e in parts):
        return ()
    if any(text[s:e].strip() == "一" for s, e in cuts) and _counts_one(text, start, cuts, parts):
        return ()
    parts[-1] = (parts[-1][0], _last_end(place, parts, bounded))
    tiers = [place.made(s, e) for s, e in parts]
    ends = {m.end for m in place.mentions}
    good = sum(_sure(place, t, ends) for t in tiers)
    inside = bounded and text[quote] == "“" and text[parts[-1][1] : parts[-1][1] + 1] == "”"
    spare = len(tiers) > 3 or (len(tiers) == 3 and inside)
    if len(tiers) == 2 and "——" in text[slice(*cuts[0])] and not inside:
        return ()  # 若干治理单元——街区: explains the word
    if place.rule("chat").match(text, parts[-1][1]):
        return ()  # “社区—楼栋”微信群
    number = levels.match(text, parts[-1][1] + (text[parts[-1][1] : parts[-1][1] + 1] == "”"))
    if number is None and bounded and text[quote] == "（":  # 四级响应体系（社区—街道—区—市）
        number = levels.search(text, max(0, quote - 14), quote)
    spare = spare or (len(tiers) == 3 and number is not None and number[1] in "三3")  # 镇—联合体—村三级
    if good < len(tiers) - bool(spare):
        return ()
    if number is None and _together(place, tiers):
        return ()
    upwards = place.rule("upwards").search(text, max(0, begin - _BEYOND), parts[-1][1] + _BEYOND) is not None
    return downwards(tiers, NUMERALS[number[1]] if number else None, upwards)


def _together(place: Place, tiers: Sequence[Mention]) -> bool:
    """Whether they act together: 社区党委—红色物业—居民, 党组织—理事会—村民 (one level and its people)."""
    partner = place.rule("partner")
    if any(t.rank is None and partner.search(t.label) for t in tiers):
        return True
    return len(tiers) > 2 and sum(t.rank is not None and t.rank < PERSONS for t in tiers) < 2


def _leading(place: Place, head: Mention) -> list[tuple[int, int]]:
    """The first part with what belongs to it, and a part before it: 县驻外办｜党委, 镇巡防队—｜社区警务站."""
    begin = head.start
    found = None if head.placed else _CLAUSE.search(place.text, max(0, begin - 8), begin)
    if found and place.words.level(found["part"]):
        begin = found.start("part")
    earlier = _earlier(place, head.start)
    return [earlier, (begin, head.end)] if earlier else [(begin, head.end)]


def _earlier(place: Place, at: int) -> tuple[int, int] | None:
    """The part before the first tier word, which begins with its level: 镇巡防队—｜社区警务站."""
    found = _BEFORE.search(place.text, max(0, at - _FAR), at)
    if found is None or not place.rule("dash").fullmatch(found["sign"]):
        return None
    return found.span("part") if place.words.level(found["part"]) else None


def _sure(place: Place, tier: Mention, ends: Collection[int]) -> bool:
    """Whether a part is a tier for certain; so is one that names its level and a body of it: 镇｜巡防队."""
    if tier.family == "party" or tier.end in ends or "、" in tier.label:
        return True
    return tier.placed and tier.family == "place" and place.names_body(tier.label)


def _last_end(place: Place, parts: Sequence[tuple[int, int]], bounded: bool) -> int:
    """Where the last part ends; `bounded` says that a quotation mark or bracket stands before the first."""
    text, end = place.text, parts[-1][1]
    also = place.rule("also").match(text, end)
    if also and any(m.end == also.end("name") for m in place.words.mentions(text, *also.span("name"))):
        return also.end()  # 网格—楼长（单元长）四级
    if not bounded:
        rest = place.rule("rest").match(text, end)
        if rest is not None and NUMERALS[rest["levels"]] == len(parts):
            return rest.start("levels")  # 乡—村—组—重点区｜域四级
        named = _NAMED.match(text, end)
        inner = [place.made(s, e) for s, e in parts[1:-1]]
        if named and inner and all(t.family == "party" for t in inner) and place.names_body(named[0]):
            return named.end()  # 街道党工委—社区党委—单元｜小组的
        return end
    for pattern in (_ASIDE, _TAIL):  # 党员中心户（楼栋长）”
        if found := pattern.match(text, end):
            end = found.end()
    return _end_of_alike(place, end)


def _end_of_alike(place: Place, end: int) -> int:
    """Where a further body of the last level ends, if one is named: 党员楼栋长｜、单元长”."""
    more = _MORE.match(place.text, end)
    if more is None:
        return end
    held = place.words.mentions(place.text, more.start() + 1, more.end())
    alike = bool(held) and held[-1].end == more.end() and held[-1].label[-1] == place.text[end - 1]
    return more.end() if alike else end


def _counts_one(
    text: str, start: int, cuts: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]]
) -> bool:
    """Whether 一 is a number and no dash that was misread, as between words that stand for themselves:
    两中心一站."""
    return (
        text[start - 1 : start] in _SOME
        or any(text[e : e + 1] in _COUNTERS or _FLOOR.match(text, e) for _, e in cuts)
        or any(text[s] in "一两二三四五六七八九十" for s, e in parts)
        or any(
            e - s < 2 for s, e in parts[len(parts) > 2 :]
        )  # 区｜一｜街道｜一｜社区: the first may be short
    )


def _assemblies(place: Place, parts: Sequence[tuple[int, int]]) -> Sequence[Mention]:
    """`社区议事会—小区议事会—楼栋议事会`: bodies of one name that begin with their level, quoted."""
    text = place.text
    start = text.rfind("“", max(0, parts[0][0] - 2), parts[0][0] + 1)
    end = text.find("”", parts[-1][0], parts[-1][1] + 8)
    if start < 0 or end < 0:
        return ()
    bounds = [(start + 1, parts[0][1]), *parts[1:-1], (parts[-1][0], end)]
    tiers = [place.made(s, e) for s, e in bounds]
    named = {t.label[-2:] for t in tiers}
    held = all(any(m.start == t.start and m.placed for m in place.mentions) for t in tiers)
    ranked = [place.words.judge(m.label)[1] for t in tiers for m in place.mentions if m.start == t.start]
    if len(named) > 1 or not held or None in ranked:
        return ()
    tiers = [replace(t, rank=rank, family="other") for t, rank in zip(tiers, ranked, strict=True)]
    return tiers if descends(tiers, strictly=True) else ()
