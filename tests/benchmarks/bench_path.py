"""The whole path on clean text by stage, beside jieba on the same text: one process, one core.

    python tests/benchmarks/bench_path.py [--rounds 3] [--folder DIR] [--json]

From files to the bytes of all files of a build: read, repair, split into articles, extract, link, the graph
and its shapes, Turtle, articles.jsonl, page, each for all documents in memory; and `build`, which does the
same for a document and a district at a time and keeps the pieces, as the command does.

The texts are the clean ones of the tests (annotated documents, reports, the marked texts of
tests/gold/mechanisms without their marks), or the `*.txt` of a folder. Seconds are those of the processor, so
that other processes disturb little; everything is loaded and called once before the clock runs, and the
cache of cut words is emptied before each round. Medians are shown.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import jieba
import jieba.posseg

from jiceng import articles, graph, jsonl, page, pipeline, read, repair, validate, words
from jiceng.extract import extract_each
from jiceng.graph import identity
from jiceng.link.statements import link

ROOT = Path(__file__).parents[1]
FOLDERS = ("gold", "gold/training", "reports", "reports/held_out", "reports/news")
MARKED = re.compile(r"\[\[([^|\]]*)[^\]]*\]\]|^#+ ", re.MULTILINE)
STAGES = ("read", "repair", "split", "extract", "link", "graph and shapes", "Turtle", "articles", "page")
T = TypeVar("T")


def clean_texts(folder: Path) -> None:
    """Write the tests' clean texts into a folder."""
    for name in FOLDERS:
        for path in sorted((ROOT / name).glob("*.txt")):
            (folder / f"{name.replace('/', '_')}_{path.name}").write_bytes(path.read_bytes())
    for path in sorted((ROOT / "gold" / "mechanisms").glob("*.txt")):
        text = MARKED.sub(lambda found: found[1] or "", path.read_text("utf-8"))
        (folder / f"mechanisms_{path.name}").write_text(text, "utf-8")


def once(tools: pipeline.Tools, paths: list[Path]) -> tuple[dict[str, float], int]:
    """Seconds of each stage, and how many facts were found."""
    seconds: dict[str, float] = {}

    def stage(name: str, run: Callable[[], T]) -> T:
        start = time.process_time()
        result = run()
        seconds[name] = time.process_time() - start
        return result

    gazetteer = tools.lexicon.gazetteer
    divisions = gazetteer.by_code
    sources = stage("read", lambda: [read.read_source(path) for path in paths])
    repaired = stage("repair", lambda: [repair.repair(source) for source in sources])
    splits = stage("split", lambda: [articles.split(one, gazetteer) for one in repaired])
    found = [article for split in splits for article in split.articles]
    facts = stage(
        "extract", lambda: [f for split in splits for f in extract_each(split.articles, tools.extractors)]
    )
    stated = stage("link", lambda: [link(a, f, tools.lexicon) for a, f in zip(found, facts, strict=True)])
    by_article = iter(stated)
    documents = [
        pipeline.Document(
            source, split.articles, tuple(s for _ in split.articles for s in next(by_article)), split.warnings
        )
        for source, split in zip(sources, splits, strict=True)
    ]
    corpus = pipeline.join(documents)
    screened = stage("graph and shapes", lambda: validate.screen(corpus, tools.lexicon, divisions))
    stage("Turtle", lambda: graph.turtle(screened.graph))
    stage("articles", lambda: jsonl.articles_jsonl(screened.corpus, divisions))
    stage("page", lambda: page.render(screened.corpus, tools.lexicon, divisions, identity.fact_iri))
    return seconds, len(corpus.statements)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    jieba.setLogLevel(40)
    gc.set_threshold(200_000, 20, 100)  # as the command does
    tools = pipeline.load_tools()
    with tempfile.TemporaryDirectory() as folder:
        if options.folder is None:
            clean_texts(Path(folder))
        paths = sorted((options.folder or Path(folder)).glob("*.txt"))
        texts = [read.read_source(path).text for path in paths]
        size = sum(len(text.encode()) for text in texts) / 1e6
        rounds: list[dict[str, float]] = []
        facts = 0
        for number in range(options.rounds + 1):
            words.cut.cache_clear()
            gc.collect()
            seconds, facts = once(tools, paths)
            with tempfile.TemporaryDirectory() as output:
                start = time.process_time()
                pipeline.build(paths, Path(output) / "graph")
                seconds["build"] = time.process_time() - start
            start = time.process_time()
            for text in texts:
                list(jieba.posseg.cut(text))
            seconds["jieba.posseg.cut"] = time.process_time() - start
            start = time.process_time()
            for text in texts:
                list(jieba.cut(text))
            seconds["jieba.cut"] = time.process_time() - start
            if number:  # the first round loads dictionaries and models
                rounds.append(seconds)
            else:
                gc.freeze()
    medians = {name: statistics.median(r[name] for r in rounds) for name in rounds[0]}
    medians["extract and link"] = medians["extract"] + medians["link"]
    medians["whole path"] = sum(medians[name] for name in STAGES)
    tagging, cutting = medians["jieba.posseg.cut"], medians["jieba.cut"]
    if options.json:
        told = {name: {"seconds": round(s, 4), "MB/s": round(size / s, 3)} for name, s in medians.items()}
        print(json.dumps({"megabytes": round(size, 4), "facts": facts, **told}, indent=1))
        return
    print(f"{len(paths)} documents, {size:.3f} MB of UTF-8, {facts} facts")
    print(f"{'':<20}{'median s':>10}{'MB/s':>8}{'posseg takes ×':>20}{'cut takes ×':>17}")
    for name, s in medians.items():
        print(f"{name:<20}{s:>10.4f}{size / s:>8.2f}{tagging / s:>20.2f}{cutting / s:>17.2f}")


if __name__ == "__main__":
    main()
