"""Flat tables for people: CSV that Excel and LibreOffice open right.

UTF-8 with a byte order mark and CRLF, which Excel opens right. A text that a spreadsheet would run as a
formula (CWE-1236: it begins with = + - @, a tab or a line break, or with the full-width forms of these
signs) gets an apostrophe before it, as OWASP advises; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from jiceng.export import rows

if TYPE_CHECKING:
    from pyoxigraph import Store

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def tables(store: Store) -> dict[str, bytes]:
    """Each table as CSV by its file name; what is manifold in a cell is joined by `；`."""
    found = {}
    for table in rows.tables(store):
        stream = io.StringIO(newline="")
        writer = csv.writer(stream)
        writer.writerow(table.columns)
        writer.writerows([_cell(cell) for cell in row] for row in table.rows)
        found[f"{table.name}.csv"] = stream.getvalue().encode("utf-8-sig")
    return found


def _cell(cell: rows.Cell) -> str:
    number = len(cell) == 1 and isinstance(cell[0], int | float)
    return rows.text(cell) if number else safe(rows.text(cell))


def safe(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
