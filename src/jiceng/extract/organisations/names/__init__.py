"""Where a proper name begins that a head word ends, if it is one.

Names stand unmarked in Chinese text. The words before a head are walked from right to left until one that
ends names to its right: a verb, an adverb, a function word (`walk`). What is left loses the divisions and
kinds of things at its front (`fronts`, `kinds`), and must then hold more than words for kinds of things.
Places' names are found in `territory`, but for those whose form (`shown`) or place (`placed`) tells more than
their words; those of companies, schools and offices in `firms`; `items` judges what has no head word.
"""

from __future__ import annotations

from collections.abc import Sequence

from jiceng.extract.organisations.divisions import DivisionNames
from jiceng.extract.organisations.names.firms import FirmNames
from jiceng.extract.organisations.names.fronts import Fronts
from jiceng.extract.organisations.names.items import ItemNames
from jiceng.extract.organisations.names.kinds import KindWords
from jiceng.extract.organisations.names.placed import PlacedNames
from jiceng.extract.organisations.names.shown import ShownNames
from jiceng.extract.organisations.names.territory import PlaceNames
from jiceng.extract.organisations.names.walk import NameWalker
from jiceng.extract.organisations.words import NameWords


class Names:
    """The finders of names over one set of words, divisions and head words."""

    def __init__(self, known: NameWords, divisions: DivisionNames, heads: Sequence[str]) -> None:
        self.words, self.divisions = known, divisions
        self.walker = NameWalker(known, divisions, heads)
        fronts = Fronts(known, divisions)
        self.kinds = KindWords(self.walker)
        self.shown = ShownNames(self.walker)
        self.placed = PlacedNames(self.walker, fronts, self.kinds)
        self.places = PlaceNames(self.walker, fronts, self.kinds, self.shown)
        self.firms = FirmNames(self.walker, fronts)
        self.items = ItemNames(self.walker)
