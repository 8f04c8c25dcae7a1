"""Every fuzzing target on what was once found, and on some random inputs: the long run is fuzz.py."""

import importlib
import random
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
NAMES = (
    *(
        "decoding",
        "files",
        "numerals",
        "periods",
        "repairing",
        "matching",
        "extracting",
        "minting",
        "writing",
    ),
    *("paging", "querying", "asking"),
)
RANDOM = {"repairing": 25, "matching": 40, "extracting": 15, "files": 60, "asking": 60}
"""Inputs of dear targets; the others get more."""


@pytest.fixture
def targets(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    return importlib.import_module("targets")


def test_all_targets_are_run(targets: ModuleType) -> None:
    assert tuple(targets.TARGETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_kept_and_random_inputs_hold(name: str, targets: ModuleType) -> None:
    for data in targets.kept(name):
        targets.TARGETS[name](data)
    chance = random.Random(name)
    for _ in range(RANDOM.get(name, 300)):
        targets.TARGETS[name](chance.randbytes(chance.randrange(1, 200)))
