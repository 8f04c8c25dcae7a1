"""Who signs a text above it, where a note below tells the office: ●段青禾 … （作者系云岭区委书记）."""

from __future__ import annotations

from collections.abc import Iterator

from jiceng.extract.analysis import Analysis
from jiceng.extract.people.names import Names
from jiceng.model import Person
from jiceng.rules import RuleFile

_HEAD = 240  # characters in which the line with the name stands


def authors(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """The one who is named in a line alone near the top; of several it is open whose the office is."""
    text, rule = analysis.text, rules["people.author_line"]
    notes = list(rules["people.author_note"].pattern.finditer(text))
    if len(notes) != 1:
        return
    lines = rule.pattern.finditer(text, 0, min(_HEAD, notes[0].start()))
    named = [(m, "".join(m["name"].split())) for m in lines]
    named = [(m, name) for m, name in named if words.plausible(name, whole=True) and words.new(name)]
    if len(named) == 1:
        line, name = named[0]
        start, end = line.span("name")
        yield Person(start=start, end=end, rule=rule.name, name=name, role=notes[0]["role"])
