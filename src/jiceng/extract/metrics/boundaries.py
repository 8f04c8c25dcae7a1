"""Where a counted phrase ends that runs into a verb which no word list of ours knows.

The verbs of actions.ttl cut a sentence before anything else. What is left between them may still hold
others (居民|开立积分账户, |核发居住证). Here the word classes of jieba's dictionary tell them: a word that
is a verb there counts as one only where its surroundings agree, since Chinese puts bare verbs before nouns
too (充电设施, 返乡青年).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from jiceng.extract.metrics.grammar import COMPLEMENTS, PREDICATE_ADVERBS, Grammar
from jiceng.words import cut, is_word, words_of_class

_ADVERBS = frozenset(PREDICATE_ADVERBS)
_COMPLEMENTS = frozenset(COMPLEMENTS)
_ENDS = ("成", "到", "出", "为", "于", "给", "至", "入", "起", "满", "了", "上")
_LIGHT = frozenset("了着过")
_TRAILING = frozenset("去来掉完好起来出去下去下来进来回来")
_ABOUT = frozenset("共约均各再又皆")
_INSIDE = frozenset("了着过占")
_DEMANDS = ("要求", "确保", "明确", "规定", "保证")
_LONGEST = 24  # characters of a run that are looked at


@cache
def _class(tag: str) -> Mapping[str, None]:
    return words_of_class(tag)


def is_verb(word: str, grammar: Grammar) -> bool:
    """Whether a word is first of all a verb: so in the dictionary, and not listed as a noun or as both."""
    return word in _class("v") and word not in grammar.nouns


def _takes_object(word: str) -> bool:
    """听课, 返乡, 持证 have their object inside: before a noun such a verb describes it."""
    return len(word) == 2 and word[1] not in _class("n") and word[1] not in "家地业口会岗证务"


def predicate(text: str, start: int, end: int, grammar: Grammar) -> int | None:
    """Where in `text[start:end]`, which follows a number, the deed of the counted begins; None if nowhere."""
    start = max(start, text.rfind("”", start, end))  # “三无”小区|打包成…
    run = text[start : min(end, start + _LONGEST)]
    if len(run) < 4 or run[0] in "“《「『" or not grammar.predicate_hint.search(run, 1):
        return None
    parts = cut(run)
    at = start
    for index, word in enumerate(parts):
        if word in "“《「『（":
            return None
        if index and _begins(parts, index, grammar):
            return at
        at += len(word)
    return None


def _begins(parts: Sequence[str], index: int, grammar: Grammar) -> bool:
    word = parts[index]
    following = parts[index + 1] if index + 1 < len(parts) else ""
    if word in grammar.nouns:
        return False
    if len(word) == 1 and word in _ADVERBS and following:
        return True
    if len(word) == 2 and word in _class("d") and word in grammar.adverbial:
        return True
    if len(word) == 4 and word in _class("i"):
        return True
    if word not in _class("v"):
        return False
    joined = word + following
    if following and following in _COMPLEMENTS and (joined in _class("v") or not is_word(joined)):
        return len(word) > 1 or following in _LIGHT or following in "成到上出起给"
    if len(word) > 1 and word.endswith(_ENDS):
        return True
    before, behind = "".join(parts[:index]), "".join(parts[index + 1 :])
    person = before.endswith((*grammar.person_ends, *grammar.holders))
    named = behind.endswith(grammar.compounds)
    if not person or named or len(word) < 2:
        return False
    return not behind or following in _class("v") or (len(behind) > 1 and _takes_object(word))


def object_start(text: str, start: int, end: int, grammar: Grammar) -> int:
    """Where in `text[start:end]`, which stands before a number and after a break, the counted begins.

    A verb at its front takes the rest as its object (核发|居住证); so does one with 了, 着 or 过 inside
    (民营企业贡献了|增量).
    """
    if end - start < 4 or end - start > _LONGEST or text[start] in "“《「『":
        return start
    if text.startswith(_DEMANDS, start) and end - start > 5:
        start += 2
    run = text[start:end]
    if not (run[:2] in _class("v") or run[:3] in _class("v") or "公司" in run or _INSIDE.intersection(run)):
        return start
    parts = cut(run)
    first = parts[0]
    rest = text[start + len(first) : end]
    if len(first) == 2 and first[1] == "于":
        return start  # a comparison: 高于|全省平均水平
    sized = rest in grammar.sizes or (len(rest) <= 4 and rest.endswith(("率", "度", "比例", "占比")))
    if len(first) > 1 and len(rest) > 1 and not sized and is_verb(first, grammar) and _takes_object(first):
        return start + len(first)
    firm = text.rfind("公司", start, end) + 2
    if firm - start > 4 and end - firm > 2:
        start = firm  # 股份有限公司|日产双孢菇
        if text.startswith(("日产", "年产", "月产"), start) and end - start > 3:
            start += 2
        return start
    at = start
    for index, word in enumerate(parts[:-1]):
        at += len(word)
        marked = parts[index + 1] in _LIGHT and word in _class("v")
        if marked and end - at > 2:
            return at + 1
        if word == "占" and index and end - at > 1 and text[at] not in "比地有道用":
            return at
    return start


def deed(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` is a single verb with an object left unsaid: 回收|1963份."""
    word = text[start:end]
    return 2 <= len(word) <= 3 and is_verb(word, grammar) and _takes_object(word[:2])


def predicative(text: str, grammar: Grammar) -> bool:
    """Whether what follows a number is no noun but says where or when it is: 3栋|建于1986年."""
    first = cut(text[:_LONGEST])[0]
    if text[0] in "可能才即就便" and text[:2] not in grammar.nouns and not is_word(text[:2]):
        return True  # 300分|可兑换
    return len(first) == 2 and first[1] in "于在至自" and is_verb(first, grammar)


def spoken(text: str) -> bool:
    """Whether a phrase ends with a verb in 了 or 着: 社区住着|5.2万人, 前后谈了|十一轮."""
    return len(text) > 1 and text[-1] in "了着" and cut(text[-3:-1])[-1] in _class("v")


def trailing(text: str) -> bool:
    """Whether a scrap before a number completes the verb in front of it: 发出|去."""
    return text in _TRAILING or text in ("出去", "起来", "下去", "下来", "进来", "回来")


def plain_start(text: str, start: int, end: int) -> int:
    """Without an adverb at the front that is no part of a word: 共|响铃."""
    if end - start > 2 and text[start] in _ABOUT and not is_word(text[start : start + 2]):
        return start + 1
    return start
