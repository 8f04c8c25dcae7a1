"""Documents: what is issued or applied stays, what is read or sung goes."""

import pytest

from clean_articles import analysis_of, assert_examples
from jiceng.extract import documents
from jiceng.lexicon import load_lexicon
from jiceng.rules import Rule, load_rules

LEXICON = load_lexicon()
EXTRACT = documents.extractor(LEXICON)
RULES = load_rules("documents", LEXICON).rules

KEPT = [
    (
        "出台《金湖区住宅小区公共收益管理办法（试行）》，规范收支。",
        ("金湖区住宅小区公共收益管理办法（试行）",),
    ),
    ("落实《中华人民共和国民法典》和《物业管理条例》。", ("中华人民共和国民法典", "物业管理条例")),
    ("印发《关于推行“楼道自治”的实施意见》。", ("关于推行“楼道自治”的实施意见",)),
    ("转发《关于贯彻〈社区减负若干措施〉的通知》。", ("关于贯彻〈社区减负若干措施〉的通知",)),
    ("转发《关于贯彻《社区减负若干措施》的通知》。", ("关于贯彻《社区减负若干措施》的通知",)),
    ("先后出台《红色物业二十条》《社区减负十二条》等文件。", ("红色物业二十条", "社区减负十二条")),
    ("楼栋居民商定《邻里公约》，贴在门厅。", ("邻里公约",)),
    ("与12家单位签订《共驻共建协议书》。", ("共驻共建协议书",)),
    ("宣讲《反电信网络诈骗法》。", ("反电信网络诈骗法",)),
    (
        "依据《关于加强社区工作者队伍建设的意见》（以下简称《意见》），按照《意见》要求执行。",
        ("关于加强社区工作者队伍建设的意见",),
    ),
]
LEFT_OUT = [
    "《湘江晚报》头版报道了这一做法。",
    "居民合唱《我们的街坊》。",
    "观看《楼道里的灯》微电影。",
    "党员共读《江畔口述史》一书。",
    "学习《理论学习问答读本》。",
    "情景剧《门里门外》上演。",
    "《半月评论》杂志刊登文章。",
    "社区自编自演《邻里之歌》和小品《一碗面》。",
    "推荐《求索》主编撰文。",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rules_do_what_their_examples_say(rule: Rule) -> None:
    assert_examples(rule)


@pytest.mark.parametrize(("text", "titles"), KEPT)
def test_documents_that_are_issued_or_applied(text: str, titles: tuple[str, ...]) -> None:
    assert tuple(d.title for d in EXTRACT(analysis_of(text))) == titles


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_is_read_or_sung_is_left_out(text: str) -> None:
    assert EXTRACT(analysis_of(text)) == ()


def test_a_work_of_art_beside_a_document_does_not_become_one() -> None:
    text = "社区把《楼道之歌》和《楼道管理办法》贴上墙。"
    assert [d.title for d in EXTRACT(analysis_of(text))] == ["楼道管理办法"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("出台《党群服务中心运营管理办法》。", "金湖区"),
        ("市民政局随后印发《社区减负若干措施》。", "市民政局"),
        ("《中共中央 国务院关于加强基层治理的意见》印发后，", "中共中央国务院"),
        ("宣传《中华人民共和国民法典》。", None),
        ("执行《金湖区红色物业三年行动方案》。", "金湖区"),
    ],
)
def test_who_issued_it(text: str, issuer: str | None) -> None:
    (document,) = EXTRACT(analysis_of(text))
    assert document.issuer == issuer


def test_the_stretch_is_the_title_with_its_marks() -> None:
    analysis = analysis_of("执行《邻里公约》，各家签字。再学《邻里公约》。")
    (document,) = EXTRACT(analysis)
    assert analysis.text[document.start : document.end] == "《邻里公约》"
