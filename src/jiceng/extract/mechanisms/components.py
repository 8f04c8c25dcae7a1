"""The parts of a mechanism that the text itself lists, and the tier at which it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.extract.mechanisms.candidates import Anchor, Cut
from jiceng.extract.mechanisms.page import Page, Words, unquoted

NUMERALS = {n: i for i, n in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}
_CLAUSE = 24  # characters before a name in which its clause says on which tier it runs


def components(page: Page, anchor: Anchor, cut: Cut) -> tuple[tuple[str, ...], int, int]:
    """The parts in their order, and the stretch that shows name and parts together (body offsets)."""
    text = page.text
    for _, parts, start, end in _listed(page, anchor, cut):
        return parts, min(start, cut.start), max(end, cut.end)
    inner = text[anchor.start + 1 : anchor.end - 1] if anchor.kind == "quoted" else ""
    parts = _split(inner, page.words, "+＋" if "+" in inner or "＋" in inner else "")
    has_words = all(len(p) > 1 and not p.isdigit() for p in parts) or _steps(parts)
    if has_words and (len(parts) > 2 or (len(parts) == 2 and "+" in inner)):
        return parts, cut.start, cut.end
    return (), cut.start, cut.end


def stretches(page: Page, anchor: Anchor, cut: Cut) -> list[tuple[int, int]]:
    """Where the text lists the parts, with the name."""
    return [(start, end) for _, _, start, end in _listed(page, anchor, cut)]


def listed(page: Page, anchor: Anchor, cut: Cut) -> list[str]:
    """How the text lists the parts: behind in brackets, before (as many as the name says), or composed."""
    return [how for how, *_ in _listed(page, anchor, cut)]


def _listed(page: Page, anchor: Anchor, cut: Cut) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    text, words = page.text, page.words
    inner = text[anchor.start + 1 : anchor.end - 1] if anchor.kind == "quoted" else ""
    behind = words.rule("listed").match(text, cut.end)
    if behind is None and anchor.kind == "quoted":
        behind = words.rule("listed").match(text, anchor.end)
    if behind:
        parts = _split(behind["parts"], words)
        if len(parts) > 1:
            yield "behind", parts, cut.start, behind.end()
    wanted = NUMERALS.get(inner[:1])
    tail = (
        words.rule("tail-of-list").match(text, anchor.end) if anchor.kind == "quoted" and not behind else None
    )
    if tail and (told := words.rule("listed").match(text, tail.end())):
        parts = _split(told["parts"], words)  # “三单”机制（甲、乙、丙）
        if len(parts) == wanted and len(parts) > 1:
            yield "behind", parts, cut.start, told.end()
    composed = words.rule("composed").search(text, page.floor(cut.start), cut.start)
    if wanted and wanted > 1:
        before = None if composed or anchor.kind != "quoted" else _before(page, anchor, wanted)
        if before:
            yield "before", before[1], before[0], cut.end
        if following := _following(words, text, max(cut.end, anchor.end), wanted):
            yield "following", following[0], cut.start, following[1]
    if composed:
        parts = _split(composed["parts"], words)
        if len(parts) > 1:
            yield "composed", parts, composed.start(), cut.end


def _before(page: Page, anchor: Anchor, wanted: int) -> tuple[int, tuple[str, ...]] | None:
    """As many parts as a quotation counts, listed right before it, and where their list begins."""
    text, words = page.text, page.words
    low = page.floor(anchor.start)
    brought = words.rule("brought").search(text, low, anchor.start)
    if brought and len(made := _split(brought["parts"], words)) == wanted:
        return brought.start(), made
    starts = [low, *(hit.end for hit in page.verbs.longest(low, anchor.start))]
    lists = [
        (start, _split(text[start : anchor.start], words)) for start in starts if text[start] not in "、和"
    ]
    counted = [one for one in lists if len(one[1]) == wanted]
    even = [one for one in counted if _even(page, *one)]
    return (even or counted)[-1] if counted else None


def _following(words: Words, text: str, end: int, wanted: int) -> tuple[tuple[str, ...], int] | None:
    """As many parts as a name counts, listed behind it, and where their list ends."""
    following = words.rule("following").match(text, end)
    if following is None:
        return None
    first, *others = parts = _split(following["parts"], words)
    sign = others[0][0] if others else ""
    if sign and all(part.startswith(sign) for part in others) and first.find(sign) > 1:
        parts = (first[first.index(sign) :], *others)  # 每个网格有｜一张图、一本册
    served = [words.rule("serves-as").fullmatch(part) for part in parts]
    if all(served):
        parts = tuple(part["part"] for part in served if part)
    told = all(served) or following["told"] or _parallel(parts)
    return (parts, following.end()) if len(parts) == wanted and told else None


def _even(page: Page, start: int, parts: tuple[str, ...]) -> bool:
    """Whether a list's first two items are made alike: 推行｜社区、社会组织 is not led by a verb."""
    second = page.text.find("、", start) + 1
    led = page.verbs.at(start) is not None and page.verbs.at(second) is None
    return len(parts[0]) == len(parts[1]) and not led


def _steps(parts: tuple[str, ...]) -> bool:
    """Whether the items are steps of one character each: 听、拆、算、劝."""
    return len(parts) > 2 and all(len(part) == 1 and "\u4e00" <= part <= "\u9fff" for part in parts)


def _parallel(parts: tuple[str, ...]) -> bool:
    """Whether the items of a list are made alike: all of one length, or with one end."""
    return len({len(part) for part in parts}) == 1 or len({part[-2:] for part in parts}) == 1


def _split(listed: str, words: Words, signs: str = "") -> tuple[str, ...]:
    """The items of a list; 和, 及 or 以及 part the last two where a list is written so."""
    listed = words.rule("steps").sub("", unquoted(listed).strip("：，；等的"))
    between = signs or ("；" if "；" in listed else "、")
    parts = [part for part in re.split("[" + re.escape(between) + "]", listed) if part]
    if len(parts) > 1 and not signs and (joint := words.rule("last-part").search(parts[-1])):
        parts[-1:] = [parts[-1][: joint.start()], parts[-1][joint.end() :]]
    return tuple(parts)


def level(page: Page, cut: Cut) -> str | None:
    """The tier that the name, the noun right before it, or its clause says; None where none does."""
    rules = page.words.rules
    tier = rules["mechanisms.level"].pattern
    name = page.text[cut.start : cut.end]
    tiers = {found[0] for found in tier.finditer(name)}
    if "、" in name or len(tiers) > 1:
        return None  # 小区吹哨、部门报到: who does what, or on several tiers
    floor = page.floor(cut.start)
    found = tier.search(name) or tier.search(page.text, max(floor, cut.start - 4), cut.start)
    if found and found.string is page.text and page.text.startswith("、", found.start() - 1):
        return None  # 物业、业委会、网格｜“三方联动”: one of those who take part
    if found is None:
        by = rules["mechanisms.run-by"].pattern.search(page.text, max(floor, cut.start - _CLAUSE), cut.start)
        return by["tier"] if by else None
    return found[0].removesuffix("级")
