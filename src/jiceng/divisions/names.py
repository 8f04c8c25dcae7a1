"""How names of administrative divisions are built, shortened and told from common words.

The words and patterns are those of `ontology/rules/divisions.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from jiceng.rules import RuleFile, load_rules


@cache
def _rules() -> RuleFile:
    return load_rules("divisions")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return _rules()[f"divisions.{name}"].pattern


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_rules().tables["words"][name].split())


def common_shorts() -> frozenset[str]:
    """Short forms that are common words as well: never read as divisions."""
    return _words("common_short")


def city_shorts_first() -> frozenset[str]:
    """Short forms that mean the city alone: a district of the name is called by all of it (西安区)."""
    return _words("cities_first")


def tells_little(short: str) -> bool:
    """Whether a short form is a word of headings or a larger place, too: alone it is no sure sign."""
    return short in _words("cities_and_words") or short in _words("ordinary")


def short_name(name: str) -> str:
    """A name without the word for its kind and, of autonomous units, the peoples.

    福建省 → 福建, 武侯区 → 武侯, 恩施土家族苗族自治州 → 恩施, 内蒙古自治区 → 内蒙古.
    May be a single character (东区 → 东).
    """
    bare = _pattern("kind").sub("", name)
    if "自治" not in name:
        return bare
    without = _pattern("peoples").sub("", bare)
    return without if len(without) > 1 else bare.removesuffix("族")


def banner_abbreviation(name: str) -> str | None:
    """How a banner of the left or right wing is called for short: 科尔沁右翼前旗 → 科右前旗."""
    wing = _pattern("wing").fullmatch(name)
    return "".join(wing.groups()) + "旗" if wing else None


def usual_names(name: str) -> tuple[str, ...]:
    """What an autonomous unit is called in place of its full name, all without its peoples.

    兰坪白族普米族自治县 → 兰坪自治县, 兰坪县; 恩施土家族苗族自治州 → 恩施自治州, 恩施州; 管城回族区 → 管城区.
    """
    kind = _pattern("of_peoples").search(name)
    if kind is None:
        return ()
    bare = name[: kind.start()]
    short = _pattern("peoples").sub("", bare) or bare.removesuffix("族")
    wing = _pattern("left_or_right").fullmatch(short)
    short = "".join(wing.groups()) if wing else _rules().tables["clipped"].get(short, short)
    if len(short) < 2 or short in _words("provinces_too"):
        return ()
    last = kind[0].removeprefix("自治")
    return (f"{short}自治{last}", f"{short}{last}") if last != kind[0] else (f"{short}{last}",)


def usable_short(name: str) -> str | None:
    """The short form that a text may use beside a larger or smaller unit; None where that would mislead."""
    short = short_name(name)
    return None if len(short) < 2 or short == name or short in common_shorts() else short


def is_common_word(name: str) -> bool:
    """Whether an official name is a common word too (城区, 郊区, 新城区)."""
    return _pattern("common_name").fullmatch(name) is not None


def names_something_smaller(text: str, end: int) -> bool:
    """Whether a short form that ends at `end` is the head of another name: 武侯镇, 朝阳街道, 北京路."""
    return _pattern("smaller").match(text, end) is not None


def ends_inside_word(text: str, end: int) -> bool:
    """Whether the official name that ends at `end` cuts a word behind it: 新城|区域, 运城|市场."""
    return _pattern("split").match(text, end) is not None


def needs_sign(name: str) -> bool:
    """Whether an official name may also be parts of two words: 应城市 in 适应城市."""
    return _pattern("doubtful").fullmatch(name) is not None


def is_striven_for(text: str, start: int, end: int) -> bool:
    """Whether a name is no division's here, but what one strives to be: 创建|平安县, 平安县|建设."""
    if _pattern("reached").fullmatch(text, start, end) is None or _pattern("streets").match(text, end):
        return False
    before = text[start - 1] if start else ""
    if before.isalpha() and before not in _words("before_place"):
        return True
    likewise = before == "、" and _pattern("likewise").search(text, max(0, start - 5), start)
    return bool(likewise) or _pattern("striven_for").match(text, end) is not None


def has_sign(text: str, start: int, name: str = "") -> bool:
    """Whether what stands before `start` shows that a name begins: no letter, or a word such as 在.

    对 and 把 show it before a district only: 对应|城市 are words, 对婺城区 is a name.
    """
    before = text[start - 1] if start else ""
    if not before.isalpha() or before in _words("before_name"):
        return True
    if text[max(0, start - 2) : start] in _words("before_name"):
        return True
    return before in _words("before_district") and name[2:3] == "区"
