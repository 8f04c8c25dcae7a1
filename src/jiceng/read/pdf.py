"""PDF files with a text layer by pypdfium2: characters with their places, put into blocks and lines.

Blocks are found by cutting the page along its white space, across and down in turn (the recursive XY-cut of
Nagy and Seth, 1984), so that columns come one after the other, whatever the order inside the file. What a
paper's page still tears apart, the repair of torn pages joins.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from jiceng.errors import ReadError
from jiceng.model import Origin

GUTTER = 0.9  # white space between columns, at least so many times the size of a character
PARAGRAPH = 1.35  # leading before a new paragraph, times the usual
INDENT = 1.2  # characters by which a paragraph's first line stands in
ENDS = tuple("。！？…”」』；：")
MOST_PAGES = 2000
MOST_CUTS = 500  # of a page: one with more is no page that was set


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side on one line; y grows downwards, in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top


def text_of(data: bytes, place: str) -> tuple[str, Origin]:
    """The text of all pages; raises ReadError for files that are locked, broken or pictures only."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        remedy = "if it asks for a password, save it without one, otherwise export it again"
        raise ReadError(f"{place}: cannot be opened as PDF ({error}); {remedy}") from error
    try:
        if len(document) > MOST_PAGES:
            raise ReadError(
                f"{place}: has {len(document)} pages; split it into parts of at most {MOST_PAGES}"
            )
        pages = ["\n".join(_paragraphs(_runs(document[i]))) for i in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{place}: a page cannot be read ({error}); export the file again") from error
    finally:
        document.close()
    text = "\n\n".join(page for page in pages if page.strip())
    if not text.strip():
        raise ReadError(f"{place}: a PDF file without a text layer; read its text by OCR first")
    return text + "\n", Origin()


# --- characters -------------------------------------------------------------------------------------------


def _runs(page: pypdfium2.PdfPage) -> list[Run]:
    """The runs of a page, in the order of the file."""
    textpage = page.get_textpage()
    height = page.get_height()
    runs: list[Run] = []
    box: list[float] = []
    characters: list[str] = []

    def finish() -> None:
        text = "".join(characters).strip()
        if text and box:
            runs.append(Run(box[0], box[1], box[2], box[3], text))
        box.clear()
        characters.clear()

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, i)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if character in ("\r", "\n", ""):
            finish()
            continue
        if character.isspace():
            characters.append(" ")
            continue
        # The loose box has the font's height, so that all characters of a line share top and bottom.
        if pdfium.FPDFText_GetLooseCharBox(textpage.raw, i, loose):
            x0, x1, y0, y1 = loose.left, loose.right, height - loose.top, height - loose.bottom
        else:
            pdfium.FPDFText_GetCharBox(textpage.raw, i, left, right, bottom, top)
            x0, x1, y0, y1 = left.value, right.value, height - top.value, height - bottom.value
        size = max(y1 - y0, 1.0)
        same_line = box and abs((y0 + y1) / 2 - (box[1] + box[3]) / 2) < 0.4 * size
        if not same_line or not -0.6 * size <= x0 - box[2] <= 0.8 * size:
            finish()
            box.extend((x0, y0, x1, y1))
        else:
            box[1], box[2], box[3] = min(box[1], y0), max(box[2], x1), max(box[3], y1)
        characters.append(character)
    finish()
    return runs


# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs cut apart along white space, in reading order: columns before what stands below them."""
    waiting = [list(runs)] if runs else []
    cuts = 0
    while waiting:
        part = waiting.pop()
        cut = _cut(part) if cuts < MOST_CUTS else None
        cuts += 1
        if cut is None:
            yield part
        else:
            waiting.extend(reversed(cut))


def _cut(runs: list[Run]) -> list[list[Run]] | None:
    """In parts: down its gutters where it has any, else across its widest white space; None if neither."""
    if len(runs) < 2:
        return None
    size = median(run.size for run in runs)
    columns = _split(sorted(runs, key=lambda r: r.left), GUTTER * size)
    if len(columns) > 1:
        return columns
    rows = sorted(runs, key=lambda r: r.top)
    gaps: list[tuple[float, int]] = []
    reach = rows[0].bottom
    for i, run in enumerate(rows[1:], 1):
        if run.top > reach:
            gaps.append((run.top - reach, i))
        reach = max(reach, run.bottom)
    # Only where a part then falls into columns is a cut across of use.
    for _, i in sorted(gaps, reverse=True)[:12]:
        parts = [rows[:i], rows[i:]]
        if any(len(_split(sorted(p, key=lambda r: r.left), GUTTER * size)) > 1 for p in parts):
            return parts
    return None


def _split(runs: list[Run], gap: float) -> list[list[Run]]:
    """Sorted runs in groups, wherever white space of at least `gap` runs through between two."""
    groups: list[list[Run]] = []
    reach = 0.0
    for run in runs:
        if not groups or run.left - reach >= gap:
            groups.append([])
            reach = run.right
        groups[-1].append(run)
        reach = max(reach, run.right)
    return groups


# --- lines and paragraphs ---------------------------------------------------------------------------------


def _paragraphs(runs: Sequence[Run]) -> list[str]:
    """The paragraphs of a page; one that breaks off at a column's foot goes on at the next one's head."""
    paragraphs: list[str] = []
    above: list[Run] = []
    for block in _blocks(runs):
        lines = _lines(block)
        found = list(_joined(lines))
        if above and _goes_on(above, lines):
            found[0] = paragraphs.pop() + found[0]
        paragraphs.extend(found)
        above = lines
    return paragraphs


def _goes_on(above: list[Run], below: list[Run]) -> bool:
    """Whether the last line of a block runs on in the first of the next: full, open, alike, not set in."""
    last, first = above[-1], below[0]
    return (
        not last.text.endswith(ENDS)
        and max(line.right for line in above) - last.right < 2.5 * last.size
        and abs(last.size - first.size) < 0.15 * last.size
        and first.left - min(line.left for line in below) < INDENT * first.size
        and len(above) > 1
    )


def _lines(block: list[Run]) -> list[Run]:
    """The runs of a block as whole lines, from top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(block, key=lambda r: ((r.top + r.bottom) / 2, r.left)):
        middle = (run.top + run.bottom) / 2
        if lines and abs(middle - (lines[-1][0].top + lines[-1][0].bottom) / 2) < 0.5 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    whole = []
    for parts in lines:
        parts.sort(key=lambda r: r.left)
        text = parts[0].text
        for before, run in pairwise(parts):
            text += (" " if run.left - before.right > 0.3 * run.size else "") + run.text
        box = (min(r.left for r in parts), min(r.top for r in parts), max(r.right for r in parts))
        whole.append(Run(*box, max(r.bottom for r in parts), text))
    return whole


def _joined(lines: list[Run]) -> Iterator[str]:
    """A block's paragraphs: a line that stands in, a wider space or another size begins one."""
    margin = min(line.left for line in lines)
    edge = max(line.right for line in lines)
    text = lines[0].text
    for (before, line), leading in zip(pairwise(lines), _leadings(lines), strict=True):
        size = line.size
        begins = (
            line.left - margin >= INDENT * size
            or line.top - before.top > PARAGRAPH * leading
            or not _alike(before, line)
            or (edge - before.right > 2.5 * size and before.text.endswith(ENDS))
            or before.right - margin < 0.5 * (edge - margin)  # a heading, or the end of a paragraph
        )
        if begins:
            yield text
            text = line.text
        else:
            ends = text[-1:] + line.text[:1]  # of words in letters, which a line's end parts
            text += (" " if ends.isascii() and ends.isalnum() else "") + line.text
    yield text


def _leadings(lines: list[Run]) -> Iterator[float]:
    """For each line but the first the leading that is usual there: the block's, or less next to it.

    Where paragraphs are short, most steps of the block lead from one of them to the next.
    """
    steps = [(line.top - before.top, _alike(before, line)) for before, line in pairwise(lines)]
    usual = median(step for step, _ in steps) if steps else 0.0
    for i in range(len(steps)):
        beside = steps[max(i - 1, 0) : i] + steps[i + 1 : i + 2]
        yield min([usual, *(step for step, alike in beside if alike)])


def _alike(line: Run, other: Run) -> bool:
    """Whether two lines are set in one size."""
    return abs(line.size - other.size) <= 0.15 * other.size
