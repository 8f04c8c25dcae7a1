"""Fit the costs by which quotes are read (jiceng.repair.straight_quotes), and print them.

    python scripts/fit_quotes.py [--search]

The texts of tests/gold and tests/reports that have curly quotes alone get straight ones, whole or with marks
taken out and paragraphs torn in two. Every other text serves for fitting, the rest for what is printed: how
many marks come out wrong, and of marks that were typed in the wrong direction how many come back, and how
many right ones are turned. `--search` tries other costs, one at a time, and prints those that read best.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from pathlib import Path

from jiceng.repair import straight_quotes

TESTS = Path(__file__).resolve().parents[1] / "tests"
KEPT = ("_NEVER", "_TURNED_ROUND")  # no mark that has a direction is to be turned for a small gain
COSTS = tuple(
    name
    for name, value in vars(straight_quotes).items()
    if name[0] == "_" and isinstance(value, float) and name not in KEPT
)
MARKED = re.compile(r"\[\[([^|\]]*)[^\]]*\]\]|^#+ ", re.MULTILINE)
DAMAGES = ((0.0, 0.0, 5), (0.02, 0.0, 1), (0.0, 0.2, 1), (0.02, 0.3, 1))
"""Shares of marks that are taken out and of paragraphs that are torn, and how many times each counts."""
FACTORS = (0.4, 0.6, 0.8, 1.25, 1.6, 2.5)
MISTYPED = 0.02
ROUNDS = 3


def texts() -> list[str]:
    """Texts with more than a quotation, and no straight one."""
    paths = sorted(path for folder in ("gold", "reports") for path in (TESTS / folder).rglob("*.txt"))
    plain = (MARKED.sub(lambda found: found[1] or "", path.read_text("utf-8")) for path in paths)
    return [text for text in plain if text.count("“") > 3 and '"' not in text]


def damaged(text: str, lost: float, torn: float, chance: random.Random) -> str:
    """A text without some of its quotes, and with the ends of some paragraphs behind all others."""
    kept, tails = [], []
    for paragraph in text.split("\n"):
        cut = len(paragraph)
        if cut > 60 and chance.random() < torn:
            cut = chance.randrange(20, cut - 20)
            tails.append(paragraph[cut:])
        kept.append(paragraph[:cut])
    return "".join(c for c in "\n".join(kept + tails) if c not in "“”" or chance.random() >= lost)


def wrong(which: Sequence[str], lost: float, torn: float) -> tuple[int, int]:
    """How many marks come out wrong of texts with straight ones, and how many there are."""
    chance = random.Random(7)
    bad = total = 0
    for text in which:
        curly = damaged(text, lost, torn, chance)
        got = straight_quotes.directional(curly.translate({ord("“"): '"', ord("”"): '"'}), '"', "“", "”")
        bad += sum(a != b for a, b in zip(curly, got, strict=True))
        total += sum(c in "“”" for c in curly)
    return bad, total


def turned(which: Sequence[str]) -> tuple[int, int, int]:
    """How many mistyped marks there are, how many come back, and how many right ones are turned."""
    chance = random.Random(5)
    mistyped = mended = harmed = 0
    for text in which:
        places = {i for i, c in enumerate(text) if c in "“”" and chance.random() < MISTYPED}
        typed = "".join(("“" if c == "”" else "”") if i in places else c for i, c in enumerate(text))
        got = straight_quotes.directional(typed, '"', "“", "”")
        mistyped += len(places)
        mended += sum(got[i] == text[i] for i in places)
        harmed += sum(a != b for i, (a, b) in enumerate(zip(text, got, strict=True)) if i not in places)
    return mistyped, mended, harmed


def loss(which: Sequence[str]) -> int:
    """What the present costs get wrong, to be made small."""
    mistyped, mended, harmed = turned(which)
    damage = sum(times * wrong(which, lost, torn)[0] for lost, torn, times in DAMAGES)
    return damage + mistyped - mended + 5 * harmed


def search(which: Sequence[str]) -> None:
    """Set the module's costs, one after the other, to what reads these texts best."""
    best = loss(which)
    for _ in range(ROUNDS):
        for name in COSTS:
            present: float = getattr(straight_quotes, name)
            for value in (round(present * factor, 3) for factor in FACTORS):
                setattr(straight_quotes, name, value)
                if (now := loss(which)) < best:
                    best, present = now, value
            setattr(straight_quotes, name, present)


def main() -> None:
    """Measure, and fit before that if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--search", action="store_true", help="fit the costs first, and print them")
    options = parser.parse_args()
    every = texts()
    fitting, others = every[::2], every[1::2]
    if options.search:
        search(fitting)
        for name in COSTS:
            print(f"{name} = {getattr(straight_quotes, name)}")
    for lost, torn, _ in DAMAGES:
        bad, total = wrong(others, lost, torn)
        print(f"{lost:.0%} of the marks lost, {torn:.0%} of the paragraphs torn: {bad} of {total} wrong")
    mistyped, mended, harmed = turned(others)
    print(f"typed in the wrong direction: {mended} of {mistyped} come back, {harmed} right ones are turned")


if __name__ == "__main__":
    main()
