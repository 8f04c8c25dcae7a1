"""Where a counted phrase behind its number ends in front of what is said of the counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiceng.extract.metrics.sentence.boundaries import completed, predicate
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, until
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.words import cut, is_word, words_of_class

_LONGEST = 24  # characters of a phrase that are looked at


def no_noun(sentence: Sentence, at: int) -> bool:
    """Whether what follows a number says how something is done: 80余人|有序入场, 老城厢|清楚地标出."""
    word = sentence.word(sentence.tokens[at])
    if word.startswith(("各有", "各自")) or word in sentence.grammar.lists["scrap"]:
        return True  # 只剩30个|了
    described = "F" in (sentence.kind(at + 1), sentence.kind(at + 2))  # 18名|受表彰的军人
    if word == "受" and not described and sentence.kind(at + 1) in "VW":
        return True  # 21人|受表扬
    if (
        word[0] == "受"
        and not described
        and (word[1:3] in words_of_class("v") or word[1:3] in words_of_class("vn"))
    ):
        return word[:2] not in sentence.grammar.nouns  # 80户|受补偿安置
    if word in sentence.grammar.lists["touching"] and sentence.kind(at + 1) == "P":
        return True  # 9处|关系到出行
    if word in sentence.grammar.lists["set_deed"]:
        return True  # 近200人|进群
    if word in sentence.grammar.lists["deed_adverb"]:
        return True  # 60余人|齐聚一堂
    words = cut(word[:_LONGEST])
    if len(words) > 1 and words[0] == "同时" and words[1] in words_of_class("v"):
        return True  # 可供400人|同时休闲
    told = words[1:] == ("地",) or word[:-1] in words_of_class("a")  # but 志愿者耐心|地
    if word[-1] == "地" and len(word) > 2 and sentence.kind(at + 1) in "VWAP" and told:
        return True
    if word[2:3] == "地" and word[:2] in words_of_class("a") and word[3:5] in words_of_class("v"):
        return True  # 80余人|清楚地标出: 地标 is a word, too
    if words[0] not in sentence.grammar.lists["deed_adverb"]:
        return False
    return len(words) < 2 or words[1] in words_of_class("v") or words[1][0] in "入落出进参登不"


def describing_verb(sentence: Sentence, place: int, at: int) -> bool:
    """Whether a verb right behind a number describes the counted: 1名|包联干部, 3名|派驻律师."""
    quantity = sentence.tokens[place].quantity
    if quantity is None or sentence.kind(place - 1) in "XW":
        return False
    if sentence.kind(at) != "V" or sentence.kind(at + 1) != "X" or sentence.kind(at + 2) == "F":
        return False
    who = sentence.word(sentence.tokens[at + 1])
    if quantity.unit not in ("名", "位"):
        return False
    return len(who) <= 4 and who.endswith(sentence.grammar.person_ends)


def persons(sentence: Sentence, before: Sequence[Token], after: Sequence[Token]) -> Sequence[Token] | None:
    """Of persons before 的 and what they have behind it, those who are counted: 2万名社工|的代表, but
    8名水族的|小朋友; None where neither is plain."""
    ends = sentence.grammar.person_ends
    if not before or not after:
        return None
    if (
        sentence.word(after[-1]).endswith(ends)
        and sentence.word(after[-1]) not in sentence.grammar.lists["of_all"]
    ):
        return after
    return before if sentence.word(before[-1]).endswith(ends) else None


def before_result(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Without a verb and what comes of it, which no list knows: 76个网格|划细为190个微网格."""
    last = phrase[-1]
    word = sentence.word(last)
    made = len(word) > 3 and word[-2] in words_of_class("v") and not is_word(word[-2:])
    return [*phrase[:-1], replace(last, end=last.end - 2)] if made else phrase


def plain(sentence: Sentence, before: list[Token]) -> list[Token]:
    """A phrase without a vivid word at its end, which describes what 的 leads to: 居民|沉甸甸的信任."""
    word = sentence.word(before[-1]) if before else ""
    if len(word) < 5 or word[-1] != word[-2]:
        return before
    return [*before[:-1], replace(before[-1], end=before[-1].end - 3)]


def names_sum(sentence: Sentence, before: list[Token]) -> bool:
    """Whether a phrase before 的, which leads to who gets a sum, names it: 领到1.6万元|工资款的居民."""
    return bool(before) and sentence.word(before[-1]).endswith(sentence.grammar.lists["fund"])


def listed_person(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """The persons alone whose number stands in a list of examples: 4户|书香家庭、两个茶摊等做法."""
    last = next((i for i, t in enumerate(phrase) if t.kind == "E"), 0)
    if not last or sentence.word(phrase[-1]).endswith(sentence.grammar.person_ends):
        return phrase
    first = next(i for i, t in enumerate(phrase) if t.kind in "LCE")
    named = first > 0 and sentence.word(phrase[first - 1]).endswith(sentence.grammar.person_ends)
    return phrase[:first] if named else phrase


def graduates(sentence: Sentence, place: int, at: int) -> bool:
    """Whether what follows a number of persons is what they did: 35名|考上大专, 28名|重返课堂."""
    quantity = sentence.tokens[place].quantity
    token = sentence.tokens[at]
    if quantity is None or quantity.unit not in ("名", "位", "人") or sentence.kind(at + 1) in "FLE":
        return False
    grammar = sentence.grammar
    said = sentence.word(token)
    if said.startswith("当上"):
        return True  # 12人|当上老板
    if any(said.find(end) > 0 for end in grammar.person_ends) or said.endswith(grammar.holders):
        return False
    return said.startswith(grammar.lists["became"])


def before_simile(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Without what the counted are likened to: 80名楼长|如同一根根“探头”."""
    if not phrase:
        return phrase
    simile = sentence.grammar.rules["metrics.simile"].pattern
    found = simile.search(sentence.text, phrase[0].start + 2, phrase[-1].end)
    if found is None:
        return phrase
    return [replace(t, end=min(t.end, found.start())) for t in phrase if t.start < found.start()]


def owners(sentence: Sentence, before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether places or bodies before 的 are counted, and not what they have: 35个职能部门|的审批权."""
    if not before or not after:
        return False
    if sentence.word(after[0]) in sentence.grammar.lists["coverage"]:
        return True  # 58个院落|的全覆盖
    if len(after) == 1 and sentence.word(after[0]) in sentence.grammar.lists["done_to"]:
        lists = sentence.grammar.lists
        built = (*lists["built_end"], *lists["place_kind"], *lists["house_end"], "项目", "社", "点")
        return sentence.word(before[-1]).endswith(built)  # 3个文旅项目|的建设
    grammar = sentence.grammar
    ends = (*grammar.lists["place_kind"], *grammar.lists["body"], *grammar.lists["party_body"])
    if not sentence.word(before[-1]).rstrip("）)").endswith(ends) or any(t.kind == "E" for t in before):
        return False
    first = parts_of(sentence.text, before[0].start, before[0].end, grammar)[0]
    sorted_by = len(before) == 2 and sentence.word(before[0]) in grammar.lists["kind_start"]  # 4个试点|小区
    return sorted_by or (before[0].kind == "X" and first.kind not in "VR")


def housed(sentence: Sentence, before: list[Token]) -> list[Token] | None:
    """Places before 的 without what is said of those who live there: 5个小区|居民停车难的状况."""
    if not before or before[0].kind != "X":
        return None
    who, lists = sentence.word(before[0]), sentence.grammar.lists
    for kind in lists["place_kind"]:
        at = who.find(kind) + len(kind)
        said = len(who) > at + 2 or len(before) > 1
        said = said and not sentence.word(before[-1]).endswith(sentence.grammar.person_ends)
        if at >= len(kind) and who.startswith(lists["member"], at) and said:
            return [replace(before[0], end=before[0].start + at)]
    return None


def without_held(sentence: Sentence, before: list[Token], after: Sequence[Token]) -> list[Token]:
    """Places or bodies before 的 without what they have: 30个小区|业委会的全覆盖, 8个党支部|“核心”的功能."""
    if not before or not after or before[0].kind != "X":
        return before
    lists, first = sentence.grammar.lists, before[0]
    word = sentence.word(first)
    if sentence.word(after[0]) in lists["coverage"] or _in_trouble(sentence, before, after):
        ends = (word.find(kind) + len(kind) for kind in lists["place_kind"] if kind in word)
        size = min(ends, default=0)
    else:
        size = word.find("“") if word.endswith("”") else 0
        size = size if word[: max(size, 0)].endswith((*lists["party_body"], *lists["body"])) else 0
    return [replace(first, end=first.start + size)] if size > 1 else before


def _in_trouble(sentence: Sentence, before: list[Token], after: Sequence[Token]) -> bool:
    """Whether places stand with what is wrong there: 13个|小区停车位紧张、充电难的问题."""
    lists, first = sentence.grammar.lists, before[0]
    if len(after) > 1 or sentence.word(after[0]) not in lists["trouble"]:
        return False
    mark = next((t.start for t in before if t.kind in "LC"), before[-1].end)
    said = cut(sentence.text[first.start : mark])
    if len(said) < 2 or any(word in lists["minding"] for word in said):
        return False  # 15个|小区反映强烈的问题
    return said[-1] in words_of_class("a") or said[-1].endswith(("难", "乱", "差", *lists["part_state"]))


def before_handing(sentence: Sentence, place: int, phrase: list[Token]) -> list[Token]:
    """What is handed on, without to whom (将19项执法权|交由乡镇行使), and bodies without what of theirs
    is judged (对80个党支部|党建工作评星定级)."""
    lead = _led_by(sentence, place)
    if not lead or not phrase:
        return phrase
    lists = sentence.grammar.lists
    start, end = phrase[0].start + 2, phrase[-1].end
    last = sentence.text[end - 2 : end]
    if lead == "对" and last in words_of_class("n") and last not in lists["judging"]:
        cuts = []  # 对12个党支部工作品牌
    elif lead == "对":
        bodies = (*lists["party_body"], *lists["body"])
        found = (sentence.text.find(word, start, end) for word in lists["own_work"])
        cuts = [at for at in found if at >= 0 and sentence.text.endswith(bodies, phrase[0].start, at)]
    else:
        found = (sentence.text.find(word, start, end) for word in lists["handed_on"])
        cuts = [at for at in found if at >= 0]
    cut = min(cuts, default=end)
    return [replace(t, end=min(t.end, cut)) for t in phrase if t.start < cut]


def _led_by(sentence: Sentence, place: int) -> str:
    """The 将, 把 or 对 that leads what is counted, whatever describes it (将|符合条件的19项); or nothing."""
    at = place - 1
    between = "XSWVF" if sentence.kind(at) == "F" else "S"
    at = sentence.back(at, between)
    word = sentence.word(sentence.tokens[at]) if at >= 0 and sentence.kind(at) == "P" else ""
    return word if word in ("将", "把", "对") else ""


def without_onset(text: str, noun: Noun, grammar: Grammar) -> Noun:
    """A noun behind a number without what begins the next predicate or phrase: 党员|人均, 楼院|中，."""
    average = next((w for w in grammar.lists["each_average"] if noun.text.endswith(w)), "")
    if average and len(noun.text) > len(average) + 1:
        return until(noun, len(noun.text) - len(average))  # 159名党员|人均86分
    if noun.text.startswith("民族") and noun.text[2:] in grammar.lists["householder"]:
        return until(noun, 2)  # 7个民族|居民4120户
    if noun.text[-1] in grammar.signs.left_behind and len(noun.text) > 2 and not is_word(noun.text[-2:]):
        return until(noun, len(noun.text) - 1)  # 八成房子|是上世纪盖的
    if noun.text[-1] not in "中里" or text[noun.end : noun.end + 1] != "，":
        return noun
    whole = noun.text[:-1].endswith((*grammar.lists["place_kind"], *grammar.person_ends))
    return until(noun, len(noun.text) - 1) if whole else noun


def before_party(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Places without the party's work that covers them: 900个住宅小区|党的工作全覆盖."""
    for index in range(1, len(phrase) - 1):
        before, after = phrase[index - 1], phrase[index + 1]
        if phrase[index].kind != "F" or not sentence.word(after).startswith(
            sentence.grammar.lists["party_matter"]
        ):
            continue
        if sentence.word(before).endswith("党") and before.end - before.start > 2:
            return [*phrase[: index - 1], replace(before, end=before.end - 1)]
    return phrase


def until_deed(sentence: Sentence, before: list[Token]) -> list[Token]:
    """Places before 的 without what they do in a description: 90多个社区|经过初审的推选."""
    if not before or any(t.kind not in "XW" for t in before):
        return before
    place = predicate(sentence.text, before[0].start, before[-1].end, sentence.grammar)
    kinds = sentence.grammar.lists["place_kind"]
    if place is None or not sentence.text.endswith(kinds, before[0].start, place):
        return before
    return [replace(t, end=min(t.end, place)) for t in before if t.start < place]


def planned_anew(sentence: Sentence, at: int, grammar: Grammar) -> bool:
    """Whether the verb at token `at`, behind places, is what was done to them: 52个社区|规划调整成66个."""
    return sentence.kind(at + 1) == "V" and sentence.word(sentence.tokens[at - 1]).endswith(
        grammar.lists["place_kind"]
    )


def to_predicate(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Cut off what happens to the counted, where no list knows its verb: 12类行为|折算成积分."""
    while phrase and phrase[-1].kind in "FLC":
        phrase = phrase[:-1]
    index = len(phrase)
    while index and phrase[index - 1].kind in "XW":
        index -= 1
    first = next((i for i, t in enumerate(phrase) if t.kind not in "XW"), 0)
    if 0 < first < index and all(t.kind in "XWLC" for t in phrase):  # 6个楼门|装了扶手和坐凳
        done = predicate(sentence.text, phrase[0].start, phrase[first - 1].end, sentence.grammar)
        if done is not None and completed(sentence.text, done, phrase[first - 1].end, sentence.grammar):
            return [replace(t, end=min(t.end, done)) for t in phrase[:first] if t.start < done]
    tail = phrase[index:]
    if not any(t.kind == "X" for t in tail):
        return phrase
    place = predicate(sentence.text, tail[0].start, tail[-1].end, sentence.grammar)
    if place is None:
        return phrase
    return [replace(t, end=min(t.end, place)) for t in phrase if t.start < place]


def runs_it(sentence: Sentence, at: int) -> bool:
    """Whether the verb at token `at`, behind places or bodies, has a quoted name as its object:
    61个社区（村）|推广“圆桌会”."""
    lists = sentence.grammar.lists
    if at + 1 >= len(sentence.tokens) or not sentence.word(sentence.tokens[at + 1]).startswith("“"):
        return False
    ends = (*lists["place_kind"], *lists["body"], "（村")
    who = sentence.word(sentence.tokens[at - 1]).rstrip("）").endswith(ends)
    return who and sentence.word(sentence.tokens[at]) in sentence.grammar.verbs
