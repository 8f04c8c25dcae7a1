"""A time that a sentence names holds behind its semicolons, and for the parts told next (。其中，…).

One that a bulletin announces holds for all its figures until another is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.model import Measurement

_MARK = re.compile("[。！？；!?;\n]")  # up to these a sentence has told its times itself
_SEMICOLONS = "；;"


_HEAD = 400  # characters at an article's beginning in which it announces the time of its figures


def with_times(text: str, found: Iterable[Measurement], compiled: Grammar) -> Iterator[Measurement]:
    """Measurements in the order of the text, each with the time of the one before if it goes on."""
    before: Measurement | None = None
    held = False  # whether the one before has its time from farther up
    announced = compiled.rules["metrics.announced-time"].pattern.search(text, 0, _HEAD)
    for one in found:
        if announced is not None and one.start >= announced.end():
            if one.period not in (None, announced["when"]):
                announced = None
            elif one.period is None and one.nature == "fact" and not (one.action or "").endswith("前"):
                yield (before := replace(one, period=announced["when"]))
                continue
        goes_on = before is not None and one.period is None and before.period is not None
        if goes_on and before is not None and _holds(text, before, one, compiled, held):
            one = replace(one, period=before.period)
            held = True
        else:
            held = False
        yield one
        before = one


def _holds(text: str, before: Measurement, one: Measurement, compiled: Grammar, held: bool) -> bool:
    if one.rule == "metrics.table" or one.nature != before.nature or (one.action or "").endswith("前"):
        return False  # nor is what a change began from of that time
    start = before.end
    end = one.start if one.start > start else one.end
    if any(word in text[start : one.end] for word in compiled.lists["formerly"]):
        return False
    marks = list(_MARK.finditer(text, start, end))
    if not marks:
        return held
    stops = [mark for mark in marks if mark[0] not in _SEMICOLONS]
    if not stops:
        return True
    parts = compiled.rules["metrics.parts-of-before"].pattern
    return len(stops) == 1 and parts.match(text, stops[0].end(), end) is not None
