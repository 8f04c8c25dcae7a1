"""What a build consists of, written beside it: each file's SHA-256, and how much of what there is.

The manifest has no time and no place in it: equal builds have equal manifests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import dropwhile, islice, takewhile
from pathlib import Path
from typing import Any

from jiceng import __version__

NAME = "manifest.json"


def manifest(files: Iterable[tuple[str, str]], rules: str, counts: Mapping[str, int]) -> Iterator[bytes]:
    """The manifest, in pieces: `files` are names with their SHA-256, sorted by name.

    `rules` is the hash of the rules, `counts` what the graph has.
    """
    content = {"jiceng": __version__, "rules": rules, "counts": dict(sorted(counts.items())), "files": {}}
    head, brace, tail = json.dumps(content, ensure_ascii=False, indent=1).rpartition("{}")
    assert brace
    yield head.encode() + b"{"
    for number, (name, sha256) in enumerate(files):
        mark = ",\n" if number else "\n"
        yield f'{mark}  {json.dumps(name, ensure_ascii=False)}: "{sha256}"'.encode()
    yield b"\n }" + tail.encode() + b"\n"


_ENTRY = re.compile(r'  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),?\n')
_FILES, _END = ' "files": {\n', (" }\n", "}\n")
_HEAD = 1000
"""Lines before the files, at most."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[dict[str, Any], Iterator[tuple[str, str]]]]:
    """A manifest's content, and its files with their SHA-256, which are read as they are asked for.

    One that is not as `manifest` writes it is read as a whole. Raises OSError or ValueError.
    """
    head = _head(path)
    if head is None:
        content = parse(path.read_bytes())
        yield content, iter(content["files"].items())
        return
    with path.open(encoding="utf-8", newline="\n") as stream:
        yield parse(head.encode()), _entries(stream)


def _head(path: Path) -> str | None:
    """The manifest without files; None where a line is not as `manifest` writes it."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        head = list(takewhile(lambda line: line != _FILES, islice(stream, _HEAD)))
        rest = dropwhile(_ENTRY.fullmatch, stream)
        return "".join((*head, _FILES, *_END)) if tuple(islice(rest, 3)) == _END else None


def _entries(stream: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in islice(dropwhile(lambda line: line != _FILES, stream), 1, None):
        if found := _ENTRY.fullmatch(line):
            yield json.loads(found[1]), json.loads(found[2])


def parse(data: bytes) -> dict[str, Any]:
    """A manifest's content; raises ValueError where it is none."""
    content = json.loads(data)
    if not isinstance(content, dict) or not all(
        isinstance(content.get(k), dict) for k in ("counts", "files")
    ):
        raise ValueError("counts and files are missing")
    return content
