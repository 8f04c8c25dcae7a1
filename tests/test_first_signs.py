"""The signs that a pattern's class ahead lacks are told (all rules are held to it in `test_rules.py`)."""

from __future__ import annotations

import pytest
from tests.first_signs import missing


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        ("(?=[甲乙])(?:甲|乙丙)", ""),
        ("(?=[甲乙])(?:甲|丙乙)", "丙"),
        (r"(?=[\d甲])(?:(?<!丁)[甲乙]?3|\d)", "乙"),
        ("(?=甲)(?:(?P<a>甲)+|丁)", "丁"),
        ("(?=[甲])(?:[^丙]|乙)", None),
        ("(?=[甲])(?:乙?)", None),
        ("甲|乙", None),
    ],
)
def test_what_is_missing_is_told(pattern: str, signs: str | None) -> None:
    assert missing(pattern) == signs
