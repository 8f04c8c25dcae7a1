"""Chinese numerals as integers."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def parse_chinese(text: str) -> int | None:
    """The integer that a Chinese numeral writes (一千二百 → 1200, 二〇二四 → 2024), None if it writes none.

    A bare scale word counts once (万 → 10000, as in 超万人次); 三五 or 两三 are two numbers and give None.
    """
    if not text or any(c not in DIGITS and c not in SCALES for c in text):
        return None
    if len(text) > 1 and not any(c in SCALES for c in text):
        return int("".join(str(DIGITS[c]) for c in text)) if len(text) > 2 or "〇" in text else None
    total = section = 0
    digit: int | None = None
    last = big = 10**12  # the scale word before, and the last 万 or 亿
    for place, sign in enumerate(text):
        if sign in DIGITS:
            if digit:
                return None
            digit = DIGITS[sign]
            continue
        scale = SCALES[sign]
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
    if digit and len(text) > 1 and text[-2] in SCALES and text[-2] != "十":
        digit *= last // 10  # 一千二 → 1200, 三万五 → 35000
    return total + section + (digit or 0)
