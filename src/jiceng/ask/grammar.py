"""The patterns of `ontology/ask/questions.toml`, compiled; division and term are single marks in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jiceng.errors import OntologyError
from jiceng.resources import ontology_directory

DIVISION, TERM = "\ue000", "\ue001"
"""What stands for the name of a division, and for a term, while a question is matched."""

_MACRO = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of question. `of` are the classes of term that `{x}` may be; none where it has no term."""

    kind: str
    of: tuple[str, ...]
    example: str
    forms: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns in their order; words for kinds of organisation, for money and for giving it."""

    patterns: tuple[Pattern, ...]
    polite: re.Pattern[str]
    tail: re.Pattern[str]
    sorts: Mapping[str, str]
    money: tuple[str, ...]
    spending: tuple[str, ...]


@cache
def load() -> Grammar:
    """The grammar; raises OntologyError where the file is broken."""
    path = ontology_directory() / "ask" / "questions.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        macros = {**data["macros"], **data["shared"]}
        marks = {"d": DIVISION, "e": DIVISION, "x": TERM}

        def expanded(match: re.Match[str]) -> str:
            name = match[1]
            if name in marks:
                return marks[name]
            value = macros[name]
            return f"(?:{'|'.join(value) if isinstance(value, list) else value})"

        def compiled(text: str) -> re.Pattern[str]:
            while _MACRO.search(text):
                text = _MACRO.sub(expanded, text)
            return re.compile(text)

        patterns = tuple(
            Pattern(p["kind"], tuple(p.get("of", ())), p["example"], tuple(compiled(f) for f in p["pattern"]))
            for p in data["pattern"]
        )
        return Grammar(
            patterns,
            compiled(data["macros"]["polite"]),
            compiled(f"{data['macros']['tail']}$"),
            data["sorts"],
            tuple(data["words"]["money"]),
            tuple(data["words"]["spending"]),
        )
    except (OSError, KeyError, re.error, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: cannot be used as a grammar: {error}; install jiceng again") from error
