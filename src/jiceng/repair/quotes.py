"""Quotes and brackets at a seam: what is open on the left and closes on the right.

Straight quotes have no direction of their own. The marks beside them, how long quotes usually are and what
stands between two of them tell it for most.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))
AFTER_CLOSING, BEFORE_OPENING = "，。；：、！？）", "，；：、（"
BETWEEN = ("的", "和", "与", "及", "或", "到", "、", "，", "")  # stands between two quotes, not inside one
# What is quoted is shorter than this, and has no such mark.
_OUTSIDE = re.compile(r"^(?=.{9}).*[，；。]", re.MULTILINE)
_MARKED = re.compile('[“”（）《》"]')
_DIRECTED = re.compile("[“”]")
_CLOSES_FIRST = re.compile("[（）《》]{0,4}”")


def directed(text: str) -> str:
    """Straight quotes turned by what stands around them, all of them or, if nothing tells, none."""
    at = [i for i, char in enumerate(text) if char == '"']
    votes = 0  # for the first one to open; they take turns
    for number, i in enumerate(at):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        # No line begins with a closing quote, nor ends with an opening one.
        closes = after in AFTER_CLOSING if after else i > 0
        opens = before in BEFORE_OPENING if before else i == 0
        if opens != closes:
            votes += 1 if opens == (number % 2 == 0) else -1
    for number, (i, j) in enumerate(pairwise(at)):
        if text[i + 1 : j] in BETWEEN:
            votes += 1 if number % 2 else -1
    if at and _OUTSIDE.search(text[: at[0]]):
        votes += 1
    if at and _OUTSIDE.match(text[at[-1] + 1 :]):
        votes += 1 if len(at) % 2 == 0 else -1
    if not votes:
        return text
    characters = list(text)
    for number, i in enumerate(at):
        characters[i] = "“" if (votes > 0) == (number % 2 == 0) else "”"
    return "".join(characters)


def quotes(left: str, right: str) -> dict[str, float]:
    """The signs of a seam: whether quotes and brackets that are open at the left close at the right."""
    one, other = _marks(left), _marks(right)
    if not one and not other:
        return {}
    found: dict[str, float] = {}
    if '"' in other and '"' not in one and one.rfind("“") > one.rfind("”") and not _DIRECTED.search(other):
        other = other.replace('"', "”", 1)  # it has no other direction here
    if one.count('"') % 2 and not _DIRECTED.search(one) and _CLOSES_FIRST.match(other):
        one = one.replace('"', "“")  # nor has the one that this closes
    for opening, closing in PAIRS:
        is_open = one.rfind(opening) > one.rfind(closing)
        first_closing, first_opening = other.find(closing), other.find(opening)
        closes = first_closing >= 0 and (first_opening < 0 or first_closing < first_opening)
        if is_open and closes:
            found["quote closes"] = 1.0
        elif closes:
            found["quote was not open"] = 1.0
        elif is_open and first_opening >= 0:
            found["quote stays open"] = 1.0
        elif is_open:
            found["quote waits"] = 1.0
    if ('"' in one and not _DIRECTED.search(other)) or ('"' in other and not _DIRECTED.search(one)):
        odd = ("odd" if one.count('"') % 2 else "even", "odd" if other.count('"') % 2 else "even")
        found[f"straight quotes {odd[0]}, {odd[1]}"] = 1.0
    return found


@lru_cache(maxsize=1 << 13)
def _marks(text: str) -> str:
    """The quotes and brackets of a text, in order."""
    return "".join(_MARKED.findall(text))
