"""What a sentence says around a number: holder, rate, period, and whether it is a fact or a rule."""

from __future__ import annotations

import re
from functools import lru_cache

from jiceng.extract.metrics.holder import last_holder
from jiceng.extract.metrics.period import period
from jiceng.extract.metrics.rate import rate, rate_is_rule
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Sentence, governor
from jiceng.extract.metrics.sentence.plans import to_come
from jiceng.numerals import Quantity
from jiceng.values import dataclass

_SMALL = 12
_REACH = 240  # characters (and tokens) before a number that may say something of it
_DONE = 24  # characters before a number that may say that it has been done


@dataclass(frozen=True, slots=True)
class Context:
    """The fields of a measurement that its sentence gives beside number and noun."""

    subject: str | None
    per: str | None
    period: str | None
    nature: str
    at_least: bool
    demanded: bool  # the sentence says that it is required or planned
    done: bool  # it says that it has been done


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The number at token `place` with the offsets from which its sentence, and its clause, may say something
    of it."""

    sentence: Sentence
    place: int
    quantity: Quantity
    start: int
    clause: int

    @property
    def grammar(self) -> Grammar:
        return self.sentence.grammar

    def before(self, rule: str, start: int, end: int | None = None) -> re.Match[str] | None:
        """What a rule finds from `start` up to the number, or to `end`."""
        end = self.quantity.number if end is None else end
        return self.grammar.rules[rule].pattern.search(self.sentence.text, start, end)

    def behind(self, rule: str) -> bool:
        """Whether a rule matches right behind the number."""
        return self.grammar.rules[rule].pattern.match(self.sentence.text, self.quantity.end) is not None


def context(sentence: Sentence, place: int, start: int) -> Context:
    """Read the surroundings of the number at token `place`; the sentence begins at body offset `start`."""
    text, grammar = sentence.text, sentence.grammar
    quantity = sentence.tokens[place].quantity
    assert quantity is not None
    start = max(start, quantity.start - _REACH)
    clause = max(text.rfind("，", start, quantity.start), text.rfind("：", start, quantity.start), start)
    around = _Surroundings(sentence, place, quantity, start, clause)
    demanded = around.before("metrics.required", clause) is not None
    ahead = around.behind("metrics.planned-behind")
    planned = sentence.planned or _planned(grammar, text, start, quantity.number) or ahead
    planned = planned or to_come(sentence, place)
    bound = text.startswith(grammar.lists["bound"], quantity.start)
    required = demanded or planned or bound or _laid_down(around)
    required = required or _asked(around, "metrics.lays-down", quantity.number)
    done = _done(around, bound) and not ahead
    done = done and not (planned and _sums_up(grammar, text[clause : quantity.number + 1]))
    anew = done and required and clause > start
    if anew and (demanded or around.before("metrics.planned", clause)):
        done = bool(around.before("metrics.done", clause, quantity.number + 1))
    per = quantity.rate or rate(sentence, place)
    tokens = sentence.tokens[max(0, place - _REACH) : place]
    rated = max((t.start for t in tokens if t.kind == "R"), default=start)
    told = text.rfind("，", start, rated) + 1 if per else clause  # 每周至少走访2次，|每月议事1次
    least = around.before("metrics.least", max(start, told), quantity.start) is not None
    required = required or (least and per is not None)
    required = required or (per is not None and not done and _asked(around, "metrics.laid-down", rated))
    small = quantity.value <= _SMALL and around.before("metrics.formula", start, quantity.start) is not None
    rule = small or (_is_rule(around, per, required, done) if per else required and not done)
    nature = "rule" if rule else "fact"
    holder = last_holder(sentence, quantity.start)
    return Context(holder, per, period(sentence, place), nature, least and rule, required, done)


def _is_rule(around: _Surroundings, per: str, required: bool, done: bool) -> bool:
    """Whether what is told at the rate `per` is laid down, and not what was."""
    sentence, quantity, grammar = around.sentence, around.quantity, around.grammar
    text, verb = sentence.text, governor(sentence, around.place)
    had = text[: verb.end].rfind("有", verb.start) if verb is not None else -1  # 聘|有, 配有
    there = verb is not None and had == verb.end - 1 and text.endswith(grammar.lists["there_is"], 0, had)
    there = there or text.endswith(("就有", "才有"), 0, quantity.start)
    there = there or per[0] == "一"  # 一天接待80人 tells what was
    was = there or around.before("metrics.average", around.clause, quantity.start) is not None
    return rate_is_rule(
        quantity,
        grammar.kind(quantity.unit),
        required,
        done or (was and not required),
        grammar.rules["metrics.per-time"].pattern.match(per) is None,
        text.endswith("以上", quantity.start, quantity.end),
    )


def _laid_down(around: _Surroundings) -> bool:
    """Whether a number is allowed, part of a norm, or under a condition, whatever verb stands before it."""
    sentence, quantity, grammar, start = around.sentence, around.quantity, around.grammar, around.start
    text = sentence.text
    if text.startswith(grammar.lists["allowing"], quantity.end) and not text.startswith("可能", quantity.end):
        return True
    if around.behind("metrics.consequence") or around.behind("metrics.in-norm"):
        return True
    if _sorted(grammar, text, start, quantity):
        return True
    if _by_share(text, quantity, grammar) or _by_size(text, quantity, grammar):
        return True
    if quantity.comparator in "<>" and text.startswith(("的，", "的可"), quantity.end):
        return True
    ranged = quantity.upper is not None and not quantity.chinese
    if ranged and around.behind("metrics.composed"):
        return True  # 委员会由5至9名|委员组成，…
    return around.before("metrics.conditional", start) is not None or _among_bounds(around)


def _among_bounds(around: _Surroundings) -> bool:
    """Whether a sentence sets several bounds, and the number is no stock told before them."""
    sentence, quantity, grammar = around.sentence, around.quantity, around.grammar
    verb = governor(sentence, around.place)
    if verb is not None and sentence.word(verb) in grammar.lists["laid_in_list"]:
        return False
    norm = _bounds(grammar, sentence.text, around.start, sentence.tokens[-1].end)
    if norm is None:
        return False
    return quantity.number >= norm or not _stock(grammar, sentence.text, around.clause, quantity)


def _done(around: _Surroundings, bound: bool) -> bool:
    """Whether a sentence says of a number, which may be set as a `bound`, that it has been done."""
    text, quantity = around.sentence.text, around.quantity
    if text[max(0, quantity.start - 1) : quantity.start] in around.grammar.signs.chipped:
        return True
    first = max(around.start, quantity.start - _DONE, text.rfind("）", around.start, quantity.start))
    said = around.before("metrics.done", first, quantity.number + 1)
    if said is not None and around.sentence.planned and said[0] == "全年":
        return False  # 下半年打算：全年完成产值|40亿元
    return not bound and (said is not None or around.behind("metrics.got"))


def _asked(around: _Surroundings, rule: str, end: int) -> bool:
    """Whether a rule knows the words before `end` by which somebody lays down what is to be done: 县里要求
    干部进小区，每次走|5户; but 按照要求，全镇组建了|5支队伍 tells what was done on demand."""
    text, start = around.sentence.text, around.start
    told = around.before(rule, start, end)
    if told is None:
        return False
    clause = max(start, text.rfind("，", start, told.start()))
    return not any(word in text[clause : told.start()] for word in around.grammar.lists["on_demand"])


def _planned(grammar: Grammar, text: str, start: int, end: int) -> bool:
    """Whether something before a number says that it is planned, other than in brackets that are closed:
    现有居民1.2万人（明年将达到|1.5万人），流动人口|800人."""
    for found in grammar.rules["metrics.planned"].pattern.finditer(text, start, end):
        opened = text.rfind("（", start, found.start())
        if opened < 0 or not found.start() < text.find("）", opened, end):
            return True
    return False


def _sums_up(grammar: Grammar, said: str) -> bool:
    """Whether a clause only sums up what is planned: 计划改造12个小区，共计60栋楼、|700户."""
    word = next((w for w in grammar.lists["summing"] if w in said), "")
    rest = said.replace(word, "")
    return bool(word) and grammar.rules["metrics.done"].pattern.search(rest) is None


@lru_cache(maxsize=4)
def _bounds(grammar: Grammar, text: str, start: int, end: int) -> int | None:
    """Where a sentence sets the first of several bounds: what else it tells is then required as well."""
    starts = [bound.start() for bound in grammar.rules["metrics.bounds"].pattern.finditer(text, start, end)]
    return starts[0] if len(starts) > 1 else None


def _stock(grammar: Grammar, text: str, clause: int, quantity: Quantity) -> bool:
    """Whether a clause tells how many there are, before what each must do: 网格员142名，每周走访不少于3次."""
    if quantity.value <= _SMALL or grammar.kind(quantity.unit) not in ("classifier", "people"):
        return False
    return not any(sign in text[clause : quantity.start] for sign in grammar.lists["of_each"])


def _sorted(grammar: Grammar, text: str, start: int, quantity: Quantity) -> bool:
    """Whether a limit sorts places, for each of which something is laid down: 对收入低于|6万元的村，选派…."""
    if quantity.comparator not in "<>" and quantity.upper is None:
        return False
    then = grammar.rules["metrics.sorted-then"].pattern.match(text, quantity.end)
    return then is not None and (
        grammar.rules["metrics.sorted-for"].pattern.search(text, start, quantity.start) is not None
    )


def _by_share(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether something is paid or set by a share of something: 按投资额的|10%给予补贴."""
    ahead = text[max(0, quantity.start - 24) : quantity.start]
    by = max(ahead.rfind("按"), ahead.rfind("以每"))
    if quantity.unit == "%" and ahead.endswith(("按", "按照")):
        return True  # 按|10%提取酬金
    return (
        quantity.unit in ("%", "倍", "‰")
        and by >= 0
        and ahead.endswith(grammar.lists["share_of"])
        and not any(c in "，。；" for c in ahead[by:])
    )


def _by_size(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether it is laid down by what size something is divided: 按照覆盖|200至300户划定."""
    rest = text[quantity.end : quantity.end + 20].partition("，")[0]
    listed = text.startswith("、", quantity.end) and ("为标准" in rest or "的标准" in rest)
    if not listed and not text.startswith(grammar.lists["divides"], quantity.end):
        return False
    ahead = text[max(0, quantity.start - 20) : quantity.start]
    # 按县城300户、集镇|80户为标准设置
    return "按" in ahead and not any(c in "，。；" for c in ahead[ahead.rfind("按") :])
