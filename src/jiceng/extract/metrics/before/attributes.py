"""What describes the noun behind it, before a number: 正式|党员55名; what belongs to it: 群众反映|问题."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.ahead import Ahead
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.steps import Answer

_RATES = ("率", "度", "量", "额")


def attended(sentence: Sentence, phrase: list[Token], at: int, reach: Token | None) -> list[Token] | None:
    """Those who come or profit, called by what they do: 参加|人员达1200人, 参与|家庭860户; None for others.

    `phrase` stands before a number, token `at` before it; `reach` is the verb between phrase and number.
    """
    lists = sentence.grammar.lists
    if len(phrase) != 1 or sentence.kind(at) != "V" or sentence.word(phrase[0]) not in lists["attendee"]:
        return None
    verb = sentence.word(sentence.tokens[at])
    begins = sentence.kind(at - 1) in "BTDQ" and verb in lists["attendance"]
    whole = sentence.word(phrase[0]) in (*lists["attending_house"], *lists["attending_all"])
    begins = begins and (reach is not None or whole)
    if not begins and not (verb in ("受益", "受惠") and sentence.kind(at - 1) in "BTDQV"):
        return None
    return [replace(sentence.tokens[at], kind="X"), phrase[0]]


def described(sentence: Sentence, phrase: list[Token], at: int) -> tuple[list[Token], int]:
    """A phrase before a number with what describes it, and the place before: 免费|停车位."""
    grammar, tokens = sentence.grammar, sentence.tokens
    said = sentence.word(tokens[at]) if sentence.kind(at) == "V" else ""
    if said in grammar.lists["costing"] and sentence.word(phrase[0]) == "费用":
        return [replace(tokens[at], kind="X"), *phrase], at - 1  # 更换|费用665万元
    rate = sentence.word(phrase[0]).endswith(_RATES[:2]) and phrase[0].end - phrase[0].start <= 4
    if (
        rate
        and sentence.kind(at) == "V"
        and sentence.word(tokens[at]) not in grammar.change | grammar.holding
        and sentence.word(tokens[at]) not in grammar.lists["storing"]
    ):
        return [replace(tokens[at], kind="X"), *phrase], at - 1  # 回访|满意率
    if sentence.kind(at) != "A" or sentence.word(tokens[at]) not in grammar.lists["describing_manner"]:
        return phrase, at
    first = phrase[0]
    sized = sentence.word(phrase[-1]).endswith(_RATES)
    if first.kind == "X":
        named = parts_of(sentence.text, first.start, first.end, grammar)[0].kind == "N"
    else:
        compound = len(phrase) == 2 and phrase[1].kind == "X" and sentence.word(tokens[at]) == "免费"
        named = compound and sentence.word(first) in grammar.attributive  # 免费|充电口
    if not sized and not named:
        return phrase, at  # 免费|发放宣传册
    phrase, at = [replace(tokens[at], kind="X"), *phrase], at - 1
    while sized and sentence.kind(at) in "XW":
        phrase, at = [tokens[at], *phrase], at - 1  # 异地就医|直接结算率
    return phrase, at


def minded(sentence: Sentence, phrase: list[Token], at: int) -> list[Token] | None:
    """What people bring up belongs to a head that says nothing alone: 解决|群众反映|问题; None elsewhere."""
    lists, tokens = sentence.grammar.lists, sentence.tokens
    if len(phrase) != 1 or at < 2 or sentence.word(phrase[0]) not in lists["brought_up"]:
        return None
    if sentence.kind(at) != "V" or sentence.word(tokens[at]) not in lists["minding"]:
        return None
    if sentence.word(tokens[at - 1]) not in lists["member"] or sentence.kind(at - 2) not in "VW":
        return None
    return [tokens[at - 1], tokens[at], phrase[0]]


def about(front: Ahead) -> Answer[Noun]:
    """What problems are about, verbs and all: 涉及|垃圾收集清运问题26件."""
    sentence, at, phrase = front.sentence, front.at, front.phrase
    lists = front.grammar.lists
    if not phrase or any(t.kind not in "XW" for t in phrase) or front.final not in lists["brought_up"]:
        return None
    while sentence.kind(at) in "VWX" and front.word(at) not in lists["being_about"]:
        at -= 1
    if sentence.kind(at) not in "VP" or front.word(at) not in lists["being_about"]:
        return None
    run = [replace(t, kind="X") for t in sentence.tokens[at + 1 : front.last]]
    return make(sentence, run, sentence.tokens[at]) if len(run) > 2 else None


def award(front: Ahead) -> Answer[Noun]:
    """An award without who gets it: 考核优秀的网格|奖励3000元."""
    phrase, grammar = front.phrase, front.grammar
    if front.kind != "money" or len(phrase) != 2 or phrase[1].kind != "W":
        return None
    who = front.sentence.word(phrase[0])
    given = front.final.endswith((*grammar.money_nouns, *grammar.lists["award"]))
    if given and who.endswith((*grammar.person_ends, *grammar.lists["place_kind"], "一次性")):
        front.phrase = phrase[1:]
    return None


def visit(front: Ahead) -> Answer[Noun]:
    """Services at the door: 累计|上门服务2.3万人次."""
    phrase, sentence = front.phrase, front.sentence
    if len(phrase) != 2 or phrase[1].kind != "W" or front.reach is not None:
        return None
    often = front.word(front.place).endswith("次")
    return make(sentence, phrase) or False if often and sentence.word(phrase[0]) == "上门" else None


def paid_out(front: Ahead) -> Answer[Noun]:
    """A fund with what it is for: 发放|稳岗返还资金."""
    at, sentence = front.at, front.sentence
    if front.kind != "money" or len(front.phrase) != 1 or sentence.kind(at - 1) != "X":
        return None
    done = front.stop == "V" and sentence.kind(at - 2) == "V" and front.word(at) not in front.grammar.bearing
    if not done and (at <= 0 or front.word(at) != "自筹"):
        return None
    if not front.final.startswith(front.grammar.lists["fund"]):
        return None
    return make(sentence, sentence.tokens[at - 1 : front.last], sentence.tokens[at - 2]) or False


def brought_into(front: Ahead) -> Answer[Noun]:
    """An event named for what it brings where: 开展|普法|进社区|活动8次."""
    sentence, at = front.sentence, front.at
    if front.stop != "V" or not front.word(at).startswith("进") or front.word(at) in ("进行", "进入"):
        return None
    event = bool(front.phrase) and front.said.startswith(front.grammar.lists["brought_into"])
    if not event or sentence.kind(at - 1) not in "XW":
        return None
    front.phrase.insert(0, replace(sentence.tokens[at], kind="X"))
    front.at -= 1
    front.take("XW")
    return None
