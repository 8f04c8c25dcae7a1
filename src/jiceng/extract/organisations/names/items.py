"""Whether an item of a list, or what else stands without a head word, can be a name: 凤鸣、石桥等社区."""

from __future__ import annotations

import re

from jiceng import words
from jiceng.extract.organisations.names.walk import COMMON, NUMBER, NameWalker

_STAGE = re.compile("(?:[一二三四五六七八九]期|[东南西北]区|[A-F一二三四五六七八九]区)\\Z")  # of a quarter


class ItemNames:
    """Judges items of lists."""

    def __init__(self, walker: NameWalker) -> None:
        self.walker, self.words = walker, walker.words

    def listed(self, item: str, longest: int = 6) -> bool:
        """Whether an item of a list reads as a place's name without its head word."""
        item = _STAGE.sub("", item)
        if not 2 <= len(item) <= longest or NUMBER.fullmatch(item) or item in self.words.compounds:
            return False
        tokens = words.cut(item)
        known = self.words
        if item in known.naming or item in known.place:
            return True
        if any(t in known.boundary and t not in known.place for t in tokens):
            return False
        if all(t in known.generic for t in tokens):
            return False
        return len(tokens) > 1 or words.log_frequency(item) <= COMMON

    def plain(self, item: str) -> bool:
        """Whether an item of a list is a single word that could name a village: no verb, no kind of thing."""
        known = self.words
        return (
            len(item) == 2
            and words.is_word(item)
            and item not in known.boundary
            and item not in known.generic
            and item not in known.weak
        )

    def is_proper(self, name: str) -> bool:
        """Whether a string is a name that is known, or made as names are."""
        known = self.words
        return name in known.naming or name in known.places or self.walker.has_proper(words.cut(name))

    def sight(self, text: str, start: int, end: int) -> int | None:
        """Where the name of a sight begins that ends at `end` and has no head word but its last character."""
        tokens = self.walker.walk(text, start, end, self.words.place, self.words.place_stops)
        while tokens and self.walker.is_generic_front(tokens[0]):
            tokens = tokens[1:]
        return end - len("".join(tokens)) if tokens else None

    def known(self, item: str) -> bool:
        """Whether a short item without verbs and kinds of things could be a sight's name: 镇海楼, 望江门."""
        tokens = words.cut(item)
        return 2 <= len(item) <= 5 and not any(
            t in self.words.generic or t in self.words.classifiers for t in tokens[:-1]
        )
