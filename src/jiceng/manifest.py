"""What a build consists of, written beside it: each file's SHA-256, and how much of what there is.

The manifest has no time and no place in it: equal builds have equal manifests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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


def parse(data: bytes) -> dict[str, Any]:
    """A manifest's content; raises ValueError where it is none."""
    content = json.loads(data)
    if not isinstance(content, dict) or not all(
        isinstance(content.get(k), dict) for k in ("counts", "files")
    ):
        raise ValueError("counts and files are missing")
    return content
