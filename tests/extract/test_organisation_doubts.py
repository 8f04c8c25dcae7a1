"""What stands before a head word and is no name, or more than one: found and left out as a reader would."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.organisations import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())
CODES = {"西固区": "620104", "涪城区": "510703", "平阳县": "330326", "甘井子区": "210211"}

READ = [
    # plain words before what communities in general are spoken of with
    ("西固区", "几位专家细数社区治理，评说小区管理的难处。", []),
    ("西固区", "区里持续抓牢社区党建，讲授社区工作诀窍，观摩点评社区建设。", []),
    ("西固区", "适应融合型大社区、混合型小区的特点。", []),
    ("西固区", "晨光社区治理有方，晨光社区居委会主任把经验讲给大家听。", ["晨光社区"]),
    # a division and a head are no name, nor is what 各 or an ordinal opens
    ("西固区", "西固区社区治理现场会召开，兰州市社区工作者到场。", []),
    ("西固区", "各街道社区党委、首批社区试点、第一批小区改造、第三届社区节。", []),
    # the short name of a county or city is no part of a town's name
    ("平阳县", "在浙江瑞安陶山镇，与苍南灵溪镇结对。", ["陶山镇", "灵溪镇"]),
    ("平阳县", "上海青岛南路街道、杭州柳泉街道来考察。", ["青岛南路街道", "柳泉街道"]),
    # quarters in a list are whole as they stand; two characters are not
    (
        "甘井子区",
        "泉水片区的锦泉花园、海逸公寓、半山云麓等6个小区装了门禁。",
        ["泉水片区", "锦泉花园", "海逸公寓", "半山云麓"],
    ),
    ("甘井子区", "改造泉景、华苑、松云三个小区。", ["泉景小区", "华苑小区", "松云小区"]),
    # the end of a division's name is where a town's name begins
    ("西固区", "以榆中县青城镇为例，兰州市城关区雁南街道也在试。", ["青城镇", "雁南街道"]),
    ("平阳县", "四川内江、河南新乡、浙江桐乡的同行来过，江西萍乡也来过。", []),
    # street offices by their short name, but no roads
    (
        "西固区",
        "临洮街党工委牵头，柳泉街城管跟进，广州市荔湾区沙面街翠洲社区来交流，文化街两旁种了槐树。",
        ["临洮街", "临洮街党工委", "柳泉街", "沙面街", "翠洲社区"],
    ),
    # the committee's full name, and that of a registered association
    ("涪城区", "中共绵阳市涪城区委组织部主办。", ["中共绵阳市涪城区委组织部"]),
    ("涪城区", "绵阳市涪城区春苗社会工作服务中心承办。", ["绵阳市涪城区春苗社会工作服务中心"]),
    # kinds of quarters, titles, parts of a quarter
    ("甘井子区", "临街小区、楼房小区、破旧小区和回迁房小区各有各的难处。", []),
    ("平阳县", "荣获全国文明村镇、中国剪纸之乡、十大茶乡，全县辖九镇二乡。", []),
    ("甘井子区", "入围全省社区养老先行区，建设农旅融合试验区、城乡统筹引领区。", []),
    ("甘井子区", "锦泉小区广场上，居民跳起了舞。", ["锦泉小区"]),
    ("涪城区", "就绵阳银行的做法，像春晖大厦这样的楼要学。", ["绵阳银行", "春晖大厦"]),
    # a clause that begins with a street's name, whose characters mislead; but no verb there
    ("平阳县", "5日，官塘营街道挨户检查。", ["官塘营街道"]),
    ("平阳县", "今年，深度整合街道力量，即统筹街道、社区资源。", []),
    # what ends like an office and is none
    ("西固区", "西固区实行接诉即办制度，西固区推进一网通办改革。", []),
    # centres and bodies that a division opens
    (
        "涪城区",
        "涪城区匠人中心、涪城区邻里互助中心、涪城区银龄互助联合会签约，副中心、市中心、城市中心热闹。",
        ["涪城区匠人中心", "涪城区邻里互助中心", "涪城区银龄互助联合会"],
    ),
    (
        "甘井子区",
        "在泉水街道，锦泉社区长者食堂、锦泉社区党群驿站、松云派出所。",
        ["泉水街道", "锦泉社区", "锦泉社区长者食堂", "锦泉社区党群驿站", "松云派出所"],
    ),
    ("西固区", "某房地产公司撤走，据兰州市民政局介绍，全面落实城市更新。", ["兰州市民政局"]),
    ("平阳县", "青溪镇长兴家园要加装电梯，青溪镇长带队。", ["青溪镇", "长兴家园"]),
    (
        "平阳县",
        "平阳县青年街道南屏社区、昆阳镇和谐社区，江宁区文明社区的称号。",
        ["青年街道", "南屏社区", "昆阳镇", "和谐社区"],
    ),
    (
        "平阳县",
        "平阳县和谐办牵头，县里举办活动，平阳县承办，平阳县大办工作，平阳县发展新格局。",
        ["平阳县和谐办"],
    ),
    ("平阳县", "云锦湾二期居民、锦泰东区业主都来了，二期工程和社区居民还在等。", ["云锦湾二期", "锦泰东区"]),
    ("甘井子区", "泉水街道锦安大厦的居民、泉水街道松云医院。", ["泉水街道", "锦安大厦", "松云医院"]),
    # a clause that begins with a list of villages; verbs and their results before a head
    ("平阳县", "，创业村、柳塘村等入选，青溪乡屯垦村村民来学。", ["创业村", "柳塘村", "青溪乡", "屯垦村"]),
    ("平阳县", "凝聚起社区能量，用活社区家底，编织起片区人脉，戏台下挤满村民，平阳六社区牵手。", []),
    (
        "平阳县",
        "平阳县虎牢村、大准村和龙活镇，云起社区居委会、晨起小区的居民，凤透街道党工委。",
        [
            "虎牢村",
            "大准村",
            "龙活镇",
            "云起社区",
            "晨起小区",
            "凤透街道",
            "凤透街道党工委",
        ],
    ),
    ("平阳县", "云岭镇社区养老服务中心开门，云岭镇社区工作者值班。", ["云岭镇", "云岭镇社区养老服务中心"]),
    ("平阳县", "邻里一道扮靓家园，荒坡之上起新城，按季分片区巡查。", []),
    # zones, prepositions and characters of other words before a street's or town's name
    (
        "甘井子区",
        "在云湖康养区柳泉街道，在高区望山街道，近日，扶余路街道调研。",
        ["柳泉街道", "望山街道", "扶余路街道"],
    ),
    ("平阳县", "志愿者来到内塘镇石坑村，平阳县禾由镇的稻田连成片。", ["内塘镇", "石坑村", "禾由镇"]),
    ("平阳县", "沿街有名人故居、少儿科普馆、千亩茶园、网格化服务中心。", []),
    ("涪城区", "涪城区委文明办、涪城区委社会工作部部长李林出席。", ["涪城区委文明办", "涪城区委社会工作部"]),
    # persons in a list are no streets
    (
        "涪城区",
        "城厢街道党工委书记周放、工区街道党工委书记何平发言。",
        ["城厢街道", "城厢街道党工委", "工区街道", "工区街道党工委"],
    ),
    # a word beside a name decides where it ends, or that it is none
    ("平阳县", "石桥村矮寨屯、上寨组的村民来开会。", ["石桥村", "矮寨屯", "上寨组"]),
    ("平阳县", "市委社治委、龙池街道开展活动，石桥镇各居委会响应。", ["龙池街道", "石桥镇"]),
    ("平阳县", "下设青年、银龄、巾帼2个党小组，S市H街道开展活动。", []),
    ("平阳县", "崇外街道办事处派人走进喀什多来特巴格乡。", ["崇外街道办事处", "多来特巴格乡"]),
    ("平阳县", "农商银行石桥支行在银河国际大酒店宣传。", ["农商银行石桥支行", "银河国际大酒店"]),
    ("平阳县", "松林法庭流动便民法庭在平阳县公路局小区开庭。", ["松林法庭", "公路局小区"]),
    (
        "平阳县",
        "皖江联信物业有限公司成立，皖江联信物业党支部开展活动。",
        ["皖江联信物业有限公司", "皖江联信物业", "皖江联信物业党支部"],
    ),
]


@pytest.mark.parametrize(("district", "text", "names"), READ, ids=[text[:14] for _, text, _ in READ])
def test_read_as_a_reader_would(district: str, text: str, names: list[str]) -> None:
    found = {fact.name for fact in EXTRACT(analysis_of(text, district, CODES[district]))}
    assert found == set(names)
