"""The verb of a number: the one that governs it or its list, the one that it is the subject of, or its noun.

组建小区党支部61个、|楼栋党小组9个; 3300名党员到社区|报到; 每月|报到1次; 常住人口|超过130万.
"""

from __future__ import annotations

import re

from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.phrase import AND, Sentence
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.model import Measurement

_REACH = 14  # tokens behind a number within which its verb stands
_NO_SIGN = re.compile(r"[\u4e00-\u9fff]+")


def governing(sentence: Sentence, place: int, reading: Reading) -> str | None:
    """The verb that a reading has found, in its plain form; None where it is part of a name (服务|中心)."""
    verb = reading.noun.verb
    said = reading.action or (sentence.word(verb) if verb else None)
    if said is None or not _NO_SIGN.fullmatch(said):
        return None
    if verb is not None and said == sentence.word(verb):
        if _in_name(sentence, verb):
            return None
        if said.endswith("有") and reading.noun.start > verb.end:
            return _behind(sentence, place, reading) or plain(sentence, said)  # 已有3个小区|走完流程
        before = _right_before(sentence, verb)
        if before and said in sentence.grammar.lists["describing_verb"]:
            return before  # 解决|涉及停车的问题12件
        said = before + said
    return sentence.grammar.rules.tables["written_out"].get(said) or plain(sentence, said)


def plain(sentence: Sentence, said: str) -> str:
    """A verb without its aspect and what says how it is done: 累计|投入, 联合|举办, 配|了, 培育|出."""
    verbs = sentence.grammar.verbs
    ahead = next((w for w in sentence.grammar.lists["beside_verb"] if said.startswith(w)), "")
    if ahead and said[len(ahead) :] in verbs:
        said = said[len(ahead) :]
    if len(said) > 2 and said[-1] == "出" and said[:-1] in verbs:
        return said[:-1]
    return said[:-1] if len(said) > 1 and said[-1] in "了着" else said


def _right_before(sentence: Sentence, verb: Token) -> str:
    """The verb right before another one that does the same with the same: 排查|化解."""
    at = sentence.index(verb) - 1
    if verb.kind != "V" or sentence.kind(at) not in "VW" or sentence.tokens[at].end != verb.start:
        return ""
    said, grammar = sentence.word(sentence.tokens[at]), sentence.grammar
    alike = len(said) == 2 and said in grammar.verbs and said not in grammar.lists["beside_verb"]
    return said if alike else ""


def found(sentence: Sentence, place: int, reading: Reading, prior: Measurement | None) -> str | None:
    """The verb of a number without one of its own; `prior` is the one whose list it goes on with."""
    if prior is not None and prior.action and not prior.action.endswith("前"):
        return prior.action
    noun = reading.noun
    if noun.text in sentence.grammar.deeds and noun.text[0] != "总" and reading.rule != "metrics.table":
        return noun.text
    at = sentence, place, reading
    return _nominal(*at) or _reached(*at) or _behind(*at)


def _in_name(sentence: Sentence, verb: Token) -> bool:
    """Whether what looks like a verb stands in a name: 便民|服务|中心等2个综合性机构."""
    behind = sentence.index(verb) + 1
    if verb.kind != "W" or sentence.kind(behind) != "X":
        return False
    return sentence.word(sentence.tokens[behind]).startswith(sentence.grammar.compounds)


def _nominal(sentence: Sentence, place: int, reading: Reading) -> str | None:
    """The verb before a noun that could be part of it, where it begins the clause: |整合热线19条."""
    start = reading.noun.start
    if start > sentence.tokens[place].start:
        return None
    at = next((n for n in range(place - 1, -1, -1) if sentence.tokens[n].end <= start), -1)
    if sentence.kind(at) not in "VW" or sentence.tokens[at].end != start:
        return None
    said = sentence.word(sentence.tokens[at])
    begins = sentence.kind(at - 1) in "BDRTS" and said in sentence.grammar.deeds
    return plain(sentence, said) if begins else None


def _reached(sentence: Sentence, place: int, reading: Reading) -> str | None:
    """The verb between a noun and its figure: 常住人口|超过130万, 流动人口|占总人口的三成."""
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    if sentence.text[reading.noun.end : quantity.start].startswith(("占", "约占")):
        return "占"
    said = sentence.text[quantity.start : quantity.number]
    if sentence.kind(place - 1) not in "XW":
        return None
    return said if said in sentence.grammar.lists["reaches"] else None


def _behind(sentence: Sentence, place: int, reading: Reading) -> str | None:
    """The verb whose subject, or object before it (将, 由), the number is: 126个部门与21个社区|签订协议."""
    noun, tokens = reading.noun, sentence.tokens
    quantity = tokens[place].quantity
    assert quantity is not None
    edge = max(noun.end, quantity.end)
    at = place + 1
    while at < len(tokens) and tokens[at].start < edge:
        at += 1
    joined = False
    for here in range(at, min(at + _REACH, len(tokens))):
        token = tokens[here]
        if token.kind in "BF" or (token.kind == "Q" and not joined):
            return None
        said, verb = plain(sentence, sentence.word(token)), token.kind == "V"
        acts = token.kind in "VWX" and len(said) > 1
        acts = acts and said in (sentence.grammar.verbs if verb else sentence.grammar.deeds)
        if acts and (verb or sentence.kind(here + 1) not in "XF"):
            return said[:-1] if said[:-1] in sentence.grammar.verbs and said[-1] == "为" else said
        joined = token.kind in "LCP" or sentence.word(token) in AND
    return None
