"""Honours: what was received by name, and what is only wished, praised or offered."""

import pytest

from clean_articles import analysis_of, assert_examples
from jiceng.extract import honours
from jiceng.lexicon import load_lexicon
from jiceng.rules import Rule, load_rules

LEXICON = load_lexicon()
EXTRACT = honours.extractor(LEXICON)
RULES = load_rules("honours", LEXICON).rules

RECEIVED = [
    ("2022年，金沙社区荣获“全国和谐社区建设示范社区”称号。", ("全国和谐社区建设示范社区",)),
    ("社区先后被评为“省级绿色社区”“市级文明社区”。", ("省级绿色社区", "市级文明社区")),
    (
        "社区先后获得全国民主法治示范社区、全省先进基层党组织等荣誉。",
        ("全国民主法治示范社区", "全省先进基层党组织"),
    ),
    ("该做法入选2023年度全省基层治理创新案例。", ("全省基层治理创新案例",)),
    ("社区书记段青禾被授予“江苏省优秀共产党员”称号。", ("江苏省优秀共产党员",)),
    ("“邻里管家”项目获第三届全国志愿服务项目大赛金奖。", ("第三届全国志愿服务项目大赛金奖",)),
    ("在全省城市基层党建考核中连续三年位居第一名。", ("全省城市基层党建考核第一名",)),
    ("金湖区跻身全国综合实力百强区第36位。", ("全国综合实力百强区第36位",)),
    ("国家3A级旅游景区水云寺吸引游客。", ("国家3A级旅游景区",)),
    ("社区被民政部命名为“全国综合减灾示范社区”。", ("全国综合减灾示范社区",)),
    ("街道党工委获评市级“红旗街道党工委”。", ("红旗街道党工委",)),
    ("该区获批全国首批智慧社区试点。", ("全国首批智慧社区试点",)),
    ("全区有12个社区获评全国示范性老年友好型社区。", ("全国示范性老年友好型社区",)),
    ("连续五年获得全市目标考核一等奖。", ("全市目标考核一等奖",)),
    ("小区荣获“五星级物业服务项目”。", ("五星级物业服务项目",)),
    ("金湖区被确定为全省社区治理现代化试验区。", ("全省社区治理现代化试验区",)),
    ("成功创建全国文明城市。", ("全国文明城市",)),
    ("先后荣获“全国五一劳动奖状”、“全国工人先锋号”等多项荣誉", ("全国五一劳动奖状", "全国工人先锋号")),
    ("荣登“中国好人榜”。", ("中国好人榜",)),
    ("该案例获评全国城市党建创新案例最佳案例奖，并作为样板推广。", ("全国城市党建创新案例最佳案例奖",)),
    ("物业公司被列为市级红色物业示范企业。", ("市级红色物业示范企业",)),
    ("2021年7月，社区党总支被党中央表彰为“全国先进基层党组织”。", ("全国先进基层党组织",)),
    ("“一站到家”获全市改革创新奖，排名全市第二", ("全市改革创新奖",)),
]
NOTHING = [
    "力争三年内创成全国文明城市，争取入选国家试点。",
    "对获得“星级楼栋”称号的居民给予奖励。",
    "居民获得感明显增强。",
    "项目获得资金200万元。",
    "群众对此给予好评，获一致点赞。",
    "被列入年度重点工作计划。",
    "网格员陈越当选“最美社区工作者”。",
    "相关经验被人民日报等媒体报道。",
    "经验在全省推广。",
    "每季度评选“最美楼道”，获评的楼道奖励500元。",
    "将获评情况纳入考核。",
    "记者获悉，今年将新建10所幼儿园。",
    "居民获赠防诈手册。",
    "创成国家级充分就业社区5个。",
    "获全国妇联表彰。",
    "以全市第一的成绩获评。",
    "被中央电视台《新闻联播》报道。",
    "他被居民称为“贴心人”。",
    "被评为优秀的网格员可优先入党。",
    "选手们获得了前三名。",
    "被誉为“小巷总理”的她每天走访。",
    "推荐5个社区入选省级示范。",
    "作为全国首批“居家社区养老改革试点”，金湖区先行先试。",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rules_do_what_their_examples_say(rule: Rule) -> None:
    assert_examples(rule)


@pytest.mark.parametrize(("text", "titles"), RECEIVED)
def test_titles_by_name(text: str, titles: tuple[str, ...]) -> None:
    assert tuple(h.title for h in EXTRACT(analysis_of(text))) == titles


@pytest.mark.parametrize("text", NOTHING)
def test_praise_targets_and_offers_are_none(text: str) -> None:
    assert EXTRACT(analysis_of(text)) == ()


def test_recipient_period_and_stretch() -> None:
    analysis = analysis_of("2022年，金沙社区党委先后获评“全国和谐社区建设示范社区”称号。")
    (honour,) = EXTRACT(analysis)
    assert (honour.recipient, honour.period) == ("金沙社区党委", "2022年")
    assert analysis.text[honour.start : honour.end] == "金沙社区党委先后获评“全国和谐社区建设示范社区”称号"


def test_the_year_of_a_title_is_its_period() -> None:
    (honour,) = EXTRACT(analysis_of("该做法入选2023年度全省基层治理创新案例。"))
    assert (honour.title, honour.period) == ("全省基层治理创新案例", "2023年度")


def test_who_speaks_of_itself_is_the_division() -> None:
    (honour,) = EXTRACT(analysis_of("在全省城市基层党建考核中位居第一名。"))
    assert honour.recipient == "金湖区"


def test_the_same_title_of_two_recipients_is_two_honours() -> None:
    text = "金沙社区获评“全国文明社区”称号。银河社区获评“全国文明社区”称号。"
    assert [h.recipient for h in EXTRACT(analysis_of(text))] == ["金沙社区", "银河社区"]
