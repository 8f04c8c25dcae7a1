"""Answers by province and city, of streets and communities, of types and of reports."""

import pytest
from pyoxigraph import RdfFormat, Store
from tests.ask.small import cells, store_with

from jiceng import ask

MORE = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix : <urn:> .
:guizhou a jc:AdministrativeDivision ; jc:adcode "520000" ; rdfs:label "贵州省"@zh .
:guiyang a jc:AdministrativeDivision ; jc:adcode "520100" ; rdfs:label "贵阳市"@zh .
:chongqing a jc:AdministrativeDivision ; jc:adcode "500000" ; rdfs:label "重庆市"@zh .
:guangdong a jc:AdministrativeDivision ; jc:adcode "440000" ; rdfs:label "广东省"@zh .
:hubei a jc:AdministrativeDivision ; jc:adcode "420000" ; rdfs:label "湖北省"@zh .
:yubei a jc:AdministrativeDivision ; jc:adcode "500112" ; rdfs:label "渝北区"@zh .
:tianmen a jc:AdministrativeDivision ; jc:adcode "429006" ; rdfs:label "天门市"@zh .
:n1 a jc:Measurement ; jc:division :qingyang ; jc:measured "网格党支部"@zh ; jc:value 50 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:n2 a jc:Measurement ; jc:division :yubei ; jc:measured "网格党支部"@zh ; jc:value 30 ; jc:unit :ge ;
  jc:comparator :more ; jc:nature :fact ; jc:evidence :e2 .
:n3 a jc:Measurement ; jc:division :tianmen ; jc:measured "网格党支部"@zh ; jc:value 20 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:n4 a jc:Measurement ; jc:division :yubei ; jc:measured "商圈网格党支部"@zh ; jc:value 999 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:n5 a jc:Measurement ; jc:division :wuhou ; jc:subject "玉林街道"@zh ; jc:measured "巷长"@zh ; jc:value 7 ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:n6 a jc:Measurement ; jc:division :wuhou ; jc:subject "玉林一巷"@zh ; jc:measured "巷长"@zh ; jc:value 70 ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 ; jc:concerns :o1 .
:n7 a jc:Measurement ; jc:division :wuhou ; jc:measured "巷长"@zh ; jc:value 900 ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:n8 a jc:Measurement ; jc:division :qingyang ; jc:subject "草堂镇"@zh ; jc:measured "巷长"@zh ; jc:value 9 ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:more <http://www.w3.org/2004/02/skos/core#notation> ">" .
:a7 a jc:MechanismAdoption ; jc:mechanism :red ; jc:division :yubei ;
  rdfs:label "红色物业"@zh ; jc:evidence :e6 .
:a8 a jc:MechanismAdoption ; jc:mechanism :points ; jc:division :yubei ;
  rdfs:label "积分制"@zh ; jc:evidence :e7 .
:o7 a jc:Organisation ; rdfs:label "龙溪街道"@zh ; jc:organisationKind :ks ;
  jc:division :yubei ; jc:evidence :e6 .
:e6 oa:prefix "改造全部完成。龙溪街道率先推行" ; oa:exact "红色物业" ;
  oa:start 3 ; oa:end 7 ; oa:hasSource :new .
:e7 oa:prefix "龙溪街道改造完成。全区推行" ; oa:exact "积分制" ;
  oa:start 9 ; oa:end 12 ; oa:hasSource :new .
:new schema:name "乙.txt" ; schema:datePublished "2023-11"^^xsd:gYearMonth .
:newer schema:name "丙.txt" ; schema:datePublished "2024"^^xsd:gYear .
:a9 a jc:Article ; jc:about :yubei ; schema:headline "渝北区：街巷里"@zh ; dct:source :new .
:a10 a jc:Article ; jc:about :yubei ; schema:headline "渝北区：院子里"@zh ; dct:source :newer .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return store_with(MORE)


def test_numbers_of_one_thing_are_summed_by_province(store: Store) -> None:
    told = ask.answer("哪个省的网格党支部最多？", store)
    # 86 and 50 of Sichuan are more than 120 of Guizhou; 999 counts another thing.
    assert "四川省 136个（2个地方合计）" in told.summary
    assert "贵州省" not in told.summary
    assert "4个省份报道了这一数据；另有1个数口径不同，未计入" in told.summary
    assert ("四川省", "武侯区", "86") in cells(told, "region", "division", "value")
    every = ask.answer("各省有多少网格党支部", store).summary
    assert (
        "四川省 136个（2个地方合计）；贵州省 120个（1个地方）；重庆市 约30个（1个地方）；湖北省 20个" in every
    )
    assert (
        "最少（最低）的省份：网格党支部，湖北省 20个" in ask.answer("哪个省的网格党支部最少", store).summary
    )


def test_the_sum_of_a_province_is_compared(store: Store) -> None:
    told = ask.answer("哪些省的网格党支部超过125个？", store).summary  # no district of Sichuan has so many
    assert "四川省 136个（2个地方合计）" in told
    assert "贵州省" not in told
    assert "，没有" in ask.answer("哪些省的网格党支部超过9000个？", store).summary


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("哪些机制在三个以上的区县出现？", {"积分制"}),
        ("哪些机制在2个以上区县出现？", {"积分制", "红色物业", "居民议事厅"}),
        ("出现在至少2个省的机制", {"积分制", "红色物业", "居民议事厅"}),
        ("四川省有哪些机制在2个以上区县出现", {"积分制"}),
        ("只在一个区县出现的机制", {"院落管家"}),
    ],
)
def test_in_how_many_places_a_mechanism_is(store: Store, question: str, found: set[str]) -> None:
    told = ask.answer(question, store)
    assert {name for (name,) in cells(told, "mechanism")} == found
    assert f"：{len(found)}项：" in told.summary


def test_provinces_are_ranked_by_their_reports(store: Store) -> None:
    told = ask.answer("哪个省的报道最多？", store)
    counted = [int(reports) for _, reports in cells(told, "region", "reports")]
    assert counted == sorted(counted, reverse=True)
    assert ("重庆市", "2") in cells(told, "region", "reports")
    assert "报道最多的省份：" in told.summary
    assert "最多" not in ask.answer("哪个省的报道最少？", store).summary  # fewest are not told


def test_so_many_provinces_as_are_asked_for_are_told(store: Store) -> None:
    assert "、" not in ask.answer("机制最多的前1个省", store).summary.partition("：")[2]


def test_a_city_is_a_divisions_own_or_what_stands_for_it(store: Store) -> None:
    told = ask.answer("各地市有多少网格党支部", store)
    assert dict(cells(told, "division", "region")) == {
        "武侯区": "成都市",
        "青羊区": "成都市",
        "云岩区": "贵阳市",
        "渝北区": "重庆市",
        "天门市": "天门市",
    }


def test_provinces_are_listed_with_their_districts_and_reports(store: Store) -> None:
    told = ask.answer("有哪些省？", store)
    found = {region: rest for region, *rest in cells(told, "region", "divisions", "reports")}
    assert found == {
        "四川省": ["2", "2"],
        "贵州省": ["1", "1"],
        "广东省": ["1", "1"],
        "重庆市": ["1", "2"],
        "湖北省": ["1", "0"],
    }
    assert cells(ask.answer("四川省有哪些地级市？", store), "region") == [("成都市",)]


def test_facts_of_a_district_are_counted_without_its_reports(store: Store) -> None:
    told = ask.answer("一共有多少个区？", store)
    assert ("渝北区", "5", "2") in cells(told, "division", "facts", "reports")


def test_who_has_a_mechanism_by_province(store: Store) -> None:
    told = ask.answer("哪些省有积分制？", store)
    assert "2个省份：四川省 2个（青羊区、武侯区）；重庆市 1个（渝北区）" in told.summary
    assert set(cells(ask.answer("哪些省没有积分制？", store), "region")) == {
        ("贵州省",),
        ("广东省",),
        ("湖北省",),
    }


def test_the_most_mechanisms_by_province_and_of_named_districts(store: Store) -> None:
    found = dict(cells(ask.answer("各省有多少个机制？", store), "region", "facts"))
    assert found == {"四川省": "3", "重庆市": "2", "贵州省": "1", "广东省": "1"}
    assert "武侯区 2、青羊区 2" in ask.answer("武侯区和青羊区谁的机制多？", store).summary.replace(
        "青羊区 2、武侯区 2", "武侯区 2、青羊区 2"
    )
    assert set(cells(ask.answer("四川省哪个区的机制最多", store), "division")) == {("武侯区",), ("青羊区",)}


def test_streets_are_what_numbers_are_of(store: Store) -> None:
    told = ask.answer("哪些街道有巷长？", store)
    assert cells(told, "subject", "value") == [("草堂镇", "9"), ("玉林街道", "7")]
    assert "2个：青羊区草堂镇、武侯区玉林街道" in told.summary
    assert "青羊区草堂镇，巷长 9" in ask.answer("哪个街道的巷长最多？", store).summary
    # What is known to be a community is one by any name.
    assert cells(ask.answer("哪些社区有巷长", store), "subject") == [("玉林一巷",)]


def test_a_street_stands_in_the_sentence_of_its_mechanism(store: Store) -> None:
    assert cells(ask.answer("哪些街道有红色物业？", store), "division", "part") == [("渝北区", "龙溪街道")]
    assert not ask.answer("哪些街道有积分制？", store).rows


def test_types_of_mechanisms_are_counted(store: Store) -> None:
    told = ask.answer("哪类机制最多？", store)
    assert cells(told, "type", "mechanisms", "divisions") == [("服务群众", "3", "4"), ("数字治理", "1", "2")]
    common = ask.answer("最普遍的数字治理机制是什么？", store)
    assert cells(common, "mechanism") == [("居民议事厅",)]
    assert "数字治理类机制" in common.summary


def test_who_has_more_than_so_many(store: Store) -> None:
    told = ask.answer("哪些区的机制超过1个？", store)
    assert set(cells(told, "division", "facts")) == {("武侯区", "2"), ("青羊区", "2"), ("渝北区", "2")}
    assert "3个地方：" in told.summary
    assert cells(ask.answer("哪些省的机制超过2个？", store), "region") == [("四川省",)]
    most = ask.answer("哪个区的报道最多？", store)
    assert "渝北区 2篇。" in most.summary
    assert cells(most, "division", "reports")[0] == ("渝北区", "2")


def test_a_type_is_counted_by_province_and_district(store: Store) -> None:
    told = ask.answer("哪个省的服务群众机制最多？", store)
    assert cells(told, "region", "mechanisms") == [("四川省", "2"), ("重庆市", "2"), ("广东省", "1")]
    assert "各省份的服务群众类机制：四川省 2、重庆市 2、广东省 1" in told.summary
    found = cells(ask.answer("四川省哪个区的服务群众机制最多？", store), "division", "mechanisms")
    assert found == [("武侯区", "2"), ("青羊区", "1")]


def test_the_usual_unit_is_what_is_compared(store: Store) -> None:
    more = Store()
    more.extend(store)
    number = ":x a jc:Measurement ; jc:division :yunyan ; jc:measured '网格党支部'@zh ; jc:value 9999 "
    head = "@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> . "
    unit = ":ben <http://www.w3.org/2004/02/skos/core#notation> '本' ."
    fact = "; jc:unit :ben ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e3 ."
    more.load(f"{head}{number}{fact}{unit}".encode(), format=RdfFormat.TURTLE)
    assert "云岩区，网格党支部 120个" in ask.answer("哪个区的网格党支部最多？", more).summary


def test_reports_are_listed_by_year(store: Store) -> None:
    told = ask.answer("渝北区有几篇报道？", store)
    assert cells(told, "headline", "published") == [("渝北区：街巷里", "2023-11"), ("渝北区：院子里", "2024")]
    assert "2篇" in told.summary
    assert cells(ask.answer("2024年有哪些报道？", store), "source") == [("丙.txt",)]
    since = ask.answer("2024年以来的报道", store)
    assert cells(since, "source") == [("丙.txt",)]
    assert "2024年以来的报道：1篇" in since.summary
    assert "2023年的报道：1篇" in ask.answer("2023年有哪些报道", store).summary


def test_provinces_are_compared_by_what_their_districts_have(store: Store) -> None:
    told = ask.answer("比较四川省和重庆市", store).summary
    assert "共同机制1个，只有四川省的2个，只有重庆市的1个" in told


@pytest.mark.parametrize("question", ["哪些区没有志愿者？", "哪些街道没有红色物业？", "哪些省没有志愿者"])
def test_what_is_lacking_is_never_told_as_had(store: Store, question: str) -> None:
    intent = ask.answer(question, store).intent
    assert intent is None or intent.kind == "without"
