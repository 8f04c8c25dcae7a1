"""For each what, or how often, a number is told (每个网格|配2名, 每季度|议事1次), and when that is a rule."""

from __future__ import annotations

from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Sentence, governor, timed
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity

_SMALL = 12
_LARGE = 100
_NORMED = frozenset({"people", "classifier"})
_SMALL_SUM = 5000  # yuan: what one person, household or deed gets by a rule
_REACH = 240  # tokens before a number that may tell its rate


def rate(sentence: Sentence, place: int) -> str | None:
    """The rate of the number at token `place`, told before it: 每名|网格员; None where it has none."""
    parts: list[str] = []
    at, crossed, counted, dated = place - 1, False, False, False
    clock: int | None = None  # the token that tells how often
    while at >= max(0, place - _REACH):
        token = sentence.tokens[at]
        crossed, dated = crossed or token.kind == "B", dated or token.kind == "T"
        counted = counted or (crossed and token.kind == "Q" and not parts)
        if crossed and token.kind == "B" and sentence.word(token) in "“‘":
            break  # 走进每个社区，主任介绍：“|三个社区8个小区
        if token.kind == "R":
            if counted and _of_others(sentence, at, place, begun=bool(parts), dated=dated):
                break
            if not parts and crossed and _is_share(sentence, place):
                break  # 每月召开议事会，|办结率98%
            if crossed and _summed_up(sentence, token.end, place):
                break  # 每周三晚议事，已开展|150期
            if not timed(sentence, at):
                parts.append(sentence.text[token.start : _rate_end(sentence, at, place)])
            elif clock is None or all(t.kind != "Q" for t in sentence.tokens[at:clock]):
                parts.append(sentence.word(token))
                clock = at  # 每人每周访一次、每月|评一次: 每人 still holds, 每周 no longer
        elif parts and token.kind == "B":
            break
        at -= 1
    return "".join(dict.fromkeys(reversed(parts))) or None  # 每月首个周五、每月|1次 tells it once


def _of_others(sentence: Sentence, each: int, place: int, *, begun: bool, dated: bool) -> bool:
    """Whether a rate, the token at `each`, is only that of numbers before the clause of the one at `place`;
    `begun` says that this one has a rate behind it, `dated` that a time stands between."""
    verb = governor(sentence, place)
    if verb is not None and sentence.word(verb) in sentence.grammar.lists["benefiting"]:
        return True  # 果园每年分红12万元，带动|8户…
    if not timed(sentence, each):
        return begun or not _staffs_too(sentence, each, place)  # 每百户30平方米，|新建21处
    if begun:
        return False
    # 停车费每月150元，一年|少收26万元; 每年安排30万元，书记月报酬|达4500元
    # 每天两个小时，由|12名志愿者轮流辅导; 每年至少办2件实事，公示栏里|396件
    return dated or _of_its_own(sentence, place) or _many(sentence, place)


def _rate_end(sentence: Sentence, at: int, place: int) -> int:
    """Where the rate at a token ends, which may be told in the words behind it: 每个|示范点."""
    token = sentence.tokens[at]
    behind = sentence.tokens[at + 1] if at + 1 < place else None
    if behind is None or behind.kind != "X" or len(sentence.word(token)) != 2 or timed(sentence, at):
        return token.end
    return _holder_end(sentence, token, behind)


def _staffs_too(sentence: Sentence, each: int, place: int) -> bool:
    """Whether a clause without a subject goes on with what each has: 每个小区配1名联络员，选聘|3名楼长."""
    grammar, first = sentence.grammar, sentence.clause(place, "B")
    quantity = sentence.tokens[place].quantity
    others = [t for t in sentence.tokens[each:first] if t.quantity is not None]
    if quantity is None or len(others) != 1 or first != place - 1:
        return False  # 每个社区配1名民警，设立警务室|6间 counts those of all
    verb = sentence.word(sentence.tokens[first])
    held = verb in grammar.lists["staffing"] or verb in grammar.lists["held_by_each"]
    counts = (quantity, others[0].quantity)
    return held and all(q and q.value <= _SMALL and grammar.kind(q.unit) in _NORMED for q in counts)


def _holder_end(sentence: Sentence, each: Token, behind: Token) -> int:
    """Where what something is reckoned for ends: 每个|示范点|面积, 每个|社区|对外只挂, 每件|扣."""
    text, grammar = sentence.text, sentence.grammar
    end = behind.end - sentence.word(behind).endswith(grammar.lists["provides"])
    parts = parts_of(text, behind.start, end, grammar)
    deed = next((p.start for p in parts if p.kind in "VRD" and p.start >= behind.start), end)
    deed = end if any(p.kind == "N" for p in parts if p.start >= deed) and deed == behind.start else deed
    size = next((len(w) for w in grammar.measure_heads if text.endswith(w, behind.start, deed)), 0)
    return max(each.end, deed - size)


def _summed_up(sentence: Sentence, start: int, place: int) -> bool:
    """Whether a later clause than the one at `start` tells what all came to: 两年来, 已, 全县共有."""
    text, end = sentence.text, sentence.tokens[place].start
    comma = next((at for at in range(start, end) if text[at] in "，；。："), end)
    return sentence.grammar.rules["metrics.summed-up"].pattern.search(text, comma, end) is not None


def _many(sentence: Sentence, place: int) -> bool:
    """Whether a number of things is too great to be done at the rate that an earlier clause tells."""
    quantity = sentence.tokens[place].quantity
    counted = quantity is not None and sentence.grammar.kind(quantity.unit) in ("classifier", "people")
    return counted and quantity is not None and quantity.value > _LARGE


def _of_its_own(sentence: Sentence, place: int) -> bool:
    """Whether a figure tells what something has come to, or who does it, whatever an earlier clause rates."""
    before = sentence.tokens[place - 1]
    if sentence.word(before) == "由":
        return sentence.kind(place + 1) == "X"
    if before.kind not in "VP" or sentence.word(before) not in ("达", "达到", "还有", "只有", "仅有", "共有"):
        return False
    return sentence.kind(place - 2) in "XW"


def _is_share(sentence: Sentence, place: int) -> bool:
    """Whether a number is a share or a change in points, told of what its own clause names: 办结率|98%."""
    quantity = sentence.tokens[place].quantity
    return quantity is not None and quantity.unit in ("%", "个百分点", "百分点")


def rate_is_rule(
    quantity: Quantity, kind: str, required: bool, done: bool, by_holder: bool, or_more: bool
) -> bool:
    """每年至少2次, 每月1次 and 每周5户以上 are rules; 每年110余场 and 每年下拨4000万余元 say what was."""
    if required:
        return not done
    if quantity.value != quantity.value.to_integral_value():
        return False  # 每千人拥有执业医师3.9人
    if kind == "money" and 0 < quantity.value <= _SMALL_SUM and not done:
        return quantity.comparator not in ">~"  # 每人每月|300元
    if by_holder and quantity.upper is not None and not quantity.chinese and kind in (*_NORMED, "money"):
        return not done  # 每名网格员联系|60至80户
    small = (quantity.upper or quantity.value) <= _SMALL
    bounded = or_more or quantity.comparator in "=<~"
    return small and not done and bounded and kind not in ("money", "share", "measure")
