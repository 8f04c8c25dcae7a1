"""The patterns of `ontology/rules/articles.toml`: what stands around the names of divisions."""

from __future__ import annotations

import re
from functools import cache

from jiceng.rules import RuleFile, load_rules


@cache
def _rules() -> RuleFile:
    return load_rules("articles")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of the rule `articles.<name>`."""
    return _rules()[f"articles.{name}"].pattern
