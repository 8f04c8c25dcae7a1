"""What a string is as the name of a division: a full name, a short one, or a city's."""

from __future__ import annotations

from functools import cache

from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.names import usable_short
from jiceng.model import Division

DIVISION_END = "省市区县旗州盟"


class DivisionNames:
    """Judges strings by a gazetteer; its answers are kept."""

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

    def shorts_of(self, division: Division) -> tuple[str, ...]:
        """The short names of an article's division and of those in it, the longest first."""
        known = self._gazetteer.get(division.adcode) or division
        names = [division.name, *(d.name for d in self._gazetteer.within(known))]
        shorts = {n[:-1] for n in names if len(n) > 2} | set(names)
        shorts |= {short for n in names if (short := usable_short(n)) is not None}
        return tuple(sorted(shorts, key=lambda n: (-len(n), n)))
