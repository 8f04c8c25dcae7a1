"""Patterns whose classes of characters are prepared once are the patterns that Python compiles by itself."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest

from jiceng.charsets import prepared_once
from jiceng.lexicon import load_lexicon
from jiceng.rules import load_rules

COMPILER: Any = import_module("re._compiler")
PARSER: Any = import_module("re._parser")


def code(pattern: re.Pattern[str]) -> list[int]:
    """What the matcher is given."""
    flags = pattern.flags & ~re.UNICODE
    return list(COMPILER._code(PARSER.parse(pattern.pattern, flags), flags))


@pytest.mark.parametrize("name", ["people", "honours", "metrics"])
def test_patterns_are_the_same(name: str) -> None:
    patterns = [rule.pattern for rule in load_rules(name, load_lexicon()).rules]
    alone = [code(pattern) for pattern in patterns]
    with prepared_once():
        assert [code(pattern) for pattern in patterns] == alone


def test_letters_of_either_case_are_folded() -> None:
    with prepared_once():
        assert re.compile("[a-bß]+", re.IGNORECASE).fullmatch("aBß")
        assert not re.compile("[a-bß]+").fullmatch("aBß")


def test_it_ends() -> None:
    before = COMPILER._optimize_charset
    with pytest.raises(re.error), prepared_once():
        re.compile("(")
    assert COMPILER._optimize_charset is before


def test_a_python_without_the_function_compiles_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiceng.charsets._PREPARES", "no_such_function")
    with prepared_once():
        assert re.compile("[一二三]").match("二")
