"""Clause patterns of their own: changes and shared lists."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.farther.distant import object_before, told_before, topic
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token


def people(sentence: Sentence, place: int) -> bool:
    """Whether the number at token `place` counts people."""
    quantity = sentence.tokens[place].quantity
    return quantity is not None and sentence.grammar.kind(quantity.unit) == "people"


def spread(sentence: Sentence, place: int, noun: Noun) -> Reading | None:
    """A率、B率分别达到96%和88%: the items share the numbers out."""
    if len(noun.items) < 2 or not noun.fixed:
        return None
    heads = sentence.grammar.measure_heads
    apart = any(sentence.word(t) == "分别" for t in sentence.tokens[max(0, place - 5) : place])
    sized = [sentence.text[start:end].endswith(heads) for start, end in noun.items]
    numbers = [place]
    at = place + 1
    while sentence.kind(at) in "LC" and sentence.kind(at + 1) == "Q":
        numbers.append(at + 1)
        at += 2
    if len(numbers) != len(noun.items):
        return None
    units = {q.unit for n in numbers if (q := sentence.tokens[n].quantity) is not None}
    # 书记、副书记|年均报酬分别为…: the last has what both are told of; but 巡查、调解|两类事项办结率
    told = sentence.text[slice(*noun.items[-1])]
    last = not any(sized[:-1]) and not any(unit in told for unit in sentence.grammar.lists["kind_unit"])
    if not all(sized) and not (apart and (last or len(units) > 1)):
        return None
    start, end = noun.items[0]
    first = replace(noun, start=start, end=end, text=sentence.text[start:end])
    return Reading(first, "metrics.spread", rest=noun.items[1:])


def compared_in_turn(sentence: Sentence, place: int) -> Reading | None:
    """Sizes that compare in turn: 知晓率、参与率分别较上年提高|4.5和6个百分点."""
    for at in range(place - 2, max(0, place - 6), -1):
        if sentence.word(sentence.tokens[at]) == "分别" and sentence.text[sentence.tokens[at].end] in "较比":
            noun = left(sentence, at, "share", subject=True)
            return None if noun is None else spread(sentence, place, replace(noun, fixed=True))
    return None


def changed(sentence: Sentence, place: int, previous: Reading | None, last: Token | None) -> Reading | None:
    """由14万元提高到18万元: the figure before and the figure after have the same noun."""
    tokens = sentence.tokens
    quantity = tokens[place].quantity
    assert quantity is not None
    both = _changed_together(sentence, place)
    if both is not None:
        return both
    if last is not None and previous is not None and (previous.action or "").endswith("前"):
        between = [t for t in tokens[:place] if t.start >= last.end]
        if between and all(t.kind in "AVDPXFST" for t in between) and any(t.kind in "VP" for t in between):
            after = next((t for t in between if t.kind == "V"), between[0])
            return Reading(replace(previous.noun, verb=after), "metrics.change", sentence.word(after))
    at = since(sentence, place)
    if at is None:
        return None
    ahead = place + 1
    if sentence.kind(place + 2) == "V" and sentence.word(tokens[ahead]) == "，":
        ahead += sentence.word(tokens[place + 2]).endswith(("到", "至", "为"))  # 从3支，|发展到8支
    reach = ahead + 5
    while ahead < len(tokens) and tokens[ahead].kind not in "BQ" and ahead < reach:
        ahead += 1
    if sentence.kind(ahead) != "Q":
        return None
    middle = tokens[place + 1 : ahead]
    verb = next((t for t in middle if t.kind == "V" and _turns(sentence, t)), None)
    if verb is None and not any(sentence.word(t) in ("到", "至", "为") for t in middle):
        return None
    counted = people(sentence, ahead)
    named = left(sentence, at, subject=True) if sentence.grammar.kind(quantity.unit) == "share" else None
    noun = named or right(sentence, place, counted) or left(sentence, at, subject=True)
    lists = sentence.grammar.lists
    whose = (*lists["place_kind"], *lists["level"], *lists["bare_level"])
    again = previous is not None and previous.rule == "metrics.change" and previous.unit == quantity.unit
    if noun is not None and previous is not None and again and noun.text in whose:
        noun = previous.noun  # 镇级事项由200项减到100项，社区|由130项减到60项
    noun = noun or right(sentence, ahead, counted) or _named_before(sentence, at)
    if noun is None:
        return None
    stem = sentence.word(verb).rstrip("到至为") if verb else "变化"
    return Reading(replace(noun, verb=verb), "metrics.change", stem + "前")


def _named_before(sentence: Sentence, place: int) -> Noun | None:
    """What changes, where clauses before name it: 居民不满意的重办件，从最初的|12%降到1.5%."""
    noun = told_before(sentence, place) or object_before(sentence, place)
    if noun is None and place and sentence.word(sentence.tokens[place - 1]) == "，":
        return topic(sentence, place, people=True) or _described_people(sentence, place - 1)
    return noun


def _described_people(sentence: Sentence, at: int) -> Noun | None:
    """People named by a description before the comma at token `at`: 参会的|居民，由23%上升到88%."""
    if sentence.kind(at - 1) != "X" or sentence.kind(at - 2) != "F":
        return None
    who = sentence.tokens[at - 1]
    return make(sentence, [who]) if sentence.word(who).endswith(sentence.grammar.person_ends) else None


def _turns(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells of a change: 增加, 扩至, 压到."""
    word = sentence.word(verb)
    return word in sentence.grammar.change or word.rstrip("了").endswith(("至", "到", "为", "成"))


def since(sentence: Sentence, place: int) -> int | None:
    """The place of 由 or 从 before the number at `place`, behind which only says since when it held."""
    tokens = sentence.tokens
    at = place - 1
    while at >= 0 and (
        tokens[at].kind in "FDTR"
        or (tokens[at].kind == "X" and sentence.kind(at - 1) == "R")  # 由每个|社区|5人增加到9人
        or (sentence.word(tokens[at]) == "前" and sentence.kind(at - 1) == "T")  # 从三年前的|17%
        or sentence.word(tokens[at]) in sentence.grammar.lists["former"]
        or sentence.word(tokens[at]) in sentence.grammar.lists["average"]  # 由|人均|22个精简到5个
        or (sentence.kind(at + 1) == "F" and sentence.word(tokens[at]) in sentence.grammar.lists["there_are"])
        or (
            sentence.kind(at + 1) == "F"
            and sentence.word(tokens[at]).startswith(("最初", "起初", "原先", "最早"))
        )
    ):
        at -= 1
    if at > 0 and sentence.word(tokens[at]).endswith(("前", "时", "初", "期", "后")):
        first = at
        while first > 0 and tokens[first].kind in "XWVTF" and tokens[at].end - tokens[first].start <= 12:
            first -= 1
        at = first if sentence.word(tokens[first]) in ("由", "从") else at  # 从|试点推行前的86家
    return at if at >= 0 and sentence.word(tokens[at]) in ("由", "从") else None


def _changed_together(sentence: Sentence, place: int) -> Reading | None:
    """Several sizes that change at once: 按时率、好评率分别从|51%、63%升至|94%、96%."""
    tokens = sentence.tokens
    if sentence.kind(place - 1) in "LC":
        return None
    first, after = place, place
    while sentence.kind(after - 1) in "VAD" or sentence.word(tokens[after - 1]) in ("到", "至", "为"):
        after -= 1
    if after < place and sentence.kind(after - 1) == "Q":
        first = after - 1
        while sentence.kind(first - 1) in "LC" and sentence.kind(first - 2) == "Q":
            first -= 2
        if first == after - 1:
            return None
    led = first - 1
    while led > 0 and (
        tokens[led].kind in "FT" or sentence.word(tokens[led]) in sentence.grammar.lists["former"]
    ):
        led -= 1  # 分别由原来的|14人、9人…
    if led < 1 or sentence.word(tokens[led]) not in ("从", "由"):
        return None
    if sentence.word(tokens[led - 1]) != "分别" or sentence.kind(first + 1) not in "LC":
        return None
    noun = left(sentence, led - 1, subject=True)
    if noun is None or len(noun.items) < 2:
        return None
    start, end = noun.items[0]
    one = replace(noun, start=start, end=end, text=sentence.text[start:end])
    return Reading(one, "metrics.change", "变化" if first < place else None, rest=noun.items[1:])
