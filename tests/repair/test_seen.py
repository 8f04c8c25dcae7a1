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
        (
            "<p>建成&ldquo;<strong>橘香</strong>&rdquo;驿站<br/>5个&nbsp;。</p>",
            "\n建成“橘香”驿站\n5个\u00a0。\n",
        ),
        ("建成**橘香驿站**5\\.2处", "建成橘香驿站5.2处"),
        ("见[议事办法](https://example.org/a.html)![图](/a.png)。", "见议事办法。"),
        ("第一段。\\n\\u3000第二段。", "第一段。\n 第二段。"),
        ("3<5，A&B，2**3", "3<5，A&B，2**3"),
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
