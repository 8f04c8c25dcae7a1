"""The parts of a mechanism that the text itself lists, and the tier at which it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.extract.mechanisms.candidates import Anchor, Cut
from jiceng.extract.mechanisms.page import Page, unquoted

NUMERALS = {n: i for i, n in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}
_CLAUSE = 24  # characters before a name in which its clause says on which tier it runs
_FOLLOWING = re.compile(
    r"[^，。；：、“”（）\n]{0,8}(?:(?P<told>，?(?:即|也就是|就是|包括|分别是|分别为|分别指|做到)：?|：|——)|，)(?P<parts>[^，。；：“”（）\n]{5,60})(?=[，。；\n])"
)
_TAIL = re.compile(r"[\u4e00-\u9fff]{2,4}(?=（)")
_STEPS = re.compile(r"[二两三四五六七八九十]个?(?:步骤|环节|方面|阶段|步|项|要素|维度)$")
"""Behind the last part of a list: 提事、议事、评事｜三个步骤."""
_LAST = re.compile(r"(?<=.)(?:以及|和(?![谐睦])|(?<![普涉顾])及(?!时))(?=.)")
"""What parts the last two of a list."""


def components(page: Page, anchor: Anchor, cut: Cut) -> tuple[tuple[str, ...], int, int]:
    """The parts in their order, and the stretch that shows name and parts together (body offsets)."""
    text = page.text
    for _, parts, start, end in _listed(page, anchor, cut):
        return parts, min(start, cut.start), max(end, cut.end)
    inner = text[anchor.start + 1 : anchor.end - 1] if anchor.kind == "quoted" else ""
    parts = _split(inner, "+＋") if "+" in inner or "＋" in inner else _split(inner)
    has_words = all(len(p) > 1 and not p.isdigit() for p in parts)
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
    text = page.text
    inner = text[anchor.start + 1 : anchor.end - 1] if anchor.kind == "quoted" else ""
    behind = page.words.rules["mechanisms.listed"].pattern.match(text, cut.end)
    if behind is None and anchor.kind == "quoted":
        behind = page.words.rules["mechanisms.listed"].pattern.match(text, anchor.end)
    if behind:
        parts = _split(behind["parts"])
        if len(parts) > 1:
            yield "behind", parts, cut.start, behind.end()
    wanted = NUMERALS.get(inner[:1])
    tail = _TAIL.match(text, anchor.end) if anchor.kind == "quoted" and not behind else None
    if tail and (told := page.words.rules["mechanisms.listed"].pattern.match(text, tail.end())):
        parts = _split(told["parts"])  # “三单”机制（甲、乙、丙）
        if len(parts) == wanted and len(parts) > 1:
            yield "behind", parts, cut.start, told.end()
    composed = page.words.rules["mechanisms.composed"].pattern.search(text, page.floor(cut.start), cut.start)
    if wanted and wanted > 1 and anchor.kind == "quoted" and not composed:
        low = page.floor(anchor.start)
        starts = [low, *(hit.end for hit in page.verbs.longest(low, anchor.start))]
        lists = [(start, _split(text[start : anchor.start])) for start in starts if text[start] not in "、和"]
        if counted := [one for one in lists if len(one[1]) == wanted]:
            even = [one for one in counted if _even(page, *one)]
            start, parts = (even or counted)[-1]
            yield "before", parts, start, cut.end
    following = _FOLLOWING.match(text, max(cut.end, anchor.end))
    if wanted and wanted > 1 and following:
        parts = _split(following["parts"])
        if len(parts) == wanted and (following["told"] or _parallel(parts)):
            yield "following", parts, cut.start, following.end()
    if composed:
        parts = _split(composed["parts"])
        if len(parts) > 1:
            yield "composed", parts, composed.start(), cut.end


def _even(page: Page, start: int, parts: tuple[str, ...]) -> bool:
    """Whether a list's first two items are made alike: 推行｜社区、社会组织 is not led by a verb."""
    second = page.text.find("、", start) + 1
    led = page.verbs.at(start) is not None and page.verbs.at(second) is None
    return len(parts[0]) == len(parts[1]) and not led


def _parallel(parts: tuple[str, ...]) -> bool:
    """Whether the items of a list are made alike: all of one length, or with one end."""
    return len({len(part) for part in parts}) == 1 or len({part[-2:] for part in parts}) == 1


def _split(listed: str, signs: str = "") -> tuple[str, ...]:
    """The items of a list; 和, 及 or 以及 part the last two where a list is written so."""
    listed = _STEPS.sub("", unquoted(listed).strip("：，；等的"))
    between = signs or ("；" if "；" in listed else "、")
    parts = [part for part in re.split("[" + re.escape(between) + "]", listed) if part]
    if len(parts) > 1 and not signs and (joint := _LAST.search(parts[-1])):
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
