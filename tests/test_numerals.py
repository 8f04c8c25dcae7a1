from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.chinese_numerals import write_chinese

from jiceng.lexicon import load_lexicon
from jiceng.numerals import Quantity, QuantityReader, parse_chinese


@pytest.fixture(scope="module")
def reader() -> QuantityReader:
    units = load_lexicon().scheme("units")
    return QuantityReader({w: c.notation for c in units.concepts for w in c.labels}, {"户": "籍", "场": "所"})


def shown(quantity: Quantity) -> str:
    upper = "" if quantity.upper is None else f"..{quantity.upper:f}"
    return f"{quantity.value:f}{upper} {quantity.comparator} {quantity.unit or '-'}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("73个", "73 = 个"),
        ("2860余件", "2860 > 件"),
        ("超过41000人", "41000 > 人"),
        ("近5万户", "50000 ~ 户"),
        ("15万余名", "150000 > 名"),
        ("3.4万余次", "34000 > 次"),
        ("7000多万元", "70000000 > 元"),
        ("2.08亿元", "208000000 = 元"),
        ("4—6个", "4..6 = 个"),
        ("3至5名", "3..5 = 名"),
        ("2-3次", "2..3 = 次"),
        ("3至5万元", "30000..50000 = 元"),
        ("10万元至15万元", "100000..150000 = 元"),
        ("三分之二", "0.6667 = -"),
        ("2/3以上", "0.6667 > -"),
        ("1万4千多户", "14000 > 户"),
        ("7千3百余人", "7300 > 人"),
        ("3亿5千万元", "350000000 = 元"),
        ("2万6千8百人", "26800 = 人"),
        ("1亿2000万元", "120000000 = 元"),
        ("85%以上", "85 > %"),
        ("百分之三十", "30 = %"),
        ("百分之九十七点五", "97.5 = %"),
        ("超过百分之六点零三", "6.03 > %"),
        ("八成以上", "80 > %"),
        ("六成半", "65 = %"),
        ("两个", "2 = 个"),
        ("十余家", "10 > 家"),
        ("一千二百人", "1200 = 人"),
        ("三万五千亩", "35000 = 亩"),
        ("不足20名", "20 < 名"),
        ("不少于2次", "2 > 次"),
        ("约600平方米", "600 ~ 平方米"),
        ("300㎡左右", "300 ~ 平方米"),
        ("30户以下", "30 < 户"),
        ("超万人次", "10000 > 人次"),
        ("上百场", "100 > 场"),
        ("半小时", "0.5 = 小时"),
        ("5分钟内", "5 < 分钟"),
        ("12,300名", "12300 = 名"),
        ("１２０户", "120 = 户"),
        ("6.2个百分点", "6.2 = 个百分点"),
        ("6个多百分点", "6 > 个百分点"),
        ("两个多小时", "2 > 小时"),
        ("1个多工作日", "1 > 个工作日"),
        ("200千瓦", "200 = 千瓦"),
        ("两三家", "2..3 = 家"),
    ],
)
def test_a_quantity_is_read_as_people_mean_it(text: str, expected: str, reader: QuantityReader) -> None:
    found = list(reader.quantities(text))
    assert [shown(q) for q in found] == [expected]
    assert text[found[0].start : found[0].end] == text


@pytest.mark.parametrize("text", ["数百名", "几十个", "十几名", "数十家", "若干户", "好几百人"])
def test_an_indefinite_number_gets_no_value(text: str, reader: QuantityReader) -> None:
    assert list(reader.quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("节约50万元", "500000 = 元"),
        ("村规民约5份", "5 = 份"),
        ("附近3个", "3 = 个"),
        ("网上3次", "3 = 次"),
        ("通过5项", "5 = 项"),
    ],
)
def test_words_that_only_end_like_a_comparator_are_none(
    text: str, expected: str, reader: QuantityReader
) -> None:
    assert [shown(q) for q in reader.quantities(text)] == [expected]


def test_a_number_without_a_unit_has_none(reader: QuantityReader) -> None:
    assert [shown(q) for q in reader.quantities("服务1.8万常住人口")] == ["18000 = -"]


def test_a_slash_gives_the_rate(reader: QuantityReader) -> None:
    (quantity,) = reader.quantities("14万元/年")
    assert (quantity.value, quantity.unit, quantity.rate) == (Decimal(140000), "元", "年")


def test_two_figures_joined_by_a_verb_stay_two(reader: QuantityReader) -> None:
    found = list(reader.quantities("由14万元提高到18万元"))
    assert [q.value for q in found] == [Decimal(140000), Decimal(180000)]


def test_a_guarded_unit_is_part_of_the_next_word(reader: QuantityReader) -> None:
    assert [q.unit for q in reader.quantities("3户籍，3户，2场所，2场")] == [None, "户", None, "场"]


def test_a_unit_in_latin_letters_ends_where_these_do(reader: QuantityReader) -> None:
    found = reader.quantities("宽3m，厚5mm，每次10mg，3min，长2km，2kmh，面积20m2，4m²，6m×8m")
    units = ["米", None, None, None, "公里", None, "平方米", "平方米", "米", "米"]
    assert [q.unit for q in found] == units


def test_the_unit_has_its_own_place(reader: QuantityReader) -> None:
    text = "投入1.2万余元"
    (quantity,) = reader.quantities(text)
    assert text[quantity.unit_start : quantity.unit_end] == "元"
    assert text[quantity.number : quantity.unit_start] == "1.2万余"


@pytest.mark.parametrize("text", ["", "三五", "四五十", "万千", "一二", "十百", "个", "3"])
def test_what_writes_no_number_is_none(text: str) -> None:
    assert parse_chinese(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("零", 0), ("十", 10), ("一千二", 1200), ("三万五", 35000), ("二〇二四", 2024), ("三万亿", 3 * 10**12)],
)
def test_short_and_positional_numerals(text: str, number: int) -> None:
    assert parse_chinese(text) == number


def test_only_whole_numbers_in_range_are_written() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        write_chinese(-1)


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_are_read_as_they_were_written(number: int) -> None:
    assert parse_chinese(write_chinese(number)) == number


@given(
    st.decimals(min_value=1, max_value=9999, places=2),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["", "余"]),
    st.sampled_from(["个", "名", "元", "平方米"]),
)
def test_scale_words_are_multiplied_out(number: Decimal, scale: str, more: str, unit: str) -> None:
    units = load_units()
    text = f"共{number.normalize():f}{scale}{more}{unit}，"
    (found,) = units.quantities(text)
    assert found.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert found.comparator == (">" if more else "=")
    assert found.unit == unit


@given(st.text(alphabet="0123456789.，,万亿千百十一二两半余多至-—/%个名元年内以上超近约第几数 ", max_size=60))
def test_any_text_is_read_without_error_and_quantities_are_disjoint(text: str) -> None:
    found = list(load_units().quantities(text))
    for quantity in found:
        assert 0 <= quantity.start <= quantity.number < quantity.end <= len(text)
        assert quantity.upper is None or quantity.upper > quantity.value
    assert all(a.end <= b.start for a, b in pairwise(found))


def load_units() -> QuantityReader:
    return QuantityReader({unit: unit for unit in ("个", "名", "元", "平方米", "%", "年")})
