"""Objects of verbs that introduce mechanisms, whatever noun they end with: 推出流动办证、海上义诊.

A name needs no known head where its place speaks for it. The last word of such an object serves as its head.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiceng.extract.mechanisms.hits import Hit
from jiceng.extract.mechanisms.page import Page
from jiceng.words import is_word

GROUP = "object"
_INTRODUCE = ("create", "promote", "hold", "means")
_SHORTEST, _LONGEST = 3, 16  # characters of an object


def objects(page: Page) -> Iterator[Hit]:
    """The last words of objects, each as a head: those of verbs, and those of 以…为抓手."""
    behind = 0
    for verb in page.verbs.all:
        if verb.group not in _INTRODUCE or verb.start < behind:
            continue
        end = page.ceiling(verb.end)
        behind = end
        if not page.text.startswith("由", verb.end):  # 建立由党支部、业委会组成的议事会: who, not what
            yield from _heads(page, verb.end, end)
    for link in page.links.all:
        if _serves(page, link):
            floor = max(page.floor(link.start), link.start - _LONGEST - 1)
            found = _head(page, max(floor, page.text.rfind("以", floor, link.start) + 1), link.start)
            if found:
                yield found


def _serves(page: Page, link: Hit) -> bool:
    """Whether a function word is the 为 of 以楼院协商为抓手."""
    if page.text[link.start] != "为":
        return False
    return page.words.rule("serves").match(page.text, link.end) is not None


def _heads(page: Page, start: int, end: int) -> Iterator[Hit]:
    at = start
    end = next((link.start for link in page.links_within(start, end) if _serves(page, link)), end)
    joints = page.words.rule("joint").finditer(page.text, start, end)
    for sign in [*(sign for sign in joints if not page.in_round(sign.start())), None]:
        stop = sign.start() if sign else end
        found = _head(page, at, stop)
        if found:
            yield found
        at = sign.end() if sign else end


def _head(page: Page, start: int, end: int) -> Hit | None:
    text = page.text
    number = page.words.rule("number").search(text, min(start + 2, end), end)
    if number and number.start() - start >= _SHORTEST:
        end = number.start()
    tail = page.words.rule("object-tail").search(text, start, end)
    if tail:
        end = tail.start()
    matter = page.words.rule("matter").search(text, start, end)
    if matter and matter.start() - start >= _SHORTEST:
        end = matter.start()
    if not _SHORTEST <= end - start <= _LONGEST or text.startswith("“", end):
        return None  # 推行基层党建“甲”机制: what stands before a quotation tells of what it is
    if not "\u4e00" <= text[end - 1] <= "\u9fff" or text[end - 1] in page.words.lists["ends_no_object"]:
        return None
    last = next((n for n in (4, 3, 2) if end - n >= start and is_word(text[end - n : end])), 1)
    return Hit(end - last, end, GROUP)
