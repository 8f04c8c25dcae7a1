"""Whether an article reports on grassroots governance, and the words that say so.

Only such an article has mechanisms, and chains of any levels; one that clearly reports on something else (a
county's hospitals, a firm's branches of the party) has chains of the grassroots' own levels alone. Numbers
of a hospital, a school or a factory are measurements as well, but none of them may stand among the
indicators of governance. The words are data (`ontology/rules/genre.toml`); an article is one of governance if
it names enough different things of the grassroots, and names them more often than those of any other genre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jiceng import pairs
from jiceng.lexicon import Lexicon
from jiceng.rules import load_rules
from jiceng.values import Same


@dataclass(frozen=True, slots=True)
class Genre:
    """What an article is about: `found` and `against` are words with how often the article has them.

    `governance` says whether its figures may be indicators, `names` whether mechanisms may be named in it:
    for that one word is enough in a short text, and many different ones are whatever else it speaks of
    (villages that work with companies), since a name has to say more itself. `against` are those of the other
    genre that it has most of, whose name is `other` (empty if it has none); `elsewhere` says whether, without
    names, it has so many of them that it is clearly of that genre.
    """

    governance: bool
    names: bool
    found: tuple[tuple[str, int], ...]
    other: str
    against: tuple[tuple[str, int], ...]
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class GenreWords:
    """The words of the genres, and how many of them make an article one of governance."""

    grassroots: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]]
    kinds: int
    least: int
    sure: int
    room: int
    clear: int

    def read(self, text: str) -> Genre:
        """The genre of a text; linear in its length."""
        found = _counted(text, self.grassroots)
        others = [(name, _counted(text, words)) for name, words in self.others.items()]
        other, against = max(others, key=lambda o: (sum(n for _, n in o[1]), len(o[1])), default=("", ()))
        needed = max(1, min(self.kinds, len(text) // self.room))
        enough = len(found) >= needed
        heavier = sum(n for _, n in found) > sum(n for _, n in against)
        governance = enough and heavier and len(found) >= self.least
        names = enough and (heavier or len(found) >= self.sure)
        elsewhere = not names and len(against) >= self.clear
        return Genre(governance, names, found, other if against else "", against, elsewhere)


def _counted(text: str, words: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple(pairs.counted(text, words))


def genre_words(lexicon: Lexicon, directory: Path | None = None) -> GenreWords:
    """Read `rules/genre.toml`; raises OntologyError if it is missing or broken."""
    tables = load_rules("genre", lexicon, directory).tables
    words, limits = tables["words"], tables["thresholds"]
    others = {name: tuple(dict.fromkeys(text.split())) for name, text in words["others"].items()}
    return GenreWords(
        tuple(dict.fromkeys(words["grassroots"].split())),
        others,
        int(limits["kinds"]),
        int(limits["least"]),
        int(limits["sure"]),
        int(limits["room"]),
        int(limits["clear"]),
    )


@lru_cache(maxsize=4)
def _of(held: Same[Lexicon]) -> GenreWords:
    return genre_words(held.value)


@lru_cache(maxsize=4)
def _read(text: str, held: Same[Lexicon]) -> Genre:
    return _of(held).read(text)


def genre(text: str, lexicon: Lexicon) -> Genre:
    """The genre of an article's text, by the words of `rules/genre.toml`.

    The file is read once, and so is a text about which several stages ask one after the other.
    """
    return _read(text, Same(lexicon))
