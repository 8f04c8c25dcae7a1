"""One-for-one corrections: what is set right, and what is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.repair.corrections import correct


@pytest.mark.parametrize(
    ("raw", "corrected"),
    [
        (
            "一楼设食堂,二楼设书屋;三楼议事(每月一次):大家谈。",
            "一楼设食堂，二楼设书屋；三楼议事（每月一次）：大家谈。",
        ),
        ("早上8:30开门,服务1,200人", "早上8:30开门，服务1,200人"),
        ('打造"红色驿站",开展"敲门"行动', "打造“红色驿站”，开展“敲门”行动"),
        ('成立"巡河队""护林队"两支队伍', "成立“巡河队”“护林队”两支队伍"),
        ("构建“镇党委一村党支部一网格党小组”三级架构", "构建“镇党委—村党支部—网格党小组”三级架构"),
        ("街道—社区一小区—楼栋层层落实", "街道—社区—小区—楼栋层层落实"),
        ("推行一村一品，一户一策", "推行一村一品，一户一策"),
        ("把社区一级的事办好", "把社区一级的事办好"),
        ("做到一图一表一册一群一日志", "做到一图一表一册一群一日志"),
        ("推行一社区一党委一品牌一特色", "推行一社区一党委一品牌一特色"),
        ("“一楼栋一支部一管家”", "“一楼栋一支部一管家”"),
        ("做到一网格一党支部一党小组", "做到一网格一党支部一党小组"),
        ("网格有一图一表一册一群一日志", "网格有一图一表一册一群一日志"),
        ("形成主动收集一分类派遣一部门督办", "形成主动收集—分类派遣—部门督办"),
        ("实行“一网格一支部”", "实行“一网格一支部”"),
        ("投入５００万元，完成率９８％", "投入500万元，完成率98%"),
        ("居民连声叫好.", "居民连声叫好。"),
        ("占地３．５亩．", "占地3.5亩。"),
        ("街道-社区-网格", "街道—社区—网格"),
    ],
)
def test_corrections(raw: str, corrected: str) -> None:
    assert correct(raw) == corrected


@given(st.text("社区党支部一—-,.;:!?()\"'“”（）《》 0１Ａa％"))
def test_length_is_kept(text: str) -> None:
    assert len(correct(text)) == len(text)


@pytest.mark.parametrize(
    ("raw", "corrected"),
    [
        ("队员1O6名", "队员106名"),
        ("2O23年", "2023年"),
        ("共收到1OO件", "共收到100件"),
        ("二○二三年", "二〇二三年"),
        ("队员l6名、2l户，占l.5%", "队员16名、21户，占1.5%"),
        ("成绩l2O余件，3.O万元", "成绩120余件，3.0万元"),
        ("O2O平台", "O2O平台"),
        ("A1I平台", "A1I平台"),
        ("○楼院议事", "○楼院议事"),
    ],
)
def test_noughts_that_were_read_as_letters(raw: str, corrected: str) -> None:
    assert correct(raw) == corrected
