"""What a number without a noun goes on with: the noun of an earlier number of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from jiceng.extract.metrics.number import Reading
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, until
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity

_COUNTED = ("classifier", "people", "occurrence")
_REACHING = ("", "达", "达到", "超", "超过", "突破")


def counted_before(
    sentence: Sentence,
    quantity: Quantity,
    previous: Reading | None,
    last: Token | None,
    history: Sequence[Reading],
) -> Reading | None:
    """The reading whose noun goes on at `quantity`; `previous` is that of the number before, at token `last`.

    Sums, shares and sizes in between only describe what was counted (项目45个，总投资2亿元，已开工|31个), and
    so does a limit before 的 (党群服务中心141个，面积1000平方米以上的|38个).
    """
    kind = sentence.grammar.kind
    if previous is not None and kind(quantity.unit) == "people" and _attribute(previous):
        history = [r for r in history if not _attribute(r)]  # 大专以上学历518名，|106人
        previous = history[-1] if history else None
    if previous is not None and previous.rule == "metrics.classifier" and previous.unit != quantity.unit:
        told = (r for r in reversed(history) if r.rule != "metrics.classifier")
        previous = None if kind(quantity.unit) == "money" else next(told, None)
    some = _of_some(sentence, quantity, previous, history)
    if some is not None:
        return some
    if previous is not None and _foreign(sentence, quantity, previous):
        return None
    if previous is None or last is None or kind(quantity.unit) not in _COUNTED:
        return previous
    for reading in reversed(history):
        if reading.unit == quantity.unit:
            return reading
        limit = sentence.text[reading.noun.end : quantity.start]
        if any(f"{bound}的" in limit for bound in sentence.grammar.lists["limit_end"]):
            continue  # 社区34个，人口上万的就有|23个
        benefits = kind(reading.unit) == "people" and reading.action in sentence.grammar.lists["reaching"]
        again = reading.rule == "metrics.carried" and reading.unit in ("人", "人次")
        told_apart = quantity.unit in ("个", "件", "处", "项") and quantity.start > last.end
        if kind(reading.unit) in _COUNTED and not benefits and not again and not told_apart:
            break  # 新增12户20人，退出|5户: 20 says the same as 12
    return previous


def _attribute(reading: Reading) -> bool:
    """Whether only an attribute of some of those counted was told: 大专以上学历518名."""
    return reading.noun.text.endswith(("学历", "文化程度", "学位"))


def _of_some(
    sentence: Sentence, quantity: Quantity, previous: Reading | None, history: Sequence[Reading]
) -> Reading | None:
    """What was sized before, where some of those are told who reach another size: 其中4个村|超50万元."""
    kind = sentence.grammar.kind(quantity.unit)
    if previous is None or kind not in ("money", "measure", "share") or previous.noun.verb is not None:
        return None
    between = sentence.text[previous.noun.end : quantity.start]
    if previous.rule != "metrics.behind" or between.lstrip("均都已") not in _REACHING:
        return None
    sized = (r for r in reversed(history) if r.unit == quantity.unit and r is not previous)
    return next(sized, None)


def _foreign(sentence: Sentence, quantity: Quantity, previous: Reading) -> bool:
    """Whether what a number before counted or sized cannot be what this one tells: 占地85亩，|1200户;
    茶园来客15万人次，增收|300万元."""
    grammar = sentence.grammar
    now, before = grammar.kind(quantity.unit), grammar.kind(previous.unit)
    if now == "people":
        housed = before == "classifier" and previous.noun.text.endswith(grammar.lists["housing"])
        return housed or (before == "measure" and previous.unit is not None)
    if sentence.text.endswith(grammar.lists["worth"], max(0, quantity.start - 4), quantity.start):
        return False  # 盘活旧粮仓1700平方米，价值|860万元
    return now == "money" and before in ("people", "occurrence", "classifier", "measure")


def measured_again(before: Noun, previous: Reading, grammar: Grammar) -> Noun | None:
    """What `previous` measured, where `before` only names another measure: 步道全长2.6公里、宽|3.5米."""
    if before.text not in grammar.lists["dimension"] or grammar.kind(previous.unit) != "measure":
        return None
    noun = previous.noun
    whole = grammar.rules["metrics.dimension-of"].pattern.search(noun.text)
    size = whole.start() if whole is not None and whole.start() > 1 else len(noun.text)
    return until(noun, size)
