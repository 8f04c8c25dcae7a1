"""Fit the weights by which boxes of text are joined (`WEIGHTS` in jiceng.repair.box_links) and print them.

    python scripts/fit_boxes.py

Pages are set by tests/press_blocks.py from the clean texts that `fit_seams.py` fits on. For each end that
breaks off a conditional logistic regression chooses among all beginnings of the page and that it is lost.
The reports in tests/reports/held_out are not fitted on; they tell how good the weights are.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import fit_seams
import press  # type: ignore[import-not-found]
import press_blocks  # type: ignore[import-not-found]
from jiceng.model import Source
from jiceng.repair import boxed_chains
from jiceng.repair.box_links import FIRST, WEIGHTS, Boxes, Signs

Page = tuple[Boxes, dict[str, str]]
Trial = tuple[list[Signs], int]  # the signs of all beginnings, and which is right (-1: none)

PAGES, LOST = 60, 0.06
ROUNDS, RATE, DECAY = 6, 0.1, 1e-4


def main() -> None:
    """Fit, tell how often the right beginning is chosen, and print the weights."""
    reports = press.reports()
    for number, text in enumerate(fit_seams.texts()):
        if number >= len(reports):
            reports.append(press.Report(f"text {number}", ("标题", *text)))
    known = list(pages(reports, PAGES))
    held_out = list(pages(press.reports(True), PAGES // 3))
    FIRST.clear()
    FIRST.update(step("FIRST", known, held_out, Boxes.signs, lambda boxes, tail: boxes.near[tail]))
    WEIGHTS.clear()
    WEIGHTS.update(
        step("WEIGHTS", known, held_out, Boxes.more_signs, lambda boxes, tail: boxes.first_scores()[tail])
    )


def step(
    name: str,
    known: Sequence[Page],
    held_out: Sequence[Page],
    signs: Callable[[Boxes, int, int], Signs],
    choices: Callable[[Boxes, int], Iterable[int]],
) -> Signs:
    """Fit one set of weights, print it, and how often it chooses rightly."""
    data, other = ([t for page in group for t in trials(page, signs, choices)] for group in (known, held_out))
    weights = fit(data)
    for label, group in (("fitted on", data), ("held out", other)):
        share = sum(right(t, weights) for t in group) / len(group)
        print(f"{name}, {label}: {len(group)} ends, right {share:.3f}", file=sys.stderr)
    print(f"{name}: Signs = {{")
    for sign, weight in sorted(weights.items()):
        print(f'    "{sign}": {weight:.2f},')
    print("}")
    return weights


def pages(reports: Sequence[press.Report], number: int) -> Iterator[Page]:
    """Pages set from reports, laid out, with the clean texts."""
    for seed in range(number):
        rng = random.Random(seed)
        chosen = rng.sample(reports, rng.choice((2, 3, 4)))
        text = press_blocks.in_blocks(chosen, rng, 13, LOST)
        if rng.random() < 0.6:
            text = press.with_noise(text, rng)
        boxes = boxed_chains(Source("page", "0" * 64, text))
        if boxes is not None:
            yield boxes, {r.division: "".join(press.plain(p) + "|" for p in r.body) for r in chosen}


def trials(
    page: Page, signs: Callable[[Boxes, int, int], Signs], choices: Callable[[Boxes, int], Iterable[int]]
) -> Iterator[Trial]:
    """The ends of a page whose continuation is known."""
    boxes, bodies = page
    heads = {s[:2]: h for h in boxes.heads if (s := _span(boxes.chains[h].first.text, bodies)) is not None}
    within = {
        s[:2] for c in boxes.chains for f in c.fragments[1:] if (s := _span(f.text, bodies)) is not None
    }
    for tail in boxes.tails:
        span = _span(boxes.chains[tail].last.text, bodies)
        if span is None or not boxes.chains[tail].last.column:
            continue
        head = heads.get((span[0], span[2]))
        others = sorted(choices(boxes, tail))
        if head is not None and head not in others:
            continue
        if head is None and (span[0], span[2]) in within:
            continue  # its continuation was joined to something else
        yield [signs(boxes, tail, h) for h in others], -1 if head is None else others.index(head)


def _span(line: str, bodies: dict[str, str]) -> tuple[str, int, int] | None:
    """Where a line stands in the clean texts, if that is sure."""
    plain = press.plain(line)
    hits = [(d, b.find(plain)) for d, b in bodies.items() if plain and plain in b]
    if len(plain) < 2 or len(hits) != 1 or bodies[hits[0][0]].count(plain) > 1:
        return None
    return hits[0][0], hits[0][1], hits[0][1] + len(plain)


def scores(trial: Trial, weights: Signs) -> list[float]:
    """The score of each beginning, and 0 for none."""
    return [Boxes.weigh(signs, weights) for signs in trial[0]] + [0.0]


def right(trial: Trial, weights: Signs) -> bool:
    """Whether the right one scores most."""
    found = scores(trial, weights)
    return found.index(max(found)) == (trial[1] if trial[1] >= 0 else len(found) - 1)


def fit(data: list[Trial]) -> Signs:
    """The weights, by AdaGrad on the logarithm of the likelihood."""
    rng = random.Random(0)
    data = list(data)
    weights: Signs = {n: 0.0 for trial in data for signs in trial[0] for n in signs}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        rng.shuffle(data)
        for trial in data:
            found = scores(trial, weights)
            top = max(found)
            parts = [math.exp(s - top) for s in found]
            total = sum(parts)
            step: Signs = {}
            for k, signs in enumerate(trial[0]):
                error = parts[k] / total - (k == trial[1])
                if abs(error) < 1e-4:
                    continue
                for n, v in signs.items():
                    step[n] = step.get(n, 0.0) + error * v
            for n, g in step.items():
                g += DECAY * weights[n]
                squares[n] += g * g
                weights[n] -= RATE * g / math.sqrt(squares[n])
    return weights


if __name__ == "__main__":
    main()
