"""One-for-one corrections of repaired text: punctuation, quotes, dashes, full-width letters.

Every function takes and gives a text of the same length, so that offsets stay what they are.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from jiceng import words
from jiceng.repair.roles import reading_rules
from jiceng.repair.straight_quotes import astray, directional

_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDE[ord("％")] = ord("%")
_WIDE |= {ord(small): ord(plain) for small, plain in zip("﹐﹑﹔﹕", "，、；：", strict=True)}
_ANY_WIDE = re.compile("[" + "".join(map(chr, _WIDE)) + "]")
_PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_CJK = "\u3400-\u9fff"
_HALF = re.compile(r"[,;:!?()]")
_STOP = re.compile(rf"(?<=[{_CJK}”’）》%])[.．](?![0-9A-Za-z.．])")
_POINT = re.compile(r"(?<=\d)．(?=\d)")
_ANY_DASH = re.compile("[-－–―─]")
_DASH = re.compile(rf"(?<=[{_CJK}）”]){_ANY_DASH.pattern}(?=[{_CJK}（“])")
_QUOTED = re.compile(r"(?:(?<=“)|(?:^|(?<=”))[（(]?)([^“”\n]+)", re.MULTILINE)
_COUNTED = "年月日天名个件户人次万亿余多家条场处支项元位栋岁时分米%"
_LETTER_NOUGHT = re.compile(
    rf"(?<=\d)[Oo]+(?=[\d.lI]|[{_COUNTED}])|(?<=\d\.)[Oo](?=[\d{_COUNTED}])"
)  # 1O6名, 2O23年
_LETTER_ONE = re.compile(  # 3l名, l2个, l.5万; but not A1I
    rf"(?<=[\d.])[lI]{{1,4}}(?=[\d.{_COUNTED}])"
    rf"|(?<![0-9A-Za-z.])[lI]{{1,4}}(?=(?:\.?\d{{1,8}}|\d{{1,8}}\.\d{{1,8}})[{_COUNTED}])"
)
_ROUND_NOUGHT = re.compile("(?<=[一二三四五六七八九〇])[○Ο](?=[一二三四五六七八九○Ο年])")  # 二○二三年
_SHORT_TIER = re.compile(r"[省市区县镇乡村](?:党|委|总?支部)")


def correct(text: str) -> str:
    """All corrections, in the order in which they build on each other."""
    if not text:
        return text
    if _ANY_WIDE.search(text):
        text = text.translate(_WIDE)
    if "O" in text or "o" in text:
        text = _LETTER_NOUGHT.sub(lambda m: "0" * len(m[0]), text)
    if "l" in text or "I" in text:
        text = _LETTER_ONE.sub(lambda m: "1" * len(m[0]), text)
        text = _LETTER_NOUGHT.sub(lambda m: "0" * len(m[0]), text)
    if "○" in text or "Ο" in text:
        text = _ROUND_NOUGHT.sub("〇", text)
    if "," in text or ";" in text or ":" in text or "(" in text or ")" in text or "!" in text or "?" in text:
        text = _full_width(text)
    if "." in text or "．" in text:
        text = _POINT.sub(".", text)
        text = _STOP.sub("。", text)
    if '"' in text or astray(text):
        text = directional(text, '"', "“", "”")
    if "'" in text:
        text = directional(text, "'", "‘", "’")
    if _ANY_DASH.search(text):
        text = _DASH.sub("—", text)
    return dashes(text) if "一" in text else text


def _full_width(text: str) -> str:
    chinese = re.compile(rf"[{_CJK}“”‘’《》（）【】，。；：、！？—…\"]")

    def one(found: re.Match[str]) -> str:
        at = found.start()
        before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        if found[0] in ",:" and before.isdigit() and after.isdigit():
            return found[0]
        if chinese.match(before) or chinese.match(after):
            return _PUNCTUATION[found[0]]
        near = text[max(0, at - 6) : at + 7]
        return _PUNCTUATION[found[0]] if chinese.search(near) else found[0]

    return _HALF.sub(one, text)


def _between_tiers(run: str, at: int) -> bool:
    """Whether a tier ends before `at` and another begins behind it (党支部一楼栋: 一楼 is a word too)."""
    behind = _tier_begins(run, at + 1) or _SHORT_TIER.match(run, at + 1)
    return bool(behind and _tier_end().search(run[:at]))


def _tier_begins(run: str, at: int) -> bool:
    """Whether a tier of more than one character begins at `at`."""
    tiers = reading_rules().tables["words"]["tier_ends"]
    return any(len(word) > 1 and run.startswith(word, at) for word in tiers)


@cache
def _tier_end() -> re.Pattern[str]:
    ends = reading_rules().tables["words"]["tier_ends"]
    return re.compile("(?:" + "|".join(sorted(ends, key=lambda w: (-len(w), w))) + r")(?:（[^（）]{1,8}）)?$")


def dashes(text: str) -> str:
    """`一` made `—` where it parts the tiers of a chain: 区委一街道党工委一社区党委.

    Only in a run of at least three parts, each of which (the last one excepted) ends as a tier or step
    does, where the dictionary has no word with that 一 in it.
    """
    out = list(text)
    for found in _QUOTED.finditer(text):
        run = found[1]
        if "一" not in run:
            continue
        for part in re.finditer(r"[^，。；：、！？]+", run):
            marks = _dash_marks(part[0])
            for at in marks:
                out[found.start(1) + part.start() + at] = "—"
    return "".join(out)


def _dash_marks(run: str) -> list[int]:
    real = [i for i, c in enumerate(run) if c == "—" and run[i - 1 : i] != "—" and run[i + 1 : i + 2] != "—"]
    if len(real) + run.count("一", 1, max(len(run) - 2, 0)) < 2:
        return []  # most runs: they are not worth a look into the dictionary
    at, loose, parted = 0, [], words.cut(run)
    if parted[0] == "一" or (run[0] == "一" and _tier_begins(run, 1)):
        return []  # 一社区一党委一品牌 counts (一楼 in 一楼栋一支部 is a word, too)
    for word in parted:
        if word == "一" or (word[0] == "一" and _between_tiers(run, at)):
            loose.append(at)
        at += len(word)
    # 区一街道: a first part of one character is a level
    least = 1 if run[1:2] == "一" and _tier_end().search(run[0]) else 2
    loose = [i for i in loose if least <= i < len(run) - 2]
    if not loose or len(loose) + len(real) < 2:
        return []
    cuts = sorted({-1, *loose, *real, len(run)})
    parts = [run[a + 1 : b] for a, b in itertools.pairwise(cuts)]
    if any(not 1 < len(p) <= 18 for p in parts[1:-1]):
        return []
    tiers = [bool(_tier_end().search(p)) for p in parts[:-1]]
    chained = tiers[0] and sum(tiers) >= len(parts) - 2
    return loose if chained or (len(loose) >= 2 and _alike(parts[:-1])) else []


def _alike(parts: list[str]) -> bool:
    """Whether steps of about the same length follow each other, as in 主动收集—分类派遣—部门督办.

    The first may have something before it, but isn't shorter: 一图一表一册一群一日志 counts.
    """
    first, *steps = map(len, parts)
    return max(steps) - min(steps) <= 1 and min(steps) >= 4 and first >= min(steps) - 1
