"""Candidates: every place that might name a mechanism, each with several ways to cut the name out.

Two kinds of anchor are found broadly: stretches in quotation marks (“书记接待日”制度) and compounds that
end with a head noun or a well-known name (党建联席会议制度). Which cut is best, and whether it is a
mechanism at all, is decided by learned weights over named features.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiceng.extract.analysis import Bracketed
from jiceng.extract.mechanisms.objects import objects
from jiceng.extract.mechanisms.page import Hit, Page, edge, plain, unquoted
from jiceng.words import is_word, words_of_class

LONGEST = 44  # characters of a name
REACH = 12  # characters between a closing mark and the head of its tail
_ONLY_TAILS = ("work", "deed", "idea")  # heads that name something only behind a quotation
_DASHES = "—－–→"
_TIERS = ("organisation_system.structure", "grid.wardens", "grid.grid")
_LEVELS = re.compile(r"的?[二三四五六23456]级")
_JOINTS = re.compile("[、和与及暨]")
_SUFFIXES = "化性员者们式型力度率的、等，"
_NAMES = {"signs", "adjective"}
_ADJECTIVES = "式型性色"
_COUNTS = "一二两三四五六七八九十百千双多"
_NOUN = re.compile(r"(?:(?![和与及等])[\u4e00-\u9fff]){2,4}(?=[，。；、“”（\n]|等|和)")
_EXPLAINED = re.compile(r"（即[^（）]*）")
_ACTS = ("create", "promote", "hold", "means", "achieve")
TAIL_HEADS = ("institution", "model", "activity", "programme", "platform", "work", "idea")


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


def candidates(page: Page) -> list[Anchor]:
    """All anchors of an article, sorted by place."""
    found = [*_quoted(page), *_compounds(page)]
    return sorted(found, key=lambda a: (a.start, -a.end))


def _size(length: int) -> str:
    for limit in (1, 2, 3, 4, 6, 9, 14, 22):
        if length <= limit:
            return str(limit)
    return "more"


# --- left ends ------------------------------------------------------------------------------------------


def _starts(page: Page, end: int) -> list[tuple[int, str]]:
    """Places where a name that runs up to `end` may begin, with what stands before each."""
    text = page.text
    floor = max(page.floor(end), end - LONGEST)
    opening = text.rfind("（", floor, end)
    if opening >= 0 and "）" not in text[opening:end]:
        floor = opening + 1
    found: dict[int, str] = {floor: "clause" if floor == page.floor(end) else "far"}
    for hit in page.verbs.longest(floor, end):
        if hit.end < end:
            found[hit.end] = hit.group
    for link in page.links_within(floor, end):
        if link.end < end:
            found.setdefault(link.end, "of" if text[link.start] == "的" else "link")
    at = text.find("、", floor, end - 1)
    while at >= 0:
        found[at + 1] = "comma"
        at = text.find("、", at + 1, end - 1)
    for suffix in ("街道", "社区", "全区", "全市", "全县", "该区", "该市", "该县", "小区"):
        at = text.find(suffix, floor, end)
        if at >= 0 and at + len(suffix) < end:
            found.setdefault(at + len(suffix), "place")
    verbs = words_of_class("v")
    for at in range(floor, end - 2):
        if text[at : at + 2] in verbs and at + 2 not in found and text[at + 3 : at + 4] != "、":
            found[at + 2] = "word"
    measure = page.words.rules["mechanisms.measure"].pattern
    for start, after in list(found.items()):
        skip = measure.match(text, start, end)
        if skip and skip.end() > start and skip.end() < end:
            found.setdefault(skip.end(), after if after in _ACTS else "measure")
            if after in (*_ACTS, "clause", "comma") and text[start] in "了起出好0123456789":
                del found[start]
    # A boundary before 化, 员 and the like is none: the verb was part of a longer word (规范化, 组织员); nor is
    # one inside a verb (了｜解).
    whole = [
        (start, after)
        for start, after in sorted(found.items())
        if text[start] not in _SUFFIXES and not (after == "link" and text[start - 1 : start + 1] in verbs)
    ]
    return whole[-12:]


def _inside(page: Page, start: int, end: int) -> list[str]:
    """Features of the words inside a stretch."""
    text = page.text[start:end]
    found = []
    verbs = {h.group for h in page.verbs.longest(start, end)}
    found += [f"inside.{group}" for group in sorted(verbs)]
    links = [h for h in page.links_within(start, end) if h.end < end]
    if any(page.text[h.start] == "的" for h in links):
        found.append("inside.of")
    if any(page.text[h.start] in "和与及暨" for h in links):
        found.append("inside.and")
    if any(page.text[h.start] not in "的和与及暨等" for h in links):
        found.append("inside.link")
    if "、" in text:
        items = text.split("、")
        lengths = {len(i) for i in items[:-1]}
        found.append("inside.list")
        if len(lengths) == 1 and len(items[-1]) >= min(lengths):
            found.append("inside.even")
    return found


def _two_names(page: Page, start: int, end: int) -> bool:
    """Whether a stretch joins a whole name to the next one: 甲机制和乙…, 甲清单、乙…."""
    for sign in _JOINTS.finditer(page.text, start, end):
        at = sign.start()
        for head in page.heads.within(max(start, at - 5), at):
            if head.end == at and head.end - head.start > 1 and head.group not in ("model", "work", "deed"):
                return True
    return False


# --- quotation marks --------------------------------------------------------------------------------------


def _rows(page: Page) -> list[tuple[Bracketed, ...]]:
    """Quotations that stand in one list."""
    between = page.words.rules["mechanisms.row"].pattern
    rows: list[list[Bracketed]] = []
    for quote in page.quotes:
        if rows and quote.start >= rows[-1][-1].end:
            gap = page.text[rows[-1][-1].end : quote.start]
            listed = not gap or gap[0] in "、和与及（" or gap.startswith("以及")
            if listed and between.fullmatch(gap):
                rows[-1].append(quote)
                continue
        rows.append([quote])
    return [tuple(row) for row in rows]


def _tail(page: Page, end: int) -> tuple[int, str, bool] | None:
    """End and head class of the nouns that follow a closing mark; whether they say more than the head."""
    ceiling = min(page.ceiling(end), end + REACH + 8)
    run: Hit | None = None
    first = -1
    for hit in page.heads.longest(end, ceiling):
        if run is None:
            if hit.start > end + REACH:
                break
            run, first = hit, hit.start
        elif hit.start == run.end:
            run = hit
        else:
            break
    if run is None:
        return None
    between = page.text[end:first]
    if "、" in between or "等" in between or any(c.isdigit() for c in between):
        return None
    if any(h.start < first for h in page.verbs.longest(end, first)):
        return None
    if any(page.text[h.start] != "的" for h in page.links_within(end, first)):
        return None
    content = between.lstrip("的")
    for word in page.words.generic:
        content = content.replace(word, "") if content else ""
    said = bool(content) or run.start > first or run.group not in TAIL_HEADS
    return run.end, run.group, said


def _row_head(page: Page, row: tuple[Bracketed, ...]) -> str:
    """Class of the head that closes a list of quotations (“甲”“乙”等平台)."""
    end = row[-1].end
    ceiling = min(page.ceiling(end), end + 16)
    start = end + 1 if page.text.startswith("等", end) else end
    head, behind = "", start
    for hit in page.heads.longest(start, ceiling):
        if head and hit.start > behind:
            break
        head, behind = hit.group, hit.end
    return head


def _quoted(page: Page) -> Iterator[Anchor]:
    text = page.text
    for row in _rows(page):
        closing = _row_head(page, row)
        for place, quote in enumerate(row):
            inner = text[quote.start + 1 : quote.end - 1]
            if not 1 <= len(inner) <= LONGEST or page.in_title(quote.start) or not page.readable(quote.start):
                continue
            if any(mark in inner for mark in "。？；\n") or (len(inner) < 2 and not inner.isascii()):
                continue
            if _chain(page, quote, inner):
                continue
            tail = _tail(page, quote.end)
            head = tail[1] if tail else closing
            cuts = tuple(_quoted_cuts(page, quote, tail, row if place < len(row) - 1 else ()))
            yield Anchor("quoted", quote.start, quote.end, head, cuts, row)


def _chain(page: Page, quote: Bracketed, inner: str) -> bool:
    """Whether a quotation lists tiers of organisation: another extractor's business."""
    if sum(inner.count(dash) for dash in _DASHES) < 2:
        return False
    tiers = {h.start for h in page.typed.within(quote.start, quote.end) if h.group in _TIERS}
    return len(tiers) > 1 or _LEVELS.match(page.text, quote.end) is not None


def _quoted_cuts(
    page: Page, quote: Bracketed, tail: tuple[int, str, bool] | None, row: tuple[Bracketed, ...]
) -> Iterator[Cut]:
    text = page.text
    inner = text[quote.start + 1 : quote.end - 1]
    about = [f"size.{_size(len(inner))}"]
    if not any("\u4e00" <= c <= "\u9fff" for c in inner):
        about.append("signs")
    elif "+" in inner or any(c.isdigit() for c in inner):
        about.append("formula")
    last = next((h for h in page.heads.within(quote.end - 5, quote.end - 1) if h.end == quote.end - 1), None)
    if last:
        about.append("headed")
    if any(mark in inner for mark in "、，"):
        about.append("phrases")
    if inner[-1] in _ADJECTIVES or len(inner) == 1:
        about.append("adjective")
    elif inner[0] in _COUNTS and 1 < len(inner) <= 5:
        about.append("counted")
    elif len(inner) == 2 and is_word(inner):
        about.append("word")
    ends: list[tuple[int, str, list[str]]] = [(quote.end, "", [])]
    if tail:
        de = ["tail.of"] if text.startswith("的", quote.end) else []
        said = "tail.said" if tail[2] else "tail.bare"
        if tail[2] or not {*_NAMES, "formula"}.isdisjoint(about):  # “…”制度 stands alone without its tail
            ends.append((tail[0], "", [said, f"tail.{tail[1]}", f"{said}&{tail[1]}", *de]))
        if len(ends) > 1 and tail[1] != "idea" and not _NAMES.isdisjoint(about):
            del ends[0]  # “153”, “嵌入式”, “金” name nothing without their noun
    elif not row:
        for known in range(2, 5):
            if plain(inner + text[quote.end : quote.end + known]) in page.words.known:
                ends.append((quote.end + known, "", ["tail.known"]))
        noun = _NOUN.match(text, quote.end)
        if noun and len(inner) <= 3 and not list(page.verbs.within(noun.start(), noun.end())):
            ends.append((noun.end(), "", ["tail.noun"]))
    if row:
        shared = _tail(page, row[-1].end)
        if shared:
            extra = text[row[-1].end : shared[0]]
            ends.append((quote.end, extra, ["tail.row", f"tail.row.{shared[1]}"]))
    if text.startswith("（", quote.end):
        closing = text.find("）", quote.end, quote.end + 8)
        if closing > 0 and "、" not in text[quote.end : closing]:
            ends.append((closing + 1, "", ["tail.bracket"]))
    starts: list[tuple[int, list[str]]] = [(quote.start, [])]
    if text[quote.start - 1 : quote.start] not in ("的", "、", ""):
        for start, after in _starts(page, quote.start)[-3:]:
            if 1 < quote.start - start <= REACH:
                size = _size(quote.start - start)
                typed = ["before.typed"] if next(page.typed.within(start, quote.start), None) else []
                left = ["before", f"before.{after}", f"before.size.{size}", *typed]
                starts.append((start, [*left, *_inside(page, start, quote.start)]))
    for start, left in starts:
        for end, extra, right in ends:
            name = _EXPLAINED.sub("", unquoted(text[start:end])) + extra
            side = ["with" if left or right else "alone"]
            crossed = [f"{s}&{a}" for s in (*left[:1], *right, *side) for a in about]
            yield Cut(start, end, name, tuple(dict.fromkeys(["q.cut", *side, *left, *right, *crossed])))


# --- compounds --------------------------------------------------------------------------------------------


def _compounds(page: Page) -> Iterator[Anchor]:
    """Runs of heads and well-known names outside quotation marks, with the modifiers before them."""
    text = page.text
    for run, known in _runs(page):
        if page.quoted(run.start) or page.in_title(run.start):
            continue
        if not page.readable(run.start) or run.group in _ONLY_TAILS:
            continue
        cuts = []
        floor = page.floor(run.start)
        known = known or run.end - run.start > 4
        quoted = text[floor - 1 : floor] == "”"  # what follows a quotation is its tail
        starts = _starts(page, run.start)
        said = _said_before(page, floor, run.start)
        alone = [(run.start, said)] if known else []
        cuts += _elided(page, run)
        for start, after in [*starts, *alone]:
            if quoted and (start == floor or text[floor:start] == "的"):
                continue
            name = text[start : run.end]
            if not 2 <= len(name) <= LONGEST or (start == run.start and not known):
                continue
            if _two_names(page, start, run.start):
                continue
            size = _size(run.start - start)
            features = ["c.cut", f"after.{after}", f"mod.{size}", *_inside(page, start, run.start)]
            features += edge(page, start, run.end)
            if plain(name) in page.words.known:
                features.append("known")
            if name[0] in "各多这该本全一有新大员":
                features.append("odd")
            if after in _ACTS and "inside.list" in features:
                features.append("verb&list")
            if after == "comma" and "、" in text[page.floor(run.start) : start - 1]:
                features.append("comma&commas")
            features += [f"{after}&{f}" for f in features if f.startswith(("inside.", "mod."))]
            cuts.append(Cut(start, run.end, name, tuple(dict.fromkeys(features))))
            if (
                name.endswith(text[run.start : run.end])
                and "等" in name[-1 - len(text[run.start : run.end]) : -1]
            ):
                cut = name.replace("等" + text[run.start : run.end], text[run.start : run.end])
                cuts.append(Cut(start, run.end, cut, (*features, "elided")))
        if cuts:
            yield Anchor("compound", run.start, run.end, run.group, tuple(cuts))


def _elided(page: Page, run: Hit) -> list[Cut]:
    """A list's later member with the modifier that only the first one says: 党员示范岗、责任区."""
    text = page.text
    floor = page.floor(run.start)
    end = text.find("、", floor, run.start)
    if run.end - run.start < 2 or end < 0 or text[run.start - 1] != "、":
        return []
    heads = [h for h in page.heads.within(max(floor, end - 5), end) if h.end == end and h.end - h.start > 1]
    found = []
    for begin, after in _starts(page, heads[0].start) if heads else ():
        modifier = text[begin : heads[0].start]
        if 1 < len(modifier) <= 6:
            features = ("c.cut", "elision", f"after.{after}", f"mod.{_size(len(modifier))}")
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
    named = [*page.heads.all, *page.known.all]
    ends = {hit.end for hit in named}
    named += [hit for hit in objects(page) if hit.end not in ends]
    merged = sorted(named, key=lambda h: (h.start, -h.end, "." in h.group))
    start = end = -1
    group = ""
    known = False
    for hit in merged:
        if hit.start < end:
            continue
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
