"""How many steps a backtracking matcher takes: what `re` does, counted instead of timed.

A count is the same on every machine and however busy it is, so a test may assert how it grows. The matcher
follows the parsed pattern as `re` does (greedy, lazy and possessive repetition, atomic groups, looking
ahead and behind, back references), and counts each character looked at and each alternative tried. Of what
`re` does to be faster it knows one thing: alternatives that begin with another character are not tried.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

Then = Callable[[int], int]
"""What comes after, from an offset: the offset at which the whole match ends, or -1."""
Node = Callable[[int, Then], int]
_ENDLESS = 1 << 30


class TooManyError(Exception):
    """More steps than are allowed."""


class _Taken(dict[str, bool]):
    """Whether a pattern of one character takes each; asked of `re` once."""

    def __init__(self, source: str, flags: int) -> None:
        super().__init__()
        self._matches = re.compile(source, flags).match

    def __missing__(self, character: str) -> bool:
        answer = self[character] = self._matches(character) is not None
        return answer


_taken = cache(_Taken)


class Counter:
    """Counts the steps of one pattern; `found` keeps the matches, to compare them with those of `re`."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.steps = 0
        self.most = _ENDLESS
        self.found: list[tuple[int, int]] = []
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}
        parser: Any = re._parser  # type: ignore[attr-defined]
        tree = parser.parse(pattern, flags & ~re.DEBUG)
        self._flags = tree.state.flags
        self._root = self._sequence(list(tree))

    def count(self, text: str, most: int = _ENDLESS) -> int:
        """Steps that finding all matches in the text takes. Raises TooManyError beyond `most`."""
        self._text, self.steps, self.most, self.found = text, 0, most, []
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, 2_000 + 60 * len(text)))
        try:
            self._find_all()
        finally:
            sys.setrecursionlimit(limit)
        return self.steps

    def _find_all(self) -> None:
        start, empty = 0, False
        while start <= len(self._text):
            self._groups = {}
            # Where an empty match was found, `re` looks next for one that is not empty.
            end = self._root(start, lambda at, s=start, e=empty: -1 if e and at == s else at)  # type: ignore[misc]
            if end < 0:
                start, empty = start + 1, False
                continue
            self.found.append((start, end))
            start, empty = end, end == start

    def _step(self, number: int = 1) -> None:
        self.steps += number
        if self.steps > self.most:
            raise TooManyError

    # --- nodes --------------------------------------------------------------------------------------------

    def _sequence(self, items: list[Any]) -> Node:
        nodes: list[Node] = []
        run: list[_Taken] = []
        for op, arguments in items:
            if (taken := self._character(str(op), arguments)) is not None:
                run.append(taken)
                continue
            nodes += [self._run(run)] * bool(run)
            run = []
            nodes.append(self._node(str(op), arguments))
        nodes += [self._run(run)] * bool(run)
        if not nodes:
            return lambda at, then: then(at)
        node = nodes.pop()
        while nodes:
            node = _joined(nodes.pop(), node)
        return node

    def _node(self, op: str, arguments: Any) -> Node:
        if op == "SUBPATTERN":
            return self._group(arguments[0], self._sequence(list(arguments[3])))
        if op == "BRANCH":
            return self._branch([list(branch) for branch in arguments[1]])
        if op == "ATOMIC_GROUP":
            return self._atomic(self._sequence(list(arguments)))
        if op in ("ASSERT", "ASSERT_NOT"):
            direction, inner = arguments
            behind = inner.getwidth()[0] if direction < 0 else 0
            return self._assertion(self._sequence(list(inner)), behind, op == "ASSERT")
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeat(op, *arguments)
        if op == "AT":
            return self._anchor(str(arguments))
        if op == "GROUPREF":
            return self._reference(arguments)
        if op == "GROUPREF_EXISTS":
            return self._condition(*arguments)
        raise NotImplementedError(op)

    def _character(self, op: str, arguments: Any) -> _Taken | None:
        """Whether a character is taken, if the node takes just one."""
        if op not in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return None
        if op == "IN":
            source = "[" + "".join(_in_set(str(o), a) for o, a in arguments) + "]"
        else:
            source = {"LITERAL": "{}", "NOT_LITERAL": "[^{}]", "ANY": "."}[op].format(
                "" if op == "ANY" else _escaped(arguments)
            )
        return _taken(source, self._flags)

    def _run(self, run: list[_Taken]) -> Node:
        """Characters one after the other, a step each."""

        def node(at: int, then: Then) -> int:
            text = self._text
            for taken in run:
                self.steps += 1
                if self.steps > self.most:
                    raise TooManyError
                if at >= len(text) or not taken[text[at]]:
                    return -1
                at += 1
            return then(at)

        return node

    def _group(self, number: int | None, inner: Node) -> Node:
        if number is None:
            return inner

        def node(at: int, then: Then) -> int:
            def closed(end: int) -> int:
                before = self._groups.get(number)
                self._groups[number] = (at, end)
                if (result := then(end)) < 0:
                    if before is None:
                        del self._groups[number]
                    else:
                        self._groups[number] = before
                return result

            return inner(at, closed)

        return node

    def _branch(self, branches: list[list[Any]]) -> Node:
        nodes = [self._sequence(branch) for branch in branches]
        firsts = [_first(branch) if not self._flags & re.IGNORECASE else None for branch in branches]
        others = [node for node, first in zip(nodes, firsts, strict=True) if first is None]
        by_first = {
            first: [n for n, f in zip(nodes, firsts, strict=True) if f in (None, first)]
            for first in set(firsts) - {None}
        }

        def node(at: int, then: Then) -> int:
            self._step()
            character = self._text[at] if at < len(self._text) else None
            for one in by_first.get(character, others):
                self._step()
                if (end := one(at, then)) >= 0:
                    return end
            return -1

        return node

    def _atomic(self, inner: Node) -> Node:
        def node(at: int, then: Then) -> int:
            end = inner(at, lambda end: end)
            return then(end) if end >= 0 else -1

        return node

    def _assertion(self, inner: Node, behind: int, wanted: bool) -> Node:
        def node(at: int, then: Then) -> int:
            self._step()
            holds = at >= behind and inner(at - behind, lambda end: end) >= 0
            return then(at) if holds == wanted else -1

        return node

    def _repeat(self, op: str, least: int, most: Any, body: Any) -> Node:
        least, most = int(least), min(int(most), _ENDLESS)
        items = list(body)
        taken = self._character(str(items[0][0]), items[0][1]) if len(items) == 1 else None
        if taken is not None:
            return self._characters(op, least, most, taken)
        inner = self._sequence(items)
        if op == "POSSESSIVE_REPEAT":
            return self._atomic(self._many(inner, least, most, greedy=True))
        return self._many(inner, least, most, greedy=op == "MAX_REPEAT")

    def _characters(self, op: str, least: int, most: int, taken: _Taken) -> Node:
        def node(at: int, then: Then) -> int:
            text, end = self._text, at
            limit = min(len(text), at + (most if op != "MIN_REPEAT" else least))
            while end < limit and taken[text[end]]:
                end += 1
            self._step(end - at + 1)
            if end - at < least:
                return -1
            if op == "POSSESSIVE_REPEAT":
                return then(end)
            places = (
                range(end, at + least - 1, -1) if op == "MAX_REPEAT" else self._more(end, at + most, taken)
            )
            for place in places:
                self.steps += 1
                if self.steps > self.most:
                    raise TooManyError
                if (result := then(place)) >= 0:
                    return result
            return -1

        return node

    def _more(self, at: int, limit: int, taken: _Taken) -> Any:
        yield at
        while at < min(limit, len(self._text)) and taken[self._text[at]]:
            at += 1
            yield at

    def _many(self, inner: Node, least: int, most: int, *, greedy: bool) -> Node:
        def again(at: int, number: int, then: Then) -> int:
            def more() -> int:
                if number >= most:
                    return -1
                self._step()
                # What takes nothing is not repeated: what stands behind it comes next.
                return inner(
                    at, lambda end: again(end, number + 1, then) if end > at or number < least else then(end)
                )

            if number < least:
                return more()
            if not greedy:
                return end if (end := then(at)) >= 0 else more()
            return end if (end := more()) >= 0 else then(at)

        return lambda at, then: again(at, 0, then)

    def _anchor(self, where: str) -> Node:
        source = {
            "AT_BEGINNING": "^",
            "AT_BEGINNING_STRING": r"\A",
            "AT_END": "$",
            "AT_END_STRING": r"\Z",
            "AT_BOUNDARY": r"\b",
            "AT_NON_BOUNDARY": r"\B",
        }[where]
        matches = re.compile(source, self._flags).match

        def node(at: int, then: Then) -> int:
            self._step()
            return then(at) if matches(self._text, at) else -1

        return node

    def _reference(self, number: int) -> Node:
        def node(at: int, then: Then) -> int:
            if (span := self._groups.get(number)) is None:
                return -1
            taken = self._text[slice(*span)]
            self._step(len(taken) + 1)
            return then(at + len(taken)) if self._text.startswith(taken, at) else -1

        return node

    def _condition(self, number: int, yes: Any, no: Any) -> Node:
        nodes = self._sequence(list(no or ())), self._sequence(list(yes))
        return lambda at, then: nodes[number in self._groups](at, then)


def _joined(first: Node, second: Node) -> Node:
    return lambda at, then: first(at, lambda end: second(end, then))


def _first(branch: list[Any]) -> str | None:
    return chr(branch[0][1]) if branch and str(branch[0][0]) == "LITERAL" else None


def _escaped(code: int) -> str:
    return re.escape(chr(code))


def _in_set(op: str, argument: Any) -> str:
    """A member of a set as a pattern writes it."""
    if op == "NEGATE":
        return "^"
    if op == "LITERAL":
        return _escaped(argument)
    if op == "RANGE":
        return f"{_escaped(argument[0])}-{_escaped(argument[1])}"
    return {
        "DIGIT": r"\d",
        "SPACE": r"\s",
        "WORD": r"\w",
        "NOT_DIGIT": r"\D",
        "NOT_SPACE": r"\S",
        "NOT_WORD": r"\W",
    }[str(argument).removeprefix("CATEGORY_")]
