"""Fit the weights of the signs at a seam (`WEIGHTS` in jiceng.repair.seams) and print them.

    python scripts/fit_seams.py

Clean texts, the reports in tests/reports and the articles of those seeds whose lines are no columns, are
set in columns of several widths; a logistic regression tells each line's true continuation from other
lines of the same page. What is printed first is cross-validated by text: weights fitted on the others
choose among the true continuation and 25 other lines. The reports in tests/reports/held_out are not read.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import press  # type: ignore[import-not-found]
from jiceng.articles import split
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Role, Source
from jiceng.repair import repair
from jiceng.repair.lines import width
from jiceng.repair.seams import WEIGHTS, Evidence, normal

ROOT = Path(__file__).resolve().parents[1]
Signs = dict[str, float]
Trial = list[Signs]  # the true continuation's signs, then those of other lines

WIDTHS = (9, 11, 13, 14, 16, 20)
OTHERS = 25  # lines that compete with the true one when choosing
SEEN = 3  # of them serve in fitting
STRAIGHT, HALF = 0.4, 0.3  # shares of pages with straight quotes, with half-width marks
ROUNDS, RATE, DECAY, TRUE = 10, 0.3, 1e-4, 3.0  # of the regression; a true continuation counts `TRUE` times


def main() -> None:
    """Cross-validate, then fit on everything and print."""
    data = [list(trials(text, random.Random(n))) for n, text in enumerate(texts())]
    right = before = total = 0
    for n, own in enumerate(data):
        weights = fit([t for other in data[:n] + data[n + 1 :] for t in other])
        right += sum(first(t, weights) for t in own)
        before += sum(first(t, WEIGHTS) for t in own)
        total += len(own)
    print(f"chosen of {OTHERS + 1}: {right / total:.3f} cross-validated, {before / total:.3f} at present")
    for name, weight in sorted(fit([t for own in data for t in own]).items()):
        print(f'    "{name}": {weight:.2f},')


def texts() -> Iterator[Sequence[str]]:
    """Paragraphs of clean texts."""
    for report in press.reports():
        yield report.body
    gazetteer = Gazetteer(load_divisions())
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        raw = path.read_bytes()
        repaired = repair(Source(path.name, hashlib.sha256(raw).hexdigest(), raw.decode()))
        if repaired.page.width is None:
            for article in split(repaired, gazetteer).articles:
                yield [
                    article.body.value[p.start : p.end]
                    for p in article.paragraphs
                    if p.role is Role.BODY and p.end - p.start > 30
                ]


def trials(paragraphs: Sequence[str], rng: random.Random) -> Iterator[Trial]:
    """Each line of each setting with its continuation and others."""
    for column in WIDTHS:
        lines = press.set_lines(paragraphs, column, rng)
        if rng.random() < STRAIGHT:
            lines = [line.translate(str.maketrans("“”", '""')) for line in lines]
        if rng.random() < HALF:
            lines = [line.translate(str.maketrans("，；：（）", ",;:()")) for line in lines]
        evidence = Evidence(lines)
        plain = [normal(line) for line in lines]
        over = [width(line) - column for line in lines]
        for tail in range(len(lines) - 1):
            others = [h for h in range(len(lines)) if abs(h - tail - 0.5) > 1]
            heads = [tail + 1, *rng.sample(others, min(OTHERS, len(others)))]
            yield [evidence.signs(plain[tail], plain[h], over[tail], over[h]) for h in heads]


def fit(data: Sequence[Trial]) -> Signs:
    """The weights of a logistic regression (AdaGrad), `always` being the constant."""
    rng = random.Random(0)
    examples = [(signs, n == 0) for trial in data for n, signs in enumerate(trial[: 1 + SEEN])]
    weights: Signs = {name: 0.0 for signs, _ in examples for name in signs}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        rng.shuffle(examples)
        for signs, true in examples:
            z = sum(weights[name] * value for name, value in signs.items())
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, z)))) - true
            error *= TRUE if true else 1.0
            for name, value in signs.items():
                step = error * value + DECAY * weights[name]
                squares[name] += step * step
                weights[name] -= RATE * step / math.sqrt(squares[name])
    return weights


def first(trial: Trial, weights: Signs) -> bool:
    """Whether the true continuation scores more than every other line."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in signs.items()) for signs in trial]
    return scores[0] > max(scores[1:])


if __name__ == "__main__":
    main()
