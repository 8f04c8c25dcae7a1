"""A time that a sentence names holds behind its semicolons, and for the parts told next (。其中，…)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.model import Measurement

_PARTED = re.compile("[。！？!?\n]")


def with_times(text: str, found: Iterable[Measurement], compiled: Grammar) -> Iterator[Measurement]:
    """Measurements in the order of the text, each with the time of the one before if it goes on."""
    before: Measurement | None = None
    for one in found:
        if before is not None and one.period is None and before.period and _goes_on(text, before, one, compiled):
            one = replace(one, period=before.period)
        yield one
        before = one


def _goes_on(text: str, before: Measurement, one: Measurement, compiled: Grammar) -> bool:
    if one.rule == "metrics.table" or one.nature != before.nature:
        return False
    start = before.end
    end = one.start if one.start > start else one.end
    apart = _PARTED.search(text, start, end)
    if apart is None:
        return True
    parts = compiled.rules["metrics.parts-of-before"].pattern.match(text, apart.end(), end)
    return parts is not None and _PARTED.search(text, apart.end(), end) is None
