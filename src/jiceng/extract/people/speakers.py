"""Who speaks in a talk that is printed as it was held: 段青禾：我先说家底。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jiceng.extract.analysis import Analysis
from jiceng.extract.people.names import Names
from jiceng.model import Person
from jiceng.rules import RuleFile

_GUEST = "嘉宾"


def speakers(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """Each guest, once: somebody asks, or the name opens several turns."""
    text, rule = analysis.text, rules["people.speaker"]
    turns = list(rule.pattern.finditer(text))
    if not turns:
        return
    asked = rules["people.moderator"].pattern.search(text) is not None
    count = Counter(turn["name"] for turn in turns)
    told: set[str] = set()
    for turn in turns:
        name = turn["name"]
        if name in told or not (asked or count[name] > 1):
            continue
        told.add(name)  # judged once, whatever comes of it
        if "·" in name or (words.plausible(name, whole=True) and words.new(name) and words.likely(name)):
            start, end = turn.span("name")
            yield Person(start=start, end=end, rule=rule.name, name=name, role=_GUEST)
