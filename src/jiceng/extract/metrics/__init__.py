"""Measurements: every number of an article that counts or sizes something, with what it counts.

The way of a number, module by module (each package tells of its own modules):

1. `sentence` cuts a sentence into tokens; `sieve` leaves out what is no number at all.
2. `clauses` goes from number to number; `carried` and `going_on` tell which noun an earlier number hands on.
3. `counted` decides what the number counts. It tries steps (`steps`) on the number (`number`), and the first
   that answers decides: a pattern of its own (`patterns`); what goes on with what was counted before, special
   cases, whose nouns often stand elsewhere (`farther`), and last the noun in front (`before`) or what money
   is for; where none answers, `two_sides` chooses between the nouns in front and behind (`after`).
4. `context` reads what stands around it: fact or rule, `rate` (每个网格, 每年), `period` and `holder` (whose
   it is); `action` its verb. `facts` makes the measurement.
5. `times` lets a period go on to the numbers that follow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from jiceng.extract.analysis import Analysis
from jiceng.extract.metrics.clauses import measurements
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.patterns.tables import tables
from jiceng.extract.metrics.sentence.grammar import Grammar, grammar
from jiceng.extract.metrics.sentence.phrase import Sentence
from jiceng.extract.metrics.sentence.tokens import Token, tokenise
from jiceng.extract.metrics.sieve.counts import in_money, is_count, names
from jiceng.extract.metrics.times import with_times
from jiceng.lexicon import Lexicon
from jiceng.model import Measurement, Paragraph, Role
from jiceng.numerals import Quantity, parse_chinese
from jiceng.rules import RuleFile

__all__ = ["extractor"]

_LIST_REACH = 80  # characters in which a list begins that a number sums up
_LIST_MARK = re.compile(
    r"[ 　]{0,40}(?:[（(]?\d{1,2}[）)]|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百]{1,4}条[ 　]{1,4}"
    r"|0\d[ 　]?(?=[\u4e00-\u9fff])|\d{1,2}[.．、](?!\d)|[①-⑳])[ 　]{0,40}"
)
_ITEM = re.compile(r"[ 　]{0,40}[一二三四五六七八九十]{1,3}、")
_OPENING = 10  # characters at a sentence's beginning that may say that it is planned: 意见还要求，…
_HEADING = 40  # characters of a heading
_POINTS = "个百分点"
_APART = 12  # characters before a number in which 分别 may stand
_GAP = 3  # characters between two paragraphs
_LONGEST = 600  # characters of a sentence that are read in one go


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Measurement, ...]]:
    """A function that finds an article's measurements, in the order of the text."""
    compiled = grammar(lexicon)

    def extract(analysis: Analysis) -> tuple[Measurement, ...]:
        return _extract(analysis, compiled)

    return extract


def _extract(analysis: Analysis, compiled: Grammar) -> tuple[Measurement, ...]:
    text = analysis.text
    quoted = names(text, analysis.bracketed, compiled)
    special = _special(text, quoted, compiled)
    numbers = [t.start for t in special if t.kind == "Q"]
    name = analysis.article.division.name
    strip = (name, name[:-1]) if len(name) > 2 else (name,)
    found: list[Measurement] = []
    rows: list[tuple[int, int]] = []
    for first, last, cells in tables(text, compiled):
        rows.append((first, last))
        found += cells
    at = row = 0
    rules = compiled.rules
    title = analysis.article.title
    prescribes = bool(rules["metrics.plan-title"].pattern.search(title))
    prescribes = prescribes and not any(word in title for word in compiled.lists["told_title"])
    itemised = bool(rules["metrics.deeds-title"].pattern.search(title))
    headed = _under(analysis, rules, "metrics.plan-heading")
    backed = _under(analysis, rules, "metrics.background-heading") if prescribes else []
    plans: dict[int, int] = {}  # where in each paragraph the plans begin
    onward = compiled.lists["going_on_planning"]
    planning = -_GAP  # where a paragraph ends that tells plans at its end; none does before the first
    carried: list[Reading] = []
    ended = -1  # of the last sentence that was read
    for sentence in analysis.sentences:
        while at < len(numbers) and numbers[at] < sentence.start:
            at += 1
        if at == len(numbers):
            break
        while row < len(rows) and rows[row][1] <= sentence.start:
            row += 1
        if numbers[at] >= sentence.end or (row < len(rows) and rows[row][0] <= sentence.start):
            continue
        paragraph = analysis.paragraph_at(sentence.start)
        if paragraph.role in (Role.BYLINE, Role.CAPTION):
            continue
        mark = _LIST_MARK.match(text, sentence.start, sentence.end)
        for start, end in _pieces(text, mark.end() if mark else sentence.start, sentence.end):
            tokens = tokenise(text, start, end, compiled.words, special)
            if ended not in (start, sentence.start):
                carried.clear()
            ahead = plans.get(paragraph.start)
            if ahead is None:
                is_item = mark is not None or _ITEM.match(text, paragraph.start, paragraph.end) is not None
                planned = prescribes and not _within(backed, paragraph.start)
                planned = planned or _within(headed, paragraph.start) or (itemised and is_item)
                goes_on = 0 <= paragraph.start - planning < _GAP and text.startswith(onward, paragraph.start)
                planned = planned or goes_on
                ahead = plans[paragraph.start] = _planned_from(text, paragraph, rules, planned)
                planning = paragraph.end if ahead < paragraph.end else planning
            planned = ahead - start < _OPENING or _goes_on(text, start, paragraph, rules)
            found += measurements(Sentence(text, tokens, compiled, planned), start, strip, carried)
            ended = end
    ordered = sorted(found, key=lambda m: m.start) if rows else found
    return tuple(with_times(text, ordered, compiled))


def _within(stretches: list[tuple[int, int]], place: int) -> bool:
    """Whether a place lies in one of several stretches that stand in order."""
    at = bisect_left(stretches, (place + 1,)) - 1
    return at >= 0 and place < stretches[at][1]


def _under(analysis: Analysis, rules: RuleFile, name: str) -> list[tuple[int, int]]:
    """The stretches of a text under headings of the kind that a rule knows (二、2024年工作计划), each up to
    the next heading of its rank, in order."""
    announced = rules[name].pattern
    found: list[tuple[int, int]] = []
    begun: tuple[int, str] | None = None
    text = analysis.text
    for paragraph in analysis.article.paragraphs:
        if paragraph.end - paragraph.start > _HEADING:
            continue
        mark = rules["metrics.heading-mark"].pattern.match(text, paragraph.start, paragraph.end)
        if mark is None:
            continue
        if begun is not None and mark.lastgroup == begun[1]:
            found.append((begun[0], paragraph.start))
            begun = None
        if begun is None and announced.match(text, mark.end(), paragraph.end):
            begun = paragraph.start, mark.lastgroup or ""
    if begun is not None:
        found.append((begun[0], len(text)))
    return found


def _planned_from(text: str, paragraph: Paragraph, rules: RuleFile, prescribes: bool) -> int:
    """The offset in a paragraph behind which all is planned or required; far off if nothing is."""
    if prescribes:
        return -1
    found = rules["metrics.plan-paragraph"].pattern.search(text, paragraph.start, paragraph.end)
    return found.start() if found else paragraph.end + _LONGEST


def _goes_on(text: str, start: int, paragraph: Paragraph, rules: RuleFile) -> bool:
    """Whether what begins behind a semicolon goes on with plans: 今年将改造小区21个；|更换管网32公里."""
    before = start
    while before > 0 and text[before - 1] in "\n 　":
        before -= 1  # a paragraph that goes on with the one before
    if text[before - 1 : before] != "；":
        return False
    whole = paragraph.start if before == start else 0
    first = max(
        whole, start - _LONGEST, *(text.rfind(c, max(whole, start - _LONGEST), start) for c in "。！？")
    )
    return rules["metrics.planned"].pattern.search(text, first, start) is not None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence whole, or an endless one (a table, a list) in pieces: that keeps the work linear."""
    while end - start > _LONGEST:
        cut = max(text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in "，、： ") + 1
        cut = cut or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _with_sums(text: str, quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Give sums without a unit that of the last one in their list: 10万、15万、|20万元."""
    waiting: list[Quantity] = []
    for quantity in quantities:
        if waiting and text[waiting[-1].end : quantity.start] not in ("、", "和", "或"):
            yield from waiting
            waiting = []
        if quantity.unit is None and quantity.comparator == "=" and text[quantity.end - 1] in "万亿":
            waiting.append(quantity)
            continue
        unit = quantity.unit if quantity.unit == "元" else None
        yield from (replace(q, unit=unit) if unit else q for q in waiting)
        waiting = []
        yield quantity
    yield from waiting


def _with_units(text: str, quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Give a number without a unit that of the one behind it in a list: 分别提高0.8和|1.5个百分点.

    Of points 个 alone may stand in front: 0.8个、|1.5个百分点.
    """
    bare: Quantity | None = None
    for quantity in quantities:
        if bare is not None:
            shared = text[bare.end : quantity.start] in ("和", "、", "与") and (
                quantity.unit == _POINTS if bare.unit else quantity.unit is not None
            )
            yield replace(bare, unit=quantity.unit) if shared else bare
            bare = None
        apart = "分别" in text[max(0, quantity.start - _APART) : quantity.start]
        if quantity.unit in (None, "个") and apart and not quantity.chinese:
            bare = quantity
        else:
            yield quantity
    if bare is not None:
        yield bare


def _days(found: re.Match[str]) -> Quantity:
    """A time told in 日: 5日内, 3至5日内."""
    start, end = found.span()
    count = Decimal(found["n"] or found["span"])
    more = Decimal(found["to"]) if found["to"] else None
    day = end - len(found["within"] or "") - 1
    comparator = "<" if found["within"] else "="
    return Quantity(start, end, start, count, more, comparator, "日", day, day + 1, chinese=False)


def _unlike_numbers(text: str, compiled: Grammar) -> Iterator[Quantity]:
    """Times told in 日, and numbers of places that are written as words of their own."""
    yield from map(_days, compiled.rules["metrics.days"].pattern.finditer(text))
    for found in compiled.rules["metrics.places"].pattern.finditer(text):
        value = int(found[0]) if found[0].isdecimal() else parse_chinese(found[0])
        first, last = found.span()
        if value:
            yield Quantity(first, last, first, Decimal(value), None, "=", None, last, last, chinese=False)


def _no_counts(text: str, compiled: Grammar) -> Iterator[tuple[int, int]]:
    """Where numbers stand that measure nothing."""
    for rule in ("metrics.no-number", "metrics.each-deed"):
        for found in compiled.rules[rule].pattern.finditer(text):
            yield found.span()
    for found in compiled.rules["metrics.summed-list"].pattern.finditer(text):
        if _is_sum(text, found.start(), found["sum"][0]):
            yield found.span("sum")


def _is_sum(text: str, last: int, said: str) -> bool:
    """Whether a number says how many items a list has; the last one begins behind the mark at `last`."""
    clause = re.split(r"[，。；：！？\n]", text[max(0, last - _LIST_REACH) : last])[-1]
    value = int(said) if said.isdecimal() else parse_chinese(said)
    return clause.count("、") + 2 == value


def _special(text: str, quoted: list[tuple[int, int]], compiled: Grammar) -> list[Token]:
    """Spans of time, rates and quantities, sorted and disjoint; the first kind wins where they touch."""
    taken: list[Token] = []
    covered = bytearray(len(text))
    blocked = [*quoted, *_no_counts(text, compiled)]
    for rule, kind in (("metrics.per-time", "R"), ("metrics.per-holder", "R"), ("metrics.period", "T")):
        for found in compiled.rules[rule].pattern.finditer(text):
            first, last = found.span()
            if first < last and not any(covered[first:last]):
                taken.append(Token(kind, first, last))
                covered[first:last] = b"\1" * (last - first)
    for quantity in _unlike_numbers(text, compiled):
        if not any(covered[quantity.start : quantity.end]):
            taken.append(Token("Q", quantity.start, quantity.end, quantity))
    blocked += [(t.start, t.end) for t in taken]
    blocked.sort()
    at = 0
    for quantity in _with_sums(text, _with_units(text, compiled.reader.quantities(text))):
        while at < len(blocked) and blocked[at][1] <= quantity.start:
            at += 1
        if at < len(blocked) and blocked[at][0] < quantity.end:
            continue
        quantity = in_money(text, quantity, compiled)
        variant = compiled.rules["metrics.unit-variant"].pattern.match(text, quantity.end)
        if variant is not None and quantity.end == quantity.unit_end and quantity.unit is not None:
            quantity = replace(quantity, end=variant.end())  # 2.3万间（套）
        if is_count(text, quantity, compiled):
            taken.append(Token("Q", quantity.start, quantity.end, quantity))
    return sorted(taken, key=lambda t: t.start)
