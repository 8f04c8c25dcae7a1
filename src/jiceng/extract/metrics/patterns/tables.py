"""Tables in running text: a line of headings, and under it lines with a name and as many numbers.

Columns are what stands between spaces or `|`. A heading names what its column counts, with the unit in
brackets (社区（个）) or beside the number; where a column is headed 数量 or 年度目标, the line's own name is
counted and its unit may stand in a column 单位. A line of labels, each with its unit and figure, is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.model import Measurement
from jiceng.values import dataclass

_CELL = re.compile(r"[^\s|]+")
_RULED = re.compile(r"[|\s:：—-]+")
_HEADING = re.compile(
    r"(?P<noun>[^（(/]{1,200})(?:[（(](?:单位[:：])?(?P<unit>[^（()）]{1,5})[）)]|/(?P<per>[^/]{1,4}))"
)
_UNITS = re.compile(r"单位[:：]\s*(?P<units>[^\s（()）。；]{1,20})")
_LABELLED = re.compile(
    r"[ 　；;，,。•·]{0,4}(?P<noun>[\u4e00-\u9fff]{2,16})[（(](?:单位[:：])?(?P<unit>[^（()）\d]{1,5})[）)]"
    r"[ 　]{0,3}[:：][ 　]{0,3}(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)(?![\d.%年月])"
    r"[；;，,。 　]{0,3}"
)
_YEAR = re.compile(r"20\d\d年?(?:上半年|下半年|底)?")
_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+|\d+(?:\.\d+)?")
_PROSE = frozenset("。；！？“”")
_WIDEST = 12  # columns
_LONGEST = 16  # characters of a heading


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def tables(text: str, grammar: Grammar) -> Iterator[tuple[int, int, list[Measurement]]]:
    """Each line of a table with its measurements: `text[start:end]` is the line, a heading has none."""
    headings: list[_Cell] = []
    units: list[str] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        cells = [_Cell(start + c.start(), start + c.end(), c[0]) for c in _CELL.finditer(line)]
        labelled = _labelled(text, start, end, grammar) if "）" in line or ")" in line else []
        if labelled:
            yield start, end, labelled
        elif headings and _RULED.fullmatch(line):
            pass
        elif headings and (row := _row(cells, headings, grammar)):
            yield start, end, list(_measure(row, headings, units, grammar))
        elif _heads(line, cells):
            headings = cells
        else:
            headings = []
            stated = _UNITS.search(line) if len(line) < 40 else None
            units = [u for u in re.split("[、，,/]", stated["units"]) if u] if stated else []
        start = end + 1


def _labelled(text: str, start: int, end: int, grammar: Grammar) -> list[Measurement]:
    """The figures of a line of labels: 常住人口（万人）：42.3；网格（个）：36; none where it says more."""
    found: list[Measurement] = []
    at = start
    while at < end:
        label = _LABELLED.match(text, at, end)
        if label is None:
            return []
        quantity = next(grammar.reader.quantities(label["number"] + label["unit"]), None)
        if quantity is None or quantity.unit is None:
            return []
        found.append(
            Measurement(
                start=label.start("noun"),
                end=label.end("number"),
                rule="metrics.table",
                value=Decimal(quantity.value),
                upper=quantity.upper,
                comparator=quantity.comparator,
                unit=quantity.unit,
                measured=label["noun"],
                measured_start=label.start("noun"),
                measured_end=label.end("noun"),
            )
        )
        at = label.end()
    return found


def _heads(line: str, cells: list[_Cell]) -> bool:
    return (
        2 <= len(cells) <= _WIDEST
        and not _PROSE.intersection(line)
        and all(
            len(c.text) <= _LONGEST and (not c.text[0].isdigit() or _YEAR.fullmatch(c.text)) for c in cells
        )
    )


def _row(cells: list[_Cell], headings: list[_Cell], grammar: Grammar) -> list[_Cell]:
    """The cells of a line that fits the headings; thousands set apart by a space are put together."""
    if len(cells) < len(headings) or len(cells) > _WIDEST:
        return []
    if _NUMBER.fullmatch(cells[0].text) and headings[0].text not in grammar.lists["serial"]:
        return []
    if all(c.text.endswith("年") and _YEAR.fullmatch(c.text) for c in cells[1:]):
        return []  # it heads another table
    joined = [cells[0]]
    spare = len(cells) - len(headings)
    for cell in cells[1:]:
        last = joined[-1]
        if spare and re.fullmatch(r"\d{3}", cell.text) and re.fullmatch(r"\d{1,3}", last.text):
            joined[-1] = _Cell(last.start, cell.end, last.text + cell.text)
            spare -= 1
        else:
            joined.append(cell)
    numbers = sum(c.text[0].isdigit() for c in joined[1:])
    return joined if len(joined) == len(headings) and numbers else []


def _measure(
    row: list[_Cell], headings: list[_Cell], units: list[str], grammar: Grammar
) -> Iterator[Measurement]:
    if headings[0].text in grammar.lists["serial"] and len(row) > 2 and _NUMBER.fullmatch(row[0].text):
        row, headings = row[1:], headings[1:]
    column = next((i for i, h in enumerate(headings) if h.text == "单位"), None)
    beside = row[column].text if column is not None else None
    several = len(units) == len(headings) - 1
    for place, (cell, heading) in enumerate(zip(row[1:], headings[1:], strict=True)):
        named = _HEADING.fullmatch(heading.text)
        unit = beside if beside is not None else (named["unit"] or named["per"]) if named else ""
        if not unit and units and (several or len(units) == 1):
            unit = units[place if several else 0]
        noun = named["noun"] if named else heading.text
        said = cell.text + unit if _NUMBER.fullmatch(cell.text) else cell.text
        found = next(grammar.reader.quantities(said), None)
        if found is None or found.start or not cell.text[0].isdigit() or (unit and found.unit is None):
            continue
        year = _YEAR.fullmatch(noun)
        own = noun.endswith(grammar.lists["amount_heading"]) or year is not None or column is not None
        counted = row[0] if own else _Cell(heading.start, heading.start + len(noun), noun)
        holder = None if own or row[0].text in grammar.lists["whole_row"] else row[0].text
        yield Measurement(
            start=row[0].start,
            end=cell.end,
            rule="metrics.table",
            value=Decimal(found.value),
            upper=found.upper,
            comparator=found.comparator,
            unit=found.unit,
            measured=counted.text,
            measured_start=counted.start,
            measured_end=counted.end,
            subject=holder,
            period=noun if year else None,
            nature="rule" if noun.endswith(grammar.lists["target_heading"]) else "fact",
        )
