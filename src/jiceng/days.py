"""When a document is from: a day, or a month or a year of which nobody tells more."""

from __future__ import annotations

import re
from datetime import date

from jiceng.pickling import quickly_pickled
from jiceng.values import dataclass


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year: when a document is from of which no day is known."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Raise ValueError if there is no such month."""
        date(self.year, self.month, 1)

    def isoformat(self) -> str:
        """`2023-11`, as a date would write it."""
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True)
class Year:
    """A year: when a document is from of which no month is known either."""

    year: int

    def __post_init__(self) -> None:
        """Raise ValueError if there is no such year."""
        date(self.year, 1, 1)

    def isoformat(self) -> str:
        """`2023`, as a date would write it."""
        return f"{self.year:04}"


Day = date | Month | Year
"""When a document is from, as exactly as it is known."""


def day_of(text: str) -> Day:
    """What `isoformat` has written; raises ValueError if it is no day, month or year."""
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?", text):
        return Month(int(found[1]), int(found[2])) if found[2] else Year(int(found[1]))
    return date.fromisoformat(text)
