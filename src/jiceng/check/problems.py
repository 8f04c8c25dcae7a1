"""What is wrong, and how much of it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 20
"""Problems of one sort that are told one by one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which file; what is no Unicode, as a file's name may be, is told as `\\udcff`."""

    file: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", _printable(self.file))
        object.__setattr__(self, "message", _printable(self.message))

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def _printable(told: str) -> str:
    return told.encode("utf-8", "backslashreplace").decode()


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
