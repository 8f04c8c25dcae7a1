"""The command that tells what is kept between builds, and takes it away."""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path

from jiceng.errors import BuildError


def cache(options: argparse.Namespace) -> int:
    """List the databases of pieces, after taking away what is asked for."""
    from jiceng.cache import default_folder
    from jiceng.resources import ontology_directory
    from jiceng.store import documents, sweeping

    folder = options.cache or default_folder()
    base = documents.base(ontology_directory())
    for one in list(sweeping.kept(folder, base)):
        if options.clear:
            if not sweeping.clear_all(one.path):
                print(f"{one.path.name}: a build is using it")
        elif options.unused is not None and one.current:  # another version's goes as a whole
            _sweep(one.path, options.unused)
    rows = list(sweeping.kept(folder, base))
    print(f"{folder}: {sum(row.size for row in rows) / 1e6:.1f} MB in {len(rows)} files")
    for row in rows:
        version = "this version" if row.current else "another version"
        last = f"last used {row.used:%Y-%m-%d}"
        print(f"{row.path.name}  {row.size / 1e6:.1f} MB  {row.documents} documents  {version}  {last}")
    return 0


def _sweep(path: Path, unused: int) -> None:
    from jiceng.store import database, sweeping

    try:
        gone = sweeping.clear(path, unused)
    except (OSError, sqlite3.Error, database.Unusable) as error:
        raise BuildError(f"{path}: cannot be swept: {error}; take it away by --clear") from error
    print(f"{path.name}: " + ("a build is using it" if gone is None else f"{gone} pieces taken away"))
