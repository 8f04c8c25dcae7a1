"""Persons whose role stands directly beside the name: before it, behind it, or with either in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiceng.extract.analysis import Analysis
from jiceng.extract.occurrences import occurrences
from jiceng.extract.people.bylines import plain
from jiceng.extract.people.names import NAMING, PARTING, Names, name_end
from jiceng.extract.people.roles import role_start, told_role
from jiceng.extract.people.sure import sure
from jiceng.model import Person
from jiceng.rules import RuleFile
from jiceng.words import is_word, words_of_class

_LONGEST = 14  # characters of a name before brackets
_UNITS = "省市区县旗"  # ends of divisions, which stand beside people in lists, too
_FILLED = re.compile("[，。；、）]|担任|兼任|同志|$")  # behind a name that a verb gives to an office
_LONGER = ("主任", "师傅", "工师")  # the second character may be a family name: 业主｜任, 老师｜傅, 社工｜师
# More than one: 1.4万余名, 三位.
_MANY = re.compile(r"(?:[\d.]{0,8}\d[万千百]?|[两三四五六七八九十百千万几数]{1,6})[余多]?[名位个]")


def before(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`社区党委书记段青禾、司马青`: a role, and the names behind it."""
    text = analysis.text
    rule, listed = rules["people.role_before"], rules["people.listed"]
    places = [place.span(1) for place in words.trigger.finditer(text)]
    repeated, spoken = _repeated(text, [end - 1 for _, end in places], words)
    done = 0
    for gap, _ in places:
        dash = text.startswith("——", gap)  # 社区工作者——段青禾。
        named = text[gap] in NAMING
        at = gap + (2 if dash else named or text[gap] in PARTING)
        head = words.role_before(text, gap) if at >= done else ""
        joined = text[at] == "和"
        if joined and (text.startswith(words.roles, at + 1) or text[at + 1 : at + 2] in words.single):
            continue  # 民警和｜网格员, 书记和｜段青禾
        if text.startswith(_LONGER, gap - 1) and words.surname(text, gap + 1):
            continue  # 物业主｜任段青禾: the role is longer by a character
        if head and text[at] == "记" and text[gap - 1] == "书":
            continue  # 党支书｜记热娜·买买提: the role is longer by a character
        if not head or text.startswith(words.address, at + words.surname(text, at)):
            continue
        weak = head in words.weak or head not in words.roles
        end = name_end(text, at, words, rules, weak)
        if text.startswith(words.of_places, end - 1):
            continue  # 社区长松小区
        if end == 0:
            told = spoken if weak else repeated
            end = next((at + n for n in (3, 2) if text[at : at + n] in told), 0)
        if end == 0 or not _bridged(text, gap, end):
            continue
        if named and (weak or not sure(text[at:end], rules, words)):
            continue  # 主任是明白人
        name = plain(text[at:end])
        start = role_start(analysis, gap - len(head), words)
        role = text[start:gap]
        alone = text[end : end + 1] not in ("、", "和", "等")
        if role.endswith(words.national) or (alone and _MANY.match(role)):
            continue  # 1.4万名志愿者｜向红色驿站报到
        yield Person(start=start, end=end, rule=rule.name, name=name, role=told_role(role, analysis))
        while last := _next(text, end, words, rules, weak):
            name, end = plain(text[end + 1 : last]), last
            yield Person(start=start, end=end, rule=listed.name, name=name, role=told_role(role, analysis))
        done = end


def _bridged(text: str, gap: int, end: int) -> bool:
    """Whether what stands behind a name suits what parts it from its role: not 书记为民｜服务."""
    if text[gap] in NAMING:
        return _FILLED.match(text, end) is not None
    if text[gap] == "—":
        return text[end : end + 1] in ("，", "。", "；", "、", "和", "")
    return text[gap] not in "：\n" or end == len(text) or text[end].isspace()


def _repeated(text: str, starts: Sequence[int], words: Names) -> tuple[frozenset[str], frozenset[str]]:
    """Names that begin at `starts`, behind a role, that the text goes on to use, and those of them whose
    bearers speak.

    `区委书记段卫星到柳湾调研`: the given name is a word, so the reading of this place alone is in doubt;
    elsewhere stands 段卫星指出, or the name before words that differ.
    """
    manner = words_of_class("a")  # 书记｜严肃｜指出
    first = {
        text[start : start + length]
        for start in starts
        for length in (2, 3)
        if length == 2 or words.surname(text, start)
    }
    names = [
        n
        for n in first
        if (len(n) == 2 and n[1] not in words.elders and n not in manner)
        or (len(n) == 3 and words.plausible(n))
    ]
    places = occurrences(text, names)
    behind = {n: [at + len(n) for at in places[n]] for n in names}
    spoken = frozenset(n for n in names if any(text.startswith(words.of_speakers, at) for at in behind[n]))
    varied = (
        n for n in names if len(n) > 2 and n[0] in words.single and len(behind[n]) > 2 and is_word(n[1:])
    )
    several = frozenset(n for n in varied if len({text[at : at + 1] for at in behind[n]}) > 2)
    return spoken | several, frozenset(n for n in spoken if len(n) > 2 and len(behind[n]) > 1)


def _next(text: str, end: int, words: Names, rules: RuleFile, weak: bool) -> int:
    """Where a further name of a list ends that goes on at `end`, or 0; behind 和 it must be a clear one."""
    joint = text[end : end + 1]
    ends = 0
    if joint == "、" or (
        joint == "和"
        and not weak
        and words.single.union(words.compound).intersection(
            (text[end + 1 : end + 2], text[end + 1 : end + 3])
        )
    ):
        ends = name_end(text, end + 1, words, rules, weak)
    if text[ends : ends + 1] in _UNITS and ends < len(text):
        return 0  # 副市长段青禾、秦岭｜区
    return 0 if text.startswith(words.of_places, ends) else ends  # 段青禾、黄泥崖｜社区


def after(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`段青禾，柳岸社区党委书记`: a name that opens a sentence, and the role behind it."""
    rule = rules["people.role_after"]
    for sentence in analysis.sentences:
        found = rule.pattern.match(analysis.text, sentence.start, sentence.end)
        if found and sure(found["name"], rules, words):
            start, end = found.start("name"), found.end("role")
            yield Person(start=start, end=end, rule=rule.name, name=found["name"], role=found["role"])


def bracketed(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`网格员（段青禾）`, `段青禾（网格员）`: one of both stands in brackets."""
    text = analysis.text
    inside, around = rules["people.name_in_brackets"], rules["people.role_in_brackets"]
    for mark in analysis.bracketed:
        if mark.mark != "（":
            continue
        head = next((w for w in words.strong if text.endswith(w, 0, mark.start)), "")
        found = inside.pattern.match(text, mark.start - len(head), mark.end) if head else None
        if found and words.plausible(found["name"]) and words.new(found["name"]):
            start = role_start(analysis, found.start(), words)
            role = told_role(text[start : mark.start], analysis)
            yield Person(start=start, end=mark.end, rule=inside.name, name=found["name"], role=role)
            continue
        for start in range(max(0, mark.start - _LONGEST), mark.start - 1):
            found = around.pattern.match(text, start, mark.end)
            if found and found.end("name") == mark.start and sure(found["name"], rules, words):
                role = told_role(found["role"], analysis)
                yield Person(start=start, end=mark.end, rule=around.name, name=found["name"], role=role)
                break
