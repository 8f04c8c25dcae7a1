"""Places and bodies that are counted, without what is said of them: 7个社区|居民反映, 5个部门|超期反馈."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.farther.outcomes import outcome
from jiceng.extract.metrics.sentence.boundaries import predicate
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, until
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.words import cut as words
from jiceng.words import is_word, words_of_class

_LACK = 4  # characters behind a phrase in which it may be told what is lacking
_HOUSES = frozenset("场院堂店站厂社园馆铺所室行校")


def bodies(sentence: Sentence, noun: Noun, follows: str) -> Noun:
    """The bodies alone, where a phrase behind their number goes on with what is said of them.

    `follows` is the kind of the token behind the phrase.
    """
    text, grammar = noun.text, sentence.grammar
    ends = (*grammar.lists["place_kind"], *grammar.lists["body"])
    for stationed in grammar.lists["stationed"]:
        at = text.find(stationed, 2)
        if at > 0 and text[:at].endswith(ends):
            return until(noun, at)  # 15家单位|常驻、派员坐班
    if len(noun.items) > 1:
        at = next((place for w in grammar.lists["listed_member"] if (place := text.find(w)) > 0), 0)
        named = at > 0 and text[:at].rstrip("）").endswith(ends)
        return until(noun, at) if named and noun.start + at < noun.items[0][1] else noun  # 9个村|党员、群众
    if len(text) < 4 or text[0] in "“《（":
        return noun
    size = _before_members(sentence, noun, follows, ends) or _before_lack(sentence, noun, ends)
    size = size or _before_manner(sentence, noun, follows, ends)
    return until(noun, size) if size else noun


def _before_members(sentence: Sentence, noun: Noun, follows: str, ends: tuple[str, ...]) -> int:
    """Where bodies end before their members, of whom something is said, or who lead them; 0 if nowhere."""
    text, lists = noun.text, sentence.grammar.lists
    for who in lists["member"]:
        at = text.find(who, 1)
        if at > 0 and text[:at].endswith(ends) and _said(sentence, noun, at + len(who), follows):
            return at
    lead = next((w for w in lists["lead"] if text.endswith(w)), "")
    behind = len(text) - len(lead)
    return behind if lead and text[:behind].endswith(ends) else 0  # 10个县区组织部门|分管负责同志


def _before_manner(sentence: Sentence, noun: Noun, follows: str, ends: tuple[str, ...]) -> int:
    """Where bodies end before how they do something: 13个部门|限时办理, 7个单位|限期|办结; 0 if nowhere."""
    text, grammar = noun.text, sentence.grammar
    if text.endswith(grammar.compounds):
        return 0
    for how in grammar.lists["means_of_deed"]:
        at = text.find(how, 2)
        if at > 0 and text.endswith(ends, 0, at):
            rest = noun.start + at + len(how)
            if rest == noun.end:
                return at if follows in "VA" else 0
            deeds = parts_of(sentence.text, rest, noun.end, grammar)
            return at if all(part.kind in "VRIDW" for part in deeds) else 0
    return 0


def _before_lack(sentence: Sentence, noun: Noun, ends: tuple[str, ...]) -> int:
    """Where places end before what they lack or have, or what came of them; 0 if nowhere."""
    text, grammar = noun.text, sentence.grammar
    lists = grammar.lists
    lacking = grammar.rules["metrics.without-care"].pattern.search(
        sentence.text, noun.start, noun.end + _LACK
    )
    if lacking is not None and text[: lacking.start() - noun.start].endswith(ends):
        return lacking.start() - noun.start
    for part in lists["part_of_place"]:
        at = text.find(part, 2)
        last = next(iter(words(text[at + len(part) :])), "") if at > 0 else ""
        told = last in words_of_class("a") or last in lists["part_state"]
        if told and text[:at].endswith(ends):
            return at  # 3个小区|路面平整干净
    for asset in lists["asset"]:
        if text.endswith(asset) and text[: -len(asset)].endswith((*ends, *lists["point_of_service"])):
            return len(text) - len(asset)
    if any(word in text for word in lists["answered"]):
        for at in range(2, len(text) - 1):
            if text[:at].endswith(ends) and outcome(text, at, len(text), grammar):
                return at
    return 0


def _said(sentence: Sentence, noun: Noun, at: int, follows: str) -> bool:
    """Whether what stands behind `noun.text[:at]` is a predicate: 群众|评价好; so is a verb that follows."""
    if at == len(noun.text):
        return follows in "VA"
    last = parts_of(noun.text, at, len(noun.text), sentence.grammar)[-1]
    word = noun.text[last.start : last.end]
    return last.kind in "VRI" or word in words_of_class("a")


def before_outcome(sentence: Sentence, phrase: list[Token], people: bool, follows: str) -> list[Token]:
    """People without what they come to (带动480名绣娘|就业), and things without how long something lasts
    (4条小巷|坑洼多年), in front of the word `follows`."""
    last, grammar = phrase[-1], sentence.grammar
    if follows in ("在", "于"):
        return before_living(sentence, phrase)
    word = sentence.word(last)
    for end in grammar.lists["lasting"]:
        if word.endswith(end) and len(word) - len(end) > 3 and not is_word(word):
            return [*phrase[:-1], replace(last, end=last.end - len(end) - 2)]
    came = next((w for w in grammar.lists["come_to"] if word.endswith(w)), "")
    at = word.find("在", 1)
    size = at if at > 1 and word[at : at + 2] not in grammar.lists["on_place"] else len(word) - len(came)
    if not people or not came or size < 2:
        return phrase
    return [*phrase[:-1], replace(last, end=last.start + size)]


def before_limit(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """A phrase without what is said of how it compares: 3个单位满意率|低于规定的标准."""
    first = phrase[0]
    compares = sentence.grammar.rules["metrics.compares"].pattern
    limit = compares.search(sentence.text, first.start + 2, first.end) if first.kind == "X" else None
    return [replace(first, end=limit.start())] if limit is not None else phrase


def before_deed(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Bodies and people without a verb whose object has a number of its own: 21个县|招聘|860名网格员."""
    grammar = sentence.grammar
    last = phrase[-1] if phrase else None
    if last is not None and last.kind == "X" and last.end - last.start > 2:
        stem = sentence.text[last.start : last.end - 1]
        hand = sentence.text[last.end - 1] in grammar.lists["hand_verb"] and not is_word(
            sentence.text[last.end - 2 : last.end]
        )
        if hand and stem.endswith((*grammar.person_ends, *grammar.lists["place_kind"])):
            return [*phrase[:-1], replace(last, end=last.end - 1)]  # 给12家商户|打一次分
    if len(phrase) < 2 or phrase[-1].kind != "W" or phrase[-2].kind != "X":
        return phrase
    if sentence.word(phrase[-1]) in grammar.lists["going_on_long"]:
        return phrase[:-1]  # 两成的电梯|运行|超过15年
    doer = (
        sentence.word(phrase[-2])
        .rstrip("）")
        .endswith((*grammar.lists["actor"], *grammar.lists["place_kind"]))
    )
    return phrase[:-1] if doer and sentence.word(phrase[-1]) in grammar.verbs else phrase


def without_predicate(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Cut off a predicate that no verb list knows: 86名网格员|参训."""
    last = next((i for i in range(len(phrase), 0, -1) if phrase[i - 1].kind not in "XW"), 0)
    if last:  # the last of a list: 外卖员、快递员|化身探头
        listed = phrase[last - 1].kind in "LC" and 1 < last < len(phrase)
        listed = listed and sentence.word(phrase[last - 2]).endswith(sentence.grammar.person_ends)
        return [*phrase[:last], *without_predicate(sentence, phrase[last:])] if listed else phrase
    word = sentence.text[phrase[0].start : phrase[-1].end]
    acts = predicate(sentence.text, phrase[0].start, phrase[-1].end, sentence.grammar)
    if acts is not None and sentence.text.endswith(sentence.grammar.person_ends, phrase[0].start, acts):
        return [replace(t, end=min(t.end, acts)) for t in phrase if t.start < acts]  # 14位楼长|佩戴徽章
    if word.endswith(sentence.grammar.lists["household_end"]):
        return phrase
    no_person = sentence.grammar.lists["no_person"]
    ends = [
        word.rfind(h) + len(h)
        for h in sentence.grammar.person_ends
        if word.rfind(h) >= 0
        and word[: word.rfind(h) + len(h)][-2:] not in no_person
        and not word.startswith("区", word.rfind(h) + len(h))  # 居民区|党支部
    ]
    cut = max(ends, default=len(word))
    if word.count("“", 0, cut) > word.count("”", 0, cut):
        cut = word.find("”", cut) + 1 or cut  # “银龄人才”|常驻社区
    rest = next(iter(words(word[cut:])), "")
    if len(word) - cut < 2 or cut < 2 or (rest[-1] in _HOUSES and rest in words_of_class("n")):
        return phrase  # 86家家庭|农场
    place = phrase[0].start + cut
    return [replace(t, end=min(t.end, place)) for t in phrase if t.start < place]


def has_own_name(kind: str, other: str, grammar: Grammar) -> bool:
    """Whether behind a bare kind of place another place follows by its name, which is not counted: 5个镇|、
    柳湾新区."""
    lists = grammar.lists
    if kind not in (*lists["area_end"], *lists["place_kind"], "建制村", "村"):
        return False
    if other.startswith(lists["kind_start"]) or len(other) < 4:
        return False
    return other.endswith((*lists["own_place"], "居委会", "村委会"))


def before_living(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """People without what they do where 在 leads: 2.8万群众|生活|在镇区里."""
    last, grammar = phrase[-1], sentence.grammar
    word = sentence.word(last)
    living = next((w for w in grammar.lists["living"] if word.endswith(w)), "")
    if not living or not word[: -len(living)].endswith(grammar.person_ends):
        return phrase
    return [*phrase[:-1], replace(last, end=last.end - len(living))]


def before_inside(noun: Noun, follows: str, grammar: Grammar) -> Noun:
    """Houses and places without what says that something is in them: 28栋楼|里住着.

    `follows` is the kind of the token behind the phrase.
    """
    house = (*grammar.lists["house_end"], *grammar.lists["place_kind"], "楼", "院")
    inside = noun.text[-1] in "里内" and follows in "VPX" and noun.text[:-1].endswith(house)
    return until(noun, len(noun.text) - 1) if inside else noun


def before_hours(sentence: Sentence, noun: Noun) -> Noun:
    """Places without the hours at which they are open: 6个机关大院|夜间开放, 6个机关大院|夜间和节假日."""
    lists = sentence.grammar.lists
    when = next((w for w in lists["open_times"] if noun.text.endswith(w)), "")
    behind = noun.end + sentence.text.startswith(("和", "、"), noun.end)
    opened = sentence.text.startswith((*lists["opening"], *lists["open_times"]), behind)
    return until(noun, len(noun.text) - len(when)) if opened and len(noun.text) > len(when) + 1 else noun


def without_size(noun: Noun, grammar: Grammar) -> Noun:
    """Things without the size that is told of them next: 21个服务场所|面积全部超300平方米."""
    for size_word in grammar.sizes:
        inside = len(size_word) == 1 and is_word(noun.text[-2:])  # 部门执法力量
        if noun.text.endswith(size_word) and not inside:
            placed = noun.text.removesuffix(size_word).endswith(grammar.lists["place_kind"])
            if len(noun.text) < 5 and not placed:
                return noun
            noun = until(noun, len(noun.text) - len(size_word))
            work = next((w for w in grammar.lists["making"] if noun.text.endswith(w)), "")
            return until(noun, len(noun.text) - len(work)) if len(noun.text) - len(work) > 1 else noun
    return noun
