"""Lines with a space behind each character, as OCR leaves them (云 岭 区)."""

from __future__ import annotations

import re

_SPACED_OUT = re.compile(r"\S(?: {1,3}\S){5,}")
_SPACE = re.compile(r"(?<! ) (?! )| (?=  )|(?<=  ) ")


def closed_up(line: str) -> str:
    """A line without these spaces; of three, which stand for one of its own, one stays."""
    return _SPACE.sub("", line) if _SPACED_OUT.fullmatch(line) else line
