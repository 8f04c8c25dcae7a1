"""Each example of each rule file does what the file says: `match` matches, `reject` does not."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from tests.first_signs import missing

import jiceng
from jiceng.errors import OntologyError
from jiceng.extract.metrics.sentence.signs import Signs as MetricSigns
from jiceng.extract.organisations.words import Signs as NameSigns
from jiceng.extract.tiers.words import TierWords, mark
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory
from jiceng.rules import Rule, SignClasses, hinted, load_rules

LEXICON = load_lexicon()
TIERS = TierWords(LEXICON)
FILES = sorted(p.stem for p in (ontology_directory() / "rules").glob("*.toml"))

# Some patterns read a prepared text; their rules say so with the key `over`.
PREPARED: dict[str, Callable[[str], str]] = {
    "text": lambda text: text,
    "marks": lambda text: mark(text, TIERS.mentions(text)),
}


def examples(key: str) -> list[object]:
    found: list[object] = []
    for name in FILES:
        for rule in load_rules(name, LEXICON).rules:
            texts = rule.match if key == "match" else rule.reject
            found += [pytest.param(rule, text, id=f"{rule.name}:{text[:20]}") for text in texts]
    return found


def finds(rule: Rule, text: str) -> bool:
    return rule.pattern.search(PREPARED[rule.data.get("over", "text")](text)) is not None


@pytest.mark.parametrize(("rule", "text"), examples("match"))
def test_rule_matches_its_example(rule: Rule, text: str) -> None:
    assert finds(rule, text)


@pytest.mark.parametrize(("rule", "text"), examples("reject"))
def test_rule_rejects_its_counterexample(rule: Rule, text: str) -> None:
    assert not finds(rule, text)


@pytest.mark.parametrize("name", FILES)
def test_rules_have_own_names_and_examples(name: str) -> None:
    rules = load_rules(name, LEXICON).rules
    assert len({r.name for r in rules}) == len(rules)
    assert [r.name for r in rules if not r.match] == []


@pytest.mark.parametrize("name", FILES)
def test_what_a_pattern_asks_ahead_leaves_out_no_first_sign(name: str) -> None:
    # `(?=[…])…` looks a text through several times as fast; the class needs the first sign of each word.
    rules = load_rules(name, LEXICON).rules
    found = {rule.name: missing(rule.pattern.pattern, rule.pattern.flags & ~re.UNICODE) for rule in rules}
    assert {name: signs for name, signs in found.items() if signs} == {}


@pytest.mark.parametrize("name", FILES)
def test_every_word_list_is_read_somewhere(name: str) -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(Path(jiceng.__file__).parent.rglob("*.py")))
    lists = load_rules(name, LEXICON).tables.get("words", {})
    assert [one for one in lists if f'"{one}"' not in code] == []


@pytest.mark.parametrize("file", [*(f"rules/{name}" for name in FILES), "ask/words"])
def test_every_macro_is_put_in_somewhere(file: str) -> None:
    text = (ontology_directory() / f"{file}.toml").read_text("utf-8")
    assert [one for one in tomllib.loads(text).get("macros", {}) if f"{{{one}}}" not in text] == []


@pytest.mark.parametrize(("name", "signs"), [("metrics", MetricSigns), ("organisations", NameSigns)])
def test_every_class_of_characters_is_read_and_has_none_twice(name: str, signs: type[SignClasses]) -> None:
    table = load_rules(name, LEXICON).tables["signs"]
    assert {field.name for field in fields(signs)} == set(table)  # type: ignore[arg-type]
    assert [one for one, characters in table.items() if len(set(characters)) < len(characters)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice_in_its_list(name: str) -> None:
    for one, words in load_rules(name, LEXICON).tables.get("words", {}).items():
        for each in words.values() if isinstance(words, dict) else (words,):
            counted = Counter(each.split() if isinstance(each, str) else each)
            assert [(one, word) for word, times in counted.items() if times > 1] == []


def write(folder: Path, text: str) -> Path:
    (folder / "rules").mkdir()
    (folder / "rules" / "some.toml").write_text(text, "utf-8")
    return folder


def test_our_own_rules_are_compiled_when_asked_for_and_others_at_once(tmp_path: Path) -> None:
    own = load_rules("documents", LEXICON).rules[0]
    assert "pattern" not in vars(own)
    assert own.pattern is own.pattern
    other = load_rules("some", LEXICON, write(tmp_path, "[[rule]]\nname = 'a'\npattern = 'x'\n"))["a"]
    assert "pattern" in vars(other)


def test_macros_and_vocabularies_are_put_in(tmp_path: Path) -> None:
    text = (
        "[macros]\nnumber = '[0-9]{1,3}'\n[[rule]]\nname = 'a'\npattern = '{number}个{chain_types.party}'\n"
    )
    rule = load_rules("some", LEXICON, write(tmp_path, text))["a"]
    assert rule.pattern.fullmatch("12个党组织链")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[rule]]\nname = 'a'\npattern = '(x'\n", "rule 'a'"),
        ("[[rule]]\nname = 'a'\npattern = '{nowhere}'\n", "neither a macro"),
        ("[macros]\nm = '{m}'\n[[rule]]\nname = 'a'\npattern = '{m}'\n", "contains itself"),
        ("[[rule]\n", "cannot be read as TOML"),
        ("[[rule]]\nname = 'a'\n", "rule 1 (a): pattern"),
        ("[[rule]]\npattern = 'x'\n", "rule 1: name"),
        ("[[rule]]\nname = 'a'\npattern = 3\n", "rule 1 (a): pattern"),
        ("[[rule]]\nname = 'a'\npattern = 'x'\nmatch = 'x'\n", "match is no list"),
    ],
)
def test_broken_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(OntologyError, match=r"some\.toml") as raised:
        load_rules("some", LEXICON, write(tmp_path, text))
    assert says in str(raised.value)


@pytest.mark.parametrize("verbose", [False, True])
def test_many_words_are_asked_for_what_they_begin_with_and_found_as_before(verbose: bool) -> None:
    words = [a + b for a in "甲乙丙丁戊" for b in "一二三四五"]
    joined = "|\n".join(words) if verbose else "|".join(words)
    pattern = rf"(?<=第)(?P<name>{joined}|\.子|[己庚])|(?:天|地)(?!{joined})"
    flags = re.VERBOSE if verbose else 0
    asked = hinted(pattern)
    assert asked.count("(?=[") == 2
    text = "第甲一 第丙六 第己 天丁四 地丁 第.子 " + "".join(f"第{word}天" for word in words)
    told = [(m.span(), m["name"]) for m in re.finditer(pattern, text, flags)]
    assert [(m.span(), m["name"]) for m in re.finditer(asked, text, flags)] == told
    assert len(told) == 54
    assert hinted("(?:甲|乙|丙)") == "(?:甲|乙|丙)"


def test_missing_file_and_missing_rule_are_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"other\.toml"):
        load_rules("other", LEXICON, write(tmp_path, ""))
    with pytest.raises(OntologyError, match="'a' is missing"):
        load_rules("some", LEXICON, tmp_path)["a"]


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "")
    (folder / "rules" / "some.toml").write_bytes("[words]\na = '社区'\n".encode("gb18030"))
    with pytest.raises(OntologyError, match=r"some\.toml: cannot be read as TOML"):
        load_rules("some", LEXICON, folder)


def test_what_a_table_lacks_is_named_with_file_and_table(tmp_path: Path) -> None:
    rules = load_rules("some", LEXICON, write(tmp_path, "[words]\na = 'x y'\n[limits.deep]\n"))
    assert rules.lists()["a"] == ("x", "y")
    with pytest.raises(OntologyError, match=r"some\.toml \[words\]: 'b' is missing"):
        rules.lists()["b"]
    with pytest.raises(OntologyError, match=r"some\.toml \[limits\] \[deep\]: 'c' is missing"):
        rules.tables["limits"]["deep"]["c"]
    with pytest.raises(OntologyError, match=r"some\.toml: 'wordz' is missing"):
        rules.tables["wordz"]
