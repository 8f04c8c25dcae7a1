"""Whose a number is: what an article tells of streets, communities and quarters, over several sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.calls import calls, exponent

from clean_articles import article_of
from jiceng.articles import split
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.extract import extract, extractors
from jiceng.lexicon import load_lexicon
from jiceng.model import Article, Honour, Measurement, Mechanism, Paragraph, Role, Source
from jiceng.repair import repair

BY = extractors(load_lexicon())


def told(article: Article) -> list[tuple[str, str | None]]:
    found = extract(article, BY)
    return [(f"{f.value}{f.measured}", f.subject) for f in found if isinstance(f, Measurement)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the sentence names it, and the next ones go on
            "柳岸社区设有党支部6个。今年以来，办理居民诉求320件。",
            [("6党支部", "柳岸社区"), ("320居民诉求", "柳岸社区")],
        ),
        (  # so does the next paragraph, until the district comes back
            "柳岸社区有一条老街。\n办理居民诉求320件。\n全区建成议事点48个。",
            [("320居民诉求", "柳岸社区"), ("48议事点", None)],
        ),
        (  # the smallest of a path
            "石桥街道柳岸社区设有党支部6个。",
            [("6党支部", "柳岸社区")],
        ),
        (  # a kind stands for the last unit of that kind
            "石桥街道有一条老街，街上有柳岸社区。柳岸社区办理居民诉求320件，街道党工委建成议事点48个。",
            [("320居民诉求", "柳岸社区"), ("48议事点", "石桥街道")],
        ),
        (  # what is told of those counted right before
            "全区配备社工88名，平均年龄36岁，大专以上学历占94%。全区建成议事点36个，新增面积900平方米。",
            [
                ("88社工", None),
                ("36平均年龄", "社工"),
                ("94大专以上学历", "社工"),
                ("36议事点", None),
                ("900面积", None),
            ],
        ),
        (  # those counted right before do, earn or take so much each
            "全区1074名网格员全部轮训，每人每月补助300元。开办长者食堂41家，日均供餐6000份。办理居民诉求320件，日均6件。",
            [
                ("1074网格员", None),
                ("300补助", "网格员"),
                ("41长者食堂", None),
                ("6000供餐", "长者食堂"),
                ("320居民诉求", None),
                ("6居民诉求", None),
            ],
        ),
        (  # both ends of a change
            "全区配备社工88名，大专以上学历占比由62%提高到88%。",
            [("88社工", None), ("62大专以上学历占比", "社工"), ("88大专以上学历占比", "社工")],
        ),
        (  # all communities of a street are the street's
            "石桥街道指导各社区建成议事点48个。柳岸社区办理居民诉求320件，各社区新增网格员12名。",
            [("48议事点", "石桥街道"), ("320居民诉求", "柳岸社区"), ("12网格员", None)],
        ),
        (  # but not a paragraph on that opens with them
            "石桥街道有一条老街。\n各社区建成议事点48个。",
            [("48议事点", None)],
        ),
        (  # a time may stand before the kind
            "石桥街道有一条老街。柳岸社区办理居民诉求320件。去年街道把48项事权交给社区。",
            [("320居民诉求", "柳岸社区"), ("48事权", "石桥街道")],
        ),
        (  # who speaks for it
            "石桥街道有一条老街。柳岸社区办理居民诉求320件。街道负责人介绍，明年建成议事点48个。",
            [("320居民诉求", "柳岸社区"), ("48议事点", "石桥街道")],
        ),
        (  # a list is nobody's
            "金湖区在柳岸社区、东塘社区等地建成议事点48个。",
            [("48议事点", None)],
        ),
        (  # a body that is told of again by the end of its name
            "柳岸社区成立“匠心议事会”，成员23人。一年来，居民常来。议事会开会31次。社区建成议事点8个。",
            [("23成员", "匠心议事会"), ("31开会", "匠心议事会"), ("8议事点", "柳岸社区")],
        ),
        (  # but each of a list may have its own, and what follows is nobody's
            "金湖区柳岸社区建成议事点8个、东塘社区建成议事点9个，办结率居前。办理居民诉求320件。",
            [("8议事点", "柳岸社区"), ("9议事点", "东塘社区"), ("320居民诉求", None)],
        ),
        (  # nor is one of paths
            "石桥街道柳岸社区、青禾街道东塘社区建成议事点48个。",
            [("48议事点", None)],
        ),
        (  # its quarters are only where they lie
            "石桥街道柳岸社区辖区内有春晖小区、明月小区等老旧小区19个。",
            [("19老旧小区", "柳岸社区")],
        ),
        (  # sentences that stand alone go on as those of a paragraph do
            "柳岸社区有一条老街。\n老街的房子旧了。\n怎么办？\n大家坐下来商量。\n办理居民诉求320件。\n居民都说好。\n大家笑了。",
            [("320居民诉求", "柳岸社区")],
        ),
        (  # what lies in it is no topic
            "柳岸社区下辖春晖小区、明月小区，有居民5200人。",
            [("5200居民", "柳岸社区")],
        ),
        (  # the district by its name, and all communities
            "柳岸社区有一条老街。金湖区建成议事点48个。",
            [("48议事点", None)],
        ),
        (
            "柳岸社区有一条老街。如今，各社区建成议事点48个。",
            [("48议事点", None)],
        ),
        (  # items of a list begin anew
            "柳岸社区有一条老街。\n（二）建阵地。建成议事点48个。",
            [("48议事点", None)],
        ),
        (  # a rank in the district does not bring it back
            "柳岸社区摆出全区首张议事桌。今年以来，办理居民诉求320件。",
            [("320居民诉求", "柳岸社区")],
        ),
    ],
)
def test_a_number_is_of_whom_the_text_tells(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(article_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # where it lies is no topic
            "柳岸社区位于江南市金湖区石桥街道东部，面积2平方公里，设有党支部6个。",
            [("2面积", "柳岸社区"), ("6党支部", "柳岸社区")],
        ),
        (  # the name of an office in a list does not bring the district back
            "柳岸社区常办集市。石桥小学、金湖区图书馆等17家共建单位参加。",
            [("17共建单位", "柳岸社区")],
        ),
        (  # nor the last of a list
            "东塘社区有一条老街。走访石桥街道的柳岸社区和西塘社区。调查发放问卷320份。",
            [("320问卷", None)],
        ),
        (  # 社区 alone is the community again, whatever quarter was named
            "柳岸社区把桌子摆到巷口，春晖小区装了灯。社区发放问卷320份。",
            [("320问卷", "柳岸社区")],
        ),
    ],
)
def test_places_and_lists_are_no_topics(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(article_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a body that opens its clause, and is told of by the next sentence without a subject
            "柳岸社区组建“老街管家队”。“老街管家队”每晚巡逻，上报隐患214处。去年累计劝导500次。",
            [("214隐患", "老街管家队"), ("500劝导", "老街管家队")],
        ),
        (  # a body that is founded there
            "柳岸社区建成“河畔驿站”，面积260平方米。社区发放问卷320份。",
            [("260面积", "河畔驿站"), ("320问卷", "柳岸社区")],
        ),
        (  # whose name a mark parts
            "金湖区成立“河畔红”志愿服务队。“河畔红”志愿服务队全年走访居民3200户。",
            [("3200居民", "河畔红志愿服务队")],
        ),
        (  # which its unit has
            "石桥街道的“老街管家队”有队员38名，上报隐患214处。",
            [("38队员", "老街管家队"), ("214隐患", "老街管家队")],
        ),
        (  # called by what it is, which stands behind its name
            "柳岸社区上线“老街通”小程序。居民都会用。去年，小程序一共收到诉求320件。",
            [("320诉求", "老街通小程序")],
        ),
        (  # of whom something is asked
            "金湖区要求社区“两委”成员每月走访居民60户。",
            [("60居民", "社区两委成员")],
        ),
        (  # people, but not as the counted
            "金湖区有网格员88名。网格员每天走访居民10户。",
            [("88网格员", None), ("10居民", "网格员")],
        ),
        (  # not the places that are told of next
            "金湖区7个街道成立“先锋联盟”，58个社区成立“河畔驿站”。",
            [("7街道", None), ("58社区", None)],
        ),
        (  # nor what a longer name begins with, one of those that are counted
            "金湖区听取汇报。金湖区软件产业园联合党委、金湖区印刷协会党支部等9家党组织获得荣誉。",
            [("9党组织", None)],
        ),
    ],
)
def test_a_body_s_numbers_are_its_own(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(article_of(text)) == expected


def test_a_title_tells_whose_all_numbers_are() -> None:
    article = article_of("柳岸社区：老街坊议事\n今年以来，办理居民诉求320件。")
    first, *others = article.paragraphs
    article = replace(article, paragraphs=(Paragraph(first.start, first.end, Role.HEADING, 1), *others))
    assert told(article) == [("320居民诉求", "柳岸社区")]


def test_an_article_on_one_street_is_its_own() -> None:
    text = (
        "老街坊都来议事。石桥街道把桌子摆到巷口。\n每周都有人来。办理居民诉求320件。\n石桥街道还想再摆几张。"
    )
    assert told(article_of(text)) == [("320居民诉求", "石桥街道")]


def test_several_units_of_the_one_that_an_article_is_on_are_its_own() -> None:
    text = "石桥街道：老街坊议事\n石桥街道有一条老街。柳岸社区、东塘社区举办集市48场。\n办理居民诉求320件。"
    article = article_of(text)
    first, *others = article.paragraphs
    article = replace(article, paragraphs=(Paragraph(first.start, first.end, Role.HEADING, 1), *others))
    assert told(article) == [("48集市", "石桥街道"), ("320居民诉求", "石桥街道")]


def test_an_article_may_open_with_the_one_community_that_it_is_on() -> None:
    text = (
        "石桥街道柳岸社区有一条老街。\n社区在院坝里支起圆桌。居民常来。\n一张圆桌\n社区还办起夜校。"
        "\n办理居民诉求320件。"
    )
    article = article_of(text)
    *first, heading, fourth, last = article.paragraphs
    heading = Paragraph(heading.start, heading.end, Role.HEADING, 2)
    article = replace(article, paragraphs=(*first, heading, fourth, last))
    assert told(article) == [("320居民诉求", "柳岸社区")]


@pytest.mark.parametrize(
    "lines",
    [
        "| 社区 | 户数 |\n| --- | --- |\n| 青禾社区 | 1200 |\n| 柳岸社区 | 900 |",
        "社区 户数\n青禾社区 1200\n柳岸社区 900",
        "青禾社区：户数1200户。\n柳岸社区：户数900户。",
    ],
)
@pytest.mark.parametrize("before", ["各社区情况如下。", "石桥街道各社区情况如下。"])
def test_what_follows_a_list_of_units_is_not_of_the_last(lines: str, before: str) -> None:
    raw = f"江苏省南京市玄武区：家门口议事\n{before}\n{lines}\n全年共办理居民诉求320件，新增网格员12名。\n"
    (article,) = split(repair(Source("x.txt", "0" * 64, raw)), load_gazetteer()).articles
    found = dict(told(article))
    assert (found["1200户数"], found["900户数"]) == ("青禾社区", "柳岸社区")
    assert not {found["320居民诉求"], found["12网格员"]} & {"青禾社区", "柳岸社区"}


def test_a_labelled_line_alone_tells_of_what_follows() -> None:
    text = "青禾社区：户数1200户。\n全年共办理居民诉求320件。"
    assert told(article_of(text))[-1] == ("320居民诉求", "青禾社区")


def test_a_city_s_examples_are_its_districts() -> None:
    raw = "深圳市：家门口议事\n我市推行楼院议事，福田区建成议事点48个，南山区办理居民诉求320件。\n"
    (article,) = split(repair(Source("x.txt", "0" * 64, raw)), load_gazetteer()).articles
    assert article.division.name == "深圳市"
    assert told(article) == [("48议事点", "福田区"), ("320居民诉求", "南山区")]


def test_a_body_in_the_imprint_has_no_sentence() -> None:
    raw = "江苏省南京市玄武区：家门口议事\n柳岸社区设有党支部6个。\n石桥街道商会积极走访。责任编辑：段青禾\n"
    (article,) = split(repair(Source("x.txt", "0" * 64, raw)), load_gazetteer()).articles
    assert told(article) == [("6党支部", "柳岸社区")]


def test_work_is_linear() -> None:
    def cost(times: int) -> tuple[int, int]:
        text = "\n".join(
            f"柳岸社区设有党支部{n}个，金湖区石桥街道东塘{n % 7}号院有居民{n}人。" for n in range(times)
        )
        article = article_of(text)
        return times, calls(lambda: told(article))

    cost(50)
    assert exponent(cost(200), cost(1600)) < 1.2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("柳岸社区推行“邻里板凳会”，居民有话直说。", "社区"),  # the unit that the text tells of
        ("全区48个社区全部建立“邻里板凳会”。", "社区"),  # its clause
        ("金湖区推行“邻里板凳会”，居民有话直说。", None),
        ("金湖区推行“小区点单、街道派单”工作机制。", None),  # who does what
    ],
)
def test_a_mechanism_has_the_tier_of_those_who_run_it(text: str, expected: str | None) -> None:
    found = extract(article_of(text), BY)
    assert [f.level for f in found if isinstance(f, Mechanism)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("柳岸社区有党员90名。社区先后荣获“全国先进基层党组织”称号。", "柳岸社区"),  # by its kind
        ("柳岸社区有党员90名。社区党委荣获“全国先进基层党组织”称号。", "柳岸社区党委"),
        ("柳岸社区有党员90名。2021年，获评全国示范性老年友好型社区。", "柳岸社区"),  # nobody said
        ("石桥街道柳岸社区荣获“全国文明社区”称号。", "柳岸社区"),
        ("柳岸社区党委书记段青禾被授予“全国优秀党务工作者”称号。", "段青禾"),
        ("该区相关做法被评为全国社会治理创新优秀案例。", "金湖区"),
    ],
)
def test_who_was_honoured_is_told_by_name(text: str, expected: str | None) -> None:
    found = extract(article_of(text), BY)
    assert [f.recipient for f in found if isinstance(f, Honour)] == [expected]
