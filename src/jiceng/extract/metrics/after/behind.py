"""The phrase behind a number while it is read: where it begins and ends, and what stands beside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from jiceng.extract.metrics import steps
from jiceng.extract.metrics.after.tails import to_predicate
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, governor, make
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.numerals import Quantity

Answer: TypeAlias = steps.Answer[Noun]


@dataclass(slots=True)
class Behind:
    """The tokens of a phrase behind the number at token `place`, which counts people or something else.

    Those who read it may shorten it.
    """

    sentence: Sentence
    place: int
    quantity: Quantity | None
    people: bool
    first: int
    """Its first token."""
    at: int
    """The token behind it; while it isn't read yet, the one to go on with."""
    phrase: list[Token] = field(default_factory=list)

    @property
    def grammar(self) -> Grammar:
        """The word classes of its sentence."""
        return self.sentence.grammar

    @property
    def unit(self) -> str | None:
        """The number's."""
        return self.quantity.unit if self.quantity is not None else None

    @property
    def kind(self) -> str:
        """Of the number's unit."""
        return self.grammar.kind(self.unit) if self.quantity is not None else "none"

    @property
    def verb(self) -> Token | None:
        """The verb that governs the number."""
        return governor(self.sentence, self.place)

    def follows(self, size: int = 0) -> str:
        """The kind of a token from `at` on."""
        return self.sentence.kind(self.at + size)

    def word(self, size: int = 0) -> str:
        """The word of a token from `at` on; empty behind the last."""
        tokens = self.sentence.tokens
        return self.sentence.word(tokens[self.at + size]) if self.at + size < len(tokens) else ""


def run_from(sentence: Sentence, at: int) -> list[Token]:
    """The words from `at` on that a noun may be made of."""
    last = sentence.on(at, "XW")
    return list(sentence.tokens[at:last])


def noun_behind(behind: Behind, of: int) -> Noun | None:
    """The noun behind the 的 at `of`, if there are both."""
    run = run_from(behind.sentence, of + 1) if behind.sentence.kind(of) == "F" else []
    light = (i for i, t in enumerate(run) if i and behind.sentence.word(t) in behind.grammar.lists["light"])
    run = run[: next(light, len(run))]  # 符合条件的家庭|实施改造
    return make(behind.sentence, to_predicate(behind.sentence, run), behind.verb) if run else None


def later(phrase: list[Token], size: int) -> list[Token]:
    """A phrase without the first characters of its first token."""
    cut = replace(phrase[0], start=phrase[0].start + size)
    return [t for t in (cut, *phrase[1:]) if t.end > t.start]


def is_great(sentence: Sentence, place: int) -> bool:
    """Whether 大 stands for the classifier: 四大|驿站."""
    quantity = sentence.tokens[place].quantity
    return quantity is not None and quantity.unit is None and sentence.text.startswith("大", quantity.end)
