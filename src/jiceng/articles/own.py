"""How a text speaks of its own division without naming it: 我县, 全市, 区委, and 各县区 of all inside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jiceng.articles.patterns import pattern


def of_all_inside(text: str) -> bool:
    """Whether a text speaks to or of all smaller divisions at once, as only the larger one does: 各县区."""
    return pattern("all_inside").search(text) is not None


@lru_cache(maxsize=4)  # a whole page is asked twice
def own_kinds(text: str) -> Mapping[str, float]:
    """The kinds of division that a text speaks of as its own, and how much that says: 我县, 全市, 区委."""
    found: dict[str, float] = {}
    for m in pattern("own").finditer(text):
        kind = m["kind"] or m["bare"]
        found[kind] = max(found.get(kind, 0.0), 2.0 if m["sure"] and not m["all"] else 1.0)
    return found
