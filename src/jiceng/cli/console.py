"""What commands share: progress on a terminal, and where results are kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiceng.pipeline import Progress


@contextmanager
def bar(what: str, unit: str = "documents") -> Iterator[Progress]:
    """A progress bar on standard error, silent where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda name, total: None
        return
    from tqdm import tqdm

    with tqdm(desc=what, unit=f" {unit}", leave=False) as bar:

        def progress(name: str, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        yield progress


def cache_folder(options: argparse.Namespace) -> Path | None:
    """The folder of kept results, or None where nothing is to be kept."""
    from jiceng.cache import default_folder

    return None if options.no_cache else options.cache or default_folder()
