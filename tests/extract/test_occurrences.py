"""Where names stand in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiceng.extract.occurrences import occurrences


def test_names_that_overlap_are_all_found() -> None:
    assert occurrences("段青禾和段青禾苗", ["段青", "段青禾", "青禾苗", "青苗"]) == {
        "段青": [0, 4],
        "段青禾": [0, 4],
        "青禾苗": [5],
        "青苗": [],
    }


@given(st.text(alphabet="甲乙丙", max_size=40), st.lists(st.text(alphabet="甲乙丙", min_size=2, max_size=5)))
def test_they_are_those_of_find(text: str, names: list[str]) -> None:
    found = occurrences(text, names)
    assert found == {name: [i for i in range(len(text)) if text.find(name, i) == i] for name in names}
