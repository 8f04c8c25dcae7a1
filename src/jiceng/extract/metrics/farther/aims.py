"""The counted phrase behind a verb or a description: a sum's purpose, a standard, what so many are."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.nouns import right
from jiceng.extract.metrics.after.tails import to_predicate
from jiceng.extract.metrics.sentence.boundaries import completed
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, governor, head, make


def called(sentence: Sentence, place: int) -> Noun | None:
    """What so many of those named before are: 其中21户|是租户, 三成|是独居老人."""
    tokens, at = sentence.tokens, place + 1
    if sentence.kind(at) not in "XPV" or sentence.text[tokens[at].start] not in "是为":
        return None
    quantity = tokens[place].quantity
    share = quantity is not None and quantity.unit == "%"
    if sentence.text[tokens[at].start] == "为" and not (share and sentence.word(tokens[at]) == "为"):
        return None  # 30%|为新市民
    first = replace(tokens[at], kind="X", start=tokens[at].start + 1)
    last = at + 1
    kinds = "XWFC" if share else "XWF"
    while sentence.kind(last) in kinds or (sentence.kind(last) == "Q" and sentence.kind(last + 1) == "F"):
        last += 1  # 是三十五岁以下的|年轻人
    phrase = [replace(t, kind="X") if t.kind == "Q" else t for t in (first, *tokens[at + 1 : last])]
    phrase = [t for t in phrase if t.end > t.start]
    if not phrase or sentence.kind(last) != "B" or phrase[-1].kind == "F" or phrase[0].kind != "X":
        return None
    said = sentence.text[phrase[0].start : phrase[-1].end]
    if said.startswith(("否", "为", "由", "在", "从", "因", "以", "一")) or len(said) > 16:
        return None
    noun = make(sentence, head(sentence, phrase))
    if noun is None or len(noun.text) < 2:
        return None
    people = noun.text.endswith(sentence.grammar.person_ends)
    return noun if people or sentence.text[tokens[at].start] == "是" else None


def relative(sentence: Sentence, place: int) -> Noun | None:
    """The head behind a relative clause: 75名熟悉民情、责任心强的|网格员."""
    tokens = sentence.tokens
    at, last = place + 1, None
    while at < len(tokens) and tokens[at].kind not in "BQ":
        if last is not None and sentence.word(tokens[at]) in sentence.grammar.holding:
            break  # 涉及动迁的|商户进行集中的走访
        if tokens[at].kind == "F" and tokens[at].start - tokens[place].end <= 40:
            last = at
        at += 1
    if last is None:
        return None
    end = sentence.on(last + 1, "XW")
    phrase = to_predicate(sentence, list(tokens[last + 1 : end]))
    return make(sentence, phrase, governor(sentence, place))


def purpose(sentence: Sentence, place: int) -> Noun | None:
    """What money is spent on, behind it: 投资600万元建成|慢行系统, 投入80万元用于|老旧小区改造."""
    tokens = sentence.tokens
    at = place + 1
    if at >= len(tokens):
        return None
    invested = _invested(sentence, place) or _raised_to_build(sentence, place)
    invested = invested and not _one_of_sums(sentence, place)
    if invested and sentence.kind(at + 1) in "VWA":
        at += sentence.word(tokens[at]) == "，"  # 投入1200万元，建成…
    more = at + 1 < len(tokens)  # a long sentence is read in pieces, which may end at the comma
    if invested and more and sentence.text.startswith("，对", tokens[at].start):
        at += 1  # 投入90万元，对老旧小区进行|管网改造
    made = _made_there(sentence, at) if invested and sentence.kind(at + 1) == "P" else None
    made = made or _turned_into(sentence, at)
    if made is not None:
        return made
    if sentence.kind(at) == "X" and sentence.kind(at + 1) in "VW":
        how = sentence.word(tokens[at])
        lists = sentence.grammar.lists
        at += how in lists["adverbial"] or how in lists["manner"]  # 投资40万元高标准|建设综治中心
    at = _behind_deed(sentence, _to_deed(sentence, at))
    if at < 0:
        return None
    done = at - 1 - (sentence.kind(at - 1) == "D" and sentence.word(tokens[at - 1]) in ("了", "过"))
    if sentence.kind(at) == "Q" and sentence.kind(done) in "VW":
        sized = right(sentence, at, people=False)
        return sized and replace(sized, verb=governor(sentence, place))  # 投入90万元建成500平方米|服务中心
    if sentence.kind(at) in "XT" and sentence.word(tokens[at]).startswith("后"):
        return None  # 投资6000万元，建成|后可带动就业
    first = at
    held = next((i for i in range(place + 1, at) if sentence.word(tokens[i]) in sentence.grammar.holding), at)
    if held + 1 < at and all(tokens[i].kind in "VW" for i in range(held + 1, at)):
        first = held + 1  # 进行|升级改造
    at = _object_end(sentence, at)
    if held < first <= at and sentence.kind(at) == "V" and sentence.kind(at + 1) == "B":
        at += 1  # 对小区进行设施|改善
    phrase = list(tokens[first:at])
    if phrase and phrase[-1].kind == "F" and sentence.kind(at) == "Q":
        return right(sentence, at, people=False)  # 投入160万元修建较高标准的|4个敬老院
    return make(sentence, head(sentence, phrase), governor(sentence, place)) if phrase else None


def _invested(sentence: Sentence, place: int) -> bool:
    """Whether the verb of a sum says that it is spent on something: 投资, 累计投入, 镇财政|投资60万元."""
    verb = governor(sentence, place)
    word = sentence.word(verb) if verb is not None else ""
    return word.removeprefix("累计").startswith("投") or word in sentence.grammar.lists["investing"]


def _raised_to_build(sentence: Sentence, place: int) -> bool:
    """Whether a sum that somebody found is told before what is built: 凑了3万元，|平整出车位40个."""
    verb = governor(sentence, place)
    word = sentence.word(verb).rstrip("了到") if verb is not None else ""
    if word not in sentence.grammar.lists["finding_money"]:
        return False
    at = place + 1
    if sentence.kind(at + 1) == "P":
        return sentence.word(sentence.tokens[at + 1]) in sentence.grammar.lists["made_for"]
    if sentence.kind(at + 1) not in "VW" or sentence.word(sentence.tokens[at]) != "，":
        return False
    return sentence.word(sentence.tokens[at + 1]).rstrip("了") in sentence.grammar.building


def _to_deed(sentence: Sentence, at: int) -> int:
    """Where it begins to be said what is done with money: behind a comma, or behind what it is done to."""
    tokens, holding = sentence.tokens, sentence.grammar.holding
    if sentence.kind(at) == "B" and sentence.text.startswith(("，用于", "，主要用于"), tokens[at].start):
        at += 1
    if sentence.kind(at) != "P" or sentence.word(tokens[at]) != "对":
        return at
    ahead = at
    while sentence.kind(ahead) not in "BV" and sentence.word(tokens[ahead]) not in holding:
        ahead += 1
    held = ahead < len(tokens) and sentence.word(tokens[ahead]) in holding
    return ahead if held else at  # 投资2600万元对12个小区进行|雨污分流改造


def _object_end(sentence: Sentence, at: int) -> int:
    """Where the object ends that begins at token `at`, with all the items of its list."""
    while not _next_deed(sentence, at) and (
        sentence.kind(at) in "XWFLCE" or (sentence.kind(at) == "V" and sentence.kind(at - 1) in "LC")
    ):
        at += 1
    return at


def _behind_deed(sentence: Sentence, at: int) -> int:
    """Where the verbs end that say what is done; -1 if there are none."""
    tokens, limit, verbs = sentence.tokens, at + 4, 0
    while at <= limit and (sentence.kind(at) in "AVWDP" or (verbs and _and_deed(sentence, at))):
        if verbs and sentence.word(tokens[at]) in ("从", "由"):
            led = next((i for i in range(at, at + 7) if sentence.kind(i) in "FB"), at)
            at = led if sentence.kind(led) == "F" else at  # 铺设了从村口到学校的|水泥路
        if verbs and _names_built(sentence, at):
            break  # 搭起|充电棚
        verbs += tokens[at].kind in "VW" or sentence.word(tokens[at]).startswith("用")
        at += 1
    return at if verbs else -1


def _and_deed(sentence: Sentence, at: int) -> bool:
    """Whether a mark stands between two verbs with one object: 新建|、|改扩建社区用房."""
    return (
        sentence.kind(at) in "LC"
        and sentence.kind(at - 1) in "VW"
        and sentence.kind(at + 1) in "VW"
        and sentence.kind(at + 2) in "XWQ"
    )


def _one_of_sums(sentence: Sentence, place: int) -> bool:
    """Whether a sum is the last one of several that somebody pays: 上级拨款9万元，居民出资|3万元，改造…"""
    at = place - 1
    while sentence.kind(at) not in "BQ":
        at -= 1
    other = sentence.tokens[at - 1].quantity if at > 0 and sentence.kind(at) == "B" else None
    return other is not None and other.unit == "元" and sentence.word(sentence.tokens[at]) == "，"


def _names_built(sentence: Sentence, at: int) -> bool:
    """Whether the verb at token `at` names what the one before it builds."""
    if sentence.kind(at) != "W" or sentence.kind(at - 1) != "V" or sentence.kind(at + 1) != "X":
        return False
    built = sentence.word(sentence.tokens[at - 1]).rstrip("了") in sentence.grammar.building
    return built and sentence.word(sentence.tokens[at]) in sentence.grammar.lists["attributive"]


def _made_there(sentence: Sentence, at: int) -> Noun | None:
    """What is made somewhere or for somebody, behind a comma: 投资40万元，在村口修建了|文化广场."""
    tokens, grammar = sentence.tokens, sentence.grammar
    if sentence.word(tokens[at]) != "，" or sentence.word(tokens[at + 1]) not in grammar.lists["made_for"]:
        return None
    at += 2
    while sentence.kind(at) in "XWFQLCE" and not _builds(sentence, at):
        at += 1
    if not _builds(sentence, at):
        return None
    verb, at = tokens[at], at + 1
    at += sentence.kind(at) == "D"
    if sentence.kind(at) == "Q":
        counted = right(sentence, at, people=False)
        return counted and replace(counted, verb=verb)  # 为楼道安装|36盏声控灯
    last = sentence.on(at, "XW")
    named = last > at and not sentence.word(tokens[at])[0].isdigit()
    return make(sentence, tokens[at:last], verb) if named and sentence.kind(last) in "BQ" else None


def _builds(sentence: Sentence, at: int) -> bool:
    """Whether a token says that something is built, and is part of no noun: 安装|声控灯; but 建设|单位."""
    if sentence.kind(at) not in "VW" or sentence.kind(at + 1) not in "XQD":
        return False
    return sentence.word(sentence.tokens[at]).rstrip("了") in sentence.grammar.building


def _turned_into(sentence: Sentence, at: int) -> Noun | None:
    """What something is turned into: 投资4万元将旧仓库改造成|文化礼堂."""
    tokens = sentence.tokens
    if sentence.kind(at) != "P" or sentence.word(tokens[at]) not in ("将", "把"):
        return None
    at += 1
    at = sentence.on(at, "XWFQ")
    if sentence.kind(at) != "V" or not sentence.word(tokens[at]).endswith(("成", "为")):
        return None
    last = sentence.on(at + 1, "XW")
    return make(sentence, tokens[at + 1 : last], tokens[at]) if sentence.kind(last) == "B" else None


def _next_deed(sentence: Sentence, at: int) -> bool:
    """Whether a list goes on with two deeds more: 投入36万元更换路灯|、举办邻居节、粉刷楼道."""
    if sentence.kind(at) == "L" and sentence.kind(at + 1) in "XV":
        following = sentence.tokens[at + 1]
        done = sentence.kind(at + 2) == "D" and sentence.word(sentence.tokens[at + 2]) == "了"
        if done or completed(sentence.text, following.start, following.end, sentence.grammar):
            return True  # 安装了旗杆|、挂起了国旗
    deed = sentence.kind(at) == "L" and sentence.kind(at + 1) == "V" and sentence.kind(at + 2) == "X"
    third = deed and sentence.kind(at + 3) == "L" and sentence.kind(at + 4) in "VW"
    return third and sentence.kind(at - 1) == "X"


def _by_standard(sentence: Sentence, place: int) -> int | None:
    """Where it goes on behind 标准 that the number at `place` says; None without it."""
    tokens, at = sentence.tokens, place + 1
    while at < len(tokens) and tokens[at].kind in "LCRQDX" and sentence.word(tokens[at]) != "标准":
        at += 1
    at += at < len(tokens) and sentence.word(tokens[at]) in ("”", "’")  # “300—500户”标准
    at += sentence.kind(at) == "F"
    named = sentence.kind(at) == "X" and sentence.word(tokens[at]).startswith("标准")
    return at + 1 if named else None


def _by_share(sentence: Sentence, place: int) -> int | None:
    """Where it goes on behind the share by which something is done: 按照30%的比例|评定优秀网格员."""
    tokens, quantity = sentence.tokens, sentence.tokens[place].quantity
    if quantity is None or quantity.unit != "%":
        return None
    at = place + 1 + (sentence.kind(place + 1) == "F")
    if sentence.kind(at) != "X" or sentence.word(tokens[at]) != "比例":
        return None
    led = (sentence.word(t) for t in tokens[max(0, place - 4) : place] if t.kind == "P")
    return at + 1 if any(word in sentence.grammar.lists["by_share"] for word in led) else None


def _by_rate(sentence: Sentence, place: int) -> int | None:
    """Where it goes on behind a sum for each, by which something is given: 按每平方米1元给予|清洁补贴."""
    at = sentence.back(place - 1, "R")
    led = at < place - 1 and sentence.word(sentence.tokens[at]) in sentence.grammar.lists["by_norm"]
    if not led or sentence.kind(place + 1) != "P":
        return None
    return (
        place + 1 if sentence.word(sentence.tokens[place + 1]) in sentence.grammar.lists["granting"] else None
    )


def _by_norm(sentence: Sentence, place: int) -> int | None:
    """Where it goes on behind a number by which something is staffed: 每个社区按照5至9人|配备“两委”成员."""
    lists, at = sentence.grammar.lists, place - 1
    led = sentence.kind(at) == "P" and sentence.word(sentence.tokens[at]) in lists["by_norm"]
    deed = led and sentence.kind(place + 1) in "VW" and sentence.kind(place + 2) in "XW"
    if not deed or not sentence.word(sentence.tokens[place + 1]).startswith(lists["staffing"]):
        return None
    quantity = sentence.tokens[place].quantity
    people = quantity is not None and quantity.unit in ("人", "名", "位")
    return place + 1 if people and sentence.kind(at - 1) not in "W" else None


def standard(sentence: Sentence, place: int) -> Noun | None:
    """What a standard is about: 按每万人不少于18人的标准配备|社区工作者; without it nothing."""
    tokens = sentence.tokens
    at = _by_standard(sentence, place) or _by_share(sentence, place) or _by_rate(sentence, place)
    at = at or _by_norm(sentence, place)
    if at is None:
        return None
    if sentence.kind(at) == "P" and sentence.word(tokens[at]) in ("对", "给", "向", "为"):
        given, giving = at, sentence.grammar.lists["granting"]  # 按每平方米30元的标准对弃管小区给予|补助
        while (
            given < len(tokens) and tokens[given].kind != "B" and sentence.word(tokens[given]) not in giving
        ):
            given += 1
        at = given if sentence.kind(given) != "B" else at
        if at == given and sentence.kind(at + 1) in "WX":
            return make(sentence, tokens[at + 1 : at + 2], tokens[at])
    if sentence.kind(at) == "P" and sentence.word(tokens[at]) in sentence.grammar.lists["granting"]:
        at += 1  # 依据500元的标准给予|奖励
        last = at
        while sentence.kind(last) in "XVW" or (
            sentence.kind(last) in "LCP" and sentence.kind(last + 1) in "XVW"
        ):
            last += 1
        return make(sentence, [replace(t, kind="X") for t in tokens[at:last]]) if last > at else None
    if sentence.kind(at) not in "VW" or sentence.word(tokens[at]).endswith(("入", "收", "缴", "取")):
        return None
    while sentence.kind(at) == sentence.kind(at + 1) == "V":
        at += 1  # 按300户标准优化|设置|网格
    first = at + 1
    last = sentence.on(first, "XWLC")
    if first == last and sentence.kind(at) == "V" and len(sentence.word(tokens[at])) > 1:
        return Noun(tokens[at].start, tokens[at].end, sentence.word(tokens[at]), tokens[at])  # 标准|出资，…
    return make(sentence, tokens[first:last], tokens[at])
