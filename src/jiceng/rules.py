"""Patterns as data: `ontology/rules/<name>.toml`, each rule with examples that run as tests.

```toml
[[rule]]
name = "tiers.dashed"            # stands on every fact that the rule finds
pattern = '''{tier}(?:[—→]{tier})+'''
match = ["街道党工委—社区党委—网格党支部"]   # the pattern finds something in each
reject = ["上海—苏州"]                      # and nothing in these
```

`{word}` stands for an alternation: of a macro of the file's `[macros]` table (a pattern of its own), or
of the Chinese labels of a vocabulary (`{organisation_types}`, `{organisation_types.party}` for the
concepts at and below one notation). Braces that are quantifiers (`{2,5}`) stay what they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol, Self, cast

from jiceng.errors import OntologyError
from jiceng.resources import ontology_directory, reading

Note = Callable[[str, re.Match[str]], None]
"""Told the name of a rule and what its pattern matched."""


class Words(Protocol):
    """A vocabulary, as far as patterns ask: its Chinese labels."""

    def words(self, *notations: str) -> tuple[str, ...]:
        """All labels, or those of some concepts and of what lies below them; longest first."""


class Vocabularies(Protocol):
    """What rules may take words from (the lexicon), and the ontology folder that holds both."""

    @property
    def schemes(self) -> Mapping[str, Words]:
        """The vocabularies by name."""

    @property
    def directory(self) -> Path:
        """The ontology folder."""


_MACRO = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
_WORD = r"\s*(?:[\w（）·“”—、]|\\\W)+\s*"
_GROUP = re.compile(
    rf"(?P<opening>(?<!\\)\((?:\?:|\?P<\w+>|\?[=!]))(?P<words>(?:{_WORD}\|)+(?:{_WORD}|\[\w+\]\s*))\)"
)
"""A group of nothing but words; the last may be a class of single characters."""
_SPACE = re.compile(r"\s")
_MANY = 24
"""So many words that a class of what they begin with is faster than to try each."""
_WATCHED: ContextVar[Note | None] = ContextVar("watched", default=None)


@dataclass(frozen=True)
class Rule:
    """A pattern with its examples; further keys of its table are in `data`."""

    name: str
    written: str  # the pattern with its macros and vocabularies put in
    match: tuple[str, ...]
    reject: tuple[str, ...]
    data: Mapping[str, Any]
    path: Path
    note: Note | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first asked for: a small document asks for half of the rules, and to compile
        all of them takes longer than to read ten."""
        try:
            compiled = re.compile(hinted(self.written), re.VERBOSE if self.data.get("verbose") else 0)
        except re.error as error:
            raise OntologyError(f"{self.path}: rule {self.name!r}: {error}") from error
        if self.note is not None:
            return cast("re.Pattern[str]", _WatchedPattern(self.name, compiled, self.note))
        return compiled


class Table(dict[str, Any]):
    """A table of a rule file. What it lacks raises OntologyError with `place`, its file and name."""

    def __init__(self, place: str, content: Mapping[str, Any]) -> None:
        below = {
            name: Table(f"{place} [{name}]", value) if isinstance(value, dict) else value
            for name, value in content.items()
        }
        super().__init__(below)
        self.place = place

    def __missing__(self, name: str) -> Any:
        raise OntologyError(f"{self.place}: {name!r} is missing, which the program asks for; restore it")


class RuleFile(dict[str, Rule]):
    """The rules of a file by name (`rules`: in their order), and its other tables (word lists, thresholds).

    A dictionary, since rules are asked for a thousand times in each article.
    """

    def __init__(self, path: Path, rules: tuple[Rule, ...], tables: Mapping[str, Any]) -> None:
        super().__init__((rule.name, rule) for rule in reversed(rules))
        self.path = path
        self.rules = rules
        self.tables = Table(str(path), tables)

    def __missing__(self, name: str) -> Rule:
        raise OntologyError(f"{self.path}: rule {name!r} is missing, which the program asks for; restore it")

    def lists(self) -> Mapping[str, tuple[str, ...]]:
        """The word lists of its table `[words]`, by name."""
        words: Table = self.tables["words"]
        return Table(words.place, {name: tuple(said.split()) for name, said in words.items()})


class SignClasses:
    """A base of frozen dataclasses whose fields are classes of single characters, as a rule file has them."""

    @classmethod
    def load(cls, table: Mapping[str, str]) -> Self:
        """Read the table; raises OntologyError if it lacks a class."""
        return cls(*(frozenset(table[field.name]) for field in fields(cast("Any", cls))))


@contextmanager
def watching(note: Note) -> Iterator[None]:
    """Rules that are loaded inside tell `note` of every match of their patterns, for as long as they live.

    For explaining and for measuring: rules that are loaded outside are plain patterns and cost nothing.
    """
    token = _WATCHED.set(note)
    try:
        yield
    finally:
        _WATCHED.reset(token)


class _WatchedPattern:
    """A pattern that tells of its matches; whatever else is asked of it, the pattern answers."""

    def __init__(self, name: str, pattern: re.Pattern[str], note: Note) -> None:
        self._name, self._pattern, self._note = name, pattern, note

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def _told(self, found: re.Match[str] | None) -> re.Match[str] | None:
        if found is not None:
            self._note(self._name, found)
        return found

    def match(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._pattern.match(*arguments))

    def fullmatch(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._pattern.fullmatch(*arguments))

    def search(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._pattern.search(*arguments))

    def sub(self, *arguments: Any) -> str:
        for found in self._pattern.finditer(arguments[1]):
            self._note(self._name, found)
        return self._pattern.sub(*arguments)

    def finditer(self, *arguments: Any) -> Iterator[re.Match[str]]:
        for found in self._pattern.finditer(*arguments):
            self._note(self._name, found)
            yield found


def load_rules(name: str, lexicon: Vocabularies | None = None, directory: Path | None = None) -> RuleFile:
    """Read `rules/<name>.toml` of a folder (the lexicon's, or our own); raises OntologyError naming the rule.

    Without a lexicon its patterns may name no vocabularies, only macros of the file. Those of another folder
    are compiled at once, so that a broken one is told of whatever is read; our own are known to be whole.
    """
    folder = directory or (lexicon.directory if lexicon else ontology_directory())
    path = folder / "rules" / f"{name}.toml"
    with reading(path, "TOML"):
        tables = tomllib.loads(path.read_text("utf-8"))
    macros: dict[str, str] = tables.pop("macros", {})
    note = _WATCHED.get()
    rules = []
    for number, table in enumerate(tables.pop("rule", []), 1):
        _complete(table, f"{path}: rule {number}")
        pattern = _expand(table["pattern"], macros, lexicon.schemes if lexicon else {}, path)
        match, reject = tuple(table.get("match", ())), tuple(table.get("reject", ()))
        rule = Rule(table["name"], pattern, match, reject, table, path, note)
        if folder != ontology_directory():
            rule.pattern  # noqa: B018 - compiled, to see whether it is one
        rules.append(rule)
    return RuleFile(path, tuple(rules), tables)


def patterns(file: str) -> Callable[[str], re.Pattern[str]]:
    """A function that gives the patterns of our own `rules/<file>.toml`, by the name behind `<file>.`.

    The file is read when the first of them is asked for; its patterns may name no vocabularies.
    """
    rules = cache(lambda: load_rules(file))

    @cache
    def pattern(name: str) -> re.Pattern[str]:
        return rules()[f"{file}.{name}"].pattern

    return pattern


def _complete(table: Mapping[str, Any], place: str) -> None:
    """Raise OntologyError unless a rule has a name, a pattern, and lists of examples."""
    for key in ("name", "pattern"):
        if not isinstance(table.get(key), str):
            named = f" ({table['name']})" if isinstance(table.get("name"), str) else ""
            raise OntologyError(f"{place}{named}: {key} = '…' is missing or no text")
    for key in ("match", "reject"):
        if not isinstance(table.get(key, []), list):
            raise OntologyError(f'{place} ({table["name"]}): {key} is no list of examples: ["…"]')


def _expand(
    pattern: str, macros: Mapping[str, str], schemes: Mapping[str, Words], path: Path, depth: int = 0
) -> str:
    if depth > 20:
        raise OntologyError(f"{path}: a macro contains itself: {pattern[:60]}")

    def one(found: re.Match[str]) -> str:
        name, _, notation = found[1].partition(".")
        if not notation and name in macros:
            return "(?:" + _expand(macros[name], macros, schemes, path, depth + 1) + ")"
        if name not in schemes:
            raise OntologyError(f"{path}: {found[0]} is neither a macro of the file nor a vocabulary")
        words = schemes[name].words(*([notation] if notation else []))
        if not words:
            raise OntologyError(f"{path}: {found[0]} has no Chinese labels")
        return alternation(words)

    return _MACRO.sub(one, pattern)


def hinted(pattern: str) -> str:
    """A pattern that asks whether one of many words may begin before it tries each of them in turn:
    `(?:甲乙|丙丁|…)` becomes `(?:(?=[甲丙…])(?:甲乙|丙丁|…))`, which finds the same."""

    def one(found: re.Match[str]) -> str:
        *words, last = (word.strip() for word in found["words"].split("|"))
        if len(words) < _MANY:
            return found[0]
        first = {word[: 1 + word.startswith("\\")] for word in words}
        first |= set(last[1:-1]) if last[0] == "[" else {last[: 1 + last.startswith("\\")]}
        first |= set(_SPACE.findall(found["words"]))  # nothing unless the pattern is verbose
        return f"{found['opening']}(?=[{''.join(sorted(first))}])(?:{found['words']}))"

    return _GROUP.sub(one, pattern)


def alternation(words: Sequence[str]) -> str:
    """A pattern for one of several words, the first that fits; single characters at the end are one class."""
    singles = [w for w in words if len(w) == 1]
    if len(singles) < 2 or list(words[-len(singles) :]) != singles:
        return "(?:" + "|".join(map(re.escape, words)) + ")"
    longer = [*map(re.escape, words[: -len(singles)]), "[" + "".join(map(re.escape, singles)) + "]"]
    return "(?:" + "|".join(longer) + ")"
