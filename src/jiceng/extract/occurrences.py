"""Where names that a text has given stand in it again: all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable

from jiceng.pairs import Lookup


def occurrences(text: str, names: Iterable[str]) -> dict[str, list[int]]:
    """The places of each name (two characters or more), in order; those of one name may overlap."""
    found: dict[str, list[int]] = {name: [] for name in names}
    for at, name in Lookup(found).found(text):
        found[name].append(at)
    return found
