"""Honours that stand line by line below a heading, or below the verb that opens their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.honours.making import honour_of
from jiceng.extract.honours.places import headings
from jiceng.extract.honours.titles import Title, holds, names, read
from jiceng.model import Honour
from jiceng.rules import RuleFile


def headed(analysis: Analysis, rules: RuleFile, lists: set[int]) -> Iterator[Honour]:
    """`所获荣誉：全国文明社区、省级平安社区`: a list behind its heading."""
    for end in headings(analysis, rules):
        yield from lines(analysis, rules, end - 1, lists)


def lines(analysis: Analysis, rules: RuleFile, at: int, lists: set[int]) -> Iterator[Honour]:
    """The titles of the line at `at` and of those below it, as long as they hold some.

    `lists` takes up where the lines begin: what leads into a list that was read adds nothing.
    """
    text, begins = analysis.text, rules["honours.line"].pattern
    first = begins.match(text, at)
    next_at: int | None = first.end() if first else at + 1
    holder: Honour | None = None  # the titles of a list are of one holder
    while next_at is not None and next_at not in lists:
        lists.add(next_at)
        listed = read(text, next_at, rules)
        good = [t for t in listed.titles if _heads(t, rules)] if listed else []
        if listed is None or not good:
            return
        for title in good:
            start, end = title.start, title.end
            honour = honour_of(analysis, rules, "honours.heading", start, end, title.text, title.lead)
            holder = holder or honour
            yield honour if honour is holder else replace(honour, recipient=holder.recipient, start=start)
        line = begins.match(text, listed.end)
        after_comma = listed.end + 1 if text.startswith("，", listed.end) else None
        next_at = line.end() if line else after_comma


def _heads(title: Title, rules: RuleFile) -> bool:
    """Whether something in a list of honours is one."""
    return names(title.whole, rules) or holds(title.text, rules) or title.quoted
