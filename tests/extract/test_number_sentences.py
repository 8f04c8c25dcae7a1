"""Sentences in many habits of the genre: how many numbers come out as a careful reader signs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from clean_articles import analysis_of
from jiceng.extract.metrics import extractor
from jiceng.lexicon import load_lexicon
from jiceng.model import Measurement

EXTRACT = extractor(load_lexicon())
FOLDER = Path(__file__).with_name("number_sentences")


@dataclass(frozen=True, slots=True)
class Fact:
    value: float
    upper: float | None
    comparator: str
    unit: str | None
    measured: str
    nature: str


def sentences(path: Path) -> Iterator[tuple[str, list[Fact]]]:
    """The sentences of a file with their facts (the format is told in the folder's README)."""
    found: list[tuple[str, list[Fact]]] = []
    for line in path.read_text("utf-8").splitlines():
        fields = line.split(" ")
        if len(fields) >= 4 and fields[1] in "=<>~":
            low, _, high = fields[0].partition("..")
            unit = None if fields[2] == "-" else fields[2]
            nature = "rule" if fields[-1] == "!" else "fact"
            found[-1][1].append(
                Fact(float(low), float(high) if high else None, fields[1], unit, fields[3], nature)
            )
        elif line and not line.startswith("#"):
            found.append((line, []))
    yield from found


def grade(fact: Fact, found: Measurement) -> int:
    """0 no match, 1 the number with its unit and roughly its noun, 2 comparator, nature and noun as well."""
    upper = None if found.upper is None else float(found.upper)
    if (fact.value, fact.upper, fact.unit) != (float(found.value), upper, found.unit):
        return 0
    blocks = SequenceMatcher(None, fact.measured, found.measured, autojunk=False).get_matching_blocks()
    share = 2 * sum(b.size for b in blocks) / (len(fact.measured) + len(found.measured))
    same = (fact.comparator, fact.nature) == (found.comparator, found.nature)
    return 0 if share < 0.5 else 2 if same and share >= 0.8 else 1


def scores(path: Path) -> tuple[float, float]:
    """F1 of core and strict agreement over a file."""
    asked = given = core = strict = 0
    for text, facts in sentences(path):
        left = list(EXTRACT(analysis_of(text)))
        asked, given = asked + len(facts), given + len(left)
        for fact in facts:
            best = max(left, key=lambda m: grade(fact, m), default=None)
            if best is not None and (got := grade(fact, best)):
                left.remove(best)
                core, strict = core + 1, strict + (got == 2)
    return 2 * core / (asked + given), 2 * strict / (asked + given)


@pytest.mark.parametrize(
    ("name", "core", "strict"),
    [
        ("reports_and_stories", 0.85, 0.75),
        ("sites_and_streets", 0.87, 0.79),
        ("second_look", 0.86, 0.72),
        ("bulletins_and_briefs", 0.93, 0.87),
        ("signed_and_told", 0.88, 0.81),
        ("asked_and_listed", 0.92, 0.84),
        ("hotlines_and_targets", 0.96, 0.93),
        ("points_and_kinds", 0.96, 0.94),
        ("across_the_genre", 0.90, 0.86),
        ("faults_and_raises", 0.96, 0.90),
        ("shares_and_deeds", 0.93, 0.87),
        ("bounds_and_points", 0.88, 0.79),
        ("tails_and_whose", 0.97, 0.94),
        ("clauses_and_figures", 0.97, 0.89),
        ("ledgers_and_talks", 0.87, 0.78),
        ("thirty_hands", 0.84, 0.79),
        ("more_hands", 0.92, 0.88),
        ("third_hands", 0.94, 0.90),
        ("chains_and_places", 0.97, 0.95),
        ("sent_and_urged", 0.97, 0.97),
        ("ranks_and_reached", 1.0, 1.0),
        ("registers_and_ranks", 0.97, 0.97),
        ("channels_and_shares", 1.0, 1.0),
        ("columns_and_cases", 1.0, 1.0),
        ("so_far_and_so_often", 0.98, 0.98),
        ("days_and_deeds", 1.0, 1.0),
        ("lists_and_ranks", 1.0, 1.0),
        ("sums_and_works", 1.0, 1.0),
        ("parts_and_payers", 1.0, 1.0),
        ("outcomes_and_prices", 1.0, 1.0),
        ("votes_and_visits", 1.0, 1.0),
        ("forms_and_purposes", 1.0, 1.0),
        ("laid_down", 1.0, 1.0),
        ("by_the_day_and_in_lists", 1.0, 1.0),
        ("causes_across_batches", 1.0, 1.0),
        ("plans_and_parts", 1.0, 1.0),
        ("kinds_in_between", 1.0, 1.0),
        ("seldom_said", 1.0, 1.0),
    ],
)
def test_most_numbers_come_out_as_signed(name: str, core: float, strict: float) -> None:
    got = scores(FOLDER / f"{name}.txt")
    assert got[0] >= core, got
    assert got[1] >= strict, got


def test_every_sentence_is_annotated() -> None:
    rows = [row for path in sorted(FOLDER.glob("*.txt")) for row in sentences(path)]
    assert len(rows) > 200
    assert [text for text, facts in rows if not facts] == []
