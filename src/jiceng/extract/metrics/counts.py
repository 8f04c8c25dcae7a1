"""Which of a text's numbers measure something, as far as the number's close surroundings tell."""

from __future__ import annotations

from collections.abc import Iterable

from jiceng.extract.analysis import Bracketed
from jiceng.extract.metrics.grammar import Grammar
from jiceng.extract.metrics.tokens import NAME_LIMIT
from jiceng.numerals import Quantity

_SENTENCE = frozenset("。！？")
_SIGNS = frozenset("+＋&＆×")


def names(text: str, bracketed: Iterable[Bracketed]) -> list[tuple[int, int]]:
    """The quoted stretches that are names or formulas, no speech: numbers inside belong to the name."""
    found = []
    for stretch in bracketed:
        if stretch.mark in "“‘「『《":
            inside = text[stretch.start + 1 : stretch.end - 1]
            spoken = _SENTENCE.intersection(inside) or inside.endswith("，")
            if not spoken or (len(inside) <= NAME_LIMIT and stretch.mark == "《"):
                found.append((stretch.start, stretch.end))
    return found


def is_count(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether the number can measure at all: no formula, ordinal, numbered thing, bare number."""
    ahead = text[quantity.start - 1 : quantity.start] if quantity.start else ""
    behind = text[quantity.end : quantity.end + 1]
    if ahead in _SIGNS or behind in _SIGNS or (ahead.isascii() and ahead.isalpha()) or ahead == "-":
        return False
    if quantity.unit is None:
        # 2.7万常住人口 and 三分之二的党员 need no classifier; 3号院, 十九届 are no counts.
        scaled = (
            text[quantity.number : quantity.end].rstrip("余多").endswith(("万", "亿"))
            and not quantity.chinese
        )
        fraction = quantity.value < 1 and any(
            s in text[quantity.number : quantity.end] for s in ("分之", "/", "／")
        )
        ranked = ahead in ("第", "前") and quantity.value <= 200 and quantity.comparator == "="
        great = behind == "大" and quantity.value <= 20 and quantity.comparator == "=" and ahead != "第"
        noun = text[quantity.end : quantity.end + 2]
        many = quantity.comparator == ">" and quantity.value >= 10 and text[quantity.end - 1] in "余多"
        bare = many and not quantity.chinese and noun in grammar.lists["counted_bare"]
        return (scaled or fraction or ranked or great or bare) and not behind.isascii()
    if quantity.chinese and quantity.upper is not None and quantity.upper <= 5 and quantity.unit != "%":
        return False  # 两三家, 三五个 are no figures; 七八十户 is one
    kind = grammar.kind(quantity.unit)
    if quantity.unit == "步" and quantity.chinese and behind != "路":
        return False  # 五步法, 四步闭环
    if quantity.unit in ("级", "层") or (quantity.unit == "路" and quantity.chinese):
        return False  # 五级, 经八路
    if quantity.unit == "个" and text.startswith(grammar.lists["and_more"], quantity.end):
        return False  # 三个多月
    if text[quantity.start : quantity.end] == "十分" and ahead not in "得打记扣加减满为达":
        return False  # 十分紧张
    if text[quantity.start : quantity.end] == "十分" and ahead == "得" and "\u4e00" <= behind <= "\u9fff":
        return False  # 过得十分充实
    phased = quantity.unit == "期" and quantity.chinese and quantity.upper is None and quantity.value <= 5
    if phased and "\u4e00" <= behind <= "\u9fff" and ahead not in "办展行了过训织设开":
        return False  # 锦绣家园三期商住楼
    if quantity.unit == "样" and quantity.chinese:
        return False  # 三样“法宝”
    if quantity.unit == "年" and quantity.value >= 1900 and quantity.comparator == "=":
        return False
    bare = (
        quantity.chinese
        and quantity.unit != "%"
        and text[quantity.number] in "百千万亿"
        and quantity.comparator == "="
    )
    if (
        bare
        and kind not in ("people", "occurrence")
        and quantity.unit not in ("则", "篇", "件", "个", "元", "亩")
    ):
        return False
    return ahead != "第" or kind in ("people", "classifier")


def is_label(quantity: Quantity, measured: str, grammar: Grammar) -> bool:
    """Whether a small number with a general head only announces a list (三项机制, 四个方面)."""
    if measured.startswith(("方面", "大方面")):
        return True  # 6个方面任务
    if quantity.value > 30 or quantity.comparator != "=" or quantity.upper is not None:
        return False
    if measured.endswith(grammar.abstract_heads) and grammar.kind(quantity.unit) == "classifier":
        return True
    if quantity.chinese and quantity.value <= 10 and measured in grammar.lists["figurative"]:
        return True  # 打好三场仗
    if quantity.value > 10 or grammar.kind(quantity.unit) != "classifier":
        return False
    if quantity.chinese and measured[0] == "一":
        return True  # 五个一
    return measured.endswith(grammar.label_heads if quantity.chinese else grammar.abstract_heads)
