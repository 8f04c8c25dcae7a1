"""What reading a document came to, kept between builds under a hash of all that it depends on.

The key covers the document (its hash, name and origin), the rules and vocabularies, and the program's own
code, so that a hit gives what reading anew would. What cannot be read is read anew. The folder holds Python
pickles: it must be the user's own, and is made so that nobody else may write to it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from jiceng import __version__
from jiceng.model import Source


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
    """SHA-256 over all files that extraction reads: rules, vocabularies, word lists."""
    total = hashlib.sha256()
    for folder in ("rules", "vocabulary", "words"):
        for path in sorted((ontology / folder).rglob("*")):
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                total.update(f"{path.relative_to(ontology)} {content}\n".encode())
    return total.hexdigest()


class Cache:
    """A folder of results by key; `get` and `put` never fail, they only find nothing or keep nothing."""

    def __init__(self, folder: Path, ontology: Path) -> None:
        self.folder = folder
        self._base = f"{code_sha256()} {data_sha256(ontology)}"

    def _path(self, source: Source) -> Path:
        whole = repr((self._base, source.sha256, source.name, source.origin)).encode("utf-8", "replace")
        key = hashlib.sha256(whole).hexdigest()
        return self.folder / key[:2] / key[2:]

    def get(self, source: Source) -> Any | None:
        """What was put for a document, or None."""
        path = self._path(source)
        try:
            if path.stat().st_uid != os.getuid():
                return None
            return pickle.loads(path.read_bytes())
        except Exception:  # a pickle that is damaged may raise anything
            return None

    def put(self, source: Source, result: Any) -> None:
        """Keep a result, whole or not at all."""
        path = self._path(source)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
                stream.write(pickle.dumps(result, protocol=5))
            Path(stream.name).replace(path)
        except OSError:  # no room, no right: the next build reads anew
            return
