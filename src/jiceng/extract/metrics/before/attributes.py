"""What describes the noun behind it, before a number: 正式|党员55名; what belongs to it: 群众反映|问题."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.before.front import Front
from jiceng.extract.metrics.before.passives import needs_noun
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.steps import Answer

FOR = ("为", "给", "替", "帮", "让", "使")
_RATES = ("率", "度", "量", "额")
_HELPING = ("urging", "how", "carrying_out", "with_others", "holding")  # lists of verbs before another verb


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


def describes(sentence: Sentence, at: int) -> bool:
    """Whether a manner tells of a thing, as the verb that made it stands before: 新增|错时|停车位."""
    if at < 1 or sentence.kind(at) != "A" or sentence.kind(at - 1) not in "VW":
        return False
    made = sentence.word(sentence.tokens[at - 1]).rstrip("了")
    return made in sentence.grammar.building or made in sentence.grammar.lists["bringing"]


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
        phrase, at = [replace(tokens[at], kind="X"), *phrase], at - 1  # 回访|满意率
        while sentence.kind(at) in "XW":
            phrase, at = [replace(tokens[at], kind="X"), *phrase], at - 1  # 矛盾纠纷|化解|成功率
        return phrase, at
    if sentence.kind(at) != "A" or sentence.word(tokens[at]) not in grammar.lists["describing_manner"]:
        return phrase, at
    first = phrase[0]
    sized = sentence.word(phrase[-1]).endswith(_RATES)
    if first.kind == "X":
        named = parts_of(sentence.text, first.start, first.end, grammar)[0].kind == "N"
        named = named or describes(sentence, at)
    else:
        compound = len(phrase) == 2 and phrase[1].kind == "X" and sentence.word(tokens[at]) == "免费"
        named = compound and sentence.word(first) in grammar.attributive  # 免费|充电口
        held = len(phrase) == 1 and sentence.kind(at - 1) in "VW" and len(sentence.word(first)) > 1
        named = named or (held and sentence.word(tokens[at - 1]) in grammar.holding)  # 开展|免费|体检
        named = named or (len(phrase) > 1 and describes(sentence, at))
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


def about(front: Front) -> Answer[Noun]:
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


def award(front: Front) -> Answer[Noun]:
    """An award without who gets it: 考核优秀的网格|奖励3000元."""
    phrase, grammar = front.phrase, front.grammar
    given = front.kind == "money" and any(t.kind == "L" for t in phrase[1:])
    if given and front.final in front.grammar.lists["given_money"]:
        front.phrase = phrase[-1:]  # 居民、商户|捐款42万元
        return make(front.sentence, front.phrase)
    if front.kind == "money" and front.said.startswith("一") and front.final in grammar.lists["award"]:
        front.phrase = phrase[-1:]  # 每上报|一条线索|奖励5元
        return make(front.sentence, front.phrase)
    if front.kind == "money" and len(phrase) > 2 and phrase[-3].kind == "F":
        phrase = phrase[-2:]  # 考核优秀的|代办员|奖励2000元
    if front.kind != "money" or len(phrase) != 2 or phrase[1].kind != "W":
        return None
    who = front.sentence.word(phrase[0])
    given = front.final.endswith((*grammar.money_nouns, *grammar.lists["award"]))
    if given and who.endswith((*grammar.person_ends, *grammar.lists["place_kind"], "一次性", "”")):
        front.phrase = phrase[1:]
    return None


def visit(front: Front) -> Answer[Noun]:
    """Services at the door: 累计|上门服务2.3万人次."""
    phrase, sentence = front.phrase, front.sentence
    if len(phrase) != 2 or phrase[1].kind != "W" or front.reach is not None:
        return None
    often = front.word(front.place).endswith("次")
    return make(sentence, phrase) or False if often and sentence.word(phrase[0]) == "上门" else None


def paid_out(front: Front) -> Answer[Noun]:
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


def brought_into(front: Front) -> Answer[Noun]:
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


def sorted_out(front: Front) -> Answer[Noun]:
    """What is praised or sorted before the verb that describes it: 表彰|优秀下沉党员."""
    sentence, at = front.sentence, front.at
    if front.stop != "V" or sentence.kind(at - 1) != "X" or sentence.kind(at - 2) not in "VW":
        return None
    if front.word(at - 1) not in front.grammar.lists["sorting"] or len(front.word(at)) != 2:
        return None
    run = [replace(t, kind="X") for t in sentence.tokens[at - 1 : at + 1]]
    return make(sentence, [*run, *front.phrase], sentence.tokens[at - 2])


def whole_subject(front: Front) -> Answer[Noun]:
    """What stands before 由 or 从 is whole, verbs and all: 社区依法履职|事项由132项精简到57项."""
    sentence, at = front.sentence, front.at
    nominal = len(front.phrase) == 2 and front.phrase[0].kind == "W" and front.phrase[1].kind == "X"
    if front.subject and nominal and front.stop == "B":
        return make(sentence, front.phrase, fixed=True)  # 代办|事项由86项扩大到214项
    if not front.subject or front.stop != "V" or len(front.phrase) != 1:
        return None
    while sentence.kind(at) == "V" and len(front.word(at)) == 2:
        at -= 1
    if at < 0 or sentence.kind(at) != "X" or sentence.kind(at - 1) not in "BTDS":
        return None
    run = [replace(t, kind="X") for t in sentence.tokens[at : front.last]]
    return make(sentence, run, fixed=True)


def named_for_deed(front: Front) -> Answer[Noun]:
    """What is called by what is done with it, behind the verb: 收到|修改意见38条, 受理|报修工单12件; but
    协调|解决|事项9件."""
    sentence, lists, run, ahead = front.sentence, front.grammar.lists, front.phrase, front.at
    if len(run) == 1 and front.stop == "V":
        run, ahead = [sentence.tokens[ahead], *run], ahead - 1
    if len(run) != 2 or run[1].kind != "X" or front.final not in lists["named_for_deed"]:
        return None
    deed = run[0]
    if sentence.kind(ahead) == "X" and front.word(ahead) in lists["describing"]:
        run, ahead = [sentence.tokens[ahead], *run], ahead - 1  # 退回|违规|下派|事项29项
    verb = sentence.tokens[ahead]
    if deed.kind not in "VW" or sentence.kind(ahead) not in "VW" or verb.end != run[0].start:
        return None
    if deed.end - deed.start != 2 or any(sentence.word(verb) in lists[name] for name in _HELPING):
        return None
    word = sentence.word(deed)
    proposed = front.final in lists["proposal"] and word in lists["proposed"]
    if not proposed and (word in lists["joined_verb"] or word in front.grammar.outcomes):
        return None
    return make(sentence, [replace(t, kind="X") for t in run], verb)


def helped_to(front: Front) -> Answer[Noun]:
    """What people are helped to do or get: 帮助商户|申请|贷款2100多万元."""
    phrase, sentence = front.phrase, front.sentence
    if front.stop != "V" or len(phrase) != 3 or front.word(front.at) not in front.grammar.lists["urging"]:
        return None
    who, deed, got = phrase
    if who.kind != "X" or deed.kind != "W" or not sentence.word(who).endswith(front.grammar.person_ends):
        return None
    return make(sentence, [got], deed) if sentence.word(deed) in front.grammar.verbs else None


def average_rise(front: Front) -> Answer[Noun]:
    """What rises on an average is told by the verb: 人均年|增收2.4万元."""
    rise = front.reach
    if rise is None or front.kind != "money":
        return None
    lists, tokens = front.grammar.lists, front.sentence.tokens
    ahead = next(at for at in range(front.place - 1, -1, -1) if tokens[at] is rise) - 1
    told = front.sentence.kind(ahead) in "RX" and front.word(ahead) in lists["each_average"]
    told = told and front.said.endswith(front.grammar.person_ends)
    if front.said not in lists["each_average"] and not told:
        return None
    return Noun(rise.start, rise.end, front.sentence.word(rise), rise, True)


def put_up(front: Front) -> Answer[Noun]:
    """Without those for whom it is put up: 为6个院子安装|充电柜9组."""
    phrase, sentence = front.phrase, front.sentence
    given = front.stop == "Q" and sentence.kind(front.at - 1) == "P"
    if not given or front.word(front.at - 1) not in (*FOR, "在") or not needs_noun(sentence, front.at):
        return None
    if len(phrase) == 1 and phrase[0].kind == "X":
        said = sentence.word(phrase[0])
        ends = (said.rfind(end) + len(end) for end in front.grammar.person_ends if end in said)
        size = max(ends, default=0)
        if 1 < size < len(said) - 1 and said[size] in front.grammar.lists["brought_to"]:
            front.phrase = [replace(phrase[0], start=phrase[0].start + size)]  # 为老人|送餐2.1万份
        return None
    deeds = (i for i, t in enumerate(phrase[1:-1], 1) if t.kind == "W")
    done = (*front.grammar.building, *front.grammar.lists["done_for"])
    built = next((i for i in deeds if sentence.word(phrase[i]) in done), None)
    if built is not None:
        front.phrase, front.at = phrase[built + 1 :], front.at + built + 1
    return None


def jointly(front: Front) -> list[Token] | None:
    """What people told just before do something to together: 53户居民|联合修缮|古民居31幢."""
    sentence, phrase = front.sentence, front.phrase
    if not phrase or phrase[0].kind != "X":
        return None
    text, run = sentence.text, (phrase[0].start, phrase[-1].end)
    taken = len(phrase) > 2 and sentence.word(phrase[1]) in front.grammar.lists["taking_on"]
    if taken and text.endswith(front.grammar.person_ends, run[0], phrase[0].end):
        return phrase[2:]  # 96名党员|认领|服务岗位210个
    how = next((w for w in front.grammar.lists["jointly"] if text.find(w, *run) > run[0]), "")
    at = text.find(how, *run) if how else -1
    if at < 0 or not text.endswith(front.grammar.person_ends, run[0], at):
        return None
    parts = parts_of(text, at + len(how), run[1], front.grammar)
    if len(parts) < 2 or parts[0].kind not in "VWR" or text[run[1] - 1] == "率":
        return None
    rest = [t for t in phrase if t.end > parts[1].start]
    return [replace(rest[0], start=max(rest[0].start, parts[1].start)), *rest[1:]]


def by_norm(front: Front) -> Answer[Noun]:
    """What is staffed or built by a number: 成员人数|按照5人至9人配备, 物业费|按每平方米1元收取."""
    sentence, at = front.sentence, front.place - 1
    while at > 0 and sentence.kind(at) == "R":
        at -= 1
    ahead = front.place + 1
    if front.phrase or sentence.kind(at) != "P" or front.word(at) not in front.grammar.lists["by_norm"]:
        return None
    if sentence.kind(ahead) not in "VWX" or sentence.kind(ahead + 1) not in "BLC":
        return None
    first = sentence.back(at - 1, "XW") + 1
    return make(sentence, sentence.tokens[first:at], sentence.tokens[ahead]) if first < at else None


def brought_up(front: Front) -> Answer[Noun]:
    """What people bring up: 居民关切|问题, 群众|反映|诉求."""
    said = minded(front.sentence, front.phrase, front.at)
    return None if said is None else make(front.sentence, said, front.sentence.tokens[front.at - 2])


def opened(front: Front) -> list[Token] | None:
    """What places open to others, without the places and the hours: 6个机关大院夜间开放|停车位680个."""
    phrase, when = front.phrase, front.grammar.lists["open_times"]
    for at in range(1, len(phrase) - 1):
        hours, verb = phrase[at - 1], phrase[at]
        if verb.kind == "W" and hours.kind == "X" and front.sentence.word(hours).endswith(when):
            return phrase[at + 1 :]
    return None


def deed_noun(front: Front) -> Noun | None:
    """A deed with its object inside, of which each does so many: 每名干部|包案2件."""
    whole = next((w for w in front.grammar.lists["deed_noun"] if front.said.endswith(w)), "")
    end = front.phrase[-1].end
    return Noun(end - len(whole), end, whole) if whole and front.kind != "money" else None


def size_of_each(sentence: Sentence, named: Token) -> Token:
    """The size alone of what 每个 tells, with the kind of place that has it: 每个|示范点|面积."""
    lists, word = sentence.grammar.lists, sentence.word(named)
    size = next((len(w) for w in sentence.grammar.sizes if word.endswith(w)), 0)
    held = word[: len(word) - size].endswith((*lists["place_kind"], *lists["point_of_service"]))
    return replace(named, start=named.end - size) if size and held else named
