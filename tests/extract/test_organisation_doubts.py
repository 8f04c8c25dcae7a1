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
    ("西固区", "坚持党建引领，破题社区治理，解锁小区管理新路子。", []),
    ("西固区", "区里不断加强社区党建，传授社区工作方法，检查指导社区建设。", []),
    ("西固区", "适应融合型大社区、混合型小区的特点。", []),
    ("西固区", "晨光社区治理有方，晨光社区居委会主任把经验讲给大家听。", ["晨光社区"]),
    # a division and a head are no name, nor is what 各 or an ordinal opens
    ("西固区", "西固区社区治理现场会召开，兰州市社区工作者到场。", []),
    ("西固区", "各街道社区党委、首批社区试点、第一批小区改造、第三届社区节。", []),
    # the short name of a county or city is no part of a town's name
    ("平阳县", "在浙江瑞安陶山镇，与苍南灵溪镇结对。", ["陶山镇", "灵溪镇"]),
    ("平阳县", "上海南京东路街道、杭州长庆街道来考察。", ["南京东路街道", "长庆街道"]),
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
        "临洮街党工委牵头，广州市荔湾区沙面街翠洲社区来交流，文化街两旁种了槐树。",
        ["临洮街", "临洮街党工委", "沙面街", "翠洲社区"],
    ),
    # the committee's full name, and that of a registered association
    ("涪城区", "中共绵阳市涪城区委组织部主办。", ["中共绵阳市涪城区委组织部"]),
    ("涪城区", "绵阳市涪城区春苗社会工作服务中心承办。", ["绵阳市涪城区春苗社会工作服务中心"]),
    # kinds of quarters, titles, parts of a quarter
    ("甘井子区", "临街小区、楼房小区、破旧小区和回迁房小区各有各的难处。", []),
    ("平阳县", "荣获全国文明村镇、中国剪纸之乡、十大茶乡，全县辖九镇二乡。", []),
    ("甘井子区", "创成全国社区服务示范区，打造城乡融合发展示范区、产城融合引领区。", []),
    ("甘井子区", "锦泉小区广场上，居民跳起了舞。", ["锦泉小区"]),
    ("涪城区", "就绵阳银行的做法，像春晖大厦这样的楼要学。", ["绵阳银行", "春晖大厦"]),
    # a clause that begins with a street's name, whose characters mislead; but no verb there
    ("平阳县", "5日，官塘营街道挨户检查。", ["官塘营街道"]),
    ("平阳县", "今年，深度整合街道力量，即统筹街道、社区资源。", []),
    # centres and bodies that a division opens
    (
        "涪城区",
        "涪城区妇幼计生中心、涪城区政务服务中心、涪城区志愿者服务联合会签约，副中心、市中心、城市中心热闹。",
        ["涪城区妇幼计生中心", "涪城区政务服务中心", "涪城区志愿者服务联合会"],
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
    ("平阳县", "平阳县和谐办牵头，县里举办活动，平阳县承办，平阳县发展新格局。", ["平阳县和谐办"]),
    ("平阳县", "云锦湾二期居民、锦泰东区业主都来了，二期工程和社区居民还在等。", ["云锦湾二期", "锦泰东区"]),
    ("甘井子区", "泉水街道锦安大厦的居民、泉水街道松云医院。", ["泉水街道", "锦安大厦", "松云医院"]),
    # a clause that begins with a list of villages; verbs and their results before a head
    ("平阳县", "，革新村、芦塘村等入选，青溪乡大定村村民来学。", ["革新村", "芦塘村", "青溪乡", "大定村"]),
    ("平阳县", "编织起社区网络，用活社区阵地，台前围满村民，平阳四社区联手。", []),
    ("平阳县", "青溪镇社区卫生服务中心挂牌，青溪镇社区工作者到岗。", ["青溪镇", "青溪镇社区卫生服务中心"]),
    ("平阳县", "军民携手扮靓家园，滩涂之上起新城，按月分片区走访。", []),
    # zones, prepositions and characters of other words before a street's or town's name
    (
        "甘井子区",
        "在滨海文旅区河东街道，在高区锦山街道，近日，即墨路街道调研。",
        ["河东街道", "锦山街道", "即墨路街道"],
    ),
    ("平阳县", "志愿者来到内塘镇石坑村，平阳县抱由镇的稻田连成片。", ["内塘镇", "石坑村", "抱由镇"]),
    ("平阳县", "沿街有名人故居、少儿科普馆、千亩茶园、网格化服务中心。", []),
    ("涪城区", "涪城区委文明办、涪城区委社会工作部部长李林出席。", ["涪城区委文明办", "涪城区委社会工作部"]),
    # persons in a list are no streets
    (
        "涪城区",
        "城厢街道党工委书记周放、工区街道党工委书记何平发言。",
        ["城厢街道", "城厢街道党工委", "工区街道", "工区街道党工委"],
    ),
]


@pytest.mark.parametrize(("district", "text", "names"), READ, ids=[text[:14] for _, text, _ in READ])
def test_read_as_a_reader_would(district: str, text: str, names: list[str]) -> None:
    found = {fact.name for fact in EXTRACT(analysis_of(text, district, CODES[district]))}
    assert found == set(names)
