"""Persons with a role: officials and residents who are named, writers and photographers who are credited.

Leaders of the country are background and left out. Writers and photographers are found by `bylines` and
`authors`, others where the role stands beside the name (`beside`) or a set phrase tells it (`phrases`), and
guests of a printed talk by `speakers`. How far a name reaches is read by `names`; in credits the white space
of the source, which the repair leaves out, decides as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.people import beside, phrases
from jiceng.extract.people.authors import authors
from jiceng.extract.people.bylines import bylines
from jiceng.extract.people.names import names_of, settled
from jiceng.extract.people.speakers import speakers
from jiceng.lexicon import Lexicon
from jiceng.model import Person
from jiceng.rules import load_rules


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Person, ...]]:
    """The function that finds the persons of an article, one fact for each name, in order."""
    rules = load_rules("people", lexicon)
    words = names_of(lexicon.scheme("roles"), lexicon.scheme("surnames"), rules)

    def extract(analysis: Analysis) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        candidates = (
            *bylines(analysis, rules, words),
            *authors(analysis, rules, words),
            *beside.before(analysis, rules, words),
            *beside.after(analysis, rules, words),
            *phrases.grouped(analysis, rules, words),
            *phrases.together(analysis, rules, words),
            *beside.bracketed(analysis, rules, words),
            *phrases.told(analysis, rules, words),
            *phrases.acting(analysis, rules, words),
            *phrases.called(analysis, rules, words),
            *phrases.titled(analysis, rules, words),
            *phrases.aged(analysis, rules, words),
        )
        names = settled((person.name for person in candidates), analysis.text)
        for person in sorted(candidates, key=lambda p: (p.start, p.end)):
            person = _renamed(person, names[person.name], analysis.text)
            found.setdefault(person.name, person)
        for person in speakers(analysis, rules, words):
            found.setdefault(person.name, person)
        return tuple(sorted(found.values(), key=lambda p: (p.start, p.end)))

    return extract


def _renamed(person: Person, name: str, text: str) -> Person:
    """A person under the name that the whole text shows."""
    if name == person.name:
        return person
    last = text.startswith(person.name, person.end - len(person.name))  # the name ends the quote
    return replace(person, name=name, end=person.end + (len(name) - len(person.name) if last else 0))
