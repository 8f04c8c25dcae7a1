"""Names that their place shows: between two units, beside one of their kind, at the opening of a clause.

Their words may end names elsewhere, or tell kinds: 启工街道、重工街道, 云岭县｜西周镇｜石桥村.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiceng import words
from jiceng.extract.organisations.divisions import DIVISION_END
from jiceng.extract.organisations.names.fronts import Fronts
from jiceng.extract.organisations.names.kinds import KindWords
from jiceng.extract.organisations.names.walk import CHINESE, COUNTED, HOUSES, NUMBER, NameWalker

_LISTED = re.compile("、([\u4e00-\u9fff]{2,4}?(?:社区|村|街道|镇))(?=[、，。和等])")
# Natural logarithms of words' shares of jieba's corpus: verbs this rare may be names or parts of them.
_SELDOM = -12.0  # 北｜屯垦
_SELDOM_ALONE = -12.5  # 屯垦


class PlacedNames:
    """Judges what stands where a name must begin."""

    def __init__(self, walker: NameWalker, fronts: Fronts, kinds: KindWords) -> None:
        self.walker, self.words, self.divisions = walker, walker.words, walker.divisions
        self.fronts, self.kinds = fronts, kinds

    def anchored(self, text: str, start: int, head: int, end: int, nested: bool) -> int | None:
        """`start` if a name must begin there and what stands before the head can be one, or None.

        Beside another name of its kind, a name may be any word (启工街道、重工街道); behind the unit that
        holds it (`nested`), one that begins with a character that elsewhere ends names (谈南社区).
        """
        known, name = self.words, text[start:head]
        if not 2 <= len(name) <= 5 or not CHINESE.fullmatch(name) or known.people.search(name):
            return None
        traits = nested and text[head:end] == "村" and known.signs.trait.issuperset(name)
        if traits and len(name) == 2 and name[0] != name[1] and not words.is_word(name):
            return start  # 松岭镇｜大新村
        if nested and text[head:end] == "村" and HOUSES.fullmatch(name):
            return start  # 松岭镇｜五户村
        if (
            nested
            and name[-1] in known.signs.road
            and len(name) > 2
            and known.plainly_function.isdisjoint(name)
        ):
            return start  # 柳坞街道｜自治街社区
        tokens = words.cut(name)
        held = nested and end - head > 1 and text[start - 1] in "道镇乡街" and self._of_street(tokens)
        if held and len(tokens[0]) > 1:
            return start
        if not held and name not in known.naming and self._tells_kind(text, name, tokens, head, end):
            return None
        if name in known.weak and nested and text[start - 1] in DIVISION_END:
            return None  # 江宁区文明社区: an honour
        verbs = [
            n for n, t in enumerate(tokens) if len(t) > 1 and t in known.boundary and t not in known.place
        ]
        if verbs:
            named = self._named_with_verb(tokens, verbs) if nested else len(tokens) == 1
            return start if named else None
        stopped = [n for n, t in enumerate(tokens) if t in known.place_stops]
        if not stopped or (stopped == [0] and len(name) == 2):
            return start
        if not known.plainly_function.isdisjoint(name):
            return None
        if stopped == [1] and len(name) == 2 and self._by_chance(text, start, head, end, nested):
            return start  # 云岭县｜禾由镇, 石桥镇｜阔时村
        return start if self._spelled(name, tokens, stopped, nested) else None

    def _by_chance(self, text: str, start: int, head: int, end: int, nested: bool) -> bool:
        """Whether a name of two characters, held by a unit or beside one, ends in a verb by chance."""
        known, first = self.words, text[start]
        if first in known.signs.adverb:
            return False
        if nested and text[start - 1] in "市区县旗" and text[head:end] in known.lists["town"]:
            return True
        if text[head:end] not in ("村", "社区") or first in known.signs.counting | known.place_stops:
            return False
        held = text[start - 1] in ("镇乡道、" if nested else "、")
        return held and not any(first in words.words_of_class(c) for c in "vd")

    def _tells_kind(self, text: str, name: str, tokens: Sequence[str], head: int, end: int) -> bool:
        """Whether words tell a kind or number of places, what is done to them, or begin with a division."""
        known = self.words
        if self.fronts.undone(name) != name or (len(name) == 4 and self.walker.opens_with_verb(name)):
            return True
        if self.kinds.kind_only(tokens) or (tokens[0] in known.generic and len(tokens[0]) > 1):
            return True
        if self.divisions.is_division(name) or self.kinds.vague(text, tokens, end):
            return True
        if len(self.fronts.without_short_division(tokens, text[head:end])) < len(tokens):
            return True
        beside = len(name) == len(tokens) == 2 and text[head - 3] == "、" and name[0] in known.signs.opening
        if beside and text[head:end] in known.lists["town"] and name[1] not in known.signs.counting:
            return words.is_word(text[head - 1 : end])  # 石桥镇、向塘镇, but not 石桥镇、对城镇
        if tokens[0] in known.firm_stops or COUNTED.match(name) or NUMBER.fullmatch(name):
            return True
        return end - head == 1 and self.kinds.common_compound(text, name, head, end)

    def _of_street(self, tokens: Sequence[str]) -> bool:
        """Whether words that elsewhere tell kinds name a community directly behind its street.

        青禾街道｜幸福邻里社区, 青禾街道｜东方国际小区, 青禾街道｜红云社区
        """
        if len(tokens) != 2:
            return False
        first, last = tokens
        if len(first) == len(last) == 1:
            signs = self.words.signs
            plain = signs.trait | signs.level
            kinds = plain.issuperset(tokens) or last in signs.degree
            stopped = any(t in self.words.place_stops or NUMBER.match(t) for t in tokens)
            return not kinds and not stopped
        known = self.words
        named = first in known.naming or first in known.weak or first in known.places
        return named and last in known.lists["style_of_unit"]

    def _named_with_verb(self, tokens: Sequence[str], verbs: Sequence[int]) -> bool:
        """Whether a unit's part is named with a word that is a verb elsewhere: 青溪乡｜屯垦村, 取水楼社区."""
        if len(tokens) == 1:
            rare = words.log_frequency(tokens[0]) < _SELDOM_ALONE
            plain = any(tokens[0] in words.words_of_class(c) for c in ("n", "a"))
            plain = plain and not any(tokens[0] in words.words_of_class(c) for c in ("v", "vn", "d"))
            return len(tokens[0]) == 2 and (rare or plain)  # 铁山镇｜大红村
        return len(tokens) == 2 and list(verbs) == [0] and tokens[1] in self.words.signs.built

    def _spelled(self, name: str, tokens: Sequence[str], stopped: Sequence[int], nested: bool) -> bool:
        """Whether a name is spelled after another language (依干其) or holds what is a verb elsewhere (塔谈).

        `stopped` are the places of the words that end names elsewhere.
        """
        signs = self.words.signs
        inner = stopped[0] > 0 and stopped[-1] < len(tokens) - 1
        if inner or (len(tokens) == len(name) == 2 and name[1] in signs.by_chance):
            return True
        foreign = len(name) > 2 and (len(tokens) == len(name) or name[-1] == "其")
        if not foreign or list(stopped) == [0, len(name) - 1]:
            return False
        return (nested or name[0] not in signs.move) and name[-1] not in signs.move

    def at_edge(self, text: str, limit: int, head: int) -> int | None:
        """`limit` if a clause begins there with a street's or town's name whose characters mislead the walk.

        `，北屯垦街道`, `，扶余路街道`: no verb and no function word opens it.
        """
        name = text[limit:head]
        if not 3 <= len(name) <= 4 or not CHINESE.fullmatch(name) or CHINESE.match(text[limit - 1 : limit]):
            return None
        tokens = words.cut(name)
        known = self.words
        first = tokens[0]
        if len(tokens) < 2 or any(len(t) > 2 for t in tokens) or known.people.search(name):
            return None
        if self.fronts.undone(name) != name:
            return None
        verbs = () if self.divisions.is_place(first) else known.boundary  # 扶余｜路街道
        if first in verbs:
            return None
        if not known.signs.counting.isdisjoint(name) or name[-1] in "乡市区县":
            return None
        lists = (known.generic, known.weak, known.classifiers, known.firm_stops)
        if any(t in listed for t in (first, tokens[-1]) for listed in lists):
            return None
        if (first in known.place_stops and name[-1] not in known.signs.place_end) or tokens[
            -1
        ] in known.place_stops:
            return None
        if any(t in verbs and words.log_frequency(t) > _SELDOM for t in tokens):
            return None
        return limit

    def of_division(self, text: str, limit: int, head: int, end: int) -> int | None:
        """Where a town's name begins between its division and a village, whatever it means elsewhere.

        云岭县｜西周镇｜石桥村
        """
        start = self.divisions.behind_any(text, limit, head)
        if text[head - 3 : head - 2] in ("的", "在") and head - 2 > limit:
            limit = head - 2  # 农场边上的｜同大镇｜柳坞村
            opens = True
        else:
            opens = head - limit == 2 and not CHINESE.match(text[limit - 1 : limit])
        behind = text[end : end + 1]
        if start is None and opens and behind and behind not in self.words.lists["inner"]:
            rare = words.log_frequency(text[limit:head]) < _SELDOM_ALONE
            start = limit if rare else None  # ，扬名街道｜石桥社区
        if start is None or not 2 <= head - start <= 4:
            return None
        name, known = text[start:head], self.words
        led = text[head:end] == "街道" and known.avenue_offices.match(text, end) is not None
        if not led and known.unit_behind.match(text, end) is None:
            return None
        if not CHINESE.fullmatch(name) or known.people.search(name) or self.fronts.undone(name) != name:
            return None
        street = text[head:end] == "街道" and name in known.lists["street_too"]
        kind = (
            (name in known.generic and not street)
            or not known.signs.counting.isdisjoint(name)
            or (self.divisions.is_division(name) and not street)
        )
        return None if kind or not known.plainly_function.isdisjoint(name) else start

    def in_list(self, text: str, limit: int, head: int, end: int) -> bool:
        """Whether a clause begins at `limit` with a list of names of one kind: ，创业村、柳塘村等."""
        if not 2 <= head - limit <= 3 or CHINESE.match(text[limit - 1 : limit]):
            return False
        word = text[head:end]
        follows = _LISTED.match(text, end)
        return (
            follows is not None
            and follows[1].endswith(word)
            and self.walker.has_proper(words.cut(follows[1].removesuffix(word)))
        )

    def of_one_sign(self, text: str, head: int, own: Sequence[str]) -> bool:
        """Whether a village named with one character stands behind the article's division: 云岭｜余村."""
        sign, known = text[head - 1 : head], self.words
        name = sign + "村"
        if not CHINESE.match(sign) or not text.endswith(tuple(own), 0, head - 1) or name in own:
            return False
        if any(o.startswith(name) for o in own):
            return False  # 云岭｜孟村回族自治县
        return sign in known.lists["family"] and name not in known.compounds
