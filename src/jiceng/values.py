"""Frozen dataclasses that are made by the hundred thousand, and objects as keys of caches.

Read `dataclass` as `dataclasses.dataclass`: so does the type checker, which lets nobody write to a field of a
frozen one. While the program runs they are not guarded a second time, since the `__init__` of a guarded class
takes four times as long; they compare, hash, copy and print as frozen ones do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(**options):
        """`dataclasses.dataclass(frozen=True, …)` without the guard."""
        if not options.pop("frozen", False):
            raise TypeError("values.dataclass is for frozen dataclasses")
        return dataclasses.dataclass(unsafe_hash=options.get("eq", True), **options)


class Same(Generic[T]):
    """An object as a key by identity: a lexicon's own hash would go through all its concepts every time."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value
