"""Chinese numerals written, for what reads them back."""

from __future__ import annotations


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
