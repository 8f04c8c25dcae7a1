"""Every regular expression of the program, and the texts that are worst for each.

Patterns are those that are compiled while all modules are imported, the rules loaded and some text is
read, in a process of its own: none has to be listed, and a new one is found by itself. The worst texts are
made from the pattern: what its repetitions take, many times over, after what comes before and with nothing
that could follow; and what begins a match, again and again.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

MANY = 1_000
"""A repetition that may take more is one without end for us."""

_COLLECT = """
import json, re, sys
from pathlib import Path

found, compiled = {}, re._compile

def watched(pattern, flags):
    result = compiled(pattern, flags)
    frame = sys._getframe(2)
    while frame and "frozen importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "") if frame else ""
    if name.startswith("jiceng") and isinstance(result.pattern, str):
        rule = getattr(frame.f_locals.get("self"), "name", "") if name == "jiceng.rules" else ""
        found.setdefault((result.pattern, result.flags), f"{name} {rule}".strip())
    return result

re._compile = watched
import importlib, pkgutil
import jiceng
for module in pkgutil.walk_packages(jiceng.__path__, "jiceng."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            if (error.name or "").startswith("jiceng"):
                raise
from jiceng import periods, pipeline, query
from jiceng.model import Source
tools = pipeline.load_tools()
import runpy
runpy.run_path(sys.argv[1])["read_everything"](tools)
print(json.dumps([[where, pattern, flags] for (pattern, flags), where in found.items()]))
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern and the module (for a rule also its name) that compiled it."""

    where: str
    pattern: str
    flags: int

    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled here."""
        return re.compile(self.pattern, self.flags)


@cache
def all_patterns() -> tuple[Found, ...]:
    """Every pattern of the program, by place."""
    done = subprocess.run(
        [sys.executable, "-c", _COLLECT, __file__], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = (Found(*item) for item in json.loads(done.stdout))
    return tuple(sorted(found, key=lambda f: (f.where, f.pattern)))


def read_everything(tools: Any) -> None:
    """Reach the patterns that are compiled only when something is read, or a rule is asked for."""
    import hashlib

    from jiceng import periods, pipeline
    from jiceng.dateline import dateline
    from jiceng.model import Source
    from jiceng.resources import ontology_directory
    from jiceng.rules import load_rules

    for path in sorted((ontology_directory() / "rules").glob("*.toml")):
        for rule in load_rules(path.stem, tools.lexicon).rules:
            rule.pattern.match("")
    text = (
        "武侯区：新颜\n成都市武侯区构建“区委—街道党工委（党群办）—社区党委”三级体系，"
        "2021年以来建立小区党支部126个，"
        "推行“邻里夜话”制度，荣获“全国和谐社区”。\n柳泉街道建成驿站9个。\n一、做法\n"
        "| 指标 | 数量 |\n| 网格（个） | 61 |\n王小明，武侯区委书记。\n"
    )
    pipeline.process(Source("a.txt", hashlib.sha256(text.encode()).hexdigest(), text), tools)
    for phrase in (
        "“十四五”期间",
        "2021年3月至今",
        "去年底",
        "近三年",
        "截至目前",
        "2020年至2021年6月",
        "党的十八大以来",
    ):
        periods.parse(phrase)
    dateline(text)


# --- texts ------------------------------------------------------------------------------------------------


def worst_texts(found: Found, length: int) -> Iterator[str]:
    """Texts of about so many characters that may take the pattern long."""
    chance = random.Random(repr(found.pattern))
    tree = _tree(found)
    units: dict[tuple[str, str], None] = {}
    whole = [_sample(tree, chance) for _ in range(3)]
    for text in whole:
        units[("", text)] = None
        units[("", text[: max(1, len(text) // 2)])] = None
    for before, body in _repeats(tree, []):
        for _ in range(2):
            prefix = "".join(_sample(part, chance) for part in before)
            inner = _sample(body, chance)
            units[(prefix, inner)] = None
            units[("", prefix + inner)] = None
            units[("", prefix)] = None
    for prefix, unit in units:
        if unit:
            times = max(1, length // len(unit))
            for end in ("\x00", "社"):
                yield prefix + unit * times + end


def has_endless(found: Found) -> bool:
    """Whether it repeats anything without end."""
    return any(True for _ in _repeats(_tree(found), []))


def repeats_group_possessively(found: Found) -> bool:
    """Whether more than a character at a time is repeated, and nothing of it given back."""
    tree = _tree(found)
    bodies = [list(arguments[2]) for op, arguments in nodes(tree) if op == "POSSESSIVE_REPEAT"]
    return any(len(body) > 1 or str(body[0][0]) not in ONE for body in bodies)


ONE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
"""What takes just one character."""
REPETITIONS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    """All parts of a pattern, also those within others."""
    for item in tree:
        op, arguments = str(item[0]), item[1]
        yield op, arguments
        for inner in _inner(op, arguments):
            yield from nodes(inner)


def _inner(op: str, arguments: Any) -> list[Any]:
    """The patterns of which a part is made."""
    if op in REPETITIONS:
        return [arguments[2]]
    if op == "SUBPATTERN":
        return [arguments[3]]
    if op == "ATOMIC_GROUP":
        return [arguments]
    if op in ("ASSERT", "ASSERT_NOT"):
        return [arguments[1]]
    return list(arguments[1]) if op == "BRANCH" else []


@lru_cache(maxsize=2)
def _tree(found: Found) -> Any:
    """The pattern, parsed: what is asked of it comes one after the other."""
    return re._parser.parse(found.pattern, found.flags & ~re.DEBUG)  # type: ignore[attr-defined]


def _repeats(tree: Any, before: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """Each repetition without end: what stands before it in the pattern, and what it repeats."""
    before = list(before)
    for item in tree:
        op, arguments = str(item[0]), item[1]
        if op in REPETITIONS and int(arguments[1]) > MANY:
            yield before, arguments[2]
        for inner in _inner(op, arguments):
            yield from _repeats(inner, before)
        before.append([item])


def _sample(tree: Any, chance: random.Random) -> str:
    """A text that the tree may match, its conditions left aside."""
    text = ""  # of assertions nothing is written
    for op, arguments in tree:
        name = str(op)
        if name == "LITERAL":
            text += chr(arguments)
        elif name == "NOT_LITERAL":
            text += _other([arguments])
        elif name == "ANY":
            text += "社"
        elif name == "IN":
            text += _member(arguments, chance)
        elif name == "BRANCH":
            text += _sample(chance.choice(arguments[1]), chance)
        elif name == "SUBPATTERN":
            text += _sample(arguments[3], chance)
        elif name == "ATOMIC_GROUP":
            text += _sample(arguments, chance)
        elif name in REPETITIONS:
            least, most, body = arguments
            for _ in range(min(max(int(least), 1), int(most))):
                text += _sample(body, chance)
    return text


def _member(items: Any, chance: random.Random) -> str:
    negated = str(items[0][0]) == "NEGATE"
    members = []
    for op, argument in items[1:] if negated else items:
        name = str(op)
        if name == "LITERAL":
            members.append(argument)
        elif name == "RANGE":
            members += [argument[0], argument[1], (argument[0] + argument[1]) // 2]
        elif name == "CATEGORY":
            members.append(ord(_CATEGORIES[str(argument)]))
    return _other(members) if negated else chr(chance.choice(members))


_CATEGORIES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_NOT_DIGIT": "社",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "社",
    "CATEGORY_WORD": "区",
    "CATEGORY_NOT_WORD": "-",
}


def _other(members: list[int]) -> str:
    """A common character that is none of these."""
    return next(c for c in "社区党1a 、（“x-\n\x00ß" if ord(c) not in members)
