"""Commands on texts: what was read and why, repaired articles, annotation and measure."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from jiceng.model import Role

if TYPE_CHECKING:
    from jiceng.articles import Split


def explain(options: argparse.Namespace) -> int:
    """Tell where a fact comes from and why."""
    from jiceng import explain

    told = explain.explain(options.graph, options.iri, options.sources)
    print(explain.to_json(told) if options.json else explain.render(told))
    return 1 if told.notes else 0


def repair(options: argparse.Namespace) -> int:
    """Print the repaired articles of a file."""
    from jiceng import articles, lexicon, read, repair
    from jiceng.articles import account

    repaired = repair.repair(read.read_source(options.file))
    split = articles.split(repaired, lexicon.load_lexicon().gazetteer)
    if options.json:
        print(json.dumps(account.page_json(repaired, split, options.explain), ensure_ascii=False, indent=1))
    elif options.explain:
        for line in (*repair.explain(repaired), *account.page_told(split)):
            print(line)
    else:
        _print_articles(split)
    for warning in split.warnings:
        print(f"note: {warning}", file=sys.stderr)
    return 1 if split.warnings else 0


def _print_articles(split: Split) -> None:
    for article in split.articles:
        print(f"# {article.division.name} ({article.division.adcode}) {article.title}\n")
        for paragraph in article.paragraphs:
            mark = f"{'#' * (paragraph.level + 1)} " if paragraph.role is Role.HEADING else ""
            note = "" if paragraph.role in (Role.HEADING, Role.BODY) else f"[{paragraph.role}] "
            print(f"{mark}{note}{article.body.value[paragraph.start : paragraph.end]}\n")
    if split.articles and split.unplaced:
        print("# (in no article)\n")
        for stretch in split.unplaced:
            print(f"{stretch.text.value}\n")


def annotate(options: argparse.Namespace) -> int:
    """Print a gold file to correct."""
    from jiceng import annotate

    filled = annotate.prefill(options.file, tell=lambda note: print(f"note: {note}", file=sys.stderr))
    print(json.dumps(filled, ensure_ascii=False, indent=1))
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Measure against annotated documents."""
    from jiceng import evaluate, scoreboard

    board, each = scoreboard.measure(
        options.gold,
        options.sources,
        options.graph,
        tell=lambda note: print(f"note: {note}", file=sys.stderr),
    )
    if options.json:
        print(evaluate.to_json(board))
        return 0
    more = options.rules or options.misses
    print(
        evaluate.table(board)
        if options.brief and not more
        else evaluate.render(board, options.misses, options.rules)
    )
    if options.documents:
        print(f"\n{evaluate.by_document(each)}")
    return 0
