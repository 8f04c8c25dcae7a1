"""Persons whose role a set phrase tells: 家住某地的某某, 作为网格员，某某…, 某某法官."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiceng.extract.analysis import Analysis
from jiceng.extract.people.names import Names, name_end
from jiceng.extract.people.roles import EDGE, ROLE_REACH, told_role
from jiceng.extract.people.sure import spelled
from jiceng.model import Person
from jiceng.rules import RuleFile
from jiceng.words import is_word

_HAN = re.compile("[\u4e00-\u9fa5]")
_LED = ("的带领", "带领", "的陪同", "陪同", "的引导", "的指引", "的指导")
_INTRODUCED = ("author", "contributed", "living", "serving", "introduced", "role_is", "of_unit", "self")


def told(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """Persons whose role a set phrase tells: 作者：某某，系…, 家住某地的某某, 某某是楼长."""
    for kind in _INTRODUCED:
        rule = rules[f"people.{kind}"]
        for found in rule.pattern.finditer(analysis.text):
            name = found["name"]
            foreign = kind in ("role_is", "serving") and spelled(name, rules)
            if not (foreign or (words.plausible(name) and words.new(name) and words.likely(name))):
                continue
            which = "one" if kind == "introduced" and found["role"] is None else "role"
            start = min(found.start(which), found.start("name"))
            end = max(found.end(which), found.end("name"))
            role = told_role(found[which], analysis)
            yield Person(start=start, end=end, rule=rule.name, name=name, role=role)


def acting(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`作为网格员，段青禾每天巡查`: the role stands before the comma."""
    text = analysis.text
    rule = rules["people.acting"]
    for found in rule.pattern.finditer(text):
        at = found.end()
        end = name_end(text, at, words, rules, weak=True)
        if end:
            role = told_role(found["role"], analysis)
            yield Person(start=found.start("role"), end=end, rule=rule.name, name=text[at:end], role=role)


def called(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`年纪最大的叫张三`: the clause must speak of a person; its words before the verb are the role."""
    text = analysis.text
    rule = rules["people.called"]
    for found in rule.pattern.finditer(text):
        name = found["name"]
        sure = words.plausible(name) and words.new(name) and words.likely(name)
        if not (sure or spelled(name, rules)) or name.endswith(words.called_things):
            continue
        floor = max(0, found.start() - ROLE_REACH)
        start = max((m.end() for m in EDGE.finditer(text, floor, found.start())), default=floor)
        if found.start() - start < 2:  # 有位老师姓戴，叫戴文渊
            start = max((m.end() for m in EDGE.finditer(text, floor, max(floor, start - 1))), default=floor)
        clause = text[start : found.start()].rstrip("，")
        held = [w for w in words.roles if w in clause]
        if held or any(w in clause for w in (*words.of_persons, *words.address)):
            role = max(held, key=lambda w: (len(w), w)) if held else clause
            yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=role)


def titled(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`段青禾法官`: a clear name before a title, at an edge or behind a unit or a word that leads to it."""
    text = analysis.text
    rule = rules["people.titled"]
    for found in rule.pattern.finditer(text):
        end = found.start()
        for start in (end - 4, end - 3, end - 2):
            if start < 0 or not (first := words.surname(text, start)) or end - start - first not in (1, 2):
                continue
            name, before = text[start:end], text[start - 1 : start]
            inside = _HAN.match(before) and before not in words.before_titled
            usual = [c in words.given for c in name[first:]]
            given = all(usual) or (len(name) > 2 and (before == "的" or (not inside and any(usual))))
            led = before == "在" and text.startswith(_LED, found.end())  # 在｜段青｜书记的带领下
            if inside and len(name) < 3 and before not in words.wards and not led:
                continue
            joined = name[0] in "和与" and words.surname(text, start + 1)
            if len(name) > 2 and (name[-1] in "和与及" or joined):
                continue  # 段青和｜主任司马青
            doubtful = not all(usual) or len(name) < 3 or is_word(name[:2])
            doubtful = doubtful or (before != "的" and _HAN.match(before) is not None)
            clear = words.clear(name) or not doubtful
            if clear and given and words.plausible(name) and words.new(name):
                yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=found[0])
                break


def aged(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`小区的居民，张三，今年66岁`: a comma parts the role from the name."""
    text = analysis.text
    rule = rules["people.aged"]
    for found in rule.pattern.finditer(text):
        role = words.role_before(text, found.start()) if found.start() else ""
        group = "name" if found["name"] is not None else "late"
        name = found[group]
        if role and words.plausible(name) and words.new(name) and words.likely(name):
            start = found.start() - len(role)
            yield Person(start=start, end=found.end(group), rule=rule.name, name=name, role=role)


def grouped(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`段青禾等6名党员`: one of several is named before what they are."""
    text = analysis.text
    rule = rules["people.grouped"]
    for last in re.finditer("等", text):
        at = last.start()
        for start in range(max(0, at - 6), at - 1):
            found = rule.pattern.match(text, start)
            if found is None or found.end("name") != at:
                continue
            name, role = found.group("name", "role")
            foreign = rules["people.foreign"].pattern.fullmatch(name) is not None
            usual = words.plausible(name) and words.new(name) and (words.clear(name) or _usual(name, words))
            if foreign or usual:
                yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=role)
                break


def _usual(name: str, words: Names) -> bool:
    """Whether a name of three characters has a usual given name."""
    return len(name) == 3 and words.likely(name)


def together(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`段青禾、司马青等学校领导`: a list of names before what they are."""
    rule = rules["people.together"]
    for found in rule.pattern.finditer(analysis.text):
        names = found["names"].split("、")
        given = [words.given.issuperset(name[words.surname(name, 0) :]) for name in names]
        long = sum(len(name) > 2 for name in names)
        fitting = all(words.plausible(name) and words.new(name) for name in names)
        if not fitting or 2 * min(sum(given), long) < len(names):
            continue
        end = found.start("names")
        for name in names:
            start, end = end, end + len(name)
            yield Person(start=start, end=end, rule=rule.name, name=name, role=found["role"])
            end += 1
