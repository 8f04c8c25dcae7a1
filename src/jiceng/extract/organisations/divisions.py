"""Divisions' names in and before other names: full ones, short ones, cities'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jiceng import words
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.names import usable_short
from jiceng.model import Division

BELOW_PROVINCE = "市区县旗州盟"
DIVISION_END = "省" + BELOW_PROVINCE


class DivisionNames:
    """Judges strings by a gazetteer, and finds divisions before names; what a string is is kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.is_division = cache(self._is_division)

    def _is_division(self, name: str) -> bool:
        """Whether a string is a division's full name, or what one calls itself: 秀山县."""
        if len(name) < 2 or name[-1] not in DIVISION_END:
            return False
        known = self._gazetteer.named(name)
        if not known and name[-1] in "县旗州":
            known = self._gazetteer.named(name[:-1])
        # 秀山县 is what 秀山土家族苗族自治县 calls itself
        return any(d.name == name or d.name.endswith("自治" + name[-1]) for d in known)

    def is_short(self, name: str) -> bool:
        """Whether a string is the short name of a division."""
        return not self.is_division(name) and bool(self._gazetteer.named(name))

    def is_city(self, name: str) -> bool:
        """Whether a string is the short name of a city or province."""
        known = () if self.is_division(name) else self._gazetteer.named(name)
        return any(d.level != "county" and d.abolished is None for d in known)

    def is_place(self, name: str) -> bool:
        """Whether a string is a division's name, full or short."""
        return len(name) > 1 and (self.is_division(name) or self.is_short(name))

    def are_divisions(self, name: str) -> bool:
        """Whether a string is one division's full name, or short ones in a row: 宁波奉化."""
        return self.is_division(name) or any(
            self.is_short(name[:n]) and (not name[n:] or self.are_divisions(name[n:])) for n in (2, 3)
        )

    def is_placename(self, name: str) -> bool:
        """Whether a name in 乡 or 镇 is a county's or city's short one behind its province's: 江西萍乡."""
        return any(
            self.is_short(name[n:]) and (self.is_short(name[:n]) or self.is_division(name[:n]))
            for n in range(2, len(name) - 1)
        )

    def shorts_of(self, division: Division) -> tuple[str, ...]:
        """The short names of an article's division and of those in it, the longest first."""
        known = self._gazetteer.get(division.adcode) or division
        names = [division.name, *(d.name for d in self._gazetteer.within(known))]
        shorts = {n[:-1] for n in names if len(n) > 2} | set(names)
        shorts |= {short for n in names if (short := usable_short(n)) is not None}
        return tuple(sorted(shorts, key=lambda n: (-len(n), n)))

    def opens(self, tokens: Sequence[str], own: Sequence[str]) -> bool:
        """Whether a name opens with a division: its full name, or the short one of the article's own."""
        name = "".join(tokens)
        if any(name.startswith(o) for o in own):
            return True
        return any(self.is_division(name[:n]) for n in range(2, min(9, len(name) + 1)))

    def without(self, tokens: Sequence[str], own: Sequence[str]) -> Sequence[str]:
        """A place's name without the divisions before it: full names, and the article's own short ones."""
        name = "".join(tokens)
        cut = 0
        for end in range(len(name) - 1, 1, -1):
            if name[end - 1] in DIVISION_END and any(self.is_division(name[n:end]) for n in range(end - 1)):
                cut = end
                break
        for short in own:
            if name.startswith(short, cut) and len(name) - cut - len(short) > 1:
                cut += len(short)
                break
        return words.cut(name[cut:]) if cut else tokens

    def outer(self, name: str) -> int:
        """The length of the larger divisions before the smallest one that opens a name."""
        cut = 0
        while True:
            rest = name[cut:]
            first = next((n for n in range(min(8, len(rest)), 1, -1) if self.is_division(rest[:n])), 0)
            again = rest[first:]
            if not first or not any(self.is_division(again[:n]) for n in range(2, min(9, len(again) + 1))):
                return cut
            cut += first

    def before(self, text: str, limit: int, end: int) -> int | None:
        """Where a division's full name begins that ends at most eight characters before `end`."""
        for stop in range(end, max(limit, end - 8), -1):
            if text[stop - 1] in DIVISION_END:
                for start in range(max(limit, stop - 8), stop - 1):
                    if self.is_division(text[start:stop]):
                        return start
        return None

    def behind_any(self, text: str, limit: int, head: int) -> int | None:
        """Where a division's full name ends that stands one to five characters before a head."""
        for stop in range(head - 1, max(limit + 2, head - 6), -1):
            if text[stop - 1] in BELOW_PROVINCE and any(
                self.is_division(text[n:stop]) for n in range(stop - 3, max(limit, stop - 9) - 1, -1)
            ):
                return stop
        return None

    def outermost(self, text: str, limit: int, start: int) -> int:
        """Where the divisions begin that stand directly before a name: 苏州市云岭区｜睦邻协会."""
        moved = True
        while moved:
            moved = False
            for begin in range(start - 2, max(limit, start - 9) - 1, -1):
                if text[start - 1] in DIVISION_END and self.is_division(text[begin:start]):
                    start, moved = begin, True
                    break
        return start

    def joined(self, text: str, at: int) -> bool:
        """Whether 同 joins what is named for a city: 柳坞社区｜同｜遵义航天医院结对."""
        return text.startswith("同", at) and any(self.is_city(text[at + 1 : at + n]) for n in (3, 4))


def may_open(before: str, own: Sequence[str]) -> bool:
    """Whether a division's name may stand in a stretch of text."""
    return any(sign in before for sign in DIVISION_END) or any(name in before for name in own)


def behind_division(text: str, head: int, own: Sequence[str]) -> int | None:
    """Where one of the article's own divisions ends that stands two to five characters before a head."""
    for start in range(head - 2, max(0, head - 6), -1):
        if text[start - 1] in DIVISION_END and any(len(o) > 2 and text.endswith(o, 0, start) for o in own):
            return start
    return None
