"""Text that somebody broke into lines of one width, as mail programs and copying from PDF files do.

Where blank lines or indents part the paragraphs, and these end where sentences do, nothing is torn: the lines
of a paragraph are one, also where a new one begins at each mark, as on the screens of telephones. So they are
where every line that is not full ends as a paragraph does, and the others go on in the next. All other pages
are left to the repair of columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import partial
from itertools import pairwise
from statistics import median

from jiceng.model import Role, Span
from jiceng.repair.lines import CLOSED, Line, width
from jiceng.repair.roles import ASIDE, role_of
from jiceng.repair.seams import Evidence, normal
from jiceng.spacing import closed_up

FEWEST, MANY = 3, 5  # lines that are full, where something else parts paragraphs and where nothing does
NEAR, HANGING = 2.0, 3.0  # ems, or characters, by which these are shorter and (with marks at the end) longer
USUAL = 0.9  # share of what is as it should be
NARROWEST, WIDEST = 10.0, 60.0  # of all lines
NO_COLUMN = 18.0  # columns without blank lines between paragraphs are narrower
SEVERAL = 2  # paragraphs of several lines
CELL, MOST_BESIDE = 6, 0.2  # characters of what may be a column's line, share of lines with several
INDENTED = 2  # spaces before a paragraph
MOST_TOLD = 0.6  # share of lines in paragraphs of clauses
CLAUSES = 0.25  # share of lines that end in the middle of a sentence, at a mark
LONGEST_CLAUSE = 48
MOST_HEADINGS = 0.34  # share of short lines that end as none does among those that are not full
Measure = Callable[[str], float]
_ENDED = re.compile(r"[。！？!?…：:；;.](?:[”’\"'』」）)]*|[（(][^（()）]{1,20}[）)])$|[）)】]$")
_AT_MARK = re.compile(r"[，、；：。！？,;:!?…—”’）)》]$")
_IN_SENTENCE = re.compile(r"[，、,]$")
_ITEM = re.compile(r"[-*•●◆■▶–+]\s?\S|\d{1,2}[.、．]\D|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳]")
_TITLE_LIKE = re.compile(r"[^，；。]+$")


def unwrapped(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with those of each paragraph as one, if the text is plainly wrapped; else as they are."""
    beside = sum(sum(len(token) >= CELL for token in line.tokens) > 1 for line in lines)
    if len(lines) <= FEWEST or beside > MOST_BESIDE * len(lines):
        return lines
    for blocks in (_by_blanks(text, lines), _by_indents(text, lines)):
        if _plainly_wrapped(text, blocks):
            return tuple(map(_one, blocks))
        clauses = [len(block) > 1 and _in_clauses(text, block) for block in blocks]
        told = sum(len(block) for block, one in zip(blocks, clauses, strict=True) if one)
        if sum(clauses) >= SEVERAL and told > MOST_TOLD * len(lines):
            return tuple(
                line
                for block, one in zip(blocks, clauses, strict=True)
                for line in ([_one(block)] if one else block)
            )
    by_width = _by_width(text, lines)
    return tuple(map(_one, by_width)) if by_width else lines


def _one(block: Sequence[Line]) -> Line:
    if len(block) == 1:
        return block[0]
    span = Span(block[0].span.start, block[-1].span.end)
    return Line(span, 0, (span,))


def _said(text: str, line: Line) -> str:
    return text[line.span.start : line.span.end]


def _blocks(lines: Sequence[Line], parts: Callable[[Line, Line], bool]) -> list[list[Line]]:
    found = [[lines[0]]]
    for before, line in pairwise(lines):
        if before.level or line.level or parts(before, line):
            found.append([])
        found[-1].append(line)
    return found


# --- paragraphs that the layout parts ---------------------------------------------------------------------


def _by_blanks(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    return _blocks(lines, lambda before, line: _breaks(text[before.span.end : line.span.start]) > 1)


def _by_indents(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    indented = {line.span for line in lines if len(_indent(text, line)) >= INDENTED}
    first = next((line.span for line in lines if line.span in indented), None)

    def parts(before: Line, line: Line) -> bool:
        head = first is not None and before.span < first  # title, writer and day stand above the first indent
        alone = head and role_of(closed_up(_said(text, before)), before.level) is not Role.BODY
        return line.span in indented or alone

    return _blocks(lines, parts)


def _indent(text: str, line: Line) -> str:
    start = line.span.start
    while start and text[start - 1] in " \u3000\t\u00a0":
        start -= 1
    return text[start : line.span.start]


def _breaks(gap: str) -> int:
    """How many lines end in what stands between two."""
    return gap.count("\n") or gap.count("\r") or 1


def _plainly_wrapped(text: str, blocks: Sequence[Sequence[Line]]) -> bool:
    """Whether all lines of paragraphs but their last ones are equally long, and paragraphs end as such do."""
    long = [block for block in blocks if len(block) > 1]
    full = [_said(text, line) for block in long for line in block[:-1]]
    if len(full) < FEWEST or len(long) < SEVERAL or any(_marked(text, block) for block in long):
        return False
    if any(_ITEM.match(_said(text, line)) for block in long for line in block[1:]):
        return False
    last = [_said(text, block[-1]) for block in long]
    if sum(_ENDED.search(line) is None for line in last) > max(1, (1 - USUAL) * len(last)):
        return False
    indents = [_indent(text, line) * (line is block[0]) for block in long for line in block[:-1]]

    def alike(measure: Measure, blank: float) -> bool:
        sizes = [
            measure(line) + blank * len(indent) + (1 - blank) * indent.count("\u3000")
            for line, indent in zip(full, indents, strict=True)
        ]
        usual = median(sizes)
        return _fit(sizes, usual) and max(map(measure, last)) <= usual + HANGING

    return alike(width, 0.5) or alike(len, 1.0)


def _marked(text: str, block: Sequence[Line]) -> bool:
    """Whether anything but layout stands between its lines, as marks of quotations do."""
    return any(text[before.span.end : line.span.start].strip() for before, line in pairwise(block))


def _fit(sizes: Sequence[float], usual: float) -> bool:
    fitting = sum(-NEAR <= size - usual <= HANGING for size in sizes)
    return NARROWEST <= usual <= WIDEST and fitting >= USUAL * len(sizes)


def _in_clauses(text: str, block: Sequence[Line]) -> bool:
    """Whether lines end at marks, some within a sentence, and the last one where a sentence does."""
    *inner, last = (_said(text, line) for line in block)
    return (
        CLOSED.search(last) is not None
        and not _marked(text, block)
        and all(_AT_MARK.search(x) and len(x) <= LONGEST_CLAUSE for x in inner)
        and not any(_ITEM.match(x) for x in (*inner[1:], last))
        and sum(_IN_SENTENCE.search(x) is not None for x in inner) >= CLAUSES * len(inner)
    )


# --- paragraphs that only the length of lines parts ---------------------------------------------------------


def _by_width(text: str, lines: Sequence[Line]) -> list[list[Line]] | None:
    """Lines in paragraphs if each line that is not full ends one, and full ones go on; None if not."""
    every = [_said(text, line) for line in lines]
    if sum(_ENDED.search(x) is None for x in every) < MANY:
        return None  # most texts: what follows looks at the role of each line
    between = {x.span for x, words in zip(lines, every, strict=True) if role_of(words, x.level) in ASIDE}
    kept = [line for line in lines if line.span not in between]
    said = [_said(text, line) for line in kept]
    broken = [x for x in said if not _ENDED.search(x)]
    for measure in (width, len) if len(broken) >= MANY else ():
        usual = _mode([measure(x) for x in broken])
        if usual >= NO_COLUMN and _whole(said, measure, usual):
            goes_on = {
                line.span for line, x in zip(kept, said, strict=True) if _goes_on(x, measure(x), usual)
            }
            if _TITLE_LIKE.match(said[0]) and role_of(said[0], 0) is Role.HEADING:
                goes_on.discard(kept[0].span)
            blocks = _blocks(lines, partial(_ends, goes_on, between))
            if _read_on(text, said, blocks):
                return blocks
    return None


def _ends(goes_on: Set[Span], between: Set[Span], before: Line, line: Line) -> bool:
    return before.span not in goes_on or line.span in between


def _mode(sizes: Sequence[float]) -> float:
    return max(Counter(sizes).items(), key=lambda item: (item[1], item[0]))[0]


def _whole(said: Sequence[str], measure: Measure, usual: float) -> bool:
    """Whether no line is too long, and the short ones end as paragraphs do, or as headings."""
    if max(map(measure, said)) > usual + HANGING:
        return False
    short = [x for x in said if measure(x) < usual - NEAR]
    headings = [x for x in short if not _ENDED.search(x)]
    return all(role_of(x, 0) is not Role.BODY for x in headings) and (
        len(headings) <= max(1, MOST_HEADINGS * len(short))
    )


def _goes_on(said: str, size: float, usual: float) -> bool:
    """Whether a line is full: one that ends a sentence is so only where no further sign had room."""
    return size >= usual - (0.5 if CLOSED.search(said) else NEAR)


def _read_on(text: str, said: Sequence[str], blocks: Sequence[Sequence[Line]]) -> bool:
    """Whether the next lines go on where lines break off, as well as those of a whole text do."""
    if any(_marked(text, block) for block in blocks):
        return False
    evidence, scores = Evidence(said), []
    for block in blocks:
        for before, line in pairwise(block):
            one, other = _said(text, before), _said(text, line)
            if _ITEM.match(other) and not CLOSED.search(one):
                return False
            if not CLOSED.search(one):
                scores.append(evidence.score(normal(one), normal(other)))
    return len(scores) >= MANY and sum(scores) > 0
