"""The counted phrase in front of a number, and who or what stands between."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from jiceng.extract.metrics.before.attributes import (
    FOR,
    about,
    attended,
    average_rise,
    award,
    brought_into,
    brought_up,
    by_norm,
    deed_noun,
    described,
    helped_to,
    jointly,
    named_for_deed,
    opened,
    paid_out,
    put_up,
    size_of_each,
    sorted_out,
    visit,
    whole_subject,
)
from jiceng.extract.metrics.before.doers import given_to, handed_to
from jiceng.extract.metrics.before.extremes import left_over, share_in, superlative
from jiceng.extract.metrics.before.front import Front, front_of
from jiceng.extract.metrics.before.objects import deeds_listed, governed
from jiceng.extract.metrics.before.onset import (
    arrived,
    deed_alone,
    organised,
    raised_spending,
    served_on_average,
    subject,
    told_by_outcome,
    without_verb,
)
from jiceng.extract.metrics.before.passives import became, daily, lacking, needs_noun, passive, undergone
from jiceng.extract.metrics.before.shares import shared_out
from jiceng.extract.metrics.before.tails import (
    bare,
    earner_end,
    reckoned,
    towards_from,
)
from jiceng.extract.metrics.sentence.boundaries import owner_end
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import PHRASE, Noun, Sentence, head, make, timed
from jiceng.extract.metrics.sentence.predicates import helpless, modal, spoken, trailing
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.steps import Answer, first

_RESULTS = "了掉出完走"
_NO_SUM = ("后", "岁", "岁以上", "岁以下")
_PARTICLES = frozenset((*"了过着到起便就即才都也又还再更则批共的差缺得个支分", "得了"))


def left(sentence: Sentence, place: int, kind: str = "classifier", subject: bool = False) -> Noun | None:
    """The phrase before the number at token `place`, whose unit is of `kind`: 化解矛盾纠纷|1210余件.

    `subject` says that it cannot be a verb's object, so that a verb in it describes (上报表格|由157张…).
    """
    if sentence.kind(place - 1) in "LC":
        return None
    found = (shared_out(sentence, place) if kind == "share" else None) or lacking(sentence, place)
    if found is not None:
        return found
    front = front_of(sentence, place, kind, subject)
    noun = first(_STAGES, front)
    if noun is None:
        noun = _made(front)
    return noun or None


# --- stages: each may change the phrase, or decide --------------------------------------------------------

_Answer: TypeAlias = Answer[Noun]


def _those_served(front: Front) -> _Answer:
    """Those served on average."""
    if "均" in front.said:
        front.phrase = served_on_average(front.sentence, front.phrase)
    return None


def _behind_number(front: Front) -> _Answer:
    """Behind another number a list may begin with that one's noun: 38个市直部门、|选派干部1140名."""
    phrase, sentence = front.phrase, front.sentence
    if front.stop == "Q" and len(phrase) > 2 and front.said.startswith("时间、"):
        front.phrase, front.at = phrase[2:], front.at + 2  # 用三年时间、|投资1.2亿元
        return None
    if front.stop == "Q" and (own_deed := opened(front) or jointly(front)) is not None:
        front.phrase = own_deed
        return None
    if front.stop != "Q" or not phrase or phrase[0].kind != "X" or not needs_noun(sentence, front.at):
        return None
    listed = next((i for i, t in enumerate(phrase) if t.kind == "L"), len(phrase))
    rest = phrase[listed + 1 :]
    own = front.kind in ("classifier", "people") and sentence.kind(front.at - 1) not in "XW"
    own = own and listed == 1 and bool(rest) and rest[0].kind == "X" and "等" not in front.said
    first_item = sentence.text, phrase[0].start, phrase[0].end, front.grammar
    if own and all(p.kind not in "VRW" for p in parts_of(*first_item)):
        front.phrase = rest  # 6个村民小组、|供销网点9个
    elif rest and sentence.text[rest[0].start : rest[0].start + 2] in front.grammar.verbs:
        front.phrase = rest
    return None


def _trailing(front: Front) -> _Answer:
    """Only the direction of a verb: 存折|发出|去|1.1万本."""
    if len(front.phrase) != 1 or front.stop != "V" or not trailing(front.final, front.grammar):
        return None
    return passive(front.sentence, front.at - 1, front.sentence.tokens[front.at]) or False


def _only_verb(front: Front) -> _Answer:
    """No phrase between a verb and the number: what is done to what stands before it.

    社区食堂推出|12元、15元两种套餐 has none; 充电口|装了|520个.
    """
    if front.phrase:
        return None
    sentence, before = front.sentence, front.place - 1
    verb = sentence.tokens[before]
    spent = raised_spending(sentence, before) if front.kind == "money" else None
    if spent is not None:
        return spent
    if verb.kind == "V" and sentence.word(verb) in front.grammar.lists["rate_of_change"]:
        return Noun(verb.start, verb.end, sentence.word(verb), verb, True)  # 增加610万元，|增幅16.7%
    if (made := became(sentence, front.place, front.kind)) is not None:
        return made  # 巡防组|细化为500余个
    if sentence.word(verb).endswith("出") and sentence.kind(front.place + 1) in "XWLQ":
        return False
    if sentence.kind(before) == "V" and sentence.word(verb)[-1] in _RESULTS:
        noun = passive(sentence, before - 1, verb)
        agent = noun is not None and noun.text.endswith((*front.grammar.lists["agent"], "一个人", "一人"))
        agent = agent or (front.kind == "people" and sentence.word(verb) in front.grammar.lists["afflicting"])
        return False if noun is None or agent or noun.text in _PARTICLES else noun
    return undergone(sentence, front.place, front.kind) or False


def _compared(front: Front) -> _Answer:
    """Without what it is compared with, or reckoned by: 纠纷|比推行前|减少六成."""
    if front.reach is None:
        return None
    sentence = front.sentence
    if front.stop == "V" and front.final in front.grammar.lists["when_end"]:
        at = front.at - 1
        at = sentence.back(at, "VXW")
        if sentence.kind(at) == "P" and front.word(at) in ("较", "比"):
            front.at = at
    if front.stop != "P":
        return None
    if front.word(front.at) not in ("较", "比"):
        if front.word(front.at) not in front.grammar.lists["means"]:
            return None
        return reckoned(sentence, front.phrase) or False
    last, at = front.at, front.at - 1
    while at >= 0 and (sentence.tokens[at].kind in PHRASE or sentence.tokens[at].kind == "D"):
        at -= 1
    phrase = list(sentence.tokens[at + 1 : last])
    while phrase and phrase[-1].kind == "D":
        phrase.pop()
    front.at, front.last, front.phrase = at, last, phrase
    return None if phrase else False


def _no_noun(front: Front) -> _Answer:
    """What is no noun: 为小区|增收7万元; 实行物业管理的有|51个, 70岁以上的|12人."""
    led = front.kind == "money" and front.stop == "P"
    if led and handed_to(front.sentence, front.at, front.said):
        return False  # 每年返给社区|35万元
    led = led and front.reach is not None
    if led and not front.said.endswith(front.grammar.lists["sum_end"]) and front.word(front.at) in FOR:
        return False
    return False if front.phrase[-1].kind == "F" and front.kind != "share" else None


def _of_each(front: Front) -> _Answer:
    """Behind 每: 奖励|每个楼道1000元, 每部|电梯|补助20万元; but 每个|社区|10万元 has none."""
    sentence, phrase, at = front.sentence, front.phrase, front.at
    tokens, grammar = sentence.tokens, front.grammar
    if front.stop != "R" or tokens[at].end - tokens[at].start != 2 or timed(sentence, at):
        return None
    if phrase[0].start > tokens[at].end and front.word(at + 2) in grammar.lists["average"]:
        return None  # 每名|网格员平均服务|居民480户
    if len(phrase) == 1 and (begin := given_to(sentence, phrase[0])) is not None:
        front.phrase = [replace(phrase[0], start=begin)]
        return None
    if (whole := deed_noun(front)) is not None:
        return whole
    own = front.phrase[-1].kind == "X" and front.said.endswith(grammar.money_nouns)
    if front.kind == "money" and own and len(front.said) > 3:
        return None  # 安排每个|社区工作经费10万元
    given = tokens[at - 1] if at and front.kind == "money" and len(phrase) == 1 else None
    if given is not None and given.kind in "VW" and sentence.word(given) in grammar.deeds:
        return Noun(given.start, given.end, sentence.word(given), given)
    if len(phrase) > 1 and phrase[1].kind == "W":
        front.phrase = phrase[1:]
        return None
    sized = front.final.endswith((*grammar.measure_heads, *grammar.sizes, "费", "价", "税"))
    if len(phrase) == 1 and sized and phrase[0].start == tokens[at].end:
        front.phrase = [size_of_each(sentence, phrase[0])]
    return False if len(phrase) == 1 and not sized else None


def _attending(front: Front) -> _Answer:
    """Those who come or profit."""
    came = attended(front.sentence, front.phrase, front.at, front.reach)
    return None if came is None else make(front.sentence, came, front.reach) or False


def _with_description(front: Front) -> _Answer:
    """What describes the phrase belongs to it, and to a bare size what it is of: 研发|投入|占比."""
    sentence = front.sentence
    front.phrase, front.at = described(sentence, front.phrase, front.at)
    size = sentence.word(front.phrase[0])
    summed = front.stop == "D" and front.word(front.at) in front.grammar.lists["total"]
    if summed and size.endswith(front.grammar.sizes) and sentence.kind(front.at - 1) in "XW":
        front.take("D")
        front.take("XW")  # 志愿服务|累计|总时长
    stored = front.stop == "V" and front.word(front.at) in front.grammar.lists["storing"]
    if size in front.grammar.sizes and not stored:  # 存入|时长5万小时
        front.take("WX" if size in front.grammar.lists["amount"] else "VWX", and_averages=True)
    if len(front.phrase) > 1 and sentence.word(front.phrase[0]) in front.grammar.lists["concerning"]:
        front.phrase, front.at = front.phrase[1:], front.at + 1
    front.before = sentence.tokens[front.at] if front.stop == "V" else None
    return None


def _governed(front: Front) -> _Answer:
    """What a verb inside the phrase governs; but 登记|失业率 is a rate of its own."""
    if len(front.phrase) == 3 and front.phrase[0].kind in "LC" and front.final.endswith("率"):
        front.phrase = front.phrase[1:]
    phrase = front.phrase
    often = front.word(front.place).endswith("次") and front.stop == "R"
    if often and len(phrase) == 2 and {t.kind for t in phrase} == {"W"}:
        return make(front.sentence, phrase) or False  # 每季度|督查指导一次
    sized = len(phrase) > 2 and phrase[-2].kind == "W" and front.final == "面积"
    if sized and phrase[-3].kind == "X" and phrase[-2].end - phrase[-2].start == 2:
        front.phrase = phrase[-2:]  # 老旧小区|改造面积
        return None
    rate = len(phrase) == 2 and phrase[0].kind == "W" and front.final.endswith("率")
    verb = front.sentence.word(phrase[0])
    if rate and verb not in front.grammar.lists["rated"] and verb not in front.grammar.change:
        return None
    front.phrase, front.inner = governed(front.sentence, phrase, front.at)
    return None


def _verb_alone(front: Front) -> _Answer:
    """Only a verb: 居民|参与|议事300人次, 共|接单5320件; 服务超万人次, 投资600万元 have no noun."""
    phrase, sentence, grammar, kind = front.phrase, front.sentence, front.grammar, front.kind
    if (told := told_by_outcome(sentence, front.at, phrase) or daily(front)) is not None:
        return told
    if len(phrase) != 1 or phrase[0].kind != "W" or front.final not in grammar.verbs:
        return None
    if front.subject and front.final in grammar.money_nouns:
        return make(sentence, phrase) or False  # 每人每月|补助|由300元提高到500元
    joined = front.before is not None and sentence.word(front.before) in grammar.bearing
    if joined and kind == "people" and sentence.kind(front.at - 1) == "X":
        return make(sentence, [sentence.tokens[front.at - 1]], front.before) or False
    if front.before is None and (kind == "people" or front.final in grammar.money):
        return (arrived(sentence, front.at, phrase) if kind == "people" else None) or False
    built = front.final in grammar.building and front.stop in "TB"  # 目前|安装|68个
    if kind != "classifier" or (front.stop not in "DV" and not built):
        return None
    done_to = passive(sentence, front.at, phrase[0])
    whole = front.before is None and front.final[1:] in ("单", "件", "警", "证")
    return done_to or (make(sentence, phrase) if whole else None) or False


def _arriving(front: Front) -> _Answer:
    """People who do something somewhere, once verbs at the front of the phrase are cut off."""
    sentence = front.sentence
    phrase = head(sentence, front.phrase)
    if front.reach is None and not front.subject:
        phrase = without_verb(sentence, phrase, front.at, front.kind)
    front.phrase = deed_alone(sentence, phrase, front.at, front.kind) if front.reach is None else phrase
    return arrived(sentence, front.at, front.phrase) if front.kind == "people" else None


_STAGES = (
    brought_up,
    brought_into,
    about,
    paid_out,
    _those_served,
    deeds_listed,
    put_up,
    _behind_number,
    _trailing,
    by_norm,
    _only_verb,
    _compared,
    superlative,
    average_rise,
    left_over,
    _no_noun,
    _of_each,
    share_in,
    _attending,
    helped_to,
    sorted_out,
    named_for_deed,
    whole_subject,
    _with_description,
    award,
    visit,
    _governed,
    _verb_alone,
    _arriving,
)


# --- the noun that is left --------------------------------------------------------------------------------


def _made(front: Front) -> Noun | None:
    """The phrase as a noun, without what does not belong to it."""
    sentence, grammar = front.sentence, front.grammar
    quantity = sentence.tokens[front.place].quantity
    phrase = front.phrase
    asked = bool(phrase) and front.final.endswith(grammar.lists["asking"])
    asked = asked and sentence.text.endswith(grammar.lists["receiving"], 0, phrase[0].start)  # 接受|群众咨询
    if (front.kind == "people" or (quantity is not None and quantity.unit == "家")) and not asked:
        phrase = subject(sentence, organised(sentence, phrase, front.place))
    noun = make(sentence, phrase, front.reach or front.inner or front.before)
    if noun is None or _is_said_of_it(front, phrase, noun):
        return None
    if len(noun.items) > 1 and front.at >= 0 and front.word(front.at) in grammar.lists["having"]:
        *others, (begin, _) = noun.items
        said = [sentence.text[a:b] for a, b in others]
        plain = all(s.startswith("一定") or not s.endswith(grammar.measure_heads) for s in said)
        plain = plain and sentence.text[begin - 1] == "、"
        if plain and noun.text.endswith(grammar.measure_heads):
            noun = _from(noun, begin - noun.start)  # 没有特色产业、|集体收入低于6万元
    noun = bare(sentence, noun, front.kind)
    if noun.text[-1] == "各" and len(noun.text) > 2:
        noun = replace(noun, end=noun.end - 1, text=noun.text[:-1])  # 财政局、税务局|各1件
    opinion = noun.text.endswith(grammar.lists["approval"])
    towards = towards_from(sentence, front.at, front.place) if opinion else None
    if towards is not None:
        noun = replace(noun, start=towards, text=sentence.text[towards : noun.end], items=())
    each = grammar.rules["metrics.each-place"].pattern.match(noun.text)
    if each is not None and len(noun.text) - each.end() > 3 and noun.text.endswith(grammar.measure_heads):
        noun = _from(noun, each.end())  # 各镇（街道）|平均处置时长
    if front.stop == "Q" and len(noun.items) < 2 and noun.text.endswith(grammar.measure_heads):
        noun = _from(noun, owner_end(noun.text, grammar) or earner_end(noun.text, grammar))
    lives = front.kind == "people" and sentence.kind(front.place + 1) != "F"
    lives = lives and noun.end == sentence.tokens[front.place].start  # 街道|11.3万人
    if (
        noun.text.endswith(grammar.lists["each_average"])
        or noun.text in _PARTICLES
        or noun.text in grammar.lists["when_only"]
        or (lives and noun.text in grammar.lists["territory"])
        or grammar.rules["metrics.one-or-two"].pattern.fullmatch(noun.text)
    ):
        return None  # 一支|40来人的队伍
    if (one := grammar.rules["metrics.one-thing"].pattern.match(noun.text)) and len(noun.items) < 2:
        noun = _from(noun, one.end())
    level = grammar.rules["metrics.levels"].pattern.match(noun.text)
    if level and level.end() < len(noun.text) - 1 and len(noun.items) < 4:
        noun = _from(noun, level.end())
    return replace(noun, fixed=front.reach is not None or noun.text.endswith(grammar.measure_heads))


def _is_said_of_it(front: Front, phrase: list[Token], noun: Noun) -> bool:
    """Whether a phrase says what is done, or when, and names nothing that is counted."""
    grammar, text = front.grammar, noun.text
    if spoken(text) or text.startswith(grammar.lists["compared"]) or text in grammar.lists["when_end"]:
        return True
    if text.startswith("最") and phrase[-1].kind == "F":
        return True
    if text.endswith("后" if front.kind == "share" else _NO_SUM) and front.kind in ("share", "money"):
        return True  # 验收合格后|拨付70%, 80岁以上|6元
    if text.endswith("连") and front.sentence.text.startswith(
        ("都", "也"), front.sentence.tokens[front.place].end
    ):
        return True  # 开个会连|三十人都凑不齐
    if modal(front.sentence.text, noun.start, noun.end, grammar):
        return True  # 车棚86个，|能停|1.1万辆
    plain = all(t.kind == "X" for t in phrase) and front.kind != "occurrence" and noun.verb is None
    return plain and helpless(front.sentence.text, noun.start, noun.end, grammar)  # 三天就|筹齐了|1.6万元


def _from(noun: Noun, size: int) -> Noun:
    """A noun without its first characters."""
    return replace(noun, start=noun.start + size, text=noun.text[size:], items=())
