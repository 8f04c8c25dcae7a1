"""Whether nothing but a name is spelled so."""

from __future__ import annotations

from jiceng.extract.people.names import Names
from jiceng.rules import RuleFile


def sure(name: str, rules: RuleFile, words: Names) -> bool:
    """Whether nothing but a name is spelled so: 段青禾, 买买提·艾力, not 安全."""
    if spelled(name, rules):
        return True
    return words.plausible(name) and (words.clear(name) or (words.new(name) and words.likely(name)))


def spelled(name: str, rules: RuleFile) -> bool:
    """Whether a name is spelled after another language: 扎西次仁, 买买提·艾力."""
    return "·" in name or rules["people.foreign"].pattern.fullmatch(name) is not None
