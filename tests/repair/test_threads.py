"""Interleaved articles followed along the page."""

from __future__ import annotations

import hashlib
import random
import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import press
from jiceng.model import Role, Source
from jiceng.repair import Repaired, repair
from jiceng.repair.threads import built_alike

PAGE = """河南省洛阳市涧西区：工厂新村换新颜

河南省洛阳市涧西区有厂办小区九十多个，楼房老、老人多、管道旧。涧西区从居民最愁的事情做起。

抓支部，让院子有人管

涧西区在每个小区成立支部，由退休工程师、老车间主任担任书记，每周三晚上在凉亭里接待居

山东省威海市环翠区：海风吹拂好邻居

山东省威海市环翠区靠海，渔民上岸之后住进楼房。环翠区把渔家互助的老传统带进了社区。

“渔家号子”聚人心

环翠区组织老船长、老渔民每天清早在码头边巡逻，提醒游客注意潮水，顺手捡拾沙滩上的垃

民，把水电费、停车、噪音这些事一件件记下来，三天之内给回音。

抓物业，让管道有人修

涧西区请来三家物业企业，按照楼龄和户数分别报价，居民投票选定，不满意可以换。

圾，一年下来清运了四十多吨，海滩比从前干净许多。

“渔家灯火”暖人心

环翠区在八个社区开设海鲜食堂，六十岁以上老人吃饭半价，子女远在外地的由邻居捎回家。
"""


def read(text: str) -> Repaired:
    return repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def test_two_articles_are_told_apart_with_their_headings() -> None:
    repaired = read(PAGE)
    articles: dict[int, list[str]] = {}
    for stretch in repaired.stretches:
        articles.setdefault(stretch.block, []).append(stretch.text.value)
    assert len(articles) == 2
    one, other = (("\n".join(a)) for a in articles.values())
    assert "环翠区" not in one
    assert "涧西区" not in other
    assert "接待居民，把水电费" in one
    assert "沙滩上的垃圾，一年" in other
    assert "抓物业，让管道有人修" in one
    assert "“渔家灯火”暖人心" in other


def test_a_report_that_ends_is_followed_by_another() -> None:
    """The end of one article may stand before its own title: it is not the end of the one before it."""
    page = (
        "甘肃省白银市平川区：陶都新事\n\n甘肃省白银市平川区做陶的人多，平川区请匠人教孩子捏泥巴，"
        "院子里热闹起来，大家都愿意来坐一坐，聊一聊街上的新鲜事，这几年吵架的少了，平川区还办起了陶\n\n"
        "艺节。\n\n下一步，平川区将把作坊开到更多社区。\n\n"
        "码头夜校每周开课两次，教渔民用手机卖鱼。\n\n"
        "海南省三亚市天涯区：渔村夜校\n\n海南省三亚市天涯区渔村多，天涯区办起夜校。\n"
    )
    repaired = read(page)
    block = {s.text.value[:4]: s.block for s in repaired.stretches if s.role is Role.BODY}
    assert block["码头夜校"] != block["下一步，"]


def test_headings_built_alike() -> None:
    assert built_alike("抓支部，让院子有人管", "抓物业，让管道有人修") > 1
    assert built_alike("抓支部，让院子有人管", "海风吹拂好邻居") < 0
    assert built_alike("院子有人管了", "楼栋里有人管了") > 0  # of other lengths, but they end alike


def test_no_page_parts_a_heading_from_its_text() -> None:
    rng = random.Random(57)
    page = press.interleaved(rng.sample(press.reports(), 2), rng, 4)
    stretches = read(page).stretches
    for one, other in pairwise(stretches):
        if one.role is Role.HEADING and other.role is Role.BODY:
            assert one.block == other.block
