"""Keep what marked reports teach `train_mechanisms.py`, without the reports themselves.

    python scripts/write_mechanism_lessons.py FOLDER... -o tests/gold/reports/own.jsonl.gz

A folder holds marked texts (see tests/gold/mechanisms/README.md); a first line `@ ADDRESS` tells where a
report stands. Names are cut as weights learned from all texts have it, so that training from the file gives
what training from the reports would give. A file that is there is not written over.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from jiceng.extract.mechanisms.page import Words
from jiceng.extract.mechanisms.weights import Weights
from jiceng.lexicon import load_lexicon
from leave_one_out import ROOT, TAUGHT
from mechanism_lessons import cut_choices, lesson_of, write_lessons
from train_mechanisms import candidates_of, learn_cuts, page_of, read_marked, taught


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    if options.output.exists():
        print(f"{options.output}: is there already; name a new file, or remove it first", file=sys.stderr)
        return 1
    paths = [path for folder in options.folders for path in sorted(folder.glob("*.txt"))]
    if not paths:
        print(
            f"{options.folders[0]}: no marked texts (*.txt) here; name a folder that has some",
            file=sys.stderr,
        )
        return 1
    words = Words.of(load_lexicon())
    own = taught([ROOT / folder for folder in TAUGHT], ROOT / "seeds")
    reports = [read_marked(path) for path in paths]
    pages = [page_of(d, words) for d in (*own, *reports)]
    anchors = [candidates_of(page) for page in pages]
    choices = [tuple(cut_choices(found, d.gold)) for d, found in zip((*own, *reports), anchors, strict=True)]
    rough = Weights(learn_cuts(choices), {})
    lessons = [
        lesson_of(page, found, d.gold, rough, d.source)
        for d, page, found in zip((*own, *reports), pages, anchors, strict=True)
    ]
    write_lessons(options.output, lessons[len(own) :], lessons[: len(own)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
