"""What is done to places is no name; what a zone, a side or a list before a head holds is one."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.organisations import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())

# All sentences stand in an article about 青秀区 (450103).
READ = [
    # a verb and what it reaches, verbs that the dictionary lacks, adverbs with a verb
    ("撑起街道主心骨，守牢社区底线，织牢街道防线，兜住小区民生，跑遍社区角落，扛牢镇村职责。", ""),
    ("构筑小区共享空间，勾勒社区新图景，巧解千人社区的烦恼，广纳小区能人，广邀社区达人。", ""),
    ("南宁市基本完成街道清产，扶绥县重点攻坚街道难题，项目团队跟进。", ""),
    # levels strung together, people counted, kinds of villages
    ("统筹市镇村力量，形成区街社区合力，推行多村一社区，早晚高峰小区门口堵成一团。", ""),
    ("探索多涉迁村共管办法，联合口岸公司及抵边村，调解了7起宅基地纠纷，建强边城首府。", ""),
    ("招聘大专以上学历社区骨干12名。", ""),
    # what leads to a name
    ("发源地岭脚村、发起地石桥村来了参观团。", "岭脚村 石桥村"),
    ("东起新城东路，北靠青山社区，南临新民街道。", "青山社区 新民街道"),
    ("南靠村和北岸村结对，继光街道、百户营村来了客人。", "南靠村 北岸村 继光街道 百户营村"),
    (
        "在经开区荷塘社区，南宁高新区望岭街道、五象新区良禾社区党委。",
        "荷塘社区 南宁高新区 望岭街道 良禾社区 良禾社区党委",
    ),
    # kinds of places that communities of a town are named for
    ("望岭街道滨河社区与石桥镇集镇社区。", "望岭街道 滨河社区 石桥镇 集镇社区"),
    # quarters in lists that say more of them; the last item alone is described
    ("评出望溪、望岭、望江3个精品商住小区。", "望溪小区 望岭小区 望江小区"),
    ("最偏、最远的望岭等四个老旧社区先行。", "望岭社区"),
    ("万科城、望湖花园、碧桂园三期等小区装了充电桩。", "万科城 望湖花园 碧桂园三期"),
    # towns that mean something else, between their division and a village
    ("南宁市宾阳县西周镇杰岭村的茶，宾阳县老城镇上岭村的酒。", "西周镇 杰岭村 老城镇 上岭村"),
    ("请干部在实践中感受村情，小王同村的人，龙岭撤镇设市，某村村委、T村村委。", ""),
    ("腾出旧厂房盖公园，普惠性幼儿园、普通高中够用，设了听证会、监督会等小区自治机制。", ""),
    # a second name in brackets, the committee by its full name, stages, firms and centres of a division
    ("上岭村（社区）党群服务中心、青秀区区委。", "上岭村 上岭村（社区）党群服务中心 青秀区区委"),
    ("信发临江新城二期紧靠大道。", "信发临江新城二期"),
    ("由市鼎岚坪保洁有限公司代管。", "市鼎岚坪保洁有限公司"),
    # slogans, words that go over a head, what communities and quarters are like or near
    ("开展“杜绝飞线，共建文明家园”活动，电动车充电集中专项整治，“同建和谐家园”。", ""),
    ("由望岭湾和花园街道合成，紧邻商圈，管着全县的场镇。", "花园街道"),
    ("转给事发地点社区主任，光靠社区不行，多层次社区照护，这里是新兴社区。", ""),
    ("阳光小区李大妈说停车不难了。", "阳光小区"),
    # places that letters or unknown counties hold, agencies by their short name, canteens
    ("在D市中岭社区、A县岭脚村，岩岭县岩桥镇解放社区。", "中岭社区 岭脚村 岩桥镇 解放社区"),
    ("引入宁心社工、益新社工等社会组织，派驻社工、社区社工、12名社工。", "宁心社工 益新社工"),
    (
        "岭桥镇综合治理调度中心、岭脚社区邻里食堂。",
        "岭桥镇 岭桥镇综合治理调度中心 岭脚社区 岭脚社区邻里食堂",
    ),
    # names that a sentence opens, that a road's number or a side leads to, and what is only described
    ("继望岭村开办食堂后，继水云间二期小区之后，和睦社区被评上先进。", "望岭村 水云间二期小区 和睦社区"),
    ("东至南岭街道，南接市民政局，胜利东里9号大院有6栋楼。", "南岭街道 胜利东里9号大院"),
    ("召开第二次协商会，村民很多村务不懂，科室社区干部一起上，市直管镇先行。", ""),
    ("小童是云岩派出所的民警，原白岩滩机械厂两栋楼。", "云岩派出所 白岩滩机械厂"),
    ("幸福社区被划成47个网格，滨水社区党支部来了。", "幸福社区 滨水社区 滨水社区党支部"),
    ("白石街道社区养老服务中心。", "白石街道 白石街道社区养老服务中心"),
    # a verb that is a street's name where one of its communities follows; where people were moved to
    ("扬名街道岭脚社区、访遍街道所有社区，问计街道网格社区。", "扬名街道 岭脚社区"),
    (
        "朝阳坪新城易地扶贫搬迁安置点、望岭集中安置点、各安置点。",
        "朝阳坪新城易地扶贫搬迁安置点 望岭集中安置点",
    ),
    # a hamlet behind a body of another
    ("石桥镇望岭村瓦窑屯党支部、坡脚屯。", "石桥镇 望岭村 瓦窑屯 瓦窑屯党支部 坡脚屯"),
]


@pytest.mark.parametrize(("text", "names"), READ, ids=[text[:12] for text, _ in READ])
def test_read_as_a_reader_would(text: str, names: str) -> None:
    assert {fact.name for fact in EXTRACT(analysis_of(text, "青秀区", "450103"))} == set(names.split())
