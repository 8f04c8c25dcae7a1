from datetime import date

import pytest

from jiceng.days import Day, Month, Year, day_of


@pytest.mark.parametrize("day", [date(2021, 6, 1), Month(2021, 6), Month(987, 12), Year(2021), Year(87)])
def test_what_a_day_writes_is_read_as_it_was(day: Day) -> None:
    assert day_of(day.isoformat()) == day


@pytest.mark.parametrize("text", ["", "2021-13", "2021-02-30", "0000", "21-06", "2021-6", "2021年"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_of(text)
