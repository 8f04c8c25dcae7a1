"""The columns and rows of an answer, and how much of a long list a sentence tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiceng.query import tables

_TOLD = 10
"""Things of which a sentence tells."""


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer's columns and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tables.Term, ...], ...]

    def cells(self, *names: str) -> list[tuple[str, ...]]:
        """The given columns of each row, as they are shown."""
        at = [self.columns.index(name) for name in names]
        return [tuple(tables.shown(row[i]) for i in at) for row in self.rows]

    def values(self, name: str) -> list[str]:
        """The different values of a column, in order."""
        return list(dict.fromkeys(cell for (cell,) in self.cells(name)))


def some(things: Sequence[str], between: str = "；") -> str:
    """The first of some things."""
    return between.join(things[:_TOLD]) + (" 等" if len(things) > _TOLD else "")
