"""What the rule files say of a rule, for people."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jiceng.explain.account import RuleTold
from jiceng.lexicon import Lexicon
from jiceng.rules import load_rules

_NAMED = re.compile(r"^name = \"(?P<name>[^\"]+)\"[ \t]*(?:#[ \t]*(?P<about>.+))?$", re.MULTILINE)
_EXAMPLES = 3


def told(name: str, lexicon: Lexicon) -> RuleTold:
    """A rule by the name that stands on facts; its file is that of the name's first part."""
    stem, _, own = name.partition(".")
    path = lexicon.directory / "rules" / f"{stem}.toml"
    file = f"ontology/rules/{path.name}"
    if not path.is_file():
        return RuleTold(name, "", "")
    rules = load_rules(stem, lexicon)
    clause = rules.tables.get("clauses", {}).get(own)
    if clause:  # decided by code: the file says what it is for
        return RuleTold(name, clause["about"], file, examples=(clause["example"],))
    rule = next((r for r in rules.rules if r.name == name), None)
    if rule is None:
        return RuleTold(name, "", file)
    about = str(rule.data.get("about", "")) or _comments(path).get(name, "")
    return RuleTold(name, about, file, str(rule.data["pattern"]).strip(), rule.match[:_EXAMPLES])


@cache
def _comments(path: Path) -> dict[str, str]:
    return {m["name"]: m["about"] or "" for m in _NAMED.finditer(path.read_text("utf-8"))}
