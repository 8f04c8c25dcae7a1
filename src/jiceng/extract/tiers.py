"""Tier chains: the organisation levels that a text lists from top to bottom.

Each rule of `rules/tiers.toml` has a finder here, which turns what the rule's pattern matched into tiers or
refuses it. Whatever is found is checked for height: the levels must lead downwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.tier_places import Place, acts, descends, downwards, names_body
from jiceng.extract.tier_quotes import counted, graded, listed, numbered, passing, quoted, seated
from jiceng.extract.tier_stated import enumerated, stated
from jiceng.extract.tier_words import MARKED, NUMERALS, QUOTES, Mention, TierWords, mark
from jiceng.lexicon import Lexicon
from jiceng.model import Tier, TierChain
from jiceng.rules import Rule

_LEVELS = re.compile(r"([两二三四五六七八2-8])[“”]?(?:级|个层)")
_ASIDE = re.compile("（[^（）“”，。；]{1,8}）(?=”)")
_DASH = re.compile(r"\s?(?:[—–－―──−\-→➝⟶＞>~～]{1,3}|一)\s?")
_COUNT = re.compile(
    r"^(?:[\d.]+万|[\dNnX]+|[一二三四五六七八九十两]+|若干)[余多]?[个名支户处]|^各|^每[个名]?"
)
_CLOSED = re.compile(r"[^，。；：！？、\s“”（）]{0,4}）")
_TAIL = re.compile(r"[^，。；：！？、\s“”（）级]{1,5}(?=”)")
# 市里, 街道层面: the level itself
_LEVEL_TAIL = re.compile("(?<=[省市州区县旗镇乡街道村格])(?:里|层面)(?!间)")
_CHAT = re.compile("”?(?:微信|QQ|工作|联络|交流)?群")
_MOST_TIERS = 12
# Before a mention, which is then the end of a longer name: 涪｜城区.
_IN_NAME = re.compile("(?![和与及在由从向到让把将])[\u4e00-\u9fff]")
_PARTNERS = re.compile("”?[两三四五六多]方")  # “街道—社区—物业”三方坐下来谈: partners, no levels
# 数村｜一｜社区, 办事处｜一｜个: 一 is a number there.
_SOME = ("一", "多", "几", "数", "两", "每")
_COUNTERS = frozenset("个名条些种批支项体样般直站次")
_UPPER = frozenset("省市县")  # with the level below they are told in passing
_PERSONS = 90  # ranks from here on are households and people
_FOUNDED = re.compile(
    r"^(?:设立|成立|组建|建立|设置|建有|设有|设|建|有)了?(?:(?:约|近|共)?[\d一二三四五六七八九十两百若干多余NX]+[余多]?[个名支])?“?"
)
_NTH_PLATFORM = re.compile("[三四五六七]级(?!网格)")  # “五级平台——楼组”: explains one level


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[TierChain, ...]]:
    """A function that finds the tier chains of an article, in the order of the text."""
    words = TierWords(lexicon)
    finders: dict[str, _Finder] = {
        "tiers.quoted": quoted,
        "tiers.dashed": _dashed,
        "tiers.joined": _joined,
        "tiers.levels": _levels,
        "tiers.linked": _linked,
        "tiers.enumerated": enumerated,
        "tiers.based": _based,
        "tiers.subordinate": _subordinate,
        "tiers.duties": _duties,
        "tiers.bodies": _bodies,
        "tiers.founded": _founded,
        "tiers.chiefs": _chiefs,
        "tiers.numbered": numbered,
        "tiers.seated": seated,
        "tiers.passing": passing,
        "tiers.counted": counted,
        "tiers.listed": listed,
        "tiers.graded": graded,
        "tiers.stated": stated,
    }
    rules = [(rule, finders[rule.name]) for rule in words.rules.rules if rule.name in finders]

    def extract(analysis: Analysis) -> tuple[TierChain, ...]:
        text = analysis.text
        windows = list(words.windows(text))
        mentions = [m for start, end in windows for m in words.mentions(text, start, end)]
        marked = mark(text, mentions)
        by_start = {m.start: m for m in mentions}
        chains: list[TierChain] = []
        over = {r.name: marked if r.data.get("over") == "marks" else text for r, _ in rules}
        for start, end in windows:
            taken: list[tuple[int, int]] = []
            for rule, finder in rules:
                for match in rule.pattern.finditer(over[rule.name], start, end):
                    inside = [by_start[m.start()] for m in MARKED.finditer(marked, *match.span())]
                    tiers = finder(Place(text, marked, match, inside, words))
                    if not tiers:
                        continue
                    first, last = min(t.start for t in tiers), max(t.end for t in tiers)
                    if any(s < last and first < e for s, e in taken):
                        continue
                    if words.foreign.match(text, last) or _PARTNERS.match(text, last):
                        continue
                    taken.append((first, last))
                    chains.append(_chain(rule, text, tiers, *_evidence(text, tiers, inside, match), words))
        seen: set[tuple[str, ...]] = set()
        kept = []
        for chain in sorted(chains, key=lambda c: (c.start, c.end)):
            labels = tuple(t.label for t in chain.tiers)
            if labels not in seen:
                seen.add(labels)
                kept.append(chain)
        return tuple(kept)

    return extract


_Finder = Callable[[Place], "Sequence[Mention]"]


def _dashed(place: Place) -> Sequence[Mention]:
    """`区委—街道党工委—社区党委`: dashes bound the inner parts, quotes or tier words the outer."""
    text, (start, end) = place.text, place.match.span()
    cuts = [m.span() for m in _DASH.finditer(place.marked, start, end)]
    if len(cuts) >= _MOST_TIERS:
        return ()
    bounds = [start, *(p for cut in cuts for p in cut), end]
    parts = [(bounds[i], bounds[i + 1]) for i in range(0, len(bounds), 2)]
    head = next((m for m in place.mentions if m.end == parts[0][1]), None)
    if head is None:
        return _assemblies(place, parts)
    begin = head.start + (text[head.start] in "“‘")
    quote = max(text.rfind(sign, max(0, head.start - 6), begin) for sign in "“（：")
    bounded = quote >= 0 and not re.search(r"[，。；、！？\n”]", text[quote + 1 : head.start])
    parts[0] = (quote + 1 if bounded else head.start, head.end)
    if bounded and (
        before := [m.span() for m in _DASH.finditer(text, quote + 1, head.start) if m[0] != "一"]
    ):
        # “干部—党员—群众”: a first part that is no tier elsewhere.
        edges = [quote + 1, *(p for cut in before for p in cut), head.end]
        parts[:1] = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    if any(e - s > 20 for s, e in parts) or _NTH_PLATFORM.match(text, parts[0][0]):
        return ()
    if any(text[s:e].strip() == "一" for s, e in cuts) and _counts_one(text, start, cuts, parts):
        return ()
    last = text[slice(*parts[-1])]
    if last.count("（") > last.count("）") and (closed := _CLOSED.match(text, parts[-1][1])):
        body = next((m for m in place.words.mentions(text, closed.end(), closed.end() + 12)), None)
        whole = body is not None and body.start == closed.end()
        parts[-1] = (parts[-1][0], body.end if whole and body else closed.end())  # 企业（站点）党支部
    if bounded and (aside := _ASIDE.match(text, parts[-1][1])):
        parts[-1] = (parts[-1][0], aside.end())  # 党员中心户（楼栋长）”
    if bounded and (tail := _TAIL.match(text, parts[-1][1])):
        parts[-1] = (parts[-1][0], tail.end())
    tiers = [place.made(s, e) for s, e in parts]
    good = sum(t.family == "party" or any(m.end == t.end for m in place.mentions) for t in tiers)
    inside = bounded and text[quote] == "“" and text[parts[-1][1] : parts[-1][1] + 1] == "”"
    spare = len(tiers) > 3 or (len(tiers) == 3 and inside)
    if len(tiers) == 2 and "——" in text[slice(*cuts[0])] and not inside:
        return ()  # 若干治理单元——街区: explains the word
    if _CHAT.match(text, parts[-1][1]):
        return ()  # “社区—楼栋”微信群
    number = _LEVELS.match(text, parts[-1][1] + (text[parts[-1][1] : parts[-1][1] + 1] == "”"))
    spare = spare or (len(tiers) == 3 and number is not None and number[1] in "三3")  # 镇—联合体—村三级
    if good < len(tiers) - bool(spare):
        return ()
    partner = place.words.rules["tiers.partner"].pattern
    if number is None and any(t.rank is None and partner.search(t.label) for t in tiers):
        return ()  # 社区党委—红色物业—居民: who acts together
    return downwards(tiers, NUMERALS[number[1]] if number else None)


def _counts_one(
    text: str, start: int, cuts: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]]
) -> bool:
    """Whether 一 is a number and no dash that was misread, as between words that stand for themselves:
    两中心一站."""
    return (
        text[start - 1 : start] in _SOME
        or any(text[e : e + 1] in _COUNTERS for _, e in cuts)
        or any(e - s < 2 or text[s] in "一两二三四五六七八九十" for s, e in parts)
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


def _joined(place: Place) -> Sequence[Mention]:
    """`社区党总支+网格党支部+楼栋党小组`: only where the levels lead strictly downwards."""
    families = {m.family for m in place.mentions}
    return place.mentions if len(families) == 1 and descends(place.mentions, strictly=True) else ()


def _levels(place: Place) -> Sequence[Mention]:
    """`区、街道、社区三级`: as many names as levels."""
    count = place.declared
    named = place.mentions
    if count is None or len(named) < count or (place.match["between"] and len(named) != count):
        return ()
    tiers = list(named[-count:])
    who = tiers[-1]
    if (
        who.placed
        and who.rank is not None
        and who.rank >= _PERSONS
        and all(m.family == "place" for m in tiers[:-1])
        and (level := place.words.level(who.label))
    ):
        # 市、区、社区志愿者四级: whose they are
        tiers[-1] = place.made(who.start, who.start + len(level), level)
    if count == 2 and tiers[0].label[0] in _UPPER:
        return ()  # 市、区两级协调: who does it, no structure
    return tiers if descends(tiers) else ()


def _linked(place: Place) -> Sequence[Mention]:
    """`区、街道、社区上下联动`: no number, so the levels must lead strictly downwards."""
    if any(m.rank is None or m.rank >= _PERSONS for m in place.mentions):
        return ()
    if len({m.family for m in place.mentions}) > 1:
        return ()  # 区、街道、社区党组织上下贯通: whose organisations?
    return place.mentions if descends(place.mentions, strictly=True) else ()


def _based(place: Place) -> Sequence[Mention]:
    """`以街道党工委为核心，以社区党组织为依托`."""
    tiers = [m for m in place.mentions if place.text[m.start - 1] != "为"]  # 为中心: what it is made
    if len(tiers) == 2 and (len({m.family for m in tiers}) > 1 or not all(m.placed for m in tiers)):
        return ()
    return tiers if descends(tiers, strictly=True) else ()


def _subordinate(place: Place) -> Sequence[Mention]:
    """`社区党委下设党支部、党小组`: bodies of equal height side by side are one level."""
    starts = (place.match.start(), place.match.start("below"))
    at = max(place.marked.find(sign, *starts) for sign in ("下", "，设", "，共设"))
    above = [m for m in place.mentions if m.end <= place.match.start("below")]
    below = [
        m
        for m in place.mentions
        if m.start >= place.match.start("below") and m.family == "party" and not m.label.endswith("党员")
    ]
    upper = [m for m in above if (m.end <= at or m.family == "party") and not m.label.endswith("党员")]
    if not upper or not below or upper[-1].family != "party":
        return ()
    top = upper[-1]
    promoted = place.words.rules["tiers.promoted"].pattern
    if not top.placed and len(upper) > 1 and promoted.search(place.text[: top.start][-4:]):
        # 将社区党组织升格为党委: the new body keeps the place of the old one.
        old = upper[-2]
        prefix = next((w for w in place.words.scheme.words("place") if old.label.startswith(w)), "")
        top = place.made(old.start, top.end, prefix + top.label)
    levels: list[Mention] = [top]
    for m in below:
        last = levels[-1]
        between = place.text[last.end : m.start]
        if last is not top and between[:1] == "，" and not _COUNT.search(between[1:]):
            break  # 下设6个党支部、9个党小组，推动｜支部建到小区: another clause
        if last is not top and _same_height(last, m):
            levels[-1] = replace(last, end=m.end, label=f"{last.label}、{m.label}")
        else:
            levels.append(m)
    return levels if len(levels) >= 3 and descends(levels) else ()


def _same_height(a: Mention, b: Mention) -> bool:
    return a.label[-3:] == b.label[-3:]


def _duties(place: Place) -> Sequence[Mention]:
    """`市级统筹、区级协调、街道落实`."""
    if len(named := [m for m in place.mentions if place.text[m.end : m.end + 1] == "“"]) > 2:
        # 党委“掌舵”、党支部“划桨”: the party's bodies alone; 社区“小红帽”, 网格“小喇叭” are called so.
        party = all(m.family == "party" for m in named)
        return named if party and descends(named, strictly=True) else ()
    if place.words.rules["tiers.whoever"].pattern.match(place.text, place.match.end()):
        return ()  # 街道牵线、社区主办、居民参加、社会支持: whoever takes part, no levels
    starts = {place.match.start()}
    starts |= {m.end() for m in re.finditer("[、，；](?:再?由)?", place.match[0])}
    begun = {place.match.start()} | {place.match.start() + s for s in starts}
    officer = place.words.rules["tiers.officer"].pattern
    tiers = []
    for m in place.mentions:
        if m.start in begun:
            who = officer.match(place.text, m.end)
            if (
                who
                and who[0] == "领导"
                and m.family == "party"
                and place.text[who.end()] not in "包联挂驻带任"
            ):
                who = None  # 街道党工委领导、社区党委主导: what it does
            label = place.text[m.start : who.end()] if who else m.label
            tiers.append(replace(m, end=m.start + len(label), label=label))
    if place.text[tiers[0].end : tiers[0].end + 1] == "“" and any(t.family != "party" for t in tiers):
        return ()  # 社区“小红帽”、网格“小喇叭”: what they are called
    if "吹哨" in place.match[0] and "报到" in place.match[0]:
        return ()  # 小区吹哨、单位报到、楼长跟进: one calls, the others come
    if not any(t.placed for t in tiers[:-1]) and tiers[-1].label == "党员" and "包" not in place.match[0]:
        return ()  # 党委定调、支部领办、党员挂账: of which unit?
    return tiers if descends(tiers, strictly=True) else ()


def _bodies(place: Place) -> Sequence[Mention]:
    """`县领导小组、乡镇联席会议、村议事会三级`: bodies of any name that begin with their level."""
    text, start = place.text, place.match.start()
    end = place.match.start("levels")
    while text[end - 1] in "“”‘’":
        end -= 1
    tiers: list[Mention] = []
    places: list[Mention] = []
    doing: list[int] = []
    for item in place.marked[start:end].split("、"):
        held = next((m for m in place.mentions if m.start == start), None)
        if held is None or not held.placed or held.rank is None:
            return ()
        tiers.append(replace(held, end=start + len(item), label=text[start : start + len(item)]))
        tail = text[held.end : start + len(item)]
        doing.append(-1 if names_body(tail) else acts(tail))
        places.append(held)
        start += len(item) + 1
    if place.declared == 2 and tiers[0].label[0] in _UPPER:
        return ()
    if -1 not in doing and sum(doing) * 2 >= len(doing):
        # 区级统筹调度、社区先期处置的两级: what the levels do
        tiers = places
    return tiers if len(tiers) == place.declared and descends(tiers, strictly=True) else ()


def _founded(place: Place) -> Sequence[Mention]:
    """`在街道设立大工委、在社区设立大党委`: the place and its body make the tier."""
    pairs = zip(place.mentions[::2], place.mentions[1::2], strict=True)
    tiers = []
    for upper, body in pairs:
        if upper.family != "place" or body.family not in ("party", "facility") or body.placed:
            return ()
        # 街道｜成立｜物业党委: what stands between the verb and the body belongs to its name.
        between = place.text[upper.end : body.start]
        named = _FOUNDED.sub("", between)
        tiers.append(place.made(upper.start, body.end, upper.label + named + body.label))
    one_kind = len({body.family for body in place.mentions[1::2]}) == 1
    return tiers if one_kind and descends(tiers, strictly=True) else ()


def _chiefs(place: Place) -> Sequence[Mention]:
    """`街道党工委书记任总网格长、社区书记任网格长`: the bodies whose heads take the roles."""
    tiers, roles = place.mentions[::2], place.mentions[1::2]
    return tiers if all(r.family == "role" for r in roles) and descends(tiers, strictly=True) else ()


def _evidence(
    text: str, tiers: Sequence[Mention], mentions: Sequence[Mention], match: re.Match[str]
) -> tuple[int, int]:
    """The stretch that shows a chain.

    A mention at its beginning that is no tier is the end of a longer name (涪｜城区) and left out.
    """
    begin = match.start()
    outer = next((m for m in mentions if m.start == begin and m.end < tiers[0].start), None)
    if outer is not None and begin and _IN_NAME.match(text, begin - 1):
        begin = outer.end
    return min(begin, *(t.start for t in tiers)), max(match.end(), *(t.end for t in tiers))


def _chain(
    rule: Rule, text: str, tiers: Sequence[Mention], start: int, end: int, words: TierWords
) -> TierChain:
    labels = [_label(t.label) for t in tiers]
    before = _LEVELS.search(text, max(0, start - 20), start)
    after = _LEVELS.search(text, max(t.end for t in tiers), min(len(text), end + 8))
    numbered = labels[0].startswith("一级")  # 一级网格、二级网格: no count
    declared = next(
        (NUMERALS[m[1]] for m in (after, _LEVELS.search(text, start, end), before) if m and not numbered),
        None,
    )
    behind = text[after.end() : after.end() + 12] if after else ""
    return TierChain(
        start=start,
        end=end,
        rule=rule.name,
        tiers=tuple(_tier(text, label, t) for label, t in zip(labels, tiers, strict=True)),
        chain_type=_type([t.family for t in tiers], behind),
        declared_levels=declared,
    )


def _tier(text: str, label: str, mention: Mention) -> Tier:
    start, end = mention.start, mention.end
    while end - start > 1 and (
        text[start] in "“‘" and text[start:end].count("“") > text[start:end].count("”")
    ):
        start += 1
    while end - start > 1 and (
        text[end - 1] in "”’" and text[start:end].count("”") > text[start:end].count("“")
    ):
        end -= 1
    return Tier(label, start, end)


def _label(label: str) -> str:
    return _LEVEL_TAIL.sub("", _COUNT.sub("", QUOTES.sub("", label)))


def _type(families: Sequence[str], behind: str) -> str:
    party, facility = families.count("party"), families.count("facility")
    if party * 2 >= len(families) or re.match(r"[^，。；]*?党(?:组织|委|支部|建)|书记", behind):
        return "party"
    if facility * 2 >= len(families) or re.search(r"中心|[平站]台?|阵地|网点|机构", behind.split("，")[0]):
        return "facility"
    return "administrative"
