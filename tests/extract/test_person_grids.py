"""Persons in grids of frames: a name with its role is found wherever the two stand."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.people import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())

NAMES = (
    "王强 李小明 张建国 欧阳雪 司马光明 诸葛红 刘洋 陈晓燕 吴敏 冯婷婷 巴图 卜凡 马桂花 尉迟恭 皇甫军 "
    "丁一 买买提·艾力 阿依古丽·吐尔逊 扎西次仁 格桑梅朵"
)
ROLES = "社区党委书记 街道办事处主任 居委会主任 网格员 楼栋长 物业经理 社区民警 居民代表 人大代表"
FRAMES = (
    "“群众满意就好。”{role}{name}说。",
    "据{role}{name}介绍，小区已建成充电桩20个。",
    "{role}{name}带领党员上门走访。",
    "今年42岁的{role}{name}每天巡查。",
    "居民找到{role}{name}反映问题。",
    "接到电话后，{role}{name}立即赶到现场。",
    "{name}是凤祥社区{role}，工作了十年。",
    "{name}（凤祥社区{role}）说，办法总比困难多。",
    "作为{role}，{name}每天走访居民。",
    "身为凤祥社区{role}的{name}，每天走访居民。",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_person_is_found_in_every_frame(frame: str) -> None:
    missed = []
    for role in ROLES.split():
        for name in NAMES.split():
            found = {p.name: p.role for p in EXTRACT(analysis_of(frame.format(role=role, name=name)))}
            if set(found) != {name} or role not in found[name]:
                missed.append((role, name, found))
    assert len(missed) <= 5, missed  # of 180


@pytest.mark.parametrize(
    "text",
    [
        "作为网格员，应当每天走访居民。",
        "作为社区书记，要带头参加。",
        "平安小区（居民代表）先行先试。",
        "和谐（社区书记）家园。",
    ],
)
def test_what_begins_as_a_name_does_is_none(text: str) -> None:
    assert not EXTRACT(analysis_of(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("（供稿：段青禾）", "段青禾"),
        ("（文/图 段青禾）", "段青禾"),
        ("买买提·艾力 摄", "买买提·艾力"),
    ],
)
def test_bylines(text: str, name: str) -> None:
    assert [p.name for p in EXTRACT(analysis_of(text))] == [name]


def test_who_wrote_is_not_who_made_the_pictures() -> None:
    assert not [p for p in EXTRACT(analysis_of("（段青禾 文/司马青 图）")) if p.role == "文字"]


WORDS = "田野 白雪 向前 江山 金星 方圆 石林 黎明 高原 万里"
FEW = "望开琼 保国庆 脱秀英 门海燕 化春燕 修春兰 闭春梅 昆建军 支国栋 喇秀兰"
SPELLED = (
    "仁青措 桑杰加 才让东智 贡保扎西 夏吾加 拉毛草 巴雅尔图 额尔登巴图 乌日图那顺 吐尔逊江 热孜万古丽 "
    "吉克阿牛 阿苦史哈 马海伍呷 岩温罕 玉罕娇 如则·托合提 叶尔江·木拉提"
)
ACTS = (
    "“群众满意就好。”{role}{name}说。",
    "据{role}{name}介绍，小区已建成充电桩20个。",
    "{role}{name}带领党员上门走访。",
    "接到电话后，{role}{name}立即赶到现场。",
    "凤祥社区{role}{name}本人当选市人大代表。",
    "{role}{name}被评为“最美家庭”。",
)


@pytest.mark.parametrize("frame", ACTS)
def test_names_that_are_words_or_rare_or_of_other_languages(frame: str) -> None:
    missed = []
    for role in ("社区党委书记", "网格员", "讲解员"):
        for name in f"{WORDS} {FEW} {SPELLED}".split():
            found = {p.name for p in EXTRACT(analysis_of(frame.format(role=role, name=name)))}
            if found != {name}:
                missed.append((role, name, found))
    assert len(missed) <= 5, missed  # of 114


@pytest.mark.parametrize(
    "text",
    [
        "社区书记高兴地说，路通了。",
        "居委会主任严肃指出，问题不小。",
        "居民江先生办好了手续。",
        "网格员区委两头跑。",
        "书记成功调解一起纠纷。",
        "在安置社区建立代表联络站12个。",
    ],
)
def test_words_behind_a_role_are_no_names(text: str) -> None:
    assert not EXTRACT(analysis_of(text))


UNLISTED = (
    "萨如拉 阿拉坦仓 木扎帕尔 宝音德力格尔 阿不都热依木 沙玛阿依 才让太 朝鲁门 乌日娜 玛依努尔 德吉 禚晓明"
)


@pytest.mark.parametrize(
    "frame",
    ["{role}{name}说，坐下来就好商量。", "{role}{name}介绍，路通了。", "找到{role}{name}，事情办成了。"],
)
def test_names_of_other_languages_that_no_list_has(frame: str) -> None:
    found = {
        n: [p.name for p in EXTRACT(analysis_of(frame.format(role="社区书记", name=n)))]
        for n in UNLISTED.split()
    }
    assert {n: f for n, f in found.items() if f != [n]} == {}


@pytest.mark.parametrize(
    "text",
    [
        "书记多次来到现场。",
        "居民马上到、马上办。",
        "楼长们家家都到，网格员坚决说不。",
        "村民金秋丰收，志愿者居然说。",
    ],
)
def test_words_spelled_with_their_characters_are_no_names(text: str) -> None:
    assert not EXTRACT(analysis_of(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("社区党委书记罗敏常年入户，队长段青禾今年52岁。", {"罗敏", "段青禾"}),
        ("社区的索朗多吉被推选为监督组组长，他笑了。", {"索朗多吉"}),
        ("来源：柳湾网 作者：岩罕 尹丽娟\n大家都笑了。", {"岩罕", "尹丽娟"}),
        ("文 / 段青禾\n柳湾是老街。", {"段青禾"}),
        ("社工师段青禾说，退休编辑司马青说。", {"段青禾", "司马青"}),
        ("街坊最清楚。\n文/段青禾 摄影/司马青", {"段青禾", "司马青"}),
        ("院子里有供电局家属院和碧桂园·凤凰湾三处院落。", set()),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(text: str, found: set[str]) -> None:
    assert {p.name for p in EXTRACT(analysis_of(text))} == found
