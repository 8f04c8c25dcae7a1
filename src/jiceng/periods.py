"""When: the time phrases of reports as periods of the calendar, where phrase and date of the report allow.

A phrase that names its time (2019年, 2022年1—6月, “十三五”期间) needs nothing else. One that counts from the
day of writing (今年以来, 近三年) needs the date of the document; without it, and for what is vague by itself
(近年来, 十多年来, 上半年), there is no period: nothing is guessed, the phrase stays. Keys are those of
ISO 8601 as far as it has them, with `--` for its solidus, so that equal times have equal names.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from jiceng.days import Day, Year
from jiceng.numerals import parse_chinese
from jiceng.rules import alternation, load_rules
from jiceng.values import dataclass

EARLIEST, LATEST = 1900, 2100  # years that a report speaks of


class Part(StrEnum):
    """How a period lies in the calendar period that its key names."""

    WHOLE = "whole"
    START = "start"  # 2022年初: it starts the year, and ends we know not when
    END = "end"  # 2022年底


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, month or day of the calendar."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def key(self) -> str:
        """ISO 8601: `2019`, `2019-03` or `2019-03-05`."""
        return "-".join(f"{n:02}" for n in (self.year, self.month, self.day) if n is not None)

    @property
    def label(self) -> str:
        """2019年3月5日, as far as it is known."""
        parts = zip((self.year, self.month, self.day), "年月日", strict=True)
        return "".join(f"{n}{sign}" for n, sign in parts if n is not None)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: from day `start` to day `end`, both included; None is what nobody said.

    `duration` (ISO 8601, `P3Y`) is given instead of the start where the text counts backwards from `end`.
    A `part` other than WHOLE starts or ends the calendar period `of`.
    """

    key: str
    label: str
    start: date | None = None
    end: date | None = None
    duration: str | None = None
    part: Part = Part.WHOLE
    of: Moment | None = None


def parse(phrase: str, written: Day | None = None) -> Period | None:
    """The period that a phrase means in a report of a known or unknown date; None where that is open.

    Where only the month or year of the report is known, what lasts until the day of writing ends with that.
    """
    text = _normal(phrase)
    for read in (_now, _since, _plan, _recent, _range, _calendar):
        found = read(text, written)
        if found is not None:
            return found
    return None


def whole(moment: Moment) -> Period:
    """A year, month or day as a period."""
    return Period(moment.key, moment.label, moment.first, moment.last)


# --- the parts of a phrase -----------------------------------------------------------------------------

_NUMBER = r"\d{1,2}|十?[一二三四五六七八九]|十|二十[一二三四五六七八九]?|三十一?"


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The kinds of phrases as patterns, and the words in them that have a meaning of their own."""

    events: Mapping[str, Moment]
    years: Mapping[str, int]
    whole: frozenset[str]
    within: frozenset[str]
    moment: re.Pattern[str]
    now: re.Pattern[str]
    since: re.Pattern[str]
    plan: re.Pattern[str]
    range: re.Pattern[str]
    months: re.Pattern[str]
    calendar: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    """What `rules/periods.toml` makes of the kinds of phrases, read once."""
    rules = load_rules("periods")
    lists = rules.lists()
    events = {name: Moment(*map(int, month.split("-"))) for name, month in rules.tables["events"].items()}
    relative = rules.tables["years"]
    year = rf"(?:\d{{4}}|[零〇一二三四五六七八九]{{4}})年|{alternation([*relative])}(?!度)"
    moment = rf"(?:{year})(?:(?:{_NUMBER})月份?(?:(?:{_NUMBER})[日号])?)?"
    now, since = alternation(lists["now"]), alternation(lists["since"])
    plan, during = alternation(lists["plan"]), alternation(lists["during"])
    return _Grammar(
        events=events,
        years=relative,
        whole=frozenset(lists["whole"]),
        within=frozenset(lists["within"]),
        moment=re.compile(rf"({year})(?:({_NUMBER})月份?(?:({_NUMBER})[日号])?)?"),
        now=re.compile(rf"(?:截[至止]到?|到)?{now}(?:为止)?"),
        since=re.compile(rf"(自|从)?({moment}|{'|'.join(events)})(初|年初)?(.{{0,8}}?){since}"),
        plan=re.compile(rf"([一二三四五六七八九十]{{1,3}})五{plan}?{during}"),
        range=re.compile(rf"(?:自|从)?(\d{{4}}|{moment})(?:-|至|到)({moment})(?:期间|间)?"),
        months=re.compile(rf"(?:自|从)?({year})({_NUMBER})月?份?(?:-|至|到)({_NUMBER})月份?(?:期间|间)?"),
        calendar=re.compile(rf"((?:截[至止]到?|至|到)?)(?:自|从|在)?({moment})(.*)"),
    )


def _normal(phrase: str) -> str:
    text = "".join(unicodedata.normalize("NFKC", phrase).split())
    return re.sub(r"[—–―－~～\-]+", "-", re.sub(r"[“”\"‘’'「」《》]|^党的|^到(?=\d{4}年)", "", text))


def _moment(text: str, written: Day | None) -> Moment | None:
    """`2019年`, `今年3月`, `2019年3月5日`; None where the date is needed and unknown, or is none."""
    found = _grammar().moment.fullmatch(text)
    if not found:
        return None
    year = _year(found[1], written)
    if year is None or not EARLIEST <= year <= LATEST:
        return None
    moment = Moment(year, _number(found[2]), _number(found[3]))
    if 0 in (moment.month, moment.day):
        return None
    try:
        return moment if moment.first else None
    except ValueError:  # the 31st of June
        return None


def _year(text: str, written: Day | None) -> int | None:
    relative = _grammar().years.get(text)
    if relative is not None:
        return written.year + relative if written else None
    return int(text[:-1]) if text[:-1].isdecimal() else parse_chinese(text[:-1].replace("零", "〇"))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else parse_chinese(text)


def _between(first: Moment, last: Moment) -> Period | None:
    if first.first > last.last:
        return None
    if first == last:
        return whole(first)
    return Period(f"{first.key}--{last.key}", f"{first.label}至{last.label}", first.first, last.last)


def _moment_of(written: Day) -> Moment:
    if isinstance(written, Year):
        return Moment(written.year)
    return Moment(written.year, written.month, written.day if isinstance(written, date) else None)


# --- the kinds of phrases ------------------------------------------------------------------------------


def _now(text: str, written: Day | None) -> Period | None:
    """目前, 截至现在: the day of writing."""
    if written and _grammar().now.fullmatch(text):
        return whole(_moment_of(written))
    return None


def _since(text: str, written: Day | None) -> Period | None:
    """2019年以来, 自去年3月启用以来, 从1994年至今, 十九大以来: to the day of writing, or open."""
    grammar = _grammar()
    found = grammar.since.fullmatch(text)
    if not found or (found[4] and not (found[1] and re.fullmatch(r"[\u4e00-\u9fff]+", found[4]))):
        return None
    if found[4] and found[4][0] in grammar.within:  # it does not begin at its first day
        return None
    start = grammar.events.get(found[2]) or _moment(found[2], written)
    if start is None:
        return None
    if written is None:
        return Period(f"since-{start.key}", f"{start.label}以来", start.first)
    return _between(start, _moment_of(written))


def _plan(text: str, written: Day | None) -> Period | None:
    """十三五期间: the five years of a plan; the sixth began in 1981."""
    found = _grammar().plan.fullmatch(text)
    number = parse_chinese(found[1]) if found else None
    if number is None or not 6 <= number <= 20:
        return None
    first = 1981 + 5 * (number - 6)
    return _between(Moment(first), Moment(first + 4))


# XML Schema's durations have no weeks.
_UNITS = {
    "年": (1, "Y", "年"),
    "月": (1, "M", "个月"),
    "周": (7, "D", "天"),
    "期": (7, "D", "天"),
    "天": (1, "D", "天"),
}


def _recent(text: str, written: Day | None) -> Period | None:
    """近三年, 半年来, 过去6个月: a duration that ends on the day of writing."""
    found = re.fullmatch(
        r"(近|最近|过去)?(\d{1,2}|[一二两三四五六七八九十]{1,3}|半)(年半|年|个?月|个月|周|个?星期|天)(以来|来|间|内|里)?",
        text,
    )
    if not found or written is None or not (found[1] or found[4] in ("以来", "来")):
        return None
    if found[3] == "月" and not found[2].isdecimal():  # 三月来 may be March
        return None
    number = 1 if found[2] == "半" else _number(found[2])
    if not number:
        return None
    if found[2] == "半":
        number, letter, word = (6, "M", "个月") if found[3] == "年" else (0, "", "")
    elif found[3] == "年半":
        number, letter, word = 12 * number + 6, "M", "个月"
    else:
        times, letter, word = _UNITS[found[3][-1]]
        number *= times
    if not number:
        return None
    duration = f"P{number}{letter}"
    until = _moment_of(written)
    label = f"截至{until.label}的{number}{word}"
    return Period(f"{duration}--{until.key}", label, None, until.last, duration)


def _range(text: str, written: Day | None) -> Period | None:
    """2018—2020年, 2021年3月至2022年5月, 今年1—6月."""
    ends = _grammar().range.fullmatch(text)
    if ends:
        first = _moment(ends[1] if not ends[1].isdecimal() else f"{ends[1]}年", written)
        last = _moment(ends[2], written)
        return _between(first, last) if first and last else None
    months = _grammar().months.fullmatch(text)
    if months:
        first = _moment(f"{months[1]}{months[2]}月", written)
        last = _moment(f"{months[1]}{months[3]}月", written)
        return _between(first, last) if first and last else None
    return None


_QUARTERS = {
    **{
        f"{lead}{sign}季度": (3 * n + 1, 3 * n + 3)
        for lead in ("", "第")
        for n, sign in enumerate("一二三四")
    },
    **{f"{lead}{n + 1}季度": (3 * n + 1, 3 * n + 3) for lead in ("", "第") for n in range(4)},
    **{f"前{sign}季度": (1, 3 * n) for sign, n in (("二", 2), ("两", 2), ("三", 3))},
    **{f"前{sign}个季度": (1, 3 * n) for sign, n in (("两", 2), ("三", 3))},
    "上半年": (1, 6),
    "下半年": (7, 12),
}
_TENS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}


def _calendar(text: str, written: Day | None) -> Period | None:
    """2023年, 今年上半年, 2022年底, 截至去年3月."""
    found = _grammar().calendar.fullmatch(text)
    moment = _moment(found[2], written) if found else None
    if not found or moment is None:
        return None
    rest, until = found[3], found[1].startswith("截")
    if not rest or rest in _grammar().whole:
        return whole(moment)
    if rest in _QUARTERS and moment.month is None:
        first, last = _QUARTERS[rest]
        return _between(Moment(moment.year, first), Moment(moment.year, last))
    if rest in _TENS and moment.month and not moment.day:
        day, end = _TENS[rest]
        last_day = Moment(moment.year, moment.month, end or moment.last.day)
        return _between(Moment(moment.year, moment.month, day), last_day)
    if re.fullmatch("年?[底末]|年?初", rest) and not moment.day:
        if rest[-1] == "初":
            return Period(
                f"start-of-{moment.key}", f"{moment.label}初", moment.first, None, None, Part.START, moment
            )
        if until:  # 截至2022年底: a state at its last day
            return whole(_moment_of(moment.last))
        return Period(f"end-of-{moment.key}", f"{moment.label}底", None, moment.last, None, Part.END, moment)
    return None
