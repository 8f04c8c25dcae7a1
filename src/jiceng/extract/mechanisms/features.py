"""What speaks for and against a candidate: named, general features of the name and of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add

from jiceng import words as dictionary
from jiceng.extract.mechanisms.candidates import Anchor, Cut
from jiceng.extract.mechanisms.components import listed
from jiceng.extract.mechanisms.page import Page, plain

_FORMULA = set("0123456789+＋-—NXnx")
_PAIR = re.compile("[\u4e00-\u9fff“”、，。；]{2}")
_TAIL = 16  # characters behind a quotation that may say what it is
_TAGS = frozenset("vndi")  # verb, noun, adverb, idiom


def describe(page: Page, anchor: Anchor, cut: Cut) -> list[str]:
    """Features of an anchor with its best cut, for the decision whether it is a mechanism."""
    return [*said(page, anchor, cut), *dict.fromkeys(spelling(plain(cut.name)))]


def said(page: Page, anchor: Anchor, cut: Cut) -> list[str]:
    """Those that the name's spelling doesn't tell."""
    kind = anchor.kind[0]
    found = ["quoted" if kind == "q" else "compound"]
    found += _quoted(page, anchor) if kind == "q" else _compound(page, anchor, cut)
    beside = [*_before(page, anchor, cut), *_after(page, anchor, cut), f"{kind}.head.{anchor.head or 'none'}"]
    crossed = list(_crossed([found[1], *beside]))
    found += beside
    if page.heading(anchor.start):
        first = page.analysis.paragraph_at(anchor.start) is page.analysis.article.paragraphs[0]
        found.append(f"{kind}.title" if first else f"{kind}.heading")
    name = plain(cut.name)
    if name in page.words.known:
        found.append(f"{kind}.known")
    elif page.known.within(cut.start, cut.end):
        found.append(f"{kind}.knows")
    found += _mentions(page, cut, kind)
    found += [f"{kind}.parts.{how}" for how in listed(page, anchor, cut)]
    found += _surroundings(page, anchor, cut, name)
    core = plain(page.text[anchor.start : anchor.end]) if kind == "q" else name
    found.append(f"{kind}.ends.{core[:1]}{core[-1:]}")
    found += crossed
    if len(name) > 2:
        found += ["first." + name[:3], "final." + name[-3:]]
    return list(dict.fromkeys(found))


_CROSSED = (
    ("size", "left"),
    ("size", "right"),
    ("size", "head"),
    ("left", "right"),
    ("head", "right"),
    ("verb", "head"),
    ("verb", "right"),
)
_PLACES = ("size.", "mod.", "left.", "right.", "head.", "verb.")  # behind the kind: q.size.2


def _crossed(found: list[str]) -> Iterator[str]:
    """Pairs of features that say more together: a verb that introduces names, and a head that ends them.

    The size comes first in what is said of a name, all others stand beside it.
    """
    first: dict[str, str] = {}
    for feature in found:
        if not feature.startswith(_PLACES, 2):
            continue
        place, _, what = feature[2:].partition(".")
        if what and "." not in what and "&" not in what:
            first.setdefault("size" if place == "mod" else place, feature)
    for left, right in _CROSSED:
        if left in first and right in first:
            yield f"{first[left]}&{first[right]}"


def spelling(name: str) -> list[str]:
    """Characters of a plain name and pairs of them (next to each other and two apart), the first and the last
    pair apart.

    Names quoted and unquoted share them: 议事 and 驿站 speak for a mechanism in both.
    """
    chars = ["char." + one for one in name]
    pairs = ["pair." + pair for pair in map(add, name, name[1:])]
    skips = ["skip." + pair for pair in map(add, name, name[2:])]  # 一网统管, 一网通办
    return [*chars, *pairs, *skips, "first." + name[:2], "final." + name[-2:]]


def _mentions(page: Page, cut: Cut, kind: str) -> Iterator[str]:
    """How often the text says the name, and how often of these in quotation marks of its own."""
    times = page.times(cut.name, cut.start)
    marked = page.times(f"“{cut.name}”", cut.start)
    if times > 1:
        yield f"{kind}.repeated"
    yield f"{kind}.times.{min(times, 4)}"
    yield f"{kind}.marked.{min(marked, 3)}.{min(times - marked, 2)}"


def _surroundings(page: Page, anchor: Anchor, cut: Cut, name: str) -> Iterator[str]:
    """The characters on both sides, and how much the sentence and the text speak of governance."""
    kind = anchor.kind[0]
    text = page.text
    start = min(cut.start, anchor.row[0].start if anchor.row else cut.start)
    end = max(cut.end, anchor.row[-1].end if anchor.row else cut.end)
    for place, low in (("before", start - 2), ("behind", end)):
        if _PAIR.match(text, max(low, 0)):
            yield f"{kind}.{place}.{text[low : low + 2]}"
    sentence = page.analysis.sentence_at(anchor.start)
    yield f"{kind}.sentence.{min(page.genre_words(sentence.start, sentence.end), 3)}"
    yield f"{kind}.text.{page.density}"
    yield f"{kind}.begins.{_class(name)}"
    if kind == "q" and _PAIR.match(name[:1] + name[-1:]):
        yield f"q.first.{name[:1]}"
        yield f"q.final.{name[-1:]}"


def _class(name: str) -> str:
    """Part of speech of the longest dictionary word that the name begins with."""
    classes = dictionary.word_classes()
    for length in (4, 3, 2):
        if (tag := classes.get(name[:length])) and tag in _TAGS:
            return tag
    return "none"


def _words(page: Page, start: int, end: int) -> Iterator[str]:
    types = {h.group.partition(".")[0] for h in page.typed.within(start, end)}
    yield f"words.{min(len(types), 3)}"
    for name in sorted(types):
        yield f"type.{name}"


def _bin(length: int, limits: tuple[int, ...]) -> str:
    return next((str(limit) for limit in limits if length <= limit), "long")


def _quoted(page: Page, anchor: Anchor) -> Iterator[str]:
    """Of a quotation: how it is spelled, what stands behind it, its signs and words, the row it is in."""
    inner = page.text[anchor.start + 1 : anchor.end - 1]
    yield from _spelled(page, anchor, inner)
    yield from _next(page, anchor, inner)
    yield from _listing(page, anchor, inner)
    yield from _inside(page, anchor, inner)
    if len(anchor.row) > 1:
        yield from _in_row(page, anchor)


def _spelled(page: Page, anchor: Anchor, inner: str) -> Iterator[str]:
    bare = plain(inner)
    length = len(bare)
    yield f"q.size.{_bin(length, (1, 2, 3, 4, 5, 8, 14))}"
    if bare and set(bare) <= _FORMULA:
        yield "q.signs"
    elif "+" in inner or "＋" in inner:
        yield "q.plus"
    if inner[0] in page.words.lists["numeral"] and length <= 6:
        yield "q.numeral"
    if page.words.rule("enumerates").match(inner):
        yield "q.enumerates"
        yield "q.enumerates&" + ("headed" if page.heads.at(anchor.start + 3) else "other")


def _next(page: Page, anchor: Anchor, inner: str) -> Iterator[str]:
    text = page.text
    if text.startswith("的“", anchor.end):
        yield "q.of.quote"
    elif text.startswith("的", anchor.end):
        yield f"q.of.{anchor.head if page.heads.at(anchor.end + 1) else 'none' if not anchor.head else 'far'}"
    if "—" in inner or "－" in inner or "→" in inner:
        yield "q.dashes"
    if page.words.rule("of-levels").match(text, anchor.end):
        yield "q.levels"
    limit = min(page.ceiling(anchor.end), anchor.end + _TAIL)
    tail = next((h for h in page.heads.starting(anchor.end, limit) if h.end <= limit), None)
    if tail:
        yield f"q.tail.{text[tail.start : tail.end]}"


def _listing(page: Page, anchor: Anchor, inner: str) -> Iterator[str]:
    if inner[0].isdigit() and len(plain(inner)) > 2:
        yield "q.number"
    items = [i for i in inner.replace("，", "、").replace(" ", "、").split("、") if i]
    if len(items) > 1:
        yield "q.items"
        if len({len(i) for i in items}) == 1:
            yield "q.even"
    if any(mark in inner for mark in "，！") and len(items) > 1:
        yield "q.clauses"
    if any(mark in inner for mark in "“‘"):
        yield "q.nests"
    if page.quoted(anchor.start):
        yield "q.nested"


def _inside(page: Page, anchor: Anchor, inner: str) -> Iterator[str]:
    bare = plain(inner)
    foils = {h.group for h in page.foils.within(anchor.start, anchor.end)}
    if inner in page.words.emphasis:
        yield "q.emphasis"
    elif "emphasis" in foils:
        yield "q.emphatic"
    if "slogan" in foils:
        yield "q.slogan"
    if 2 <= len(bare) <= 5 and dictionary.is_word(bare):
        yield "q.word"
    last = [h.group for h in page.heads.within(anchor.end - 5, anchor.end - 1) if h.end == anchor.end - 1]
    if last:
        yield f"q.ends.{last[0]}"
    for word in _words(page, anchor.start, anchor.end):
        yield "q." + word


def _in_row(page: Page, anchor: Anchor) -> Iterator[str]:
    text = page.text
    yield "q.row"
    yield f"q.row.head.{anchor.head or 'none'}"
    if text.startswith("等", anchor.row[-1].end):
        yield "q.row.etc"
    if any(plain(text[q.start : q.end]) in page.words.known for q in anchor.row):
        yield "q.row.known"
    if any(text[q.start + 1 : q.end - 1] in page.words.emphasis for q in anchor.row):
        yield "q.row.emphasis"


def _compound(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    """Of a compound: how long its modifier is, its words, the modifier's signs, what it is set in."""
    modifier = page.text[cut.start : anchor.start]
    yield f"c.mod.{_bin(len(modifier), (1, 2, 3, 5, 8, 14))}"
    rest = page.words.without_generic(modifier).strip("的、和与")
    if not rest:
        yield "c.generic"
        yield f"c.generic&{anchor.head}"
    elif len(rest) == 1:
        yield "c.generic.nearly"
    words = dictionary.cut(cut.name)
    yield f"c.first.{words[0]}"
    yield f"c.last.{words[-1]}"
    yield f"c.final.{cut.name[-1]}"
    yield f"c.count.{min(len(words), 6)}"
    for word in _words(page, cut.start, cut.end):
        yield "c." + word
    yield from _modifier(page, anchor, cut, modifier)
    yield from _setting(page, cut)


def _modifier(page: Page, anchor: Anchor, cut: Cut, modifier: str) -> Iterator[str]:
    text = page.text
    if "、" in modifier:
        yield "c.list"
    if "的" in modifier:
        yield "c.of"
    if any(text[h.start] in "和与及暨" for h in page.links_within(cut.start, anchor.start)):
        yield "c.and"
    if any(map(str.isdigit, modifier)):
        yield "c.digits"
    if modifier[:1] in page.words.lists["numeral"] and modifier:
        yield "c.numeral"
    if page.words.rule("enumerates").match(modifier):
        yield "c.enumerates"
        if page.words.rule("enumerates").fullmatch(modifier):
            yield "c.enumerates.only"
    if text[cut.start - 1 : cut.start] == "\n":
        yield "c.paragraph"
    if modifier[:1] and modifier[0] in page.words.lists["odd_modifier"]:
        yield "c.odd"
    if any(end in modifier for end in page.words.lists["body"]):
        yield "c.org"
    if "“" in modifier:
        yield "c.quotes"


def _setting(page: Page, cut: Cut) -> Iterator[str]:
    text = page.text
    foils = page.foils.within(cut.start, cut.end)
    if any(h.group == "slogan" for h in foils):
        yield "c.slogan"
    if any(h.group == "emphasis" and h.end - h.start > 1 for h in foils):
        yield "c.emphasis"
    if text[cut.start - 1 : cut.start] == "、":
        yield "c.listed"
    name = text[cut.start : cut.end]
    if len(name) <= 5 and dictionary.is_word(name):
        yield "c.word"


def _before(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    """What stands to the left: the nearest verb of the clause, and how far it is away."""
    kind = anchor.kind[0]
    text = page.text
    start = min(cut.start, anchor.row[0].start if anchor.row else cut.start)
    sentence = page.analysis.sentence_at(anchor.start)
    comma = max([text.rfind(mark, sentence.start, start) for mark in "，；。："])
    floor = max(sentence.start, comma + 1)
    verbs = page.verbs.longest(floor, start)
    nearest = verbs[-1] if verbs else None
    if nearest is None:
        yield f"{kind}.left.none"
        if not text[floor:start].strip():
            yield f"{kind}.left.begins"
    else:
        distance = start - nearest.end
        near = "next" if distance == 0 else "near" if distance <= 4 else "mid" if distance <= 10 else "far"
        yield f"{kind}.left.{nearest.group}"
        yield f"{kind}.verb.{text[nearest.start : nearest.end]}"
        yield f"{kind}.left.{nearest.group}.{near}"
        yield f"{kind}.left.{nearest.group}&{anchor.head or 'none'}"
    if cut.start and text[cut.start - 1] in page.words.lists["leading"]:
        yield f"{kind}.left.{text[cut.start - 1]}"
    if any(map(str.isdigit, text[max(cut.start - 3, 0) : cut.start])):
        yield f"{kind}.left.count"


_SIGNS = {
    **dict.fromkeys(["", *"。；！？\n"], "end"),
    **dict.fromkeys("”’", "quote"),
    "，": "comma",
    "、": "list",
    "（": "bracket",
    "等": "etc",
    "的": "of",
}


def _after(page: Page, anchor: Anchor, cut: Cut) -> Iterator[str]:
    """What stands to the right of the name, or of the row that it is in."""
    kind = anchor.kind[0]
    text = page.text
    end = max(cut.end, anchor.row[-1].end if anchor.row else cut.end)
    after = text[end : end + 1]
    if sign := "number" if after.isdigit() else _SIGNS.get(after):
        yield f"{kind}.right.{sign}"
    elif page.verbs.at(end):
        yield f"{kind}.right.verb"
    elif page.words.rule("after").match(text, end):
        yield f"{kind}.right.matter"
    else:
        yield f"{kind}.right.runs"
        if any(page.verbs.at(at) for at in range(end + 1, end + 4)):
            yield f"{kind}.right.predicate"
    if page.words.rule("foil").match(text, end):
        yield f"{kind}.right.foil"
    if kind == "q" and page.words.rule("foil").match(text, anchor.end):
        yield "q.next.foil"
