"""Frozen dataclasses that are made by the hundred thousand.

Read this as `dataclasses.dataclass`: so does the type checker, which lets nobody write to a field of a frozen
one. While the program runs they are not guarded a second time, since the `__init__` of a guarded class takes
four times as long; they compare, hash, copy and print as frozen ones do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(**options):
        """`dataclasses.dataclass(frozen=True, …)` without the guard."""
        if not options.pop("frozen", False):
            raise TypeError("values.dataclass is for frozen dataclasses")
        return dataclasses.dataclass(unsafe_hash=options.get("eq", True), **options)
