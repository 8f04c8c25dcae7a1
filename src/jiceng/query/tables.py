"""Answers as tables: columns that line up with Chinese in them, and nothing that drives a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jiceng.graph.namespaces import XSD, shortened

Term = NamedNode | BlankNode | Literal | Triple | None

_NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float}
# A quote may hold anything; escape sequences in it must not reach the terminal.
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"[\\|<>*_`\[\]]")
_NARROWEST = 8


def table(names: Sequence[str], rows: Sequence[Sequence[Term]], limit: int | None = None) -> str:
    """A table with a head, numbers to the right; the widest columns give way to fit `limit`."""
    cells = [[shown(term) for term in row] for row in rows]
    widths = [
        max([width(name), *(width(row[i]) for row in cells)], default=0) for i, name in enumerate(names)
    ]
    right = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(names))]
    while limit and sum(widths) + 2 * (len(widths) - 1) > limit and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    lines = [_line(names, widths, right), "  ".join("─" * w for w in widths)]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(lines) + "\n"


def markdown(names: Sequence[str], rows: Sequence[Sequence[Term]]) -> str:
    """A table in GitHub Flavored Markdown; a `|`, `<` or backslash in a cell stays what it is."""
    right = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(names))]
    lines = [names, ["---:" if numeric else "---" for numeric in right]]
    lines += [[_MARKUP.sub(r"\\\g<0>", shown(term)) for term in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shown(term: Term) -> str:
    """A term for people: IRIs with their prefix, literals without datatype and language, on one line."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        text = shortened(term.value)
    else:
        text = term.value if isinstance(term, Literal) else str(term)
    return _CONTROLS.sub("·", _SPACES.sub(" ", text))


def width(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11: wide characters take two)."""
    return sum(
        0 if combining(c) or c == "\u200b" else 2 if east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def cut(text: str, limit: int) -> str:
    """A text in at most so many columns, with `…` where it was cut."""
    if width(text) <= limit:
        return text
    taken = 0
    for at, character in enumerate(text):
        taken += width(character)
        if taken > limit - 1:
            return text[:at] + "…"
    return text


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, limit, numeric in zip(cells, widths, right, strict=True):
        text = cut(cell, limit)
        space = " " * (limit - width(text))
        padded.append(space + text if numeric else text + space)
    return "  ".join(padded).rstrip()


def _is_number(term: Term) -> bool:
    return term is None or (isinstance(term, Literal) and term.datatype in _NUMBERS)
