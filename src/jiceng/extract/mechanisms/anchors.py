"""What candidates are made of: places that might name a mechanism, and where names may begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from jiceng.extract.analysis import Bracketed
from jiceng.extract.mechanisms.hits import Hit
from jiceng.extract.mechanisms.page import LONGEST, Page
from jiceng.values import dataclass
from jiceng.words import is_word, words_of_class

ACTS = ("create", "promote", "hold", "means", "achieve")
_AT_VERBS = (*ACTS, "clause", "comma")
_TOLD = {"counting": "measure", "single": "create"}
_AND = "和与及"
_LISTS = re.compile("、")
_SHORT = 2  # characters of a well-known name that others may begin with
_OPEN = ("model", "work", "deed")  # heads that may go on: 工作模式和服务机制


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut a name: `start:end` of its stretch, the name, features of the cut."""

    start: int
    end: int
    name: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that might name a mechanism.

    `start:end` is the quoted stretch (marks included) or the run of heads; `head` is the class of the
    head that ends the compound or follows the quotation; `row` the quotations in one list with it.
    """

    kind: str  # quoted, compound
    start: int
    end: int
    head: str
    cuts: tuple[Cut, ...]
    row: tuple[Bracketed, ...] = ()


def size_class(length: int) -> str:
    """The length of a name or of a part of it, in steps."""
    for limit in (1, 2, 3, 4, 6, 9, 14, 22):
        if length <= limit:
            return str(limit)
    return "more"


def starts_before(page: Page, end: int) -> list[tuple[int, str]]:
    """Places where a name that runs up to `end` may begin, with what stands before each."""
    text = page.text
    found = _boundaries(page, end)
    _skip_measures(page, found, end)
    _skip_leads(page, found, end)
    # A boundary before 化, 员 and the like is none: the verb was part of a longer word (规范化, 组织员).
    # Nor is one inside a verb (了｜解).
    verbs = words_of_class("v")
    ordered = sorted(found.items())
    suffixes = page.words.lists["suffix"]
    inside = {
        at
        for at, after in ordered  # 让｜利, not 在｜业主
        if after == "link" and text[at - 1 : at + 1] in verbs and not is_word(text[at : at + 2])
    }
    kept = [(at, after) for at, after in ordered if text[at] not in suffixes and at not in inside]
    return [(at, after) for at, after in kept if not page.in_round(at)][-12:]


def _boundaries(page: Page, end: int) -> dict[int, str]:
    """Where something ends before `end`, within its clause, and what: a verb, a function word, a place, …"""
    text = page.text
    floor = _floor(page, end)
    found: dict[int, str] = {floor: "clause" if floor == page.floor(end) else "far"}
    for hit in page.verbs.longest(floor, end):
        if hit.end < end:
            found[hit.end] = hit.group
    for link in page.links_within(floor, end):
        if link.end < end:
            found.setdefault(link.end, "of" if text[link.start] == "的" else "link")
    for mark in _LISTS.finditer(text, floor, end - 1):
        found[mark.end()] = "comma"
    for at in _places(page, floor, end):
        found.setdefault(at, "place")
    for told in page.told.within(floor, end - 1):
        found.setdefault(told.end, _TOLD.get(told.group, "word"))
    low = bisect_right(page.articles, floor)
    for at in page.articles[low : bisect_left(page.articles, end, low)]:
        found.setdefault(at, "measure")
    for at in page.verb_pairs_within(floor, end - 2):
        crosses = is_word(text[at + 1 : at + 3])  # 并｜立即启动
        if at + 2 not in found and not crosses and text[at + 3 : at + 4] != "、":
            found[at + 2] = "word"
    return found


def _places(page: Page, floor: int, end: int) -> Iterator[int]:
    """Behind words for places, and names of cities, counties and towns."""
    for word in page.words.lists["place_before"]:
        at = page.text.find(word, floor, end)
        if at >= 0 and at + len(word) < end:
            yield at + len(word)
    low = bisect_right(page.divisions, floor)
    yield from page.divisions[low : bisect_left(page.divisions, end, low)]


def _floor(page: Page, end: int) -> int:
    """Where the clause or bracket begins in which a name ends, or as far back as a name may reach."""
    floor = max(page.floor(end), end - LONGEST)
    opening = page.text.rfind("（", floor, end)
    if opening >= 0 and "）" not in page.text[opening:end]:
        floor = opening + 1
    told = page.text.rfind("是", floor, end - 1)
    if told >= 0 and not is_word(page.text[told : told + 2]):
        floor = told + 1  # 甲镇是｜网格议事制度的试点
    return floor


def _skip_measures(page: Page, found: dict[int, str], end: int) -> None:
    """Names may begin behind a number and its unit; where these are no part of a name, only there."""
    text, measure = page.text, page.words.rules["mechanisms.measure"].pattern
    for start, after in list(found.items()):
        skip = measure.match(text, start, end)
        if skip and start < skip.end() <= end:
            if skip.end() < end:
                found.setdefault(skip.end(), after if after in ACTS else "measure")
            counted = text[start].isdigit() or (after in _AT_VERBS and text[start] in "了起出好")
            counted = counted or page.words.rule("counted").match(text, start) is not None
            if counted or page.words.articles.match(text, start):
                del found[start]


def _skip_leads(page: Page, found: dict[int, str], end: int) -> None:
    """Names begin behind words that lead to them: 其｜调解中心, 将｜便民矩阵."""
    text, lead = page.text, page.words.rules["mechanisms.lead"].pattern
    for start, after in list(found.items()):
        said = lead.match(text, start)
        if said is None or said.end() > end or (said.end() == start + 1 and is_word(text[start : start + 2])):
            continue
        del found[start]
        if said.end() < end:
            found.setdefault(said.end(), after if after in ACTS else "lead")


def words_inside(page: Page, start: int, end: int) -> list[str]:
    """Features of the words inside a stretch."""
    text = page.text[start:end]
    found = []
    if verbs := {h.group for h in page.verbs.longest(start, end)}:
        found += [f"inside.{group}" for group in sorted(verbs)]
    links = [page.text[h.start] for h in page.links_within(start, end) if h.end < end]
    if links:
        if "的" in links:
            found.append("inside.of")
        if "等" in links:
            found.append("inside.etc")
        if any(sign in "和与及暨" for sign in links):
            found.append("inside.and")
        if any(sign not in "的和与及暨等" for sign in links):
            found.append("inside.link")
    if "、" in text:
        items = text.split("、")
        lengths = {len(i) for i in items[:-1]}
        found.append("inside.list")
        if len(lengths) == 1 and len(items[-1]) >= min(lengths):
            found.append("inside.even")
    return found


def two_names(page: Page, start: int, end: int) -> bool:
    """Whether a stretch joins a whole name to the next one: 甲机制和乙…, 甲清单、乙…."""
    examples = page.text.startswith("等", end - 1)  # 三会一课、主题党日｜等制度: names and no phrases of one
    for head in page.joined.starting(start, end):
        known = "." in head.group and not examples
        if known and not (_of_levels(page, start, head) or _named_whole(page, start, head)):
            continue
        if page.in_round(head.end):
            continue
        if head.end < end and (head.start == start or head.group not in _OPEN):
            return True  # 体系｜和问责办法: a name doesn't begin with the end of another
    return False


def edge(page: Page, start: int, end: int) -> list[str]:
    """Whether a stretch begins inside a word, or with a verb (选派 + 党建指导员)."""
    text = page.text
    found = ["splits"] if start and is_word(text[start - 1 : start + 1]) else []
    if any(h.end <= min(start + 5, end) for h in page.typed.starting(start, start + 1)):
        return [*found, "begins.typed"]
    verbs = words_of_class("v")
    for length in (4, 3, 2):
        if text[start : start + length] in verbs:
            return [*found, f"begins.verb.{length}"]
    return found


def _of_levels(page: Page, start: int, head: Hit) -> bool:
    """Whether two names each say their level: 街道大工委｜和社区大党委…."""
    level = page.words.rule("level").match
    return level(page.text, start) is not None and level(page.text, head.end + 1) is not None


def _named_whole(page: Page, start: int, head: Hit) -> bool:
    """Whether a well-known name alone is joined to the next one: 双报到｜和网格长制度."""
    return head.start == start and head.end - start > _SHORT and page.text[head.end] in _AND
