"""What the vocabularies find in an article, in one pass over its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from jiceng import pairs
from jiceng.extract.analysis import Analysis, Bracketed
from jiceng.extract.mechanisms.hits import Hit, Hits, hit_of, in_word, whole_head, whole_name, whole_verb
from jiceng.genre import genre
from jiceng.lexicon import Lexicon
from jiceng.model import Role
from jiceng.rules import RuleFile, load_rules
from jiceng.words import is_word, verbs_of_two

SCHEMES = ("mechanism_heads", "mechanism_verbs", "mechanism_words", "mechanism_foils", "mechanisms")
KNOWN = ("mechanisms", "mechanism_kin")  # well-known names, and names of their kind
LONGEST = 44
"""Characters of a name."""
LONGEST_SENTENCE = 800
"""Characters; text without a full stop is no sentence, and to look through it all for each name is slow."""
REACH = 5000  # characters within which a name counts as repeated
_NAMED = 4  # characters before a quotation that may say that it is a name
_JOINTS = frozenset("、和与及暨或")
_SHORT = 5  # characters of a head
_MARKS = re.compile(r"[\s“”\"'‘’「」『』]")
_SIGNS = re.compile(r"[\s“”\"'‘’「」『』《》（）()、，,。.：:；;·—－\-–~+＋/]")


@lru_cache(maxsize=1 << 12)
def plain(name: str) -> str:
    """A name without punctuation: how two spellings of a name are compared."""
    return _SIGNS.sub("", name)


def unquoted(name: str) -> str:
    """A name without its quotation marks and spaces."""
    return _MARKS.sub("", name)


class Finder:
    """Finds all words of several vocabularies at once; time linear in the text.

    A word is looked up by its first two characters, then by every length that words with these have: a text
    has few such places.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._words: dict[str, tuple[tuple[str, str], ...]] = {}  # word → its vocabularies and notations
        for name in (*SCHEMES, "mechanism_kin"):
            scheme = "mechanisms" if name in KNOWN else name
            for concept in lexicon.scheme(name).concepts:
                for label in concept.labels:
                    uses = self._words.get(label, ())
                    self._words[label] = tuple(sorted({*uses, (scheme, concept.notation)}))
        self._lookup = pairs.Lookup(self._words)

    def find(self, text: str) -> dict[str, list[Hit]]:
        """All occurrences by vocabulary, sorted by start, at each start the longest first."""
        found: dict[str, list[Hit]] = {scheme: [] for scheme in SCHEMES}
        for at, word in self._lookup.found(text):
            end = at + len(word)
            for scheme, group in self._words[word]:
                found[scheme].append(hit_of((at, end, group)))
        return found


@dataclass(frozen=True)
class Words:
    """Vocabularies and patterns, compiled once."""

    finder: Finder
    rules: RuleFile
    known: frozenset[str]  # plain labels of well-known mechanisms
    types: dict[str, str]  # plain label of a well-known mechanism → its type
    generic: tuple[str, ...]
    emphasis: frozenset[str]
    genre: tuple[str, ...]  # words of governance that mechanisms are told among
    lexicon: Lexicon  # what they were compiled from
    lists: Mapping[str, tuple[str, ...]]  # every word list of the rules by its name

    @cached_property
    def _any_generic(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.generic)) or "(?!)")

    @cached_property
    def articles(self) -> re.Pattern[str]:
        """All that may be said before a thing that has no name yet."""
        words = sorted(self.lists["article"], key=len, reverse=True)
        on = "".join(self.lists["article_goes_on"])
        return re.compile(f"(?:{'|'.join(map(re.escape, words))})(?![{on}])")

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        return {rule.name.removeprefix("mechanisms."): rule.pattern for rule in self.rules.rules}

    def rule(self, name: str) -> re.Pattern[str]:
        """The pattern of the rule `mechanisms.<name>`."""
        return self._patterns.get(name) or self.rules[f"mechanisms.{name}"].pattern

    def without_generic(self, text: str) -> str:
        """A stretch without general words, one after the other; in most there are none."""
        if not self._any_generic.search(text):
            return text
        for word in self.generic:
            text = text.replace(word, "")
        return text

    @classmethod
    def of(cls, lexicon: Lexicon) -> Words:
        """Compile them."""
        known = [concept for name in KNOWN for concept in lexicon.scheme(name).concepts]
        types = {plain(label): c.notation.partition(".")[0] for c in known for label in c.labels}
        foils = lexicon.scheme("mechanism_foils")
        rules = load_rules("mechanisms", lexicon)
        return cls(
            Finder(lexicon),
            rules,
            frozenset(types),
            types,
            foils.words("generic"),
            frozenset(foils.words("emphasis")),
            tuple(rules.tables["genre"]["words"]),
            lexicon,
            rules.lists(),
        )


def _verb_pairs(text: str) -> list[int]:
    return pairs.beginning(text, verbs_of_two())


def _outermost(brackets: Iterable[Bracketed]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for bracket in brackets:
        if not found or bracket.start >= found[-1][1]:
            found.append((bracket.start, bracket.end))
    return tuple(found)


def _speech(text: str, quote: Bracketed) -> bool:
    """Whether a quotation is what somebody says, and no name or word: “我们推行积分制。”"""
    inner = text[quote.start + 1 : quote.end - 1]
    return len(inner) > LONGEST or inner.endswith("，") or any(mark in inner for mark in "。？；")


def _quotations(text: str, bracketed: Iterable[Bracketed]) -> tuple[Bracketed, ...]:
    """Quotations that may be names: not what is said, but what is quoted in it."""
    found: list[Bracketed] = []
    end = 0  # of the outermost quotation that is no speech
    for quote in bracketed:
        if quote.mark not in "“「『‘" or _speech(text, quote):
            continue
        if quote.mark != "‘" or quote.start >= end:
            found.append(quote)
        end = max(end, quote.end)
    return tuple(found)


def _within(stretches: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect_left(stretches, (offset, 0)) - 1
    return at >= 0 and stretches[at][0] < offset < stretches[at][1]


@dataclass(frozen=True)
class Page:
    """An article with everything that candidates and features look at."""

    analysis: Analysis
    words: Words
    heads: Hits
    verbs: Hits
    typed: Hits
    foils: Hits
    known: Hits
    stops: list[int]
    links: Hits
    verb_pairs: list[int]  # where two characters are a verb of the dictionary
    quotes: tuple[Bracketed, ...]
    outer: tuple[tuple[int, int], ...]  # stretches in quotation marks that are in no others
    titles: tuple[tuple[int, int], ...]  # stretches in 《》 that are in no others
    text: str  # the article's body
    of_the_genre: bool  # whether the text speaks of governance
    _genre_words: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, analysis: Analysis, words: Words) -> Page:
        """Look everything up."""
        text = analysis.text
        hits = words.finder.find(text)
        rules, organised = words.rules, words.lists["organised"]
        quotes = _quotations(text, analysis.bracketed)
        return cls(
            analysis,
            words,
            heads=Hits([h for h in hits["mechanism_heads"] if whole_head(text, h)]),
            verbs=Hits([h for h in hits["mechanism_verbs"] if whole_verb(text, h, organised)]),
            typed=Hits(hits["mechanism_words"]),
            foils=Hits(hits["mechanism_foils"]),
            known=Hits([h for h in hits["mechanisms"] if whole_name(text, h)]),
            stops=[m.start() for m in rules["mechanisms.stop"].pattern.finditer(text)],
            links=Hits(
                [hit_of((*m.span(), "link")) for m in rules["mechanisms.link"].pattern.finditer(text)]
            ),
            verb_pairs=_verb_pairs(text),
            quotes=quotes,
            outer=_outermost(quotes),
            titles=_outermost(b for b in analysis.bracketed if b.mark == "《"),
            text=text,
            of_the_genre=genre(text, words.lexicon).names,
        )

    @cached_property
    def themes(self) -> tuple[tuple[str, float], ...]:
        """Types and their shares of the words in the text that speak for one, by name."""
        counts = Counter(hit.group.partition(".")[0] for hit in self.typed.longest(0, len(self.text)))
        return tuple((kind, count / counts.total()) for kind, count in sorted(counts.items()))

    @cached_property
    def _genre_said(self) -> tuple[tuple[str, int], ...]:
        """The words of the genre that the text has, far fewer than there are, with how often it has them."""
        return tuple(pairs.counted(self.text, self.words.genre))

    @cached_property
    def density(self) -> str:
        """How many words of the genre it has in a thousand characters: few, some, many, most."""
        share = 1000 * sum(count for _, count in self._genre_said) / (len(self.text) + 1)
        limits = ((8, "few"), (20, "some"), (35, "many"))
        return next((name for limit, name in limits if share < limit), "most")

    def genre_words(self, start: int, end: int) -> int:
        """How many different words of the genre a stretch has; of a very long one, its beginning."""
        known = self._genre_words.get((start, end))
        if known is None:
            part = self.text[start : min(end, start + LONGEST_SENTENCE)]
            known = sum([word in part for word, _ in self._genre_said])
            self._genre_words[start, end] = known
        return known

    def floor(self, offset: int) -> int:
        """Start of the stretch without a stop that ends at `offset`."""
        at = bisect_left(self.stops, offset) - 1
        return self.stops[at] + 1 if at >= 0 else 0

    def ceiling(self, offset: int) -> int:
        """End of the stretch without a stop that begins at `offset`."""
        at = bisect_left(self.stops, offset)
        return self.stops[at] if at < len(self.stops) else len(self.text)

    def verb_pairs_within(self, start: int, end: int) -> list[int]:
        """Where verbs of two characters begin in `start:end`."""
        low = bisect_left(self.verb_pairs, start)
        return self.verb_pairs[low : bisect_left(self.verb_pairs, end, low)]

    def is_verb(self, start: int, end: int) -> bool:
        """Whether a stretch is a verb."""
        return (found := self.verbs.at(start)) is not None and found.end == end

    def links_within(self, start: int, end: int) -> list[Hit]:
        """Function words in a stretch."""
        return self.links.starting(start, end)

    @cached_property
    def articles(self) -> list[int]:
        """Where what is said before a thing without a name of its own ends (一支, 一系列), sorted."""
        return [found.end() for found in self.words.articles.finditer(self.text)]

    @cached_property
    def divisions(self) -> list[int]:
        """Where names of cities, counties and towns end (走进西河市｜综治中心, but no 城市), sorted."""
        text, signs = self.text, self.words.rule("division").finditer(self.text)
        return [sign.end() for sign in signs if not is_word(text[sign.end() - 2 : sign.end()])]

    @cached_property
    def told(self) -> Hits:
        """What a clause says before a name, by its rule: counts, verbs that put somebody somewhere, and verbs
        of one character that are no part of a word (社区办｜百家宴)."""
        text = self.text
        found = [
            hit_of((*sign.span(), rule))
            for rule in ("single", "counting", "puts")
            for sign in self.words.rule(rule).finditer(text)
        ]
        return Hits(sorted(h for h in found if h.group != "single" or not in_word(text, h)))

    @cached_property
    def rounds(self) -> tuple[tuple[int, int], ...]:
        """Lists of what is done how often, which name one thing together: 日巡查、周汇总、月研判."""
        found = []
        for listed in self.words.rule("rounds").finditer(self.text):
            *items, last = listed[0].split("、")
            longer = max(len(last) - max(map(len, items)), 0)  # 月研判｜制度
            found.append((listed.start(), listed.end() - longer))
        return tuple(found)

    def in_round(self, offset: int) -> bool:
        """Whether a place is inside such a list: no name ends or begins there."""
        return _within(self.rounds, offset)

    @cached_property
    def joined(self) -> Hits:
        """Short heads and well-known names that something joins to what follows: 甲机制｜和乙…."""
        text = self.text
        found = sorted({*self.heads.all, *self.known.all})
        return Hits(
            [h for h in found if 1 < h.end - h.start <= _SHORT and text[h.end : h.end + 1] in _JOINTS]
        )

    def in_title(self, offset: int) -> bool:
        """Whether a place stands in 《》."""
        return _within(self.titles, offset)

    def quoted(self, offset: int) -> bool:
        """Whether a place stands in quotation marks (their own places don't count)."""
        return _within(self.outer, offset)

    def named(self, start: int, end: int) -> bool:
        """Whether a quotation is told to be the name of what follows: 一支名为“甲”的队伍."""
        told = self.words.rule("named").search(self.text, max(start - _NAMED, 0), start)
        return told is not None and self.text.startswith("的", end)

    def times(self, name: str, offset: int) -> int:
        """How often the text says a name, not further than some pages away."""
        return self.text.count(name, max(offset - REACH, 0), offset + REACH)

    def heading(self, offset: int) -> bool:
        """Whether a place stands in a heading."""
        return self.analysis.paragraph_at(offset).role is Role.HEADING

    def readable(self, offset: int) -> bool:
        """Whether a place stands in text that is read for mechanisms."""
        return self.analysis.paragraph_at(offset).role in (Role.BODY, Role.HEADING)
