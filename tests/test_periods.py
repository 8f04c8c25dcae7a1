"""Time phrases become periods where phrase and date allow, and nothing where they do not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.chinese_numerals import write_chinese

from jiceng.days import Month, Year
from jiceng.periods import EARLIEST, LATEST, Part, parse

WRITTEN = date(2024, 5, 17)

CASES = {  # phrase: (key without the date of the report, key with it)
    "2019年": ("2019", "2019"),
    "二〇一九年": ("2019", "2019"),
    "２０１９年": ("2019", "2019"),
    "2019年度": ("2019", "2019"),
    "2019年3月": ("2019-03", "2019-03"),
    "2019年3月5日": ("2019-03-05", "2019-03-05"),
    "2019年第三季度": ("2019-07--2019-09", "2019-07--2019-09"),
    "2019年上半年": ("2019-01--2019-06", "2019-01--2019-06"),
    "2022年1—6月": ("2022-01--2022-06", "2022-01--2022-06"),
    "2022年1月至6月": ("2022-01--2022-06", "2022-01--2022-06"),
    "2018—2020年": ("2018--2020", "2018--2020"),
    "2018年至2020年": ("2018--2020", "2018--2020"),
    "“十三五”期间": ("2016--2020", "2016--2020"),
    "十四五时期": ("2021--2025", "2021--2025"),
    "2022年底": ("end-of-2022", "end-of-2022"),
    "截至2022年底": ("2022-12-31", "2022-12-31"),
    "2022年初": ("start-of-2022", "start-of-2022"),
    "到2025年": ("2025", "2025"),
    "2020年以来": ("since-2020", "2020--2024-05-17"),
    "2020年来": ("since-2020", "2020--2024-05-17"),
    "自2020年3月试点以来": ("since-2020-03", "2020-03--2024-05-17"),
    "党的十九大以来": ("since-2017-10", "2017-10--2024-05-17"),
    "今年": (None, "2024"),
    "去年底": (None, "end-of-2023"),
    "今年以来": (None, "2024--2024-05-17"),
    "今年1—4月": (None, "2024-01--2024-04"),
    "去年下半年": (None, "2023-07--2023-12"),
    "近三年": (None, "P3Y--2024-05-17"),
    "近3年来": (None, "P3Y--2024-05-17"),
    "半年来": (None, "P6M--2024-05-17"),
    "一年半来": (None, "P18M--2024-05-17"),
    "近两周": (None, "P14D--2024-05-17"),
    "过去6个月": (None, "P6M--2024-05-17"),
    "目前": (None, "2024-05-17"),
    "截至目前": (None, "2024-05-17"),
    # vague, or of a year that nobody said
    "近年来": (None, None),
    "近几年": (None, None),
    "十多年来": (None, None),
    "三年": (None, None),
    "连续5年": (None, None),
    "上半年": (None, None),
    "1—10月": (None, None),
    "6月底": (None, None),
    "疫情防控期间": (None, None),
    "平台运行以来": (None, None),
    "自2020年下半年以来": (None, None),
    "2019年汛期": (None, None),
    # no such day, or after the report
    "2019年2月30日": (None, None),
    "2019年13月": (None, None),
    "2019年2月30日至2019年3月5日": (None, None),
    "2019年3月5日至2019年4月31日": (None, None),
    "2022年1—13月": (None, None),
    "2022年0—6月": (None, None),
    "2022年0月": (None, None),
    "2022年6月0日": (None, None),
    "2025年以来": ("since-2025", None),
    "1066年": (None, None),
}


@pytest.mark.parametrize("phrase", CASES)
def test_phrase(phrase):
    known, dated = parse(phrase), parse(phrase, WRITTEN)
    assert (known and known.key, dated and dated.key) == CASES[phrase]


def test_what_is_known_of_each_kind():
    since = parse("2020年以来")
    assert (since.start, since.end, since.label) == (date(2020, 1, 1), None, "2020年以来")
    recent = parse("近三年", WRITTEN)
    assert (recent.start, recent.end, recent.duration) == (None, WRITTEN, "P3Y")
    end = parse("2022年底")
    assert (end.start, end.end, end.part, end.of.key) == (None, date(2022, 12, 31), Part.END, "2022")
    assert parse("2024年2月").end == date(2024, 2, 29)


years = st.integers(EARLIEST, LATEST)
months = st.integers(1, 12)
dates = st.dates(date(EARLIEST + 2, 1, 1), date(LATEST - 2, 12, 31))
SIGNS = "今去前明后本上年月日底末初至截自从到近—-以来起期间半季度第一二三四五十零〇两多余个0123456789 “”"


@given(st.text(SIGNS, max_size=12) | st.text(max_size=12), st.none() | dates)
def test_any_text_gives_a_sound_period_or_none(phrase, written):
    found = parse(phrase, written)
    if found is None:
        return
    assert found.start or found.end
    assert found.start is None or found.end is None or found.start <= found.end
    assert found.label
    assert "/" not in found.key
    assert parse(f" {phrase} ", written) == found  # layout says nothing


@given(years, months, st.integers(1, 28), st.none() | dates)
def test_dates_in_any_writing_are_the_same_period(year, month, day, written):
    digits = "".join("〇一二三四五六七八九"[int(c)] for c in str(year))
    arabic = parse(f"{year}年{month}月{day}日", written)
    chinese = parse(
        f"{digits}年{write_chinese(month)}月{write_chinese(day)}日".replace("一十", "十"), written
    )
    assert arabic == chinese
    assert arabic.start == arabic.end == date(year, month, day)
    assert arabic.key == date(year, month, day).isoformat()


@given(
    dates,
    st.sampled_from(
        ["今年", "去年", "前年", "明年", "后年", "今年以来", "近两年", "目前", "去年3月以来", "半年来"]
    ),
)
def test_what_counts_from_the_day_of_writing_needs_it(written, phrase):
    assert parse(phrase) is None
    found = parse(phrase, written)
    if "来" in phrase:
        assert found.end == written
    if phrase[1:] == "年":
        assert found.start.year - written.year == {"今": 0, "去": -1, "前": -2, "明": 1, "后": 2}[phrase[0]]


@pytest.mark.parametrize(
    ("phrase", "key", "last"),
    [
        ("今年", "2024", date(2024, 12, 31)),
        ("目前", "2024-02", date(2024, 2, 29)),
        ("去年以来", "2023--2024-02", date(2024, 2, 29)),
        ("近两年", "P2Y--2024-02", date(2024, 2, 29)),
    ],
)
def test_a_month_of_writing_is_counted_from_as_a_day_is(phrase, key, last):
    found = parse(phrase, Month(2024, 2))
    assert (found.key, found.end) == (key, last)


@pytest.mark.parametrize(
    ("phrase", "key", "last"),
    [
        ("今年", "2024", date(2024, 12, 31)),
        ("目前", "2024", date(2024, 12, 31)),
        ("去年以来", "2023--2024", date(2024, 12, 31)),
        ("近两年", "P2Y--2024", date(2024, 12, 31)),
        ("今年3月", "2024-03", date(2024, 3, 31)),
    ],
)
def test_a_year_of_writing_is_counted_from_as_a_month_is(phrase, key, last):
    found = parse(phrase, Year(2024))
    assert (found.key, found.end) == (key, last)


@given(years, st.integers(1, 4))
def test_quarters_make_up_the_year(year, number):
    found = parse(f"{year}年{write_chinese(number)}季度")
    following = (
        parse(f"{year}年第{write_chinese(number + 1)}季度") if number < 4 else parse(f"{year + 1}年1月")
    )
    if following is None:  # beyond the latest year
        assert year == LATEST
        return
    assert found.end + timedelta(1) == following.start


@given(st.lists(st.tuples(st.text(SIGNS, max_size=9), st.none() | st.just(WRITTEN)), max_size=30))
def test_equal_keys_mean_equal_periods(phrases):
    known = {}
    for phrase, written in phrases:
        found = parse(phrase, written)
        if found:
            assert known.setdefault(found.key, found) == found
