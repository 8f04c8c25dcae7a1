"""The command that tells what is kept between builds, and takes it away."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jiceng.errors import BuildError

if TYPE_CHECKING:
    from jiceng.store.sweeping import Kept


def cache(options: argparse.Namespace) -> int:
    """List the databases of pieces, after taking away what is asked for."""
    from jiceng.cache import default_folder
    from jiceng.resources import ontology_directory
    from jiceng.store import documents, sweeping

    folder = options.cache or default_folder()
    base = documents.base(ontology_directory())
    done = sys.stderr if options.json else sys.stdout
    for one in list(sweeping.kept(folder, base)):
        if options.clear:
            if not sweeping.clear_all(one.path):
                print(f"{one.path.name}: a build is using it", file=done)
        elif options.unused is not None and one.current:  # another version's goes as a whole
            print(_swept(one.path, options.unused), file=done)
    rows = list(sweeping.kept(folder, base))
    if options.json:
        print(json.dumps(_json(folder, rows), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_told(folder, rows)))
    return 0


def _swept(path: Path, unused: int) -> str:
    from jiceng.store import database, sweeping

    try:
        gone = sweeping.clear(path, unused)
    except (OSError, sqlite3.Error, database.Unusable) as error:
        raise BuildError(f"{path}: cannot be swept: {error}; take it away by --clear") from error
    return f"{path.name}: " + ("a build is using it" if gone is None else f"{gone} pieces taken away")


def _told(folder: Path, rows: Sequence[Kept]) -> Iterator[str]:
    """This version's database by itself, those of others in one line: there may be hundreds."""
    yield f"{folder}: {_megabytes(rows)} in {len(rows)} files"
    others = [row for row in rows if not row.current]
    for row in rows:
        if row.current:
            yield f"{row.path.name}  {_figures([row], 'this version')}"
    if others:
        files = "1 file" if len(others) == 1 else f"{len(others)} files"
        yield f"{files}  {_figures(others, 'other versions')}"


def _figures(rows: Sequence[Kept], version: str) -> str:
    documents = sum(row.documents for row in rows)
    last = max(row.used for row in rows)
    return f"{_megabytes(rows)}  {documents} documents  {version}  last used {last:%Y-%m-%d}"


def _megabytes(rows: Sequence[Kept]) -> str:
    return f"{sum(row.size for row in rows) / 1e6:.1f} MB"


def _json(folder: Path, rows: Sequence[Kept]) -> dict[str, object]:
    """Every database; sizes in bytes."""
    files = [
        {
            "file": row.path.name,
            "size": row.size,
            "documents": row.documents,
            "this_version": row.current,
            "last_used": f"{row.used:%Y-%m-%d}",
        }
        for row in rows
    ]
    return {"folder": str(folder), "size": sum(row.size for row in rows), "files": files}
