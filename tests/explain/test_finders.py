"""Which rules are told where they matched in vain: those that find facts by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jiceng.explain.beside import FOILS
from jiceng.explain.finders import EXTRACTORS, OPENERS, Finders, analysed
from jiceng.lexicon import load_lexicon
from jiceng.rules import Rule, load_rules

LEXICON = load_lexicon()
FINDERS = Finders(LEXICON)
# Each of its matches is one sentence of several that together make a chain.
OF_SEVERAL = {"tiers.grades"}


def rules(kind: str) -> Iterator[Rule]:
    return iter(load_rules(kind, LEXICON).rules)


@pytest.mark.parametrize("kind", EXTRACTORS)
def test_rules_that_find_something_in_any_example_are_finders(kind: str) -> None:
    extract = EXTRACTORS[kind](LEXICON)
    texts = [text for rule in rules(kind) for text in rule.match]
    found = {fact.rule for text in texts for fact in extract(analysed(text))}
    named = found & {rule.name for rule in rules(kind)}
    assert named - OPENERS - OF_SEVERAL == {name for name in named if name in FINDERS}


@pytest.mark.parametrize(
    "name", ["tiers.dashed", "tiers.takes", "honours.plain", "people.did", "documents.titled"]
)
def test_a_rule_whose_example_gives_its_fact_finds_by_itself(name: str) -> None:
    assert name in FINDERS


@pytest.mark.parametrize("name", ["tiers.mention", "honours.period", "people.name", "documents.periodical"])
def test_a_rule_that_only_helps_others_does_not(name: str) -> None:
    assert name not in FINDERS


def test_rules_of_other_kinds_are_none() -> None:
    assert "metrics.behind" not in FINDERS
    assert "mechanisms.counting" not in FINDERS


def test_openers_and_foils_are_rules() -> None:
    assert {rule.name for kind in EXTRACTORS for rule in rules(kind)} >= OPENERS | FOILS
