"""How a text speaks of its own division without naming it: 我县, 全市, 区委, and 各县区 of all inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_TOLD_OF_ALL = re.compile(r"各(?:县区|区县|县市|市县|县|区|市)|区县|县区")


def of_all_inside(text: str) -> bool:
    """Whether a text speaks to or of all smaller divisions at once, as only the larger one does: 各县区."""
    return _TOLD_OF_ALL.search(text) is not None


_OWN = re.compile(
    r"(?P<sure>[我本该]|(?P<all>全))(?P<kind>[省市县区州旗])|(?:^|[，。；、：…\s“])(?P<bare>[省市县区州旗])(?:委|里|级|政府)"
)


@lru_cache(maxsize=4)  # a whole page is asked twice
def own_kinds(text: str) -> Mapping[str, float]:
    """The kinds of division that a text speaks of as its own, and how much that says: 我县, 全市, 区委."""
    found: dict[str, float] = {}
    for m in _OWN.finditer(text):
        kind = m["kind"] or m["bare"]
        found[kind] = max(found.get(kind, 0.0), 2.0 if m["sure"] and not m["all"] else 1.0)
    return found
