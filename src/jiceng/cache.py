"""Where what builds computed is kept, and the hashes of the program and its data that it is kept under."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from jiceng import __version__

FOLDERS = ("rules", "vocabulary", "words", "datacube")
"""Of the ontology, those whose files change what a build gives."""


def default_folder() -> Path:
    """The user's cache: `$XDG_CACHE_HOME/jiceng`, or `~/.cache/jiceng`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jiceng"


@cache
def code_sha256() -> str:
    """SHA-256 over the program's own modules and data, as hex digits."""
    total = hashlib.sha256(__version__.encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        total.update(f"{path.relative_to(root)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


@cache
def data_sha256(ontology: Path) -> str:
    """SHA-256 over all files that a build reads: rules, vocabularies, word lists, shapes, the cube."""
    total = hashlib.sha256()
    inside = [p for folder in FOLDERS for p in (ontology / folder).rglob("*") if p.is_file()]
    for path in sorted((*inside, *ontology.glob("shapes.ttl"))):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(ontology)} {content}\n".encode())
    return total.hexdigest()
