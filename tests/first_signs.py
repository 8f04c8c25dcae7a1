"""The signs with which what a pattern matches may begin."""

from __future__ import annotations

from collections.abc import Iterable, Set
from importlib import import_module
from typing import Any

PARSER: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_LARGEST = 1000  # signs of a class that is worth looking at first
CLASSES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}


def asked_ahead(pattern: str, flags: int) -> tuple[Set[str], Any] | None:
    """The class of signs that a pattern asks for first of all, `(?=[…])…`, and what it is asked of."""
    steps = PARSER.parse(pattern, flags)
    if not len(steps) or str(steps[0][0]) != "ASSERT":
        return None
    direction, inner = steps[0][1]
    signs, empty = begins(inner) or (frozenset(), True)
    alone = direction == 1 and len(inner) == 1 and str(inner[0][0]) in ("IN", "LITERAL")
    return (signs, steps[1:]) if alone and not empty else None


def missing(pattern: str, flags: int = 0) -> str | None:
    """The signs that a class ahead lacks; None where there is no such class or nearly any sign may follow."""
    asked = asked_ahead(pattern, flags)
    first = begins(asked[1]) if asked else None
    if asked is None or first is None or first[1]:
        return None
    covered = asked[0] | set("0123456789" if r"\d" in asked[0] else "")
    covered |= set(" \n\t\u3000" if r"\s" in asked[0] else "")
    return "".join(sorted(first[0] - covered))


def begins(steps: Iterable[tuple[Any, Any]]) -> tuple[Set[str], bool] | None:
    """The first signs, and whether nothing at all may be matched; None where it may be nearly any sign."""
    found: set[str] = set()
    for step in steps:
        here = _step(*step)
        if here is None:
            return None
        found |= here[0]
        if not here[1]:
            return found, False
    return found, True


def _step(kind: Any, said: Any) -> tuple[Set[str], bool] | None:
    name = str(kind)
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset(), True
    if name == "LITERAL":
        return {chr(said)}, False
    if name == "IN":
        return _class(said)
    if name == "SUBPATTERN":
        return begins(said[3])
    if name == "ATOMIC_GROUP":
        return begins(said)
    if name in _REPEATS:
        inner = begins(said[2])
        return inner and (inner[0], inner[1] or not said[0])
    if name == "BRANCH":
        branches = [begins(branch) for branch in said[1]]
        known = [branch for branch in branches if branch is not None]
        if len(known) < len(branches):
            return None
        return frozenset().union(*(signs for signs, _ in known)), any(empty for _, empty in known)
    return None


def _class(members: Iterable[tuple[Any, Any]]) -> tuple[Set[str], bool] | None:
    found: set[str] = set()
    for kind, said in members:
        name = str(kind)
        if name == "LITERAL":
            found.add(chr(said))
        elif name == "RANGE" and said[1] - said[0] < _LARGEST:
            found.update(map(chr, range(said[0], said[1] + 1)))
        elif name == "CATEGORY" and str(said) in CLASSES:
            found.add(CLASSES[str(said)])
        else:
            return None
    return found, False
