"""Extraction of every kind of fact beside jieba on the same clean text: one process, one core.

    python tests/benchmarks/bench_extraction.py [--rounds 5] [--json]

The texts are the clean ones of the tests (tests/gold, tests/gold/training, tests/reports). Extraction means
all kinds of facts of given articles, with offsets, evidence and links. Everything is loaded and called once
before the clock runs, and the garbage collector need not look through what was loaded; the cache of cut words
is emptied before each round, so that no text is met a second time. Rounds alternate, the median is shown.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import jieba.posseg

from jiceng import articles, pipeline, read, repair, words
from jiceng.extract import extract
from jiceng.link.statements import link
from jiceng.model import Article

ROOT = Path(__file__).parents[1]
FOLDERS = ("gold", "gold/training", "reports", "reports/held_out")


def load(tools: pipeline.Tools) -> list[Article]:
    """The articles of the tests' clean documents."""
    found = []
    for path in (p for folder in FOLDERS for p in sorted((ROOT / folder).glob("*.txt"))):
        source = read.read_source(path)
        found += articles.split(repair.repair(source), tools.lexicon.gazetteer).articles
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    jieba.setLogLevel(40)
    tools = pipeline.load_tools()
    texts = load(tools)
    bodies = [article.body.value for article in texts]
    size = sum(len(body.encode()) for body in bodies) / 1e6
    facts = 0

    def everything() -> None:
        nonlocal facts
        facts = sum(len(link(a, extract(a, tools.extractors), tools.lexicon)) for a in texts)

    runs: dict[str, Callable[[], object]] = {
        "jieba.posseg.cut": lambda: [list(jieba.posseg.cut(body)) for body in bodies],
        "jieba.cut": lambda: [list(jieba.cut(body)) for body in bodies],
        "jiceng, all facts": everything,
    }
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for round_ in range(options.rounds + 1):
        for name, run in runs.items():
            words.cut.cache_clear()
            gc.collect()
            start = time.perf_counter()
            run()
            if round_:  # the first round loads dictionaries and models
                times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians["jiceng, all facts"]
    if options.json:
        rows = {name: {"seconds": round(s, 4), "MB/s": round(size / s, 3)} for name, s in medians.items()}
        print(json.dumps({"megabytes": round(size, 4), "facts": facts, **rows}, indent=1))
        return
    print(f"{len(texts)} articles, {size:.3f} MB of UTF-8, {facts} facts")
    print(f"{'':<20}{'median s':>10}{'MB/s':>8}{'ours is faster by':>20}")
    for name, seconds in medians.items():
        print(f"{name:<20}{seconds:>10.3f}{size / seconds:>8.2f}{seconds / ours:>19.2f}×")


if __name__ == "__main__":
    main()
