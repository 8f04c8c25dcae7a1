"""A document has a date where its page says one, and only one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.dateline import dateline

BODY = "南山区推行网格化管理，2021年3月5日启动试点。"


@pytest.mark.parametrize(
    "page",
    [
        "□2023年9月25日 星期一 □本版责编 某某",
        "2023年09月25日星期一  第3版",
        "发布时间：2023-09-25 10:22  来源：区政府办",
        "来源：区委宣传部  时间：2023/9/25",
        "（2023年9月25日）",
        "区委办公室编　　2023年9月25日",
        "2023.9.25",
        "（2023年9月25日 武侯区委组织部）",
        "(2023年9月25日武侯区委办公室供稿)",
        "武侯区民政局 2023 年 9 月 25 日 责任编辑：某某",
        f"{'　' * 40}（某某日报记者 某某 2023年9月25日）",
        "某 某 日 报   2 0 2 3 年 9 月 2 5 日",
    ],
)
def test_printed_dates(page):
    assert dateline(f"{page}\n{BODY}\n") == date(2023, 9, 25)
    assert dateline(f"{BODY}\n{page}") == date(2023, 9, 25)


@pytest.mark.parametrize(
    "page",
    [
        BODY,
        "自2021年3月5日起施行，各街道照办",
        "更新时间：2023-09-25",
        "活动时间：2023年9月25日",
        "2023年9月31日",
        "（2023年9月25日启动，12月10日完成）",
        "（2023年9月25日 武侯区委组织部）印发了方案",
        "2023年9月",
        "电话2023-9-25100",
        "2023年9月25日 星期一\n2023年9月26日 星期二",
        "",
    ],
)
def test_others_are_no_date_of_the_document(page):
    assert dateline(page) is None


@given(st.text(st.sampled_from("2023年9月25日星期一-/.:：发布时间来源，。 \n（）"), max_size=60))
def test_any_text_is_read(text):
    found = dateline(text)
    assert found is None or str(found.year) in text
