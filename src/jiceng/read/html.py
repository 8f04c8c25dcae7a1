"""Web pages by trafilatura: the main text without menus and footers, and what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import trafilatura
from trafilatura.settings import Document

from jiceng.dateline import dateline
from jiceng.errors import ReadError
from jiceng.model import Origin
from jiceng.read.text import decode

# Lines that end in the middle of a Chinese sentence: browsers show a gap there, readers see none.
_WIDE, _NARROW = r"[\u2010-\u2fff\u3001-\uffef]", "[0-9A-Za-z%]"  # an ideographic space opens a paragraph
_GAP = r"[ \t\r]*\n[ \t\r\n]*"
_LINE_END = re.compile(f"(?<={_WIDE}){_GAP}(?={_WIDE}|{_NARROW})|(?<={_NARROW}){_GAP}(?={_WIDE})")

_SITE = re.compile(r"[-_–—|]\s*([^-_–—|]{3,40}(?:政府|网站?|报|融媒体?中心))$")  # ……_某县人民政府
_FRAME = re.compile(r"<(/?(?:html|body))\b", re.IGNORECASE)
_PARTS = ("table", "thead", "tbody", "tr", "td", "th")


def text_of(data: bytes, place: str) -> tuple[str, Origin]:
    """The main text below its title, and title, date, publisher, address; ReadError where there is none."""
    markup = _markup(data, place)
    tree = _tree(markup)
    site = _site(tree)
    found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise ReadError(f"{place}: no main text was found in the page; save the text itself to a file")
    title = " ".join((found.title or "").split())
    text = (found.text or "").strip("\n")
    if title and not text.startswith(title):
        text = f"# {title}\n\n{text}"
    return text + "\n", Origin(
        published=_day(found.date, markup),
        publisher=(found.sitename or "").strip() or site,
        title=title,
        url=(found.url or "").strip(),
        cut_off=_is_cut_off(markup),
    )


def _day(found: str | None, markup: str | bytes) -> date | None:
    """The day found in a page; where it may be made up, what the page prints (发布时间：2022年4月12日).

    A date that is not understood to its end is given as the first day of its year or month.
    """
    page = markup if isinstance(markup, str) else markup.decode("latin-1")
    if found:
        day = date.fromisoformat(found)
        written = f"{day:%Y%m%d}|{day.year}\\D0?{day.month}\\D0?{day.day}(?!\\d)"
        if day.day != 1 or re.search(written, page):
            return day
    tree = trafilatura.load_html(markup)
    return None if tree is None else dateline("\n".join(tree.itertext()))


def _is_cut_off(markup: str | bytes) -> bool:
    """Whether a page opens its body, or itself, and closes neither: it may not have been saved to its end.

    Valid HTML may leave both out, so this is a sign and no proof.
    """
    tags = {tag.lower() for tag in _FRAME.findall(markup)} if isinstance(markup, str) else set()
    return bool(tags) and not any(tag.startswith("/") for tag in tags)


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
    _without_frames(tree)
    for element in tree.iter():
        if element.tag not in ("pre", "textarea") and element.text and "\n" in element.text:
            element.text = _LINE_END.sub("", element.text)
        if element.tail and "\n" in element.tail:
            element.tail = _LINE_END.sub("", element.tail)
    return tree


def _site(tree: Any) -> str:
    """Whose site a page is of, by what stands behind its title in its head; empty if nothing tells."""
    title = "" if isinstance(tree, (str, bytes)) else tree.findtext(".//title") or ""
    named = _SITE.search(title.strip())
    return named[1].strip() if named else ""


def _without_frames(tree: Any) -> None:
    """Make boxes of the tables that only place things on a page: they hold tables, or several paragraphs."""
    cells = Counter(_around(element, "td", "th") for element in tree.iter("br", "p"))
    frames = {_around(cell, "table") for cell, breaks in cells.items() if cell is not None and breaks > 1}
    frames |= {_around(table, "table") for table in tree.iter("table")}
    parts = [(e, e if e.tag == "table" else _around(e, "table")) for e in tree.iter(*_PARTS)]
    for element, table in parts:
        if table is not None and table in frames:
            element.tag = "div"


def _around(element: Any, *tags: str) -> Any:
    """The nearest of such elements that one stands in, None if there is none."""
    return next(element.iterancestors(*tags), None)
