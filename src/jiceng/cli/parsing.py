"""What the command line says of words that it does not know: the nearest that it does, where all stand."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

_COMMAND = re.compile(r"^argument COMMAND: invalid choice: '?([^\s']+)'? \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """argparse's, but what a command does not know is told by that command, with its near options."""

    def parse_known_args(  # type: ignore[override]  # of argparse's overloads commands are parsed by this one
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """As argparse's, which leaves what it does not know to the program as a whole."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(self._unknown(unknown[0]))
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """End with what is wrong, and for a command that is not there with those that are near."""
        if wrong := _COMMAND.fullmatch(message):
            known = re.findall(r"[\w-]+", wrong[2])
            message = f"no command {wrong[1]}{_near(wrong[1], known)}; `{self.prog} --help` lists all"
        super().error(message)

    def _unknown(self, word: str) -> str:
        if not word.startswith("-"):
            # A word that is too long for a name is no path here; `Path.exists` would raise.
            graph = "-g" in self._option_string_actions and os.path.exists(word)  # noqa: PTH110
            remedy = f"a graph is named by -g {word}" if graph else "a name with spaces stands in quotes"
            return f"{word}: one argument too many; {remedy}"
        option = word.partition("=")[0]
        near = _near(option, self._option_string_actions)
        return f"no option {option}{near}; `{self.prog} --help` lists all"


def _near(word: str, known: Iterable[str]) -> str:
    import difflib  # only when something is wrong: the start of every command is measured

    near = difflib.get_close_matches(word, list(known), n=3)
    return f"; near it: {', '.join(near)}" if near else ""
