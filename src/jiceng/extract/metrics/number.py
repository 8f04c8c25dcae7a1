"""A number in its sentence, the nouns on its sides, and the reading that the steps tried on them give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from jiceng import values
from jiceng.extract.metrics import steps
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, governor
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity


@values.dataclass(frozen=True, slots=True)
class Reading:
    """A number's noun and the name of the clause pattern that found it."""

    noun: Noun
    rule: str
    action: str | None = None
    unit: str | None = None  # of the number that was read
    comparator: str | None = None  # where not the number's own
    rest: tuple[tuple[int, int], ...] = ()  # items of a list that later numbers of the same list measure


@dataclass(frozen=True)
class Number:
    """The number at token `place`, and what was read before it."""

    sentence: Sentence
    place: int
    quantity: Quantity
    kind: str
    """Of its unit: classifier, people, occurrence, money, share, measure, time or none."""
    previous: Reading | None
    """Of the number before, which is token `last`."""
    last: Token | None
    known: Reading | None
    """The one whose noun goes on where this number has none."""

    @property
    def grammar(self) -> Grammar:
        """The word classes of its sentence."""
        return self.sentence.grammar

    @property
    def word(self) -> str:
        """Its text."""
        return self.sentence.word(self.sentence.tokens[self.place])

    @property
    def names_them(self) -> bool:
        """Whether its unit is itself a word for those who are counted, so that no noun is needed: 420户."""
        return self.quantity.unit in ("户", "人")

    @property
    def follows(self) -> str:
        """The kind of the token behind it."""
        return self.sentence.kind(self.place + 1)

    @cached_property
    def verb(self) -> Token | None:
        """The verb that governs it."""
        return governor(self.sentence, self.place)

    @property
    def near(self) -> Token | None:
        """That verb, where it stands right before the number."""
        verb, last = self.verb, self.sentence.tokens[self.place - 1]
        if verb is None or last.start > verb.end:
            return None
        done = last.start == verb.end and self.sentence.word(last) in ("了", "过")
        return verb if last.end == verb.end or done else None  # 举办了|70余场

    @property
    def deed(self) -> str | None:
        """What that verb says."""
        return self.sentence.word(self.verb) if self.verb is not None else None

    @property
    def goes_on(self) -> Reading | None:
        """The reading whose noun goes on, where it was counted in the same unit."""
        return self.known if self.known is not None and self.known.unit == self.quantity.unit else None


Answer: TypeAlias = steps.Answer[Reading]
Step = Callable[[Number], Answer]


def found(noun: Noun | None, rule: str) -> Answer:
    """A noun as a reading, where there is one."""
    return None if noun is None else Reading(noun, rule)


@dataclass(frozen=True)
class Sides:
    """A number and the nouns on both of its sides."""

    number: Number
    before: Noun | None
    behind: Noun | None

    @property
    def only(self) -> Noun | None:
        """The noun before, where there is none behind."""
        return self.before if self.behind is None else None
