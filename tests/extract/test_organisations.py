"""Named organisations in sentences of many habits. Annotated by the guide before the extractor read them.

Each case is a text and the names that a careful reader signs, as `name kind` or `name kind within`.
"""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clean_articles import analysis_of
from jiceng.extract.organisations import _Finder, extractor
from jiceng.extract.organisations.words import Signs
from jiceng.lexicon import load_lexicon
from jiceng.model import Organisation

EXTRACT = extractor(load_lexicon())


def organisations(text: str, district: str = "江宁区", adcode: str = "320115") -> tuple[Organisation, ...]:
    return EXTRACT(analysis_of(text, district, adcode))


def signed(text: str) -> list[str]:
    return sorted(" ".join(filter(None, (o.name, o.kind, o.within))) for o in organisations(text))


FOUND = [
    # full names of Party bodies
    (
        "中共柳溪社区云湖物业支部委员会揭牌，柳溪社区和云湖物业各派一人。",
        ["中共柳溪社区云湖物业支部委员会 party_org", "云湖物业 company 柳溪社区", "柳溪社区 community"],
    ),
    # territorial units, after verbs, prepositions, division names, in lists
    ("记者走进柳溪社区，看到居民正在议事。", ["柳溪社区 community"]),
    ("近日，江苏省南京市江宁区秣陵街道举办邻里节。", ["秣陵街道 street"]),
    ("东山街道骆村社区书记介绍，矛盾大幅下降。", ["东山街道 street", "骆村社区 community 东山街道"]),
    ("在湖熟街道和禄口街道先行试点。", ["湖熟街道 street", "禄口街道 street"]),
    ("打造翠屏社区、百家湖社区等示范点。", ["翠屏社区 community", "百家湖社区 community"]),
    (
        "太平、岔路、河定等社区成立议事会。",
        ["太平社区 community", "岔路社区 community", "河定社区 community"],
    ),
    (
        "首批在殷巷、胜太、景明3个社区推开。",
        ["殷巷社区 community", "胜太社区 community", "景明社区 community"],
    ),
    (
        "该县云台镇大柳树村党支部书记带头。",
        ["云台镇 street", "大柳树村 community 云台镇", "大柳树村党支部 party_org 大柳树村"],
    ),
    ("家住金陵雅苑小区的王阿姨说。", ["金陵雅苑小区 quarter"]),
    (
        "推动文鼎雅苑、托乐嘉、翠岛花城等8个小区成立业委会。",
        ["文鼎雅苑 quarter", "托乐嘉 quarter", "翠岛花城 quarter"],
    ),
    ("百家湖社区的天琴花园小区改造完成。", ["百家湖社区 community", "天琴花园小区 quarter 百家湖社区"]),
    ("胜利社区、团结社区率先试点。", ["胜利社区 community", "团结社区 community"]),
    ("地处城郊的新华社区外来人口多。", ["新华社区 community"]),
    ("走进滨河路街道第三社区，广场上很热闹。", ["滨河路街道 street", "第三社区 community 滨河路街道"]),
    ("沿着小河来到石塘村，村民正在晾晒稻谷。", ["石塘村 community"]),
    ("李家湾村村民张大叔说。", ["李家湾村 community"]),
    ("祥和社区与嘉和社区结对。", ["祥和社区 community", "嘉和社区 community"]),
    (
        "龙池、雄州街道党工委牵头协调。",
        [
            "龙池街道 street",
            "雄州街道 street",
            "龙池街道党工委 party_org 龙池街道",
            "雄州街道党工委 party_org 雄州街道",
        ],
    ),
    ("城厢镇党委组织干部下沉。", ["城厢镇 street", "城厢镇党委 party_org 城厢镇"]),
    ("解放路12号院没有物业。", ["解放路12号院 quarter"]),
    (
        "家住河北省廊坊市安次区银河南路街道丽景华庭小区的老赵笑了。",
        ["银河南路街道 street", "丽景华庭小区 quarter 银河南路街道"],
    ),
    ("任丘路街道、来凤街道分别召开座谈会。", ["任丘路街道 street", "来凤街道 street"]),
    ("古桥镇西王庄村办起食堂。", ["古桥镇 street", "西王庄村 community 古桥镇"]),
    ("云锦花园社区、银杏广场社区同步启动。", ["云锦花园社区 community", "银杏广场社区 community"]),
    ("天目山路街道金色水乡社区探索新路。", ["天目山路街道 street", "金色水乡社区 community 天目山路街道"]),
    (
        "香樟里居民区党总支召集听证会。",
        ["香樟里居民区 community", "香樟里居民区党总支 party_org 香樟里居民区"],
    ),
    # party bodies
    ("秣陵街道工委统一部署。", ["秣陵街道 street", "秣陵街道工委 party_org 秣陵街道"]),
    ("柳溪社区党委牵头，驻区单位参与。", ["柳溪社区 community", "柳溪社区党委 party_org 柳溪社区"]),
    (
        "天琴花园小区党支部组织党员议事。",
        ["天琴花园小区 quarter", "天琴花园小区党支部 party_org 天琴花园小区"],
    ),
    ("江宁区委把党建引领摆在首位。", ["江宁区委 party_org"]),
    ("江宁区委组织部统筹推进。", ["江宁区委组织部 party_org"]),
    # government, companies, schools, associations, venues
    ("江苏农商银行秣陵支行提供贷款。", ["江苏农商银行秣陵支行 company"]),
    ("南京市江宁区广播电视台作了报道。", ["江宁区广播电视台 other"]),
    ("江宁区民政局拨付资金。", ["江宁区民政局 government"]),
    ("与南京市江宁区人民法院共建法官工作站。", ["江宁区人民法院 government"]),
    ("江苏瑞恒物业服务有限公司负责保洁。", ["江苏瑞恒物业服务有限公司 company"]),
    ("引进苏州同舟智能科技有限公司开发平台。", ["苏州同舟智能科技有限公司 company"]),
    ("江宁实验小学的师生参加。", ["江宁实验小学 school"]),
    ("江宁区第二中学开放操场。", ["江宁区第二中学 school"]),
    ("金陵科技学院的大学生志愿者参与。", ["金陵科技学院 school"]),
    ("江宁区蓝天救援协会开展培训。", ["江宁区蓝天救援协会 association"]),
    ("改造提升杨家圩文化公园。", ["杨家圩文化公园 facility"]),
    ("柳溪社区党群服务中心全天开放。", ["柳溪社区 community", "柳溪社区党群服务中心 facility 柳溪社区"]),
    ("江宁博物馆免费开放。", ["江宁博物馆 facility"]),
    ("在江宁区文化馆举行展演。", ["江宁区文化馆 facility"]),
]


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[f[0][:20] for f in FOUND])
def test_named_organisations(text: str, names: list[str]) -> None:
    assert signed(text) == sorted(names)


NOT_FOUND = [
    "南京小区里的业委会越来越多，江苏社区也添了书角，南京街道换了新灯。",
    "社区、街道、小区要联动起来。",
    "推动党员干部下沉社区、包联小区。",
    "对老旧小区、无物业小区、商品房小区分类施策。",
    "各街道、各社区、每个小区都要落实责任。",
    "全区21个社区、136个小区实现全覆盖。",
    "创建平安社区、智慧社区、文明社区和红色社区。",
    "选优配强社区党组织书记，做实街道职能。",
    "小事不出小区，大事不出社区。",
    "江宁区、雨花台区和溧水区联合行动，南京市给予支持。",
    "民政局、住建局、公安局等部门各司其职。",
    "组建志愿服务队、调解室、议事会，成立党建联盟。",
    "沿河路、解放路、中山大道拓宽改造。",
    "县委书记、区委常委、市委组织部部长出席。",
    "农村、乡村、城镇、集镇一体规划，村民安居乐业。",
    "村干部、村支书、镇长、街道干部一起上门。",
    "物业公司、业委会、社会组织共同参与。",
    "建设口袋公园、文化广场、社区医院和便民服务中心。",
    "老人在家门口的社区食堂吃饭，孩子在小区幼儿园上学。",
    "公司化运作，市场化改革，集团化办学。",
    "一村一品、一镇一业，带动示范村、重点镇发展。",
    "试点社区探索经验，先进街道介绍做法。",
    "由街道党工委统筹，社区党委落实，小区党支部推动。",
    "《柳溪社区居民公约》经表决通过。",
    "党员群众走进社区，服务社区，扎根社区。",
    "共建美好家园，打造幸福小区。",
    "开展“书香满社区”活动，评选“最美小区”。",
    "上海市浦东新区、天津市滨海新区经验丰富。",
    "江宁区委书记来访，市委外事工作办公室陪同。",
    "一趟趟跑公司，一遍遍进小区，探索出一条老城区小区治理新路。",
    "停车难、上楼难等社区治理问题得到缓解。",
    "有别于普通物业，楼里的事由邻居们自己管。",
    "老周想在巷口开个饭店。",
    "四名法官派驻在街道。",
    "地处县城东北片城乡结合部，流动人口多。",
    "每周五社区物业一起接待居民。",
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_organisation(text: str) -> None:
    assert signed(text) == []


def test_one_fact_for_each_name() -> None:
    text = "柳溪社区成立议事会。\n柳溪社区的做法在柳溪社区以外也推广。"
    assert [o.name for o in organisations(text)] == ["柳溪社区"]


def test_a_name_is_cut_the_same_way_everywhere() -> None:
    text = "柳溪社区是老社区。如今，绿意柳溪社区越来越美。"
    assert [o.name for o in organisations(text)] == ["柳溪社区"]


def test_heads_are_found_as_the_rule_says() -> None:
    finder = _Finder(load_lexicon())
    text = "".join(f"{word}与" for word in sorted(finder.kinds))
    expected = [m.span() for m in finder.rules["organisations.head"].pattern.finditer(text)]
    assert list(finder.heads.head.places(text)) == expected


@given(
    st.text(
        alphabet="柳溪社区街道小镇村第三江宁委党支部、和等3个的在走进推动（）“”，。《》有限公司", max_size=50
    )
)
@example("党3街道")
def test_any_text_gives_facts_within_it(text: str) -> None:
    for fact in organisations(text):
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.name
        assert fact.name != fact.within


def test_every_class_of_characters_is_read() -> None:
    assert {field.name for field in fields(Signs)} == _Finder(load_lexicon()).rules.tables["signs"].keys()
