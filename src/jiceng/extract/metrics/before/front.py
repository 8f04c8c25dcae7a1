"""The phrase before a number while it is read: where it begins and ends, and what stands between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiceng.extract.metrics.before.asides import behind_bracket, behind_label, behind_remark, without_remark
from jiceng.extract.metrics.sentence.boundaries import deed
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import PHRASE, Sentence
from jiceng.extract.metrics.sentence.tokens import Token

_TRANSPARENT = frozenset("DTR")


@dataclass(slots=True)
class Front:
    """The tokens of a phrase before the number at token `place`, whose unit is of `kind`.

    Those who read it may shorten or lengthen it.
    """

    sentence: Sentence
    place: int
    kind: str
    subject: bool
    """It cannot be a verb's object, so that a verb in it describes (上报表格|由157张…)."""
    at: int
    """The token before it."""
    last: int
    """The token behind it."""
    reach: Token | None
    """The verb between it and the number that says something of it (达, 增长)."""
    phrase: list[Token]
    before: Token | None = None
    """The verb right before it."""
    inner: Token | None = None
    """The verb inside it that governs the rest."""

    @property
    def grammar(self) -> Grammar:
        """The word classes of its sentence."""
        return self.sentence.grammar

    @property
    def stop(self) -> str:
        """The kind of the token before it."""
        return self.sentence.kind(self.at)

    @property
    def said(self) -> str:
        """Its text."""
        return self.sentence.text[self.phrase[0].start : self.phrase[-1].end] if self.phrase else ""

    @property
    def final(self) -> str:
        """Its last word; there must be one."""
        return self.sentence.word(self.phrase[-1])

    def word(self, at: int) -> str:
        """The word at a token."""
        return self.sentence.word(self.sentence.tokens[at])

    def take(self, kinds: str, and_averages: bool = False) -> None:
        """Lengthen it at its front by tokens of certain kinds, whatever they are elsewhere."""
        tokens = self.sentence.tokens
        while self.at >= 0 and (
            tokens[self.at].kind in kinds or (and_averages and averages(self.sentence, self.at, self.last))
        ):
            self.phrase.insert(0, replace(tokens[self.at], kind="X"))
            self.at -= 1


def front_of(sentence: Sentence, place: int, kind: str, subject: bool) -> Front:
    """The phrase before a number, as far as it reaches."""
    tokens = sentence.tokens
    at, reach = _back(sentence, place, kind)
    last = at + 1
    while at >= 0 and (tokens[at].kind in PHRASE or averages(sentence, at, last)):
        at -= 1
    phrase = [replace(t, kind="X") if t.kind == "D" else t for t in tokens[at + 1 : last]]
    if phrase and (reach is not None or _told_to_pass(sentence, place)):
        phrase = _without_adverbs(sentence, phrase)
    out_of = reach is not None and sentence.word(reach) in ("占", "约占") and not phrase
    if out_of and sentence.kind(at) == "V" and sentence.kind(at - 1) == "X":
        phrase = [tokens[at - 1], replace(tokens[at], kind="X")]  # 居民|出资占7%
        last, at = at + 1, at - 2
    phrase = without_remark(sentence, behind_bracket(sentence, phrase, at))
    return Front(sentence, place, kind, subject, at, last, reach, phrase)


def _leads_up(word: str, grammar: Grammar) -> bool:
    """Whether a word before a verb only tells how something comes to a number: 力争|达到, 普遍|超过."""
    return word in grammar.lists["reach_adverb"] or word in grammar.lists["reach_modal"]


def _without_adverbs(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """A phrase without what its end says of the verb behind it: 满意率普遍|达到90%, 覆盖率要|超过八成."""
    grammar = sentence.grammar
    *others, last = phrase
    word = sentence.word(last)
    told = _ending(word, grammar.lists["reach_adverb"])
    if not told:
        told = _ending(word, grammar.lists["reach_modal"])
        noun = word.removesuffix(told)
        if not told or not noun.endswith((*grammar.measure_heads, *grammar.sizes)):
            return phrase
    rest = last.end - len(told)
    if rest == last.start:
        return _without_adverbs(sentence, others) if others else phrase
    return _without_adverbs(sentence, [*others, replace(last, end=rest)])


def _ending(word: str, of: Sequence[str]) -> str:
    """The longest of some words that a word ends with; empty if there is none."""
    return max((one for one in of if word.endswith(one)), key=len, default="")


def averages(sentence: Sentence, at: int, last: int) -> bool:
    """Whether 平均 or, inside a phrase, 月均 or 年 stands at `at` before a phrase that ends at `last`."""
    if at + 1 >= last:
        return False
    word = sentence.word(sentence.tokens[at])
    if word in sentence.grammar.lists["average"]:
        return True
    named = sentence.tokens[last - 1]
    sized = sentence.word(named).endswith(
        (*sentence.grammar.measure_heads, *sentence.grammar.lists["size_sign"])
    )
    if not sized and not deed(sentence.text, named.start, named.end, sentence.grammar):
        return False  # 日均|上传图片
    inner = word in sentence.grammar.lists["rate_average"] or word == "年"  # 低保|月均标准, 财政|年补助标准
    pay = inner and last - at == 2 and sentence.word(named) in sentence.grammar.lists["pay"]
    return inner and (sentence.kind(at - 1) in "XW" or pay)  # 月均工资|提高620元


def _where(sentence: Sentence, at: int, place: int, reach: Token | None) -> int:
    """How many tokens 在 and an area take that end at `at`, 0 if none: 产值|在全省各县|率先突破千亿元."""
    if reach is None and (sentence.kind(at + 1) != "A" or not _told_to_pass(sentence, place)):
        return 0
    first = at - 1 if sentence.kind(at) == "X" and sentence.kind(at - 1) == "S" else at  # 全县|各乡镇
    if (
        sentence.kind(first) not in "XS"
        or sentence.kind(first - 1) != "P"
        or sentence.kind(first - 2) not in "XWA"
    ):
        return 0
    area = sentence.word(sentence.tokens[first]).startswith(sentence.grammar.lists["ranking_area"])
    if sentence.word(sentence.tokens[at]).endswith(sentence.grammar.measure_heads):
        return 0  # 食堂在全县|社区覆盖率达90%
    return at - first + 2 if area and sentence.word(sentence.tokens[first - 1]) in ("在", "于") else 0


def _told_to_pass(sentence: Sentence, place: int) -> bool:
    """Whether a number begins with the verb that says what it bounds: 突破千亿元, 超过300户."""
    said = sentence.word(sentence.tokens[place])
    return said[:2] in sentence.grammar.bearing or said[0] in "超逾"


def _will(sentence: Sentence, at: int, place: int, unit_kind: str) -> bool:
    """Whether 将 right before a number says that it will be so; it doesn't where something is done with a sum
    (将|20万元列入预算)."""
    return at == place - 1 and not (unit_kind == "money" and sentence.kind(place + 1) in "VWP")


def _back(sentence: Sentence, place: int, unit_kind: str) -> tuple[int, Token | None]:
    """Where the phrase before a number ends, and the verb between that says something of it (达, 增长)."""
    tokens, grammar = sentence.tokens, sentence.grammar
    at, reach, seen = behind_remark(sentence, place - 1), None, 0
    at = behind_label(sentence, at, unit_kind)  # 党支部：412个
    bracket = at > 0 and sentence.kind(at) == "B" and sentence.word(tokens[at]) in "（("
    closed = place + 1 < len(tokens) and sentence.word(tokens[place + 1]) in "）)"
    total = at - 1
    while at == place - 1 and not bracket and sentence.kind(total + 1) == "D" and sentence.kind(total) == "D":
        total -= 1
    opened = sentence.kind(place - 1) == "D" and sentence.kind(total) == "B"
    if bracket and closed:
        at -= 1  # 停车管理类（4102件）
    elif opened and sentence.word(tokens[total]) in "（(" and sentence.kind(total - 1) in "XW":
        at = total - 1  # 民生项目（共|26个，总投资4.3亿元）
    if sentence.kind(at) == "P" and sentence.word(tokens[at]) in ("中", "里"):
        at -= 1
    passes = _told_to_pass(sentence, place)
    while at >= 0:
        kind, word = tokens[at].kind, sentence.word(tokens[at])
        said = reach is not None or passes
        bears = (kind in "VP" and word in grammar.bearing) or (kind == "W" and word in grammar.change)
        bears = bears or (kind == "V" and word in grammar.lists["filled"])
        if kind == "V" and word == "完成" and unit_kind in ("money", "share", "measure") and at:
            bears = bears or sentence.word(tokens[at - 1]).endswith(
                grammar.measure_heads
            )  # 总产值|完成249亿元
        bears = bears or (kind == "V" and unit_kind in ("measure", "share", "time") and at == place - 1)
        if kind == "A" and word == "成功" and at == place - 1:
            at -= 1  # 调解成功|14件
        elif (
            kind in _TRANSPARENT
            or (kind == "A" and reach is not None)  # 满意率|持续|保持在98%
            or (said and _leads_up(word, grammar))  # 满意率|力争|达到90%
            or (kind == "A" and at == place - 1 and _told_to_pass(sentence, place))  # 产值|率先|突破千亿元
            or (
                kind == "P"
                and word in sentence.grammar.lists["compared_with"]
                and sentence.kind(at + 1) == "T"
            )
            or (kind == "X" and word == "同" and sentence.kind(at + 1) == "T")
            or (kind == "P" and word in ("还", "也", "已") and at == place - 1)
            or (kind == "P" and word == "将" and (reach is not None or _will(sentence, at, place, unit_kind)))
        ):
            at -= 1
        elif at >= place - 2 and (where := _where(sentence, at, place, reach)):
            at -= where
        elif reach is None and at >= place - 4 and bears:
            reach, seen = tokens[at], at
            at -= 1
        elif reach is not None and kind == "V" and at == seen - 1 and word not in grammar.money:
            at -= 1  # 覆盖|超过…
        else:
            break
    return at, reach
