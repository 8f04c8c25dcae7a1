"""What examples before 等 are of, behind a number of people: 快递员等|新就业形态劳动者."""

from __future__ import annotations

from collections.abc import Sequence

from jiceng.extract.metrics.after.behind import Answer, Behind
from jiceng.extract.metrics.after.tails import to_predicate
from jiceng.extract.metrics.sentence.phrase import Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token


def examples(behind: Behind) -> Answer:
    """What examples are of: 快递员等|新就业形态劳动者."""
    summed_up = behind.people and behind.follows() == "E" and behind.follows(1) == "X"
    if not summed_up or any(t.kind not in "XWLC" for t in behind.phrase):
        return None
    named = _after_examples(behind.sentence, behind.at + 1)
    ends = (*behind.grammar.person_ends, *behind.grammar.lists["population"])
    if named is None or (_word_ends(behind, behind.phrase[:1], ends) and not _word_ends(behind, named, ends)):
        if named is not None:  # 7户|文明家庭、两个模范班组等典型
            size = next((i for i, t in enumerate(behind.phrase) if t.kind in "LC"), 1)
            behind.phrase = behind.phrase[:size]
        return None
    return make(behind.sentence, named, behind.verb) or False


def _word_ends(behind: Behind, phrase: Sequence[Token], ends: tuple[str, ...]) -> bool:
    return bool(phrase) and behind.sentence.word(phrase[-1]).endswith(ends)


def _after_examples(sentence: Sentence, at: int) -> list[Token] | None:
    """What examples before 等 are of, without what is said of it; None where it says nothing alone."""
    last = sentence.on(at, "XW")
    named = to_predicate(sentence, list(sentence.tokens[at:last]))
    said = sentence.text[named[0].start : named[-1].end] if named else ""
    return named if len(said) > 1 and said not in sentence.grammar.empty_heads else None
