"""What all clause patterns share: a sentence's tokens, and the nouns that are made of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.values import dataclass

AND = ("与", "同", "跟")
PHRASE = frozenset("XWFELC")  # kinds of tokens that a counted phrase may hold


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted phrase at `start:end`; `text` differs where a head takes words from before the number.

    `verb` is the token of the verb that governs it; `fixed` says that the phrase measures by its nature
    (面积, 满意率) or stands before a verb like 达.
    """

    start: int
    end: int
    text: str
    verb: Token | None = None
    fixed: bool = False
    items: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's tokens with the text that they stand in."""

    text: str
    tokens: Sequence[Token]
    grammar: Grammar
    planned: bool = False  # what is told here has yet to be done

    def word(self, token: Token) -> str:
        """The token's text."""
        return self.text[token.start : token.end]

    def kind(self, place: int) -> str:
        """The kind of the token at an index, `B` outside the sentence."""
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else "B"

    def index(self, token: Token) -> int:
        """The index of the token that begins where `token` does, or else of the next one."""
        return bisect_left(self.tokens, token.start, key=lambda t: t.start)

    def back(self, at: int, kinds: str | frozenset[str]) -> int:
        """The index before the run of tokens of some kinds that ends at `at`; `at` where there is none."""
        while self.kind(at) in kinds:
            at -= 1
        return at

    def on(self, at: int, kinds: str | frozenset[str]) -> int:
        """The index behind the run of tokens of some kinds that begins at `at`; `at` where there is none."""
        while self.kind(at) in kinds:
            at += 1
        return at

    def clause(self, place: int, stops: str = "BQ") -> int:
        """The index of the first token behind the mark or number before `place`: where its clause begins."""
        while self.kind(place - 1) not in stops:
            place -= 1
        return place

    def clause_end(self, at: int, stops: str = "BQ") -> int:
        """The index of the first mark or number from `at` on."""
        while self.kind(at) not in stops:
            at += 1
        return at


def make(
    sentence: Sentence, tokens: Sequence[Token], verb: Token | None = None, fixed: bool = False
) -> Noun | None:
    """A noun of these tokens, without particles at its edges; None if nothing remains."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].kind in "LCFE":
        first += 1
    while last > first and tokens[last - 1].kind in "LCFE":
        last -= 1
    if first == last:
        return None
    start, end = tokens[first].start, tokens[last - 1].end
    items, at = [], start
    for token in tokens[first:last]:
        if token.kind in "LC":
            items.append((at, token.start))
            at = token.end
    items.append((at, end))
    return Noun(start, end, sentence.text[start:end], verb, fixed, tuple(items))


def until(noun: Noun, size: int) -> Noun:
    """The first characters of a noun."""
    return replace(noun, end=noun.start + size, text=noun.text[:size], items=())


def nouns_before(sentence: Sentence, at: int, passed: str) -> tuple[int, Sequence[Token]]:
    """The run of nouns that ends at `at` or before tokens of the kinds `passed`; and the place before it."""
    at = sentence.back(at, passed)
    last = at
    at = sentence.back(at, "XW")
    return at, sentence.tokens[at + 1 : last + 1]


def head(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Leave out descriptions with 的 and examples before 等, unless the rest alone says nothing."""
    for index in range(len(phrase) - 2, -1, -1):
        if phrase[index].kind in "FE":
            rest = phrase[index + 1 :]
            said = sentence.text[rest[0].start : rest[-1].end]
            bare = said in sentence.grammar.lists["bare_head" if phrase[index].kind == "F" else "list_head"]
            kinds = said.startswith("类") and phrase[index].kind == "E"  # 修路、清沟等|类工单
            if said not in sentence.grammar.empty_heads and not bare and not kinds:
                return rest
            break
    return phrase


def timed(sentence: Sentence, at: int) -> bool:
    """Whether the rate at token `at` is one of time (每周), not of holders (每个)."""
    start = sentence.tokens[at].start
    return bool(sentence.grammar.rules["metrics.per-time"].pattern.match(sentence.text, start))


def governor(sentence: Sentence, place: int) -> Token | None:
    """The verb that governs the number at `place` from the left, within its clause."""
    parted = False
    for at in range(place - 1, max(0, place - 12) - 1, -1):
        token = sentence.tokens[at]
        if token.kind in "B":
            return None
        parted = parted or token.kind in "LC" or sentence.word(token) in AND
        if token.kind == "V":
            return token
        acts = token.kind == "W" and sentence.word(token) in sentence.grammar.verbs
        if acts and not (parted and _counted_behind(sentence, at)):
            return token
    return None


def _counted_behind(sentence: Sentence, at: int) -> bool:
    """Whether a verbal noun is part of what a number before it counts: 1个党群|服务|中心、6个…."""
    last = at
    at = sentence.back(at - 1, "XW") + 1
    compound = sentence.kind(last + 1) == "X" or sentence.kind(last + 1) in "PC"
    return compound and sentence.kind(at - 1) == "Q"


def sums_names(sentence: Sentence, place: int) -> bool:
    """Whether as many names stand before the number at token `place` as it says: 柳湾、荷塘|2个片区."""
    names, at, quantity = 1, place - 1, sentence.tokens[place].quantity
    while sentence.kind(at) == "X" and sentence.kind(at - 1) == "L":
        names, at = names + 1, at - 2
    return names > 1 and quantity is not None and quantity.value == names


def with_others(sentence: Sentence, place: int) -> bool:
    """Whether the number at token `place` tells with whom something is done: 与8家企业、|3个协会结对."""
    at = place - 1
    while sentence.kind(at) in "LC" and sentence.kind(at - 1) in "XW":
        at -= 2
        at = sentence.back(at, "XW")
        if sentence.kind(at) != "Q":
            return False
        at -= 1
    return at >= 0 and sentence.word(sentence.tokens[at]) in AND
