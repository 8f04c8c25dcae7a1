"""The counted phrase in front of a number, and who or what stands between."""

from __future__ import annotations

import re
from dataclasses import replace

from jiceng.extract.metrics.asides import behind_label, behind_remark, without_remark
from jiceng.extract.metrics.attributes import attended, described
from jiceng.extract.metrics.boundaries import (
    deed,
    helpless,
    owner_end,
    parts_of,
    plain_start,
    spoken,
    trailing,
)
from jiceng.extract.metrics.clips import behind_place, clipped, reckoned, towards_from, without_owner
from jiceng.extract.metrics.fronts import object_start, subject_end
from jiceng.extract.metrics.objects import governed
from jiceng.extract.metrics.passives import lacking, needs_noun, passive, undergone
from jiceng.extract.metrics.phrase import Noun, Sentence, head, make
from jiceng.extract.metrics.shares import shared_out
from jiceng.extract.metrics.tokens import Token

_PHRASE = frozenset("XWFELC")
_RESULTS = "了掉出完走"
_PARTICLES = (*"了过着到起便就即才都也又还再更则批共的", "人均", "户均", "年均", "月均", "日均")
_IDIOM = re.compile("[一两](?:个|支|家|名|位|条|项|座|处|组|批|所|户|种|类)")
# The levels that have what is counted: 市、县、乡三级|综治中心; but 三级医院.
_LEVELS = re.compile(
    "(?:[\u4e00-\u9fff]{1,5}、){1,8}[\u4e00-\u9fff]{1,5}?[两二三四五]级|[市县区乡镇村街省]{2,4}[两二三四五]级"
)
_ONE_OF = re.compile("一(?:个|处|座|家|条|栋|所|间|支|项|部|台|辆|套|件|户)(?=[\u4e00-\u9fff]{2})")
_TRANSPARENT = frozenset("DTR")
_SUMS = ("开支", "支出", "费", "费用", "成本", "损失", "款", "资金", "贷款", "租金", "工资", "补助", "补贴")
_FUNDS = ("资金", "经费", "基金", "费用", "款", "补贴", "补助")
_SHARES = frozenset(("比例", "比重", "占比", "概率", "频率"))
_IMPROVING = frozenset(("提升", "考核", "推广", "实施", "开展", "监测", "统计"))


def left(sentence: Sentence, place: int, kind: str = "classifier", subject: bool = False) -> Noun | None:
    """The phrase before the number at token `place`, whose unit is of `kind`: 化解矛盾纠纷|1210余件.

    `subject` says that it cannot be a verb's object, so that a verb in it describes (上报表格|由157张…).
    """
    tokens, grammar = sentence.tokens, sentence.grammar
    if sentence.kind(place - 1) in "LC":
        return None
    if kind == "share":
        part = shared_out(sentence, place)
        if part is not None:
            return part
    found = lacking(sentence, place)
    if found is not None:
        return found
    at, reach = _back(sentence, place, kind)
    last = at + 1
    while at >= 0 and (tokens[at].kind in _PHRASE or _averages(sentence, at, last)):
        at -= 1
    phrase = [replace(t, kind="X") if t.kind == "D" else t for t in tokens[at + 1 : last]]
    phrase = without_remark(sentence, phrase)
    if len(phrase) == 1 and at >= 0 and sentence.text.startswith("辖区单位", tokens[at].start):
        phrase = [replace(phrase[0], start=tokens[at].start)]  # a term of its own
    funds = kind == "money" and len(phrase) == 1 and sentence.kind(at) == "V" and sentence.kind(at - 2) == "V"
    funds = funds and sentence.word(tokens[at]) not in grammar.bearing
    funds = funds or (kind == "money" and len(phrase) == 1 and at > 0 and sentence.word(tokens[at]) == "自筹")
    if funds and sentence.kind(at - 1) == "X" and sentence.word(phrase[0]).startswith(_FUNDS):
        return make(sentence, tokens[at - 1 : last], tokens[at - 2])  # 发放|稳岗返还资金
    said = sentence.text[phrase[0].start : phrase[-1].end] if phrase else ""
    if "均" in said:
        phrase = _served_on_average(sentence, phrase)
    if "等" in said and any(t.kind == "E" for t in phrase[:-1]):
        single = sentence.kind(at - 1) == "X" and tokens[at - 1].end - tokens[at - 1].start == 1
        if sentence.kind(at) == "V" and single and sentence.kind(at - 2) == "L":
            at -= 1  # 乱|张贴、乱停放等问题
            phrase = [replace(t, kind="X") if t.kind == "V" else t for t in tokens[at:last]]
            at -= 1
            while at >= 0 and tokens[at].kind in "XWL":
                at -= 1
            phrase = [replace(t, kind="X") if t.kind == "V" else t for t in tokens[at + 1 : last]]
        while sentence.kind(at) == "V" and (
            (sentence.kind(at - 1) == "L" and sentence.kind(at - 2) in "XW")
            or (sentence.kind(at + 1) == "L" and sentence.kind(at - 1) in "XW")
        ):
            at -= 1  # 停车管理、|加装电梯、宠物饲养等事项
            while at >= 0 and tokens[at].kind in _PHRASE:
                at -= 1
            phrase = [replace(t, kind="X") if t.kind in "VD" else t for t in tokens[at + 1 : last]]
    if sentence.kind(at) == "Q" and phrase and phrase[0].kind == "X" and needs_noun(sentence, at):
        listed = next((i for i, t in enumerate(phrase) if t.kind == "L"), None)
        rest = phrase[listed + 1 :] if listed is not None else []
        if rest and sentence.text[rest[0].start : rest[0].start + 2] in grammar.verbs:
            phrase = rest  # 38个市直部门、|选派干部1140名
    if len(phrase) == 1 and sentence.kind(at) == "V" and trailing(sentence.word(phrase[0])):
        return passive(sentence, at - 1, tokens[at])  # 存折|发出|去|1.1万本
    active = sentence.word(tokens[place - 1]).endswith("出") and sentence.kind(place + 1) in "XWLQ"
    if active and not phrase:
        return None  # 社区食堂推出|12元、15元两种套餐
    if not phrase and sentence.kind(place - 1) == "V" and sentence.word(tokens[place - 1])[-1] in _RESULTS:
        noun = passive(sentence, place - 2, tokens[place - 1])  # 充电口|装了|520个
        return None if noun is None or noun.text.endswith(grammar.lists["agent"]) else noun
    if not phrase:
        return undergone(sentence, place, kind)
    if (
        reach is not None
        and sentence.kind(at) == "V"
        and sentence.word(phrase[-1]) in grammar.lists["when_end"]
    ):
        compared = at - 1
        while sentence.kind(compared) in "VXW":
            compared -= 1
        if sentence.kind(compared) == "P" and sentence.word(tokens[compared]) in ("较", "比"):
            at = compared  # 纠纷比推行前|减少六成
    if reach is not None and sentence.kind(at) == "P" and sentence.word(tokens[at]) in ("较", "比"):
        last = at  # 纠纷|比推行前|减少六成
        at -= 1
        while at >= 0 and (tokens[at].kind in _PHRASE or tokens[at].kind == "D"):
            at -= 1
        phrase = list(tokens[at + 1 : last])
        while phrase and phrase[-1].kind == "D":
            phrase.pop()
    elif (
        reach is not None and sentence.kind(at) == "P" and sentence.word(tokens[at]) in grammar.lists["means"]
    ):
        return reckoned(sentence, phrase)
    if not phrase:
        return None
    led = kind == "money" and reach is not None and sentence.kind(at) == "P"
    summed = sentence.text[phrase[0].start : phrase[-1].end].endswith(_SUMS)
    if led and not summed and sentence.word(tokens[at]) in ("为", "给", "替", "帮", "让", "使"):
        return None  # 为小区|增收7万元
    if phrase[-1].kind == "F" and kind != "share":
        return None  # 实行物业管理的有|51个, 70岁以上的|12人
    if sentence.kind(at) == "R" and tokens[at].end - tokens[at].start == 2 and not timed(sentence, at):
        given = tokens[at - 1] if at and kind == "money" and len(phrase) == 1 else None
        if given is not None and given.kind in "VW" and sentence.word(given) in grammar.deeds:
            return Noun(given.start, given.end, sentence.word(given), given)  # 奖励|每个楼道1000元
        if len(phrase) > 1 and phrase[1].kind == "W":
            phrase = phrase[1:]  # 每部|电梯|补助20万元
        elif len(phrase) == 1 and not sentence.word(phrase[0]).endswith(
            (*grammar.measure_heads, *grammar.sizes, "费", "价", "税")
        ):
            return None  # 每个|社区|10万元
    if sentence.word(phrase[-1]) in _SHARES and len(phrase) > 1 and phrase[-2].kind == "F":
        while at >= 0 and tokens[at].kind in "XWFLCVD":
            phrase.insert(0, replace(tokens[at], kind="X"))  # 居民参与垃圾分类的|比例
            at -= 1
        return Noun(
            phrase[0].start, phrase[-1].end, sentence.text[phrase[0].start : phrase[-1].end], reach, True
        )
    came = attended(sentence, phrase, at, reach)
    if came is not None:
        return make(sentence, came, reach)
    phrase, at = described(sentence, phrase, at)
    if sentence.word(phrase[0]) in grammar.sizes:
        owned = "WX" if sentence.word(phrase[0]) in ("金额", "面积", "费用", "总额", "成本") else "VWX"
        while at >= 0 and (tokens[at].kind in owned or _averages(sentence, at, last)):
            phrase.insert(0, replace(tokens[at], kind="X"))  # 研发|投入|占比
            at -= 1
    before = tokens[at] if sentence.kind(at) == "V" else None
    if (
        kind == "money"
        and len(phrase) == 2
        and phrase[1].kind == "W"
        and sentence.word(phrase[1]).endswith((*grammar.money_nouns, "奖励", "奖补"))
        and sentence.word(phrase[0]).endswith((*grammar.person_ends, *grammar.lists["place_kind"], "一次性"))
    ):
        phrase = phrase[1:]  # 考核优秀的网格|奖励3000元
    visit = len(phrase) == 2 and phrase[1].kind == "W" and sentence.word(tokens[place]).endswith("次")
    if visit and reach is None and sentence.word(phrase[0]) == "上门":
        return make(sentence, phrase)  # 累计|上门服务2.3万人次
    if len(phrase) == 3 and phrase[0].kind in "LC" and sentence.word(phrase[2]).endswith("率"):
        phrase = phrase[1:]
    rate = (
        len(phrase) == 2
        and phrase[0].kind == "W"
        and sentence.word(phrase[1]).endswith("率")
        and sentence.word(phrase[0]) not in _IMPROVING | grammar.change
    )
    phrase, inner = (phrase, None) if rate else governed(sentence, phrase, at)  # 登记|失业率
    if len(phrase) == 1 and phrase[0].kind == "W" and sentence.word(phrase[0]) in grammar.verbs:
        joined = before is not None and sentence.word(before) in grammar.bearing
        if joined and kind == "people" and sentence.kind(at - 1) == "X":
            return make(sentence, [tokens[at - 1]], before)  # 居民|参与|议事300人次
        if before is None and (kind == "people" or sentence.word(phrase[0]) in grammar.money):
            return None  # 服务超万人次, 投资600万元
        if kind == "classifier" and sentence.kind(at) in "DV":
            done_to = passive(sentence, at, phrase[0])
            whole = before is None and sentence.word(phrase[0])[1:] in ("单", "件", "警", "证")
            return done_to or (make(sentence, phrase) if whole else None)  # 共|接单5320件
    if reach is None and not subject:
        phrase = _from_object(sentence, head(sentence, phrase), at, kind)
    else:
        phrase = head(sentence, phrase)
    phrase = _deed_alone(sentence, phrase, at, kind) if reach is None else phrase
    arrived = _arrived(sentence, at, phrase) if kind == "people" else None
    if arrived is not None:
        return arrived
    quantity = tokens[place].quantity
    if kind == "people" or (quantity is not None and quantity.unit == "家"):
        phrase = _subject(sentence, phrase)
    noun = make(sentence, phrase, reach or inner or before)
    if noun is None:
        return None
    if (
        spoken(noun.text)
        or noun.text.startswith(grammar.lists["compared"])
        or noun.text in grammar.lists["when_end"]
        or (noun.text.startswith("最") and phrase[-1].kind == "F")
    ):
        return None
    plain = all(t.kind == "X" for t in phrase) and kind != "occurrence" and noun.verb is None
    if plain and helpless(sentence.text, noun.start, noun.end, grammar):
        return None  # 三天就|筹齐了|1.6万元
    noun = without_owner(behind_place(sentence, clipped(sentence, noun)), grammar)
    towards = (
        towards_from(sentence, at, place)
        if noun.text.endswith(("满意度", "满意率", "知晓率", "认可度"))
        else None
    )
    if towards is not None:
        noun = replace(noun, start=towards, text=sentence.text[towards : noun.end], items=())
    if sentence.kind(at) == "Q" and len(noun.items) < 2 and noun.text.endswith(grammar.measure_heads):
        cut = owner_end(noun.text, grammar)  # 20个小区|物业费收缴率
        noun = replace(noun, start=noun.start + cut, text=noun.text[cut:], items=())
    if noun.text in _PARTICLES or _IDIOM.fullmatch(noun.text):
        return None  # 一支|40来人的队伍
    if (one := _ONE_OF.match(noun.text)) and len(noun.items) < 2:
        noun = replace(noun, start=noun.start + one.end(), text=noun.text[one.end() :], items=())
    level = _LEVELS.match(noun.text)
    if level and level.end() < len(noun.text) - 1 and len(noun.items) < 4:
        noun = replace(noun, start=noun.start + level.end(), text=noun.text[level.end() :], items=())
    fixed = reach is not None or noun.text.endswith(grammar.measure_heads)
    return Noun(noun.start, noun.end, noun.text, noun.verb, fixed, noun.items)


def _from_object(sentence: Sentence, phrase: list[Token], before: int, kind: str) -> list[Token]:
    """Cut off a verb at the front of a phrase that no list knows: 核发|居住证, but 受益群众, 成立比例."""
    if not phrase or phrase[0].kind != "X":
        return phrase
    first = phrase[0]
    start = first.start
    end = next((t.start for t in phrase if t.kind not in "XW"), phrase[-1].end)
    said = sentence.text[start:end]
    short = len(said) <= 4 and (kind == "people" or said.endswith(sentence.grammar.measure_heads))
    leads = sentence.kind(before) == "P"
    if sentence.kind(before) in "ABDTRSVQCP" and not (short and said[0] != "新"):
        begins = sentence.kind(before) in "BDATR"
        ruled = (
            sentence.kind(before) == "V" and sentence.word(sentence.tokens[before]) in sentence.grammar.ruling
        )
        start = object_start(sentence.text, start, end, sentence.grammar, begins, leads, ruled)
    start = plain_start(sentence.text, start, end)
    if start == first.start:
        return phrase
    rest = [t for t in phrase if t.end > start]
    return [replace(rest[0], start=max(start, rest[0].start)), *rest[1:]] if rest else phrase


def _deed_alone(sentence: Sentence, phrase: list[Token], before: int, kind: str) -> list[Token]:
    """A counted deed without who does it or to whom: 船艇|出航86航次, 街道共|吹哨40次, 向街道|赋权52项."""
    led = sentence.kind(before) == "P" and sentence.word(sentence.tokens[before]) in ("向", "对", "为", "给")
    if len(phrase) != 1 or phrase[0].kind != "X" or not (led or kind == "occurrence"):
        return phrase
    token = phrase[0]
    parts = parts_of(sentence.text, token.start, token.end, sentence.grammar)
    last = parts[-1]
    if len(parts) < 2 or last.kind != "V" or last.end - last.start != 2:
        return phrase
    ahead = sentence.text[token.start : last.start].rstrip("共均各已再又")
    doers = (*sentence.grammar.lists["actor"], *sentence.grammar.lists["vessel"])
    if led or ahead.endswith(doers):
        return [replace(token, start=last.start)]
    return phrase


def _subject(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """People without what they do, before their number: 高校毕业生|自主创业."""
    if not phrase or any(t.kind not in "XW" for t in phrase):
        return phrase
    end = subject_end(sentence.text, phrase[0].start, phrase[-1].end, sentence.grammar)
    return [replace(t, end=min(t.end, end)) for t in phrase if t.start < end]


def _arrived(sentence: Sentence, at: int, phrase: list[Token]) -> Noun | None:
    """People who do something somewhere, before their number: 在职党员|到社区报到 1.9万名."""
    if sentence.kind(at) != "P" or sentence.word(sentence.tokens[at]) not in ("到", "在", "赴", "向"):
        return None
    last = at
    while sentence.kind(last - 1) in "XW":
        last -= 1
    if last == at or not sentence.word(sentence.tokens[at - 1]).endswith(sentence.grammar.person_ends):
        return None
    return make(sentence, sentence.tokens[last:at], phrase[-1] if phrase else None)


def timed(sentence: Sentence, at: int) -> bool:
    """Whether the rate at token `at` is one of time (每周), not of holders (每个)."""
    start = sentence.tokens[at].start
    return bool(sentence.grammar.rules["metrics.per-time"].pattern.match(sentence.text, start))


def behind_other(sentence: Sentence, place: int) -> bool:
    """Whether the noun before a number is that of another one and a break is missing: 11个小区|1.9万户."""
    at = place - 1
    while sentence.kind(at) in "XW":
        at -= 1
    if at == place - 1 or sentence.kind(at) != "Q" or sentence.kind(place + 1) not in "BVQ":
        return False
    if sentence.word(sentence.tokens[place - 1]).endswith(sentence.grammar.measure_heads):
        return False  # 6个院落|总户数910户
    other = sentence.tokens[at].quantity
    return other is not None and sentence.grammar.kind(other.unit) == "classifier"


def unsaid(sentence: Sentence, noun: Noun) -> bool:
    """Whether what stands before a number is only a verb: 发放问卷2100份，|回收|1963份."""
    return deed(sentence.text, noun.start, noun.end, sentence.grammar)


def _served_on_average(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Those served on average, without who serves them: 社区平均服务|居民."""
    grammar = sentence.grammar
    after = next(
        (i for i, t in enumerate(phrase) if sentence.word(t) in grammar.lists["average"]), len(phrase)
    )
    rest = phrase[after + 1 :]
    if len(rest) < 2 or rest[0].kind != "W" or not sentence.word(rest[1]).startswith(grammar.patients):
        return phrase
    sized = sentence.word(rest[-1]).endswith((*grammar.sizes, *grammar.measure_heads))
    return phrase if sized else rest[1:]


def _averages(sentence: Sentence, at: int, last: int) -> bool:
    """Whether 平均 or, inside a phrase, 月均 stands at token `at` before a phrase that ends at `last`."""
    if at + 1 >= last:
        return False
    word = sentence.word(sentence.tokens[at])
    if word in sentence.grammar.lists["average"]:
        return True
    named = sentence.tokens[last - 1]
    sized = sentence.word(named).endswith((*sentence.grammar.measure_heads, "量", "数", "额", "度", "次"))
    if not sized and not deed(sentence.text, named.start, named.end, sentence.grammar):
        return False  # 日均|上传图片
    return word in sentence.grammar.lists["rate_average"] and sentence.kind(at - 1) in "XW"


def _back(sentence: Sentence, place: int, unit_kind: str) -> tuple[int, Token | None]:
    """Where the phrase before a number ends, and the verb between that says something of it (达, 增长)."""
    tokens, grammar = sentence.tokens, sentence.grammar
    at, reach, seen = behind_remark(sentence, place - 1), None, 0
    at = behind_label(sentence, at, unit_kind)  # 党支部：412个
    bracket = at > 0 and sentence.kind(at) == "B" and sentence.word(tokens[at]) in "（("
    closed = place + 1 < len(tokens) and sentence.word(tokens[place + 1]) in "）)"
    if bracket and closed:
        at -= 1  # 停车管理类（4102件）
    if sentence.kind(at) == "P" and sentence.word(tokens[at]) in ("中", "里"):
        at -= 1
    while at >= 0:
        kind, word = tokens[at].kind, sentence.word(tokens[at])
        bears = (kind in "VP" and word in grammar.bearing) or (kind == "W" and word in grammar.change)
        bears = bears or (kind == "V" and word in ("满", "攒满", "积满"))
        if kind == "V" and word == "完成" and unit_kind in ("money", "share", "measure") and at:
            bears = bears or sentence.word(tokens[at - 1]).endswith(
                grammar.measure_heads
            )  # 总产值|完成249亿元
        bears = bears or (kind == "V" and unit_kind in ("measure", "share", "time") and at == place - 1)
        if kind == "A" and word == "成功" and at == place - 1:
            at -= 1  # 调解成功|14件
        elif (
            kind in _TRANSPARENT
            or (kind == "A" and reach is not None)  # 满意率|持续|保持在98%
            or (kind == "P" and word in ("较", "比") and sentence.kind(at + 1) == "T")
            or (kind == "P" and word in ("还", "也", "已") and at == place - 1)
            or (kind == "P" and word == "将" and (reach is not None or at == place - 1))
        ):
            at -= 1
        elif reach is None and at >= place - 4 and bears:
            reach, seen = tokens[at], at
            at -= 1
        elif reach is not None and kind == "V" and at == seen - 1 and word not in grammar.money:
            at -= 1  # 覆盖|超过…
        else:
            break
    return at, reach
