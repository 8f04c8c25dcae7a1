"""What a line is for, and a line's words that are data: see `ontology/rules/reading.toml`."""

from __future__ import annotations

import re
from functools import cache

from jiceng.model import Role
from jiceng.rules import RuleFile, load_rules


@cache
def reading_rules() -> RuleFile:
    """The rules of `reading.toml`, compiled once."""
    return load_rules("reading")


@cache
def _patterns(prefix: str) -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in reading_rules().rules if rule.name.startswith(prefix))


ASIDE = (Role.FURNITURE, Role.CAPTION, Role.BYLINE)
"""What stands beside an article's own text."""


def role_of(text: str, level: int) -> Role:
    """The role of a whole line (spaces kept); `level` is its number of `#`."""
    if any(p.search(text) for p in _patterns("furniture.")):
        return Role.FURNITURE if len(text) <= 80 else Role.BODY
    if len(text) <= 100 and any(p.search(text) for p in _patterns("caption.")):
        return Role.CAPTION
    if any(rule.search(text) for rule in _patterns("byline.")[:-1]):
        return Role.BYLINE
    if level or any(p.search(text) for p in _patterns("heading.")):
        return Role.HEADING
    return Role.BODY


def byline_tail(text: str) -> int | None:
    """Where a byline begins that ends a paragraph, or None."""
    found = reading_rules()["byline.tail"].pattern.search(text)
    return found.start() if found else None
