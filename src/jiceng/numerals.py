"""Quantities as Chinese reports write them: value, range, comparator, unit.

Arabic and Chinese numerals, mixed ones (`1.2万`, `3千`), approximations on either side of the scale word
(`600余万元`, `4000万余元`), ranges (`5—7个`, `3至5名`, `十万元至十五万元`), shares (`三分之二`, `百分之三十`,
`八成`) and comparators before (`超过`, `近`, `不少于`) or behind (`以上`, `左右`). What is indefinite
(`数百名`, `若干`, `几十`) is never given a value. All offsets are those of the text handed in, half open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from jiceng.values import dataclass

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HALF = Decimal("0.5")

_BEFORE = {
    ">": "≥ ＞ ⩾ 不得小于 不小于 "
    "不少于 不低于 不得少于 不得低于 不下于 不下 不止 "
    "多于 高于 大于 超过了 超过 突破了 突破 超出 至少 最少 超 逾",
    "<": "≤ ＜ ⩽ 不得大于 不得高于 不得多于 "
    "不过 不超过 不得超过 不高于 不多于 不大于 不足 不到 不满 低于 少于 小于 至多 最多",
    "~": "将近 接近 大约 约有 约为 约 近 大概",
}
_BEFORE_SIGN = {word: sign for sign, words in _BEFORE.items() for word in words.split()}
_LONGEST = max(map(len, _BEFORE_SIGN))
# 上百, 过千 bound from below; before a digit 上 and 过 are something else (网上3次, 通过5项).
_BEFORE_BARE = {"上": ">", "过": ">", "破": ">"}
# What stands before it in words that merely end like a comparator: 节约, 签约, 村规民约, 附近.
_NO_COMPARATOR = {
    "约": ("节", "签", "预", "制", "履", "公", "条", "契", "相", "违", "邀", "规民"),
    "近": tuple("附最就邻临远亲"),
    "超": tuple("高赶反商"),
    "不下": tuple("心执持僵拿住放装容"),
    "不止": ("血", "咳", "哭"),
    "不过": tuple("，。、；：“超再瞒绕躲赢"),  # 巷子长|不过, but ，不过|三年后
}
_BEHIND = {
    ">": "及以上 或以上 （含）以上 (含)以上 以上 之上 开外 往上 出头 挂零 还多",
    "<": "及以下 （含）以下 以下 以内 之内 之下 内",
    "~": "左右 上下 前后",
}
_BEHIND_SIGN = {word: sign for sign, words in _BEHIND.items() for word in words.split()}
_RATES = "年 月 季度 季 周 天 日 小时 人次 人 户 次 场 亩 平方米 平米 名 个 家 件 吨 公斤"
_DIGITS_READ = 18
_MORE = "余|多|来|几"

# A scale word that begins a unit (千瓦, 百分点) is none.
_SCALE = "(?:[十百万亿]|千(?!瓦|米|克|卡|伏|字))"
# Thousands are set apart by commas or by spaces (8 417); three numbers in a row of a table are no thousands.
# Digits and scale words in turn (1万2|千多户, 3亿5|千万元): what stands last goes on with its own scale word.
_ARABIC = (
    r"\d{1,4}(?:(?:亿\d{1,4}(?=[千百万])|万\d(?=[千百])|万\d{4}(?![\d.,万亿年])|千\d(?=百))){1,3}"
    r"|\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?"
    r"|(?<!\d )\d{1,3}(?: \d{3})+(?![\d.]| \d)|\d+(?:\.\d+)?"
)
_SCALED = re.compile("([千万亿])")
_CHINESE = r"[零〇一二两俩仨三四五六七八九十百千万亿]+|半"
_FIRST = re.compile(
    r"(?<![\d.A-Za-z])\d|(?<![数几好])[零〇一二两俩仨三四五六七八九十百千万亿]|(?<![数几好上下前后大小多])半"
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


def parse_chinese(text: str) -> int | None:
    """The integer that a Chinese numeral writes (一千二百 → 1200, 二〇二四 → 2024), None if it writes none.

    A bare scale word counts once (万 → 10000, as in 超万人次); 三五 or 两三 are two numbers and give None.
    """
    if not text or any(c not in _DIGITS and c not in _SCALES for c in text):
        return None
    if len(text) > 1 and not any(c in _SCALES for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) > 2 or "〇" in text else None
    total = section = 0
    digit: int | None = None
    last = big = 10**12  # the scale word before, and the last 万 or 亿
    for place, sign in enumerate(text):
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            continue
        scale = _SCALES[sign]
        if scale >= 10_000:
            section += digit or 0
            if not section and not total and place:
                return None
            if total and scale < big:
                total += section * scale  # 二亿三千万
            else:
                total = (total + section or 1) * scale  # 三万亿
            big = scale
            section, digit, last = 0, None, scale
            continue
        if (scale >= last and last < 10_000) or not (digit or place == 0 or (scale == 10 and not digit)):
            return None
        section += (digit or 1) * scale
        digit, last = None, scale
    if digit and len(text) > 1 and text[-2] in _SCALES and text[-2] != "十":
        digit *= last // 10  # 一千二 → 1200, 三万五 → 35000
    return total + section + (digit or 0)


def write_chinese(number: int) -> str:
    """A whole number from 0 to 10^12 - 1 as a Chinese numeral ; `parse_chinese` undoes it."""
    if not 0 <= number < 10**12:
        raise ValueError(f"{number}: only whole numbers from 0 to 10^12 - 1 can be written")
    signs = "零一二三四五六七八九"

    def section(value: int) -> str:
        out, gap = "", False
        for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, value = divmod(value, scale)
            if digit:
                out += ("零" if gap and out else "") + signs[digit] + word
                gap = False
            else:
                gap = True
        return out

    out = ""
    for scale, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, scale)
        if part:
            gap = out and part < 1000
            out += ("零" if gap else "") + section(part) + word
    return out or "零"


def _as_unit(word: str, stops: str) -> str:
    """The pattern of a unit; one in Latin letters ends where these do: 5m, but 5mm, 10mg."""
    latin = "A-Za-z0-9" if word.isascii() and word[-1:].isalnum() else ""
    guard = latin + re.escape(stops)
    return re.escape(word) + (f"(?![{guard}])" if guard else "")


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
        behind = "|".join(re.escape(w) + ("(?![容部设外地涵])" if w == "内" else "") for w in _BEHIND_SIGN)
        rates = "|".join(sorted(_RATES.split(), key=len, reverse=True))
        one = rf"(?:{_ARABIC}|{_CHINESE})"
        tail = rf"(?:{_MORE})?{_SCALE}{{0,2}}(?:{_MORE})?"
        self._pattern = re.compile(
            rf"(?:百分之(?P<percent>{one})"
            rf"|(?P<parts>[二三四五六七八九十两]+)分之(?P<share>[一二三四五六七八九十]+)"
            r"|(?P<part>\d{1,2})[/／](?P<of>\d{1,2})"
            r"(?:(?=的|以上|以下|左右)|(?<=[占的到约近过超达了]\d[/／]\d)(?=[，。；、）]|$))"
            r"|(?P<moiety>半数|一半|(?<=过)半(?!数|年|天|个|月|小时|径|岛|路))(?P<most>还多|多)?(?P<above>以上|以下)?"
            rf"|(?P<tenths>[一二两三四五六七八九\d])(?:[至到—－–\-~～]?(?P<to>[二三四五六七八九\d]))?成(?P<half>半|[一二三四五六七八九](?=[的以，。、；）左降升增减提下上跌]|$))?"
            rf"(?P<over>多?)(?![立员为都绩本长果功熟效就分千群片型品人年语交])"
            rf"|(?P<a>{one})(?P<at>{tail})(?P<plus>(?:(?<=\d\d)|(?<=万))[+＋](?=(?:{unit})))?"
            rf"(?: (?=(?:{unit})(?![\u4e00-\u9fff]{{0,3}} \d)))?(?P<au>(?:{unit})?)"
            rf"(?:(?:——?|[－–\-~～至到])(?P<b>{one})(?P<bt>{tail})(?P<unit>(?:{unit})?))?"
            rf")(?P<more>[余多](?![\u4e00-\u9fff]))?(?:[/／](?P<rate>{rates}))?(?P<behind>(?:{behind})?)"
        )

    def quantities(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
        """The quantities of `text[start:end]`, in order and disjoint; numbers without a unit included."""
        stop = len(text) if end is None else end
        at = floor = start
        while first := _FIRST.search(text, at, stop):
            begin = first.start()
            found = self._pattern.match(text, begin, stop)
            quantity = self._read(found, text, floor) if found else None
            if quantity is not None:
                at = floor = quantity.end
                yield quantity
            else:
                at = found.end("a") if found and found["a"] else begin + 1

    def _read(self, found: re.Match[str], text: str, floor: int) -> Quantity | None:
        begin, comparator = _before(text, found.start(), floor)
        behind = _BEHIND_SIGN.get(found["behind"], "")
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
            if second is not None and (not unit or unit == found["unit"]):
                upper, more = second
                approximate = approximate or more
                if _scale(found["at"]) == 1 and value < upper:
                    value *= _scale(found["bt"])  # 3至5万元
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
    for length in range(min(_LONGEST, start - floor), 0, -1):
        word = text[start - length : start]
        sign = _BEFORE_SIGN.get(word)
        if sign is None and length == 1 and (text[start] in _SCALES or text[start] == "半"):
            sign = _BEFORE_BARE.get(word)
        if sign is None and word in ("过", "破") and text[start - 2 : start - 1] in ("率", "额"):
            sign = ">"  # 收缴率过85%
        if sign is not None:
            if text.endswith(_NO_COMPARATOR.get(word, ()), 0, start - length):
                return start, ""
            return start - length, sign
    return start, ""


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _scale(tail: str) -> int:
    scale = 1
    for sign in tail:
        scale *= _SCALES.get(sign, 1)
    return scale


def _one(digits: str, tail: str) -> tuple[Decimal, bool] | None:
    """Value, and whether it is a lower bound (余, 多, 来)."""
    if len(digits) > _DIGITS_READ:
        return None  # no figure of a report, but a string of digits
    if digits == "半":
        return (_HALF, False) if not tail else None
    if "几" in tail:
        return None  # 十几, 几十: indefinite
    whole = Decimal(0)
    if digits[0].isdecimal():
        *scaled, last = _SCALED.split(re.sub("[,， ]", "", digits))
        for count, scale in zip(scaled[::2], scaled[1::2], strict=True):
            whole += Decimal(count) * _SCALES[scale]  # 1万2|千: the scale word behind is that of 2 alone
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
    elif found["part"]:
        of = Decimal(found["of"])
        value = (Decimal(found["part"]) / of).quantize(Decimal("0.0001")) if of else None
        unit = ""
        if value is None or not 0 < value < 1:
            return None
    elif found["moiety"]:
        value, unit = Decimal(50), "%"
        if comparator == "=":
            comparator = _BEHIND_SIGN.get(found["above"] or "", ">" if found["most"] else "=")
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
    while len(digits) > 2 and digits[-1] in _SCALES:  # 七八十, 三四百, 一百三四十
        tens, digits = digits[-1] + tens, digits[:-1]
    if (
        len(digits) > _DIGITS_READ
        or (tail and tail not in _SCALES)
        or not unit
        or len(digits) < 2
        or digits[-1] not in _DIGITS
        or digits[-2] not in _DIGITS
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
