"""Lines put in order without holding them in memory: sorted in parts, the parts merged from disk."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

PART = 64 << 20
"""Bytes that are sorted at a time; memory holds about twice as much."""
_MOST = 64
"""Parts that are merged at a time: each is an open file."""


def sorted_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, each once, by their bytes; each must end with a line feed and hold no other."""
    with ExitStack() as files:
        parts: list[IO[bytes]] = []
        buffer: list[bytes] = []
        size = 0
        for line in lines:
            buffer.append(line)
            size += len(line)
            if size > PART:
                parts.append(_kept(_once(sorted(buffer)), files))
                buffer, size = [], 0
                if len(parts) == _MOST:
                    merged = _kept(_once(heapq.merge(*parts)), files)
                    for part in parts:
                        part.close()
                    parts = [merged]
        yield from _once(heapq.merge(sorted(buffer), *parts))


def _kept(lines: Iterable[bytes], files: ExitStack) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the stack closes it, and then it is gone
    files.enter_context(file)
    file.writelines(lines)
    file.seek(0)
    return file


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
        before = line
