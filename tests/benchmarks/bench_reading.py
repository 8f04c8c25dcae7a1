"""How well and how fast torn pages are read: `python tests/benchmarks/bench_reading.py`.

Pages come from `tests/press.py`, so that the right answer is known. `whole` is the share of sentences that
stand whole in the repaired text, `right` the share of sentences (for interleaved articles: of text) that
stand whole in the article of their own division.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import press
import press_blocks
from jiceng import words
from jiceng.articles import split
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Source
from jiceng.repair import Repaired, repair

PAGES = 8  # of each kind,
NEWSPAPERS = 24  # and of newspaper pages, which differ most from each other
SECTIONS = (((3, 13), (2, 13)), ((2, 13), (4, 13)), ((3, 13), (2, 20)), ((2, 20), (3, 13)))


def read(text: str) -> Repaired:
    """A page repaired."""
    return repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def whole(repaired: Repaired, reports: Sequence[press.Report]) -> float:
    """Share of the reports' sentences that the repaired text holds whole."""
    text = "\n".join(s.text.value for s in repaired.stretches)
    return press.whole([s for r in reports for s in r.sentences], text)


def right(repaired: Repaired, reports: Sequence[press.Report], gazetteer: Gazetteer, size: int = 0) -> float:
    """Share of sentences, or of pieces of `size` characters, that stand in the article of their division."""
    articles = split(repaired, gazetteer).articles
    good = total = 0
    for report in reports:
        mine = [a.body.value for a in articles if report.division.endswith(a.division.name)]
        body = press.plain("\n".join(mine))
        for sentence in map(press.plain, report.sentences):
            step = size or len(sentence)
            pieces = [sentence[i : i + step] for i in range(0, max(1, len(sentence) - step + 1), step)]
            good += sum(p in body for p in pieces)
            total += len(pieces)
    return good / max(1, total)


def torn_columns(size: int) -> str:
    """About `size` bytes of columns read across."""
    pages: list[str] = []
    number = 0
    while sum(len(p.encode()) for p in pages) < size:
        rng = random.Random(number)
        pages.append(press.one_article(rng.choice(press.reports()), 2 + number % 4, 13, rng))
        number += 1
    return "\n".join(pages)


def _line(label: str, values: Sequence[float]) -> None:
    print(f"{label:<56}{sum(values) / len(values):>8.3f}")


def main() -> None:
    """Print the tables."""
    speed()  # first, as in a process that repairs one page
    gazetteer = Gazetteer(load_divisions())
    for held_out in (False, True):
        print("reports that no weight was fitted on" if held_out else "reports that constants were fitted on")
        accuracy(press.reports(held_out), gazetteer)
        news(press.news(held_out), gazetteer)


def news(items: Sequence[press.Report], gazetteer: Gazetteer) -> None:
    """Short items that name their division once: shares of the text right, and in another's article."""
    for cut in press.CUTS:
        for number in (2, 3, 4):
            good = wrong = total = 0
            for seed in range(2 * PAGES):
                rng = random.Random(1000 * number + seed)
                page = press.in_turns(rng.sample(items, number), rng, 2 + seed % 2, (cut,))
                text = "".join(f"{paragraph}\n\n" for _, paragraph in page)
                owner = [""] * len(text)
                for article in split(read(text), gazetteer).articles:
                    for span in article.spans:
                        owner[span.start : span.end] = [article.division.name] * len(span)
                at = 0
                for division, paragraph in page:
                    for name in owner[at : at + len(paragraph)]:
                        good += bool(name) and division.endswith(name)
                        wrong += bool(name) and not division.endswith(name)
                    at += len(paragraph) + 2
                    total += len(paragraph)
            _line(f"news, {number} items, cut by {cut}: right", [good / total])
            _line(f"news, {number} items, cut by {cut}: wrong", [wrong / total])


def accuracy(reports: Sequence[press.Report], gazetteer: Gazetteer) -> None:
    """The shares of sentences and text that come back, for each kind of page."""
    for noise in (False, True):
        kind = "with noise" if noise else "clean"

        def page(text: str, rng: random.Random, noisy: bool = noise) -> Repaired:
            return read(press.with_noise(text, rng) if noisy else text)

        for columns in (2, 3, 4, 5):
            rngs = [(r, w, random.Random(columns * w)) for r in reports for w in (12, 13, 15)]
            values = [whole(page(press.one_article(r, columns, w, g), g), [r]) for r, w, g in rngs]
            _line(f"{columns} columns, {kind}: whole", values)
        rng = random.Random(7)
        values = [whole(page(press.in_sections(r, parts), rng), [r]) for r in reports for parts in SECTIONS]
        _line(f"sections of other columns, {kind}: whole", values)
        for number in (2, 3, 4):
            values = []
            for seed in range(PAGES):
                rng = random.Random(100 * number + seed)
                chosen = rng.sample(reports, number)
                values.append(right(page(press.interleaved(chosen, rng), rng), chosen, gazetteer, 8))
            _line(f"{number} interleaved articles, {kind}: right", values)
        values, owned = [], []
        for seed in range(NEWSPAPERS):
            rng = random.Random(seed)
            chosen = rng.sample(reports, 2)
            repaired = page(press.newspaper_page(chosen[0], chosen[1], rng), rng)
            values.append(whole(repaired, chosen))
            owned.append(right(repaired, chosen, gazetteer))
        _line(f"newspaper page, {kind}: whole", values)
        _line(f"newspaper page, {kind}: right", owned)
        for number in (2, 4):
            scores: list[tuple[float, float, float]] = []
            for seed in range(NEWSPAPERS):
                rng = random.Random(seed)
                chosen = rng.sample(reports, number)
                repaired = page(press_blocks.in_blocks(chosen, rng), rng)
                good = (right(repaired, chosen, gazetteer), right(repaired, chosen, gazetteer, 8))
                scores.append((whole(repaired, chosen), *good))
            columns = zip(*scores, strict=True)
            for label, shares in zip(("whole", "right", "text right"), columns, strict=True):
                _line(f"page read box by box, {number} articles, {kind}: {label}", shares)


def speed() -> None:
    """The processor time that the repair of 100 kB takes, and jieba's cut of the same text."""
    words.cut("预热")
    read(torn_columns(2_000))
    _against_cut("torn columns", [torn_columns(100_000)])
    reports, rng, pages = press.reports(True), random.Random(0), [""]
    while sum(len(page.encode()) for page in pages) < 100_000:
        pages.append(press_blocks.in_blocks(rng.sample(reports, 2), rng))
    _against_cut("pages read box by box", pages[1:])


def _against_cut(what: str, pages: Sequence[str]) -> None:
    start = time.process_time()
    for page in pages:
        words.cut(page)
    cut = time.process_time() - start
    start = time.process_time()
    for page in pages:
        read(page)
    took = time.process_time() - start
    print(f"100 kB of {what}: repair {took:.2f} s, jieba's cut {cut:.3f} s, ratio {took / cut:.1f}")


if __name__ == "__main__":
    main()
