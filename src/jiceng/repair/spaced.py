"""Text that keeps the columns of a page side by side by spaces, as `pdftotext -layout` writes it.

Where its spaces put the words tells the columns, so that such a page is read down them as a page of a PDF
file is. What a reader meets in wrapped text, verses or tables is left alone: only lines of columns are full
and break off in mid-sentence, while behind the short ones the next column begins where it always does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from unicodedata import east_asian_width

from jiceng.model import Piece, Seam, Span, Text
from jiceng.read.pdf_page import in_order
from jiceng.read.runs import Run
from jiceng.repair.chains import Join
from jiceng.repair.layout import Fragment
from jiceng.repair.lines import CLOSED, width
from jiceng.repair.stretches import Repaired

PADDING = "   "
PITCH = 1.5  # from line to line, in ems
NARROWEST = 6  # ems of a column
FEWEST_ROWS, ALSO_ROWS = 5, 3  # of columns on a page that shows that the text keeps them, and on its others
FEWEST_GAPS = 4  # of different widths before columns
ALIGNED = 3  # rows in which a column begins at the same place, at least
OPEN, MARKED, ALIKE = 0.5, 0.4, 0.25  # shares of lines that break off, that hold marks, that are equally wide
NEARBY = 12  # rows above and below that tell where columns begin
BEFORE, BEHIND = 2, 4  # cells by which a column may begin off its place where a full line left one space
MOST_WORDS = 1500  # of a page
ACROSS = 0.1  # share of a page's words that its columns do not part from others beside them, at most
_PAGE = re.compile(r"[^\f]+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|(?<=[^\r\n])\Z)")
_WORD = re.compile(r"[^\s\ufeff]+")
_HAN = re.compile("[\u3400-\u9fff]")
_MARK = re.compile("[，。；、：”]")
_WIDE = ("", "WF", "WFA")  # signs of two cells: none (the text counts signs), wide ones, doubtful ones too


@dataclass(frozen=True, slots=True)
class Down:
    """The text of pages read down their columns, and the place of each of its characters."""

    text: str
    offsets: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Words(Run):
    """Words of the text that no more than one space parts, and where they stand in it."""

    span: Span


_Rows = list[list[_Words]]


def read_down(text: str) -> Down | None:
    """The text with its pages of columns in reading order; None where spaces keep no columns."""
    if text.count(PADDING) < FEWEST_ROWS or "\t" in text:
        return None
    pages = [(Span(*m.span()), _rows(text, *m.span())) for m in _PAGE.finditer(text)]
    columns = [_beside(text, rows) for _, rows in pages]
    if not any(map(_are_set, columns)):
        return None
    characters: list[str] = []
    offsets: list[int] = []

    def add(start: int, end: int) -> None:
        characters.append(text[start:end])
        offsets.extend(range(start, end))

    at = 0
    for (span, rows), beside in zip(pages, columns, strict=True):
        if len(beside) < ALSO_ROWS or sum(map(len, rows)) > MOST_WORDS:
            continue
        paragraphs = _paragraphs(text, rows)
        if _across(paragraphs) > ACROSS:
            continue
        add(at, span.start)
        for paragraph in paragraphs:
            end = span.start
            for between, words in paragraph:
                start = words.span.start
                if between:  # a space of the source, or all that part two cells of a row
                    add(end, start if end < start and not text[end:start].strip(" ") else end + 1)
                add(start, words.span.end)
                end = words.span.end
            characters.append("\n")
            offsets.append(end if end < len(text) else text.index(PADDING))
        at = span.end
    if not at:
        return None
    add(at, len(text))
    return Down("".join(characters), offsets)


def put_back(repaired: Repaired, text: str, down: Down) -> Repaired:
    """What was found in pages read down, with the places that it has in their text."""
    fragments: list[Fragment] = []
    parts: list[list[Fragment]] = []
    for whole in repaired.page.fragments:
        spans = [s for s in _unbroken(text, down.offsets[whole.span.start : whole.span.end]) if len(s)]
        numbered = enumerate(spans, len(fragments))
        parts.append([replace(whole, index=n, span=s, text=text[s.start : s.end]) for n, s in numbered])
        fragments += parts[-1]

    def moved(join: Join) -> Join:
        rivals = tuple(
            replace(r, tail=parts[r.tail][-1].index, head=parts[r.head][0].index) for r in join.rivals
        )
        return replace(join, tail=parts[join.tail][-1].index, head=parts[join.head][0].index, rivals=rivals)

    stretches = tuple(
        replace(
            s,
            text=_text(s.text, text, down.offsets),
            fragments=tuple(part for f in s.fragments for part in parts[f.index]),
        )
        for s in repaired.stretches
    )
    page = replace(repaired.page, text=text, lines=(), fragments=tuple(fragments))
    return Repaired(repaired.source, stretches, tuple(map(moved, repaired.joins)), page)


def _unbroken(text: str, offsets: Sequence[int]) -> Iterator[Span]:
    """The parts of the text at these places, without the layout at their ends; they may hold some inside."""
    start = last = -1
    for at in offsets:
        if text[at].isspace():
            continue
        if start >= 0 and not _follows(text, last, at):
            yield Span(start, last + 1)
            start = -1
        start, last = at if start < 0 else start, at
    if start >= 0:
        yield Span(start, last + 1)


def _follows(text: str, last: int, at: int) -> bool:
    """Whether no more than layout stands between two places of the text."""
    return at == last + 1 or (last < at and not text[last + 1 : at].strip("\ufeff \t\r\n\v\f\u3000"))


def _text(read: Text, text: str, offsets: Sequence[int]) -> Text:
    """A text with pieces of the source: one more wherever a line of a column ends."""
    pieces: list[Piece] = []
    for piece in read.pieces:
        start = piece.raw.start
        for at in range(start + 1, piece.raw.end + 1):
            if at < piece.raw.end and offsets[at] == offsets[at - 1] + 1:
                continue
            seam = piece.seam if start == piece.raw.start else Seam.KEPT
            if seam is Seam.KEPT and not _follows(text, pieces[-1].raw.end - 1, offsets[start]):
                seam = Seam.BELOW
            begins = piece.start + start - piece.raw.start
            pieces.append(Piece(begins, Span(offsets[start], offsets[at - 1] + 1), seam))
            start = at
    return Text(read.value, tuple(pieces))


# --- rows of words ----------------------------------------------------------------------------------------


def _rows(text: str, start: int, end: int) -> _Rows:
    """The words of each line of a page; how their places are counted, the columns that it shows tell."""
    lines = [m.span() for m in _LINE.finditer(text, start, end)]
    found = [[list(_words(text, *line, n, wide)) for n, line in enumerate(lines)] for wide in _WIDE]
    return max(found, key=lambda rows: sum(n for n in _begun(rows).values() if n >= ALIGNED))


def _words(text: str, start: int, end: int, number: int, wide: str) -> Iterator[_Words]:
    """The words of a line, each by itself, as wide as they are set: each sign an em, or half of one."""
    places: Sequence[int] = range(end - start + 1)
    scale = 1.0
    if wide:
        places = [0, *accumulate(2 if east_asian_width(sign) in wide else 1 for sign in text[start:end])]
        scale = 0.5
    for m in _WORD.finditer(text, start, end):
        left, top = places[m.start() - start] * scale, PITCH * number
        yield _Words(left, top, left + width(m[0]), top + 1, m[0], Span(*m.span()))


def _spaces(row: Sequence[_Words]) -> list[int]:
    """How many spaces stand before each word of a row; of the first two or none, as it begins anywhere."""
    return [2 if words.left else 0 for words in row[:1]] + [
        other.span.start - one.span.end for one, other in pairwise(row)
    ]


def _begun(rows: _Rows) -> Counter[float]:
    """In how many rows words begin at a place behind wider space."""
    return Counter(words.left for row in rows for words, n in zip(row, _spaces(row), strict=True) if n > 1)


def _joined(text: str, row: Sequence[_Words], begins: Sequence[float | None]) -> list[_Words]:
    """The words of a row as runs: one begins where a place is told at which it does."""
    runs: list[_Words] = []
    first = [n for n, left in enumerate(begins) if left is not None or not n]
    for start, end in pairwise([*first, len(row)]):
        left = begins[start]
        left = row[start].left if left is None else left
        span = Span(row[start].span.start, row[end - 1].span.end)
        inside = text[span.start : span.end]
        runs.append(replace(row[start], left=left, right=left + width(inside), text=inside, span=span))
    return runs


def _apart(row: Sequence[_Words]) -> list[float | None]:
    """Where the words of a row begin that more than one space parts."""
    return [words.left if n > 1 else None for words, n in zip(row, _spaces(row), strict=True)]


def _beside(text: str, rows: _Rows) -> list[tuple[_Words, _Words]]:
    """The lines that stand beside each other where columns seem to."""
    begun = _begun(rows)
    return [
        (one, other)
        for row in rows
        for one, other in pairwise(_joined(text, row, _apart(row)))
        if begun[other.left - 1] + begun[other.left] + begun[other.left + 1] >= ALIGNED
        and min(width(one.text), width(other.text)) >= NARROWEST
        and 2 * len(_HAN.findall(one.text)) > len(one.text)
    ]


def _are_set(beside: Sequence[tuple[_Words, _Words]]) -> bool:
    """Whether full lines break off beside others, which begin at one place behind short ones too."""
    many = len(beside)
    if many < FEWEST_ROWS:
        return False
    sizes = Counter(round(width(one.text)) for one, _ in beside)
    return (
        len({other.span.start - one.span.end for one, other in beside}) >= FEWEST_GAPS
        and sum(not CLOSED.search(one.text) for one, _ in beside) >= OPEN * many
        and sum(bool(_MARK.search(one.text)) for one, _ in beside) >= MARKED * many
        and max(sum(sizes[size + d] for d in (-1, 0, 1)) for size in sizes) >= ALIKE * many
    )


# --- columns ----------------------------------------------------------------------------------------------


def _paragraphs(text: str, rows: _Rows) -> list[list[tuple[str, _Words]]]:
    """The paragraphs of a page, read down its columns."""
    blank = [0, *accumulate(not row for row in rows)]

    def spaced(lines: list[Run]) -> list[Run]:
        """Lines with the space between them that all columns leave: a row may break anywhere else."""
        found = lines[:1]
        for before, line in pairwise(lines):
            blanks = blank[round(line.top / PITCH)] - blank[round(before.top / PITCH)]
            top = found[-1].top + PITCH * (1 + blanks)
            found.append(replace(line, top=top, bottom=top + 1))
        return found

    runs = [words for row in _in_columns(text, rows) for words in row]
    return [
        [(between, run) for between, run in whole if isinstance(run, _Words)]
        for whole in in_order(runs, spaced)
    ]


def _across(paragraphs: Sequence[Sequence[tuple[str, _Words]]]) -> float:
    """The share of words that stand behind others of their row still: what goes on is searched for then."""
    behind = sum(one.top == other.top for p in paragraphs for (_, one), (_, other) in pairwise(p))
    return behind / max(sum(map(len, paragraphs)), 1)


def _in_columns(text: str, rows: _Rows) -> Iterator[list[_Words]]:
    """The rows as runs, those of several columns apart, whose places the rows around tell."""
    begun = [[round(words.left) for words, n in zip(row, _spaces(row), strict=True) if n > 1] for row in rows]
    around: Counter[int] = Counter(x for row in begun[:NEARBY] for x in row)
    for number, row in enumerate(rows):
        around.update(begun[number + NEARBY] if number + NEARBY < len(rows) else ())
        around.subtract(begun[number - NEARBY - 1] if number > NEARBY else ())
        yield _joined(text, row, _places(row, around))


def _places(row: Sequence[_Words], around: Counter[int]) -> list[float | None]:
    """Where words of a row begin: behind a line that is too long, one space off, at the column's place."""
    places = _apart(row)
    end = 0.0  # of the words from here to the next wide space
    ends = []
    for words, place in zip(reversed(row), reversed(places), strict=True):
        end = max(end, words.left + len(words.text))
        ends.append(end)
        if place is not None:
            end = 0.0
    begins = 0.0
    for at, (words, end) in enumerate(zip(row, reversed(ends), strict=True)):
        if at and places[at] is None:
            near = range(round(words.left) - BEFORE, round(words.left) + BEHIND + 1)
            place = max(near, key=lambda x: (around[x], -abs(x - words.left)))
            if around[place] >= ALIGNED and end > place + 1 and row[at - 1].right - begins >= NARROWEST:
                places[at] = place
        if places[at] is not None or not at:
            begins = words.left
    return places
