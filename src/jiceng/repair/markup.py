"""Markup that was left in a plain text: tags and entities of HTML, Markdown's emphasis, links and escapes.

Nobody reads it, so each piece of it is read as what it stands for: nothing, a space, a line's end, a sign.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

# Joiners, direction marks, soft hyphens, variation selectors: they stay when a page of the web is copied.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
TAG = re.compile(
    r"<(?:/?(?:(?P<block>p|div|br|li|ul|ol|dl|dd|dt|tr|table|tbody|thead|h[1-6]|hr|section|article|center)"
    r"|(?P<cell>td|th)|span|strong|b|em|i|u|font|a|img|sup|sub|small|big|o:p)(?:[\s/][^<>]{0,400})?"
    r"|!--[^<>]{0,400}--)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")
_STRONG = re.compile(r"(?<![*\\])(?P<open>\*{2,3})(?=[^*\s])[^*\n]{1,400}(?<=[^*\s])(?P<close>\*{2,3})(?!\*)")
_BORDERS = re.compile(r"^[ \t]*+(?P<open>\|)[^|\n]*+(?P<close>\|)[ \t]*+$", re.MULTILINE)  # of one cell
_ESCAPED = re.compile(r"\\(?=[-.*_#+()\[\]!~>|])")
_WRITTEN_OUT = re.compile(r"\\[nrt](?![A-Za-z])|\\u3000|\\xa0")  # line ends and spaces of JSON and programs
_LINK = re.compile(
    r"(?P<open>!?\[)(?P<text>[^\[\]\n]{0,120})(?P<close>\]\((?:https?:|[/#.])[^()\s]{0,400}\))"
)


class Hidden(NamedTuple):
    """A stretch of a source that is read as something else, shorter than itself."""

    start: int
    end: int
    as_: str


def hidden(text: str) -> list[Hidden]:
    """The markup and the signs that show nothing, in order; none of them overlap."""
    found = sorted(_all(text), key=itemgetter(0))
    apart: list[Hidden] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def bare(text: str) -> str:
    """A text without its markup."""
    return TAG.sub("", UNSEEN.sub("", text)) if text else text


def _all(text: str) -> Iterator[Hidden]:
    yield from (Hidden(*found.span(), "") for found in UNSEEN.finditer(text))
    if "<" in text:
        for tag in TAG.finditer(text):
            yield Hidden(*tag.span(), "\n" if tag["block"] else " " if tag["cell"] else "")
    if "&" in text:
        for entity in _ENTITY.finditer(text):
            sign = html.unescape(entity[0])
            if len(sign) == 1:
                yield Hidden(*entity.span(), sign)
    yield from _markdown(text)


def _markdown(text: str) -> Iterator[Hidden]:
    if "**" in text:
        for strong in _STRONG.finditer(text):
            yield from (Hidden(*strong.span(mark), "") for mark in ("open", "close"))
    if "|" in text:
        for row in _BORDERS.finditer(text):
            yield from (Hidden(*row.span(mark), "") for mark in ("open", "close"))
    if "](" in text:
        for link in _LINK.finditer(text):
            if link["open"] == "![":  # a picture
                yield Hidden(*link.span(), "")
            else:
                yield from (Hidden(*link.span(mark), "") for mark in ("open", "close"))
    if "\\" in text:
        yield from (Hidden(*found.span(), "") for found in _ESCAPED.finditer(text))
        for found in _WRITTEN_OUT.finditer(text):
            yield Hidden(*found.span(), "\n" if found[0][1] in "nr" else " ")
