"""A decision in steps, the first that says anything decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias, TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


Answer: TypeAlias = Found | Literal[False] | None
"""What is found; False where there is nothing; None where a step has nothing to say and the next is asked."""


def first(steps: Iterable[Callable[[Asked], Answer[Found]]], of: Asked) -> Answer[Found]:
    """The answer of the first step that says anything; None where none of them does."""
    for step in steps:
        answer = step(of)
        if answer is not None:
            return answer
    return None
