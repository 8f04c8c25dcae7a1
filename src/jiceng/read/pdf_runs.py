"""The characters of a PDF page, by pypdfium2, as runs: those that stand side by side on one line."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from jiceng.read.runs import Run

LINE = 4.0  # points: twice what the middles of touching runs may lie apart
RAISED = 0.25  # of their height by which the marks of notes stand above the line


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character, its box, and the height of its base line."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    base: float


def runs_of(page: pypdfium2.PdfPage) -> list[Run]:
    """The runs of a page, in the order of the file."""
    runs: list[Run] = []
    signs: list[_Sign] = []
    box = (0.0, 0.0, 0.0)  # of the run so far: top, right, bottom

    def finish() -> None:
        kept = list(_without_marks(signs))
        text = "".join(s.character for s in kept).strip()
        if text:
            top, bottom = median(s.top for s in kept), median(s.bottom for s in kept)
            runs.append(Run(min(s.left for s in kept), top, max(s.right for s in kept), bottom, text))
        signs.clear()

    for sign in _signs(page):
        if sign is None:
            finish()
            continue
        if sign.character == " ":
            if signs:
                signs.append(replace(signs[-1], character=" "))
            continue
        size = max(sign.bottom - sign.top, 1.0)
        same_line = abs((sign.top + sign.bottom) / 2 - (box[0] + box[2]) / 2) < 0.4 * size
        if signs and same_line and -0.6 * size <= sign.left - box[1] <= 0.8 * size:
            box = (min(box[0], sign.top), max(box[1], sign.right), max(box[2], sign.bottom))
        else:
            finish()
            box = (sign.top, sign.right, sign.bottom)
        signs.append(sign)
    finish()
    return _touching(runs)


def _touching(runs: Sequence[Run]) -> list[Run]:
    """The runs, those as one that touch on one line: files may hold a table's characters in any order."""
    found: dict[int, list[Run]] = {}  # by where on the page their lines are
    for run in sorted(runs, key=lambda r: (r.left, r.top)):
        line = round((run.top + run.bottom) / LINE)
        for near in (line, line - 1, line + 1):
            before = found[near][-1] if near in found else None
            if (
                before is not None
                and abs(before.top + before.bottom - run.top - run.bottom) < 0.8 * run.size
                and -0.6 * run.size <= run.left - before.right <= 0.3 * run.size
            ):
                joined = (before.left, min(before.top, run.top), run.right, max(before.bottom, run.bottom))
                found[near][-1] = Run(*joined, before.text + run.text)
                break
        else:
            found.setdefault(line, []).append(run)
    return [run for line in sorted(found) for run in found[line]]


def _signs(page: pypdfium2.PdfPage) -> Iterator[_Sign | None]:
    """The characters of a page in the order of the file, a space for white space, None where a line ends."""
    textpage = page.get_textpage()
    height = page.get_height()
    left, right, bottom, top, across, base = (ctypes.c_double() for _ in range(6))
    loose = pdfium.FS_RECTF()
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, i)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if character in ("\r", "\n", ""):
            yield None
            continue
        if character.isspace():
            yield _Sign(" ", 0.0, 0.0, 0.0, 0.0, 0.0)
            continue
        # The loose box has the font's height, so that all characters of a line share top and bottom.
        if pdfium.FPDFText_GetLooseCharBox(textpage.raw, i, loose):
            x0, x1, y0, y1 = loose.left, loose.right, height - loose.top, height - loose.bottom
        else:
            pdfium.FPDFText_GetCharBox(textpage.raw, i, left, right, bottom, top)
            x0, x1, y0, y1 = left.value, right.value, height - top.value, height - bottom.value
        pdfium.FPDFText_GetCharOrigin(textpage.raw, i, across, base)
        yield _Sign(character, x0, y0, x1, y1, height - base.value)


def _without_marks(signs: Sequence[_Sign]) -> Iterator[_Sign]:
    """The characters of a run but for raised figures, the marks of notes: 147³家 is no 1473家."""
    base = median(s.base for s in signs) if signs else 0.0
    for at, sign in enumerate(signs):
        raised = base - sign.base > RAISED * (sign.bottom - sign.top) and sign.character.isdigit()
        before = signs[at - 1].character if at else ""
        if not raised or (before.isascii() and before.isalpha()):  # m²
            yield sign
