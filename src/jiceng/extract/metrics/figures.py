"""Clause patterns of their own: rankings, changes, spans of time, shared lists."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiceng.extract.metrics.nouns import Noun, Sentence, governor, left, right
from jiceng.extract.metrics.tokens import Token
from jiceng.numerals import Quantity

_FORMER = ("原来", "原有", "原先", "最初", "年初", "以前", "过去", "此前", "当初")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number's noun and the name of the clause pattern that found it."""

    noun: Noun
    rule: str
    action: str | None = None
    rest: tuple[tuple[int, int], ...] = ()  # items of a list that later numbers of the same list measure


def people(sentence: Sentence, place: int) -> bool:
    """Whether the number at token `place` counts people."""
    quantity = sentence.tokens[place].quantity
    return quantity is not None and sentence.grammar.kind(quantity.unit) == "people"


def spread(sentence: Sentence, place: int, noun: Noun) -> Reading | None:
    """A率、B率分别达到96%和88%: the items share the numbers out."""
    if len(noun.items) < 2 or not noun.fixed:
        return None
    heads = sentence.grammar.measure_heads
    if not all(sentence.text[start:end].endswith(heads) for start, end in noun.items):
        return None
    numbers = [place]
    at = place + 1
    while sentence.kind(at) in "LC" and sentence.kind(at + 1) == "Q":
        numbers.append(at + 1)
        at += 2
    if len(numbers) != len(noun.items):
        return None
    start, end = noun.items[0]
    first = replace(noun, start=start, end=end, text=sentence.text[start:end])
    return Reading(first, "metrics.spread", rest=noun.items[1:])


def changed(sentence: Sentence, place: int, previous: Reading | None, last: Token | None) -> Reading | None:
    """由14万元提高到18万元: the figure before and the figure after have the same noun."""
    tokens = sentence.tokens
    words = [sentence.word(t) for t in tokens]
    if last is not None and previous is not None and (previous.action or "").endswith("前"):
        between = [t for t in tokens[:place] if t.start >= last.end]
        if between and all(t.kind in "AVDPXFS" for t in between) and any(t.kind in "VP" for t in between):
            after = next((t for t in between if t.kind == "V"), between[0])
            return Reading(replace(previous.noun, verb=after), "metrics.change", sentence.word(after))
        return None
    at = place - 1
    while at >= 0 and (words[at] in _FORMER or tokens[at].kind in "FDT"):
        at -= 1
    if at < 0 or words[at] not in ("由", "从"):
        return None
    ahead = place + 1
    while ahead < len(tokens) and tokens[ahead].kind not in "BQ" and ahead < place + 5:
        ahead += 1
    if sentence.kind(ahead) != "Q":
        return None
    middle = tokens[place + 1 : ahead]
    verb = next((t for t in middle if t.kind == "V" and sentence.word(t) in sentence.grammar.change), None)
    if verb is None and not any(sentence.word(t) in ("到", "至", "为") for t in middle):
        return None
    counted = people(sentence, ahead)
    noun = right(sentence, place, counted) or left(sentence, at) or right(sentence, ahead, counted)
    if noun is None:
        return None
    stem = sentence.word(verb).rstrip("到至为") if verb else "变化"
    return Reading(replace(noun, verb=verb), "metrics.change", stem + "前")


def rank(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """位列第52位, 居全省前三: what is ranked stands in the list's name or before the verb."""
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    if quantity.unit not in ("位", "名", None):
        return None
    text = sentence.text
    for at in range(place - 1, max(-1, place - 5), -1):
        token = sentence.tokens[at]
        if token.kind == "B":
            return None
        if token.kind == "V" and sentence.word(token) in sentence.grammar.rank:
            between = text[token.end : quantity.start]
            if not between.endswith(("第", "前")) and not (quantity.unit == "位" and not between):
                return None
            listed = between.rstrip("第前")
            for word in ("全省", "全国", "全市", "全区", "全县"):
                listed = listed.removeprefix(word)
            listed = listed.removesuffix("的")
            if len(listed) > 2:
                begin = text.index(listed, token.end)
                return Reading(Noun(begin, begin + len(listed), listed, token), "metrics.rank")
            noun = left(sentence, at)
            if noun is None:
                return Reading(replace(previous.noun, verb=token), "metrics.rank") if previous else None
            name = noun.text.removesuffix("中")
            return Reading(Noun(noun.start, noun.start + len(name), name, token), "metrics.rank")
    return None


def duration(sentence: Sentence, place: int, quantity: Quantity) -> Reading | None:
    """Spans of time that are themselves the news: 优良天数242天, 5分钟内回应, 1700多年历史."""
    grammar = sentence.grammar
    change = changed(sentence, place, None, None)
    if change is not None:
        return change
    before = left(sentence, place)
    if (
        before is not None
        and before.fixed
        and before.text.endswith((*grammar.duration_nouns, *grammar.measure_heads))
    ):
        return Reading(before, "metrics.before")
    behind = right(sentence, place, people=False)
    verb = governor(sentence, place)
    if quantity.unit == "年":
        owned = verb is not None and sentence.word(verb) in ("有", "拥有", "具有", "已有")
        if owned and behind is not None and any(word in behind.text for word in grammar.duration_nouns):
            return Reading(behind, "metrics.behind")
        return None
    if quantity.unit == "岁":
        return None
    if quantity.comparator == "<" and sentence.text[quantity.unit_end : quantity.end].endswith("内"):
        return _within(sentence, place)
    at = place - 1
    if behind is not None and verb is not None and sentence.kind(at) == "V" and sentence.word(verb) == "当":
        return Reading(behind, "metrics.behind")
    return None


def _within(sentence: Sentence, place: int) -> Reading | None:
    """A promised time of response: 5分钟内有人|回应, 半小时内有|志愿者上门."""
    tokens = sentence.tokens
    if (
        sentence.kind(place + 1) == "V"
        and sentence.word(tokens[place + 1]) == "有"
        and place + 2 < len(tokens)
    ):
        who = tokens[place + 2]
        if who.kind == "X" and sentence.word(who) != "人":
            return Reading(Noun(who.start, who.end, sentence.word(who), None), "metrics.within")
    ahead = tokens[place + 1] if place + 1 < len(tokens) else None
    if ahead is not None and ahead.kind == "X" and sentence.word(ahead).startswith("有"):
        who = replace(ahead, start=ahead.start + 1)
        if len(sentence.word(who)) > 1:
            return Reading(Noun(who.start, who.end, sentence.word(who), None), "metrics.within")
    required = sentence.grammar.rules["metrics.promise"].pattern.search(
        sentence.text, tokens[0].start, tokens[place].end + 2
    )
    if not required:
        return None
    for token in tokens[place + 1 :]:
        if token.kind == "B":
            break
        if token.kind in "VW" and sentence.word(token) not in ("有", "由", "为"):
            return Reading(Noun(token.start, token.end, sentence.word(token), None), "metrics.within")
        if token.kind == "X" and len(sentence.word(token)) >= 2 and sentence.word(token) != "有人":
            return Reading(Noun(token.start, token.end, sentence.word(token), None), "metrics.within")
    return None
