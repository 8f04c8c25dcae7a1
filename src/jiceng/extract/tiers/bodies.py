"""Chains told by what the levels do or have, or stand below: 街道统筹, 在社区设大党委, 下设党支部."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiceng.extract.tiers.places import Place, descends
from jiceng.extract.tiers.words import (
    AREAS,
    ASIDE,
    CLAUSE,
    MARK,
    PERSONS,
    QUOTES,
    Mention,
)

_AGAIN = tuple(sign + each for sign in "，；" for each in ("", "每个", "各"))
_TEAM = re.compile(r"[^、，和+＋—–→➝>~\-－\s]+")
_HEADS = ("书记", "主任")
_KIND = re.compile(r"(?<=[\d余多]个)[\u4e00-\u9fff]{1,4}$")
_KIND_REACH = 6
_BEGUN = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,12}$")
_NAME = 14  # characters before the end of a body's name in which it begins
_ENDS = ("小组", "社", "组")  # of bodies' names, though places elsewhere
_CHIEF, _WORKER = "长", "员"  # end what a chief is called, and who serves below
_BUILT = re.compile("(?P<body>[^、，；]{2,12}?)[建设落][在到](?P<where>[^、，；]{1,12}?)上?(?=[、，；。]|$)")
_AMONG = "其中"  # before some of those just counted
_BY = ("按", "按照")  # before that by which something is parted


def based(place: Place) -> Sequence[Mention]:
    """`以街道党工委为核心，以社区党组织为依托`."""
    tiers = [m for m in place.mentions if place.text[m.start - 1] != "为"]  # 为中心: what it is made
    if len(tiers) == 2 and (len({m.family for m in tiers}) > 1 or not all(m.placed for m in tiers)):
        return ()
    if len(tiers) == 2 and (tiers[1].rank or 0) >= PERSONS:
        return ()  # 以网格为基础、以群众为主体: who it is for
    if place.match["named"] is not None and tiers:  # 以｜青禾｜镇党委为轴心
        top, start = tiers[0], place.match.start("named")
        if not top.placed and not place.match["named"].endswith(place.words.places):
            return ()
        tiers[0] = replace(top, start=start, label=place.text[start : top.end])
    party = len(tiers) > 2 and all(m.family == "party" for m in tiers)  # 社区党总支、社区党支部、党小组
    return tiers if descends(tiers, strictly=not party) else ()


def subordinate(place: Place) -> Sequence[Mention]:
    """`社区党委下设党支部、党小组`: bodies of equal height side by side are one level."""
    begins = place.rule("below").search(place.marked, *place.match.span())
    party = [m for m in place.mentions if m.family == "party" and not m.label.endswith("党员")]
    if begins is None:
        return ()
    above = [m for m in place.mentions if m.end <= begins.start() and not m.label.endswith("党员")]
    above = [m for m in above if not place.text.endswith(_BY, 0, m.start)]  # 按｜片区｜下设
    below = [m for m in party if m.start >= begins.start()]
    if not above or not below or above[-1].family != "party":
        return ()
    levels: list[Mention] = [_promoted(place, above)]
    for m in (_with_kind(place, m) for m in below):
        last = levels[-1]
        between = place.text[last.end : m.start]
        first = len(levels) == 1
        _, among, behind = between.rpartition(_AMONG)
        if not first and among and _same_height(last, m):
            continue  # 下设7个党支部，其中｜机关党支部1个、企业党支部2个: which they are
        if not first and among and not MARK.search(behind):
            break  # 下设党组织80个，其中｜党委3个、党支部77个: what they are
        if not first and between in _AGAIN and last.label.endswith(m.label):
            continue  # 党委下设6个党支部，｜支部｜划分为21个党小组: said again
        if not first and _same_height(last, m):
            levels[-1] = replace(last, end=m.end, label=f"{last.label}、{m.label}")
        else:
            levels.append(m)
    return levels if len(levels) >= 3 and descends(levels) else ()


def _with_kind(place: Place, body: Mention) -> Mention:
    """A counted body with what kind it is, which stands between: 16个｜商铺｜党小组."""
    kind = None if body.placed else _KIND.search(place.text, max(0, body.start - _KIND_REACH), body.start)
    if kind is None:
        return body
    return replace(body, start=kind.start(), label=place.text[kind.start() : body.end])


def _promoted(place: Place, above: Sequence[Mention]) -> Mention:
    """The body on top; one that another became keeps its place: 将社区党组织升格为党委."""
    top = above[-1]
    if len(above) > 1 and place.text[above[-2].end : top.start] == "或":  # 升格为党委｜或｜党总支
        top = place.made(above[-2].start, top.end)
        above = [*above[:-2], replace(top, family=above[-2].family)]
        top = above[-1]
    promoted = place.rule("promoted")
    if not top.placed and len(above) > 1 and above[-2].family == "place":
        founder = above[-2]  # 社区｜建立｜党委，下设
        if place.rule("founds").fullmatch(place.text[founder.end : top.start]):
            return place.made(founder.start, top.end, founder.label + top.label)
    if top.placed or len(above) < 2 or not promoted.search(place.text[: top.start][-4:]):
        return top
    old = above[-2]
    return place.made(old.start, top.end, place.words.level(old.label) + top.label)


def _same_height(a: Mention, b: Mention) -> bool:
    return a.label[-3:] == b.label[-3:]


def duties(place: Place) -> Sequence[Mention]:
    """`市级统筹、区级协调、街道落实`."""
    named = [_with_head(place, m) for m in place.mentions]
    named = [m for m in named if place.text[m.end : m.end + 1] == "“"]
    if place.match["levels"] is not None:  # 县级“统一调度”、乡镇“当场办理”、村级“排查上报”的三级
        return named if len(named) == place.declared and descends(named, strictly=True) else ()
    if len(named) > 2:
        # 党委“掌舵”、党支部“划桨”: the party's bodies alone; 社区“小红帽”, 网格“小喇叭” are called so.
        party = all(m.family == "party" for m in named)
        return named if party and descends(named, strictly=True) else ()
    if place.rule("whoever").match(place.text, place.match.end()):
        return ()  # 街道牵线、社区主办、居民参加、社会支持: whoever takes part, no levels
    starts = {place.match.start()}
    starts |= {m.end() for m in re.finditer(r"[、，；](?:再?由|\d{1,5}[余多]?[个名])?", place.match[0])}
    begun = {place.match.start()} | {place.match.start() + s for s in starts}
    officer = place.rule("officer")
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
    tiers[0] = _whole_clause(place, tiers[0])
    if place.text[tiers[0].end : tiers[0].end + 1] == "“" and any(t.family != "party" for t in tiers):
        return ()  # 社区“小红帽”、网格“小喇叭”: what they are called
    if "吹哨" in place.match[0] and "报到" in place.match[0]:
        return ()  # 小区吹哨、单位报到、楼长跟进: one calls, the others come
    if not any(t.placed for t in tiers[:-1]) and tiers[-1].label == "党员" and "包" not in place.match[0]:
        return ()  # 党委定调、支部领办、党员挂账: of which unit?
    tiers += _last_object(place, tiers)
    return tiers if descends(tiers, strictly=True) else ()


def _whole_clause(place: Place, first: Mention) -> Mention:
    """The first level with the place that its name begins with: 市级党建｜领导小组｜负责把方向."""
    begun = _BEGUN.search(place.text, max(0, first.start - _NAME), first.start)
    level = place.words.level(begun[0]) if begun and (not first.placed or first.label in _ENDS) else ""
    if begun is None or not level:
        return first
    made = place.made(begun.start(), first.end)
    return replace(made, rank=place.words.judge(level)[1])


def _last_object(place: Place, tiers: Sequence[Mention]) -> list[Mention]:
    """What the last takes in hand, where each takes the next: 党委抓支部、支部抓小组、小组抓｜党员户."""
    starts = {t.start for t in tiers}
    objects = [m for m in place.mentions if m.start not in starts]
    named = len(objects) == len(tiers)
    in_turn = named and all(o.label == t.label for o, t in zip(objects, tiers[1:], strict=False))
    return objects[-1:] if in_turn else []


def _with_head(place: Place, body: Mention) -> Mention:
    """A body with its head, before what the head is called: 县委｜书记｜“总指挥”."""
    head = next((w for w in _HEADS if place.text.startswith(w + "“", body.end)), "")
    return replace(body, end=body.end + len(head), label=body.label + head) if head else body


def takes(place: Place) -> Sequence[Mention]:
    """`镇领导包片、镇干部包村、村干部包组`: who takes what, of which the last is the narrowest."""
    text, lists = place.text, place.words.lists
    tiers: list[Mention] = []
    heights: list[int] = []
    for part in CLAUSE.finditer(text, *place.match.span()):
        start, end = part.span()
        while not tiers and (
            lead := next((w for w in lists["leading"] if text.startswith(w, start, end)), "")
        ):
            start += len(lead)
        if not tiers:  # 街道推行｜街道干部联社区
            leads = [(text.rfind(w, start, end), len(w)) for w in lists["leading"] if len(w) > 1]
            start = max(start, *(at + size for at, size in leads if at >= 0), start)
        found = place.rule("takes-part").search(text, start + 1, end)
        if found is None:
            return ()
        who = ASIDE.sub("", text[start : found.start()])
        what = max((w for w in lists["taken"] if text.startswith(w, found.end(), end)), key=len, default="")
        if not what or not who.endswith(lists["taker"]):
            return ()
        tiers.append(place.made(start, found.start()))
        if what not in (*lists["area"], *lists["spot"]):  # 片区, 山头: anywhere
            heights.append(lists["taken"].index(what))
    if tiers[0].label in lists["beside"]:
        return ()
    narrows = all(a < b for a, b in pairwise(heights))
    known = [t for t in tiers if t.placed]
    if len(tiers) == 2 and (len(known) < 2 or not descends(known, strictly=True)):
        return ()  # 支部成员包楼、党员包户: of which unit? 区委常委联街道、区级领导联社区: of one
    return tiers if narrows and len(tiers) > 1 and (len(known) < 2 or descends(known)) else ()


def teams(place: Place) -> Sequence[Mention]:
    """`县志愿服务总队、乡镇大队、村小队`: teams that begin with their level."""
    tiers = []
    for part in _TEAM.finditer(place.text, *place.match.span()):
        level = next((m for m in place.mentions if m.start == part.start()), None)
        if level is None or not level.placed or level.rank is None:
            return ()
        verb = place.rule("has").match(place.text, level.end)  # 镇｜组建｜巡防大队
        body = place.text[verb.end() if verb else level.end : part.end()]
        tiers.append(replace(level, end=part.end(), label=level.label + body))
    return tiers if len(tiers) > 1 and descends(tiers, strictly=True) else ()


def assembled(place: Place) -> Sequence[Mention]:
    """`区级协调会、街道“邻里联盟”、社区“共治委”制度`: a body at each level, without their number."""
    text, end = place.text, place.match.start("head")
    starts = [m.start for m in place.mentions if m.placed and m.rank is not None]
    tiers = []
    for part in re.finditer("[^、，和]+", text[place.match.start() : end]):
        start = place.match.start() + part.start()
        level = next((m for m in place.mentions if m.start == start), None)
        stop = place.match.start() + part.end()
        named = QUOTES.sub("", text[start:stop])
        if level is None or start not in starts or not place.names_body(named) or named == level.label[:2]:
            return ()
        tiers.append(replace(level, end=stop, label=text[start:stop]))
    return tiers if len(tiers) > 2 and descends(tiers, strictly=True) else ()


def great(place: Place) -> Sequence[Mention]:
    """`推行街道“大工委”、社区“大党委”制`: the two joint committees, one below the other."""
    joint = all(m.placed and place.rule("joint").search(QUOTES.sub("", m.label)) for m in place.mentions)
    return place.mentions if joint and descends(place.mentions, strictly=True) else ()


def founded(place: Place) -> Sequence[Mention]:
    """`在街道设立大工委、在社区设立大党委`: the place and its body make the tier."""
    named = [m for m in place.mentions if place.text[m.end : m.end + 1] != "等"]  # 城西片区｜等｜4个片区
    raised: list[Mention] = []
    if place.match["raised"] is not None:  # 社区党支部升格为党总支或党委，在网格上建党支部
        raised = [m for m in named if m.end <= place.match.end("raised")]
        named = named[len(raised) :]
    if len(named) % 2:
        return ()
    pairs = zip(named[::2], named[1::2], strict=True)
    tiers = []
    for founder, body in pairs:
        level = place.words.level(founder.label)
        upper = founder
        if founder.family == "party" and level:  # 镇党委｜成立｜产业党总支
            upper = place.made(founder.start, founder.start + len(level))
        where = upper.family == "place" or upper.label.startswith(AREAS)
        if not where or body.family not in ("party", "facility") or body.placed:
            return ()
        # 街道｜成立｜物业党委: what stands between the verb and the body belongs to its name.
        between = place.text[founder.end : body.start]
        called = place.rule("founds").sub("", between)
        tiers.append(place.made(upper.start, body.end, upper.label + called + body.label))
    one_kind = len({body.family for body in named[1::2]}) == 1
    if not one_kind or not descends(tiers, strictly=True):
        return ()
    if not raised:
        return tiers
    tiers = [_promoted(place, raised), *tiers]
    return tiers if descends(tiers) else ()


def built(place: Place) -> Sequence[Mention]:
    """`党支部建在小区、党小组建在楼栋`, `支部建在小区`: the place and its body make the tier."""
    tiers = []
    for clause in _BUILT.finditer(place.text, *place.match.span()):
        body, where = (place.made(*clause.span(group)) for group in ("body", "where"))
        known = body.family == "party" or body.label in place.words.lists["bare_body"]
        if not known or where.family != "place":
            return ()
        whole = body.placed and body.family == "party"
        made = place.made(body.start, where.end, body.label if whole else where.label + body.label)
        tiers.append(made if whole else replace(made, rank=where.rank, family="party"))
    return tiers if descends(tiers, strictly=True) else ()


def chiefs(place: Place) -> Sequence[Mention]:
    """`街道党工委书记任总网格长、社区书记任网格长`: the bodies whose heads take the roles."""
    tiers, roles = place.mentions[::2], place.mentions[1::2]
    if len(tiers) == 2 and place.rule("one-more").match(place.text, place.match.end()):
        return ()  # 社区书记任片长、支部书记任格长、｜热心人任楼长: not all of them are known
    if len(tiers) == 2 and (not tiers[1].placed or roles[1].label.startswith(place.words.lists["deputy"])):
        return ()  # 村书记任网格长，支部书记任微网格长: whose? 社区书记任网格长、…任副网格长: one grid
    if len({t.label for t in tiers}) < len(tiers):  # 社区书记任总网格长、社区干部任网格长: of one unit
        chief = roles[0].label.startswith(place.words.lists["chief"])
        return roles if chief and descends(roles) and all(r.family == "role" for r in roles) else ()
    return tiers if all(r.family == "role" for r in roles) and descends(tiers, strictly=True) else ()


def chiefs_listed(place: Place) -> Sequence[Mention]:
    """`三长（网格长、楼长、单元长）`, `网格长5名、楼长44名`: all are who serves, the highest first."""
    begin = place.match.start("list" if place.match["counted"] is None else "counted")
    tiers = [m for m in place.mentions if m.start >= begin]
    stated = place.match["counted"] is not None or place.declared == len(tiers)
    if not stated or any(m.family != "role" and not m.label.startswith(AREAS) for m in tiers):
        return ()
    if len({place.rule("hired").sub("", m.label) for m in tiers}) < len(tiers):
        return ()  # 专职网格员5名、兼职网格员8名: of one grid, not one above the other
    workers = (a.label.endswith(_WORKER) and b.label.endswith(_CHIEF) for a, b in pairwise(tiers))
    if place.match["counted"] is not None and any(workers):
        return ()  # 网格长12名、网格员12名、微网格长80名: who is there, not who is above whom
    ranks = [m.rank for m in tiers if m.rank is not None]
    if tiers[0].rank is None:
        return ()
    ordered = descends(tiers) if place.match["counted"] is not None else ranks[0] <= min(ranks)
    return tiers if ordered else ()
