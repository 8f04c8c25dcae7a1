"""Firms that are called by a brand and a trade, in lists: 格力电器、联鑫钢铁和金风科技.

Trades end many other words, so that one such name alone tells nothing. Of a list's items two must look like
firms or be known ones, and one of these beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng import words
from jiceng.extract.organisations.lists import Found, spans_of
from jiceng.extract.organisations.names import Names
from jiceng.extract.organisations.names.walk import NUMBER
from jiceng.rules import RuleFile

_LIST = re.compile("[\u4e00-\u9fff]{2,20}(?:[、][\u4e00-\u9fff]{2,14}){1,20}")
_LEAST, _LONGEST = 2, 4  # characters of a brand
_RULE = "organisations.trade"


class TradeReader:
    """Reads such lists."""

    def __init__(self, rules: RuleFile, names: Names) -> None:
        self.names = names
        self.divisions = names.divisions
        self.named = rules[_RULE].pattern
        self.trades = tuple(rules.tables["trades"]["words"].split())
        self.any_trade = re.compile("|".join(map(re.escape, self.trades)))
        known = names.words
        self.kinds = known.generic | known.boundary | known.people_words | known.weak
        self.kinds |= (known.firm - known.naming) | known.firm_stops

    def found(self, text: str, known: list[Found]) -> Iterator[Found]:
        """The firms of all lists, beside those that are `known`."""
        firms = [f for f in known if f.kind == "company"]
        starts, ends = {f.start for f in firms}, {f.end for f in firms}
        taken = {f.end for f in known} | {f.start for f in known}
        for listed in _LIST.finditer(text):
            if not self.any_trade.search(text, *listed.span()):
                continue
            spans = list(spans_of(text, *listed.span()))
            sure = sum(s in starts or e in ends for s, e in spans)
            # All but the last must end with a trade; it takes two, and to read an item takes far longer.
            if not sure and not any(text.endswith(self.trades, s, e) for s, e in spans[:-1]):
                continue
            made = [self._item(text, n, len(spans), *span) for n, span in enumerate(spans)]
            named = [m for m in made if m is not None and not taken & {m[0], m[1]}]
            if sure + len(named) < 2 or not (sure or any(proper for _, _, proper in named)):
                continue
            for start, end, _ in named:
                yield Found(start, end, text[start:end], "company", _RULE)

    def _item(self, text: str, number: int, count: int, start: int, end: int) -> tuple[int, int, bool] | None:
        """The firm that an item names, and whether its brand is beyond doubt; or None."""
        if number == 0:
            trade = next((t for t in self.trades if text.endswith(t, start, end)), "")
            known = self.names.words
            tokens = self.names.walker.walk(text, start, end - len(trade), known.firm, known.firm_stops)
            start = end - len(trade) - len("".join(tokens))
        elif number == count - 1:
            named = self.named.match(text, start, end)
            if named is None:
                return None
            end = named.end("name")
        trade = next((t for t in self.trades if text.endswith(t, start, end)), "")
        at = start
        while trade and (city := self._city(text, at, end - len(trade))):
            at += city
        brand = text[at : end - len(trade)]
        if not trade or not _LEAST <= len(brand) <= _LONGEST:
            return None
        tokens = words.cut(brand)
        if self._tells_kind(tokens):
            return None
        return start, end, self.names.walker.has_proper(tokens)

    def _city(self, text: str, start: int, end: int) -> int:
        """The length of the city's or province's name that opens a stretch, 0 if none does."""
        is_city = self.divisions.is_city
        return next((n for n in (3, 2) if start + n + 1 < end and is_city(text[start : start + n])), 0)

    def _tells_kind(self, tokens: tuple[str, ...]) -> bool:
        """Whether words tell what sort of firms are meant: 现代, 数字, 本地."""
        return any(t in self.kinds or NUMBER.fullmatch(t) for t in tokens)
