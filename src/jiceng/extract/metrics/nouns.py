"""The counted phrase in front of a number, and what both sides share: sentences, nouns, governing verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiceng.extract.metrics.boundaries import (
    deed,
    object_start,
    plain_start,
    spoken,
    trailing,
)
from jiceng.extract.metrics.grammar import Grammar
from jiceng.extract.metrics.tokens import Token
from jiceng.words import is_word

_PHRASE = frozenset("XWFELC")
_MEANS = ("通过", "依托", "以", "经过", "借助", "按", "按照", "较", "比")
_AVERAGES = ("平均", "人均", "年均", "月均", "户均")
_RESULTS = "了掉出完走"
_AGENTS = (
    "社区",
    "街道",
    "区",
    "县",
    "市",
    "镇",
    "乡",
    "村",
    "部门",
    "单位",
    "党委",
    "支部",
    "企业",
    "公司",
    "员",
    "者",
)
_PLACES_IN_TIME = ("前", "后", "时", "内", "外", "中", "间", "时候", "下来")
_COMPARED = ("高于", "低于", "快于", "好于", "优于", "多于", "少于")
_SIZED = (
    "总建筑面积",
    "建筑面积",
    "占地面积",
    "辖区面积",
    "区域面积",
    "总面积",
    "面积",
    "常住人口",
    "户籍人口",
    "总人口",
    "流动人口",
    "人口",
    "总户数",
    "户数",
    "人数",
)
_TRANSPARENT = frozenset("DTR")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted phrase at `start:end`; `text` differs where a head takes words from before the number.

    `verb` is the token of the verb that governs it; `fixed` says that the phrase measures by its nature
    (面积, 满意率) or stands before a verb like 达.
    """

    start: int
    end: int
    text: str
    verb: Token | None = None
    fixed: bool = False
    items: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's tokens with the text that they stand in."""

    text: str
    tokens: Sequence[Token]
    grammar: Grammar

    def word(self, token: Token) -> str:
        """The token's text."""
        return self.text[token.start : token.end]

    def kind(self, place: int) -> str:
        """The kind of the token at an index, `B` outside the sentence."""
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else "B"


def make(
    sentence: Sentence, tokens: Sequence[Token], verb: Token | None = None, fixed: bool = False
) -> Noun | None:
    """A noun of these tokens, without particles at its edges; None if nothing remains."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].kind in "LCFE":
        first += 1
    while last > first and tokens[last - 1].kind in "LCFE":
        last -= 1
    if first == last:
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    items, at = [], start
    for token in tokens[first:last]:
        if token.kind in "LC":
            items.append((at, token.start))
            at = token.end
    items.append((at, end))
    return Noun(start, end, sentence.text[start:end], verb, fixed, tuple(items))


def left(sentence: Sentence, place: int, kind: str = "classifier") -> Noun | None:
    """The phrase before the number at token `place`, whose unit is of `kind`: 化解矛盾纠纷|1210余件."""
    tokens, grammar = sentence.tokens, sentence.grammar
    if sentence.kind(place - 1) in "LC":
        return None
    if kind == "share":
        part = shared_out(sentence, place)
        if part is not None:
            return part
    at, reach = _back(sentence, place, kind)
    last = at + 1
    while at >= 0 and (tokens[at].kind in _PHRASE or _averages(sentence, at, last)):
        at -= 1
    phrase = [replace(t, kind="X") if t.kind == "D" else t for t in tokens[at + 1 : last]]
    if len(phrase) == 1 and sentence.kind(at) == "V" and trailing(sentence.word(phrase[0])):
        return _passive(sentence, at - 1, tokens[at])  # 存折|发出|去|1.1万本
    if not phrase and sentence.kind(place - 1) == "V" and sentence.word(tokens[place - 1])[-1] in _RESULTS:
        noun = _passive(sentence, place - 2, tokens[place - 1])  # 充电口|装了|520个
        return None if noun is None or noun.text.endswith(_AGENTS) else noun
    if not phrase:
        named = sentence.kind(place - 1) == "V" and sentence.kind(place - 2) == "D" and kind != "people"
        noun = _passive(sentence, place - 2, tokens[place - 1]) if named else None
        ends = sentence.kind(place + 1) == "B" and kind == "classifier"
        if noun is not None and noun.text[0] != "“" and (not ends or noun.text.endswith(_AGENTS)):
            return None
        return noun
    if reach is not None and sentence.kind(at) == "P" and sentence.word(tokens[at]) in _MEANS:
        return None
    if phrase[-1].kind == "F" and kind != "share":
        return None  # 实行物业管理的有|51个, 70岁以上的|12人
    if sentence.kind(at) == "R" and tokens[at].end - tokens[at].start == 2:
        if len(phrase) > 1 and phrase[1].kind == "W":
            phrase = phrase[1:]  # 每部|电梯|补助20万元
        elif len(phrase) == 1 and not sentence.word(phrase[0]).endswith(grammar.measure_heads):
            return None  # 每个|社区|10万元
    ratio = sentence.word(phrase[0]).endswith(("率", "度")) and phrase[0].end - phrase[0].start <= 4
    if (
        ratio
        and sentence.kind(at) == "V"
        and sentence.word(tokens[at]) not in grammar.change | grammar.holding
    ):
        phrase.insert(0, replace(tokens[at], kind="X"))  # 回访|满意率
        at -= 1
    if sentence.word(phrase[0]) in grammar.sizes:
        while at >= 0 and (tokens[at].kind in "VWX" or _averages(sentence, at, last)):
            phrase.insert(0, replace(tokens[at], kind="X"))  # 研发|投入|占比
            at -= 1
    before = tokens[at] if sentence.kind(at) == "V" else None
    phrase, inner = governed(sentence, phrase, at)
    if len(phrase) == 1 and phrase[0].kind == "W" and sentence.word(phrase[0]) in grammar.verbs:
        joined = before is not None and sentence.word(before) in grammar.bearing
        if joined and kind == "people" and sentence.kind(at - 1) == "X":
            return make(sentence, [tokens[at - 1]], before)  # 居民|参与|议事300人次
        if before is None and (kind == "people" or sentence.word(phrase[0]) in grammar.money):
            return None  # 服务超万人次, 投资600万元
        if kind == "classifier" and sentence.kind(at) in "DV":
            return _passive(sentence, at, phrase[0])
    phrase = _from_object(sentence, head(sentence, phrase), at, kind)
    noun = make(sentence, phrase, reach or inner or before)
    if noun is None:
        return None
    if spoken(noun.text) or noun.text.startswith(_COMPARED) or noun.text in _PLACES_IN_TIME:
        return None
    noun = _without_holder(noun, grammar)
    fixed = reach is not None or noun.text.endswith(grammar.measure_heads)
    return Noun(noun.start, noun.end, noun.text, noun.verb, fixed, noun.items)


def shared_out(sentence: Sentence, place: int) -> Noun | None:
    """What makes up a share: 少数民族人口|占总人口的36.7%; without it the whole (占|年度计划的53%)."""
    tokens = sentence.tokens
    first = place
    while first and tokens[first - 1].kind not in "BQ":
        first -= 1
    if first == place:
        return None
    text, end = sentence.text, tokens[place].start
    at = text.rfind("占", tokens[first].start, end)
    if (
        at < 0
        or (at > end - 3 and text[at - 1] != "的")
        or text[at + 1] in "比地有道用了到据"
        or text[at - 1] in "侵抢强霸独多各约"
    ):
        return None
    before = [replace(t, end=min(t.end, at)) for t in tokens[first:place] if t.start < at]
    while before and before[0].kind in "TDPA":
        before = before[1:]
    while before and before[-1].kind in "DP":
        before = before[:-1]
    if before and all(t.kind in "XWFLC" for t in before):
        if before[-1].kind == "F":
            start, last = before[0].start, before[-1].start  # 当场办结|的占六成
            return Noun(start, last, text[start:last], None, True)
        return make(sentence, head(sentence, before), None, True)
    if before or tokens[first].kind == "Q":
        return None
    behind = [replace(t, start=max(t.start, at + 1)) for t in tokens[first:place] if t.end > at + 1]
    return make(sentence, [t for t in behind if t.kind in "XWF"], None, True)


def _without_holder(noun: Noun, grammar: Grammar) -> Noun:
    """A size without the place that has it, and without a trailing 共: 柳湾社区|面积, 居民公约|共6章."""
    if len(noun.items) > 1:
        return noun
    if len(noun.text) > 3 and noun.text[-1] in "共约满" and not is_word(noun.text[-2:]):
        noun = replace(noun, end=noun.end - 1, text=noun.text[:-1])
    for size in _SIZED:
        if noun.text.endswith(size):
            name = noun.text[: -len(size)]
            if len(name) > 3 and name.endswith(("社区", "街道", "小区", "村", "镇", "乡", "区", "县", "市")):
                return replace(noun, start=noun.end - len(size), text=size)
            break
    return noun


def _from_object(sentence: Sentence, phrase: list[Token], before: int, kind: str) -> list[Token]:
    """Cut off a verb at the front of a phrase that no list knows: 核发|居住证, but 受益群众, 成立比例."""
    if not phrase or phrase[0].kind != "X":
        return phrase
    first = phrase[0]
    start = first.start
    end = next((t.start for t in phrase if t.kind not in "XW"), phrase[-1].end)
    said = sentence.text[start:end]
    short = len(said) <= 4 and (kind == "people" or said.endswith(sentence.grammar.measure_heads))
    if sentence.kind(before) in "ABDTRSVQC" and not short:
        start = object_start(sentence.text, start, end, sentence.grammar)
    start = plain_start(sentence.text, start, end)
    if start == first.start:
        return phrase
    rest = [t for t in phrase if t.end > start]
    return [replace(rest[0], start=max(start, rest[0].start)), *rest[1:]] if rest else phrase


def behind_other(sentence: Sentence, place: int) -> bool:
    """Whether the noun before a number is that of another one and a break is missing: 11个小区|1.9万户."""
    at = place - 1
    while sentence.kind(at) in "XW":
        at -= 1
    if at == place - 1 or sentence.kind(at) != "Q" or sentence.kind(place + 1) not in "BV":
        return False
    other = sentence.tokens[at].quantity
    return other is not None and sentence.grammar.kind(other.unit) == "classifier"


def unsaid(sentence: Sentence, noun: Noun) -> bool:
    """Whether what stands before a number is only a verb: 发放问卷2100份，|回收|1963份."""
    return deed(sentence.text, noun.start, noun.end, sentence.grammar)


def _averages(sentence: Sentence, at: int, last: int) -> bool:
    """Whether 平均 or 人均 stands at token `at` before a phrase that ends at `last`."""
    return at + 1 < last and sentence.word(sentence.tokens[at]) in _AVERAGES


def _back(sentence: Sentence, place: int, unit_kind: str) -> tuple[int, Token | None]:
    """Where the phrase before a number ends, and the verb between that says something of it (达, 增长)."""
    tokens, grammar = sentence.tokens, sentence.grammar
    at, reach, seen = place - 1, None, 0
    if (
        sentence.kind(at) == "B"
        and at > 0
        and sentence.word(tokens[at]) == "："
        and sentence.kind(at - 2) == "B"
    ):
        at -= 1  # 党支部：412个
    if sentence.kind(at) == "P" and sentence.word(tokens[at]) in ("中", "里"):
        at -= 1
    while at >= 0:
        kind, word = tokens[at].kind, sentence.word(tokens[at])
        bears = (kind in "VP" and word in grammar.bearing) or (kind == "W" and word in grammar.change)
        bears = bears or (kind == "V" and unit_kind in ("measure", "share") and at == place - 1)
        if kind in _TRANSPARENT or (kind == "P" and word in ("较", "比") and sentence.kind(at + 1) == "T"):
            at -= 1
        elif reach is None and at >= place - 2 and bears:
            reach, seen = tokens[at], at
            at -= 1
        elif reach is not None and kind == "V" and at == seen - 1 and word not in grammar.money:
            at -= 1  # 覆盖|超过…
        else:
            break
    return at, reach


def _passive(sentence: Sentence, at: int, verb: Token) -> Noun | None:
    """What stands before a verb that the number follows: “幸福门铃”已|安装|2300个; none if it has no noun."""
    if sentence.kind(at) == "V":
        return None
    while sentence.kind(at) == "D":
        at -= 1
    last = at
    while at >= 0 and sentence.tokens[at].kind in _PHRASE:
        at -= 1
    phrase = list(sentence.tokens[at + 1 : last + 1])
    if sentence.kind(at) != "B" or not phrase:
        return None
    return make(sentence, head(sentence, phrase), verb)


def governed(sentence: Sentence, phrase: list[Token], before: int) -> tuple[list[Token], Token | None]:
    """Part a verb that could also be a noun from its object: 培训|职业农民, 向街道|放权, 党员服务|群众."""
    kind = sentence.kind(before)
    if kind == "Q" and _is_time(sentence.tokens[before], sentence):
        kind = "T"  # 三天|拆除违章建筑
    parallel = kind == "Q" and phrase[0].kind == "L"
    while phrase and phrase[0].kind in "LC":
        phrase = phrase[1:]
    if not phrase:
        return phrase, None
    behind = before + 1 + len(phrase)
    within = sentence.kind(behind) == "P" and sentence.word(sentence.tokens[behind]) in ("中", "里")
    if kind == "P" and not within:
        for index, token in enumerate(phrase):
            if token.kind == "W" and index:
                rest = phrase[index + 1 :]
                if rest and rest[-1].end - rest[0].start == 1:
                    continue  # 在综合考核|中
                return (rest, token) if rest and rest[0].kind in "XW" else (phrase[index:], None)
    for index in range(len(phrase) - 2, 0, -1):
        one, verb, two = phrase[index - 1], phrase[index], phrase[index + 1]
        if verb.kind == "W" and one.kind == two.kind == "X" and _acts(sentence, one, verb, two, phrase[-1]):
            return phrase[index + 1 :], verb
    first = phrase[0]
    if kind in "ABDTRS" and len(phrase) > 2 and sentence.word(first) == "集中" and phrase[1].kind == "W":
        return phrase[2:], phrase[1]  # 集中|整治|安全隐患
    verbs = 1
    while len(phrase) > verbs + 1 and phrase[verbs].kind in "LC" and phrase[verbs + 1].kind == "W":
        verbs += 2  # 新建、改扩建|服务设施
    if kind == "V" and first.kind == "W" and len(phrase) > 1:
        patient = sentence.word(phrase[1]).startswith(sentence.grammar.patients)
        if patient and sentence.word(first) in sentence.grammar.verbs:
            return phrase[1:], first  # 组织|培训|党员
    future = kind == "P" and sentence.word(sentence.tokens[before]) == "将"
    if (kind in "ABDTRS" or parallel or future) and first.kind == "W" and len(phrase) > verbs:
        left_over = sentence.text[phrase[verbs].start : phrase[-1].end]
        ends = sentence.grammar.compounds
        compound = left_over in ends or (len(left_over) == 2 and left_over.endswith(ends))
        named = left_over in sentence.grammar.sizes or (
            compound and sentence.word(first) in sentence.grammar.attributive
        )
        if (
            phrase[verbs].kind in "XW"
            and (not named or kind == "D")
            and sentence.word(first) in sentence.grammar.verbs
        ):
            return phrase[verbs:], first
    return phrase, None


def _is_time(token: Token, sentence: Sentence) -> bool:
    return token.quantity is not None and sentence.grammar.kind(token.quantity.unit) == "time"


def _acts(sentence: Sentence, one: Token, verb: Token, two: Token, last: Token) -> bool:
    """Whether a verb inside a phrase is a deed: 党员|服务|群众, but 党员|服务|队."""
    grammar = sentence.grammar
    if sentence.word(last).endswith(grammar.money_nouns):
        return False  # 社区党组织服务群众专项经费
    if not sentence.word(one).endswith(grammar.holders) or sentence.word(verb) not in grammar.verbs:
        return False
    return sentence.word(two).startswith(grammar.patients) or not sentence.word(last).endswith(
        grammar.compounds
    )


def head(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Leave out descriptions with 的 and examples before 等, unless the rest alone says nothing."""
    for index in range(len(phrase) - 2, -1, -1):
        if phrase[index].kind in "FE":
            rest = phrase[index + 1 :]
            said = sentence.text[rest[0].start : rest[-1].end]
            if said not in sentence.grammar.empty_heads:
                return rest
            break
    return phrase


def governor(sentence: Sentence, place: int) -> Token | None:
    """The verb that governs the number at `place` from the left, within its clause."""
    for token in reversed(sentence.tokens[max(0, place - 12) : place]):
        if token.kind in "B":
            return None
        if token.kind == "V" or (token.kind == "W" and sentence.word(token) in sentence.grammar.verbs):
            return token
    return None
