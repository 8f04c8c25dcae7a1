"""Which of a text's numbers measure something, as far as the number's close surroundings tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jiceng.extract.analysis import Bracketed
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.tokens import NAME_LIMIT
from jiceng.numerals import Quantity
from jiceng.numerals.beside import beside

_SUM = 10_000  # a smaller figure without 元 is no sum of money
_SENTENCE = frozenset("。！？")
_STOPS = frozenset("，、。；")
_SIGNS = frozenset("+＋&＆×")


def names(text: str, bracketed: Iterable[Bracketed], grammar: Grammar) -> list[tuple[int, int]]:
    """The quoted stretches that are names or formulas, no speech: numbers inside belong to the name.

    A chain of bodies that are counted is no name: “35个社区党委—210个楼栋党小组”; nor is a norm that is told
    in full: 按照“对外3块、对内2块”的标准.
    """
    found = []
    chain = grammar.rules["metrics.counted-chain"].pattern
    norm = grammar.rules["metrics.quoted-norm"].pattern
    for stretch in bracketed:
        if stretch.mark in "“‘「『《":
            inside = text[stretch.start + 1 : stretch.end - 1]
            spoken = _SENTENCE.intersection(inside) or inside.endswith("，")
            spoken = spoken or ("，" in inside and len(inside) > 2 * NAME_LIMIT)
            if chain.fullmatch(inside) or norm.match(text, stretch.start):
                continue
            if not spoken or (len(inside) <= NAME_LIMIT and stretch.mark == "《"):
                found.append((stretch.start, stretch.end))
    return found


def in_money(text: str, quantity: Quantity, grammar: Grammar) -> Quantity:
    """A sum in spoken units as one in yuan: 一个月省两百多块，… counts no pieces of anything."""
    if quantity.unit != "块" or "\u4e00" <= text[quantity.end : quantity.end + 1] <= "\u9fff":
        return quantity
    ahead = text, max(0, quantity.start - 6), quantity.start
    paid = any(
        grammar.rules[f"metrics.{name}"].pattern.search(*ahead) for name in ("spent-on", "priced-thing")
    )
    return replace(quantity, unit="元") if paid else quantity


def is_count(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether the number can measure at all: no formula, ordinal, numbered thing, bare number."""
    ahead = text[quantity.start - 1 : quantity.start] if quantity.start else ""
    behind = text[quantity.end : quantity.end + 1]
    coded = ahead.isascii() and ahead.isalpha() and quantity.unit not in beside().behind_latin
    if ahead in _SIGNS or behind in _SIGNS or coded or ahead == "-":
        return False
    if quantity.unit is None:
        return _counts_bare(text, quantity, ahead, behind, grammar)
    if quantity.unit == "年" and quantity.value >= 1900 and quantity.comparator == "=":
        return False
    labelled = quantity.chinese and quantity.unit == "元" and text[quantity.number] in "百千万亿"
    if labelled and text.startswith(grammar.lists["size_labelled"], quantity.end):
        return False  # 3个|亿元以上项目
    if ahead == "第" and quantity.unit in grammar.lists["part_of_work"]:
        return False  # 《……》第四卷
    if quantity.unit == "度" and text.endswith("零下", 0, quantity.start):
        return False
    if quantity.unit in ("公里", "里", "米") and text.startswith(("外的", "外一", "开外"), quantity.end):
        return False  # 5公里|外的公园
    if quantity.unit == "个" and text.startswith(grammar.lists["and_more"], quantity.end):
        return False  # 三个多月
    if quantity.unit == "分" and behind in ("成", "担", "摊") and ahead in ("∶", ":", "：", "比"):
        return False  # 按6∶4分成
    if _is_name(quantity, ahead, behind) or _is_very(text, quantity, ahead, behind):
        return False
    kind = grammar.kind(quantity.unit)
    if quantity.chinese and _is_round(text, quantity) and kind not in ("people", "occurrence"):
        return False
    return ahead != "第" or kind in ("people", "classifier")


def _counts_bare(text: str, quantity: Quantity, ahead: str, behind: str, grammar: Grammar) -> bool:
    """Whether a number without a classifier counts: 2.7万常住人口, 三分之二的党员; not 3号院, 十九届."""
    if behind.isascii() and not (behind in ("", "\n") and text[quantity.end - 1] in "万亿余多"):
        return False
    if quantity.value >= 100 and behind in "，。；、！）" and not quantity.chinese:
        reached = grammar.rules["metrics.followers"].pattern
        if reached.search(text, max(0, quantity.number - 14), quantity.number):
            return True  # 粉丝突破了5000
    said = text[quantity.number : quantity.end]
    figure = said.rstrip("余多")
    if figure.endswith(("万", "亿")):
        spoken = len(figure) > 1 and told_of_money(text, quantity.start, grammar)
        return not quantity.chinese or spoken
    if quantity.value < 1 and any(sign in said for sign in ("分之", "/", "／")):
        return True
    exact = quantity.comparator == "="
    if exact and quantity.value <= 200 and is_ordinal(text, quantity.start, grammar):
        return True
    if exact and behind == "大" and quantity.value <= 20 and ahead != "第":
        return True
    house = next((w for w in grammar.lists["counted_bare"] if text.startswith(w, quantity.end)), "")
    alone = (
        house
        and text[quantity.end + len(house) : quantity.end + len(house) + 1] in _STOPS
        and ahead in _STOPS
    )
    if alone and quantity.value >= 100 and not quantity.chinese:
        return True  # 46个党支部，15576农户
    many = quantity.comparator == ">" and quantity.value >= 10 and said[-1] in "余多"
    noun = text[quantity.end : quantity.end + 2]
    return many and not quantity.chinese and noun in grammar.lists["counted_bare"]


def is_ordinal(text: str, start: int, grammar: Grammar) -> bool:
    """Whether a number at `start` is one of an order: 第52位, 前3名; but 目前5个社区."""
    ahead = text[start - 1 : start] if start else ""
    return ahead == "第" or (
        ahead == "前" and not text.endswith(grammar.lists["time_before"], max(0, start - 2), start)
    )


def _is_name(quantity: Quantity, ahead: str, behind: str) -> bool:
    """Whether number and unit are rather a word or part of a name: 两三家, 五步法, 经八路, 家园三期."""
    if quantity.unit in ("级", "层"):
        return True
    if not quantity.chinese:
        return False
    if quantity.upper is not None and quantity.upper <= 5 and quantity.unit != "%":
        return True  # 三五个 are no figures; 七八十户 is one
    if quantity.unit == "步":
        return behind != "路"  # 四步闭环
    if quantity.unit in ("路", "样", "立方米"):
        return behind != "米"  # 三样“法宝”, 五方联动
    phased = quantity.unit == "期" and quantity.upper is None and quantity.value <= 5
    return phased and _is_chinese(behind) and ahead not in "办展行了过训织设开"


def _is_very(text: str, quantity: Quantity, ahead: str, behind: str) -> bool:
    """Whether 十分 is no mark but says how much: 十分紧张, 过得十分充实."""
    if text[quantity.start : quantity.end] != "十分":
        return False
    return ahead not in "得打记扣加减满为达" or (ahead == "得" and _is_chinese(behind))


def _is_round(text: str, quantity: Quantity) -> bool:
    """Whether a number in Chinese signs is a power of ten, which says “many” of most things: 千家, 百业."""
    power = text[quantity.number] in "百千万亿" and quantity.comparator == "="
    return power and quantity.unit not in ("%", "则", "篇", "件", "个", "元", "亩")


def _is_chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def told_of_money(text: str, place: int, grammar: Grammar) -> bool:
    """Whether what stands before a number names money or pays it: 筹到资金|四百八十万, 花了|两百多万."""
    said = text[max(0, place - 4) : place].removesuffix("了").removesuffix("到")
    return said.endswith((*grammar.money_nouns, *grammar.lists["fund"], *grammar.lists["spending"]))


def is_sum(text: str, quantity: Quantity, grammar: Grammar) -> bool:
    """Whether a number without 元 is a sum of money: 花了|两百多万."""
    return quantity.value >= _SUM and told_of_money(text, quantity.start, grammar)


def is_label(quantity: Quantity, measured: str, grammar: Grammar) -> bool:
    """Whether a small number with a general head only announces a list (三项机制, 四个方面)."""
    if measured.startswith(("方面", "大方面")):
        return True  # 6个方面任务
    if quantity.value > 30 or quantity.comparator != "=" or quantity.upper is not None:
        return False
    if quantity.value % 1:
        return False  # 环节平均减少2.4个
    if measured.endswith(grammar.abstract_heads) and grammar.kind(quantity.unit) == "classifier":
        return True
    if quantity.chinese and quantity.value <= 10 and measured in grammar.lists["figurative"]:
        return True  # 打好三场仗
    if quantity.value > 10 or grammar.kind(quantity.unit) != "classifier":
        return False
    if quantity.chinese and measured[0] == "一" and not measured.startswith(("一体", "一站", "一线", "一级")):
        return True  # 五个一
    return measured.endswith(grammar.label_heads if quantity.chinese else grammar.abstract_heads)
