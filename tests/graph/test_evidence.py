"""A place in a source: what is written without sorting stands where sorting would put it."""

import pytest

from jiceng.graph import evidence
from jiceng.graph.nodes import nodes_of, term_of
from jiceng.model import Evidence, Span

PLACE = "https://example.org/place"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("柳岸社区有党支部6个。", 0, 4),  # nothing before it
        ("柳岸社区有党支部6个。", 4, 11),  # nothing behind it
        ('柳岸"社区"\n有\\党支部6个。', 2, 6),
        ("", 120, 124),  # the source is not at hand
    ],
)
def test_a_place_is_as_if_it_had_been_sorted(text: str, start: int, end: int) -> None:
    quoted = Evidence("a.txt", "ab" * 32, Span(start, end), text[start:end] or '"柳岸"')
    node = evidence.described(PLACE, quoted, text)
    (sorted_node,) = nodes_of(node.triples).values()
    told, again = ([(row[0], term_of(row), row[2]) for row in each.rows] for each in (node, sorted_node))
    assert told == again
    assert node.turtle == sorted_node.turtle
