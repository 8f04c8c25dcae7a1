"""Classes of characters, prepared once for all patterns that are compiled together.

Python's `re` lays a class out over 65,536 places anew wherever a pattern has it, and `[\u4e00-\u9fff]` stands
in patterns three hundred times: that is a third of what it takes to load the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

_PREPARES = "_optimize_charset"


@contextmanager
def prepared_once() -> Iterator[None]:
    """Patterns that are compiled inside share what is prepared; they are the same patterns.

    This asks for a function that is Python's own affair: where there is none of its name, nothing is shared.
    """
    compiler: Any = import_module("re._compiler")
    prepares: Callable[..., Any] | None = getattr(compiler, _PREPARES, None)
    if prepares is None:
        yield
        return

    @cache
    def once(charset: tuple[Any, ...]) -> Any:
        return prepares(list(charset))

    def prepare(charset: list[Any], *folding: Any) -> Any:
        return prepares(charset, *folding) if any(folding) else once(tuple(charset))

    setattr(compiler, _PREPARES, prepare)
    try:
        yield
    finally:
        setattr(compiler, _PREPARES, prepares)
