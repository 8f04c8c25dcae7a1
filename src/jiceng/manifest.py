"""What a build consists of, written beside it: each file's SHA-256, and how much of what there is.

The manifest has no time and no place in it: equal builds have equal manifests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from jiceng import __version__

NAME = "manifest.json"


def manifest(files: Mapping[str, bytes], rules: str, counts: Mapping[str, int]) -> bytes:
    """The manifest of files by name; `rules` is the hash of the rules, `counts` what the graph has."""
    content = {
        "jiceng": __version__,
        "rules": rules,
        "counts": dict(sorted(counts.items())),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def parse(data: bytes) -> dict[str, Any]:
    """A manifest's content; raises ValueError where it is none."""
    content = json.loads(data)
    if not isinstance(content, dict) or not all(
        isinstance(content.get(k), dict) for k in ("counts", "files")
    ):
        raise ValueError("counts and files are missing")
    return content
