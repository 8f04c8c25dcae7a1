"""What a page is made of where places are known: runs of characters, and lines of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side on one line; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """How far down the page the middle of its characters stands."""
        return (self.top + self.bottom) / 2

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it is made of."""
        return (("", self),)


@dataclass(frozen=True, slots=True)
class Line(Run):
    """A whole line of a block, made of runs."""

    inside: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The runs on it."""
        return self.inside


Part = tuple[str, Run]
"""What stands between a run and the one before it, and the run."""
