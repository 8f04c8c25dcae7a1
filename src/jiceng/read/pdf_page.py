"""A PDF page's runs of characters put into blocks, lines and paragraphs.

Blocks are found by cutting the page along its white space, across and down in turn (the recursive XY-cut of
Nagy and Seth, 1984), so that columns come one after the other, whatever the order inside the file. What a
paper's page still tears apart, the repair of torn pages joins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from statistics import median

from jiceng.read.runs import Line, Part, Run

GUTTER = 0.9  # white space between columns, at least so many times the size of a character
PARAGRAPH = 1.35  # leading before a new paragraph, times the usual
INDENT = 1.2  # characters by which a paragraph's first line stands in
CELL = " | "  # between the cells of a table's row
ENDS = tuple("。！？…”」』；：")
HANGS, HANGING = ("，", "。", "、", "；", "："), 0.5  # marks, and the white part of their squares
MOST_CUTS = 500  # of a page: one with more is no page that was set
WIDEST_GAPS = 12  # across a page, of which cuts are tried
COLUMN_LINES, COLUMN_TEXT = 3, 6  # of a column of text, no table's: lines, and characters in most of them
FULL_TABLE = 0.6  # share of a table's cells that hold something, at least
FEWEST_CELLS = 3  # of a table's row
TITLE, HEAD_LINES = 1.3, 5  # times the usual size of characters; lines from a title to the columns below it
BESIDE = 0.3  # of their height that two lines below each other share, at most
BELOW = 8  # runs below a title that tell of the columns there
FULL = 1.5  # characters that a full line lacks at most
SIDE_BY_SIDE = 10  # characters in each of what one line holds of several columns


def paragraphs(runs: Sequence[Run]) -> list[str]:
    """The paragraphs of a page as text."""
    return ["".join(between + run.text for between, run in whole) for whole in in_order(runs)]


def in_order(
    runs: Sequence[Run], spaced: Callable[[list[Run]], list[Run]] = lambda lines: lines
) -> list[list[Part]]:
    """The paragraphs of a page; one that breaks off at a column's foot goes on at the next one's head.

    `spaced` gives the lines of a block with the heights by which its paragraphs are told.
    """
    whole: list[list[Part]] = []
    above: list[Run] = []
    for block in _blocks(runs):
        lines = spaced(_lines(block))
        found = list(_joined(lines))
        if above and _goes_on(above, lines):
            found[0] = whole.pop() + found[0]
        whole.extend(found)
        above = lines
    return whole


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
    """In parts: down its gutters where it has any, else across its white space; None if neither."""
    if len(runs) < 2:
        return None
    gap = GUTTER * median(run.size for run in runs)
    rows = sorted(runs, key=lambda r: r.top)
    gaps: list[tuple[float, int]] = []
    reach = rows[0].bottom
    for i, run in enumerate(rows[1:], 1):
        if run.top > reach:
            gaps.append((run.top - reach, i))
        reach = max(reach, run.bottom)
    columns = _columns(runs, gap)
    if _is_table(columns):
        return None
    if titled := _at_title(runs, gap):
        return titled
    if len(columns) > 1:
        short = any(len("".join(run.text for run in column)) < SIDE_BY_SIDE for column in columns)
        return None if short and _is_line(runs) else columns
    widest = sorted(gaps, reverse=True)[:WIDEST_GAPS]
    places = sorted([0, len(rows), *(i for _, i in widest)])
    # Titles and feet run across the gutters: the largest band between them that holds columns of text.
    for start, end in sorted(combinations(places, 2), key=lambda band: band[0] - band[1]):
        if len(rows) > end - start and _is_set(rows[start:end], gap):
            return [part for part in (rows[:start], rows[start:end], rows[end:]) if part]
    # Else only where a part then falls into columns is a cut across of use.
    for width, i in widest:
        above, below = parts = [rows[:i], rows[i:]]
        if _falls_apart(above, gap) or _falls_apart(below, gap):
            return parts
        if width >= gap and (_is_head(above, below, gap) or _is_head(below[::-1], above[::-1], gap)):
            return parts
    return None


def _at_title(runs: list[Run], gap: float) -> list[list[Run]] | None:
    """In two parts, above a title that stands alone above columns, or below it and its writers' names.

    Each of these lines may be too short to reach across a gutter, and looks like part of one column then;
    together they stand above several.
    """
    rows = sorted(runs, key=lambda r: r.middle)
    least = TITLE * median(run.size for run in rows)
    beside = [
        min(one.bottom, two.bottom) - max(one.top, two.top) > BESIDE * min(one.size, two.size)
        for one, two in pairwise(rows)
    ]
    shared = [one or two for one, two in pairwise([False, *beside, False])]
    for first, row in enumerate(rows):
        if row.size < least or (first and beside[first - 1]):
            continue
        last = next((i for i, one in enumerate(shared[first + 1 :], first + 1) if one), len(rows))
        if shared[first]:  # titles side by side
            last = next((i for i, one in enumerate(beside[first:], first + 1) if not one), len(rows))
            if not first or any(run.size < least for run in rows[first:last]):
                continue
        elif last - first > HEAD_LINES or not _stand_above(rows[first:last], rows[last : last + BELOW], gap):
            continue
        if first > 1 and not shared[first - 1]:  # a line above the title, nearer to it than to what it ends
            above, line = rows[first - 2 : first]
            first -= row.top - line.bottom < line.top - above.bottom
        at = first or last
        return [rows[:at], rows[at:]]
    return None


def _stand_above(head: list[Run], below: list[Run], gap: float) -> bool:
    """Whether a line stands above more than one of the columns that begin below it, or above their middle."""
    columns = [(c[0].left, max(run.right for run in c)) for c in _columns(below, gap)]
    if len(columns) < 2:
        return False
    middle = columns[0][0] + columns[-1][1]
    return any(
        abs(line.left + line.right - middle) < 2 * line.size
        or sum(left < line.right and right > line.left for left, right in columns) > 1
        for line in head
    )


def _falls_apart(part: list[Run], gap: float) -> bool:
    """Whether a part of a page has columns of lines, and is no table."""
    columns = _columns(part, gap)
    return len(columns) > 1 and not _is_line(part) and not _is_table(columns)


def _is_head(part: list[Run], rest: list[Run], gap: float) -> bool:
    """Whether a part is one line of several pieces, as a page's head or foot is, beside a line that is not.

    The rest begins with what stands nearest to it.
    """
    nearest = [run for run in rest if _is_line([rest[0], run])]
    return _is_line(part) and len(_columns(part, gap)) > 1 == len(_columns(nearest, gap))


def _is_table(columns: Sequence[Sequence[Run]]) -> bool:
    """Whether these are a table's: cells side by side in each row, too short for lines of a text."""
    short = sum(median(len(run.text) for run in column) < COLUMN_TEXT for column in columns)
    if len(columns) >= FEWEST_CELLS and 2 * short > len(columns):
        return True
    full = sum(map(len, columns)) >= FULL_TABLE * max(map(len, columns)) * len(columns)
    return len(columns) > 1 and short > 0 and full and min(map(len, columns)) > 1


def _is_line(runs: Sequence[Run]) -> bool:
    """Whether all of them stand on one line, as a paper's name, day and page do above its columns."""
    return max(run.top for run in runs) < min(run.bottom for run in runs)


def _is_set(band: list[Run], gap: float) -> bool:
    """Whether a band of the page is set in columns of text."""
    columns = _columns(band, gap) if len(band) >= 2 * COLUMN_LINES else []
    return len(columns) > 1 and all(
        len(column) >= COLUMN_LINES and median(len(run.text) for run in column) >= COLUMN_TEXT
        for column in columns
    )


def _columns(runs: Sequence[Run], gap: float) -> list[list[Run]]:
    """In groups from left to right, wherever white space of at least `gap` runs down between two."""
    groups: list[list[Run]] = []
    reach = 0.0
    for run in sorted(runs, key=lambda r: r.left):
        if not groups or run.left - reach >= gap:
            groups.append([])
            reach = run.left
        groups[-1].append(run)
        # The right half of such a mark's square is white: at a line's end it may hang into the gutter.
        reach = max(reach, run.right - HANGING * run.size * run.text.endswith(HANGS))
    return groups


# --- lines and paragraphs ---------------------------------------------------------------------------------


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
    for run in sorted(block, key=lambda r: (r.middle, r.left)):
        if lines and abs(run.middle - lines[-1][0].middle) < 0.5 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    rows = [_cells(sorted(parts, key=lambda r: r.left)) for parts in lines]
    whole: list[Run] = []
    many = [False, *(len(row) >= FEWEST_CELLS for row in rows), False]
    for number, (parts, row) in enumerate(zip(lines, rows, strict=True), 1):
        tabular = many[number] and (many[number - 1] or many[number + 1])
        main = max(parts, key=lambda r: r.right - r.left)
        left, right = min(r.left for r in parts), max(r.right for r in parts)
        inside = list(row[0])
        for (_, first), *others in row[1:]:
            inside += [(CELL if tabular else " ", first), *others]
        text = "".join(between + run.text for between, run in inside)
        whole.append(Line(left, main.top, right, main.bottom, text, tuple(inside)))
    return whole


def _cells(parts: Sequence[Run]) -> list[list[Part]]:
    """The parts of a line, in as many cells as wide spaces leave."""
    cells: list[list[Part]] = [[("", parts[0])]]
    for before, run in pairwise(parts):
        gap = run.left - before.right
        if gap >= GUTTER * run.size:
            cells.append([("", run)])
        else:
            cells[-1].append((" " if gap > 0.3 * run.size else "", run))
    return cells


def _joined(lines: list[Run]) -> Iterator[list[Part]]:
    """A block's paragraphs: a line that stands in, a wider space or another size begins one."""
    margin = min(line.left for line in lines)
    edge = max(line.right for line in lines)
    usual = median(line.size for line in lines)
    parts = list(lines[0].parts)
    for (before, line), leading in zip(pairwise(lines), _leadings(lines), strict=True):
        size = line.size
        if edge - before.right < FULL * before.size:
            leading *= max(1.0, size / usual)  # a title of several lines
        begins = (
            CELL in line.text
            or CELL in before.text
            or line.left - margin >= INDENT * size
            or line.top - before.top > PARAGRAPH * leading
            or not _alike(before, line)
            or (edge - before.right > 2.5 * size and before.text.endswith(ENDS))
            or before.right - margin < 0.5 * (edge - margin)  # a heading, or the end of a paragraph
        )
        if begins:
            yield parts
            parts = list(line.parts)
        else:
            ends = before.text[-1:] + line.text[:1]  # of words in letters, which a line's end parts
            (_, first), *others = line.parts
            parts += [(" " if ends.isascii() and ends.isalnum() else "", first), *others]
    yield parts


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
