"""The place where the phrase behind a number begins, and what may stand there instead of one."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.behind import Answer, Behind, noun_behind
from jiceng.extract.metrics.after.relatives import alike, coming_from, limited, relative
from jiceng.extract.metrics.after.tails import describing_verb, graduates, no_noun
from jiceng.extract.metrics.sentence.boundaries import completed, does, verbal
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import make
from jiceng.extract.metrics.sentence.predicates import denies, predicative

_NEGATED = ("未", "无")


def _whole_place(behind: Behind) -> Answer:
    """A whole place is counted itself where no other noun follows."""
    if behind.follows() != "S":
        return None
    token = behind.sentence.tokens[behind.at]
    if behind.unit == "个" and behind.word()[-1] == "内" and token.end - token.start == 3:  # 4个|小区内整治
        return make(behind.sentence, [replace(token, kind="X", end=token.end - 1)], behind.verb)
    region = behind.word().startswith("辖区") and behind.kind == "measure"
    if behind.follows(1) in "ABPVD" or region:
        inside = behind.word()[-1] in "内里" and token.end - token.start > 2  # 5.8平方公里|辖区内
        scope = replace(token, kind="X", end=token.end - inside)
        return make(behind.sentence, [scope], behind.verb) or False
    behind.at += 1
    return None


def _each(behind: Behind) -> Answer:
    """8元一份的|套餐; but 不超过20元|一包 has no noun."""
    if behind.follows() not in "XQ" or not behind.grammar.rules["metrics.apiece"].pattern.fullmatch(
        behind.word()
    ):
        return None
    if behind.follows(1) != "F":
        return False
    behind.at += 2
    return None


def _next_label(behind: Behind) -> Answer:
    """The label of the next figure in a row without marks: 户数：4100户|常住人口：约9000人."""
    sentence, at = behind.sentence, behind.at
    colon = behind.place > 0 and sentence.word(sentence.tokens[behind.place - 1]) in ("：", ":")
    if not colon or behind.follows() != "X":
        return None
    at = sentence.on(at, "XW")
    labelled = at < len(sentence.tokens) and sentence.word(sentence.tokens[at]) in ("：", ":")
    return False if labelled else None


def _no_phrase(behind: Behind) -> Answer:
    """巷子不到200米|长; 批次下降13.7%、|人次下降22.4%; 密度由3.2千米|/平方公里."""
    sentence, at = behind.sentence, behind.at
    if behind.follows() == "L" or behind.word().startswith(("/", "／")):
        return False
    if behind.follows() != "X":
        return None
    measure = behind.word() in behind.grammar.lists["dimension"]
    if measure and behind.follows(1) == "F" and behind.follows(2) in "XW":
        return noun_behind(behind, at + 1)  # 840米长的|巷道
    measure = measure or (
        behind.kind in ("money", "people", "measure") and behind.word() in behind.grammar.lists["threshold"]
    )
    if len(behind.word()) > 2 and behind.word()[0] == "占" and _share_next(behind):
        return False  # 女党员26名|占党员总数的三成
    return False if measure or no_noun(sentence, at) or graduates(sentence, behind.place, at) else None


def _share_next(behind: Behind) -> bool:
    """Whether a share follows the word behind a number."""
    ahead = 1 + (behind.follows(1) in "FD")
    token = behind.sentence.tokens[behind.at + ahead] if behind.follows(ahead) == "Q" else None
    return (
        token is not None
        and token.quantity is not None
        and behind.grammar.kind(token.quantity.unit)
        in (
            "share",
            "none",
        )
    )


def _fund(behind: Behind) -> Answer:
    """6万元|启动资金, 1.2亿元|改造资金."""
    behind.first = at = behind.at
    if (
        behind.kind != "money"
        or behind.follows() not in "VW"
        or not behind.word(1).startswith(behind.grammar.lists["fund"])
    ):
        return None
    return make(behind.sentence, behind.sentence.tokens[at : at + 2], behind.verb) or False


def _only_noun(behind: Behind) -> Answer:
    """What 的 leads to and nothing follows is a noun, whatever else it can be: 90%的|编制."""
    if (
        behind.sentence.kind(behind.at - 1) != "F"
        or behind.follows() != "V"
        or behind.follows(1) not in "BLC"
    ):
        return None
    token = behind.sentence.tokens[behind.at]
    if token.end - token.start < 2:
        return None
    return make(behind.sentence, [replace(token, kind="X")], behind.verb) or False


def _predicate(behind: Behind) -> Answer:
    """What the counted do or are; but 48栋|未封闭楼栋."""
    sentence = behind.sentence
    denied = behind.follows() in "PV" and behind.word() in _NEGATED and behind.follows(1) in "XW"
    if denied and not behind.people:
        behind.at += 1
    elif behind.follows() == "X":
        token = sentence.tokens[behind.at]
        alone = behind.follows(1) not in "XWFLC" or (behind.follows(1) == "L" and behind.follows(2) == "Q")
        spent = behind.word() in ("用", "花", "投") and behind.word(1) == "在"  # 七成|用在维修上
        if spent or predicative(behind.word(), behind.grammar):
            return False
        if _some_of_them(behind):
            return False
        if alone and denies(behind.word(), behind.grammar):
            return False
        if alone and _follows_from_limit(behind):
            return False
        if (
            alone
            and not _bare_thing(behind)
            and not _object(behind)
            and verbal(sentence.text, token.start, token.end, behind.grammar)
        ):
            return False
    if sentence.kind(behind.at - 1) == "F" and behind.word() in behind.grammar.lists["on_ground"]:
        return False
    return False if behind.follows() == "F" and behind.word(1).startswith("比例") else None


def _some_of_them(behind: Behind) -> bool:
    """Whether what stands behind says what so many of those just counted do: 6个站有4个|整体委托协会运营."""
    sentence, at = behind.sentence, behind.place - 1
    had = sentence.kind(at) == "V" and sentence.word(sentence.tokens[at])[-1] in "有设辖"
    if not had or sentence.kind(at - 1) not in "XW" or behind.follows(1) not in "VWB":
        return False
    at = sentence.back(at - 1, "XW") + 1
    other = sentence.tokens[at - 1].quantity if sentence.kind(at - 1) == "Q" else None
    if other is None or other.unit != behind.unit:
        return False
    return behind.word().startswith((*behind.grammar.lists["adverbial"], *behind.grammar.lists["manner"]))


def _follows_from_limit(behind: Behind) -> bool:
    """Whether what stands behind a limit with 的 is what then happens: 超过10件的|亮红灯."""
    sentence, at, quantity = behind.sentence, behind.at, behind.quantity
    if sentence.kind(at - 1) != "F" or quantity is None or quantity.comparator not in "<>":
        return False
    token = sentence.tokens[at]
    if token.end - token.start > 6 or sentence.kind(at + 1) != "B":
        return False
    return behind.word().endswith(behind.grammar.lists["consequent"])


def _object(behind: Behind) -> bool:
    """Whether a word that can be a verb is what a verb before the number has as its object: 取得12项|突破."""
    sentence, at = behind.sentence, behind.place - 1
    at -= behind.place > 1 and sentence.word(sentence.tokens[at]) == "了"
    if sentence.kind(at) not in "VW" or behind.follows(1) not in "BL" or len(behind.word()) != 2:
        return False
    counted = behind.unit in behind.grammar.lists["deed_or_matter"]
    return counted and behind.word() not in behind.grammar.outcomes


def _bare_thing(behind: Behind) -> bool:
    """Whether what stands behind is the noun, whatever else it can be.

    One sign behind a classifier is (200多张|表, 4次|会), and a word behind a sum or share with 的
    (1200元的|补偿).
    """
    given = behind.kind in ("money", "share") and behind.sentence.kind(behind.at - 1) == "F"
    return given or (
        behind.kind in ("classifier", "occurrence") and len(behind.word()) == 1 and behind.follows(1) == "B"
    )


def _deed_or_result(behind: Behind) -> Answer:
    """People who do something, things that are done."""
    if behind.follows() != "X":
        return None
    sentence, token, grammar = behind.sentence, behind.sentence.tokens[behind.at], behind.grammar
    alone = behind.follows(1) not in "FL"
    came = behind.unit == "人次" and behind.word() in grammar.lists["came"]
    if came and behind.follows(1) == "B":
        return False  # 累计1200人次|参训
    acting = behind.people and alone and behind.quantity is not None
    if acting and does(sentence.text, token.start, token.end, grammar, behind.unit == "人"):
        return False
    plain = alone or behind.kind == "money"
    return False if plain and completed(sentence.text, token.start, token.end, grammar) else None


def _being(behind: Behind) -> Answer:
    """What those are of whom so many are told: 其中5个|曾是软弱涣散村, 8名|都是退役军人."""
    if behind.kind not in ("classifier", "people"):
        return None
    sentence, at = behind.sentence, behind.at
    verb = ""
    if behind.follows() == "X":
        verb = next((w for w in behind.grammar.lists["being"] if behind.word().startswith(w)), "")
    elif behind.follows() in "DA" and behind.word(1) == "是":
        at += 2
    elif behind.people and behind.word() == "为" and behind.follows(1) == "X":
        at += 1 if behind.word(1).endswith(behind.grammar.person_ends) else 0  # 6名|为在职党员
    elif behind.word() == "为" and behind.follows(1) == "X":
        at += 1 if behind.word(1).endswith(behind.grammar.lists["place_kind"]) else 0  # 18个|为老旧小区
    start = sentence.tokens[at].start + len(verb) if at < len(sentence.tokens) else 0
    last = sentence.on(at, "XW")
    if not (verb or at > behind.at) or last == at or sentence.kind(last) != "B":
        return None
    named = [replace(t, start=max(t.start, start)) for t in sentence.tokens[at:last] if t.end > start]
    return make(sentence, named, behind.verb)


def _newly(behind: Behind) -> Answer:
    """The noun behind a verb that only says that it is new: 16家|新成立|楼宇党支部."""
    verb = behind.word() if behind.follows() == "V" else ""
    if behind.kind not in ("classifier", "people") or not verb.startswith("新"):
        return None
    if behind.follows(1) != "X" or behind.sentence.kind(behind.place - 1) not in "BSTDV":
        return None
    if verb == "新增" and behind.sentence.kind(behind.place - 1) == "V":
        return make(behind.sentence, behind.sentence.tokens[behind.at : behind.at + 2], behind.verb)
    if len(verb) > 2:
        behind.first = behind.at = behind.at + 1
    return None


def _of_a_manner(behind: Behind) -> Answer:
    """The noun with the manner that describes it: 10个|常态化|宣讲点; but 10名|长期|驻村."""
    sentence, at = behind.sentence, behind.at
    if behind.kind not in ("classifier", "people") or behind.follows() != "A":
        return None
    end = sentence.on(at + 1, "XW")
    if behind.word() not in behind.grammar.lists["describing_manner"] or sentence.kind(end) not in "BLCV":
        return None
    named = sentence.tokens[at + 1 : end]
    # 常态化 before the name of a place or body can say nothing else, even where a verb begins that name.
    whole = bool(named) and behind.word().endswith("化") and behind.kind == "classifier"
    whole = whole and sentence.word(named[-1]).endswith(behind.grammar.compounds)
    if not whole:
        if len(named) != 1 or named[0].kind != "X":
            return None
        parts = parts_of(sentence.text, named[0].start, named[0].end, behind.grammar)
        if any(p.kind in "VRD" for p in parts):
            return None
    return make(sentence, [replace(sentence.tokens[at], kind="X"), *named], behind.verb)


def _by_manner(behind: Behind) -> Answer:
    """What money is for, behind how it is done: 40万元|高标准建设|综治工作平台."""
    if behind.kind != "money" or behind.follows(1) not in "VW":
        return None
    lists = behind.grammar.lists
    if behind.word() not in lists["adverbial"] and behind.word() not in lists["manner"]:
        return None
    if behind.follows(2) == "X":
        behind.first = behind.at = behind.at + 2
    return None


def _taken_by_share(behind: Behind) -> Answer:
    """What is taken or given by a share: 按10%|提取|酬金."""
    sentence, at = behind.sentence, behind.place - 1
    if behind.kind != "share" or sentence.kind(at) != "P":
        return None
    if sentence.word(sentence.tokens[at]) not in behind.grammar.lists["by_share"]:
        return None
    if behind.follows() == "V" and behind.follows(1) == "X" and behind.follows(2) in "BLC":
        return make(sentence, [sentence.tokens[behind.at + 1]], sentence.tokens[behind.at])
    return None


def _by_conduct(behind: Behind) -> Answer:
    """People behind how they do something: 14名报到不积极的|党员干部."""
    if not behind.people or behind.follows() not in "XW" or behind.word(1)[:1] not in ("不", "未"):
        return None
    of = 2
    while of < 4 and behind.follows(of) in "XWAVP":
        of += 1
    who = noun_behind(behind, behind.at + of) if behind.follows(of) == "F" else None
    return who if who and who.text.endswith(behind.grammar.person_ends) else None


def _voting(behind: Behind) -> Answer:
    """Those who vote, without how: 82%的业主|投票赞成."""
    if behind.kind != "share" or behind.follows() != "X":
        return None
    lists, word, token = behind.grammar.lists, behind.word(), behind.sentence.tokens[behind.at]
    voted = next((w for w in lists["voted"] if word.endswith(w)), "")
    who = word.removesuffix(voted)
    who = who.removesuffix(next((w for w in lists["voting"] if who.endswith(w)), ""))
    if not voted or not who.endswith(behind.grammar.person_ends):
        return None
    return make(behind.sentence, [replace(token, end=token.start + len(who))], behind.verb)


def meeting(behind: Behind) -> Answer:
    """A meeting that is named for what it does: 召开六次|推进整治专题会, 4场|晾晒会."""
    sentence, lists = behind.sentence, behind.grammar.lists
    word = behind.word() if behind.unit in lists["held_unit"] and behind.follows(1) in "BLC" else ""
    if behind.follows() == "X" and word.endswith("会") and 2 < len(word) < 6:
        return make(sentence, [sentence.tokens[behind.at]], behind.verb)
    if behind.follows() != "V" or behind.unit not in lists["held_unit"] or behind.verb is None:
        return None
    if sentence.word(behind.verb) not in behind.grammar.holding:
        return None
    last = behind.at + 1
    last = sentence.on(last, "XW")
    named = sentence.word(sentence.tokens[last - 1])
    if last == behind.at + 1 or sentence.kind(last) not in "BLC" or not named.endswith(("会", "会议")):
        return None
    return make(sentence, sentence.tokens[behind.at : last], behind.verb)


def _described(behind: Behind) -> Answer:
    """People described by a verb."""
    sentence, at = behind.sentence, behind.at
    if not behind.people or not describing_verb(sentence, behind.place, at):
        return None
    return make(sentence, sentence.tokens[at : at + 2], behind.verb) or False


ONSETS = (
    _newly,
    _of_a_manner,
    _by_manner,
    _taken_by_share,
    _voting,
    _by_conduct,
    limited,
    alike,
    _whole_place,
    _each,
    _next_label,
    _no_phrase,
    _fund,
    _being,
    coming_from,
    relative,
    _only_noun,
    _predicate,
    _deed_or_result,
    _described,
)
