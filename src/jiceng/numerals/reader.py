"""Finds quantities: numerals with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from jiceng.numerals.beside import beside
from jiceng.numerals.chinese import DIGITS, SCALES, parse_chinese
from jiceng.values import dataclass

_HALF = Decimal("0.5")
_LONGEST_NUMERAL = 18
_MORE = "余|多|来|几"

# Thousands are set apart by commas or by spaces (8 417); three numbers in a row of a table are no thousands.
# Digits and scale words in turn (1万2|千多户, 3亿5|千万元): what stands last goes on with its own scale word.
_ARABIC = (
    r"\d{1,4}(?:(?:亿\d{1,4}(?=[千百万])|万\d(?=[千百])|万\d{4}(?![\d.,万亿年])|千\d(?=百))){1,3}"
    r"|\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?"
    r"|(?<!\d )\d{1,3}(?: \d{3})+(?![\d.]| \d)|\d+(?:\.\d+)?"
)
_SCALED = re.compile("([千万亿])")
_CHINESE = r"[零〇一二两俩仨三四五六七八九十百千万亿]+|半"
# 好 before a number mostly ends a verb (办好|十件实事), but not in 好一阵, 好百来人.
_FIRST = (
    r"(?<![\d.A-Za-z])\d"
    r"|(?<![数几])(?!(?<=好)(?:一[阵会番派通些点段个]|[百千万亿]))[零〇一二两俩仨三四五六七八九十百千万亿]"
    r"|(?<![数几好上下前后大小多])半"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start:end`; the bare numeral (scale word included) begins at `number`.

    `comparator` is one of `= > < ~`. `unit` is the unit's notation, written at `unit_start:unit_end` (empty
    if there is none). `chinese` says that the numeral has no Arabic digit, `rate` holds what stands after
    a slash (`14万元/年` → 年).
    """

    start: int
    end: int
    number: int
    value: Decimal
    upper: Decimal | None
    comparator: str
    unit: str | None
    unit_start: int
    unit_end: int
    chinese: bool
    rate: str | None = None


def _as_unit(word: str, stops: str) -> str:
    """The pattern of a unit; one in Latin letters ends where these do: 5m, but 5mm, 10mg."""
    latin = "A-Za-z0-9" if word.isascii() and word[-1:].isalnum() else ""
    guard = latin + re.escape(stops)
    return re.escape(word) + (f"(?![{guard}])" if guard else "")


def _comes_to(text: str, begin: int, found: re.Match[str]) -> bool:
    """Whether two numbers with a unit each tell a change, and no range: 满意度从|61分到93分."""
    changes = text[begin - 1 : begin] in ("从", "由") and bool(found["au"] and found["unit"])
    joined = text[found.end("au") : found.start("b")] in ("到", "至")
    return changes and joined and not text.startswith(beside().ranges, found.end())


class QuantityReader:
    """Finds the quantities of a text in one pass; made once for a set of units.

    `units` gives each way of writing a unit its notation; `guards` gives for a unit's writing the
    characters that must not follow it (人 is no unit in `3人民警察`'s 人民).
    """

    def __init__(self, units: Mapping[str, str], guards: Mapping[str, str] | None = None) -> None:
        self._units = units
        words = sorted(units, key=lambda w: (-len(w), w))
        stops = guards or {}
        unit = "|".join(_as_unit(w, stops.get(w, "")) for w in words)
        # Most numbers have no unit behind them: one look at the next sign tells.
        unit = rf"(?=[{re.escape(''.join(sorted({w[0] for w in words})))}])(?:{unit})"
        said = beside()
        no = {word: f"(?!{begins})" for word, begins in said.not_before.items()}
        behind = "|".join(re.escape(w) + no.get(w, "") for w in said.behind)
        rates = "|".join(sorted(said.rates, key=len, reverse=True))
        # Behind a word of Latin letters a number needs a unit of things: APP9个, but CT64排.
        counted = "|".join(said.behind_latin)
        latin = rf"|(?<=[A-Za-z]{{2}})\d(?=[\d.]{{0,6}}[{_MORE.replace('|', '')}万]?(?:{counted}))"
        self._first = re.compile(_FIRST + latin)
        one = rf"(?:{_ARABIC}|{_CHINESE})"
        # A scale word that begins a unit (千瓦, 百分点) is none.
        tail = rf"(?:{_MORE})?(?:[十百万亿]|千{no['千']}){{0,2}}(?:{_MORE}|个多(?=百分点|小时|工作日))?"
        self._pattern = re.compile(
            rf"(?:百分之(?P<percent>{one})(?:点(?P<decimals>[零〇一二两三四五六七八九]{{1,4}}))?"
            rf"|(?P<parts>[二三四五六七八九十两]+)分之(?P<share>[一二三四五六七八九十]+)"
            r"|(?P<part>\d{1,2})[/／](?P<of>\d{1,2})"
            r"(?:(?=的|以上|以下|左右)|(?<=[占的到约近过超达了]\d[/／]\d)(?=[，。；、）]|$))"
            rf"|(?P<moiety>半数|一半|(?<=过)半{no['半']})(?P<most>还多|多)?(?P<above>以上|以下)?"
            rf"|(?P<tenths>[一二两三四五六七八九\d])(?:[至到—－–\-~～]?(?P<to>[二三四五六七八九\d]))?成(?P<half>半|[一二三四五六七八九](?=[的以，。、；）左降升增减提下上跌]|$))?"
            rf"(?P<over>多?){no['成']}"
            rf"|(?P<a>{one})(?P<at>{tail})(?P<plus>(?:(?<=\d\d)|(?<=万))[+＋](?=(?:{unit})))?"
            rf"(?: (?=(?:{unit})(?![\u4e00-\u9fff]{{0,3}} \d)))?(?P<au>(?:{unit})?)"
            rf"(?:(?:——?|[－–\-~～至到])(?P<b>{one})(?P<bt>{tail})(?P<unit>(?:{unit})?))?"
            rf")(?P<more>[余多](?![\u4e00-\u9fff]))?(?:[/／](?P<rate>{rates}))?(?P<behind>(?:{behind})?)"
        )

    def quantities(self, text: str) -> Iterator[Quantity]:
        """The quantities of a text, in order and disjoint; numbers without a unit included."""
        at = floor = 0
        while first := self._first.search(text, at):
            begin = first.start()
            found = self._pattern.match(text, begin)
            quantity = self._read(found, text, floor) if found else None
            if quantity is not None:
                at = floor = quantity.end
                yield quantity
            else:
                at = found.end("a") if found and found["a"] else begin + 1

    def _read(self, found: re.Match[str], text: str, floor: int) -> Quantity | None:
        begin, comparator = _before(text, found.start(), floor)
        behind = beside().behind.get(found["behind"], "")
        if found["a"] is None:
            return _share(found, begin, comparator or behind or "=")
        first = _one(found["a"], found["at"])
        if first is None:
            return _pair(found, begin, comparator or "=", self._units)
        value, approximate = first
        about = "来" in found["at"]
        unit, place, end = found["au"], found.span("au"), found.end()
        upper: Decimal | None = None
        if found["b"] is not None:
            second = _one(found["b"], found["bt"])
            if second is not None and not _comes_to(text, begin, found) and unit in ("", found["unit"]):
                upper, more = second
                approximate = approximate or more
                shared = _scale(found["bt"]) if _scale(found["at"]) == 1 and not unit else 1
                if value < upper and value * shared < upper:
                    value *= shared  # 3至5万元, but 5000元至2万元
                unit, place = found["unit"], found.span("unit")
                if value >= upper:
                    return None
            else:
                end, behind = found.end("au"), ""
        if end == found.end() and found["more"]:
            approximate = True
        return Quantity(
            begin,
            end,
            found.start(),
            _plain(value),
            None if upper is None else _plain(upper),
            comparator or behind or (">" if approximate or found["plus"] else "~" if about else "="),
            self._units.get(unit) if unit else None,
            *(place if unit else (found.end("at"), found.end("at"))),
            chinese=not found["a"][0].isdecimal(),
            rate=found["rate"] if end == found.end() else None,
        )


def _before(text: str, start: int, floor: int) -> tuple[int, str]:
    """Where a comparator that ends at `start` begins, and its sign; `start` and nothing if there is none."""
    words = beside()
    for length in range(min(words.longest, start - floor), 0, -1):
        word = text[start - length : start]
        sign = words.before.get(word)
        if sign is None and length == 1 and (text[start] in SCALES or text[start] == "半"):
            sign = words.before_scale.get(word)
        if sign is None and word in words.past_rate and text[start - 2 : start - 1] in words.rate_ends:
            sign = ">"  # 收缴率过85%
        if sign is not None:
            if text.endswith(words.no_comparator.get(word, ()), 0, start - length):
                return start, ""
            return start - length, sign
    return start, ""


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _scale(tail: str) -> int:
    scale = 1
    for sign in tail:
        scale *= SCALES.get(sign, 1)
    return scale


def _one(digits: str, tail: str) -> tuple[Decimal, bool] | None:
    """Value, and whether it is a lower bound (余, 多, 来)."""
    if len(digits) > _LONGEST_NUMERAL:
        return None  # no figure of a report, but a string of digits
    if digits == "半":
        return (_HALF, False) if not tail else None
    if "几" in tail:
        return None  # 十几, 几十: indefinite
    whole = Decimal(0)
    if digits[0].isdecimal():
        *scaled, last = _SCALED.split(re.sub("[,， ]", "", digits))
        for count, scale in zip(scaled[::2], scaled[1::2], strict=True):
            whole += Decimal(count) * SCALES[scale]  # 1万2|千: the scale word behind is that of 2 alone
        number = Decimal(last)
    else:
        written = parse_chinese(digits)
        if written is None:
            return None
        number = Decimal(written)
    return whole + number * _scale(tail), any(sign in "余多" for sign in tail)


def _tenths(sign: str) -> int:
    return parse_chinese(sign) or int(sign)


def _share(found: re.Match[str], begin: int, comparator: str) -> Quantity | None:
    """百分之三十 and 八成 in per cent, 三分之二 as a plain fraction (to four places)."""
    value: Decimal | None
    if found["over"] and comparator == "=":
        comparator = ">"
    if found["percent"]:
        first = _one(found["percent"], "")
        value, unit = (first[0] if first else None), "%"
        if value is not None and found["decimals"]:  # 百分之九十八点六
            value += Decimal("0." + "".join(str(DIGITS[sign]) for sign in found["decimals"]))
    elif found["part"]:
        of = Decimal(found["of"])
        value = (Decimal(found["part"]) / of).quantize(Decimal("0.0001")) if of else None
        unit = ""
        if value is None or not 0 < value < 1:
            return None
    elif found["moiety"]:
        value, unit = Decimal(50), "%"
        if comparator == "=":
            comparator = beside().behind.get(found["above"] or "", ">" if found["most"] else "=")
    elif found["tenths"]:
        tenths = _tenths(found["tenths"])
        part = 5 if found["half"] == "半" else parse_chinese(found["half"] or "零") or 0
        value, unit = Decimal(tenths * 10 + part), "%"
    else:
        parts, share = parse_chinese(found["parts"]), parse_chinese(found["share"])
        value, unit = (
            ((Decimal(share) / Decimal(parts)).quantize(Decimal("0.0001")) if parts and share else None),
            "",
        )
    if value is None:
        return None
    upper = Decimal(10 * _tenths(found["to"])) if found["to"] else None
    if upper is not None and upper <= value:
        return None
    end = found.end()
    return Quantity(
        begin, end, found.start(), _plain(value), upper, comparator, unit or None, end, end, chinese=True
    )


def _pair(found: re.Match[str], begin: int, comparator: str, units: Mapping[str, str]) -> Quantity | None:
    """两三家, 三五个, 十五六名: two numbers side by side bound what is meant."""
    digits, tail, unit = found["a"], found["at"], found["au"]
    scale, tens = _scale(tail), ""
    while len(digits) > 2 and digits[-1] in SCALES:  # 七八十, 三四百, 一百三四十
        tens, digits = digits[-1] + tens, digits[:-1]
    if (
        len(digits) > _LONGEST_NUMERAL
        or (tail and tail not in SCALES)
        or not unit
        or len(digits) < 2
        or digits[-1] not in DIGITS
        or digits[-2] not in DIGITS
    ):
        return None
    low, high = parse_chinese(digits[:-1] + tens), parse_chinese(digits[:-2] + digits[-1] + tens)
    if not low or not high or low >= high:
        return None
    end = found.end("au")
    return Quantity(
        begin,
        end,
        found.start(),
        Decimal(low * scale),
        Decimal(high * scale),
        comparator,
        units.get(unit),
        *found.span("au"),
        chinese=True,
    )
