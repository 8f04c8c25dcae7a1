"""Clause patterns of their own: rankings, changes, spans of time, shared lists."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiceng.extract.metrics.behind import right
from jiceng.extract.metrics.boundaries import predicate
from jiceng.extract.metrics.distant import object_before
from jiceng.extract.metrics.nouns import left
from jiceng.extract.metrics.phrase import Noun, Sentence, governor, make
from jiceng.extract.metrics.tokens import Token
from jiceng.numerals import Quantity
from jiceng.words import is_word

_AREAS = ("全省", "全国", "全市", "全区", "全县", "全州", "全球", "全省各县", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number's noun and the name of the clause pattern that found it."""

    noun: Noun
    rule: str
    action: str | None = None
    unit: str | None = None  # of the number that was read
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
    apart = any(sentence.word(t) == "分别" for t in sentence.tokens[max(0, place - 3) : place])
    sized = [sentence.text[start:end].endswith(heads) for start, end in noun.items]
    if not all(sized) and not (apart and not any(sized)):
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
    quantity = tokens[place].quantity
    assert quantity is not None
    if last is not None and previous is not None and (previous.action or "").endswith("前"):
        between = [t for t in tokens[:place] if t.start >= last.end]
        if between and all(t.kind in "AVDPXFST" for t in between) and any(t.kind in "VP" for t in between):
            after = next((t for t in between if t.kind == "V"), between[0])
            return Reading(replace(previous.noun, verb=after), "metrics.change", sentence.word(after))
    at = place - 1
    while at >= 0 and (
        tokens[at].kind in "FDTR"
        or (tokens[at].kind == "X" and sentence.kind(at - 1) == "R")  # 由每个|社区|5人增加到9人
        or (sentence.word(tokens[at]) == "前" and sentence.kind(at - 1) == "T")  # 从三年前的|17%
        or sentence.word(tokens[at]) in sentence.grammar.lists["former"]
    ):
        at -= 1
    if at < 0 or sentence.word(tokens[at]) not in ("由", "从"):
        return None
    ahead = place + 1
    while ahead < len(tokens) and tokens[ahead].kind not in "BQ" and ahead < place + 5:
        ahead += 1
    if sentence.kind(ahead) != "Q":
        return None
    middle = tokens[place + 1 : ahead]
    turning = ("至", "到", "为", "成")  # 扩至, 压到
    verb = next(
        (
            t
            for t in middle
            if t.kind == "V"
            and (
                sentence.word(t) in sentence.grammar.change or sentence.word(t).rstrip("了").endswith(turning)
            )
        ),
        None,
    )
    if verb is None and not any(sentence.word(t) in ("到", "至", "为") for t in middle):
        return None
    counted = people(sentence, ahead)
    named = left(sentence, at, subject=True) if sentence.grammar.kind(quantity.unit) == "share" else None
    noun = named or right(sentence, place, counted) or left(sentence, at, subject=True)
    noun = noun or right(sentence, ahead, counted) or object_before(sentence, at)
    if noun is None:
        return None
    stem = sentence.word(verb).rstrip("到至为") if verb else "变化"
    return Reading(replace(noun, verb=verb), "metrics.change", stem + "前")


def rank(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """位列第52位, 居全省前三: what is ranked stands in the list's name or before the verb."""
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    if quantity.unit not in ("位", "名", "%", None):
        return None
    text = sentence.text
    if text[quantity.start - 1] == "前":
        bounded = _bounded(sentence, place)
        if bounded is not None:
            return Reading(bounded, "metrics.rank")
    if quantity.unit == "%":
        return None
    climbed = _climbed(sentence, place, previous)
    if climbed is not None:
        return climbed
    for at in range(place - 1, max(-1, place - 5), -1):
        token = sentence.tokens[at]
        if token.kind == "B":
            return None
        named = _ranked(sentence, token, quantity) if token.kind == "X" else None
        if named is not None:
            return Reading(named, "metrics.rank")
        if token.kind == "V" and (
            sentence.word(token) in sentence.grammar.rank or sentence.word(token) in ("居", "处于")
        ):
            between = text[token.end : quantity.start]
            if not between.endswith(("第", "前")) and not (quantity.unit == "位" and not between):
                return None
            listed = between.rstrip("第前")
            for word in _AREAS:
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


def _climbed(sentence: Sentence, place: int, previous: Reading | None) -> Reading | None:
    """Ranks before and after: 评价由全市第9名|升至第3名."""
    tokens, text = sentence.tokens, sentence.text
    start = tokens[place].start
    if text[start - 1] != "第" or place < 2:
        return None
    if previous is not None and previous.action == "名次变化前":
        between = text[previous.noun.end : start]
        onward = any(word in between[-8:] for word in ("至", "到", "为", "成"))
        return Reading(previous.noun, "metrics.rank", "名次变化到") if onward else None
    at = place - 1
    while at > 0 and tokens[at].kind in "XSD" and tokens[place].start - tokens[at].start <= 8:
        at -= 1
    behind = text[tokens[place].end : tokens[place].end + 8]
    if sentence.word(tokens[at]) not in ("由", "从") or "第" not in behind:
        return None
    noun = left(sentence, at, subject=True)
    return None if noun is None else Reading(noun, "metrics.rank", "名次变化前")


def _bounded(sentence: Sentence, place: int) -> Noun | None:
    """Those whose rank a number bounds: 排名前10名的|社区, 居前5%的|楼长; or the list: 居民投诉|的前两位."""
    tokens = sentence.tokens
    said = sentence.text.startswith("的是", tokens[place].end)
    if sentence.kind(place + 1) == "F" and sentence.kind(place + 2) in "XW" and not said:
        last = place + 2
        while sentence.kind(last + 1) in "XW":
            last += 1
        first = tokens[place + 2]
        cut = predicate(sentence.text, first.start, tokens[last].end, sentence.grammar) or tokens[last].end
        return Noun(first.start, cut, sentence.text[first.start : cut])
    at = place - 1
    if sentence.kind(at) == "X" and sentence.word(tokens[at]) == "前" and sentence.kind(at - 1) == "F":
        last = at = at - 1
        while sentence.kind(at - 1) in "XW":
            at -= 1
        noun = make(sentence, tokens[at:last]) if at < last else None
        told = noun.text.rfind("是") + 1 if noun is not None and noun.text[-1] != "是" else 0
        return noun and replace(noun, start=noun.start + told, text=noun.text[told:], items=())
    return None


def _ranked(sentence: Sentence, token: Token, quantity: Quantity) -> Noun | None:
    """The noun in front of a one-character verb of rank: 群众满意度|居全市第2位."""
    text = sentence.text
    at = max(text.rfind("居", token.start, token.end), text.rfind("列", token.start, token.end))
    if at == token.start:
        place = sentence.tokens.index(token)
        named = left(sentence, place, subject=True) if sentence.kind(place - 1) in "XW" else None
        plain = text[at + 1 : quantity.start].rstrip("第前") in _AREAS
        return replace(named, verb=token) if named is not None and plain else None  # 考核|列全市第2位
    if at - token.start < 2:
        return None
    between = text[at + 1 : quantity.start].removeprefix("在")
    if not between.endswith(("第", "前")) or between.rstrip("第前") not in _AREAS:
        return None
    end = at - (text[at - 1] in "位名")
    return make(sentence, [replace(token, end=end)], replace(token, kind="V", start=at, end=at + 1))


def duration(
    sentence: Sentence, place: int, quantity: Quantity, previous: Reading | None, last: Token | None
) -> Reading | None:
    """Spans of time that are themselves the news: 优良天数242天, 5分钟内回应, 1700多年历史."""
    grammar = sentence.grammar
    change = changed(sentence, place, previous, last)
    if change is not None:
        return change
    verb = governor(sentence, place)
    if previous is not None and verb is not None and verb.end >= sentence.tokens[place].start - 1:
        timed = previous.noun.text.endswith(("时间", "用时", "时长", "时限", "周期", "天数"))
        if timed and sentence.word(verb) in grammar.change:
            return Reading(previous.noun, "metrics.elided", sentence.word(verb))  # 平均用时3天，缩短|1天
    spent = _spent(sentence, place, quantity)
    if spent is not None:
        return spent
    before = left(sentence, place, "time")
    bound = sentence.text[quantity.start : quantity.number].startswith(
        ("不超过", "不得超过", "不少于", "不得少于", "不低于")
    )
    rated = any(t.kind == "R" for t in sentence.tokens[max(0, place - 4) : place])
    regular = rated or (bound and before is None)
    verb = sentence.tokens[place - 1] if place else None
    done = regular and verb is not None and verb.kind in "VW" and quantity.unit in ("小时", "天", "分钟")
    if done and verb is not None and sentence.word(verb) not in grammar.bearing | grammar.change:
        if sentence.word(verb) in grammar.lists["opening"] and not bound and sentence.kind(place - 2) == "R":
            place_open = _open(sentence, place, previous)
            if place_open is not None:
                return Reading(place_open, "metrics.open")
        rule = "metrics.limit" if bound else "metrics.deed"  # 每周|开放|不少于60小时
        return Reading(Noun(verb.start, verb.end, sentence.word(verb), verb), rule)
    if before is not None and bound and sentence.kind(place - 1) in "XWD":
        return Reading(before, "metrics.limit")
    if before is not None and before.fixed and before.text.endswith(grammar.duration_nouns):
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
    inside = quantity.comparator == "<" and sentence.text[quantity.unit_end : quantity.end].endswith("内")
    if inside and before is not None and before.text.endswith(grammar.lists["matter"]):
        return Reading(before, "metrics.within")  # 疑难问题|3天内拿出方案
    response = _responded(sentence, place)
    if response is not None:
        return response
    if quantity.comparator == "<" and sentence.text[quantity.unit_end : quantity.end].endswith("内"):
        return _within(sentence, place)
    at = place - 1
    if behind is not None and verb is not None and sentence.kind(at) == "V" and sentence.word(verb) == "当":
        return Reading(behind, "metrics.behind")
    return None


def _open(sentence: Sentence, place: int, previous: Reading | None) -> Noun | None:
    """What is open so long: 图书室|每天开放12小时; or what was counted before: 驿站136个，每天开放|16小时."""
    if sentence.word(sentence.tokens[place - 2]) == "日均":
        return None
    at = place - 1
    while sentence.kind(at) in "VWADRT":
        at -= 1
    last = at
    while sentence.kind(at) in "XW":
        at -= 1
    if at < last:
        return make(sentence, sentence.tokens[at + 1 : last + 1])
    return previous.noun if previous is not None and sentence.kind(at) == "B" else None


def _spent(sentence: Sentence, place: int, quantity: Quantity) -> Reading | None:
    """Points of a time bank, terms run over: 陪护一次记|2小时, 逾期|7天. The unit's own word is counted."""
    if sentence.kind(place - 1) not in "XVWD" or quantity.unit not in ("小时", "分钟", "天", "个工作日"):
        return None
    token = sentence.tokens[place - 1]
    word = sentence.word(token)
    verb = next((v for v in sentence.grammar.counting if word.endswith(v)), None)
    if verb is None or (len(verb) == 1 and word != verb and is_word(word[-2:])):
        return None
    if verb in ("逾期", "超期"):
        return Reading(Noun(token.end - 2, token.end, verb, None), "metrics.limit")
    at = quantity.unit_start
    name = sentence.text[at : quantity.unit_end]
    return Reading(Noun(at, quantity.unit_end, name, token), "metrics.limit")


def _responded(sentence: Sentence, place: int) -> Reading | None:
    """What has to be done in a time, right behind it: 3天|办结, 10分钟内|回电, 30分钟内完成|人员转移."""
    tokens, grammar = sentence.tokens, sentence.grammar
    quantity = tokens[place].quantity
    at = place + 1
    if quantity is None or quantity.unit == "年" or quantity.comparator == ">":
        return None
    if sentence.text[quantity.unit_end : quantity.end].endswith("内"):
        late = _later(sentence, at)
        if late is not None:
            return late
    soon = quantity.comparator == "<" and sentence.kind(at) == "D" and sentence.word(tokens[at]) == "就"
    while sentence.kind(at) == "D" and (soon or sentence.word(tokens[at]) != "就"):
        at += 1
    if sentence.kind(at) not in "VWX":
        return None
    start = tokens[at].start
    word = next((w for w in grammar.responding if sentence.text.startswith(w, start)), None)
    end = start + len(word) if word else start
    if word is None or sentence.kind(at + 1) == "Q" or sentence.text[end : end + 1] == "率":
        return None
    if sentence.text[end : end + 1] == "了" and not soon:
        return None
    if word == "完成" and sentence.kind(at + 1) in "XW":
        noun = right(sentence, at, people=False)
        noun = noun or make(sentence, [tokens[at + 1]])
        if noun is not None:
            return Reading(noun, "metrics.within")
    before = left(sentence, place, "time")
    if before is not None and before.verb is None and before.text.endswith(grammar.lists["matter"]):
        return Reading(before, "metrics.within")  # 紧急事项|2小时内响应
    return Reading(Noun(start, end, word, None), "metrics.within")


def _later(sentence: Sentence, at: int) -> Reading | None:
    """What somebody does in a time, named in between: 48小时内由社区牵头|会商, 10分钟内包片党员|上门."""
    if sentence.kind(at) not in "PXD":
        return None
    start = sentence.tokens[at].start
    while sentence.kind(at) not in "BQ":
        at += 1
    text = sentence.text[start : sentence.tokens[at - 1].end]
    word = next((w for w in sentence.grammar.responding if text.endswith(w)), None)
    if word is None or len(text) > 16:
        return None
    end = start + len(text)
    return Reading(Noun(end - len(word), end, word, None), "metrics.within")


def _within(sentence: Sentence, place: int) -> Reading | None:
    """A promised time of response: 5分钟内有人|回应, 半小时内有|志愿者上门."""
    tokens = sentence.tokens
    if sentence.kind(place + 1) == "D":
        place += 1
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
