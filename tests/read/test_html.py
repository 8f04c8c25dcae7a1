"""Line ends inside the elements of a page: what readers see, before the main text is looked for."""

import pytest

from jiceng.read.html import _tree


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ("街道有网格12\n个，社区\n    34个。", ["街道有网格12个，社区34个。"]),
        ("　　居民一起商量。\n　　街道有网格12\n个。", ["居民一起商量。", "街道有网格12个。"]),
    ],
    ids=["within a sentence", "before an indent"],
)
def test_lines_are_joined_unless_an_indent_opens_a_paragraph(told: str, lines: list[str]) -> None:
    tree = _tree(f"<html><body><div>{told}</div></body></html>")
    assert [line.strip() for line in tree.text_content().splitlines()] == lines
