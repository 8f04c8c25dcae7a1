"""Pages as a layout model reads them that boxes blocks of text: each block becomes one physical line.

Most boxes hold one paragraph of one column. Some hold rows of two to five columns that were read straight
across. Titles stand among the text of their own article, and a few blocks stand somewhere else.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import press

BROKEN_AT_PARAGRAPH = 0.85  # shares of blocks or of their ends
RAGGED = (0, 0, 0, 1, 2)  # lines by which a column of a box of several begins later or ends earlier
STRAY = 0.5  # boxes of one column that one row of its neighbours got into
STACKED = 0.5  # boxes of several columns right below another such box
LINE_BY_LINE, MARKED, NEARBY, ELSEWHERE = 0.05, 0.06, 0.08, 0.03


@dataclass(frozen=True)
class _Cell:
    """A line of a column; `ends` tells whether its paragraph does."""

    text: str
    heading: bool = False
    ends: bool = False


def in_blocks(chosen: Sequence[press.Report], rng: random.Random, width: int = 13, lost: float = 0.0) -> str:
    """Articles one below the other, each in three to five columns, read block by block.

    `lost` is the share of blocks of one column whose last line was not read.
    """
    blocks: list[str] = []
    for report in chosen:
        mine = _blocks(_columns(report, rng.choice((3, 4, 5)), width, rng), rng, lost)
        title = 0 if rng.random() < 0.5 else rng.randint(1, max(1, len(mine) // 3))
        mine.insert(title, f"# {report.paragraphs[0]}")
        blocks += mine
    for _ in range(round(ELSEWHERE * len(blocks))):
        blocks.insert(rng.randrange(len(blocks)), blocks.pop(rng.randrange(len(blocks))))
    return "\n\n".join(blocks) + "\n"


def _columns(report: press.Report, number: int, width: int, rng: random.Random) -> list[list[_Cell]]:
    cells: list[_Cell] = []
    for paragraph in report.paragraphs[1:]:
        if paragraph not in report.body:
            cells.append(_Cell(paragraph, heading=True))
            continue
        lines = press.set_lines([paragraph], width, rng)
        cells += [_Cell(line) for line in lines[:-1]] + [_Cell(lines[-1], ends=True)]
    height = -(-len(cells) // number)
    return [cells[i : i + height] for i in range(0, len(cells), height)]


def _boxed(
    columns: list[list[_Cell]], rng: random.Random
) -> tuple[dict[tuple[int, int], int], list[list[str]], list[list[str]]]:
    """Boxes of several columns: whose each cell in one is, and the lines and headings of each."""
    height = max(map(len, columns))
    owner: dict[tuple[int, int], int] = {}
    boxes: list[list[str]] = []
    headings: list[list[str]] = []
    top = rng.randint(1, height)
    while top < height:
        deep = rng.randint(1, 8)
        first = rng.randrange(len(columns) - 1)
        across = range(first, min(len(columns), first + rng.randint(2, 5)))
        ragged = {c: (top + rng.choice(RAGGED), top + deep - rng.choice(RAGGED)) for c in across}
        if rng.random() < STRAY:
            own, row = rng.choice(across), rng.choice((top, top + deep - 1))
            ragged = {c: (top, top + deep) if c == own else (row, row + 1) for c in across}
        cells = [
            (r, c)
            for r in range(top, min(height, top + deep))
            for c in across
            if r < len(columns[c]) and ragged[c][0] <= r < ragged[c][1]
        ]
        owner.update(dict.fromkeys(cells, len(boxes)))
        boxes.append([columns[c][r].text for r, c in cells if not columns[c][r].heading])
        headings.append([columns[c][r].text for r, c in cells if columns[c][r].heading])
        top += deep + (0 if rng.random() < STACKED else rng.randint(2, height))
    return owner, boxes, headings


def _blocks(columns: list[list[_Cell]], rng: random.Random, lost: float) -> list[str]:
    """The blocks of one article, column after column; a box of several columns where its first one stands."""
    owner, boxes, headings = _boxed(columns, rng)
    out: list[str] = []
    told: set[int] = set()
    for c, column in enumerate(columns):
        run: list[str] = []
        for r, cell in enumerate(column):
            box = owner.get((r, c))
            if (box is not None or cell.heading) and run:
                out.append(_set(run, rng, lost))
                run = []
            if box is not None:
                if box not in told:
                    out += [" ".join(boxes[box])] if boxes[box] else []
                    out += [f"### {heading}" for heading in headings[box]]
                told.add(box)
            elif cell.heading:
                out.append(f"### {cell.text}")
            else:
                run.append(cell.text)
                if cell.ends and rng.random() < BROKEN_AT_PARAGRAPH:
                    out.append(_set(run, rng, lost))
                    run = []
        if run:
            out.append(_set(run, rng, lost))
    for at in range(len(out)):
        if rng.random() < NEARBY:
            out.insert(max(0, at + rng.randint(-6, 6)), out.pop(at))
    return out


def _set(run: Sequence[str], rng: random.Random, lost: float) -> str:
    """One block of one column as a physical line, or now and then as several."""
    if len(run) > 1 and lost and rng.random() < lost:
        run = run[:-1]
    if rng.random() < LINE_BY_LINE:
        return "\n\n".join(run)
    mark = rng.choice(("# ", "#### ", "> ")) if rng.random() < MARKED and len(run) > 1 else ""
    return mark + " ".join(run)
