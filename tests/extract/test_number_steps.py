"""In which order the ways to find what a number counts are asked (`extract/metrics/counted.py`), and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from clean_articles import analysis_of
from jiceng.extract.metrics import counted, extractor
from jiceng.extract.metrics.number import Answer, Reading, Sides
from jiceng.lexicon import load_lexicon

Step = Callable[[Sides], Answer]
EXTRACT = extractor(load_lexicon())
FOLDER = Path(__file__).with_name("number_sentences")
NO_SENTENCE = re.compile(r"#|[\d.]+ [=<>~] |$")  # a remark or a fact
GROUPS = {"going on": counted._GOING_ON, "special": counted._SPECIAL, "general": counted._GENERAL}


def told(answer: Answer) -> tuple[int, int, str, str | None] | None:
    """What an answer says of a number: where the noun stands, by which rule, and what is done."""
    if not isinstance(answer, Reading):
        return None
    return answer.noun.start, answer.noun.end, answer.rule, answer.action


@pytest.fixture(scope="module")
def disagreeing() -> set[tuple[str, str]]:
    """The names of steps that say different things of one number, in the order in which they are asked."""
    pairs: set[tuple[str, str]] = set()
    first = counted.first

    def asked(steps: Iterable[Step], of: Sides) -> Answer:
        if steps is not counted._STEPS:
            return first(steps, of)
        said = [(step.__name__, answer) for step in steps if (answer := step(of)) is not None]
        pairs.update((said[0][0], name) for name, answer in said[1:] if told(answer) != told(said[0][1]))
        return said[0][1] if said else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counted, "first", asked)
        for path in sorted(FOLDER.glob("*.txt")):
            for line in path.read_text("utf-8").splitlines():
                if not NO_SENTENCE.match(line):
                    EXTRACT(analysis_of(line))
    return pairs


def test_steps_of_one_group_do_not_contradict_each_other(disagreeing: set[tuple[str, str]]) -> None:
    group = {step.__name__: name for name, steps in GROUPS.items() for step in steps}
    assert {(one, other) for one, other in disagreeing if group[one] == group[other]} == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("_of_those", "_cases"),
        ("_of_those", "how_many"),
        ("_of_those", "spent"),
        ("_share_of_it", "how_many"),
        ("_changed", "_before"),
        ("_compared", "_before"),
        ("by_grade", "_before"),
        ("called_on", "_before"),
        ("ground", "_before"),
    ],
)
def test_what_is_asked_first_decides(one: str, other: str, disagreeing: set[tuple[str, str]]) -> None:
    assert (one, other) in disagreeing


def test_every_step_is_asked_once() -> None:
    assert [*counted._GOING_ON, *counted._SPECIAL, *counted._GENERAL] == list(counted._STEPS)
    assert len({step.__name__ for step in counted._STEPS}) == len(counted._STEPS)
