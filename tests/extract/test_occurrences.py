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


def test_many_names_are_found_in_one_pass_as_few_are_one_by_one() -> None:
    names = [f"{one}{other}" for one in "甲乙丙丁戊己" for other in "甲乙丙丁戊己"]
    text = "甲甲乙丙丁戊己己甲" * 3
    one_by_one = {name: occurrences(text, [name])[name] for name in names}
    assert occurrences(text, names) == one_by_one
    assert sum(map(len, one_by_one.values())) == len(text) - 1
