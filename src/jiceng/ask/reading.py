"""A question cut into what it is made of: divisions, terms, numbers, and words with a role.

Many cuts are possible; they come simplest first. What no name, term or word explains becomes a piece of its
own, `unknown`, so that it is never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jiceng.ask.grammar import Grammar
from jiceng.ask.terms import EXACT, NEAR, Named, Terms
from jiceng.numerals import QuantityReader, parse_chinese

UNKNOWN, DIVISION, TERM, HOLDER = "unknown", "division", "term", "holder"
"""Roles beside those of `words.toml`."""

_KEPT = 48  # ways of cutting that are followed at each place
_EMPTY = frozenset({"fill", "do", "unit"})
_ANY = frozenset({"practice", "place"})
_TOP = re.compile(
    r"(?:排名|排行|位列|位居|居|排在|名列|处于|排)?(?:前|top|TOP)(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:名|位|个|大|甲|强)?"
)
_SO_MANY = re.compile(r"(?<=最[多少高低大小]的)(\d{1,3}|[一二两三四五六七八九十]{1,3})个(?=[区县市省地街社])")
_PERIOD = re.compile(
    r"((?:19|20)\d\d)(?:年度|年底|年末|年初|年)?(?:以来|至今|上半年|下半年)?|去年|今年|前年|上年|上半年|下半年"
)
_PER = re.compile(
    r"(?:平均)?每(?:半年|季度|[年月周天日人户]|[个名]?(?:社区|街道|小区|网格|楼栋|村))|(?P<each>[人户])均"
)
_DEPTH = re.compile(r"([2-9]|1\d|[二三四五六七八九十两]|十[一二三])个?(?:层级|级|层)")
_TIMES = ("年", "月", "日", "天", "周", "小时", "分钟", "季度")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a question with its role; `named` for divisions, `value` for numbers and the like."""

    role: str
    text: str
    named: Named | None = None
    value: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One cut of a whole question; the lower `cost`, the simpler."""

    cost: float
    pieces: tuple[Piece, ...]


def readings(text: str, terms: Terms, grammar: Grammar) -> tuple[Reading, ...]:
    """The cuts of a text, simplest first; what only differs in empty words counts as one."""
    shaped = dict(_shaped(text, terms, grammar))
    numbers: dict[Piece, int] = {}  # ways are told apart by them: whole pieces take long to compare
    chart: list[dict[tuple[int, ...], tuple[float, tuple[Piece, ...]]]] = [{} for _ in range(len(text) + 1)]
    chart[0][()] = (0.0, ())
    for at in range(len(text)):
        kept = sorted(chart[at].items(), key=lambda way: way[1][0])[:_KEPT]
        if not kept:
            continue
        ranked = any(piece.role == "top" for _, piece, _ in shaped.get(at, ()))
        for end, piece, cost in (*_pieces(text, at, terms, grammar), *shaped.get(at, ())):
            if ranked and piece.role in _EMPTY:
                continue  # 最多的三个区 asks for three, though 三个区 may be no more than those named
            said = () if piece.role in _EMPTY else (numbers.setdefault(piece, len(numbers)),)
            for before, (spent, pieces) in kept:
                told = before + said
                old = chart[end].get(told)
                if old is None or spent + cost < old[0]:
                    chart[end][told] = (spent + cost, (*pieces, piece))
    found = sorted(chart[-1].values(), key=lambda way: way[0])[:_KEPT]
    return tuple(Reading(cost, pieces) for cost, pieces in found)


def _pieces(text: str, at: int, terms: Terms, grammar: Grammar) -> Iterator[tuple[int, Piece, float]]:
    """What may begin at a place: where it ends, what it is, and what it costs."""
    yield at + 1, Piece(UNKNOWN, text[at]), 5.0
    for end, named in terms.divisions_at(text, at):
        yield end, Piece(DIVISION, text[at:end], named), 1.0
    for end in range(at + 1, min(len(text), at + 40) + 1):
        word = text[at:end]
        single = 0.2 if end == at + 1 else 0.0
        for role in grammar.words.get(word, ()) if end - at <= grammar.longest else ():
            value = (grammar.sorts[word],) if role == "sort" else ()
            # A verb at the end behind 的 is a noun: 四川省的报道.
            noun = 0.3 if role == "do" and end == len(text) and text[:at].endswith("的") else 0.0
            yield end, Piece(role, word, value=value), (0.8 if role in _EMPTY else 1.0) + single + noun
        label = word.replace("、", "") if word.strip("、") == word else ""
        of = terms.words.get(label) if len(label) >= 2 or label in grammar.money else None
        if of:
            cost = 1.5 if max(of.values()) == NEAR else 1.0
            # 工作法 is any mechanism, 区县 any division, unless nothing else makes sense.
            any_of = _ANY.intersection(grammar.words.get(word, ()))
            yield end, Piece(TERM, label), cost + (0.3 if any_of else 0)
            if of.get("organisation") == EXACT:
                yield end, Piece(HOLDER, label, value=(label,)), 1.0
        if end - at >= 2 and word in terms.actions:
            yield end, Piece("action", word, value=terms.actions[word]), 1.0


def _shaped(
    text: str, terms: Terms, grammar: Grammar
) -> Iterator[tuple[int, list[tuple[int, Piece, float]]]]:
    """Numbers, ranks and years, by where they begin."""
    found: dict[int, list[tuple[int, Piece, float]]] = {}

    def add(start: int, end: int, role: str, *value: str) -> None:
        # 一层 is rather a word than a number, 最多的两个 rather a number than a word.
        cost = {"number": 1.4, "top": 0.7}.get(role, 1.0)
        found.setdefault(start, []).append((end, Piece(role, text[start:end], value=value), cost))

    for quantity in QuantityReader(terms.units).quantities(text):
        unit = text[quantity.unit_start : quantity.unit_end]
        if unit.endswith(_TIMES):
            continue
        if quantity.upper is not None:
            ends = (">=", _written(quantity.value), "<=", _written(quantity.upper))
            add(quantity.start, quantity.end, "bound", *ends)
            continue
        word = text[quantity.start : quantity.end]
        sign = quantity.comparator
        role = "bound" if sign in "<>" else "number"
        strict = any(w in word for w in grammar.strict) and not word.startswith("不超")
        sign = sign if strict else f"{sign}="
        add(quantity.start, quantity.end, role, sign if role == "bound" else "=", _written(quantity.value))
    for pattern, role, before in ((_TOP, "top", ()), (_SO_MANY, "top", ()), (_DEPTH, "depth", ("=",))):
        for match in pattern.finditer(text):
            number = int(match[1]) if match[1].isdecimal() else parse_chinese(match[1])
            if number:
                add(match.start(), match.end(), role, *before, str(number))
    for match in _PERIOD.finditer(text):
        add(match.start(), match.end(), "period", match[1] or match[0])
    for match in _PER.finditer(text):
        each = f"每{match['each']}" if match["each"] else match[0].removeprefix("平均")
        add(match.start(), match.end(), "per", each)
    yield from found.items()


def _written(value: Decimal) -> str:
    return format(value, "f")
