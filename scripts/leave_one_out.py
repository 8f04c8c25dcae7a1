"""The scoreboard of annotated documents; beside each score the one by weights that never saw the document.

    python scripts/leave_one_out.py [GOLD] [--sources DIR] [--taught FOLDER…]

`GOLD` is a folder of annotations (tests/gold/seeds), `--sources` the folder of their documents (seeds). Only
the weights for mechanisms are learned from annotations: for each document they are learned anew from what the
reports' lessons teach and from all that the folders `--taught` hold but that document, which is then read by
them. A kind that no weight has a part in gets the same score twice, as does a document outside the folders
`--taught`: its score is one of unseen text already. (What reports teach was chosen and cut with all documents
at hand.) Rules and vocabularies were written with some documents in view, which no figure here can leave out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jiceng import scoreboard
from jiceng.evaluate import Row
from jiceng.extract.mechanisms.page import Words
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory
from mechanism_lessons import Lesson, lessons_in
from train_mechanisms import Document, learn, render, taught

ROOT = Path(__file__).resolve().parents[1]
TAUGHT = ("tests/gold/mechanisms", "tests/gold/training", "tests/gold/seeds")
LESSONS = ROOT / "tests/gold/reports"
Table = dict[tuple[str, str], Row]


def summed(rows: Iterable[Row]) -> Table:
    """The rows of several documents as one table."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        for name in ("gold", "found", "right"):
            counts[row.kind, row.measure, name] += getattr(row, name)
    keys = dict.fromkeys((kind, measure) for kind, measure, _ in counts)
    return {(k, m): Row(k, m, *(counts[k, m, n] for n in ("gold", "found", "right"))) for k, m in keys}


def left_out(
    gold: Path, sources: Path, documents: Sequence[Document], lessons: Sequence[Lesson], ontology: Path
) -> list[Row]:
    """A document's rows by weights that were learned without it; `ontology` is a copy to write them into."""
    group = f"{gold.parent.name}/{gold.stem}"
    rest = [d for d in documents if d.group != group]
    if len(rest) < len(documents):
        weights = learn(rest, Words.of(load_lexicon()), lessons)
        target = ontology / "rules" / "mechanism_weights.toml"
        target.write_text(render(weights, rest, lessons), "utf-8")
    else:  # never learned from
        shutil.copy(ontology_directory() / "rules" / "mechanism_weights.toml", ontology / "rules")
    return list(scoreboard.measure(gold, sources, ontology=ontology)[0].rows)


def table(shipped: Table, unseen: Table) -> str:
    """Both figures side by side, as Markdown."""
    lines = ["| kind | measure | gold | F1 | F1 left out |", "| --- | --- | ---: | ---: | ---: |"]
    lines += [
        f"| {kind} | {measure} | {row.gold} | {row.f1:.3f} | {unseen[kind, measure].f1:.3f} |"
        for (kind, measure), row in shipped.items()
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="?", type=Path, default=ROOT / "tests/gold/seeds")
    parser.add_argument("--sources", type=Path, help="documents (beside the annotations, else seeds)")
    parser.add_argument("--taught", nargs="+", type=Path, default=[ROOT / folder for folder in TAUGHT])
    options = parser.parse_args(arguments)
    paths = sorted(options.gold.glob("*.json"))
    if not paths:
        print(f"{options.gold}: no annotations (*.json) here; name a folder that has some", file=sys.stderr)
        return 1
    beside = any(options.gold.glob("*.txt"))
    sources = options.sources or (options.gold if beside else ROOT / "seeds")
    documents = taught(options.taught, ROOT / "seeds")
    lessons = lessons_in(LESSONS)
    shipped = summed(scoreboard.measure(options.gold, sources)[0].rows)
    with TemporaryDirectory(prefix="jiceng-") as folder:
        ontology = Path(shutil.copytree(ontology_directory(), Path(folder) / "ontology"))
        unseen = summed(
            row for path in paths for row in left_out(path, sources, documents, lessons, ontology)
        )
    print(table(shipped, unseen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
