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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiceng.errors import OntologyError
from jiceng.lexicon import Lexicon
from jiceng.resources import ontology_directory

_MACRO = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern; further keys of its table are in `data`."""

    name: str
    pattern: re.Pattern[str]
    match: tuple[str, ...]
    reject: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The rules of a file in their order, and its other tables (word lists and thresholds)."""

    name: str
    rules: tuple[Rule, ...]
    tables: Mapping[str, Any]

    def __getitem__(self, name: str) -> Rule:
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise OntologyError(f"ontology/rules/{self.name}.toml: rule {name!r} is missing")


def load_rules(name: str, lexicon: Lexicon, directory: Path | None = None) -> RuleFile:
    """Read `rules/<name>.toml`; raises OntologyError that names the file and the rule."""
    path = (directory or ontology_directory()) / "rules" / f"{name}.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: {error}") from error
    macros: dict[str, str] = tables.pop("macros", {})
    rules = []
    for table in tables.pop("rule", []):
        pattern = _expand(table["pattern"], macros, lexicon, path)
        try:
            compiled = re.compile(pattern, re.VERBOSE if table.get("verbose") else 0)
        except re.error as error:
            raise OntologyError(f"{path}: rule {table['name']!r}: {error}") from error
        match, reject = tuple(table.get("match", ())), tuple(table.get("reject", ()))
        rules.append(Rule(table["name"], compiled, match, reject, table))
    return RuleFile(name, tuple(rules), tables)


def _expand(pattern: str, macros: Mapping[str, str], lexicon: Lexicon, path: Path, depth: int = 0) -> str:
    if depth > 20:
        raise OntologyError(f"{path}: a macro contains itself: {pattern[:60]}")

    def one(found: re.Match[str]) -> str:
        name, _, notation = found[1].partition(".")
        if not notation and name in macros:
            return "(?:" + _expand(macros[name], macros, lexicon, path, depth + 1) + ")"
        if name not in lexicon.schemes:
            raise OntologyError(f"{path}: {found[0]} is neither a macro of the file nor a vocabulary")
        words = lexicon.schemes[name].words(*([notation] if notation else []))
        if not words:
            raise OntologyError(f"{path}: {found[0]} has no Chinese labels")
        return "(?:" + "|".join(map(re.escape, words)) + ")"

    return _MACRO.sub(one, pattern)
