"""What stands beside a number like a noun and is none, or has more than the noun in it."""

from __future__ import annotations

from jiceng.extract.metrics.sentence.boundaries import deed
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import is_verb, parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence
from jiceng.words import cut, is_word, words_of_class

_LONGEST = 24  # characters of a run that are looked at
_A_GROUP = frozenset("支个位名座家间块条处")
_TRAILING = frozenset("去来掉完好起出下进回")


def modal(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` before a number is a verb with what bounds it: 能停, 要填, 一人只管."""
    lists = grammar.lists
    first = start
    if text.startswith(lists["one_does"], start):
        first += next(len(w) for w in lists["one_does"] if text.startswith(w, start))
    at = first
    while at < end and at < first + 3 and text[at] in lists["modal"]:
        at += 1
    if at == first or not 1 <= end - at <= 2 or (first == start and _named(text[first:end], grammar)):
        return False
    verb = text[at:end]
    return verb in lists["keeping"] or (verb in words_of_class("v") and not verb.endswith("率"))


def _named(word: str, grammar: Grammar) -> bool:
    return word in grammar.nouns or (is_word(word) and word not in words_of_class("v"))


def without_former(noun: Noun, grammar: Grammar) -> Noun:
    """A phrase before a number without 原来 behind it or 光 in front of it: 停车费|原来150元, 光|会议12次."""
    text, lists = noun.text, grammar.lists
    if len(noun.items) > 1 or len(text) < 3:
        return noun
    if not (text.endswith(lists["formerly"]) or text.startswith(lists["alone"]) or text[-1] == "同"):
        return noun
    cut = next((len(w) for w in lists["formerly"] if text.endswith(w) and len(text) > len(w) + 1), 0)
    begin = next((len(w) for w in lists["alone"] if text.startswith(w) and len(text) > len(w) + 1), 0)
    if begin == 1 and (is_word(text[:2]) or is_word(text[:3])):
        begin = 0
    if text[-1] == "同" and not is_word(text[-2:]):
        cut = cut or 1  # 刑事案件|同2020年相比
    if not cut and not begin:
        return noun
    start, end = noun.start + begin, noun.end - cut
    return Noun(start, end, text[begin : len(text) - cut], noun.verb, noun.fixed)


def predicative(text: str, grammar: Grammar) -> bool:
    """Whether what follows a number is no noun but says where or when it is: 3栋|建于1986年."""
    first = cut(text[:_LONGEST])[0]
    if text[0] == "是" and not text.startswith("是否"):
        return True  # 三分之一|是独居老人
    if text[1:2] == "一" and text[0] in words_of_class("v") and text[:2] not in grammar.lists["in_one"]:
        return True  # 200户|划一格
    if text.startswith(grammar.lists["entering"]):
        return True  # 3家|陷入困境
    whereabouts = text.startswith(grammar.lists["whereabouts"])
    doing = cut(text[2:_LONGEST])[0] if whereabouts and len(text) > 3 else ""
    acting = doing in words_of_class("v") or doing in grammar.verbs
    if acting and len(text) > len(doing) + 2 and not text.endswith(grammar.person_ends):
        return True  # 135人|在家照顾老小
    if whereabouts and text[2:] in words_of_class("v") and text[2:] not in grammar.lists["member"]:
        return True  # 六成以上|在外务工
    if text.startswith("无法"):
        return True  # 18栋|无法进入
    if text in ("才", "就") or text in grammar.lists["allowing"]:
        return True  # 300分|可|兑换
    led = text[1:2] in ("成", "给", "到", "在") and (text[0] in words_of_class("v") or text[0] == "用")
    if led and len(text) > 3 and text[:2] not in grammar.nouns and text[:2] not in words_of_class("n"):
        return True  # 900平方米|改成社区食堂, 四分之三|用在管网上
    if text.startswith(("用来", "拿来", "投向")):
        return True  # 财力的65%|投向民生
    if text[0] in "可能才即就便都也" and text[:2] not in grammar.nouns and not is_word(text[:2]):
        return True  # 300分|可兑换
    return len(first) == 2 and first[1] in "于在至自" and is_verb(first, grammar)


def denies(text: str, grammar: Grammar) -> bool:
    """Whether what follows a number is a predicate that denies: 九成事项|无需人工."""
    return text.startswith(grammar.lists["denying"])


def spoken(text: str) -> bool:
    """Whether a phrase ends with a verb in 了 or 着: 社区住着|5.2万人, 前后谈了|十一轮."""
    if len(text) > 2 and text[-2] == "了" and text[-1] in _A_GROUP:
        return True  # 组了支|18人的夜巡队
    if text[-1] not in "了着" or len(text) < 2:
        return False
    if text[-3:-2] == "们":
        return True  # 老师傅们喝了|七场茶
    return (text[-1] == "着" and cut(text[-4:])[-1] == "着") or cut(text[-3:-1])[-1] in words_of_class("v")


def helpless(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether `text[start:end]` before a number is verbs throughout: nothing that could be counted."""
    if end - start > 6 or text[start:end].endswith(grammar.measure_heads):
        return False
    parts = parts_of(text, start, end, grammar)
    return all(p.kind in "RI" or (p.kind == "V" and p.end - p.start < 2) for p in parts)


def trailing(text: str, grammar: Grammar) -> bool:
    """Whether a scrap before a number completes the verb in front of it: 发出|去."""
    return text in _TRAILING or text in grammar.lists["direction"]


def unsaid(sentence: Sentence, noun: Noun) -> bool:
    """Whether what stands before a number is only a verb: 发放问卷2100份，|回收|1963份."""
    return deed(sentence.text, noun.start, noun.end, sentence.grammar)
