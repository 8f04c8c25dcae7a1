"""A decision in steps, the first that says anything decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


def first(
    steps: Iterable[Callable[[Asked], Found | Literal[False] | None]], of: Asked
) -> Found | Literal[False] | None:
    """What the first step says that says anything: something found, or False that there is nothing.

    None where none of them has anything to say.
    """
    for step in steps:
        answer = step(of)
        if answer is not None:
            return answer
    return None
