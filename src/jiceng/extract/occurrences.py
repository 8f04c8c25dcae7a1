"""Where names that a text has given stand in it again: all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable

from jiceng.pairs import beginning


def occurrences(text: str, names: Iterable[str]) -> dict[str, list[int]]:
    """The places of each name (two characters or more), in order; those of one name may overlap."""
    found: dict[str, list[int]] = {name: [] for name in names}
    lengths: dict[str, set[int]] = {}
    for name in found:
        lengths.setdefault(name[:2], set()).add(len(name))
    for at in beginning(text, lengths) if lengths else ():
        for length in lengths[text[at : at + 2]]:
            places = found.get(text[at : at + length])
            if places is not None and at + length <= len(text):
                places.append(at)
    return found
