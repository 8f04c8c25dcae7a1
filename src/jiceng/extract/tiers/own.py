"""Whether a chain's levels are the grassroots' own: what it takes in an article of another genre.

There 县医院—乡镇卫生院—村卫生室 and 集团党委—车间党支部 are levels as well, but none of governance.
"""

from __future__ import annotations

from collections.abc import Sequence

from jiceng.extract.tiers.words import TierWords

_BARE = "党"  # 党支部, 党小组: of what stands above it


def grassroots(labels: Sequence[str], words: TierWords) -> bool:
    """Whether two levels are of places from the street down and one is the party's or a grid.

    One level is enough if it is the party's, the highest, and all below are bodies without a place.
    """
    levels = [(words.judge(label)[0], words.own(label)) for label in labels]
    own = [(family, place) for family, place in levels if place]
    if len(own) > 1:
        return any(family == "party" or place in words.grids for family, place in own)
    led = len(labels) > 1 and levels[0][0] == "party" and bool(levels[0][1])
    return led and all(label.startswith(_BARE) for label in labels[1:])
