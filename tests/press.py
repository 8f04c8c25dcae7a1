"""A press that sets clean reports as newspaper pages and reads them back in the wrong order.

It knows the right answer, so that tests and benchmarks can tell how much of it the repair recovers. All
randomness comes from the generator that is handed in: the same seed gives the same page.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

REPORTS = Path(__file__).parent / "reports"
SENTENCE = re.compile(r"[^。！？]*[。！？][”’）]*|[^。！？]+$")
NO_START = "，。；：、！？）》”’」』】%"
NO_END = "（《“‘「『【"
FURNITURE = ("□2016年4月18日 星期一", "责任编辑：吴某 版式：郑某", "第5版")


@dataclass(frozen=True)
class Report:
    """A clean report: the name of its division (the file's name) and its paragraphs, the title first."""

    division: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs that are sentences, headings left out."""
        return tuple(p for p in self.paragraphs if p[-1] in "。！？”")

    @property
    def sentences(self) -> list[str]:
        """All sentences of the body, in order."""
        return [s for p in self.body for s in SENTENCE.findall(p)]


def reports(held_out: bool = False) -> list[Report]:
    """The clean reports beside this file, sorted by name.

    Weights and constants of the repair may be fitted on one half; the half that is held out only measures.
    """
    folder = REPORTS / "held_out" if held_out else REPORTS
    return [
        Report(path.stem, tuple(path.read_text("utf-8").split("\n")[:-1]))
        for path in sorted(folder.glob("*.txt"))
    ]


def set_lines(paragraphs: Sequence[str], width: int, rng: random.Random | None = None) -> list[str]:
    """Set paragraphs in one column: indents of two (lost in reading), no line begins with punctuation.

    With a generator, a line is one em shorter or longer now and then.
    """
    lines = []
    for paragraph in paragraphs:
        at, room = 0, width - 2
        while at < len(paragraph):
            end, used = at, 0.0
            limit = room + (rng.choice((-1, 0, 0, 0, 1)) if rng else 0)
            while end < len(paragraph) and used < limit:
                used += 0.5 if paragraph[end].isascii() and paragraph[end].isalnum() else 1.0
                end += 1
            while end < len(paragraph) and (
                paragraph[end] in NO_START
                or (paragraph[end].isascii() and paragraph[end].isalnum() and paragraph[end - 1].isascii())
            ):
                end += 1
            while end > at + 1 and paragraph[end - 1] in NO_END:
                end -= 1
            lines.append(paragraph[at:end])
            at, room = end, width
    return lines


def in_columns(lines: Sequence[str], number: int) -> list[list[str]]:
    """Lines spread over columns of the same height, the last perhaps shorter."""
    height = -(-len(lines) // number)
    return [list(lines[i : i + height]) for i in range(0, len(lines), height)]


def across(columns: Sequence[Sequence[str]], gap: str = " ") -> list[str]:
    """The rows of a page, each read straight across its columns."""
    height = max(map(len, columns), default=0)
    return [gap.join(c[row] for c in columns if row < len(c)) for row in range(height)]


def padded(report: Report, number: int, width: int = 13, gap: int = 3, wide: bool = False) -> str:
    """A page of columns kept side by side by spaces; with `wide` a sign takes two places, or one if ASCII."""
    lines = ["  " * (not n) + line for p in report.paragraphs for n, line in enumerate(set_lines([p], width))]
    rows: list[str] = []

    def size(text: str) -> int:
        return len(text) + wide * sum(not sign.isascii() for sign in text)

    for column in in_columns(lines, number):
        edge = max(map(size, rows), default=-gap) + gap
        rows += [""] * (len(column) - len(rows))
        for n, line in enumerate(column):
            rows[n] += " " * (edge - size(rows[n])) + line
    return "\n".join(rows) + "\n"


def one_article(report: Report, columns: int, width: int = 13, rng: random.Random | None = None) -> str:
    """One article in columns, read across; its title stands above."""
    lines = set_lines(report.body, width, rng)
    return report.paragraphs[0] + "\n\n" + "\n".join(across(in_columns(lines, columns))) + "\n"


def in_sections(report: Report, parts: Sequence[tuple[int, int]], heading: str = "") -> str:
    """One article in sections one below the other, each in so many columns of such a width, read across.

    `heading` stands between the first two, as two headings side by side do that were read as one line.
    """
    share = -(-len(report.body) // len(parts))
    sections = [
        "\n".join(across(in_columns(set_lines(report.body[i * share : (i + 1) * share], width), columns)))
        for i, (columns, width) in enumerate(parts)
    ]
    if heading:
        sections.insert(1, heading)
    return report.paragraphs[0] + "\n\n" + "\n\n".join(sections) + "\n"


def newspaper_page(left: Report, right: Report, rng: random.Random, width: int = 13, band: int = 12) -> str:
    """Two articles of two columns side by side. Some bands are read across, others column by column;
    widths vary by a character, and page furniture stands between the bands."""
    columns = []
    for report in (left, right):
        columns += in_columns(set_lines(report.body, width, rng), 2)
    out = [left.paragraphs[0], right.paragraphs[0], ""]
    for top in range(0, max(map(len, columns)), band):
        cut = [c[top : top + band] for c in columns]
        if rng.random() < 0.6:
            out += across(cut)
        else:
            out += [line for column in cut for line in column]
        if rng.random() < 0.3:
            out += ["", rng.choice(FURNITURE), ""]
    return "\n".join(out) + "\n"


def interleaved(chosen: Sequence[Report], rng: random.Random, pieces: int = 3, ends: int = 3) -> str:
    """Articles torn in mid-sentence into pieces that stand in turn, as columns of a page that jumps.

    `ends` more paragraphs of each article are broken where a column ends and go on with the next paragraph:
    on real pages most sentences that break off do.
    """
    torn: list[list[list[str]]] = []
    for report in chosen:
        body = list(report.paragraphs)
        cuts = sorted(rng.sample(range(4, len(body) - 1), pieces - 1))
        parts: list[list[str]] = []
        start: list[str] = []
        before = 0
        for cut in cuts:
            paragraph = body[cut]
            middle = [i for i in range(8, len(paragraph) - 8) if paragraph[i] not in NO_START]
            parts.append([*start, *body[before:cut]])
            start = []
            if middle and paragraph in report.body:
                at = rng.choice(middle)
                parts[-1].append(paragraph[:at])
                start = [paragraph[at:]]
            else:
                start = [paragraph]
            before = cut + 1
        parts.append([*start, *body[before:]])
        torn.append([_with_column_ends(part, ends / pieces, rng) for part in parts])
    out = []
    for turn in range(pieces):
        for parts in torn:
            out += parts[turn]
    return "\n\n".join(out) + "\n"


CUTS = ("paragraph", "sentence", "torn")  # behind a paragraph, behind one of its sentences, in mid-sentence


def news(held_out: bool = False) -> list[Report]:
    """Short news items that name their division once or twice, sorted by name; see `reports`."""
    folder = REPORTS / "news" / "held_out" if held_out else REPORTS / "news"
    return [
        Report(path.stem, tuple(path.read_text("utf-8").split("\n")[:-1]))
        for path in sorted(folder.glob("*.txt"))
    ]


def in_turns(
    chosen: Sequence[Report], rng: random.Random, pieces: int = 2, cuts: Sequence[str] = CUTS
) -> list[tuple[str, str]]:
    """Short articles cut into pieces that stand in turn: the paragraphs of the page, each with its division.

    How an article is cut is drawn from `cuts` each time.
    """
    parts: list[list[list[str]]] = []
    for report in chosen:
        body = list(report.paragraphs)
        ends = [
            i for i in range(2, len(body)) if body[i - 1] in report.body
        ]  # no page parts a heading from its text
        places = sorted(rng.sample(ends, min(pieces - 1, len(ends))))
        mine: list[list[str]] = []
        rest: list[str] = []
        for start, end in pairwise([0, *places, len(body)]):
            run = [*rest, *body[start:end]]
            before, rest = _cut(run.pop(), rng.choice(cuts), rng) if end < len(body) else (run.pop(), [])
            mine.append([*run, before])
        parts.append(mine)
    turns = max(map(len, parts))
    return [
        (report.division, paragraph)
        for turn in range(turns)
        for report, mine in zip(chosen, parts, strict=True)
        for paragraph in (mine[turn] if turn < len(mine) else [])
    ]


def _cut(paragraph: str, how: str, rng: random.Random) -> tuple[str, list[str]]:
    """A paragraph cut in two, the second part perhaps missing."""
    sentences = SENTENCE.findall(paragraph)
    if how == "sentence" and len(sentences) > 1:
        at = len("".join(sentences[: rng.randrange(1, len(sentences))]))
        return paragraph[:at], [paragraph[at:]]
    places = [i for i in range(8, len(paragraph) - 8) if paragraph[i] not in NO_START]
    if how == "torn" and places and paragraph[-1] in "。！？”":
        at = rng.choice(places)
        return paragraph[:at], [paragraph[at:]]
    return paragraph, []


def _with_column_ends(paragraphs: Sequence[str], number: float, rng: random.Random) -> list[str]:
    """Paragraphs, `number` of them on average broken in two."""
    out = []
    for paragraph in paragraphs:
        places = [i for i in range(8, len(paragraph) - 8) if paragraph[i] not in NO_START]
        if len(paragraph) > 40 and places and rng.random() < number / len(paragraphs):
            at = rng.choice(places)
            out += [paragraph[:at], paragraph[at:]]
        else:
            out.append(paragraph)
    return out


def with_noise(text: str, rng: random.Random, rate: float = 0.4) -> str:
    """OCR noise that loses nothing: half-width marks, straight quotes, dashes read as 一, stray spaces."""
    half = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")"}
    straight = rng.random() < 0.5
    out = []
    for at, char in enumerate(text):
        if char in half and rng.random() < rate:
            out.append(half[char])
        elif char in "“”" and straight:
            out.append('"')
        elif char == "—" and rng.random() < rate:
            out.append("一")
        else:
            out.append(char)
        if char.isdigit() and text[at + 1 : at + 2] not in "0123456789.% \n" and rng.random() < rate / 10:
            out.append(" ")
    return "".join(out)


def plain(text: str) -> str:
    """A text as it is compared: without spaces and punctuation."""
    return re.sub(r"[\s“”\"'‘’《》（）()、，,。.:：;；—－\-+]", "", text).replace("一", "")


def whole(sentences: Sequence[str], text: str) -> float:
    """The share of sentences that a text holds whole."""
    body = plain(text)
    wanted = [plain(s) for s in sentences if len(plain(s)) >= 6]
    return sum(s in body for s in wanted) / max(1, len(wanted))
