"""What is wrong, and how much of it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 20
"""Problems of one sort that are told one by one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which file."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def few(problems: Iterable[Problem]) -> list[Problem]:
    """The first of many problems of one sort, and how many more there are."""
    told: dict[Problem, None] = {}
    rest = 0
    for problem in problems:
        if len(told) < MOST:
            told[problem] = None
        elif problem not in told:
            rest += 1
    found = list(told)
    return [*found, Problem(found[0].file, f"and {rest} more of this kind")] if rest else found
