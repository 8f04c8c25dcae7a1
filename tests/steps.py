"""How many steps a backtracking matcher takes: what `re` does, counted instead of timed.

A count is the same on every machine and however busy it is, so a test may assert how it grows. The matcher
follows the parsed pattern as `re` does (greedy, lazy and possessive repetition, atomic groups, looking
ahead and behind, back references), and counts each character looked at and each alternative tried. Of what
`re` does to be faster it knows one thing: alternatives that begin with another character are not tried.

Each node knows what comes after it, so what follows from a place is the same each time that it is reached,
unless a group's text or the round of a repetition is asked for: then the steps of the first time are added
once more instead of being taken again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.patterns import ONE, REPETITIONS, nodes

Node = Callable[[int], int]
"""From an offset: the offset at which the whole match ends, or -1."""
_ENDLESS = 1 << 30
_COPIES = 64
"""Of what is repeated at most so often each round is a node of its own."""


class TooManyError(Exception):
    """More steps than are allowed."""


class _Taken(dict[str | None, bool]):
    """Whether a pattern of one character takes each, asked of `re` once; not the text's end (None)."""

    def __init__(self, source: str, flags: int) -> None:
        super().__init__({None: False})
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
        self._characters: list[str | None] = []
        self._refused = -1
        self._groups: dict[int, tuple[int, int]] = {}
        self._known: dict[int, tuple[int, int]] = {}
        self._numbered = 0
        parser: Any = re._parser  # type: ignore[attr-defined]
        tree = parser.parse(pattern, flags & ~re.DEBUG)
        self._flags = tree.state.flags
        self._refers = _has(tree, lambda op, _: op.startswith("GROUPREF"))
        self._remembers = self._refers or _has(tree, _goes_by_rounds)
        self._root = self._sequence(list(tree), lambda at: -1 if at == self._refused else at)

    def count(self, text: str, most: int = _ENDLESS) -> int:
        """Steps that finding all matches in the text takes. Raises TooManyError beyond `most`."""
        self._text, self._characters = text, [*text, None]
        self.steps, self.most, self.found = 0, most, []
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, 2_000 + 60 * len(text)))
        try:
            self._find_all()
        finally:
            sys.setrecursionlimit(limit)
        self._step(0)
        return self.steps

    def _find_all(self) -> None:
        self._known, self._refused, start = {}, -1, 0
        while start <= len(self._text):
            self._groups = {}
            end = self._root(start)
            if self._refused >= 0:
                self._known, self._refused = {}, -1
            if end < 0:
                start += 1
                continue
            self.found.append((start, end))
            if end == start:  # here `re` looks next for a match that is not empty
                self._known, self._refused = {}, end
            start = end

    def _step(self, number: int = 1) -> None:
        self.steps += number
        if self.steps > self.most:
            raise TooManyError

    # --- nodes --------------------------------------------------------------------------------------------

    def _sequence(self, items: list[Any], then: Node) -> Node:
        run: list[_Taken] = []
        for op, arguments in reversed(items):
            if (taken := self._character(str(op), arguments)) is not None:
                run.insert(0, taken)
                continue
            then, run = self._run(run, then), []
            then = self._node(str(op), arguments, then)
        return self._run(run, then)

    def _node(self, op: str, arguments: Any, then: Node) -> Node:
        if op == "SUBPATTERN":
            return self._group(arguments[0], list(arguments[3]), then)
        if op == "BRANCH":
            return self._branch([list(branch) for branch in arguments[1]], then)
        if op == "ATOMIC_GROUP":
            return _atomic(self._sequence(list(arguments), _itself), then)
        if op in ("ASSERT", "ASSERT_NOT"):
            direction, inner = arguments
            behind = inner.getwidth()[0] if direction < 0 else 0
            return self._assertion(self._sequence(list(inner), _itself), behind, op == "ASSERT", then)
        if op in REPETITIONS:
            return self._repeat(op, *arguments, then)
        if op == "AT":
            return self._anchor(str(arguments), then)
        if op == "GROUPREF":
            return self._reference(arguments, then)
        if op == "GROUPREF_EXISTS":
            return self._condition(*arguments, then)
        raise NotImplementedError(op)

    def _once(self, node: Node) -> Node:
        """The node, asked once for each place of a text, where it says the same each time."""
        if self._remembers:
            return node
        self._numbered += 1
        number = self._numbered << 32

        def known(at: int) -> int:
            if (told := self._known.get(number + at)) is not None:
                self.steps += told[1]
                return told[0]
            before = self.steps
            end = node(at)
            self._known[number + at] = end, self.steps - before
            return end

        return known

    def _character(self, op: str, arguments: Any) -> _Taken | None:
        """Whether a character is taken, if the node takes just one."""
        if op not in ONE:
            return None
        if op == "IN":
            source = "[" + "".join(_in_set(str(o), a) for o, a in arguments) + "]"
        else:
            source = {"LITERAL": "{}", "NOT_LITERAL": "[^{}]", "ANY": "."}[op].format(
                "" if op == "ANY" else _escaped(arguments)
            )
        return _taken(source, self._flags)

    def _run(self, run: list[_Taken], then: Node) -> Node:
        """Characters one after the other, a step each."""
        if not run:
            return then

        def node(at: int) -> int:
            text = self._characters
            for taken in run:
                self.steps += 1
                if not taken[text[at]]:
                    return -1
                at += 1
            return then(at)

        return node

    def _group(self, number: int | None, items: list[Any], then: Node) -> Node:
        if number is None or not self._refers:
            return self._sequence(items, then)
        opened = 0

        def closed(end: int) -> int:
            before = self._groups.get(number)
            self._groups[number] = (opened, end)
            if (result := then(end)) < 0:
                if before is None:
                    del self._groups[number]
                else:
                    self._groups[number] = before
            return result

        inner = self._sequence(items, closed)

        def node(at: int) -> int:
            nonlocal opened
            before, opened = opened, at
            end = inner(at)
            opened = before
            return end

        return node

    def _branch(self, branches: list[list[Any]], then: Node) -> Node:
        nodes = [self._sequence(branch, then) for branch in branches]
        firsts = [_first(branch) if not self._flags & re.IGNORECASE else None for branch in branches]
        others = [node for node, first in zip(nodes, firsts, strict=True) if first is None]
        by_first = {
            first: [n for n, f in zip(nodes, firsts, strict=True) if f in (None, first)]
            for first in set(firsts) - {None}
        }

        def node(at: int) -> int:
            self._step()
            for one in by_first.get(self._characters[at], others):
                self.steps += 1
                if (end := one(at)) >= 0:
                    return end
            return -1

        return self._once(node)

    def _assertion(self, inner: Node, behind: int, wanted: bool, then: Node) -> Node:
        def node(at: int) -> int:
            self.steps += 1
            holds = at >= behind and inner(at - behind) >= 0
            return then(at) if holds == wanted else -1

        return node

    def _repeat(self, op: str, least: int, most: Any, body: Any, then: Node) -> Node:
        least, most, items = int(least), min(int(most), _ENDLESS), list(body)
        taken = self._character(str(items[0][0]), items[0][1]) if len(items) == 1 else None
        if taken is not None:
            return self._once(self._alike(op, least, most, taken, then))
        many = self._by_rounds if _goes_by_rounds(op, (least, most, body)) else self._many
        if op == "POSSESSIVE_REPEAT":
            return _atomic(many(items, least, most, _itself, greedy=True), then)
        return many(items, least, most, then, greedy=op == "MAX_REPEAT")

    def _alike(self, op: str, least: int, most: int, taken: _Taken, then: Node) -> Node:
        """Characters of one kind, repeated."""

        def node(at: int) -> int:
            text, end = self._characters, at
            limit = min(len(text), at + (most if op != "MIN_REPEAT" else least))
            while end < limit and taken[text[end]]:
                end += 1
            self._step(end - at + 1)
            if end - at < least:
                return -1
            if op == "POSSESSIVE_REPEAT":
                return then(end)
            if op == "MAX_REPEAT":
                for place in range(end, at + least - 1, -1):
                    self.steps += 1
                    if (result := then(place)) >= 0:
                        return result
                return -1
            limit = at + most
            while True:
                self._step()
                if (result := then(end)) >= 0:
                    return result
                if end >= limit or not taken[text[end]]:
                    return -1
                end += 1

        return node

    def _many(self, items: list[Any], least: int, most: int, then: Node, *, greedy: bool) -> Node:
        """What always takes something, repeated: a node for each round, or one that leads to itself."""

        def more(at: int) -> int:
            self._step()
            return inner(at)

        if most == _ENDLESS:
            again = self._once(_either(more, then) if greedy else _either(then, more))
            inner = self._sequence(items, again)
        else:
            again = then
            for _ in range(most - least):
                again = self._round(items, again, then, greedy=greedy)
        for _ in range(least):
            again = self._round(items, again)
        return again

    def _round(self, items: list[Any], again: Node, then: Node | None = None, *, greedy: bool = True) -> Node:
        inner = self._sequence(items, again)

        def more(at: int) -> int:
            self._step()
            return inner(at)

        if then is None:
            return more
        return self._once(_either(more, then) if greedy else _either(then, more))

    def _by_rounds(self, items: list[Any], least: int, most: int, then: Node, *, greedy: bool) -> Node:
        """What may take nothing, or is repeated often: it matters where a round began and which it is."""
        number, began = 0, 0

        def ended(end: int) -> int:
            nonlocal number, began
            # What takes nothing is not repeated: what stands behind it comes next.
            if end == began and number >= least:
                return then(end)
            before, number = (number, began), number + 1
            result = again(end)
            number, began = before
            return result

        inner = self._sequence(items, ended)

        def more(at: int) -> int:
            nonlocal began
            if number >= most:
                return -1
            self._step()
            before, began = began, at
            result = inner(at)
            began = before
            return result

        def again(at: int) -> int:
            if number < least:
                return more(at)
            for one in (more, then) if greedy else (then, more):
                if (end := one(at)) >= 0:
                    return end
            return -1

        def node(at: int) -> int:
            nonlocal number, began
            before, number = (number, began), 0
            result = again(at)
            number, began = before
            return result

        return node

    def _anchor(self, where: str, then: Node) -> Node:
        source = {
            "AT_BEGINNING": "^",
            "AT_BEGINNING_STRING": r"\A",
            "AT_END": "$",
            "AT_END_STRING": r"\Z",
            "AT_BOUNDARY": r"\b",
            "AT_NON_BOUNDARY": r"\B",
        }[where]
        matches = re.compile(source, self._flags).match

        def node(at: int) -> int:
            self.steps += 1
            return then(at) if matches(self._text, at) else -1

        return node

    def _reference(self, number: int, then: Node) -> Node:
        def node(at: int) -> int:
            if (span := self._groups.get(number)) is None:
                return -1
            taken = self._text[slice(*span)]
            self._step(len(taken) + 1)
            return then(at + len(taken)) if self._text.startswith(taken, at) else -1

        return node

    def _condition(self, number: int, yes: Any, no: Any, then: Node) -> Node:
        nodes = self._sequence(list(no or ()), then), self._sequence(list(yes), then)
        return lambda at: nodes[number in self._groups](at)


def _itself(at: int) -> int:
    return at


def _either(first: Node, second: Node) -> Node:
    return lambda at: end if (end := first(at)) >= 0 else second(at)


def _atomic(inner: Node, then: Node) -> Node:
    return lambda at: then(end) if (end := inner(at)) >= 0 else -1


def _has(tree: Any, what: Callable[[str, Any], bool]) -> bool:
    return any(what(op, arguments) for op, arguments in nodes(tree))


def _goes_by_rounds(op: str, arguments: Any) -> bool:
    """Whether where a round began decides, or there are too many for a node each."""
    if op not in REPETITIONS or (len(arguments[2]) == 1 and str(arguments[2][0][0]) in ONE):
        return False
    least, most, body = arguments
    return body.getwidth()[0] == 0 or int(least) > _COPIES or _COPIES < int(most) < _ENDLESS


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
