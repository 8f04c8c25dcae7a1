"""Measure a build against annotated documents: precision, recall and F1 for every kind of fact.

A gold file (JSON, one a document) holds `source`, the file's name; `articles`, each with `district`,
`adcode` and the `blocks` that begin its pieces of text; and `facts`, each with `kind`, `district`, `quote`
(the raw text that shows it) and the fields of its kind. *core* asks for the fact, *strict* for what gives
it its meaning:

- metric: value, upper value, unit, an overlapping place, and half of the measured phrase; strict also the
  comparator, whether it is fact or rule, and four fifths of the phrase;
- tier_chain: three quarters of the tiers in their order; strict all of them;
- mechanism: the same name, or one within the other that covers three tenths of it where their places overlap,
  else six tenths; strict the same name and an accepted type;
- organisation: the same name; strict also its kind;
- policy, honour, person: the same title or name.

Phrases are compared without punctuation and in simplified characters; how far they agree is Dice's
coefficient of their characters in order. Facts are paired one to one within a document and a division, the
best agreement first. *Reading* is how much of an article's text, by characters or on pages of mixed columns
by sentences, stands in the right article.
"""

from __future__ import annotations

from pathlib import Path

from jiceng.evaluate.claims import Build, Claim, GoldDocument, Row, RuleRow, Scoreboard
from jiceng.evaluate.compare import compare
from jiceng.evaluate.load import load_build, load_gold
from jiceng.evaluate.render import by_document, render, table, to_json

__all__ = [
    "Build",
    "Claim",
    "GoldDocument",
    "Row",
    "RuleRow",
    "Scoreboard",
    "by_document",
    "compare",
    "evaluate",
    "load_build",
    "load_gold",
    "render",
    "table",
    "to_json",
]


def evaluate(build: Path, gold: Path, sources: Path) -> Scoreboard:
    """Compare a built folder with a gold file or a folder of them; `sources` holds the documents.

    Raises EvaluationError that names the file, the place in it and what to do.
    """
    return compare(load_gold(gold, sources), load_build(build))
