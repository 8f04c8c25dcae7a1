"""Verbs that also stand in nouns: where they govern the counted phrase, and where they are part of it."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.attributes import describes
from jiceng.extract.metrics.before.front import Front
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Sentence
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.words import is_word, words_of_class

_Parted = tuple[list[Token], "Token | None"]
"""A phrase without the verb that governs it, and that verb."""


def governed(sentence: Sentence, phrase: list[Token], before: int) -> _Parted:
    """Part a verb that could also be a noun from its object: 培训|职业农民, 向街道|放权, 党员服务|群众.

    `before` is the place of the token in front of the phrase.
    """
    kind = sentence.kind(before)
    if kind == "Q" and _is_time(sentence.tokens[before], sentence):
        kind = "T"  # 三天|拆除违章建筑
    elif kind == "P" and _begins_anew(sentence, sentence.word(sentence.tokens[before])):
        kind = "T"
    parallel = phrase[0].kind in "LC" and ((kind == "Q" and phrase[0].kind == "L") or kind == "V")
    while phrase and phrase[0].kind in "LC":
        phrase = phrase[1:]
    if not phrase:
        return phrase, None
    if before >= 0 and (describes(sentence, before) or _names_meeting(sentence, phrase, before)):
        return phrase, None  # 组建|快速|响应小组
    paid = sentence.word(phrase[-1]).endswith(sentence.grammar.money_nouns)  # 争取|维修资金
    if kind in "PV" and phrase[0].kind == "W" and not paid and _to_come(sentence, before):
        kind = "D"  # 各社区要|帮扶|困难家庭
    return (
        _made_of(sentence, phrase, before)
        or _by_means(sentence, phrase, before)
        or (_led(sentence, phrase, before) if kind == "P" else None)
        or _acted_upon(sentence, phrase, kind)
        or _at_front(sentence, phrase, before, kind, parallel)
        or (phrase, None)
    )


def _made_of(sentence: Sentence, phrase: list[Token], before: int) -> _Parted | None:
    """What is made of what is put to use: 利用|旧车库|改建|服务站11处."""
    grammar, lists = sentence.grammar, sentence.grammar.lists
    put = before >= 0 and sentence.word(sentence.tokens[before]) in lists["using"]
    put = put or any(sentence.word(t) in lists["using"] for t in phrase[:2])
    if not put or sentence.word(phrase[-1]) in grammar.compounds:
        return None
    verbs = (i for i, t in enumerate(phrase[:-1]) if t.kind == "W" and sentence.word(t) in lists["finished"])
    verb = next(verbs, None)
    return None if verb is None else (phrase[verb + 1 :], phrase[verb])


def _begins_anew(sentence: Sentence, word: str) -> bool:
    """Whether what stands behind a word begins anew: 从中|发展党员, 他们|调解纠纷."""
    return word in ("中", "里") or word in sentence.grammar.lists["pronoun"]


def _to_come(sentence: Sentence, at: int) -> bool:
    """Whether the word at a token says that the deed behind it is yet to be done: 要, 争取."""
    word, lists = sentence.word(sentence.tokens[at]), sentence.grammar.lists
    return word in lists["to_come"] or word in lists["to_do"]


def _names_meeting(sentence: Sentence, phrase: list[Token], before: int) -> bool:
    """Whether a verb inside a phrase names the meeting that is held: 召开|老街整治听证会."""
    held = sentence.word(sentence.tokens[before]).removeprefix("累计") in sentence.grammar.holding
    return held and sentence.word(phrase[-1]).endswith(("会", "会议")) and all(t.kind in "XW" for t in phrase)


def _led(sentence: Sentence, phrase: list[Token], before: int) -> _Parted | None:
    """Behind a preposition what it leads to stands before the verb: 向街道|放权, 与高校|合作."""
    grammar = sentence.grammar
    behind = before + 1 + len(phrase)
    within = sentence.kind(behind) == "P" and sentence.word(sentence.tokens[behind]) in ("中", "里")
    ahead = sentence.word(sentence.tokens[before])
    onward = ahead in grammar.lists["onward"] and phrase[0].kind == "W"  # 并|组织文艺演出
    twice = ahead.endswith("是") and len(phrase) > 2 and phrase[0].kind == phrase[1].kind == "W"
    leads = twice or not (onward or ahead in grammar.lists["no_lead"])  # 四是|规范提升|窗口
    if within or ahead in grammar.lists["of_these"] or not leads:
        return None
    for index, token in enumerate(phrase):
        if token.kind == "W" and index:
            rest = phrase[index + 1 :]
            if not rest and ahead in ("将", "把") and sentence.word(token) in grammar.money_nouns:
                return None  # 将网格员月|补贴由300元提高到500元
            if rest and rest[-1].end - rest[0].start == 1:
                continue  # 在综合考核|中
            sized = len(rest) == 1 and sentence.word(rest[0]) in grammar.sizes  # 与高校|合作数量
            whole = not rest or rest[0].kind not in "XW" or sized
            return (phrase[index:], None) if whole else (rest, token)
    return None


def _by_means(sentence: Sentence, phrase: list[Token], before: int) -> _Parted | None:
    """The object of the last verb behind the means: 投入|资金|安装|路灯, 通过|上门走访|收集|意见."""
    grammar = sentence.grammar
    through = (
        sentence.kind(before) == "P" and sentence.word(sentence.tokens[before]) in grammar.lists["means"]
    )
    if not through and sentence.kind(before) != "V":
        return None
    for index in range(len(phrase) - 2, 0, -1):
        means, verb, rest = phrase[index - 1], phrase[index], phrase[index + 1 :]
        if verb.kind != "W" or sentence.word(verb) not in grammar.verbs or rest[0].kind != "X":
            continue
        said = sentence.word(rest[-1])
        built = sentence.word(verb) in grammar.building and said.endswith(grammar.lists["built_end"])
        if (
            (said in grammar.compounds and not built)
            or said in grammar.sizes
            or said.endswith(grammar.measure_heads)
        ):
            continue
        by = sentence.word(means).endswith(grammar.lists["means_end"])
        return (rest, verb) if by or (through and means.kind == "W") else None
    return None


def _acted_upon(sentence: Sentence, phrase: list[Token], kind: str) -> _Parted | None:
    """The object of the last verb that somebody in the phrase does: 党员服务|群众."""
    for index in range(len(phrase) - 2, 0, -1):
        one, verb, two = phrase[index - 1 : index + 2]
        first = index - 1
        if first and one.kind == "W" and sentence.word(one) in sentence.grammar.lists["with_others"]:
            first, one = first - 1, phrase[first - 1]  # 各级党组织|联合|拆除违章建筑
        begins = first == 0 and kind in "BT"
        parted = verb.kind == "W" and one.kind == two.kind == "X"
        if parted and _acts(sentence, one, verb, two, phrase[-1], begins):
            return phrase[index + 1 :], verb
    return None


def _at_front(
    sentence: Sentence, phrase: list[Token], before: int, kind: str, parallel: bool
) -> _Parted | None:
    """The object of verbs at the phrase's front: 培训|职业农民, 新建、改扩建|服务设施, 集中整治|安全隐患."""
    grammar, first = sentence.grammar, phrase[0]
    how = kind in "ABDTRS" and len(phrase) > 2 and sentence.word(first) in grammar.lists["how"]
    if how and phrase[1].kind == "W" and any(t.kind != "W" for t in phrase[1:]):
        return phrase[2:], phrase[1]  # 集中|整治|安全隐患
    if first.kind != "W":
        return None
    patient = len(phrase) > 1 and sentence.word(phrase[1]).startswith(grammar.patients)
    if kind == "V" and patient and sentence.word(first) in grammar.verbs:
        return phrase[1:], first  # 组织|培训|党员
    if kind == "V" and len(phrase) > 1 and paired(sentence, before, sentence.word(first), phrase[-1]):
        return phrase[1:], first  # 清理|规范|挂牌
    verbs = _verbs_in_front(sentence, phrase)
    ahead = sentence.word(sentence.tokens[before]) if before >= 0 else ""
    onward = (kind == "P" and ahead in grammar.lists["onward"]) or (  # 发现并|处置|秸秆焚烧点
        kind == "V" and ahead in grammar.lists["urging"]  # 督促|整改|火灾隐患
    )
    spent = kind == "Q" and _is_money(sentence.tokens[before], sentence)  # 投资80万元|改造|泵房
    free = kind in "ABDTRS" or parallel or onward or spent
    if free and len(phrase) > verbs and _takes(sentence, phrase, verbs, kind):
        return phrase[verbs:], first
    return None


def _verbs_in_front(sentence: Sentence, phrase: list[Token]) -> int:
    """How many tokens of a phrase are the verbs that begin it, with the marks between them."""
    verbs = 1
    while len(phrase) > verbs + 1 and phrase[verbs].kind in "LC" and phrase[verbs + 1].kind == "W":
        verbs += 2  # 新建、改扩建|服务设施
    twice = len(phrase) > verbs + 1 and phrase[verbs].kind == "W" and phrase[verbs + 1].kind == "X"
    if twice and joined(sentence.word(phrase[verbs]), sentence.word(phrase[-1]), sentence.grammar):
        verbs += 1  # 排查|整治|安全隐患
    return verbs


def paired(sentence: Sentence, first: int, verb: str, thing: Token) -> bool:
    """Whether the token `first` and a verb right behind it are done to one thing: 收集整理|意见."""
    lists = sentence.grammar.lists
    if sentence.kind(first) not in "VW" or not joined(verb, sentence.word(thing), sentence.grammar):
        return False
    word = sentence.word(sentence.tokens[first])
    return word in lists["joined_first"] or word in lists["joined_verb"]


def joined(verb: str, thing: str, grammar: Grammar) -> bool:
    """Whether a verb behind another one is done to a thing too, and no part of its name: 排查整治|隐患, but
    维修|改造项目."""
    return (
        verb in grammar.lists["joined_verb"]
        and len(thing) > 1
        and not thing.endswith((*grammar.compounds, *grammar.measure_heads))
        and thing not in grammar.sizes
    )


def _takes(sentence: Sentence, phrase: list[Token], verbs: int, kind: str) -> bool:
    """Whether the verbs at a phrase's front take the rest as object, and name nothing together with it."""
    grammar, word = sentence.grammar, sentence.word(phrase[0])
    if phrase[verbs].kind not in "XW" or phrase[-1].end - phrase[verbs].start == 1:
        return False  # 每个小区设|议事亭
    rest = sentence.text[phrase[verbs].start : phrase[-1].end]
    sized = rest in grammar.sizes
    short = len(rest) == 2 and rest.endswith(grammar.compounds) and not rest.startswith(grammar.patients)
    compound = rest in grammar.compounds or short
    named = sized or rest in grammar.lists["set_sum"] or (compound and word in grammar.attributive)
    if named and (kind != "D" or sized):
        return False
    if kind in "BT" and word not in grammar.change and rest.endswith(grammar.lists["size_end"]):
        return False  # 服务|总时长, 试点|社区数
    checks = word in grammar.lists["checking"] and not rest.endswith(grammar.compounds)  # 审核|低保
    if word in grammar.verbs or checks or (word == "治理" and len(rest) > 4):  # 治理|主城区交通拥堵点
        return True
    return kind == "D" and word in grammar.lists["producing"]  # 年|生产|玻璃瓶


def _is_money(token: Token, sentence: Sentence) -> bool:
    return token.quantity is not None and sentence.grammar.kind(token.quantity.unit) == "money"


def _is_time(token: Token, sentence: Sentence) -> bool:
    return token.quantity is not None and sentence.grammar.kind(token.quantity.unit) == "time"


def _acts(sentence: Sentence, one: Token, verb: Token, two: Token, last: Token, begins: bool) -> bool:
    """Whether a verb inside a phrase is a deed: 党员|服务|群众, but 党员|服务|队.

    `begins` says that `one` begins its clause.
    """
    grammar = sentence.grammar
    if sentence.word(last).endswith(grammar.money_nouns):
        # 街道|落实|专项经费, but 社区党组织服务群众专项经费
        return begins and sentence.word(verb) in grammar.money and _actor(sentence.word(one), grammar)
    if begins and sentence.text[one.start] == "用" and one.end - one.start > 3:
        return sentence.word(verb) in grammar.verbs  # 用身边故事|教育|党员
    quoted = sentence.word(one).endswith("”") and len(sentence.word(two)) > 1
    quoted = quoted and verb.kind == "W" and last is two
    quoted = quoted and not sentence.word(last).endswith(grammar.compounds)
    if quoted or (_able(sentence.word(one)) and sentence.word(verb) in grammar.verbs):
        return True  # “一杯茶调解室”|接待|来访; 窗口可|办理|社保业务
    doer = "“" in sentence.word(one) and sentence.word(one).endswith(grammar.lists["actor"])
    guests = last is two and sentence.word(verb) == "接待" and sentence.word(two).startswith(grammar.patients)
    doer = doer or guests  # 西街|接待|游客
    if doer and verb.kind == "W" and begins and sentence.word(verb) in grammar.verbs:
        return len(sentence.word(two)) > 1  # “七彩”平台|整合|热线
    located = sentence.word(one).endswith(grammar.lists["when_end"]) and one.end - one.start > 1
    if last is two and _set_size(sentence.word(two), grammar):
        return False  # 特困供养标准, 社区干部入户走访时间
    named = sentence.word(last).endswith((*grammar.compounds, *grammar.measure_heads, *grammar.sizes))
    if begins and not named and sentence.word(verb) not in grammar.attributive:
        return len(sentence.word(last)) > 1  # 资金|撬动…, 平台|派发|工单
    if sentence.word(verb) not in grammar.verbs:
        return False
    acts = located or _actor(sentence.word(one), grammar)
    if acts and sentence.word(last).endswith(grammar.lists["ratio_end"]):
        return False  # 社区干部走访时间占比
    channel = sentence.word(one).endswith(grammar.lists["served_by"])
    to_people = sentence.word(two).startswith(grammar.patients)
    begun = _begun_by(sentence, verb, last, to_people) if acts and begins else None
    done = True if channel and to_people else begun
    if done is not None:
        return done
    if acts and sentence.word(verb) not in grammar.attributive:
        return not sentence.word(last).endswith((*grammar.compounds, *grammar.holders))  # 医院|开放|床位
    if not sentence.word(one).endswith(grammar.holders):
        return False
    return sentence.word(two).startswith(grammar.patients) or not sentence.word(last).endswith(
        grammar.compounds
    )


def _able(word: str) -> bool:
    """Whether a word ends in what says that somebody can do something: 窗口|可; but not 功能."""
    return len(word) > 2 and word[-1] in "可能" and not is_word(word[-2:])


def _set_size(word: str, grammar: Grammar) -> bool:
    """Whether a word makes a fixed term with the verb in front of it, whoever does it."""
    return word in grammar.lists["set_sum"] or (word in grammar.sizes and word.endswith(("时间", "时长")))


def _begun_by(sentence: Sentence, verb: Token, last: Token, to_people: bool) -> bool | None:
    """Whether a verb is the deed of those with whom its clause begins: 街道|发展|党员, 社区|建设|充电站, but
    社区|建设|项目; None where that cannot be told."""
    grammar, word = sentence.grammar, sentence.word(verb)
    if to_people or (word not in grammar.attributive and word in words_of_class("v")):
        return True
    return sentence.word(last).endswith(grammar.lists["built_end"]) if word in grammar.building else None


def _actor(said: str, grammar: Grammar) -> bool:
    """Whether somebody is named who does something, with how or without: 网格|自行|处置."""
    how = next((word for word in grammar.lists["means_of_deed"] if said.endswith(word)), "")
    return said.removesuffix(how).endswith(grammar.lists["actor"])


def deeds_listed(front: Front) -> None:
    """Verbs of a list that 等 sums up: 乱|张贴、乱停放等问题; 停车管理、|加装电梯、宠物饲养等事项;
    家电维修、心理|疏导等服务."""
    if "等" not in front.said or not any(t.kind == "E" for t in front.phrase[:-1]):
        return
    sentence, at = front.sentence, front.at
    tokens = sentence.tokens
    while sentence.kind(at) == "V" and (
        (sentence.kind(at - 1) == "L" and sentence.kind(at - 2) in "XW")
        or (sentence.kind(at + 1) in "LE" and sentence.kind(at - 1) in "XW")
    ):
        at -= 1
        at = sentence.back(at, "XWFELC")
        front.phrase = [replace(t, kind="X") if t.kind in "VD" else t for t in tokens[at + 1 : front.last]]
    front.at = at
    _wrongs_listed(front)


def _wrongs_listed(front: Front) -> None:
    """What is asked for or wrong, first in such a list or inside it: 收集|加装电梯、停车难等问题;
    管道漏水、路灯不亮等问题."""
    sentence, at, lists = front.sentence, front.at, front.grammar.lists
    if not front.final.endswith(lists["empty_head"]) or sentence.kind(at) not in "VP":
        return
    tokens = sentence.tokens
    while sentence.kind(at) in "XWFELCVP":
        word = sentence.word(tokens[at])
        asked = word in lists["asked_for"] and (
            sentence.kind(at - 1) in "VBTDA" or sentence.word(tokens[at - 1]) in lists["joined_first"]
        )
        wrong = word in lists["denial"] and sentence.kind(at - 1) in "XW"
        if sentence.kind(at) in "VP" and not asked and not wrong:
            break
        at -= 1
        if asked:
            break
    if at < front.at:
        front.phrase = [replace(t, kind="X") if t.kind in "VPD" else t for t in tokens[at + 1 : front.last]]
        front.at = at
