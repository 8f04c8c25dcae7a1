"""Where names that a text has given stand in it again."""

from __future__ import annotations

from collections.abc import Iterable

from jiceng.pairs import Lookup

_FEW = 32
"""So many names are looked for one after the other: most texts have hardly any, and many have none."""


def occurrences(text: str, names: Iterable[str]) -> dict[str, list[int]]:
    """The places of each name (two characters or more), in order; those of one name may overlap."""
    found: dict[str, list[int]] = {name: [] for name in names}
    if len(found) > _FEW:  # in one pass over the text
        for at, name in Lookup(found).found(text):
            found[name].append(at)
        return found
    for name, places in found.items():
        at = text.find(name)
        while at >= 0:
            places.append(at)
            at = text.find(name, at + 1)
    return found
