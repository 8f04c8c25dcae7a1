"""Web pages by trafilatura: the main text without menus and footers, and what the page says of itself."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import trafilatura
from trafilatura.settings import Document

from jiceng.errors import ReadError
from jiceng.model import Origin
from jiceng.read.text import decode

# Lines that end in the middle of a Chinese sentence: browsers show a gap there, readers see none.
_WIDE, _NARROW = r"[\u2010-\u2fff\u3001-\uffef]", "[0-9A-Za-z%]"  # an ideographic space opens a paragraph
_GAP = r"[ \t\r]*\n[ \t\r\n]*"
_LINE_END = re.compile(f"(?<={_WIDE}){_GAP}(?={_WIDE}|{_NARROW})|(?<={_NARROW}){_GAP}(?={_WIDE})")


def text_of(data: bytes, place: str) -> tuple[str, Origin]:
    """The main text below its title, and title, date, publisher, address; ReadError where there is none."""
    found = trafilatura.bare_extraction(
        _tree(_markup(data, place)), with_metadata=True, include_comments=False
    )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ReadError(f"{place}: no main text was found in the page; save the text itself to a file")
    title = " ".join((found.title or "").split())
    text = (found.text or "").strip("\n")
    if title and not text.startswith(title):
        text = f"# {title}\n\n{text}"
    return text + "\n", Origin(
        published=date.fromisoformat(found.date) if found.date else None,
        publisher=(found.sitename or "").strip(),
        title=title,
        url=(found.url or "").strip(),
    )


def _markup(data: bytes, place: str) -> str | bytes:
    """The page as text; as bytes where it names an encoding that only the parser knows."""
    try:
        return decode(data, place)
    except ReadError:
        return data


def _tree(markup: str | bytes) -> Any:
    """The page with each paragraph in one line; as it was where nothing can be parsed."""
    tree = trafilatura.load_html(markup)
    if tree is None:
        return markup
    for element in tree.iter():
        if element.tag not in ("pre", "textarea") and element.text and "\n" in element.text:
            element.text = _LINE_END.sub("", element.text)
        if element.tail and "\n" in element.tail:
            element.tail = _LINE_END.sub("", element.tail)
    return tree
