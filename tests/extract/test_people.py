"""Persons: who is named with a role, and what only looks like a name."""

import pytest

from clean_articles import analysis_of, assert_examples
from jiceng.extract import people
from jiceng.lexicon import load_lexicon
from jiceng.rules import Rule, load_rules

LEXICON = load_lexicon()
EXTRACT = people.extractor(LEXICON)
RULES = load_rules("people", LEXICON).rules

NAMED = [
    ("柳湾晚报 段青禾 通讯员 司马青", ("段青禾", "司马青")),
    ("柳坞社区“小巷总理”段晓慧说。", ("段晓慧",)),
    ("居委会主任占堆是头一个，农户段思仲拿出手机。", ("占堆", "段思仲")),
    ("南柳街道段宗培副书记、柳湾中学段倩老师、特邀段金萍局长到场。", ("段宗培", "段倩", "段金萍")),
    ("一位是现任社区书记，58岁的段丽华，大家都认得。", ("段丽华",)),
    ("本报讯 段海群报道：近日，柳湾开集。", ("段海群",)),
    ("由柳湾医院段雪梅带来的课。", ("段雪梅",)),
    ("社区书记段青和主任司马青急居民所急。", ("段青", "司马青")),
    ("（记者段青禾 柳湾记者站司马青）", ("段青禾", "司马青")),
    ("致富带头人段海正，大病患者段月华，都来了。", ("段海正", "段月华")),
    ("段青禾就是一名单元长。", ("段青禾",)),
    ("94岁的段健吾老人拉着大家的手。", ("段健吾",)),
    ("柳湾小区的居民，段秀华，今年66岁。", ("段秀华",)),
    ("社区党委段晓波书记把话说透。", ("段晓波",)),
    ("协会陈文萍会长讲了来历。", ("陈文萍",)),
    ("（柳湾建设公司 段国庆、司马青）", ("段国庆", "司马青")),
    ("作者：段海 司马青", ("段海", "司马青")),
    ("（段青禾 采访报道）", ("段青禾",)),
    ("柳湾社区书记段科向徐书记汇报。", ("段科",)),
    ("嘎查副主任阿拉腾巴根那笑着说。", ("阿拉腾巴根那",)),
    ("院党委书记向青向居民发放手册，随后向青带队入户。", ("向青",)),
    ("街道书记段剑兵介绍了做法。段剑兵表示，还要再试。", ("段剑兵",)),
    ("居民玛依拉·艾都所在的楼道最净。玛依拉·艾都常扫。", ("玛依拉·艾都",)),
    ("柳湾律所段长安律师现场答疑。", ("段长安",)),
    ("段长安法官讲了一课。", ("段长安",)),
    ("本报讯（司马青 段长安 报道）", ("司马青", "段长安")),
    ("党员段文华自告奋勇。", ("段文华",)),
    ("到居民段国礼家，他开了门。", ("段国礼",)),
    ("在东岭县石桥镇柳湾村生活了三十年的段宗普说，路宽了。", ("段宗普",)),
    ("家住翠湖花园的段志红是热心人。", ("段志红",)),
    ("义警队队长段伟挡在两人中间。", ("段伟",)),
    ("志愿者段大兵在门口等。", ("段大兵",)),
    ("65岁的段新娣，是柳湾舞蹈协会志愿者。", ("段新娣",)),
    ("段丽芬是集市的老摊主，", ("段丽芬",)),
    ("支部骨干段洋、司马青走进村里。", ("段洋", "司马青")),
    ("柳湾电（段长安）春天到了。", ("段长安",)),
    ("撰稿/初审：段长安", ("段长安",)),
    ("记者 段雅文 通讯员 司马青", ("段雅文", "司马青")),
    ("商会挂钩领导陈望舒率队走访。", ("陈望舒",)),
    ("（院办 段青禾）", ("段青禾",)),
    ("辅导员段青禾、黄石崖社区负责人出席。", ("段青禾",)),
    ("■淮安市金湖区委书记 段青禾", ("段青禾",)),
    ("（司马青 陈 越 摄影报道）", ("司马青", "陈越")),
    ("夜市开张（段青禾、司马青摄）", ("段青禾", "司马青")),
    ("记者 李 强 通讯员 段青禾", ("李强", "段青禾")),
    ("社区党总支书记魏长安说，楼道亮了。", ("魏长安",)),
    ("区城管局副局长欧阳倩介绍了情况。", ("欧阳倩",)),
    ("网格员阿依努尔·艾力每天都要走一圈。", ("阿依努尔·艾力",)),
    ("本报记者 段青禾 通讯员 司马青 罗敏", ("段青禾", "司马青", "罗敏")),
    ("记者段青禾 通讯员司马青报道", ("段青禾", "司马青")),
    ("（记者 段青禾 摄影报道）", ("段青禾",)),
    ("小区里的夜市 段青禾 摄", ("段青禾",)),
    ("图为志愿者在巷口值守。 （陈 越 摄）", ("陈越",)),
    ("段青禾，翠屏街道金沙社区党委书记，上任三年。", ("段青禾",)),
    ("网格长高建民挨家挨户敲门。", ("高建民",)),
    ("楼长石秀芳和邻居们商量。", ("石秀芳",)),
    ("社区民警江涛接到电话后赶到现场。", ("江涛",)),
    ("物业经理安庆生当场表态。", ("安庆生",)),
    ("区委常委、组织部部长纪云飞主持会议。", ("纪云飞",)),
    ("■绵阳市涪城区委书记 贺兰山", ("贺兰山",)),
    ("业委会主任于海波告诉记者，钱花在哪儿都贴着。", ("于海波",)),
    ("居民代表周全福、吴桂花、郑大海参加了会议。", ("周全福", "吴桂花", "郑大海")),
    ("老党员孙玉梅今年78岁，仍然每天巡逻。", ("孙玉梅",)),
    ("骑手张凯送餐路上随手拍。", ("张凯",)),
    ("村支书梁永胜带着大家修路。", ("梁永胜",)),
    ("街道党工委书记李和平说。", ("李和平",)),
    ("街道办事处主任王为民表示。", ("王为民",)),
    ("社区工作者张明和同事连夜排查。", ("张明",)),
    ("居民王斌满意地说。", ("王斌",)),
    ("党支部书记陈刚挨户走访。", ("陈刚",)),
    ("区民政局党组书记、局长夏雨荷介绍。", ("夏雨荷",)),
    ("“我们有底气。”社区书记尚德清笑着说。", ("尚德清",)),
    ("副书记兼居委会主任石磊介绍说。", ("石磊",)),
    ("文/李文博 图/赵一鸣", ("李文博", "赵一鸣")),
    ("段青禾，42岁，翠屏街道金沙社区党委书记。", ("段青禾",)),
    ("（作者：段青禾，系金湖县融媒体中心记者）", ("段青禾",)),
    ("（供稿：区委社会工作部 司马青）", ("司马青",)),
    ("家住金沙街道的魏长安说，路灯亮了。", ("魏长安",)),
    ("通讯员：李文博 赵一鸣", ("李文博", "赵一鸣")),
    ("党员中心户长马玉兰家里成了议事点。", ("马玉兰",)),
    ("楼栋长何成贵一声招呼，大家都来了。", ("何成贵",)),
    ("社工师李娜为孩子辅导作业。", ("李娜",)),
    ("商户代表海大富建议错峰停车。", ("海大富",)),
    ("物业公司项目经理汪洋带来图纸。", ("汪洋",)),
    ("社区党委书记，小区党支部书记黄晓红任组长。", ("黄晓红",)),
    ("全国人大代表、社区党委书记崔景兰建议", ("崔景兰",)),
    ("医生许诺说，周末来义诊。", ("许诺",)),
]
BRACKETED = [
    ("金沙社区党委书记（段青禾）说，路通了。", "段青禾", "金沙社区党委书记"),
    ("作者：司马青（金湖区委组织部部长）", "司马青", "区委组织部部长"),
    ("段青禾（作者系金沙社区党委书记）", "段青禾", "金沙社区党委书记"),
]
NOBODY = [
    "民警常驻翠东社区。",
    "湖北省长阳县的小区。",
    "大家学习段青禾同志先进事迹。",
    "县工商联副主席、官柳分会会长到场。",
    "代表操守良好。",
    "长者志愿者齐聚一堂。",
    "古街社区长松小区换了电梯。",
    "志愿者队伍来到松园·翠湖小区开展服务。",
    "社区副主任、华倡物业负责人到场。",
    "特邀专家廖院长坐诊。",
    "社区的高龄老人有人管。",
    "社区党组织书记（主任）牵头。",
    "网格员（楼栋长）每日巡查。",
    "“路灯修好了。”住在三号楼的王阿姨说。",
    "居民自治章程由大家商量。",
    "社区书记任组长，网格员任组员。",
    "党员干部带头拆违。",
    "群众高度认可，居民安全感明显提升。",
    "■王国良",
    "县委书记和县长带队走访。",
    "习近平总书记强调，要抓基层。",
    "中共中央总书记习近平指出，要抓基层。",
    "“以前没人管。”租户小刘说。",
    "退休教师和医生组成服务队。",
    "社区主任常年驻守一线。",
    "调解员老马出面调解。",
    "李文博 文/图",
    "记者走进社区，看到楼道干净整洁。",
    "记者从民政局获悉。",
    "负责人说，今年还要扩面。",
    "网格员小组长期驻点。",
    "由社区书记牵头，成立专班。",
    "独居老人周婆婆腿脚不便。",
    "调解员通过微信群联系双方。",
    "网格员包片、党员包户。",
    "志愿者时刻在岗。",
    "党员江边清淤。",
    "居民常住人口超万人。",
    "社区书记说到做到。",
    "组织委员全程跟进。",
    "网格员安装烟感报警器。",
    "志愿者高温天送水。",
    "居民黄昏时分散步。",
    "老党员宣讲团走进院落。",
    "法官金融知识讲座开讲。",
    "志愿者陈述了理由。",
    "业主张贴告示。",
    "居民于是联名反映。",
    "社区主任和书记连线直播。",
    "居民安居乐业。",
    "代表任期内每年走访。",
    "群众贺喜的电话不断。",
    "记者看到，党员许诺当天办结。",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rules_do_what_their_examples_say(rule: Rule) -> None:
    assert_examples(rule)


@pytest.mark.parametrize("spaces", [False, True])
@pytest.mark.parametrize(("text", "names"), NAMED)
def test_names_behind_roles_and_in_credits(text: str, names: tuple[str, ...], spaces: bool) -> None:
    assert tuple(p.name for p in EXTRACT(analysis_of(text, spaces=spaces))) == names


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_named(text: str) -> None:
    assert EXTRACT(analysis_of(text)) == ()


def test_the_stretch_shows_role_and_name() -> None:
    analysis = analysis_of("近日，翠屏街道金沙社区党委副书记、居委会主任段青禾说，灯亮了。")
    (person,) = EXTRACT(analysis)
    assert analysis.text[person.start : person.end] == "翠屏街道金沙社区党委副书记、居委会主任段青禾"
    assert person.role == "翠屏街道金沙社区党委副书记、居委会主任"
    assert person.rule == "people.role_before"


def test_the_secretary_of_the_article_s_own_division_is_just_that() -> None:
    (person,) = EXTRACT(analysis_of("■淮安市金湖区委书记 段青禾"))
    assert (person.name, person.role) == ("段青禾", "区委书记")


def test_a_division_beside_a_person_is_none() -> None:
    found = EXTRACT(analysis_of("副市长段青禾、秦岭区副区长司马青到场。秦岭区领导、秦岭区干部陪同。"))
    assert [p.name for p in found] == ["段青禾", "司马青"]


def test_photographers_are_told_by_the_white_space_of_the_source() -> None:
    (person,) = EXTRACT(analysis_of("广场上的纳凉晚会 江平安 摄"))
    assert (person.name, person.role) == ("江平安", "摄影")
    assert [p.name for p in EXTRACT(analysis_of("邻里集市热闹开张 陈越 摄"))] == ["陈越"]


def test_a_run_of_names_ends_at_white_space_of_the_source() -> None:
    names = [p.name for p in EXTRACT(analysis_of("通讯员段京京司马青段立新 校对"))]
    assert names == ["段京京", "司马青", "段立新"]
    assert EXTRACT(analysis_of("记者来到石桥镇柳湾村 看到")) == ()


def test_what_was_done_and_by_whom_stand_apart() -> None:
    found = EXTRACT(analysis_of("文化广场一角 摄影 段锋 司马青"))
    assert [(p.name, p.role) for p in found] == [("段锋", "摄影"), ("司马青", "摄影")]
    assert EXTRACT(analysis_of("文 明 图 书 馆 向 阳")) == ()


def test_a_name_is_told_once_with_its_first_role() -> None:
    text = "网格长段青禾说，路通了。居民段青禾说，灯也亮了。"
    assert [(p.name, p.role) for p in EXTRACT(analysis_of(text))] == [("段青禾", "网格长")]


def test_a_group_names_its_first() -> None:
    (person,) = EXTRACT(analysis_of("街道整合段青禾等6名党员，组成临时党支部。"))
    assert (person.name, person.role) == ("段青禾", "党员")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("这一做法受到呼和浩特市玉泉区委书记段青禾肯定。", "呼和浩特市玉泉区委书记"),
        ("由社区党委副书记段青禾牵头。", "社区党委副书记"),
        ("请来退休法官段青禾坐诊。", "退休法官"),
    ],
)
def test_a_role_begins_behind_the_words_that_lead_to_it(text: str, role: str) -> None:
    (person,) = EXTRACT(analysis_of(text))
    assert person.role == role


@pytest.mark.parametrize(
    "text", ["群众满意度调查结束。", "居民幸福感提升。", "党员包小区、干部包楼栋。", "居民满意度测评"]
)
def test_what_people_feel_is_nobody(text: str) -> None:
    assert EXTRACT(analysis_of(text)) == ()


@pytest.mark.parametrize(("text", "name", "role"), BRACKETED)
def test_brackets_hold_the_name_or_the_role(text: str, name: str, role: str) -> None:
    (person,) = EXTRACT(analysis_of(text))
    assert (person.name, person.role) == (name, role)
