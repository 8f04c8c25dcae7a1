"""How well one fragment continues another: the evidence at the seam between them.

The evidence is a sum of weighted signs. Its weights are those of a logistic regression that told true
continuations of clean reports from random ones, so that a score near 0 says nothing, a positive one
speaks for and a negative one against the seam (in nats, roughly).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from jiceng import words
from jiceng.divisions.names import needs_sign
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.repair import ngrams
from jiceng.repair.lists import lists
from jiceng.repair.quotes import directed, quotes
from jiceng.repair.roles import reading_rules

# No line of a column begins with these; the setter pushes them to the line before.
NO_START = "，。；：、！？）》”’」』】％%"
# Words that lean on what stands before them, so that they seldom open a sentence.
ENDS = {
    "，": "comma",
    "、": "comma",
    "；": "comma",
    "：": "colon",
    "”": "quote",
    "）": "quote",
    "》": "quote",
    "“": "bracket",
    "（": "bracket",
    "《": "bracket",
}
UNITS = "个名人件家户支场次条项处年月日%万亿余多平元岁天位份组"
LEANING = "的地得了着过们于与及和或而者性化等之"
CLOSED = re.compile(r"[。！？…][”’）\"]*$")
CJK = re.compile(r"[\u3400-\u9fff]")
MARKS = "，、。；：”）！？"
LONGEST_NAME = 8  # characters of a division's name that a seam may part
LONGEST_PATH = 20  # and of such a name behind that of a larger division
COMMON = 7.0  # minus the log frequency of characters that often are words of their own
WINDOW = 4  # characters on each side that the dictionary looks at


class Evidence:
    """The statistics of one page, and the score of a seam by them and by the dictionary."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()
        for text in texts:
            plain = normal(text)
            self.characters.update(plain)
            for size in (2, 3, 4):
                self.counts.update(plain[i : i + size] for i in range(len(plain) - size + 1))
        self.total = max(1, sum(self.characters.values()))

    def signs(
        self,
        left: str,
        right: str,
        left_over: float = 0.0,
        right_over: float = 0.0,
        more: tuple[str, str] | None = None,
    ) -> dict[str, float]:
        """What speaks for and against `right` continuing `left` (both as `normal` gives them).

        `left_over`, `right_over`: how much wider than the column each is (negative: narrower), in ems.
        `more`: both with other lines of theirs, where quotes and lists may begin and end.
        """
        found: dict[str, float] = {"always": 1.0}
        end, start = _end(left), _start(right)
        gain = 0.0
        letters = end.letter and start.letter
        if letters:
            gain, word = word_gain(end.window, start.window)
            found["word"] = min(gain, 10.0)
            if len(word) >= 3:
                found["long word"] = 1.0
            self._add_counts(found, end, start, len(left) > 1, len(right) > 1)
            found["letters"] = 1.0
        else:
            _add_end(found, end, left_over, right_over)
        follows = max(-4.0, min(8.0, ngrams.gain(left, right)))
        found["follows, letters" if letters else "follows, closed" if end.closed else "follows"] = follows
        if gain < 1:  # no word heals what looks like half a word
            _add_halves(found, end, start)
        if name_across(left, right):
            found["a division's name"] = 1.0
        elif (rest := _unfinished(left[-LONGEST_PATH:])) and not right.startswith(rest):
            found["a division's name breaks off"] = 1.0
        if start.char == "《" and left.endswith(_issuing()):
            found["a document behind what issues it"] = 1.0
        if start.char and start.char in NO_START:
            found["starts with a mark"] = 1.0
        if start.char and start.char in LEANING:
            found["leaning after a stop" if end.closed else "leaning"] = 1.0
        if end.char.isascii() and end.char.isalnum():
            number = start.char.isascii() and start.char.isalnum()
            found["number, " + ("digit" if number else "unit" if start.char in UNITS else "other")] = 1.0
        indent = min(1.0, max(0.0, -(right_over + 1) / 2))
        if indent and not start.closed:
            found["indent after a stop" if end.closed else "indent"] = indent
        left, right = more or (left, right)
        return found | quotes(left, right) | lists(left, right)

    def _add_counts(
        self, found: dict[str, float], end: _Edge, start: _Edge, before: bool, behind: bool
    ) -> None:
        """How often the document has the characters at the seam beside one another; `before` and `behind` say
        whether each side has two."""
        count, characters = self.counts.get, self.characters  # a Counter looks twice for what it lacks
        expected = characters[end.char] * characters[start.char] / self.total + 0.2
        pair = math.log((count(end.char + start.char, 0) + 0.2) / expected)
        found["pair"] = max(-1.0, min(3.0, pair))
        longer = max(
            count(end.two + start.char, 0) if before else 0, count(end.char + start.two, 0) if behind else 0
        )
        found["triple"] = min(2.0, math.log1p(longer))
        if before and behind:
            found["quadruple"] = min(2.0, math.log1p(count(end.two + start.two, 0)))

    def score(self, left: str, right: str, left_over: float = 0.0, right_over: float = 0.0) -> float:
        """The weighted sum of the signs."""
        return self.weigh(self.signs(left, right, left_over, right_over))

    @staticmethod
    def weigh(signs: dict[str, float]) -> float:
        """The weighted sum of signs."""
        score = 0.0
        for name, value in signs.items():
            score += WEIGHTS.get(name, 0.0) * value
        return score


def _add_end(found: dict[str, float], end: _Edge, left_over: float, right_over: float) -> None:
    """How a fragment ends that does not end in a letter before another one."""
    if end.closed:
        found["closed"] = 1.0
        found["closed, narrow"] = min(1.0, max(0.0, -left_over / 2))
        if left_over <= -2 and right_over >= -1 and right_over != 0.0:
            found["no indent after a paragraph"] = 1.0
    elif end.char in ENDS:
        found["ends with " + ENDS[end.char]] = 1.0


def _add_halves(found: dict[str, float], end: _Edge, start: _Edge) -> None:
    """What looks like half a word on either side."""
    if start.lone:
        found["a lone character behind"] = 1.0
    if end.lone:
        found["a lone character before"] = 1.0
    found["half a word before"] = end.half
    found["half a word behind"] = start.half


def weighted(signs: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """What each sign adds to the score."""
    return tuple((name, WEIGHTS[name] * value) for name, value in signs.items() if value and name in WEIGHTS)


WEIGHTS = {
    "a division's name": 3.0,
    "a division's name breaks off": -4.0,
    "a document behind what issues it": 2.0,
    "a lone character before": -0.19,
    "a lone character behind": -0.78,
    "always": 1.12,
    "closed": -1.29,
    "closed, narrow": -0.65,
    "ends with colon": 0.52,
    "ends with comma": -0.44,
    "ends with quote": -0.4,
    "follows": 0.36,
    "follows, closed": 0.05,
    "follows, letters": 0.35,
    "half a word before": -0.83,
    "half a word behind": -0.6,
    "indent": -5.05,
    "indent after a stop": 4.66,
    "leaning": 0.0,
    "leaning after a stop": -1.05,
    "letters": -0.49,
    "list built alike": 2.0,
    "list may begin": 0.99,
    "list of one length": 2.79,
    "list of other lengths": -1.46,
    "long word": 0.9,
    "no indent after a paragraph": 0.6,
    "number, digit": -2.41,
    "number, other": -2.47,
    "number, unit": 3.38,
    "pair": 0.91,
    "quadruple": 1.13,
    "quote closes": 3.1,
    "quote stays open": -1.69,
    "quote waits": -1.41,
    "quote was not open": -1.47,
    "straight quotes even, even": -0.13,
    "straight quotes even, odd": -0.52,
    "straight quotes odd, even": -0.69,
    "straight quotes odd, odd": 2.15,
    "triple": 0.29,
    "word": 0.26,
}


@lru_cache(maxsize=1 << 13)
def normal(text: str) -> str:
    """A fragment as seams see it: without spaces, marks full width, straight quotes with a direction."""
    plain = "".join(text.split()).translate(ngrams.WIDE)
    return directed(plain) if '"' in plain else plain


class _Edge(NamedTuple):
    """What one side of a seam says by itself."""

    char: str  # the one next to the seam
    two: str
    window: str
    letter: bool
    lone: bool  # only one letter between a mark and the seam
    half: float  # how strange it is that the letter stands alone
    closed: bool  # the whole text ends where a sentence does


@lru_cache(maxsize=1 << 13)
def _end(text: str) -> _Edge:
    char, window = text[-1:], text[-WINDOW:]
    letter = CJK.match(char) is not None
    lone = letter and text[-2:-1] != "" and text[-2:-1] in MARKS
    closed = CLOSED.search(text) is not None
    return _Edge(char, text[-2:], window, letter, lone, half_word(window, True), closed)


@lru_cache(maxsize=1 << 13)
def _start(text: str) -> _Edge:
    char, window = text[:1], text[:WINDOW]
    letter = CJK.match(char) is not None
    lone = letter and text[1:2] != "" and text[1:2] in MARKS
    closed = CLOSED.search(text) is not None
    return _Edge(char, text[:2], window, letter, lone, half_word(window, False), closed)


@cache
def _issuing() -> tuple[str, ...]:
    """What the title of a document follows: 印发|《关于……》."""
    return tuple(reading_rules().tables["words"]["issuing"])


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The official names of divisions that are no parts of two words, and the pairs of characters in them."""
    divisions = load_gazetteer().by_code.values()
    names = frozenset(d.name for d in divisions if len(d.name) > 2 and not needs_sign(d.name))
    return names, frozenset(n[i : i + 2] for n in names for i in range(len(n) - 1))


def name_across(left: str, right: str) -> bool:
    """Whether a division's name begins on the left of a seam and ends on the right: 锦州|市, 凌|河区."""
    names, pairs = _names()
    if left[-1:] + right[:1] not in pairs:
        return False
    for before in range(1, min(LONGEST_NAME, len(left) + 1)):
        for behind in range(1, min(LONGEST_NAME + 1 - before, len(right) + 1)):
            if left[len(left) - before :] + right[:behind] in names:
                return True
    return False


@cache
def _within() -> dict[str, tuple[str, ...]]:
    """The names of the divisions within each, by its name."""
    divisions = load_gazetteer().by_code
    found: dict[str, set[str]] = {}
    for division in divisions.values():
        if parent := divisions.get(division.parent or ""):
            found.setdefault(parent.name, set()).add(division.name)
    return {name: tuple(sorted(names)) for name, names in found.items() if len(name) > 2}


@lru_cache(maxsize=1 << 12)
def _unfinished(left: str) -> tuple[str, ...]:
    """What a division's name lacks that begins at the end of a text, behind that of the one around it:
    市 in 辽宁省锦州.
    """
    for begun in range(2, min(LONGEST_NAME, len(left)) + 1):
        before, start = left[: len(left) - begun], left[len(left) - begun :]
        for length in range(3, min(LONGEST_NAME + 3, len(before)) + 1):
            names = _within().get(before[-length:], ())
            rest = tuple(n[begun:] for n in names if len(n) > begun and n.startswith(start))
            if rest:
                return () if start in names else rest
    return ()


@lru_cache(maxsize=1 << 13)
def half_word(text: str, left: bool) -> float:
    """How strange it is that the last (or first) character of a text stands alone, 0 if a word holds it."""
    edge = text[-1:] if left else text[:1]
    if not CJK.match(edge):
        return 0.0
    for length in range(min(4, len(text)), 1, -1):
        if words.is_word(text[-length:] if left else text[:length]):
            return 0.0
    return max(0.0, min(3.0, -words.log_frequency(edge) - COMMON))


@lru_cache(maxsize=1 << 13)
def _halves(text: str, left: bool) -> tuple[float, ...]:
    """Log probability of a half window's best cut, for each number of characters taken off at the seam."""
    size = len(text)
    if left:
        best = [0.0]
        for end in range(1, size + 1):
            best.append(max(best[k] + _log(text[k:end]) for k in range(max(0, end - 4), end)))
        return tuple(reversed(best))
    best = [0.0] * (size + 1)
    for start in range(size - 1, -1, -1):
        ends = range(start + 1, min(size, start + 4) + 1)
        best[start] = max(best[k] + _log(text[start:k]) for k in ends)
    return tuple(best)


def _log(word: str) -> float:
    """Log probability of a word; prohibitive for a string that is none, low for an unknown character."""
    return words.log_frequency(word) if len(word) == 1 or words.is_word(word) else -1000.0


def word_gain(left: str, right: str) -> tuple[float, str]:
    """How much likelier the best cut becomes if words may span the seam, and the word that does."""
    spanning = [
        (i, j, left[len(left) - i :] + right[:j])
        for i in range(1, min(3, len(left)) + 1)
        for j in range(1, words.longest_word(left[len(left) - i :], right[:3]) + 1)
    ]
    spanning = [found for found in spanning if words.is_word(found[2])]
    if not spanning:
        return 0.0, ""
    a, b = _halves(left, True), _halves(right, False)
    together, word = max((a[i] + words.log_frequency(w) + b[j], w) for i, j, w in spanning)
    gain = together - a[0] - b[0]
    return (gain, word) if gain > 0 else (0.0, "")
