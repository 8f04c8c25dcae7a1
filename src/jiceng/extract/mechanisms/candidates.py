"""Candidates: every place that might name a mechanism, each with several ways to cut the name out.

Two kinds of anchor are found broadly: stretches in quotation marks (“书记接待日”制度) and compounds that
end with a head noun or a well-known name (党建联席会议制度). Which cut is best, and whether it is a
mechanism at all, is decided by learned weights over named features.
"""

from __future__ import annotations

from jiceng.extract.mechanisms.anchors import Anchor, Cut
from jiceng.extract.mechanisms.compounds import compounds
from jiceng.extract.mechanisms.page import Page
from jiceng.extract.mechanisms.quotations import quoted

__all__ = ["Anchor", "Cut", "candidates"]


def candidates(page: Page) -> list[Anchor]:
    """All anchors of an article, sorted by place."""
    found = [*quoted(page), *compounds(page)]
    return sorted(found, key=lambda a: (a.start, -a.end))
