"""The words beside numerals: `ontology/rules/numerals.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jiceng.rules import load_rules
from jiceng.values import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """The lists of the file; comparators go by the word and give its sign (`>`, `<` or `~`)."""

    before: Mapping[str, str]
    before_scale: Mapping[str, str]
    no_comparator: Mapping[str, tuple[str, ...]]  # what stands before words that only end like a comparator
    behind: Mapping[str, str]
    rates: tuple[str, ...]
    rate_ends: tuple[str, ...]
    behind_latin: tuple[str, ...]
    ranges: tuple[str, ...]
    past_rate: tuple[str, ...]
    not_before: Mapping[str, str]  # what makes a sign part of another word, as an alternation
    longest: int  # characters of the longest word before a number


@cache
def beside() -> Beside:
    """The words beside numerals, read once."""
    rules = load_rules("numerals")
    tables, lists = rules.tables, rules.lists()
    before = _signs(tables["before"])
    return Beside(
        before=before,
        before_scale=_signs(tables["before_scale"]),
        no_comparator={word: tuple(ends.split()) for word, ends in tables["no_comparator"].items()},
        behind=_signs(tables["behind"]),
        rates=lists["rate"],
        rate_ends=lists["rate_end"],
        behind_latin=lists["behind_latin"],
        ranges=lists["ranges"],
        past_rate=lists["past_rate"],
        not_before={word: "|".join(begins.split()) for word, begins in tables["not_before"].items()},
        longest=max(map(len, before)),
    )


def _signs(table: Mapping[str, str]) -> dict[str, str]:
    return {word: sign for sign, words in table.items() for word in words.split()}
