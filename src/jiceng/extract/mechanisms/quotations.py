"""Candidates in quotation marks: “书记接待日”制度."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.extract.analysis import Bracketed
from jiceng.extract.mechanisms.anchors import Anchor, Cut, size_class, starts_before, words_inside
from jiceng.extract.mechanisms.hits import Hit
from jiceng.extract.mechanisms.page import LONGEST, Page, plain, unquoted
from jiceng.words import is_word, words_of_class

REACH = 12  # characters between a closing mark and the head of its tail
_AWARD = 18  # characters before a quotation in which it may be said to be an award
_DASHES = "—－–→"
_TIERS = ("organisation_system.structure", "grid.wardens", "grid.grid")
_NAMES = {"signs", "adjective"}
_KINDS = ("institution", "model", "idea")  # heads that say no more than what kind of thing something is
_MAKE = ("create", "promote")  # verbs that bring something into being
_VERB = 4  # characters of a verb
_BARE = 2  # characters of a head that says nothing more than that something is one: 行动, 机制
_NEAR = 6  # characters of the rest of a name that has one character in quotation marks
_SINGLE = 3  # characters of a quotation of one, with its marks
_WORDED = ("tail.size.", "tail.first.", "tail.final.", "open.")
"""Features of single words and lengths, too many to be crossed with others."""
_ACTOR = 4  # characters of who does what stands in a quotation
_EXPLAINED = re.compile(r"（即[^（）]*）")
_IN_TITLES = ("institution", "model")  # heads of what a document sets up
TAIL_HEADS = ("institution", "model", "activity", "programme", "platform", "work", "idea")


MOST_IN_ROW = 40
"""Quotations of one list; a longer row is no list, and each of its members would look at all others."""


def _rows(page: Page) -> list[tuple[Bracketed, ...]]:
    """Quotations that stand in one list."""
    between = page.words.rules["mechanisms.row"].pattern
    rows: list[list[Bracketed]] = []
    for quote in page.quotes:
        if rows and len(rows[-1]) < MOST_IN_ROW and quote.start >= rows[-1][-1].end:
            gap = page.text[rows[-1][-1].end : quote.start]
            listed = not gap or gap[0] in "、和与及（" or gap.startswith("以及")
            if listed and between.fullmatch(gap):
                rows[-1].append(quote)
                continue
        rows.append([quote])
    return [tuple(row) for row in rows]


def _tail(page: Page, end: int, signs: bool = False) -> tuple[int, str, bool] | None:
    """End and head class of the nouns that follow a closing mark; whether they say more than the head.

    Behind a formula of `signs` verbs are nouns, too: “1+4+N”工作推进机制.
    """
    if page.words.rule("says").match(page.text, end):
        return None
    ceiling = min(page.ceiling(end), end + REACH + 8)
    run: Hit | None = None
    first = -1
    for hit in page.heads.longest(end, ceiling):
        if run is None:
            if hit.start > end + REACH:
                break
            run, first = hit, hit.start
        elif (hit.start == run.end and hit.group != "work") or (signs and page.is_verb(run.end, hit.start)):
            run = hit
        else:
            break
    if run is None:
        return None
    between = page.text[end:first]
    if between.count("（") > between.count("）"):
        return None  # “两员”（即网格员、楼长）: what the brackets hold explains
    if "、" in between or "等" in between or any(c.isdigit() for c in between):
        return None
    verbal = signs and page.is_verb(end, first)
    if not verbal and any(h.start < first for h in page.verbs.longest(end, first)):
        return None
    if any(page.text[h.start] != "的" for h in page.links_within(end, first)):
        return None
    if page.text[run.end : run.end + 1] in page.words.lists["noun_of_one"] and _closes(page, run.end + 1):
        run = Hit(run.start, run.end + 1, run.group)
    content = page.words.without_generic(between.lstrip("的"))
    said = bool(content) or run.start > first or run.group not in TAIL_HEADS
    return run.end, run.group, said


def _closes(page: Page, end: int) -> bool:
    """Whether a name may end here: before a mark, a number or what joins it to others."""
    behind = page.text[end : end + 1]
    return not "\u4e00" <= behind <= "\u9fff" or behind in "等和与及"


def _party(page: Page, end: int, inner: str) -> tuple[int, str, bool] | None:
    """The party body that a name stands before, as a tail: “橙心”物业先锋党支部, not “五星”党支部."""
    if inner[0] in page.words.lists["count"]:
        return None
    body = page.words.rule("party").match(page.text, end)
    if body is None or page.verbs.within(end, body.start("body")):
        return None
    return body.end(), "body", True


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


def _in_turn(page: Page, row: tuple[Bracketed, ...]) -> Anchor | None:
    """What several do in turn as one name: 居民“点单”、社区“派单”."""
    told = page.words.rule("turns").search(page.text, max(row[0].start - _ACTOR, 0), row[-1].end)
    if told is None or not told.start() < row[0].start < told.end() == row[-1].end:
        return None
    tail = _tail(page, told.end())
    cut = Cut(*told.span(), unquoted(told[0]), ("q.cut", "turns"))
    return Anchor("quoted", row[0].start, row[0].end, tail[1] if tail else "", (cut,))


def quoted(page: Page) -> Iterator[Anchor]:
    """Each quotation that might be a name, with the ways to cut it."""
    text = page.text
    for row in _rows(page):
        if _titled(page, row[0].start):
            continue
        if len(row) > 1 and (together := _in_turn(page, row)):
            yield together
            continue
        closing = _row_head(page, row)
        for place, quote in enumerate(row):
            inner = text[quote.start + 1 : quote.end - 1]
            if not 1 <= len(inner) <= LONGEST or not page.readable(quote.start):
                continue
            if any(mark in inner for mark in "。？；\n") or _chain(page, quote, inner):
                continue
            tail = _tail(page, quote.end, signs=not _chinese(inner)) or _party(page, quote.end, inner)
            if page.in_title(quote.start) and (tail is None or tail[1] not in _IN_TITLES):
                continue  # 《关于推行“甲”工作机制的通知》 names one
            if len(inner) < 2 and not inner.isascii() and not _within_name(page, quote, tail):
                continue
            if _label(page, quote, inner, tail):
                continue
            head = tail[1] if tail else closing
            cuts = _quoted_cuts(page, quote, tail, row if place < len(row) - 1 else ())
            if named := tuple(cut for cut in cuts if _says_something(cut.name)):
                yield Anchor("quoted", quote.start, quote.end, head, named, row)


def _label(page: Page, quote: Bracketed, inner: str, tail: tuple[int, str, bool] | None) -> bool:
    """Whether a quotation names what is the whole country's (“国家反诈中心”APP), or says how much something
    matters or that much is done at once, and no noun makes a name of it: 列为“一号工程”, “双管齐下”推进,
    “一支队伍”（即巡查队）; but “双管齐下”工作法."""
    text, rule = page.text, page.words.rule
    if rule("national").fullmatch(inner):
        return True
    if tail is not None and tail[1] != "work" and tail[0] - quote.end <= _NEAR:
        return False
    noun = rule("noun").match(text, quote.end)
    if noun and noun[0][-2:] not in words_of_class("v") and not rule("after").match(text, quote.end):
        return False  # “德治”银行, not “法治”保障
    if rule("label").fullmatch(inner):
        return True
    return inner[0] == "一" and rule("gloss").match(text, quote.end) is not None


def _titled(page: Page, start: int) -> bool:
    """Whether what is quoted is an honour: 被评为“诚信之家”."""
    low = max(page.floor(start), start - _AWARD)
    return page.words.rule("titled").search(page.text, low, start) is not None


def _within_name(page: Page, quote: Bracketed, tail: tuple[int, str, bool] | None) -> bool:
    """Whether a quotation of one character may be part of a name whose noun follows at once: 暖“新”驿站."""
    return tail is not None and tail[0] - quote.end <= _NEAR and not page.text.startswith("的", quote.end)


def _open(page: Page, end: int, inner: str, others: set[int]) -> Iterator[tuple[int, str, list[str]]]:
    """The rest of the clause behind a quotation as its tail, whatever noun it ends with."""
    noun = page.words.rule("rest").match(page.text, end)
    if noun and noun.end() not in others:
        verbs = [f"open.{h.group}" for h in page.verbs.longest(end, noun.end())][:2]
        links = ["open.link"] if page.links_within(end, noun.end()) else []
        yield noun.end(), "", ["tail.open", *verbs, *links, *_worded(noun[0], inner)]


def _goes_on(page: Page, end: int) -> bool:
    """Whether more nouns may follow a tail: “同路人”服务｜中心."""
    behind = page.text[end : end + 1]
    return (
        "\u4e00" <= behind <= "\u9fff"
        and behind not in page.words.lists["ends_tail"]
        and not page.verbs.at(end)
    )


def _worded(tail: str, inner: str) -> Iterator[str]:
    """A tail's length, also beside the quotation's, its first and its last characters."""
    tail = tail.removeprefix("的")
    size = f"tail.size.{size_class(len(tail))}"
    yield size
    yield f"{size}&{size_class(len(inner))}"
    yield f"tail.first.{tail[:2]}"
    yield f"tail.final.{tail[-2:]}"


def _says_something(name: str) -> bool:
    """Whether a name is more than a character or a label like 1 or 3+ (178 may be a name).

    What begins with 的 stands between two quotations.
    """
    bare = plain(name)
    if bare.startswith("的") and not is_word(bare[:2]):  # but “的哥”平安哨
        return False
    return len(bare) > 1 and (len(bare) > 2 or _chinese(bare))


def _chinese(text: str) -> bool:
    """Whether a stretch has a Chinese character."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _chain(page: Page, quote: Bracketed, inner: str) -> bool:
    """Whether a quotation lists tiers of organisation: another extractor's business."""
    if sum(inner.count(dash) for dash in _DASHES) < 2:
        return False
    tiers = {h.start for h in page.typed.within(quote.start, quote.end) if h.group in _TIERS}
    return len(tiers) > 1 or page.words.rule("levels").match(page.text, quote.end) is not None


def _quoted_cuts(
    page: Page, quote: Bracketed, tail: tuple[int, str, bool] | None, row: tuple[Bracketed, ...]
) -> Iterator[Cut]:
    """The names that a quotation may be part of: from each beginning to each end."""
    about = _about(page, quote, tail)
    only = _only_end(page, quote, tail)
    ends = [(only, "", list[str]())] if only else _ends(page, quote, tail, row, about)
    for start, left in _starts(page, quote):
        for end, extra, right in ends:
            name = _EXPLAINED.sub("", unquoted(page.text[start:end])) + extra
            side = ["with" if left or right else "alone"]
            told = [s for s in (*left[:1], *right, *side) if not s.startswith(_WORDED)]
            crossed = [f"{s}&{a}" for s in told for a in about]
            yield Cut(start, end, name, tuple(dict.fromkeys(["q.cut", *side, *left, *right, *crossed])))


def _describes(page: Page, inner: str, tail: tuple[int, str, bool] | None) -> bool:
    """Whether a quotation tells what the noun behind it is like: “嵌入式”, “契约化”共建, but “超市化”模式
    and “三化”."""
    lists = page.words.lists
    if inner.endswith("化"):
        named = inner[-2] in lists["count"] or (tail is not None and tail[1] in _KINDS)
        return not named
    return inner[-1] in lists["adjective"] and not inner.endswith(lists["no_adjective"])


def _about(page: Page, quote: Bracketed, tail: tuple[int, str, bool] | None) -> list[str]:
    """What the quotation itself looks like: its length, its signs, its last word."""
    inner = page.text[quote.start + 1 : quote.end - 1]
    lists = page.words.lists
    about = [f"size.{size_class(len(inner))}"]
    if not _chinese(inner):
        about.append("signs")
    elif "+" in inner or any(c.isdigit() for c in inner):
        about.append("formula")
    if any(h.end == quote.end - 1 for h in page.heads.within(quote.end - 5, quote.end - 1)):
        about.append("headed")
    if any(mark in inner for mark in "、，"):
        about.append("phrases")
    counted = inner[0] in lists["count"] and 1 < len(inner) <= 5
    if len(inner) == 1 or _describes(page, inner, tail):
        about.append("adjective")
    elif counted:
        about.append("counted")
    elif len(inner) == 2 and is_word(inner):
        about.append("word")
    return about


_End = tuple[int, str, list[str]]
"""Where a name ends, what is added to it from elsewhere, and what is said of this end."""


def _ends(
    page: Page,
    quote: Bracketed,
    tail: tuple[int, str, bool] | None,
    row: tuple[Bracketed, ...],
    about: list[str],
) -> list[_End]:
    """Where a name may end: with the quotation, with what follows it, or with what closes its list."""
    text = page.text
    inner = text[quote.start + 1 : quote.end - 1]
    ends: list[_End] = [(quote.end, "", [])]
    nothing = _names_nothing(page, inner, tail is not None)
    if tail:
        said = "tail.said" if tail[2] else "tail.bare"
        # “…”制度 stands alone without its tail, unless it names nothing then.
        if tail[2] or nothing or not {*_NAMES, "formula"}.isdisjoint(about):
            of = ["tail.of"] if text.startswith("的", quote.end) else []
            worded = _worded(text[quote.end : tail[0]], inner)
            ends.append((tail[0], "", [said, f"tail.{tail[1]}", f"{said}&{tail[1]}", *of, *worded]))
        if len(ends) > 1 and tail[1] != "idea" and not _NAMES.isdisjoint(about):
            del ends[0]  # “153”, “嵌入式”, “金” name nothing without their noun
        elif len(ends) == 1 and tail[1] == "activity" and tail[0] - quote.end > _BARE:  # “四百”大走访
            worded = _worded(text[quote.end : tail[0]], inner)
            ends.append((tail[0], "", ["tail.told", f"tail.told.{tail[1]}", *worded]))
    elif not row:
        ends += _unheaded(page, quote.end, inner)
    if row and (shared := _tail(page, row[-1].end)):
        extra = text[row[-1].end : shared[0]]
        ends.append((quote.end, extra, ["tail.row", f"tail.row.{shared[1]}"]))
    if not tail or _goes_on(page, tail[0]):
        ends += _open(page, quote.end, inner, {end for end, _, _ in ends})
    noun = _noun(page, quote.end) if "signs" in about and not tail else 0
    if noun in [end for end, _, _ in ends] and text[noun - 2 : noun] not in words_of_class("v"):
        del ends[0]  # “1+2+N”巡查力量: a formula keeps the noun that gives it its meaning
    elif len(ends) > 1 and not ends[0][2] and (nothing or page.words.rule("year").match(text, quote.end)):
        del ends[0]  # “红黄蓝”亮牌管理, “最后一米”接力制度, “作风建设”提升年
    if text.startswith("（", quote.end):
        closing = text.find("）", quote.end, quote.end + 8)
        if closing > 0 and "、" not in text[quote.end : closing]:
            ends.append((closing + 1, "", ["tail.bracket"]))
    return ends


def _only_end(page: Page, quote: Bracketed, tail: tuple[int, str, bool] | None) -> int:
    """Where a name can only end: before the thing that it is told to be of, or where the place ends that it
    goes into (“红工衣”进小区｜项目); 0 where neither is told."""
    if tail and page.named(quote.start, quote.end):
        return quote.end
    enters = page.words.rule("enters").match(page.text, quote.end)
    if enters is None:
        return 0
    verbs = page.verbs.within(quote.start - _VERB, quote.start)
    made = any(verb.end == quote.start and verb.group in _MAKE for verb in verbs)
    return enters.end("where") if made or enters["kind"] else 0


def _names_nothing(page: Page, inner: str, headed: bool) -> bool:
    """Whether a quotation is a row of colours, or a word of emphasis before a head: no name by itself."""
    colours = page.words.rules.tables["words"]["colour"]
    return (len(inner) > 1 and not inner.strip(colours)) or (headed and inner in page.words.emphasis)


def _unheaded(page: Page, end: int, inner: str) -> Iterator[_End]:
    """Tails without a head: what makes a well-known name with the quotation, a noun behind a short one."""
    for length in range(2, 5):
        tail = page.text[end : end + length]
        if plain(tail) == tail and plain(inner + tail) in page.words.known:
            yield end + length, "", ["tail.known"]
    noun = _noun(page, end)
    if noun and len(inner) <= 3:
        yield noun, "", ["tail.noun"]


def _noun(page: Page, start: int) -> int:
    """Where a noun right behind a quotation ends; 0 if there is none, or a verb in it."""
    noun = page.words.rule("noun").match(page.text, start)
    return 0 if noun is None or page.verbs.within(*noun.span()) else noun.end()


def _in_word(page: Page, offset: int) -> bool:
    """Whether what stands right before a character in quotation marks belongs to it: 暖“新”驿站, but
    建成“新”驿站."""
    if not "\u4e00" <= page.text[offset - 1 : offset] <= "\u9fff":
        return False
    ended = (*page.verbs.within(offset - 4, offset), *page.links_within(offset - 1, offset))
    return not any(hit.end == offset for hit in ended)


def _starts(page: Page, quote: Bracketed) -> Iterator[tuple[int, list[str]]]:
    """Where a name may begin, with the quotation or before it, and what is said of what stands before it."""
    text = page.text
    single = quote.end - quote.start == _SINGLE
    if not single or not _in_word(page, quote.start):
        yield quote.start, []
    if text[quote.start - 1 : quote.start] in ("的", "、", ""):
        return
    for start, after in starts_before(page, quote.start)[-3:]:
        if quote.start - start <= REACH and (single or start < quote.start - 1):
            left = ["before", f"before.{after}", f"before.size.{size_class(quote.start - start)}"]
            if page.typed.within(start, quote.start):
                left.append("before.typed")
            left.append(f"before.first.{text[start : start + 2]}")
            left.append(f"before.final.{text[quote.start - 2 : quote.start]}")
            yield start, [*left, *words_inside(page, start, quote.start)]
