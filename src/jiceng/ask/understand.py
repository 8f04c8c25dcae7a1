"""From a question in Chinese to what it means, by the grammar and the terms that the graph knows.

A pattern has to match the whole question: a word that nothing explains means that the question is not
understood, never that the word is passed over.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from jiceng.ask.grammar import DIVISION, TERM, Grammar
from jiceng.ask.terms import EXACT, Place, Terms, plain

LONGEST = 120
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks. `term` is what it names besides divisions, `sort` the notation of a type of
    mechanism or of a kind of organisation.
    """

    kind: str
    places: tuple[tuple[Place, ...], ...] = ()
    term: str = ""
    sort: str = ""

    @property
    def divisions(self) -> tuple[str, ...]:
        """The names of the divisions, in the question's order."""
        return tuple(places[0].label for places in self.places)


def understand(question: str, terms: Terms, grammar: Grammar) -> Intent | None:
    """What a question means, or None where grammar, graph and vocabularies do not explain all of it."""
    text = plain(question)
    if not text or len(text) > LONGEST or DIVISION in text or TERM in text:
        return None
    best: tuple[tuple[int, int, int], Intent] | None = None
    for skeleton, term in _skeletons(text, terms):
        marked, places = _divisions(skeleton, terms)
        opening = grammar.polite.match(marked)
        start = opening.end() if opening else 0
        forms = tuple(dict.fromkeys(grammar.tail.sub("", marked[at:]) for at in (start, 0)))
        for index, pattern in enumerate(grammar.patterns):
            if bool(pattern.of) != bool(term):
                continue
            rank = max((terms.known[c].get(term, 0) for c in pattern.of), default=EXACT)
            score = (rank, -index, len(term))
            if not rank or (best and score <= best[0]):
                continue
            found = next((m for form in forms for p in pattern.forms if (m := p.fullmatch(form))), None)
            if found is None:
                continue
            sort = terms.types.get(term, "") if "type" in pattern.of else ""
            if "sort" in found.re.groupindex and found["sort"]:
                sort = grammar.sorts.get(found["sort"], "")
            best = score, Intent(pattern.kind, places, "" if "type" in pattern.of else term, sort)
    return best[1] if best else None


def nearest(question: str, terms: Terms, grammar: Grammar, count: int = 4) -> tuple[str, ...]:
    """Questions that can be asked of this graph, those first that look most like the given one."""
    labels = list(dict.fromkeys(place.label for places in terms.names.values() for place in places))
    named = _divisions(plain(question), terms)[1]
    first = named[0][0].label if named else next(iter(labels), "")
    second = next((label for label in labels if label != first), "")
    examples = []
    for pattern in grammar.patterns:
        word = terms.shown.get(pattern.of[0], "") if pattern.of else ""
        missing = "{x}" in pattern.example and not word
        missing = missing or ("{d}" in pattern.example and not first)
        if not missing and not ("{e}" in pattern.example and not second):
            filled = pattern.example.replace("{d}", first).replace("{e}", second)
            examples.append(filled.replace("{x}", word))
    text = plain(question)[:LONGEST]
    examples.sort(key=lambda e: -difflib.SequenceMatcher(None, text, plain(e)).ratio())
    return tuple(examples[:count])


def _skeletons(text: str, terms: Terms) -> Iterator[tuple[str, str]]:
    """The question without a term, and with each part of it that is a known term marked."""
    yield text, ""
    for start in range(len(text)):
        for end in range(len(text), start, -1):
            word = text[start:end]
            if any(word in known for known in terms.known.values()):
                yield text[:start] + TERM + text[end:], word


def _divisions(text: str, terms: Terms) -> tuple[str, tuple[tuple[Place, ...], ...]]:
    """A text with its divisions marked, longest name first; larger ones before it narrow its readings."""
    longest = max(map(len, (*terms.names, *terms.around)), default=0)
    marked: list[str] = []
    places: list[tuple[Place, ...]] = []
    at = 0
    while at < len(text):
        here, within = at, [""]
        found: tuple[Place, ...] = ()
        while True:
            words = [text[here : here + n] for n in range(longest, 1, -1)]
            named = next((w for w in words if w in terms.names or w in terms.around), "")
            if named in terms.names:
                wanted = tuple(p for p in terms.names[named] if any(p.code.startswith(c) for c in within))
                found = wanted or terms.names[named]
                here += len(named)
                break
            if not named:
                break
            within = [code.rstrip("0") for code in terms.around[named]]
            here += len(named)
        if found:
            marked.append(DIVISION)
            places.append(found)
            at = here
        else:
            marked.append(text[at])
            at += 1
    return "".join(marked), tuple(places)
