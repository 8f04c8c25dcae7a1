"""Lines whose characters OCR set apart."""

import pytest

from jiceng.spacing import closed_up


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("云 岭 区 把 支 部 建 在 楼 上", "云岭区把支部建在楼上"),
        ("云 岭 日 报   2 0 2 3 年 9 月", "云岭日报 2023年9月"),
        ("某某 记者 某某 2023年9月 第3版", "某某 记者 某某 2023年9月 第3版"),
        ("甲 乙", "甲 乙"),
        ("", ""),
    ],
)
def test_spaces_behind_each_character_go(line: str, closed: str) -> None:
    assert closed_up(line) == closed
