"""How far the phrase behind a number reaches: over joins and names, up to what the counted do."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.behind import Behind
from jiceng.extract.metrics.after.collectives import has_own_name
from jiceng.extract.metrics.after.tails import planned_anew, runs_it
from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import AND, Sentence, sums_names


def reach(behind: Behind) -> None:
    """Take the phrase as far as it reaches."""
    sentence = behind.sentence
    while behind.follows() in "XWFLC" or _joins(sentence, behind.at, behind.first) or _names_meeting(behind):
        if behind.follows() in "LC" and _ends_at_join(behind):
            break
        if behind.follows() == "W" and behind.at > behind.first and _acts(behind):
            break  # 76个小区|实施改造
        behind.at += 1
    phrase = sentence.tokens[behind.first : behind.at]
    behind.phrase = [replace(t, kind="X") if t.kind == "V" else t for t in phrase]


def _names_meeting(behind: Behind) -> bool:
    """Whether a verb tells what a meeting is for that is held so often: 1次纠纷排查|调处|例会."""
    if (
        behind.follows() != "V"
        or behind.at == behind.first
        or behind.unit not in behind.grammar.lists["held_unit"]
    ):
        return False
    sentence, last = behind.sentence, behind.at + 1
    last = sentence.on(last, "XW")
    named = sentence.word(sentence.tokens[last - 1])
    if behind.word().startswith("进") and last > behind.at + 1 and sentence.kind(last) in "BLC":
        return named in behind.grammar.lists["held"]  # 1次专家|进社区|便民服务活动
    return behind.follows(1) == "X" and behind.word(1) in behind.grammar.lists["held"]


def _ends_at_join(behind: Behind) -> bool:
    """Whether what follows 、 or 和 is not counted too: 10个菜|及多种主食, 17个村|、各部门."""
    if behind.follows(1) not in "XW" or _leads_to_number(behind.sentence, behind.at + 1):
        return True
    one, following = behind.grammar.rules["metrics.one-thing"].pattern, behind.sentence.tokens[behind.at + 1]
    if one.match(behind.sentence.text, following.start):
        return True  # 3所幼儿园|、一个菜市场
    if _begins_clause(behind.sentence, behind.at + 1, behind.grammar):
        return True
    alone = behind.at == behind.first + 1
    if alone and has_own_name(behind.word(-1), behind.word(1), behind.grammar):
        return True  # 5个镇|、柳湾新区
    if behind.follows() == "C" and (
        behind.word(1).startswith(behind.grammar.lists["others"]) or _of_other_kind(behind)
    ):
        return True
    return behind.at > behind.first and behind.word(1).startswith(behind.grammar.lists["all_others"])


def _of_other_kind(behind: Behind) -> bool:
    """Whether what follows 及 is not counted: bodies|及相关责任人; 甲、乙两个小区|及丙小区."""
    sentence, last = behind.sentence, behind.at + 1
    last = sentence.on(last + 1, "XW") - 1
    first, other = behind.word(-1), sentence.word(sentence.tokens[last])
    if behind.unit in ("家", "个") and other.endswith(behind.grammar.lists["staff"]):
        return first.endswith(behind.grammar.lists["body"])
    return sums_names(sentence, behind.place) and first[-2:] == other[-2:]


def _acts(behind: Behind) -> bool:
    """Whether the verb that follows is what the counted do."""
    sentence, at = behind.sentence, behind.at
    if sentence.kind(at - 1) == "X" and behind.word() in behind.grammar.lists["light"]:
        return True
    organised = behind.word() in behind.grammar.lists["organising"]
    if organised and sentence.word(sentence.tokens[at - 1]).endswith(behind.grammar.lists["organiser"]):
        return True  # 5个镇党委|牵头
    done = _done_there(sentence, behind.place, at) or _deed(sentence, at, behind.people)
    return done or planned_anew(sentence, at, behind.grammar) or runs_it(sentence, at)


def _joins(sentence: Sentence, at: int, first: int) -> bool:
    """Whether 与 stands between two nouns that are counted together: 20多种炒菜|与汤品."""
    if at <= first or sentence.kind(at) != "P" or sentence.word(sentence.tokens[at]) not in AND:
        return False
    if sentence.kind(at - 1) not in "XW" or sentence.kind(at + 1) != "X" or sentence.kind(at + 2) != "B":
        return False
    together = sentence.grammar.lists["partnering"]
    return not sentence.word(sentence.tokens[at + 1]).endswith(together)  # 与社区|共驻共建


def _begins_clause(sentence: Sentence, at: int, grammar: Grammar) -> bool:
    """Whether what follows 、 or 和 is who has what is told next (10个小组|、院落支部有党员96人), or the
    other side of something (5个村|和各部门之间)."""
    at = sentence.on(at, "XW")
    if sentence.word(sentence.tokens[at - 1]).endswith("之间"):
        return True
    has = at < len(sentence.tokens) and sentence.word(sentence.tokens[at]) in grammar.lists["there_are"]
    return has and sentence.kind(at + 1) in "XW" and sentence.kind(at + 2) == "Q"


def _leads_to_number(sentence: Sentence, at: int) -> bool:
    """Whether the list item at `at` has a number of its own behind it (志愿者35名、|网格员12名)."""
    at = sentence.on(at, "XWFELC")
    size = sentence.word(sentence.tokens[at - 1]).endswith(sentence.grammar.measure_heads)
    while (
        size and sentence.kind(at) in "VD" and sentence.word(sentence.tokens[at]) in sentence.grammar.bearing
    ):
        at += 1  # 75条意见、|采纳率达96%
    return sentence.kind(at) == "Q"


def _done_there(sentence: Sentence, place: int, at: int) -> bool:
    """Whether places are counted in which the verb at token `at` does something: 在451个点位|安装|探头."""
    if place < 1 or sentence.kind(at + 1) not in ("X", "W"):
        return False
    ahead = sentence.word(sentence.tokens[place - 1])
    urged = ahead in sentence.grammar.lists["urging"] and sentence.kind(place - 1) in "VW"
    urged = urged and sentence.word(sentence.tokens[at - 1]).endswith(sentence.grammar.lists["place_kind"])
    if not urged and ahead not in ("在", "于", "为", "给", "对", "向", "替"):
        return False  # 引导52个小区|成立业委会
    verb, thing = sentence.word(sentence.tokens[at]), sentence.word(sentence.tokens[at + 1])
    if thing in sentence.grammar.lists["worked_area"]:
        return False  # 在7个背街小巷|改造片区
    return verb in sentence.grammar.verbs and not thing.endswith(sentence.grammar.compounds)


def _deed(sentence: Sentence, at: int, people: bool) -> bool:
    """Whether the verb at token `at`, which could be part of a noun, is what those before it do."""
    before, behind = sentence.tokens[at - 1], sentence.kind(at + 1)
    if before.kind != "X" or behind not in "XW":
        return False
    if sentence.word(sentence.tokens[at + 1]) in sentence.grammar.lists["team"]:
        return False  # 30名志愿者|服务队伍
    if not people and not sentence.word(sentence.tokens[at + 1]).startswith(sentence.grammar.patients):
        return False
    return sentence.word(before).endswith(sentence.grammar.holders)
