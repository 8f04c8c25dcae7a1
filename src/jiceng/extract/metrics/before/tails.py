"""Where a counted phrase ends in front of what is said of it, which runs up to its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, until
from jiceng.extract.metrics.sentence.predicates import without_former
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.words import is_word, words_of_class

_PLACED = frozenset("上内里旁")
_MUCH = frozenset("多少大小高低长短快慢")


@lru_cache(maxsize=8)
def _signs(words: tuple[str, ...]) -> frozenset[str]:
    """The signs that words begin with: most phrases hold none of them and need not be cut into words."""
    return frozenset(word[0] for word in words)


def _describing(word: str) -> bool:
    return word in _MUCH or word in words_of_class("a")


def _behind_lead(noun: Noun, grammar: Grammar) -> Noun:
    """A phrase without when or from what it comes: 春节期间|游客, 区级财政投入|党建经费."""
    first = noun.text.find("期间") + 2
    if first < 4 and noun.text.endswith(grammar.lists["fund"]):
        first = noun.text.find("财政投入") + 4
    if first < 4 or len(noun.text) - first < 2 or len(noun.items) > 1:
        return noun
    return replace(noun, start=noun.start + first, text=noun.text[first:], items=())


def clipped(sentence: Sentence, noun: Noun) -> Noun:
    """A phrase before a number without what a predicate begins with: 完成率|可达, 问卷|共回收."""
    noun = without_former(noun, sentence.grammar)
    if noun.text.endswith("积分"):
        whose = sentence.grammar.rules["metrics.owner-by-name"].pattern.match(noun.text)
        if whose is not None and whose.end() == len(noun.text) - 2:
            return replace(noun, start=noun.end - 2, text=noun.text[-2:], items=())  # 教师吴立新|积分
    noun = _behind_lead(noun, sentence.grammar)
    once = noun.text.find("一次性") + 3
    rated = noun.text.endswith("率")  # 初信初访一次性办结率
    if once > 3 and len(noun.text) - once > 1 and len(noun.items) < 2 and not rated:
        noun = replace(noun, start=noun.start + once, text=noun.text[once:], items=())  # 小区一次性|启动经费
    if noun.text[:2] == "民族" and noun.text[2:] in sentence.grammar.lists["householder"]:
        noun = replace(noun, start=noun.start + 2, text=noun.text[2:], items=())  # 7个民族|居民4120户
    if noun.verb is not None and noun.text.endswith(("是个", "是一个")):
        return without_kind(sentence, noun)  # 柳湾小区是个|有900户的小区
    holds = sentence.grammar.rules["metrics.capacity"].pattern.search(noun.text)
    if holds is not None and holds.start() > 1 and len(noun.items) < 2:
        return until(noun, holds.start())
    if len(noun.items) > 1 or noun.end - noun.start < 3 or noun.text[-1] in "”》）":
        return noun
    end = _predicate_start(sentence, noun)
    if end is not None:
        return noun if end < 2 else until(noun, end)
    lists = sentence.grammar.lists
    for words in (lists["saving"], lists["roll_call"], lists["paying_out"]):  # 省下|律师费, 应到|代表45名
        said = next((w for w in words if noun.text.startswith(w)), "")
        paid = words is not lists["paying_out"] or noun.text.endswith((*lists["fund"], "金"))
        if said and paid and len(noun.text) > len(said) + 1:
            return replace(noun, start=noun.start + len(said), text=noun.text[len(said) :], items=())
    return _without_state(noun)


def _predicate_start(sentence: Sentence, noun: Noun) -> int | None:
    """Where in a phrase verbs and qualities follow a word that opens a predicate; None if nowhere."""
    text, grammar = sentence.text, sentence.grammar
    starts = grammar.lists["predicate_start"]
    if _signs(starts).isdisjoint(noun.text[1:]) or noun.text.endswith(grammar.measure_heads):
        return None
    parts = parts_of(text, noun.start, noun.end, grammar)
    for index in range(1, len(parts)):
        word = text[parts[index].start : parts[index].end]
        negated = word[0] == "不" and _describing(word[1:])  # 路|不长
        if word not in starts and not negated:
            continue
        rest = parts[index + 1 :]
        if word == "单" and not rest:
            continue  # 工|单
        if all(p.kind in "VRID" or _describing(text[p.start : p.end]) for p in rest):
            return parts[index].start - noun.start
    return None


def _without_state(noun: Noun) -> Noun:
    """A thing without the state that its number is of: 管线|入地4.8公里, 停车位|缺800个, 路|宽了3米."""
    said = noun.text
    if said.endswith(("入地", "下地", "上墙")) and len(said) > 3:
        return replace(noun, end=noun.end - 2, text=said[:-2])
    if said[-1] in "差缺欠" and len(said) > 2 and not is_word(said[-2:]):
        return replace(noun, end=noun.end - 1, text=said[:-1], items=())
    if said[-1] == "了" and said[-2] in words_of_class("a") and len(said) > 2:
        return replace(noun, end=noun.end - 2, text=said[:-2], items=())
    return noun


def bare(sentence: Sentence, noun: Noun, kind: str) -> Noun:
    """A noun without what is said of it, where it is, whose it is, and what a meeting dealt with; `kind` is
    that of its number's unit."""
    rules = sentence.grammar.rules
    noun = without_owner(behind_place(sentence, clipped(sentence, noun)), sentence.grammar)
    met = rules["metrics.meeting"].pattern.match(noun.text) if kind == "occurrence" else None
    if met is not None:
        return until(noun, met.end("held"))  # 党工委会议|研究党建工作14次
    into = rules["metrics.gone-into"].pattern.search(noun.text) if kind == "people" else None
    if into is not None:
        return until(noun, into.start())  # “五老”人员|进支部班子57人
    if kind == "money" and rules["metrics.one-portion"].pattern.search(noun.text):
        return until(noun, len(noun.text) - 2)  # 套餐|一份15元
    aged = rules["metrics.of-age"].pattern.match(noun.text) if len(noun.items) < 2 else None
    if aged is None:
        return noun
    return replace(noun, start=noun.start + aged.end(), text=noun.text[aged.end() :])  # 80周岁以上|补助5元


def without_kind(sentence: Sentence, noun: Noun) -> Noun:
    """A thing without what it is said to be: 柳湾社区|是一个老小区."""
    kind = sentence.grammar.rules["metrics.is-one"].pattern.search(noun.text)
    if kind is None or kind.start() < 2:
        return noun
    return until(noun, kind.start())


def behind_place(sentence: Sentence, noun: Noun) -> Noun:
    """A counted phrase without where it is: 围墙和电线杆上|广告牌; without whose price it is: 老人|用餐费."""
    text = sentence.text
    if noun.end - noun.start < 4 or noun.text[-1] in "”》）" or "“" in noun.text:
        return noun
    if not _PLACED.intersection(noun.text) and noun.text[-1] not in "费价":
        return noun
    first = noun.items[-1][0] if noun.items else noun.start
    parts = parts_of(text, first, noun.end, sentence.grammar)
    for index in range(len(parts) - 1, 0, -1):
        rest = noun.end - parts[index].end
        if text[parts[index].start : parts[index].end] in ("上", "内", "里", "旁") and rest > 1:
            start = parts[index].end
            return replace(noun, start=start, text=text[start : noun.end], items=())
    person = text[parts[0].start : parts[0].end] in sentence.grammar.lists["payer"]
    if person and len(noun.items) < 2 and noun.text.endswith(("费", "价")) and noun.end - parts[0].end > 1:
        start = parts[0].end
        saved = (len(w) for w in sentence.grammar.lists["saving"] if text.startswith(w, start))
        start += next(saved, 0)  # 居民省下|律师费
        return replace(noun, start=start, text=text[start : noun.end], items=())
    return noun


def towards_from(sentence: Sentence, at: int, place: int) -> int | None:
    """Where a size begins that somebody has towards something: 居民对社区服务的|满意度."""
    first = sentence.back(at, "XWFLC") + 1
    if sentence.kind(first - 1) != "P" or sentence.word(sentence.tokens[first - 1]) not in ("对", "对于"):
        return None
    if not any(t.kind == "F" for t in sentence.tokens[first:place]):
        return None
    who = first - 2
    return sentence.tokens[who].start if sentence.kind(who) == "X" else None


def without_owner(noun: Noun, grammar: Grammar) -> Noun:
    """A size without the place that has it, and without a trailing 共: 柳湾社区|面积, 居民公约|共6章."""
    noun = _without_sum_word(noun)
    if len(noun.items) > 1:
        return _of_several(noun, grammar)
    if noun.text.endswith("征地") and len(noun.text) > 3:
        return replace(noun, start=noun.end - 2, text="征地")  # 重点项目|征地380亩
    noun = _without_stock(noun, grammar)
    for find in (_followers, _since_deed, _sum_of_work, _size_of_place):
        size = find(noun.text, grammar)
        if size:
            items = () if find is _since_deed else noun.items
            return replace(noun, start=noun.end - len(size), text=size, items=items)
    return noun


def _of_several(noun: Noun, grammar: Grammar) -> Noun:
    """A size that several places have: 青杨街道、柳溪镇|办理量."""
    *others, (start, end) = noun.items
    places = grammar.lists["territory"]
    last = noun.text[start - noun.start :]
    owned = max((last.find(kind, 1) + len(kind) for kind in places if kind in last[1:]), default=0)
    if grammar.rules["metrics.levels"].pattern.match(noun.text):
        return noun  # 街道、社区两级|调成率
    if not owned or len(last) - owned < 2 or not last.endswith((*grammar.measure_heads, "量", "数", "率")):
        return noun
    if not all(noun.text[s - noun.start : e - noun.start].endswith(places) for s, e in others):
        return noun
    return replace(noun, start=start + owned, text=last[owned:], items=((start + owned, end),))


def _without_sum_word(noun: Noun) -> Noun:
    """A phrase without a word for all together or about, which belongs to the number: 居民公约|共6章."""
    whole = is_word(noun.text[-2:]) or noun.text.endswith("规民约")  # 村规民约, 乡规民约
    loose = not whole or noun.text.endswith("占比达")
    if len(noun.text) < 3 or noun.text[-1] not in "共约满达≥≤" or not loose:
        return noun
    items = (*noun.items[:-1], (noun.items[-1][0], noun.end - 1)) if noun.items else ()
    return replace(noun, end=noun.end - 1, text=noun.text[:-1], items=items)


def _without_stock(noun: Noun, grammar: Grammar) -> Noun:
    """A place or thing without the state that counts it: 小区|占地230亩."""
    if noun.text.endswith("占地") and len(noun.text) > 3:
        tail = 3 if noun.text[-3] == "总" and len(noun.text) > 4 else 2
        noun = replace(noun, end=noun.end - tail, text=noun.text[:-tail])
    for state in grammar.lists["stock"]:
        if noun.text.endswith(state) and len(noun.text) > 3 and noun.text[-3] != "总":
            noun = replace(noun, end=noun.end - 2, text=noun.text[:-2])
    return noun


def _followers(said: str, grammar: Grammar) -> str:
    """Those who follow an account: “…”公众号|粉丝."""
    for account in grammar.lists["account"]:
        _, held, follower = said.rpartition(account)
        if held and follower.startswith(grammar.lists["follower"]):
            return follower
    return ""


def _since_deed(said: str, grammar: Grammar) -> str:
    """A size since something was done: 合并后|总户数."""
    since = grammar.rules["metrics.since-deed"].pattern.match(said)
    if since is None or not said.endswith(grammar.measure_heads) or len(said) - since.end() < 2:
        return ""
    return said[since.end() :]


def _sum_of_work(said: str, grammar: Grammar) -> str:
    """The sum of a work on places: 柳湾社区旧街更新|项目总投资."""
    for work in grammar.lists["work_sum"]:
        if said.endswith(work) and any(kind in said[: -len(work)] for kind in grammar.lists["quarters"]):
            return work
    return ""


def _size_of_place(said: str, grammar: Grammar) -> str:
    """The size of a place that is named before it: 柳湾社区|面积."""
    size = next((size for size in grammar.lists["sized"] if said.endswith(size)), "")
    name = said[: len(said) - len(size)]
    if not size or name.endswith(grammar.lists["inner_area"]):
        return ""  # 多功能活动区面积
    ground = next((kind for kind in grammar.lists["ground_kind"] if name.endswith(kind)), "")
    if ground:
        return f"{ground}{size}" if len(name) > len(ground) + 1 else ""  # 柳湾县城|建成区面积
    if name in grammar.lists["whole_place"] and size.startswith("总"):
        return size
    named = len(name) > 2 and (name.endswith(grammar.lists["territory"]) or "”" in name[-4:])
    return size if named else ""


def reckoned(sentence: Sentence, phrase: Sequence[Token]) -> Noun | None:
    """A rate behind what it is reckoned by: 按户数计|签约率; None where no such rate ends the phrase."""
    if not phrase:
        return None
    start, end = phrase[0].start, phrase[-1].end
    for word in sentence.grammar.lists["reckoning"]:
        at = sentence.text.find(word, start + 2, end)
        rest = sentence.text[at + len(word) : end] if at > 0 else ""
        if 1 < len(rest) <= 10 and rest.endswith(sentence.grammar.measure_heads):
            return Noun(end - len(rest), end, rest, None, True)
    return None


def earner_end(text: str, grammar: Grammar) -> int:
    """Where those end, behind their number, who get what is told next: 35名低收入居民|月均工资."""
    pay = next((w for w in grammar.lists["pay_told"] if w in text), "")
    at = text.find(pay) if pay else 0
    return at if at > 1 and text[:at].endswith(grammar.person_ends) else 0
