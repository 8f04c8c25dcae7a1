"""Names of divisions in texts, and what they mean. All codes are GB/T 2260."""

from __future__ import annotations

import pickle
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.names import common_shorts, is_common_word, short_name, usable_short, usual_names
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Division


@cache
def china() -> Gazetteer:
    return Gazetteer(load_divisions())


def code(path: str | list[str], *context: str) -> str | None:
    division = china().resolve(path, context)
    return division.adcode if division else None


def found(text: str, *context: str) -> list[tuple[str, str | None]]:
    mentions = china().find(text, context)
    return [(text[m.start : m.end], m.division.adcode if m.division else None) for m in mentions]


def names(text: str) -> list[str]:
    return [name for name, _ in found(text)]


@pytest.mark.parametrize(
    ("path", "adcode"),
    [
        ("福建省厦门市同安区", "350212"),
        ("江西省九江市柴桑区", "360404"),
        ("山东省菏泽市定陶区", "371703"),
        ("内蒙古自治区呼和浩特市赛罕区", "150105"),
        ("山西省太原市小店区", "140105"),
        ("云南省昆明市官渡区", "530111"),
        ("河南省郑州市金水区", "410105"),
        ("福建省漳州市长泰区", "350605"),
        ("福建省漳州市漳浦县", "350623"),
        ("福建省漳州市云霄县", "350622"),
        ("福建省漳州市诏安县", "350624"),
        ("河北省唐山市古冶区", "130204"),
        ("河北省唐山市丰南区", "130207"),
        ("河北省唐山市曹妃甸区", "130209"),
        ("河北省遵化市", "130281"),
        ("新疆石河子市", "659001"),
        ("湖北省仙桃市", "429004"),
        ("海南省儋州市", "460400"),
        ("重庆市渝中区", "500103"),
        ("上海市浦东新区", "310115"),
        ("吉林省吉林市", "220200"),
        ("恩施土家族苗族自治州恩施市", "422801"),
    ],
)
def test_full_paths(path: str, adcode: str) -> None:
    assert code(path) == adcode
    assert found(f"　■{path}委书记")[-1][1] == adcode


@pytest.mark.parametrize(
    ("path", "adcode"),
    [
        ("福建漳州长泰", "350605"),
        ("江西井冈山", "360881"),
        ("广西南宁", "450100"),
        ("江西吉安", "360800"),  # the city; the county of that name lies in it
        ("内蒙古呼和浩特赛罕", "150105"),
        ("南京鼓楼区", "320106"),
        ("四川 成都 武侯", "510107"),
        ("青海海南", "632500"),
        ("海南", "460000"),
    ],
)
def test_short_forms(path: str, adcode: str) -> None:
    assert code(path) == adcode


@pytest.mark.parametrize(
    "name", ["鼓楼区", "朝阳区", "城关区", "河东区", "西湖区", "江北区", "桥东区", "朝阳"]
)
def test_shared_names_stay_open_without_context(name: str) -> None:
    assert code(name) is None
    assert all(division is None for _, division in found(f"这里是{name}的报告。"))


def test_context_decides() -> None:
    assert code("鼓楼区", "320300") == "320302"
    assert code("鼓楼区", "350000") == "350102"
    assert code("鼓楼区", "320000") is None  # two of them in that province
    assert code("鼓楼区", "320106") == "320106"  # itself
    assert code("鼓楼区", "320102") == "320106"  # a neighbour in the same city
    assert code("鼓楼区", "110000") is None
    assert code("良庆区", "450100") == "450108"
    assert found("鼓楼区的街道", "410200") == [("鼓楼区", "410204")]


def test_the_narrower_context_goes_first() -> None:
    assert code("鼓楼区", "320100", "350000") == "320106"
    assert code("鼓楼区", "320100", "320300") is None


def test_path_as_names() -> None:
    assert code(["福建省", "福州市", "鼓楼区"]) == "350102"
    assert code(["福建", "鼓楼区"]) == "350102"
    assert code(["广东省", "鼓楼区"]) is None
    assert code(["没有这个省", "鼓楼区"]) is None
    assert code([]) is None
    assert code("") is None


def test_a_text_that_names_two_places_is_no_path() -> None:
    assert code("福建省厦门市、江西省九江市") is None


def test_once_clear_clear_throughout() -> None:
    text = "鼓楼区先行一步。江苏省徐州市鼓楼区的做法是……鼓楼区又……"
    assert [c for n, c in found(text) if n == "鼓楼区"] == ["320302"] * 3
    text = "徐州市鼓楼区与南京市鼓楼区各有做法，鼓楼区的居民都说好。"
    assert [c for n, c in found(text) if n == "鼓楼区"] == ["320302", "320106", None]


def test_lists_share_what_they_lie_in() -> None:
    assert found("石家庄市桥西区、新华区")[1:] == [("桥西区", "130104"), ("新华区", "130105")]
    assert found("陕西渭南、西安")[1:] == [("渭南", "610500"), ("西安", "610100")]


def test_offsets() -> None:
    text = "走进福建省漳州市，长泰区很美。"
    assert [(m.start, m.end) for m in china().find(text)] == [(2, 5), (5, 8), (9, 12)]


@pytest.mark.parametrize(
    ("heading", "adcode"),
    [
        ("上海加强流动党员管理", "310000"),
        ("## 福建省厦门市同安区：党建引领", "350212"),
        ("■浙江 衢州柯城：邻里客厅", "330802"),
        ("义乌：把服务送到楼下", "330782"),
        ("义乌把服务送到楼下", None),
        ("绍兴桂花新村：小院议事", "330600"),
        ("绍兴路：小院议事", None),
        ("朝阳：小院议事", None),
        ("鼓楼区：小院议事", None),
        ("小院议事在江苏省南京市鼓楼区", None),
        ("", None),
    ],
)
def test_headings_open_with_places(heading: str, adcode: str | None) -> None:
    mention = china().opening(heading)
    assert (mention.division.adcode if mention and mention.division else None) == adcode


def test_a_heading_makes_a_context() -> None:
    opening = china().opening("上海加强流动党员管理")
    assert opening is not None
    assert opening.division is not None
    assert found("普陀区的街道", opening.division.adcode) == [("普陀区", "310107")]


# --- former names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("former", "year", "today"),
    [
        ("长泰县", 2021, "长泰区"),
        ("九江县", 2017, "柴桑区"),
        ("九江市九江县", 2017, "柴桑区"),
        ("唐海县", 2012, "曹妃甸区"),
        ("江苏省南通市海门市", 2020, "海门区"),
        ("重庆市江北区", 2025, "两江新区"),
    ],
)
def test_former_divisions_lead_to_those_of_today(former: str, year: int, today: str) -> None:
    division = china().resolve(former)
    assert division is not None
    assert division.name == former[-3:]
    assert division.abolished == year
    assert china().current(division).name == today
    assert china().current(china().current(division)) == china().current(division)


def test_a_former_name_of_a_code_means_that_code() -> None:
    assert code("襄樊市") == "420600"
    assert found("湖北省襄樊市")[-1] == ("襄樊市", "420600")


def test_same_name_before_and_after() -> None:
    # Bijie was a county-level city; the prefecture took the name, the county became a district of it.
    assert code("毕节市") == "520500"
    assert code("长春市公主岭市") == "220184"
    assert code("四平市公主岭市") == "220381"  # until 2020


# --- what is no division ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "朝阳街道和平社区",
        "家住鼓楼大街、新华路",
        "厦门路小学",
        "福建路与北京路路口",
        "中心城区、主城区和郊区",
        "建设新城区，改造老城区",
        "西城区域发展",
        "幸福建设施工现场",
        "四川南部山地，广西资源丰富",
        "高新区和经济技术开发区、工业园区",
        "互联网对应城市生活，建成都市圈",
        "上海港区和湖南山区",
        "这里的东边",
        "井冈山精神",
        "",
    ],
)
def test_common_words_and_smaller_places(text: str) -> None:
    assert found(text) == []


def test_common_words_name_divisions_behind_their_city() -> None:
    assert found("铜陵市郊区") == [("铜陵市", "340700"), ("郊区", "340711")]
    assert found("西安市新城区")[1] == ("新城区", "610102")


def test_a_street_office_of_a_district_leaves_the_district() -> None:
    assert names("思明区街道社区") == ["思明区"]
    assert names("厦门湖里街道") == []


def test_an_official_name_goes_before_a_short_form_that_it_cuts() -> None:
    assert names("沿黄河南阳市") == ["南阳市"]


def test_doubtful_names_count_where_they_are_sure_elsewhere() -> None:
    text = "湖北省应城市出台办法。全力支持应城市更新。"
    assert [c for n, c in found(text) if n == "应城市"] == ["420981", "420981"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("福建省", "福建"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("恩施土家族苗族自治州", "恩施"),
        ("东乡族自治县", "东乡"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("鄂温克族自治旗", "鄂温克"),
        ("神农架林区", "神农架"),
        ("碑林区", "碑林"),
        ("浦东新区", "浦东"),
        ("香港特别行政区", "香港"),
        ("东区", "东"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
    assert usable_short(name) == (short if len(short) > 1 else None)


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("兰坪白族普米族自治县", ("兰坪自治县", "兰坪县")),
        ("东乡族自治县", ("东乡自治县", "东乡县")),
        ("喀喇沁左翼蒙古族自治县", ("喀左自治县", "喀左县")),
        ("前郭尔罗斯蒙古族自治县", ("前郭自治县", "前郭县")),
        ("鄂温克族自治旗", ("鄂温克自治旗", "鄂温克旗")),
        ("恩施土家族苗族自治州", ("恩施自治州", "恩施州")),
        ("管城回族区", ("管城区",)),
        ("河南蒙古族自治县", ()),
        ("武侯区", ()),
    ],
)
def test_autonomous_units_without_their_peoples(name: str, usual: tuple[str, ...]) -> None:
    assert usual_names(name) == usual


def test_a_name_without_its_peoples_is_that_division() -> None:
    assert found("近年来，长阳县推行院坝协商。") == [("长阳县", "420528")]
    assert found("湘西州凤凰县和恩施州利川市")[::2] == [("湘西州", "433100"), ("恩施州", "422800")]
    assert found("郑州市管城区的楼院")[-1] == ("管城区", "410104")
    assert names("河南县委书记座谈会") == []


def test_a_district_behind_a_word_for_what_is_done_to_it() -> None:
    assert found("大家对婺城区的楼院提了建议") == [("婺城区", "330702")]
    assert found("办法要对应城市生活") == []


def test_every_excepted_short_form_is_one() -> None:
    shorts = {short_name(d.name) for d in load_divisions()}
    assert shorts >= common_shorts()


# --- the whole gazetteer ----------------------------------------------------------------------------


def test_every_division_of_today_is_found_behind_all_that_it_lies_in() -> None:
    gazetteer = china()
    for division in load_divisions():
        if division.abolished:
            continue
        path = "".join(d.name for d in (*reversed(gazetteer.within(division)), division))
        assert gazetteer.resolve(path) == division, path


def test_every_former_division_with_its_own_code_resolves_by_names() -> None:
    gazetteer = china()
    missed = []
    for division in load_divisions():
        if division.abolished and division.successor != division.adcode and not is_common_word(division.name):
            path = [d.name for d in (*reversed(gazetteer.within(division)), division)]
            meant = gazetteer.resolve(path)
            if meant is None or gazetteer.current(meant) != gazetteer.current(division):
                missed.append(path)
    assert not missed


def test_within_and_is_within() -> None:
    gazetteer = china()
    tongan, xiamen, fujian = (gazetteer.get(c) for c in ("350212", "350200", "350000"))
    assert tongan is not None
    assert xiamen is not None
    assert fujian is not None
    assert gazetteer.within(tongan) == (xiamen, fujian)
    assert gazetteer.within(fujian) == ()
    assert gazetteer.is_within(tongan, fujian)
    assert not gazetteer.is_within(fujian, tongan)
    assert not gazetteer.is_within(tongan, tongan)
    assert gazetteer.get("999999") is None
    assert gazetteer.by_code["420600"].name == "襄阳市"


def test_cycles_in_the_data_end() -> None:
    one = Division("100001", "甲乙县", "county", parent="100002", abolished=2001, successor="100002")
    two = Division("100002", "丙丁县", "county", parent="100001", abolished=2002, successor="100001")
    gazetteer = Gazetteer([one, two])
    assert gazetteer.current(one) == two
    assert one not in gazetteer.within(two)[1:]


def test_order_of_input_does_not_matter_and_it_can_be_pickled() -> None:
    divisions = load_divisions()
    text = "朝阳区、江北区，福建省漳州市长泰区、桥西区"
    for other in (Gazetteer(reversed(divisions)), pickle.loads(pickle.dumps(china()))):
        assert other.find(text) == china().find(text)


PARTS = st.sampled_from(
    [d.name for d in load_divisions()[::7]]
    + [
        "福建",
        "漳州",
        "长泰",
        "江西",
        "井冈山",
        "街道",
        "社区",
        "路",
        "城区",
        "、",
        "和",
        "，",
        " ",
        "　",
        "的",
        "在",
        "市",
        "区",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(PARTS, st.text(max_size=3)), max_size=12).map("".join)))
def test_mentions_are_names_in_order(text: str) -> None:
    end = 0
    for mention in china().find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        bearers = china().named(text[mention.start : mention.end])
        assert set(mention.candidates) <= set(bearers)
        assert mention.candidates
        if mention.division is not None:
            assert mention.candidates == (mention.division,)
    assert china().resolve(text) is None or china().find(text) or china().named(text.strip())


@given(
    st.lists(PARTS, max_size=5), st.lists(st.sampled_from(["110000", "350200", "x", "320302"]), max_size=3)
)
def test_resolving_any_path_gives_a_bearer_of_the_last_name(path: list[str], context: list[str]) -> None:
    division = china().resolve(path, context)
    assert division is None or division in china().named(path[-1].strip())


@pytest.mark.parametrize(
    "text",
    ["创建平安县", "平安县（市、区）", "评为“平安县”", "平安县建设", "建设文明县、富裕县", "比如县医院"],
)
def test_what_a_county_strives_to_be_is_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"), [("在平安区，", "平安区"), ("沈阳和平区建设", "和平区"), ("平安县委", "平安县")]
)
def test_where_a_name_may_stand_it_is_one(text: str, name: str) -> None:
    assert found(text)[-1][0] == name
