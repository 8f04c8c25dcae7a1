"""Where a sentence, a paragraph or an item of a roundup begins, and what may stand before its subject."""

from __future__ import annotations

import re

_AT = (
    "(?:在|位于|地处|走进|来到|家住|居住在|住在|近[日年]来?，?|日前，?|目前，?|今年以来，?"
    r"|(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|本月|近期|连日来|最近|眼下|如今|去年|今年)(?:以来)?，?"
    "|(?:其中|此外|同时|另外|再看|而)，?)"
)
# What numbers the items of a roundup: （一）, 3., 案例二：, 第一站：, 见闻之三：; and 本报讯（记者 …）
_NUMBER = (
    r"(?:[\u4e00-\u9fff]{2}之?|之)?第?[一二三四五六七八九十\d]{1,3}[站例则篇章号家天日幕课招问]?"
    r"(?:[、.．：:）)·\s，]\W*+|$)"
)
_NEWS = (
    r"(?:本报|本网|本台|本刊|新华社|中新[社网]|[\u4e00-\u9fff]{2,4}(?:[日晚早晨时]报|新闻网|在线))"
    r"[^，。：\s]{0,14}?[讯电]\s*+(?:[（(][^）)]{1,30}[）)])?"
)
_ITEM = rf"\W*+(?:{_NUMBER}|{_NEWS})?"
BEFORE_NAME = re.compile(rf"^{_ITEM}\W*+{_AT}?\W*+$")
SENTENCE_START = re.compile(rf"[。！？；：…]\W{{0,20}}{_AT}?$")
# A time of day in front of the place: 上午八点，
AT_A_TIME = re.compile(
    r"^\W*\w{0,3}(?:点|时分|晨|一早|早上|上午|中午|下午|傍晚|夜里|晚上|周末|当天)\w{0,3}，$"
)
OPENING = re.compile(
    rf"(?:^{_ITEM}\W*+|(?:^|[。！？；…]|——|\n)\W{{0,2}})(?:(?:其中|此外|同时|另外)，?)?(?:在|走进|来到)?(?=[\u4e00-\u9fff])"
)
# A paper's dateline: 本报普陀讯
DATELINE = re.compile(r"^\W*(?:本报|本网|本台|本刊)(?=[\u4e00-\u9fff]{2,6}讯)")
