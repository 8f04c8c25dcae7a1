"""How names of administrative divisions are built, shortened and told from common words."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The peoples that names of autonomous units carry (GB/T 3304, and 各族); those of one character always
# stand with 族, the longer ones often without.
_PEOPLES = (
    "蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|"
    "阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_TRAILING_PEOPLES = re.compile(f"(?:(?:{_PEOPLES})族?|[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒京各]族){{1,12}}$")
_KIND = re.compile(
    "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|(?<=...)林区|特区|(?<=..)新区|省|市|县|区|盟|旗)$"
)

_OF_PEOPLES = re.compile("自治[县州旗]$|(?<=族)区$")
_LEFT_OR_RIGHT = re.compile("(.).{2,3}([左右])翼")
_CLIPPED = {"前郭尔罗斯": "前郭", "杜尔伯特": "杜蒙"}
_PROVINCES_TOO = _words("河南")  # 河南县委书记 is some county's in Henan

_WING = re.compile("(.).{2,3}([左右])翼?([前中后]?)旗")

# Official names that are common words as well, or the end of one: 城区 in 主城区, 郊区, 新城区, or a verb
# with its object (新建|县综治中心). They name a division only behind the unit that it belongs to.
_COMMON_NAME = re.compile(
    "(?:[城郊矿东西南北中新]|[新老古旧主]城|城[中东西南北关]|[东西南北中]城|[市县][中郊]|[东西南北中新]市|[山湖沿]|市)区"
    "|新建县|比如县"
)

# Short forms that are common words as well: 广西资源 may be the county 资源 or what Guangxi has of them. They
# are never read as divisions; with their 县, 区 or 市 they are.
COMMON_SHORT = _words(
    "万年 东城 东方 东风 中方 中站 丰满 乐业 二道 互助 光明 公安 共和 兴业 前进 前锋 动力 "
    "北站 南城 南岸 南部 友好 友谊 古城 台前 合作 同心 向阳 和平 四方 城东 城中 城关 城北 "
    "城南 城厢 城西 复兴 大方 威信 安定 安居 宏伟 富裕 小河 工农 市中 市郊 平和 平安 平定 "
    "延长 振兴 新兴 新华 新城 新市 新建 新民 无为 桥东 桥西 比如 民权 江岸 洞口 海港 清新 "
    "清水 温泉 港口 红旗 老城 莲花 西城 解放 资源 运河 通道 长子"
)

# Cities' short forms that are words or larger places, too: that they come again and again says nothing.
CITIES_AND_WORDS = _words(
    "日照 白银 来宾 安康 大同 朝阳 长春 中山 开封 兴安 海北 海南 海西 海东 阿里 山南 红河 凉山 通化 固原 "
    "怒江 百色 平凉 三明 中卫 文山 玉树 果洛 黄山 北海 吉安 延安 泰安 安顺 安阳 定西 黑河 本溪 "
    "天水 金昌 周口 内江"
)

# Short forms that headings hold as ordinary words (富民强村, 平房改造, 长治久安, 会同各部门): alone they mean
# a division only where the page names what it lies in.
ORDINARY = _words(
    "爱民 富民 裕民 惠民 民和 民丰 民乐 平房 会同 大名 政和 三元 二七 红星 永福 永和 永安 正定 太和 "
    "泰和 和顺 建华 建安 名山 回民 石门 未央 高密 高台 集贤 进贤 孝义 新星 新源 双城 双流 双塔 双桥 "
    "钢城 灯塔 石棉 芙蓉 海棠 紫金 金台 天台 天心 天长 天全 天柱 天涯 界首 月湖 锦屏 文峰 大观 大通 "
    "大田 大安 大兴 太平 万全 东坡 东山 东海 清流 监利 长治 长安 鼓楼 麒麟 黑水 通海 定远 方城 磐石 "
    "牧野 铁西 集美 集安 老边 兴国 兴隆 昌乐 康乐 乐安 乐平 安宁"
)

# Cities' short forms that only for themselves mean the city: districts of the name are called by all of it.
CITIES_FIRST = _words("西安")

# What makes a name in front of it the name of something smaller.
_SMALLER = re.compile(
    "街道|大街|大道|老街|社区|小区|新村|花园|广场|小学|中学|大学|学院|学校|医院|大桥|火车站|公园|工业园|景区|风景|新城|度假|草原|草场|沙地|沙漠|平原|高原|盆地|半岛|流域|水库|机场|[东西南北中一二三四五六七八九十][路街巷]|[镇乡路街村桥站巷弄苑寨]"
)
# What shows that the last character of a name begins another word: 新城|区域, 运城|市场, 公安|县级.
_SPLIT = {
    "区": re.compile("[域划间块段位级]"),
    "市": re.compile("场"),
    "县": re.compile("[域级]"),
    "盟": re.compile("[约主]"),
}

# Names that are also what a county, district or city is called for what it has reached (创建平安县, 富裕县).
# They name a division where a name may stand, and nothing behind says that this is worked for or awarded.
_QUALITIES = "平安|和平|富裕|友好|安定|安居|光明|同心|合作|互助|振兴|复兴"
_REACHED = re.compile(f"(?:{_QUALITIES})[县区市]")
_LIKEWISE = re.compile(
    f"(?:{_QUALITIES}|文明|和谐|幸福|法治|卫生|生态|美丽|健康|园林|双拥|示范|先进|无邪教|无毒)[县区市][、和与及]$"
)
_BEFORE_PLACE = frozenset("在于由从向往去来赴离省市州驻访")
_STRIVEN_FOR = re.compile(
    r"[ \u3000]?(?:[”’》]|[（(][县市区旗])|[、和与及或]?[市区县旗](?![委政人法公级])"
    "|[、和与及]?(?:乡镇|街道|[乡镇村])(?:[、（(”]|创建|建设)"
    "|(?:建设|创建|创评|争创|评选|评比|评定|考评|考核|命名|表彰|授牌|称号|示范|荣誉|奖牌|目标|标准|行列)"
)

# Names that may as well be the end of one word and another: 适应|城市, 建成|都市, 老|城区, and all of two
# characters (公|安县). Without a unit beside them they need a sign that a name begins.
_DOUBTFUL = re.compile("..|.*(?:[城都]市|[山湖海港园城林市军]区)")
_BEFORE_NAME = frozenset("在于由和与及到从向往去来赴离的省市县区州是了进住至驻访为给")
_BEFORE_DISTRICT = frozenset("对把将让")


def short_name(name: str) -> str:
    """A name without the word for its kind and, of autonomous units, the peoples.

    福建省 → 福建, 武侯区 → 武侯, 恩施土家族苗族自治州 → 恩施, 内蒙古自治区 → 内蒙古.
    May be a single character (东区 → 东).
    """
    bare = _KIND.sub("", name)
    if "自治" not in name:
        return bare
    without = _TRAILING_PEOPLES.sub("", bare)
    return without if len(without) > 1 else bare.removesuffix("族")


def banner_abbreviation(name: str) -> str | None:
    """How a banner of the left or right wing is called for short: 科尔沁右翼前旗 → 科右前旗."""
    wing = _WING.fullmatch(name)
    return "".join(wing.groups()) + "旗" if wing else None


def usual_names(name: str) -> tuple[str, ...]:
    """What an autonomous unit is called in place of its full name, all without its peoples.

    兰坪白族普米族自治县 → 兰坪自治县, 兰坪县; 恩施土家族苗族自治州 → 恩施自治州, 恩施州; 管城回族区 → 管城区.
    """
    kind = _OF_PEOPLES.search(name)
    if kind is None:
        return ()
    bare = name[: kind.start()]
    short = _TRAILING_PEOPLES.sub("", bare) or bare.removesuffix("族")
    wing = _LEFT_OR_RIGHT.fullmatch(short)
    short = "".join(wing.groups()) if wing else _CLIPPED.get(short, short)
    if len(short) < 2 or short in _PROVINCES_TOO:
        return ()
    last = kind[0].removeprefix("自治")
    return (f"{short}自治{last}", f"{short}{last}") if last != kind[0] else (f"{short}{last}",)


def usable_short(name: str) -> str | None:
    """The short form that a text may use beside a larger or smaller unit; None where that would mislead."""
    short = short_name(name)
    return None if len(short) < 2 or short == name or short in COMMON_SHORT else short


def is_common_word(name: str) -> bool:
    """Whether an official name is a common word too (城区, 郊区, 新城区)."""
    return _COMMON_NAME.fullmatch(name) is not None


def names_something_smaller(text: str, end: int) -> bool:
    """Whether a short form that ends at `end` is the head of another name: 武侯镇, 朝阳街道, 北京路."""
    return _SMALLER.match(text, end) is not None


def ends_inside_word(text: str, end: int) -> bool:
    """Whether the official name that ends at `end` cuts a word behind it: 新城|区域, 运城|市场."""
    split = _SPLIT.get(text[end - 1])
    return split is not None and split.match(text, end) is not None


def needs_sign(name: str) -> bool:
    """Whether an official name may also be parts of two words: 应城市 in 适应城市."""
    return _DOUBTFUL.fullmatch(name) is not None


def is_striven_for(text: str, start: int, end: int) -> bool:
    """Whether a name is no division's here, but what one strives to be: 创建|平安县, 平安县|建设."""
    if _REACHED.fullmatch(text, start, end) is None:
        return False
    before = text[start - 1] if start else ""
    if before.isalpha() and before not in _BEFORE_PLACE:
        return True
    likewise = before == "、" and _LIKEWISE.search(text, max(0, start - 5), start)
    return bool(likewise) or _STRIVEN_FOR.match(text, end) is not None


def has_sign(text: str, start: int, name: str = "") -> bool:
    """Whether what stands before `start` shows that a name begins: no letter, or a word such as 在.

    对 and 把 show it before a district only: 对应|城市 are words, 对婺城区 is a name.
    """
    before = text[start - 1] if start else ""
    return (
        not before.isalpha() or before in _BEFORE_NAME or (before in _BEFORE_DISTRICT and name[2:3] == "区")
    )
