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
from jiceng.extract.mechanisms.hits import Hit, Hits
from jiceng.lexicon import Lexicon
from jiceng.model import Role
from jiceng.rules import RuleFile, load_rules
from jiceng.words import is_word, words_of_class

SCHEMES = ("mechanism_heads", "mechanism_verbs", "mechanism_words", "mechanism_foils", "mechanisms")
KNOWN = ("mechanisms", "mechanism_kin")  # well-known names, and names of their kind
LONGEST = 44
"""Characters of a name."""
LONGEST_SENTENCE = 800
"""Characters; text without a full stop is no sentence, and to look through it all for each name is slow."""
REACH = 5000  # characters within which a name counts as repeated
_JOINTS = frozenset("、和与及暨或")
_SHORT = 5  # characters of a head
_VERBAL = tuple("分帮报录约间课营")  # heads of one character that are verbs or measures, too
_CLOSE = tuple("等和与及的里上中内在由让是有")  # what may follow them where they are none
_PLACED = "上里内前后"  # behind what is held or where: 恳谈会上, 议事厅内
_PEOPLE = tuple("员师者")  # behind who works with a thing: 网格员, 工程师
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
            for scheme, group in self._words[word]:
                found[scheme].append(Hit(at, at + len(word), group))
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
    grassroots: tuple[str, ...]  # words of reports on governance, and of each other genre
    others: tuple[tuple[str, ...], ...]
    lists: Mapping[str, tuple[str, ...]]  # every word list of the rules by its name

    @cached_property
    def _any_generic(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.generic)) or "(?!)")

    @cached_property
    def articles(self) -> re.Pattern[str]:
        """All that may be said before a thing that has no name yet."""
        words = sorted(self.lists["article"], key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)))

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
        genres = load_rules("genre", lexicon).tables["words"]
        return cls(
            Finder(lexicon),
            rules,
            frozenset(types),
            types,
            foils.words("generic"),
            frozenset(foils.words("emphasis")),
            tuple(rules.tables["genre"]["words"]),
            tuple(genres["grassroots"].split()),
            tuple(tuple(words.split()) for words in genres["others"].values()),
            rules.lists(),
        )


def _whole_head(text: str, hit: Hit) -> bool:
    """Whether a head's last character begins no other word (社 in 社区, 服务队 in 服务队伍); nor, where it is
    the only one, ends one (会 in 社会); nor is it what things are counted by."""
    if not _ends(text, hit) or (hit.end == hit.start + 1 and _acts(text, hit)):
        return False
    if hit.end - hit.start == 1 and hit.group == "place" and text[hit.start - 1 : hit.start].isdigit():
        return False  # 建成书屋12间: how many, not what
    return hit.end - hit.start > 1 or not is_word(text[hit.start - 1 : hit.end])


def _ends(text: str, hit: Hit) -> bool:
    """Whether a name or its head ends where it was found: not within a word (积分制 in 积分制度, but
    恳谈会｜上, 议事会｜商讨), nor before the 化 of an adjective (网格化, but 平台化解) or those who work with
    it (网格员)."""
    behind = text[hit.end : hit.end + 2]
    if behind[:1] in _PEOPLE and not is_word(behind):
        return False
    if behind[:1] == "化":
        return is_word(behind)
    if (
        not behind
        or behind[0] == "里"
        or (hit.end - hit.start > 2 and (behind[0] in _PLACED or is_word(behind)))
    ):
        return True  # 议事会｜商讨
    return not is_word(text[hit.end - 1 : hit.end + 1])


def _acts(text: str, hit: Hit) -> bool:
    """Whether a head that may be a verb has an object: 巡逻队｜分三班, but 巡村分。"""
    behind = text[hit.end : hit.end + 1]
    return text[hit.start] in _VERBAL and "\u4e00" <= behind <= "\u9fff" and behind not in _CLOSE


def _whole_verb(text: str, hit: Hit) -> bool:
    """Whether a verb is no part of a longer dictionary word: 组织 in 党组织, 建设 in 建设者."""
    reach = 2 if text[hit.start : hit.end] == "组织" else 1  # 社会组织 is a noun, 组织建设 may be two words
    if hit.end == hit.start + 1 and is_word(text[hit.start : hit.end + 1]):
        return False  # 说｜和 is 说和, 设｜计 is 设计
    before = (text[at : hit.end] for at in range(max(hit.start - reach, 0), hit.start))
    return text[hit.end : hit.end + 1] not in ("者", "员") and not any(is_word(word) for word in before)


def _in_word(text: str, hit: Hit) -> bool:
    """Whether a character begins or ends a word of two."""
    return is_word(text[hit.start : hit.end + 1]) or is_word(text[max(hit.start - 1, 0) : hit.end])


def _verb_pairs(text: str) -> list[int]:
    return pairs.beginning(text, words_of_class("v"))


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


def of_the_genre(text: str, words: Words) -> bool:
    """Whether a text speaks of governance: of several of its things, and not far more of another's."""
    genre = words.rules.tables["genre"]
    least = min(int(genre["least"]), 1 + len(text) // int(genre["room"]))
    several = _said(text, words.genre)[0] >= least
    kinds, times = _said(text, words.grassroots)
    if several and kinds >= int(genre["sure"]):
        return True
    against = max(_said(text, other)[1] for other in words.others)
    if kinds < int(genre["sure"]) and against > float(genre["share"]) * times:
        return False
    return several or (kinds > 1 and times >= against)


def _said(text: str, words: tuple[str, ...]) -> tuple[int, int]:
    """How many of some words the text has, and how often it has them."""
    counts = [count for _, count in pairs.counted(text, words)]
    return len(counts), sum(counts)


def _density(text: str, words: Words) -> str:
    share = 1000 * _said(text, words.genre)[1] / (len(text) + 1)
    return next((name for limit, name in ((8, "few"), (20, "some"), (35, "many")) if share < limit), "most")


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
    density: str  # how many words of the genre it has in a thousand characters: few, some, many, most
    _genre_words: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, analysis: Analysis, words: Words, in_genre: bool | None = None) -> Page:
        """Look everything up; `in_genre` if that is known already."""
        text = analysis.text
        hits = {scheme: Hits(found) for scheme, found in words.finder.find(text).items()}
        rules = words.rules
        quotes = _quotations(text, analysis.bracketed)
        return cls(
            analysis,
            words,
            heads=Hits([h for h in hits["mechanism_heads"].all if _whole_head(text, h)]),
            verbs=Hits([h for h in hits["mechanism_verbs"].all if _whole_verb(text, h)]),
            typed=hits["mechanism_words"],
            foils=hits["mechanism_foils"],
            known=Hits([h for h in hits["mechanisms"].all if _ends(text, h)]),
            stops=[m.start() for m in rules["mechanisms.stop"].pattern.finditer(text)],
            links=Hits([Hit(*m.span(), "link") for m in rules["mechanisms.link"].pattern.finditer(text)]),
            verb_pairs=_verb_pairs(text),
            quotes=quotes,
            outer=_outermost(quotes),
            titles=_outermost(b for b in analysis.bracketed if b.mark == "《"),
            text=text,
            of_the_genre=of_the_genre(text, words) if in_genre is None else in_genre,
            density=_density(text, words),
        )

    @cached_property
    def themes(self) -> tuple[tuple[str, float], ...]:
        """Types and their shares of the words in the text that speak for one, by name."""
        counts = Counter(hit.group.partition(".")[0] for hit in self.typed.longest(0, len(self.text)))
        return tuple((kind, count / counts.total()) for kind, count in sorted(counts.items()))

    @cached_property
    def _genre_said(self) -> tuple[str, ...]:
        """The words of the genre that the text has: far fewer than there are."""
        return tuple(word for word, _ in pairs.counted(self.text, self.words.genre))

    def genre_words(self, start: int, end: int) -> int:
        """How many different words of the genre a stretch has; of a very long one, its beginning."""
        known = self._genre_words.get((start, end))
        if known is None:
            part = self.text[start : min(end, start + LONGEST_SENTENCE)]
            known = sum([word in part for word in self._genre_said])
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
            Hit(*sign.span(), rule)
            for rule in ("single", "counting", "puts")
            for sign in self.words.rule(rule).finditer(text)
        ]
        return Hits(sorted(h for h in found if h.group != "single" or not _in_word(text, h)))

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

    def times(self, name: str, offset: int) -> int:
        """How often the text says a name, not further than some pages away."""
        return self.text.count(name, max(offset - REACH, 0), offset + REACH)

    def heading(self, offset: int) -> bool:
        """Whether a place stands in a heading."""
        return self.analysis.paragraph_at(offset).role is Role.HEADING

    def readable(self, offset: int) -> bool:
        """Whether a place stands in text that is read for mechanisms."""
        return self.analysis.paragraph_at(offset).role in (Role.BODY, Role.HEADING)


def edge(page: Page, start: int, end: int) -> list[str]:
    """Whether a stretch begins inside a word, or with a verb (选派 + 党建指导员)."""
    text = page.text
    found = ["splits"] if start and is_word(text[start - 1 : start + 1]) else []
    if any(h.end <= min(start + 5, end) for h in page.typed.starting(start, start + 1)):
        return [*found, "begins.typed"]
    verbs = words_of_class("v")
    for length in (4, 3, 2):
        if text[start : start + length] in verbs:
            return [*found, f"begins.verb.{length}"]
    return found
