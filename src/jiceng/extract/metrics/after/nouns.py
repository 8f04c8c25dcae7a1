"""The counted phrase behind a number: next to it, behind a description, or behind a verb of purpose."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.behind import Answer, Behind, is_great, later
from jiceng.extract.metrics.after.built import built_for_both, of_both
from jiceng.extract.metrics.after.collectives import (
    before_deed,
    before_hours,
    before_inside,
    before_limit,
    before_outcome,
    bodies,
    without_predicate,
    without_size,
)
from jiceng.extract.metrics.after.examples import examples
from jiceng.extract.metrics.after.onset import ONSETS, meeting
from jiceng.extract.metrics.after.qualities import QUALITIES
from jiceng.extract.metrics.after.reach import reach
from jiceng.extract.metrics.after.remarks import before_rate, before_remark
from jiceng.extract.metrics.after.tails import (
    before_handing,
    before_party,
    before_result,
    before_simile,
    housed,
    listed_person,
    names_sum,
    owners,
    persons,
    plain,
    to_predicate,
    until_deed,
    without_held,
    without_onset,
)
from jiceng.extract.metrics.sentence.boundaries import owner_end, predicate
from jiceng.extract.metrics.sentence.parts import parts_of
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence, make, sums_names, until, with_others
from jiceng.extract.metrics.sentence.tokens import Token
from jiceng.extract.metrics.steps import first
from jiceng.words import is_word, words_of_class

_ONSETS = (meeting, *QUALITIES, *ONSETS)


def right(sentence: Sentence, place: int, people: bool) -> Noun | None:
    """The phrase behind the number at token `place`: 61个|小区党支部."""
    at = place + 1 + (sentence.kind(place + 1) == "F")
    behind = Behind(sentence, place, sentence.tokens[place].quantity, people, at, at)
    noun = first(_ONSETS, behind)
    if noun is None:
        reach(behind)
        noun = first(_STAGES, behind)
    if noun is None:
        noun = _made(behind)
    return without_onset(sentence.text, noun, sentence.grammar) if noun else None


# --- the phrase, and what does not belong to it -----------------------------------------------------------


def _without_deeds(behind: Behind) -> Answer:
    """Cut off what the counted do, or what is done with them."""
    sentence, unit = behind.sentence, behind.unit
    phrase = before_handing(sentence, behind.place, before_simile(sentence, behind.phrase))
    if behind.follows() == "Q":
        phrase = _before_points(behind, before_deed(sentence, _before_next(sentence, phrase)))
    if phrase and (behind.people or unit in ("家", "支")):
        phrase = without_predicate(sentence, phrase)
    if behind.people and len(phrase) > 1 and phrase[-1].kind == "W":
        phrase = phrase[:-1]
    if len(phrase) > 1 and phrase[-1].kind == "W" and behind.follows() == "D" and behind.word() == "了":
        phrase = phrase[:-1]  # 1.2公里路段|安装了
    phrase = _until_when(sentence, phrase)
    if phrase and unit in ("个", "家"):
        phrase = before_limit(sentence, phrase)
    together = with_others(sentence, behind.place)
    while together and len(phrase) > 1 and sentence.word(phrase[-1]) in behind.grammar.lists["partnering"]:
        phrase = phrase[:-1]  # 与7个社区党支部|结对共建
    phrase = to_predicate(sentence, _before_deed(sentence, phrase, behind.people or behind.kind == "share"))
    while phrase and phrase[-1].kind in "FLC":
        phrase = phrase[:-1]
    if phrase and phrase[-1].kind == "X" and behind.follows() in "VAP":
        last = phrase[-1]
        how = next((w for w in behind.grammar.lists["adverbial"] if sentence.word(last).endswith(w)), "")
        if how and last.end - last.start > len(how):
            phrase = [*phrase[:-1], replace(last, end=last.end - len(how))]  # 11个村|普遍建起
    if phrase and phrase[-1].kind == "X" and behind.follows() in "BP":
        phrase = before_outcome(sentence, phrase, behind.people, behind.word())
    becomes = behind.word() == "为" and sentence.kind(behind.at + 1) == "Q"
    if phrase and phrase[-1].kind == "X" and becomes:
        phrase = before_result(sentence, phrase)
    behind.phrase = before_party(sentence, listed_person(sentence, phrase) if behind.people else phrase)
    return None


def _around_of(behind: Behind) -> Answer:
    """Of what stands before and behind 的 what is counted."""
    phrase, sentence, people = behind.phrase, behind.sentence, behind.people
    parts = [i for i, t in enumerate(phrase) if t.kind == "F"]
    if not parts:
        return None
    before, after = phrase[: parts[0]], phrase[parts[-1] + 1 :]
    places = behind.unit in ("个", "家", "所")
    before = plain(sentence, before) if people else before
    who = persons(sentence, before, after) if people else None
    before = until_deed(sentence, before) if places else before
    before = without_held(sentence, before, after) if places else before
    lived_in = housed(sentence, before) if places and after else None
    if lived_in is not None:
        behind.phrase = lived_in
        return None
    norm = bool(before and after) and sentence.word(after[0]).startswith(behind.grammar.lists["norm_head"])
    ground = bool(before and after) and sentence.word(after[-1]) in behind.grammar.lists["on_ground"]
    norm = norm or ground  # 在完成30户维修加固|的基础上
    norm = norm or (places and _made_or_mended(behind, after))
    whose = people and before and after and sentence.word(after[-1]).endswith(behind.grammar.lists["concern"])
    norm = norm or bool(whose and sentence.word(before[-1]).endswith(behind.grammar.person_ends))
    ends = (
        *behind.grammar.lists["place_kind"],
        *behind.grammar.lists["party_body"],
        *behind.grammar.person_ends,
    )
    made_up = bool(before and after) and sentence.word(after[-1]).endswith(behind.grammar.lists["structure"])
    norm = norm or (made_up and sentence.word(before[-1]).endswith(ends))  # 20个网格|的治理架构
    # 柳湾、荷塘2个地块|的签约
    norm = norm or (places and bool(before) and sums_names(sentence, behind.place))
    short = len(before) == 1 and before[0].end - before[0].start <= 4
    fitting = sentence.text[before[0].start : before[-1].end] if before and after else ""
    fits = behind.grammar.fitting.get(behind.unit or "", ())
    thing = max((fitting.find(w) + len(w) for w in fits if w in fitting), default=0)
    if thing and not sentence.word(after[-1]).endswith(fits):
        start = before[0].start  # 300余辆|电动车乱停引发的院落
        behind.phrase = [replace(before[0], kind="X", end=start + thing)]
        return None
    owned = not people and places and owners(sentence, before, after)
    bare = not people and short and not _describes(sentence, before[0])
    bare = bare and not (behind.kind == "measure" and sentence.word(before[0]) in behind.grammar.sizes)
    if bare and behind.unit in behind.grammar.lists["case_unit"] and after:
        bare = not sentence.word(before[0]).endswith(behind.grammar.lists["member"])  # 200件群众|的烦心事
    if who is not None and not norm:
        behind.phrase = list(who)
    elif norm or owned or bare or (behind.kind == "money" and names_sum(sentence, before)):
        behind.phrase = before
    elif after:
        behind.phrase = after
    return None


def _until_when(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Without what says only that something came before or after: 得到380万元贷款|后."""
    timed = len(phrase) > 1 and phrase[-2].kind == "W" and sentence.word(phrase[-1]) in ("后", "前", "时")
    return phrase[:-1] if timed else phrase


def _made_or_mended(behind: Behind, after: list[Token]) -> bool:
    """Whether what follows 的 is only what is done with the counted: 5个小广场|的营造."""
    if len(after) != 1 or behind.follows() not in "BLCV":
        return False
    return behind.sentence.word(after[0]) in behind.grammar.lists["making"]


def _no_name(behind: Behind) -> Answer:
    """What is not Chinese, opens a bracket, or is a standard: 阅览室达到240平方米的|标准要求."""
    phrase, sentence = behind.phrase, behind.sentence
    if not phrase:
        return None
    said = sentence.text[phrase[0].start : phrase[-1].end]
    kinds = said.startswith(behind.grammar.lists["bracketed_kind"])  # 188个（村）社区网格
    if (said.startswith(("（", "(")) and not kinds) or not any("\u4e00" <= c <= "\u9fff" for c in said):
        return False
    if is_great(sentence, behind.place):
        phrase = later(phrase, 1)
    if phrase and sentence.word(phrase[0]) in behind.grammar.lists["bare_norm"]:
        return False
    norm = bool(phrase) and sentence.word(phrase[0]).startswith("标准")
    if norm and not sentence.word(phrase[0]).startswith("标准化"):
        phrase = later(phrase, 2)
        phrase = phrase[1:] if len(phrase) > 1 and phrase[0].kind == "W" else phrase
    behind.phrase = phrase
    return None


_STAGES = (examples, _without_deeds, _around_of, _no_name)


def _made(behind: Behind) -> Noun | None:
    """The phrase as a noun, without what is said of it behind."""
    sentence, grammar, unit = behind.sentence, behind.grammar, behind.unit
    noun = make(sentence, behind.phrase, behind.verb)
    if noun is None or noun.text in grammar.signs.adverb:
        return None  # 其中5个|曾是…
    if noun.text in grammar.lists["level"] and behind.follows() + behind.follows(1) == "LQ":
        whole = right(sentence, behind.at + 1, behind.people)  # 1个市级、8个镇级|调解室
        level = next((w for w in grammar.lists["level"] if whole and whole.text.startswith(w)), "")
        if whole is None or whole.text != level:  # it is where the text breaks off
            return whole and replace(whole, start=whole.start + len(level), text=whole.text[len(level) :])
    if built_for_both(behind, noun):
        built = of_both(behind, right(sentence, behind.at + 1, behind.people))
        if built is not None:
            return built
    if behind.kind == "measure" and len(noun.text) > 2 and noun.text[-1] == "内" and len(noun.items) < 2:
        return until(noun, len(noun.text) - 1)  # 1.7平方公里|片区内
    follows = behind.follows()
    noun = before_inside(before_hours(sentence, noun), follows, grammar)
    if unit in ("个", "家") and len(noun.text) > 3:
        noun = bodies(sentence, noun, follows)
    if behind.kind == "classifier" and follows in "VDQP" and noun.text.endswith("率"):
        size = owner_end(noun.text, grammar) or before_rate(noun.text)
        if size:
            return until(noun, size)  # 20个小区|缴费率
    if len(noun.text) > 3:
        noun = before_remark(sentence, noun, unit)
    return without_size(noun, grammar) if follows in "AVDQ" else noun


def _before_deed(sentence: Sentence, phrase: list[Token], people: bool) -> list[Token]:
    """People without what they do to something with 的: 20多名居民|搬来自家的小板凳."""
    size = next((i for i, t in enumerate(phrase) if t.kind not in "XW"), len(phrase))
    if not people or not 0 < size < len(phrase) or phrase[size].kind == "E":
        return phrase
    place = predicate(sentence.text, phrase[0].start, phrase[size - 1].end, sentence.grammar)
    if place is None or not sentence.text[:place].endswith(sentence.grammar.person_ends):
        return phrase
    return [replace(t, end=min(t.end, place)) for t in phrase[:size] if t.start < place]


def _describes(sentence: Sentence, token: Token) -> bool:
    """Whether what stands before 的 describes and is not counted itself: 闹矛盾|的夫妻, 楼栋|的屋面."""
    word = sentence.word(token)
    if word.endswith(sentence.grammar.qualities) or word[0] == "各":
        return True  # 各具特色|的小分队
    if len(word) == 4 and word[2] == "不" and is_word(word):
        return True  # 屡教不改|的商户
    if word.startswith(sentence.grammar.lists["state_verb"]) and len(word) > 2:
        return True  # 符合条件|的企业
    parts = parts_of(sentence.text, token.start, token.end, sentence.grammar)
    said = sentence.text[parts[-1].start : parts[-1].end]
    if said in words_of_class("a") or said in words_of_class("v") or said[-1] in "了过着" or said == "专门":
        return True  # 老化|的供暖管道, 坏了|的路灯
    return parts[0].kind in "VR" or parts[-1].kind in "VRI"


def _before_points(behind: Behind, phrase: list[Token]) -> list[Token]:
    """Without what is done with the points that follow: 参加1次志愿服务|积|10分."""
    grants = behind.grammar.signs.grants_points
    following = behind.sentence.tokens[behind.at].quantity
    if not phrase or following is None or following.unit != "分":
        return phrase
    last = phrase[-1]
    if last.end - last.start < 2 or behind.sentence.text[last.end - 1] not in grants:
        return phrase
    return [*phrase[:-1], replace(last, end=last.end - 1)]


def _before_next(sentence: Sentence, phrase: list[Token]) -> list[Token]:
    """Leave the next number its own noun: 32个区直部门|认领|需求61条."""
    grammar = sentence.grammar
    for index in range(len(phrase) - 2, 0, -1):
        verb, after = phrase[index], phrase[index + 1]
        if verb.kind == "W" and phrase[index - 1].kind == after.kind == "X":
            deed = sentence.word(verb) in grammar.verbs and not sentence.word(phrase[-1]).endswith(
                grammar.compounds
            )
            return phrase[:index] if deed else phrase
    return phrase
