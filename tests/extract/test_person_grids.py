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
