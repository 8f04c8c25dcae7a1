"""What a reader sees of a source: no markup, nor signs that show nothing, and what looks alike written alike.

`seen` gives the text that is laid out and repaired; `placed` leads what was found in it back to the source,
so that offsets count there and quotes are its exact characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from jiceng.model import Piece, Seam, Source, Span, Text
from jiceng.repair.layout import Fragment
from jiceng.repair.lines import Line
from jiceng.repair.markup import hidden
from jiceng.repair.roles import reading_rules
from jiceng.repair.stretches import Repaired
from jiceng.traditional import simplified, table

# The same signs at other places of Unicode: radicals (in PDF files), for compatibility, for formulas.
_PLAINER = (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0x1D400, 0x1D800))
_CORNER = re.compile("[「」『』]")
_CORNERED = re.compile("「[^「」]{0,400}」")
_QUOTED = re.compile("“[^“”]{0,400}”")
_TITLE = re.compile("《[^《》]{0,200}》|[〈〉]")
_INNER = str.maketrans("「」『』“”", "‘’‘’‘’")
_CORNERS = str.maketrans("「」『』", "“”“”")
_ANGLES = str.maketrans("〈〉", "《》")
_SINGLE = str.maketrans("‘’", "“”")
_SINGLE_PAIR = re.compile("‘[^‘’\n]{1,40}’")
_DOUBLE = re.compile('[“”"]')


@dataclass(frozen=True, slots=True)
class Seen:
    """The text as it is read, and the place of each of its characters in the source (None: the same)."""

    text: str
    offsets: Sequence[int] | None


def seen(text: str) -> Seen:
    """The text of a source as a reader sees it, simplified."""
    offsets = None
    if out := hidden(text):
        offsets, parts, at = [], [], 0
        for one in out:
            offsets += [*range(at, one.start), *range(one.start, one.start + len(one.as_))]
            parts += [text[at : one.start], one.as_]
            at = one.end
        offsets += range(at, len(text))
        text = "".join([*parts, text[at:]])
    return Seen(_quotes(simplified(text.translate(_alike()))), offsets)


@cache
def _alike() -> dict[int, int]:
    """What each sign that looks like another is read as."""
    found = {
        code: ord(plain)
        for codes in _PLAINER
        for code in codes
        if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain != chr(code)
    }
    found = {code: ord(table().get(plain, chr(plain))) for code, plain in found.items()}
    for group in reading_rules().tables["characters"]["alike"]:
        found |= dict.fromkeys(map(ord, group[:-1]), ord(group[-1]))
    return found


def _quotes(text: str) -> str:
    """The text with quotation marks as they are printed on the mainland: “outer ‘inner’ ones”, 《titles》."""
    if "〈" in text or "〉" in text:  # 《关于〈……办法〉的通知》 is one title
        text = _TITLE.sub(lambda found: found[0] if len(found[0]) > 1 else found[0].translate(_ANGLES), text)
    if _CORNER.search(text):
        for outer in (_QUOTED, _CORNERED):
            text = outer.sub(lambda found: f"“{found[0][1:-1].translate(_INNER)}”", text)
        text = text.translate(_CORNERS)
    if "‘" in text and not _DOUBLE.search(text) and _SINGLE_PAIR.search(text):
        text = text.translate(_SINGLE)
    return text


def placed(repaired: Repaired, source: Source, offsets: Sequence[int]) -> Repaired:
    """What was found in the text that is seen, with the places that it has in the source."""

    def back(span: Span) -> Span:
        return Span(offsets[span.start], offsets[span.end - 1] + 1) if len(span) else span

    def moved(fragment: Fragment) -> Fragment:
        return replace(fragment, span=back(fragment.span))

    lines = tuple(Line(back(x.span), x.level, tuple(map(back, x.tokens))) for x in repaired.page.lines)
    page = replace(
        repaired.page, text=source.text, lines=lines, fragments=tuple(map(moved, repaired.page.fragments))
    )
    stretches = tuple(
        replace(s, text=_text(s.text, offsets), fragments=tuple(map(moved, s.fragments)))
        for s in repaired.stretches
    )
    return Repaired(source, stretches, repaired.joins, page)


def _text(text: Text, offsets: Sequence[int]) -> Text:
    """A text with pieces of the source: one more wherever something unseen stands inside one."""
    pieces: list[Piece] = []
    for piece in text.pieces:
        start, seam = piece.raw.start, piece.seam
        for at in range(piece.raw.start + 1, piece.raw.end + 1):
            if at == piece.raw.end or offsets[at] != offsets[at - 1] + 1:
                begins = piece.start + start - piece.raw.start
                pieces.append(Piece(begins, Span(offsets[start], offsets[at - 1] + 1), seam))
                start, seam = at, Seam.KEPT
    return Text(text.value, tuple(pieces))
