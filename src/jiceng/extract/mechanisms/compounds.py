"""Candidates outside quotation marks: compounds that end with a head or a well-known name, and objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiceng.extract.mechanisms.anchors import (
    ACTS,
    Anchor,
    Cut,
    edge,
    size_class,
    starts_before,
    two_names,
    words_inside,
)
from jiceng.extract.mechanisms.hits import Hit
from jiceng.extract.mechanisms.objects import objects
from jiceng.extract.mechanisms.page import LONGEST, Page, plain

_HELD = ("assembly", "event")  # heads that name what is held
_ABSTRACT = ("institution", "model", "activity", "campaign", "programme", "platform", "service")
_TOLD = ("institution", "model")  # heads that may close what is told in a clause
_JOINTS = "、和与及"
_GOING = "到进向赴"
_PHRASE = 6  # characters of a phrase of which a name lists several
_GENERAL = 2  # characters of a head that says only what kind of thing something is
_DEEDS = ("work", "deed")
_ONLY_TAILS = (*_DEEDS, "idea")  # heads that name something only behind a quotation
_KINDS = ("institution", "body", "assembly", "place", "alliance", "known")
"""Classes of heads that name each member of a list for itself."""
_LISTS = ("、", "和")


def compounds(page: Page) -> Iterator[Anchor]:
    """Runs of heads and well-known names outside quotation marks, with the modifiers before them."""
    for run, known in _runs(page):
        if page.quoted(run.start) or page.in_title(run.start):
            continue
        if not page.readable(run.start) or run.group in _ONLY_TAILS or page.in_round(run.end):
            continue
        cuts = tuple(_cuts(page, run, known or run.end - run.start > 4))
        alone = known or any(cut.start == run.start for cut in cuts)
        inner = None if alone else _inner(page, run)
        if inner and (whole := _whole(page, run, inner)):
            yield Anchor("compound", inner.start, run.end, run.group, (*whole, *cuts))
        elif cuts := (*_elided(page, run), *cuts):
            yield Anchor("compound", run.start, run.end, run.group, cuts)


def _cuts(page: Page, run: Hit, known: bool) -> Iterator[Cut]:
    """The names that end with a run of heads, one for each place where they may begin."""
    text, floor = page.text, page.floor(run.start)
    alone = known or _names_itself(text, run)
    takes = page.words.rules["mechanisms.takes"].pattern.match(text, run.start - 2)
    starts = [] if takes else starts_before(page, run.start)  # 党员召开｜议事会: a clause and no name
    if alone:
        starts = [*starts, (run.start, _said_before(page, floor, run.start))]
    examples = _examples(page, run)
    quoted = text[floor - 1 : floor] == "”"  # what follows a quotation is its tail
    head = text[run.start : run.end]
    for start, after in starts:
        if quoted and page.words.rule("before-tail").fullmatch(text, floor, start):
            continue  # “区—镇—村”三级|联动机制
        name = text[start : run.end]
        if not 2 <= len(name) <= LONGEST or (start == run.start and not alone):
            continue
        if name.count("（") != name.count("）"):
            continue  # “三会”（甲会、｜乙会）制度
        if _tells(page, run, start) or _several(page, run, start) or (known and _goes(page, run, start)):
            continue
        listed = text.find("、", start, run.start)
        if listed >= 0 and (examples or text.find("等", listed, run.start - 1) >= 0):
            continue
        features = _features(page, run, start, after, known)
        yield Cut(start, run.end, name, tuple(dict.fromkeys(features)))
        if name.endswith("等" + head):
            yield Cut(start, run.end, name.replace("等" + head, head), (*features, "elided"))
            bare = name.removesuffix("等" + head)
            if "、" in bare or text[start - 1 : start] == "、":  # 村村联建、资源联享等形式
                yield Cut(start, run.end, bare, (*features, "bare", f"bare.{run.group}"))


def _goes(page: Page, run: Hit, start: int) -> bool:
    """Whether somebody goes somewhere before a name that says by itself what he does: 党员到社区｜双报到."""
    counts = page.text[run.start] in page.words.lists["count"]
    return counts and any(page.text[at] in _GOING for at in range(start, run.start))


def _several(page: Page, run: Hit, start: int) -> bool:
    """Whether a stretch holds more than one name, or one and how many there are: 甲机制和乙｜清单,
    延时服务制、一次告知｜制, 首问制度三项｜制度."""
    counts = page.words.rule("enumerates").match
    if any(counts(page.text, head.end) for head in page.heads.within(start, run.start)):
        return True
    phrase = _even(page.text, start, run) or _of_roles(page, start, run)
    if two_names(page, start, run.start) and not phrase:
        return True
    if run.group not in _KINDS:
        return False
    last = page.text[run.end - 1]
    ends = (h.end for h in page.heads.starting(start + 1, run.start) if page.text[h.end - 1] == last)
    return any(page.text.startswith(_LISTS, end) for end in ends)


def _even(text: str, start: int, run: Hit) -> bool:
    """Whether a head closes a list of phrases of one length, which name one thing together:
    日巡查、周汇总、月研判｜制度, not 需求清单、资源清单."""
    if run.group not in _TOLD or text[start - 1 : start] == "、":
        return False
    if _equal(text[start : run.start].split("、")):
        return True
    items = text[start : run.end - _GENERAL].split(
        "、"
    )  # 季例会、月协调、周通报｜制度: 通报制度 is a head, too
    return _equal(items) and len({item[-_GENERAL:] for item in items}) > 1


def _equal(items: Sequence[str]) -> bool:
    """Whether several phrases have one length."""
    return len(items) > 1 and 2 < len(items[0]) <= _PHRASE and len({len(item) for item in items}) == 1


def _of_roles(page: Page, start: int, run: Hit) -> bool:
    """Whether a head closes a list of nothing but roles, which it is about: 楼栋长、单元管家｜工作机制."""
    if run.group not in _TOLD:
        return False
    ends = {head.end for head in page.heads.within(start, run.end) if head.group == "role"}
    joints = [at for at in range(start, run.start) if page.text[at] in _JOINTS]
    return len(ends) > len(joints) > 0 and ends.issuperset(joints)


def _examples(page: Page, run: Hit) -> bool:
    """Whether a run ends a list of which each is one, or is in it: 首问负责、限时办结等｜制度."""
    if page.text.startswith("等", run.start - 1) and run.end - run.start == _GENERAL:
        return True
    return page.words.rule("examples").match(page.text, run.end) is not None


def _tells(page: Page, run: Hit, start: int) -> bool:
    """Whether what stands from a place to a head is a clause and no modifier."""
    if page.words.rule("clause").search(page.text, start, run.start):
        return True
    moves = page.words.lists["moves"]
    if any(page.text[link.start] in moves for link in page.links_within(start, run.start)):
        return True  # 社区把｜议事会, 将｜便民矩阵
    # A system may be named by what somebody does: 书记兼任主任制度.
    against = ("counting",) if run.group in _TOLD else ("counting", "puts")
    return any(hit.group in against for hit in page.told.within(start, run.start))


def _features(page: Page, run: Hit, start: int, after: str, known: bool) -> list[str]:
    """What is said of a name that begins at `start` behind `after` and ends with the run."""
    text = page.text
    name = text[start : run.end]
    features = ["c.cut", f"after.{after}", f"mod.{size_class(run.start - start)}"]
    features += words_inside(page, start, run.start)
    features += edge(page, start, run.end)
    if start == run.start:
        features += ["alone", f"alone.{run.group}", f"alone.{'known' if known else 'head'}.{after}"]
    features += [f"mod.first.{name[:2]}", f"mod.before.{text[max(start - 2, 0) : start]}"]
    if plain(name) in page.words.known:
        features.append("known")
    if name[0] in page.words.lists["odd_first"]:
        features.append("odd")
    if after in ACTS and "inside.list" in features:
        features.append("verb&list")
    if after == "comma" and "、" in text[page.floor(run.start) : start - 1]:
        features.append("comma&commas")
    return features + [f"{after}&{f}" for f in features if f.startswith(("inside.", "mod."))]


def _inner(page: Page, run: Hit) -> Hit | None:
    """The longest head in a head of four characters that says something itself: 清单 in 需求清单, 中心 in
    邻里中心, not 机制 in 工作机制."""
    if run.end - run.start != 4:
        return None
    heads = (head for head in page.heads.starting(run.start + 1, run.end) if head.end == run.end)
    inner = next(heads, Hit(run.start + 2, run.end, run.group))
    return inner if run.group not in _ABSTRACT or _said(page, run.start, inner.start) else None


def _said(page: Page, start: int, end: int) -> bool:
    """Whether a stretch says more than general words do."""
    return bool(page.words.without_generic(page.text[start:end]))


def _whole(page: Page, run: Hit, inner: Hit) -> tuple[Cut, ...]:
    """A head that is the whole name, if one may begin there: 建立｜需求清单、资源清单."""
    after = next((after for start, after in starts_before(page, inner.start) if start == run.start), "")
    if not after:
        return ()
    features = _features(page, Hit(inner.start, run.end, run.group), run.start, after, known=False)
    return (Cut(run.start, run.end, page.text[run.start : run.end], tuple(dict.fromkeys(features))),)


def _names_itself(text: str, run: Hit) -> bool:
    """Whether a head says by itself what is held or counted: 坝坝会, 积分制, 红黑榜; 工作机制 does not."""
    last = text[run.end - 1]
    said = run.group in _HELD or (run.group, last) in (("institution", "制"), ("list", "榜"))
    return said and run.end - run.start > 2


def _elided(page: Page, run: Hit) -> list[Cut]:
    """A list's later member with the modifier that only the first one says: 党员示范岗、责任区."""
    text = page.text
    floor = page.floor(run.start)
    end = text.find("、", floor, run.start)
    if run.end - run.start < 2 or end < 0 or text[run.start - 1] != "、":
        return []
    heads = [h for h in page.heads.within(max(floor, end - 5), end) if h.end == end and h.end - h.start > 1]
    found = []
    for begin, after in starts_before(page, heads[0].start) if heads else ():
        modifier = text[begin : heads[0].start]
        if 1 < len(modifier) <= 6 and not page.verbs.within(begin, heads[0].start):
            features = ("c.cut", "elision", f"after.{after}", f"mod.{size_class(len(modifier))}")
            name = modifier + text[run.start : run.end]
            found.append(Cut(run.start, run.end, name, (*features, *edge(page, begin, end))))
    return found


def _said_before(page: Page, floor: int, start: int) -> str:
    """What stands right before a name without modifiers: class of a verb, the clause's start, a comma."""
    for hit in page.verbs.within(max(floor, start - 6), start):
        if hit.end == start:
            return hit.group
    return "clause" if start == floor else "comma" if page.text[start - 1] == "、" else "self"


def _runs(page: Page) -> Iterator[tuple[Hit, bool]]:
    """Adjacent heads as one: 志愿服务 + 联盟; whether they need no modifier (two, or a well-known name)."""
    ends = {hit.end for hit in (*page.heads.all, *page.known.all) if hit.group not in _DEEDS}
    deeds = {hit.end for hit in page.heads.all if hit.group in _DEEDS}
    # 推行红黑榜｜管理 does something with a list; 推行院落自主管理 says what.
    found = [h for h in objects(page) if h.end not in ends and not (h.end in deeds and h.start in ends)]
    told = {hit.end for hit in found}
    heads = [hit for hit in page.heads.all if hit.group not in _DEEDS or hit.end not in told]
    named = [*heads, *page.known.all, *found]
    merged = sorted(named, key=lambda h: (h.start, -h.end, "." in h.group))
    start = end = -1
    group = ""
    known = False
    for hit in merged:
        if hit.start < end:
            if known and hit.end > end and "." not in hit.group:  # 居家养老服务｜中心
                end, group = hit.end, hit.group
            continue
        if hit.group in _ONLY_TAILS and (hit.start == end or page.verbs.at(hit.start)):
            continue  # 建设｜居家养老服务中心, 市民驿站｜建设
        if hit.start == end and page.words.rule("enumerates").match(page.text, end):
            continue  # 权责清单、负面清单｜三张清单: how many there are
        if hit.start > end and end >= 0:
            yield Hit(start, end, group), known
            start, known = hit.start, False
        elif end < 0:
            start = hit.start
        else:
            known = True
        end = hit.end
        if "." in hit.group:
            known = True
            group = group if hit.start != start and group else "known"
        else:
            group = hit.group
    if end >= 0:
        yield Hit(start, end, group), known
