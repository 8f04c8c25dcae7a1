"""Spans of time that are themselves the news: promised times, hours of opening, terms, hours served."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.before.nouns import left
from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.patterns.figures import changed
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, governor, make, nouns_before, until
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity
from jiceng.words import is_word

_MANY_HOURS = 500  # so many only all together have given


def duration(
    sentence: Sentence, place: int, quantity: Quantity, previous: Reading | None, last: Token | None
) -> Reading | None:
    """Spans of time that are themselves the news: 优良天数242天, 5分钟内回应, 1700多年历史."""
    verb = governor(sentence, place)
    reading = (
        changed(sentence, place, previous, last)
        or _elided(sentence, place, previous, verb)
        or _in_all(sentence, place, quantity)
        or _spent(sentence, place, quantity)
    )
    if reading is not None:
        return reading
    grammar = sentence.grammar
    if previous is not None and _bounds_it(sentence, place, previous):
        return Reading(previous.noun, "metrics.limit")
    before = left(sentence, place, "time")
    if before is not None and before.text.endswith(grammar.lists["matter"]) and _by_case(sentence, place):
        return Reading(before, "metrics.within", comparator="<")
    bound = sentence.text[quantity.start : quantity.number].startswith(grammar.lists["time_bound"])
    reading = _regular(sentence, place, previous, before, bound) or _measured(sentence, place, before, bound)
    if reading is not None:
        return reading
    behind = right(sentence, place, people=False)
    if quantity.unit == "年":
        owned = verb is not None and sentence.word(verb) in grammar.lists["owning"]
        if owned and behind is not None and any(word in behind.text for word in grammar.duration_nouns):
            return Reading(behind, "metrics.behind")
        return None
    if quantity.unit == "岁":
        return None
    inside = quantity.comparator == "<" and sentence.text[quantity.unit_end : quantity.end].endswith("内")
    told = before is not None and (before.verb is None or before.verb.end != before.start)
    if inside and told and before is not None and before.text.endswith(grammar.lists["matter"]):
        return Reading(before, "metrics.within")  # 疑难问题|3天内拿出方案
    response = _responded(sentence, place)
    if response is not None:
        return response
    if inside:
        return _within(sentence, place)
    if (
        behind is not None
        and verb is not None
        and sentence.kind(place - 1) == "V"
        and sentence.word(verb) in ("当", "做", "参加", "参与", "提供")
    ):
        return Reading(behind, "metrics.behind")
    return None


def _by_case(sentence: Sentence, place: int) -> bool:
    """Whether a list of cases goes on to the time in which all are dealt with: 一般事项|5个工作日、复杂事项
    15个工作日内办结."""
    tokens, one, at = sentence.tokens, sentence.tokens[place].quantity, place + 1
    if one is None or sentence.kind(at) != "L":
        return False
    at = sentence.on(at, "XWL")
    other = tokens[at].quantity if sentence.kind(at) == "Q" else None
    if other is None or other.unit != one.unit or other.comparator != "<":
        return False
    return sentence.text[other.unit_end : other.end].endswith("内")


def _bounds_it(sentence: Sentence, place: int, previous: Reading) -> bool:
    """Whether a time bounds each of those just counted, or how long it goes on: 培训2期，每期|不少于3天."""
    text, quantity, tokens = sentence.text, sentence.tokens[place].quantity, sentence.tokens
    if quantity is None or place < 2 or quantity.comparator not in "<>" or sentence.kind(place - 2) != "B":
        return False
    ahead = sentence.word(tokens[place - 1])
    each = tokens[place - 1].kind == "R" and ahead.endswith(previous.unit or "\n")
    return (each or ahead in sentence.grammar.lists["span_limit"]) and text[tokens[place - 2].start] in "，、"


def _elided(sentence: Sentence, place: int, previous: Reading | None, verb: Token | None) -> Reading | None:
    """A time that changes by so much, named with the number before: 平均用时3天，缩短|1天."""
    averages = (*sentence.grammar.lists["average"], *sentence.grammar.lists["rate_average"])
    one = sentence.tokens[place].quantity
    if previous is not None and one is not None and previous.unit == one.unit:
        averaged = place > 0 and sentence.word(sentence.tokens[place - 1]) in averages
        if averaged and sentence.kind(place - 2) == "B" and previous.noun.text.endswith("时长"):
            return Reading(previous.noun, "metrics.elided")  # 服务总时长386万小时，人均|19小时
    if previous is None or verb is None or verb.end < sentence.tokens[place].start - 1:
        return None
    timed = previous.noun.text.endswith(sentence.grammar.lists["time_taken"])
    quantity = sentence.tokens[place].quantity
    same = quantity is not None and quantity.unit == previous.unit
    if timed and same and sentence.word(verb) in sentence.grammar.lists["storing"]:
        return Reading(previous.noun, "metrics.elided", sentence.word(verb))  # 存入时长9万小时，支取|2万小时
    if not timed or sentence.word(verb) not in sentence.grammar.change:
        return None
    return Reading(previous.noun, "metrics.elided", sentence.word(verb))


def _regular(
    sentence: Sentence, place: int, previous: Reading | None, before: Noun | None, bound: bool
) -> Reading | None:
    """What goes on so long each time, or has to: 每周|开放|不少于60小时."""
    grammar, tokens = sentence.grammar, sentence.tokens
    quantity = tokens[place].quantity
    rated = any(t.kind == "R" for t in tokens[max(0, place - 4) : place])
    short = sentence.kind(place - 1) == "X" and sentence.kind(place - 2) == "R"
    short = short and tokens[place - 1].end - tokens[place - 1].start == 2  # 每周|驻楼2天
    short = short and quantity is not None and not quantity.chinese  # 每月|最后一天
    if not (rated or (bound and before is None)) or not place:
        return None
    if sentence.kind(place - 1) not in "VW" and not short:
        return None
    verb = tokens[place - 1]
    word = sentence.word(verb)
    if (
        quantity is None
        or quantity.unit not in ("小时", "天", "分钟")
        or word in grammar.bearing | grammar.change
    ):
        return None
    if word in grammar.lists["opening"] and not bound and sentence.kind(place - 2) == "R":
        place_open = _open(sentence, place, previous)
        if place_open is not None:
            return Reading(place_open, "metrics.open")
    return Reading(Noun(verb.start, verb.end, word, verb), "metrics.limit" if bound else "metrics.deed")


def _measured(sentence: Sentence, place: int, before: Noun | None, bound: bool) -> Reading | None:
    """A noun before the number that a time measures by its nature, bounds or averages."""
    grammar = sentence.grammar
    verb = sentence.tokens[place - 1]
    if bound and sentence.kind(place - 1) == "V" and sentence.word(verb) in grammar.responding:
        first = sentence.back(place - 2, "XW") + 1  # 诉求办结|不得超过7个工作日
        named = [*sentence.tokens[first : place - 1], replace(verb, kind="X")]
        noun = make(sentence, named) if sentence.kind(first - 1) in "BS" else None
        return Reading(noun, "metrics.limit") if noun is not None else None
    if before is None:
        return None
    if bound and sentence.kind(place - 1) in "XWD":
        return Reading(before, "metrics.limit")
    if before.fixed and before.text.endswith(grammar.duration_nouns):
        return Reading(before, "metrics.before")
    beside = before.end == sentence.tokens[place].start
    if beside and before.text.endswith(grammar.lists["term"]):
        return Reading(before, "metrics.before")  # 平均审理周期|28天
    averaged = place > 1 and sentence.word(sentence.tokens[place - 1]) in grammar.lists["average"]
    if before.text.endswith(grammar.lists["age_of_things"]):
        said = sentence.text[max(0, before.start - 2) : before.end]
        told = "平均" in said or sentence.kind(place + 1) == "B"
        return Reading(before, "metrics.before") if told else None  # 平均|楼龄37年, 楼龄|都超30年
    if averaged and before.text.endswith(grammar.responding):
        return Reading(before, "metrics.before")  # 工单办理|平均28分钟
    return None


def _open(sentence: Sentence, place: int, previous: Reading | None) -> Noun | None:
    """What is open so long: 图书室|每天开放12小时; or what was counted before: 驿站136个，每天开放|16小时."""
    if sentence.word(sentence.tokens[place - 2]) == "日均":
        return None
    at, run = nouns_before(sentence, place - 1, "VWADRT")
    if run:
        return make(sentence, run)
    return previous.noun if previous is not None and sentence.kind(at) == "B" else None


def _in_all(sentence: Sentence, place: int, quantity: Quantity) -> Reading | None:
    """What went on so long in all: 村村响大喇叭|累计播放620小时; where somebody acts, the deed."""
    tokens = sentence.tokens
    summed = place > 1 and sentence.word(tokens[place - 1]) in sentence.grammar.lists["total"]
    if summed and quantity.unit in sentence.grammar.lists["hour_unit"] and tokens[place - 2].kind == "W":
        deed = tokens[place - 2]
        return Reading(Noun(deed.start, deed.end, sentence.word(deed), deed), "metrics.deed")
    if (
        quantity.unit not in sentence.grammar.lists["hour_unit"]
        or place < 2
        or tokens[place - 1].kind not in "VWX"
    ):
        return None
    deed, about = tokens[place - 1], tokens[place - 2]
    if deed.kind in "VW" and about.kind == "X" and sentence.word(about) in sentence.grammar.lists["average"]:
        said = sentence.text[about.start : deed.end]
        return Reading(Noun(about.start, deed.end, said, deed), "metrics.deed")  # 人均服务|31小时
    if deed.kind == "W" and quantity.value >= _MANY_HOURS and about.kind in "XAVTDE":
        return Reading(Noun(deed.start, deed.end, sentence.word(deed), deed), "metrics.deed")  # 值守|9万小时
    if about.kind != "D" or sentence.word(about) not in sentence.grammar.lists["total"]:
        return None
    _, run = nouns_before(sentence, place - 3, "TD")
    noun = make(sentence, run, deed) if run else None
    return None if noun is None else Reading(noun, "metrics.before")


def _spent(sentence: Sentence, place: int, quantity: Quantity) -> Reading | None:
    """Points of a time bank, terms run over: 陪护一次记|2小时, 逾期|7天. The unit's own word is counted."""
    if sentence.kind(place - 1) not in "XVWD" or quantity.unit not in ("小时", "分钟", "天", "个工作日"):
        return None
    token = sentence.tokens[place - 1]
    word = sentence.word(token)
    verb = next((v for v in sentence.grammar.counting if word.endswith(v)), None)
    if verb is None or (len(verb) == 1 and word != verb and is_word(word[-2:])):
        return None
    if verb in sentence.grammar.lists["overdue"]:
        return Reading(Noun(token.end - 2, token.end, verb, None), "metrics.limit")
    at = quantity.unit_start
    name = sentence.text[at : quantity.unit_end]
    return Reading(Noun(at, quantity.unit_end, name, token), "metrics.limit")


def _responded(sentence: Sentence, place: int) -> Reading | None:
    """What has to be or can be done in a time, right behind it: 3天|办结, 10分钟内|回电, 3分钟就能|赶到,
    30分钟内完成|人员转移."""
    tokens, grammar = sentence.tokens, sentence.grammar
    quantity = tokens[place].quantity
    at = place + 1
    if quantity is None or quantity.unit == "年" or quantity.comparator == ">":
        return None
    if sentence.text[quantity.unit_end : quantity.end].endswith("内"):
        late = _later(sentence, at)
        if late is not None:
            return late
    soon = sentence.kind(at) == "D" and sentence.word(tokens[at]) == "就"
    soon = soon and (quantity.comparator == "<" or sentence.text.startswith("就能", tokens[at].start))
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
    carried_out = _carried_out(sentence, at, end) if word == "完成" else None
    if carried_out is not None:
        return Reading(carried_out, "metrics.within")
    matter = _matter(sentence, place)
    if matter is not None:
        return Reading(matter, "metrics.within")
    other = tokens[at + 2] if sentence.kind(at + 1) == "C" and sentence.kind(at + 2) in "VW" else None
    if other is not None and end == tokens[at].end and sentence.word(other).startswith(grammar.responding):
        end = other.end  # 2小时内|回复或上门
    return Reading(Noun(start, end, sentence.text[start:end], None), "metrics.within")


def _carried_out(sentence: Sentence, at: int, end: int) -> Noun | None:
    """What has to be carried out in a time, behind 完成, which ends at `end`: 3天内完成|整改."""
    token = sentence.tokens[at]
    rest = sentence.text[end : token.end]
    if rest in sentence.grammar.deeds:
        return Noun(end, token.end, rest, None)
    if sentence.kind(at + 1) not in "XW":
        return None
    return right(sentence, at, people=False) or make(sentence, [sentence.tokens[at + 1]])


def _matter(sentence: Sentence, place: int) -> Noun | None:
    """The matter for which a time is set: 紧急事项|2小时内响应, 一般事项|要求3天办结."""
    before = left(sentence, place, "time")
    if before is not None and before.text.endswith("要求") and len(before.text) > 3:
        before = until(before, len(before.text) - 2)
    if before is None or before.verb is not None:
        return None
    return before if before.text.endswith(sentence.grammar.lists["matter"]) else None


def _later(sentence: Sentence, at: int) -> Reading | None:
    """What somebody does in a time, named in between: 48小时内由社区牵头|会商, 10分钟内包片党员|上门."""
    if sentence.kind(at) not in "PXD":
        return None
    start = sentence.tokens[at].start
    at = sentence.clause_end(at)
    text = sentence.text[start : sentence.tokens[at - 1].end]
    word = next((w for w in sentence.grammar.responding if text.endswith(w)), None)
    if word is None or len(text) > 16:
        return None
    end = start + len(text)
    return Reading(Noun(end - len(word), end, word, None), "metrics.within")


def _coming(sentence: Sentence, who: Token) -> Reading:
    """Who comes in a time, with what they do; of somebody the deed alone: 有人|回电话."""
    start = who.start + (sentence.word(who)[0] == "人" and who.end - who.start > 2)
    return Reading(Noun(start, who.end, sentence.text[start : who.end], None), "metrics.within")


def _within(sentence: Sentence, place: int) -> Reading | None:
    """A promised time of response: 5分钟内有人|回应, 半小时内有|志愿者上门."""
    tokens = sentence.tokens
    there = sentence.kind(place + 1) == "D" and sentence.word(tokens[place + 1]).endswith("有")  # 就有
    if sentence.kind(place + 1) == "D":
        place += not there
    there = there or (sentence.kind(place + 1) == "V" and sentence.word(tokens[place + 1]) == "有")
    if there and place + 2 < len(tokens):
        who = tokens[place + 2]
        if who.kind == "X" and sentence.word(who) != "人":
            return _coming(sentence, who)
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
