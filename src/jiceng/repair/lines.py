"""The lines of a source, without layout and markup at their ends, and how wide they are set.

Widths count in ems: a CJK character or a punctuation mark 1, an ASCII letter or digit 0.5.
"""

from __future__ import annotations

import re

from jiceng.model import Span
from jiceng.values import dataclass

LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
MARKUP = re.compile(r"[\s\ufeff]*(?:(?P<heading>#{1,6})\s+|(?:>\s*)+)?[\s\ufeff]*")
TOKEN = re.compile(r"[^\s\ufeff]+")
CLOSED = re.compile(r"[。！？!?…](?:[”’\"'』」）)]*|[（(][^（()）]{1,20}[）)])$")
"""How a sentence ends, with what quotes, brackets or names the source behind it."""
_NARROW = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: `span` leaves out the layout and markup at its ends.

    `level` is the number of `#` before a heading, 0 for none. `tokens` are the runs that spaces part.
    """

    span: Span
    level: int
    tokens: tuple[Span, ...]


def width(text: str, narrow: str = "") -> float:
    """How wide a text is set, in ems; `narrow` are further signs of half an em."""
    return len(text) - 0.5 * (len(_NARROW.findall(text)) + sum(map(text.count, narrow)))


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    found = []
    for match in LINE.finditer(text):
        mark = MARKUP.match(match[0])
        start = match.start() + (mark.end() if mark else 0)
        tokens = tuple(Span(t.start(), t.end()) for t in TOKEN.finditer(text, start, match.end()))
        if tokens:
            level = len(mark["heading"] or "") if mark else 0
            found.append(Line(Span(tokens[0].start, tokens[-1].end), level, tokens))
    return found
