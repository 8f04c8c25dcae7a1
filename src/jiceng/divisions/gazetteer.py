"""Names of administrative divisions in texts, and which division each one means.

The rules, in the order in which they are tried; none of them guesses:

1. A name means every division that bears it or bore it. Official names count anywhere; short forms
   (四川, 武侯) only directly beside a unit that contains them or lies in them.
2. Names that follow one another directly (四川省成都市武侯区) form a path: each lies in the one before.
3. A name in a list (石家庄市桥西区、新华区) may lie in what the one before lies in.
4. Of a former division and the one that followed it, the name means the latter, if both bear it.
5. A context decides, if one reading lies in the prefecture that the context names, else the province.
6. A name that is clear in one place of a text means the same in the others.
7. What is still open stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from jiceng.divisions.names import (
    banner_abbreviation,
    city_shorts_first,
    ends_inside_word,
    has_sign,
    is_common_word,
    is_striven_for,
    names_something_smaller,
    needs_sign,
    usable_short,
    usual_names,
)
from jiceng.model import Division

Divisions = tuple[Division, ...]

# What may stand between the names of one path, and between the names of a list.
_PATH_GAP = re.compile(r"[ \t\u3000·]{0,2}")
_BULLET = re.compile(r"[\s#*■●◆▲□○◇△★☆·]*")
_LIST_GAP = re.compile(r"[ \t\u3000]?(?:、|和|与|及|以及)[ \t\u3000]?")


@dataclass(frozen=True, slots=True)
class DivisionMention:
    """A name of a division at `start:end` of a text (half open).

    `division` is what it means, None while several `candidates` are left.
    """

    start: int
    end: int
    candidates: Divisions
    division: Division | None = None


@dataclass(slots=True)
class _Token:
    """A name found in a text, while its readings are being narrowed."""

    start: int
    end: int
    candidates: Divisions
    short: bool = False
    doubtful: bool = False  # common word, or perhaps parts of two words
    beside: bool = False  # part of a path or list of two names or more


class Gazetteer:
    """All divisions, by code and by name. Immutable once built; picklable."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        """Index divisions. One whose successor is its own code is a former name of that code."""
        entries = sorted(divisions, key=lambda d: (d.adcode, d.abolished or 0, d.name))
        self._by_code = {d.adcode: d for d in entries if d.successor != d.adcode}
        self._containers = {code: self._containers_of(d) for code, d in self._by_code.items()}
        self._names: dict[str, Divisions] = {}
        self._shorts: dict[str, Divisions] = {}
        for entry in entries:
            division = self._by_code.get(entry.adcode)
            if division is None or (is_common_word(entry.name) and entry.abolished):
                continue
            _add(self._names, entry.name, division)
            if banner := banner_abbreviation(entry.name):
                _add(self._names, banner, division)
            for usual in usual_names(entry.name):
                _add(self._names, usual, division)
            if short := usable_short(entry.name):
                _add(self._shorts, short, division)
        self._shorts = {name: _not_superseded(found) for name, found in self._shorts.items()}
        for name in city_shorts_first() & self._shorts.keys():
            found = self._shorts[name]
            self._shorts[name] = tuple(d for d in found if d.level == "prefecture") or found
        self._lengths = _lengths_by_head((*self._names, *self._shorts))
        # Where a name may begin, by each of its first two characters: most places of a text are none.
        self._beginning = re.compile(f"{_any(self._lengths, 0)}(?={_any(self._lengths, 1)})")
        self._surroundings: dict[str, Divisions] = {}  # as far as asked
        self._latest_context: tuple[tuple[Division | str, ...], list[Division]] = ((), [])

    # --- the divisions --------------------------------------------------------------------------

    def get(self, adcode: str) -> Division | None:
        """The division that has, or last had, a code."""
        return self._by_code.get(adcode)

    @property
    def by_code(self) -> Mapping[str, Division]:
        """All divisions, each under the code that it has or last had."""
        return MappingProxyType(self._by_code)

    def within(self, division: Division) -> Divisions:
        """The larger divisions around one, the smallest first; a former one lay in former ones."""
        chain: list[Division] = []
        above = self._by_code.get(division.parent or "")
        while above is not None and above not in chain:
            chain.append(above)
            above = self._by_code.get(above.parent or "")
        return tuple(chain)

    def is_within(self, inner: Division, outer: Division) -> bool:
        """Whether `inner` lies in `outer` (not: is it), or in the one that `outer` replaced."""
        return outer.adcode in self._containers.get(inner.adcode, ())

    def lies_in_any(self, inner: Division, codes: AbstractSet[str]) -> bool:
        """Whether `is_within` holds for one of these codes, however many they are."""
        return not codes.isdisjoint(self._containers.get(inner.adcode, ()))

    def current(self, division: Division) -> Division:
        """What a division is today: the last of its successors as far as they are known, or itself."""
        return self._line(self._by_code.get(division.adcode, division))[-1]

    def named(self, name: str) -> Divisions:
        """All divisions with this official or former name or, if there is none, this short form."""
        return self._names.get(name) or self._shorts.get(name, ())

    def lengths(self, text: str, at: int) -> tuple[int, ...]:
        """How long the names can be that begin at a place of a text, longest first; mostly none can."""
        return self._lengths.get(text[at : at + 2], ())

    # --- resolving ------------------------------------------------------------------------------

    def resolve(self, path: Sequence[str] | str, context: Iterable[Division | str] = ()) -> Division | None:
        """The division that a name or path means, or None if that is not certain.

        `path` is a text (四川省成都市武侯区, 江西井冈山) or its names in order, the largest first. `context`
        are divisions, or their codes, that are known to matter: those of the heading, byline or article.
        """
        if isinstance(path, str):
            name = path.strip()
            if not (readings := self.named(name)):
                return self._resolve_text(name, context)
        else:
            readings = ()
            for number, name in enumerate(path):
                inner = self.named(name.strip())
                readings = inner if not number else self._inside(inner, readings)
        return self._choose(readings, self._context(context))

    def _resolve_text(self, text: str, context: Iterable[Division | str]) -> Division | None:
        mentions = self.find(text, context)
        if not mentions or mentions[-1].division is None:
            return None
        last = mentions[-1].division
        for mention in mentions[:-1]:
            if not any(d == last or self.is_within(last, d) for d in mention.candidates):
                return None
        return last

    def _choose(self, readings: Divisions, context: Sequence[Division]) -> Division | None:
        readings = self._latest(readings)
        # Smaller places share provinces' short forms (海南州, 河北区); alone it is the province.
        readings = tuple(r for r in readings if r.level == "province") or readings
        for level in ("prefecture", "province"):
            if len(readings) <= 1:
                break
            around = [d for d in context if d.level == level]
            inside = tuple(r for r in readings if any(r == d or self.is_within(r, d) for d in around))
            readings = inside or readings
        return readings[0] if len(readings) == 1 else None

    def _latest(self, readings: Divisions) -> Divisions:
        """Without readings that another one followed or contains, as 毕节市 does the former county."""
        if len(readings) < 2:
            return readings
        superseded = set()
        for reading in readings:
            line = self._line(reading)
            for other in readings:
                if other != reading and (other in line or any(self.is_within(d, other) for d in line)):
                    superseded.add(reading)
        return tuple(r for r in readings if r not in superseded)

    def _line(self, division: Division) -> list[Division]:
        """A division and its successors, one after the other."""
        line = [division]
        while (after := self._by_code.get(line[-1].successor or "")) is not None and after not in line:
            line.append(after)
        return line

    def _context(self, context: Iterable[Division | str]) -> list[Division]:
        """The context's divisions, former and current, with all that they lie in."""
        given = tuple(context)
        last, known = self._latest_context  # the same for all paragraphs of a page
        if given == last:
            return known
        found: dict[str, Division] = {}
        for item in given:
            division = self._by_code.get(item) if isinstance(item, str) else item
            if division is not None:
                found |= {around.adcode: around for around in self._surrounding(division)}
        self._latest_context = given, list(found.values())
        return self._latest_context[1]

    def _surrounding(self, division: Division) -> Divisions:
        """A division and what it is today, each with all that it lies in."""
        known = self._surroundings.get(division.adcode)
        if known is None or known[0] is not division:
            now = self.current(division)
            known = (division, *self.within(division), now, *self.within(now))
            self._surroundings[division.adcode] = known
        return known

    def _containers_of(self, division: Division) -> frozenset[str]:
        around = self.within(division)
        return frozenset(d.adcode for d in around) | {self.current(d).adcode for d in around}

    def _inside(self, inner: Divisions, outer: Divisions) -> Divisions:
        return tuple(d for d in inner if any(self.is_within(d, o) for o in outer))

    # --- finding --------------------------------------------------------------------------------

    def find(self, text: str, context: Iterable[Division | str] = ()) -> tuple[DivisionMention, ...]:
        """Every mention of a division in a text, in order, not overlapping; linear in the text.

        Longest match. Not found: short forms on their own, common words (城区) without the unit that they
        belong to, names of smaller things (朝阳街道, 北京路), and zones without a code (经济开发区).
        """
        tokens = self._scan(text)
        self._narrow(text, tokens)
        if not tokens:
            return ()
        around = self._context(context)
        sure = {d.name for d in around}
        sure |= {text[t.start : t.end] for t in tokens if t.beside or not (t.short or t.doubtful)}
        tokens = [t for t in tokens if t.beside or (not t.short and text[t.start : t.end] in sure)]
        chosen = [self._choose(t.candidates, around) for t in tokens]
        meant: dict[str, set[str]] = {}
        for token, division in zip(tokens, chosen, strict=True):
            if division is not None:
                meant.setdefault(text[token.start : token.end], set()).add(division.adcode)
        mentions = []
        for token, division in zip(tokens, chosen, strict=True):
            elsewhere = meant.get(text[token.start : token.end], set())
            if division is None and len(elsewhere) == 1:
                same = self._by_code[next(iter(elsewhere))]
                division = same if same in token.candidates else None
            candidates = (division,) if division else self._latest(token.candidates)
            mentions.append(DivisionMention(token.start, token.end, candidates, division))
        return tuple(mentions)

    def opening(self, heading: str, context: Iterable[Division | str] = ()) -> DivisionMention | None:
        """The place that a heading opens with, also in its short form and alone: 上海加强……, 嘉善：…….

        The last name of a path. A county's short form counts in front of a colon only. Weaker than `find`
        (安康家园 opens with 安康): good as a context for other names, or where nothing else is named.
        """
        at = _BULLET.match(heading)
        start = at.end() if at else 0
        first: DivisionMention | None = None
        for mention in self.find(heading, context):
            if mention.start > start and not (
                first and _PATH_GAP.fullmatch(heading, first.end, mention.start)
            ):
                break
            first = mention
        token = self._at(heading, start)
        if first is not None or token is None or names_something_smaller(heading, token.end):
            return first
        division = self._choose(token.candidates, self._context(context))
        if division is None or (division.level == "county" and not heading.startswith("：", token.end)):
            return None
        return DivisionMention(token.start, token.end, (division,), division)

    def _scan(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        end = 0
        for beginning in self._beginning.finditer(text):
            at = beginning.start()
            if at < end or text[at : at + 2] not in self._lengths:
                continue
            token = self._at(text, at)
            if token is not None and not (token.short and self._yields(text, token)):
                tokens.append(self._shared_end(text, token))
                end = tokens[-1].end
        return tokens

    def _at(self, text: str, at: int) -> _Token | None:
        """The longest name that begins at `at`."""
        for length in self._lengths.get(text[at : at + 2], ()):
            name = text[at : at + length]
            if len(name) < length:
                continue
            candidates = self._names.get(name, ())
            if candidates and not ends_inside_word(text, at + length):
                doubtful = is_common_word(name) or (needs_sign(name) and not has_sign(text, at, name))
                doubtful = doubtful or is_striven_for(text, at, at + length)
                return _Token(at, at + length, candidates, doubtful=doubtful)
            if candidates := self._shorts.get(name, ()):
                return _Token(at, at + length, candidates, short=True)
        return None

    def _shared_end(self, text: str, token: _Token) -> _Token:
        """A city without its 市 where that begins the name of its district: 青岛|市北区, 济南|市中区."""
        last = token.end - 1
        if token.short or text[last] != "市" or last - token.start < 2:
            return token
        inner = self._at(text, last)
        if inner is None or inner.short or not self._inside(inner.candidates, token.candidates):
            return token
        return _Token(token.start, last, token.candidates, short=True)

    def _yields(self, text: str, token: _Token) -> bool:
        """Whether a short form gives way to an official name that begins in it, or is part of another."""
        gap = _PATH_GAP.match(text, token.end)
        after = self._at(text, gap.end() if gap else token.end)
        if after is not None and self._inside(after.candidates, token.candidates):
            return False
        if names_something_smaller(text, token.end):
            return True
        inner = (self._at(text, at) for at in range(token.start + 1, token.end))
        return any(t is not None and not t.short and t.end > token.end for t in inner)

    def _narrow(self, text: str, tokens: list[_Token]) -> None:
        """Keep of each name the readings that fit its neighbours."""
        linked: list[tuple[_Token, _Token]] = []
        for outer, inner in pairwise(tokens):
            gap = text[outer.end : inner.start]
            if _PATH_GAP.fullmatch(gap):
                if fitting := self._inside(inner.candidates, outer.candidates):
                    inner.candidates = fitting
                    inner.beside = outer.beside = True
                    linked.append((outer, inner))
            elif _LIST_GAP.fullmatch(gap):
                shared = [self._containers[d.adcode] for d in outer.candidates] if outer.beside else []
                fitting = tuple(
                    d for d in inner.candidates if d.parent and any(d.parent in codes for codes in shared)
                )
                if fitting:
                    inner.candidates = fitting
                    inner.beside = True
        for outer, inner in reversed(linked):
            outer.candidates = tuple(
                d for d in outer.candidates if any(self.is_within(i, d) for i in inner.candidates)
            )


def _add(index: dict[str, Divisions], name: str, division: Division) -> None:
    known = index.get(name, ())
    if division not in known:
        index[name] = (*known, division)


def _not_superseded(bearers: Divisions) -> Divisions:
    """Without former divisions where one of today, of their level and province, has the short form too."""
    today = {(d.adcode[:2], d.level) for d in bearers if not d.abolished}
    return tuple(d for d in bearers if not d.abolished or (d.adcode[:2], d.level) not in today)


def _any(heads: Iterable[str], place: int) -> str:
    """A pattern of the characters at a place of some words; of none it matches nothing."""
    signs = sorted({sign for head in heads for sign in head[place : place + 1]})
    return f"[{re.escape(''.join(signs))}]" if signs else "(?!)"


def _lengths_by_head(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First two characters → lengths of the names that begin with them, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}
