"""How the parts of documents are pickled.

Frozen dataclasses with slots, of which there are thousands, by themselves ask for their fields again for
each object, and are read half as fast. Members of enums are pickled by Python 3.11.0 to 3.11.3 as what
`getattr` finds by their name; who reads pickles takes no function (`jiceng.store.database.restored`).
"""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def quickly_pickled(kind: type[T]) -> type[T]:
    """Decorate a frozen dataclass with slots and two fields or more: pickles hold a tuple of its fields."""
    names = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]
    setters = tuple(getattr(kind, name).__set__ for name in names)
    values = attrgetter(*names)

    def getstate(self: T) -> Any:
        return values(self)

    def setstate(self: T, state: tuple[Any, ...]) -> None:
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    kind.__getstate__ = getstate  # type: ignore[assignment, method-assign]
    kind.__setstate__ = setstate  # type: ignore[attr-defined]
    return kind


def pickled_by_value(kind: type[E]) -> type[E]:
    """Decorate an enum: its members are pickled as the class called with their value, by any Python."""

    def reduced(self: E, protocol: Any) -> tuple[type[E], tuple[Any, ...]]:
        return type(self), (self.value,)

    kind.__reduce_ex__ = reduced  # type: ignore[assignment, method-assign]
    return kind
