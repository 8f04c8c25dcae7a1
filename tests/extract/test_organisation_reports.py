"""Named organisations as reports of courts, stations, clinics and offices write them."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.organisations import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())

READ = [
    ("松坪公安局云岭经开区分局石桥派出所来人。", "松坪公安局云岭经开区分局石桥派出所"),
    ("云岭经开区公安分局的民警上门。", "云岭经开区公安分局"),
    ("两家差点闹上法院。", ""),
    ("随后，经石桥集司法所牵头，双方握手。", "石桥集司法所"),
    ("上报石桥乡党委政府。", "石桥乡 石桥乡党委"),
    ("被命名为玄武区科普教育基地。", ""),
    ("打造成桂岭红色教育基地。", "桂岭红色教育基地"),
    ("红星派出所和工农派出所的民警到场。", "红星派出所 工农派出所"),
    ("举办“情满社区，爱在邻里”活动。", ""),
    ("柳寺村镇的老人来了。", "柳寺村镇"),
    ("翠湖花园中心湖边。", "翠湖花园"),
    ("长丰镇干部包村，翠湖街道干部下沉。", "长丰镇 翠湖街道"),
    ("组织镇干部、街道干部和社区干部。", ""),
    ("石桥街道办好暖心事。", "石桥街道"),
    ("湖东街道办主任和石桥街道办事处来人。", "湖东街道办 石桥街道办事处"),
    ("住在南京林业大学家属区的老人。", "南京林业大学家属区"),
    ("去上海机场接人。", "上海机场"),
    ("玄武区统战部牵头，区统战部配合。", "玄武区统战部"),
    ("鼓楼团区委来慰问。", "鼓楼团区委"),
    ("石桥街道老年助餐中心开业。", "石桥街道 石桥街道老年助餐中心"),
    ("柳湾社区居家养老服务站的护工。", "柳湾社区 柳湾社区居家养老服务站"),
    ("松林法庭流动便民法庭开来。", "松林法庭"),
    ("小郭和物业公司都退了一步。", ""),
    ("平安街道对地摊疏堵结合。", "平安街道"),
    ("平安街道创建活动开始了。", ""),
    ("门面临着主街道。", ""),
    ("青禾雅庭的业主。", "青禾雅庭"),
]


@pytest.mark.parametrize(("text", "names"), READ, ids=[r[0][:16] for r in READ])
def test_named_organisations(text: str, names: str) -> None:
    found = [f.name for f in EXTRACT(analysis_of(text, "玄武区", "320102"))]
    assert sorted(found) == sorted(names.split())
