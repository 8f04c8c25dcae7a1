"""What is read of a source: signs that look alike as one, those that show nothing as none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from test_repair import check, read

from jiceng.repair.seen import seen


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("推行「一碗汤『早市』行动」，", "推行“一碗汤‘早市’行动”，"),
        ("『老街夜话』每月一次", "“老街夜话”每月一次"),
        ("推行“院里「早市」行动”", "推行“院里‘早市’行动”"),
        ("推行「院里“早市”行动」", "推行“院里‘早市’行动”"),
        ("办起‘老街夜话’", "办起“老街夜话”"),
        ("办起“老街‘夜话’”", "办起“老街‘夜话’”"),
        ("⼩区⺠情⼾", "小区民情户"),
        ("印发〈议事办法〉", "印发《议事办法》"),
        ("《关于〈议事办法〉的说明》", "《关于〈议事办法〉的说明》"),
        ("社\u200b区\u200e党\u2060支\ufe0f部\ufeff", "社区党支部"),
        ("“1＋2＋N”｡", "“1+2+N”。"),
    ],
)
def test_signs_are_read_as_what_they_stand_for(raw: str, shown: str) -> None:
    assert seen(raw).text == shown


def test_places_stay_those_of_the_source() -> None:
    page = "网格\u200b里办起「夜话」，调解\u2060纠纷1\u200b2件。\n\ufeff\n居民\u00ad说好。\n"
    repaired = read(page)
    check(page, repaired)
    first, second = (s.text for s in repaired.stretches)
    assert (first.value, second.value) == ("网格里办起“夜话”，调解纠纷12件。", "居民说好。")
    at = first.value.index("12件")
    (span,) = first.raw(at, at + 3)
    assert page[span.start : span.end] == "1\u200b2件"
