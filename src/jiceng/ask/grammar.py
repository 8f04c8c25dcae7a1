"""The words and intents of `ontology/ask/`: what a question may be made of, and what it may mean."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiceng import traditional
from jiceng.errors import OntologyError
from jiceng.resources import ontology_directory

_MACRO = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\(([^()]*)\)")
# The words of a list stand apart by spaces, except those within (a|b|).
_WORD = re.compile(r"(?:\([^()]*\)|\S)+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of asking for something: see the head of `intents.toml`.

    `needs` are groups of roles of which one must be there, `may` all roles that may be. `divisions` and
    `terms` are the least and most of each. `alone` says whether one single division may be named. `but`
    are words with which something else is asked for.
    """

    kind: str
    example: str
    needs: tuple[frozenset[str], ...]
    may: frozenset[str]
    divisions: tuple[int, int]
    of: tuple[str, ...]
    terms: tuple[int, int]
    alone: bool
    scope: bool
    drop: bool
    sort: str
    but: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words with the roles that they may play, in order of the file; intents in theirs.

    `refused` is what no question that can be answered holds, unless in a name; `joining` is what terms
    are joined by; `asked` are words before the kind of part that is asked for; `whole` are words that are
    not what their parts are; `alike` are verbs of one meaning; `strict` are comparators that leave out the
    bound, `mechanism_kinds` ends of mechanisms' names; `units` gives what may stand behind 多少 its unit;
    `titles` head the answers, by kind of intent; `regions` are what divisions may be put together by, by
    role; `spread` are words before a number of places in which something is; `any_document` are words for
    documents of every kind, `national` for honours of the whole country, `newest` for reports that come
    first, `no_reports` for what reports tell; `difference` are words for in what things differ;
    `office` is a Party body before who leads it, the second group, who is called by the unit alone as
    often (社区｜党委｜书记); `deputy` is what stands before the office of who is second.
    """

    words: Mapping[str, tuple[str, ...]]
    longest: int
    sorts: Mapping[str, str]
    types: Mapping[str, str]
    richest: Mapping[str, str]
    patterns: tuple[Pattern, ...]
    money: tuple[str, ...]
    spending: tuple[str, ...]
    simplified: Mapping[int, str]
    refused: re.Pattern[str]
    joining: frozenset[str]
    asked: frozenset[str]
    whole: frozenset[str]
    alike: tuple[tuple[str, ...], ...]
    strict: tuple[str, ...]
    mechanism_kinds: tuple[str, ...]
    units: Mapping[str, str]
    titles: Mapping[str, str]
    regions: Mapping[str, str]
    spread: frozenset[str]
    any_document: frozenset[str]
    national: frozenset[str]
    newest: frozenset[str]
    no_reports: frozenset[str]
    difference: frozenset[str]
    office: re.Pattern[str]
    deputy: str

    def words_of_sort(self, notation: str) -> tuple[str, ...]:
        """What organisations of a kind are called by, the usual word first."""
        return tuple(word for word, of in self.sorts.items() if of == notation)

    def empty(self, word: str) -> bool:
        """Whether a word is one that says nothing of what is asked, or made of such."""
        return not word or any(
            EMPTY.intersection(self.words.get(word[:n], ())) and self.empty(word[n:])
            for n in range(1, len(word) + 1)
        )


EMPTY = frozenset({"fill", "do", "unit", "tell", "total"})
"""Roles that say nothing of what is asked for, or no more than that all of it is."""


@cache
def load() -> Grammar:
    """The grammar; raises OntologyError where a file is broken."""
    folder = ontology_directory() / "ask"
    path = folder / "words.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        words = _words(data)
        path = folder / "intents.toml"
        intents = tomllib.loads(path.read_text("utf-8"))
        always = frozenset(intents["always"].split())
        roles = {role for of in words.values() for role in of} | _TOLD
        patterns = tuple(_pattern(entry, always, roles) for entry in intents["intent"])
        titles = {pattern.kind: intents["titles"][pattern.kind] for pattern in patterns}
        regions = intents["regions"]
        path = folder / "whole.txt"
        whole = frozenset(line for line in path.read_text("utf-8").splitlines() if line[:1] != "#")
    except (OSError, KeyError, ValueError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: cannot be used as a grammar: {error}; install jiceng again") from error
    return Grammar(
        {word: tuple(of) for word, of in words.items()},
        max(map(len, words)),
        {word: notation for notation, text in data["sorts"].items() for word in text.split()},
        {word: notation for notation, text in data["types"].items() for word in text.split()},
        data["richest"],
        patterns,
        tuple(data["money"]["words"].split()),
        tuple(data["money"]["spending"].split()),
        traditional.table(),
        re.compile("|".join(map(re.escape, data["refused"]["words"].split()))),
        frozenset(data["joining"]["words"].split()),
        frozenset(data["asked"]["words"].split()),
        whole,
        tuple(tuple(verbs.split()) for verbs in data["alike"]["verbs"]),
        tuple(data["bounds"]["strict"].split()),
        tuple(data["mechanisms"]["kinds"].split()),
        {word: unit for unit, words_of in data["units"].items() for word in words_of.split()},
        titles,
        regions,
        frozenset(data["spread"]["words"].split()),
        frozenset(data["documents"]["any"].split()),
        frozenset(data["honours"]["national"].split()),
        frozenset(data["reports"]["newest"].split()),
        frozenset(data["reports"]["none"].split()),
        frozenset(data["differences"]["words"].split()),
        re.compile("({})({})".format(*("|".join(data["offices"][n].split()) for n in ("bodies", "leaders")))),
        data["offices"]["deputy"],
    )


_TOLD = {
    "d_lack",
    "others_lack",
    "bound",
    "number",
    "top",
    "depth",
    "period",
    "action",
    "per",
    "sort",
    "spread",
    "holder",
}
"""Roles that are told by place or by form, not by a list of words."""


def _words(data: Mapping[str, Any]) -> dict[str, list[str]]:
    macros = {name: text.split() for name, text in data["macros"].items()}
    words: dict[str, list[str]] = {}
    for role, text in data["roles"].items():
        for template in _WORD.findall(text):
            for word in _spelled(template, macros):
                of = words.setdefault(word, [])
                if role not in of:
                    of.append(role)
    for text in data["sorts"].values():
        for word in text.split():
            words.setdefault(word, []).append("sort")
    return words


def _spelled(template: str, macros: Mapping[str, list[str]]) -> Iterator[str]:
    """The words that a template stands for."""
    parts: list[list[str]] = []
    at = 0
    for found in re.finditer(rf"{_MACRO.pattern}|{_CHOICE.pattern}", template):
        parts.append([template[at : found.start()]])
        if found[1]:
            parts.append(macros[found[1]])
        else:
            parts.append([word for choice in found[2].split("|") for word in _spelled(choice, macros)])
        at = found.end()
    parts.append([template[at:]])
    for chosen in itertools.product(*parts):
        yield "".join(chosen)


def _pattern(entry: Mapping[str, Any], always: frozenset[str], roles: set[str]) -> Pattern:
    needs = tuple(frozenset(group.split("|")) for group in entry["needs"])
    may = always.union(*needs) | frozenset(entry.get("may", "").split())
    unknown = sorted(may - roles)
    if unknown:
        raise ValueError(f"no such role: {', '.join(unknown)} ({entry['kind']})")
    of = tuple(entry.get("x", ()))
    least, most = entry.get("d", (0, 0))
    fewest, all_terms = entry.get("n", (1, 4) if of else (0, 0))
    return Pattern(
        entry["kind"],
        entry["example"],
        needs,
        may,
        (least, most),
        of,
        (fewest, all_terms),
        entry.get("one", True),
        entry.get("scope", False),
        entry.get("drop", False),
        entry.get("sort", ""),
        frozenset(entry.get("but", "").split()),
    )
