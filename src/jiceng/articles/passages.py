"""Long documents, cut where one report ends for certain and the next begins.

A book of cases or a year's volume tells of hundreds of divisions. To weigh each of its parts for each of them
would take time with the square of its length and say nothing: what a chapter has in common with those far
away decides nothing. So each passage is decided by itself, among the divisions that it names and those that
hold these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from jiceng.articles.naming import HEADING, OPENING
from jiceng.articles.parts import Part
from jiceng.model import Division, Role
from jiceng.repair import Repaired
from jiceng.values import dataclass

MANY = 12
"""Divisions from which on a passage ends at the next heading that names one; a sheet tells of fewer."""
PATIENCE = 2
"""Times as many, and it also ends within what goes on later, and at a paragraph that opens with one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Parts `start:end` of a document, and the divisions that they may be of."""

    start: int
    end: int
    divisions: tuple[Division, ...]


def passages(repaired: Repaired, parts: Sequence[Part], divisions: Sequence[Division]) -> Iterator[Passage]:
    """The passages of a document; one if it tells of few divisions.

    Paragraphs, and what was joined or followed along the page (a block), stay whole where they can; what one
    that goes on names is also known to the next passage.
    """
    if len(divisions) <= MANY:
        yield Passage(0, len(parts), tuple(divisions))
        return
    number = {division.adcode: at for at, division in enumerate(divisions)}
    last: dict[tuple[str, int], int] = {}  # part of each paragraph and block
    for at, part in enumerate(parts):
        for whole in _wholes(repaired, part):
            last[whole] = at
    start = until = 0
    named: dict[tuple[str, int], set[str]] = {}
    codes: set[str] = set()  # all of these together
    for at, part in enumerate(parts):
        if _begins(repaired, part, number.keys(), len(codes), at > until):
            yield Passage(start, at, _with_holders(codes, divisions, number))
            start = at
            named = {whole: said for whole, said in named.items() if last[whole] >= at}
            codes = {code for said in named.values() for code in said}
        here = {name.division.adcode for name in part.names} & number.keys()
        codes |= here
        for whole in _wholes(repaired, part):
            until = max(until, last[whole])
            named.setdefault(whole, set()).update(here)
    yield Passage(start, len(parts), _with_holders(codes, divisions, number))


def _wholes(repaired: Repaired, part: Part) -> tuple[tuple[str, int], ...]:
    return ("paragraph", part.stretch), ("block", repaired.stretches[part.stretch].block)


def _begins(repaired: Repaired, part: Part, codes: AbstractSet[str], named: int, ended: bool) -> bool:
    """Whether another report begins with a part, and what is before it is enough for a passage.

    `ended` tells whether nothing before it goes on behind it.
    """
    late = named >= PATIENCE * MANY
    if named < MANY or not (ended or late) or part.torn:
        return False
    if not part.names or part.names[0].division.adcode not in codes:
        return False
    if repaired.stretches[part.stretch].role is Role.HEADING:
        return part.names[0].weight >= HEADING
    return late and part.names[0].weight == OPENING


def _with_holders(
    named: set[str], divisions: Sequence[Division], number: Mapping[str, int]
) -> tuple[Division, ...]:
    """The named divisions with their city and province, if the document tells of these, in its order."""
    found = set(named)
    for code in named:
        found |= {divisions[number[code]].parent or code, f"{code[:2]}0000"} & number.keys()
    return tuple(divisions[at] for at in sorted(number[code] for code in found))
