"""Persons with a role: officials and residents who are named, writers and photographers who are credited.

Leaders of the country are background and left out. How far a name reaches is read by `names`; in
credits the white space of the source, which the repair leaves out, decides as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from jiceng.extract.analysis import ITEM, Analysis
from jiceng.extract.occurrences import occurrences
from jiceng.extract.people.authors import authors
from jiceng.extract.people.bylines import bylines, plain
from jiceng.extract.people.names import Names, name_end, names_of, settled
from jiceng.extract.people.speakers import speakers
from jiceng.lexicon import Lexicon
from jiceng.model import Person
from jiceng.rules import RuleFile, load_rules
from jiceng.words import cut, is_word, words_of_class

_EDGE = re.compile(r"[，。！？；：“”‘’《》（）()\n■□◆●▲【】\s]")
_HAN = re.compile("[\u4e00-\u9fa5]")
_ROLE_REACH = 40
_LONGEST = 14  # characters of a name before brackets
_UNITS = "省市区县旗"  # ends of divisions, which stand beside people in lists, too
_LONGER = ("主任", "师傅", "工师")  # the second character may be a family name: 业主｜任, 老师｜傅, 社工｜师
# More than one: 1.4万余名, 三位.
_MANY = re.compile(r"(?:[\d.]{0,8}\d[万千百]?|[两三四五六七八九十百千万几数]{1,6})[余多]?[名位个]")
_LED = ("的带领", "带领", "的陪同", "陪同", "的引导", "的指引", "的指导")
_INTRODUCED = ("author", "contributed", "living", "serving", "introduced", "role_is", "of_unit", "self")


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Person, ...]]:
    """The function that finds the persons of an article, one fact for each name, in order."""
    rules = load_rules("people", lexicon)
    words = names_of(lexicon.scheme("roles"), lexicon.scheme("surnames"), rules)

    def extract(analysis: Analysis) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        candidates = (
            *bylines(analysis, rules, words),
            *authors(analysis, rules, words),
            *_before(analysis, rules, words),
            *_after(analysis, rules, words),
            *_grouped(analysis, rules, words),
            *_together(analysis, rules, words),
            *_bracketed(analysis, rules, words),
            *_told(analysis, rules, words),
            *_acting(analysis, rules, words),
            *_called(analysis, rules, words),
            *_titled(analysis, rules, words),
            *_aged(analysis, rules, words),
        )
        names = settled((person.name for person in candidates), analysis.text)
        for person in sorted(candidates, key=lambda p: (p.start, p.end)):
            person = _renamed(person, names[person.name], analysis.text)
            found.setdefault(person.name, person)
        for person in speakers(analysis, rules, words):
            found.setdefault(person.name, person)
        return tuple(sorted(found.values(), key=lambda p: (p.start, p.end)))

    return extract


def _renamed(person: Person, name: str, text: str) -> Person:
    """A person under the name that the whole text shows."""
    if name == person.name:
        return person
    last = text.startswith(person.name, person.end - len(person.name))  # the name ends the quote
    return replace(person, name=name, end=person.end + (len(name) - len(person.name) if last else 0))


def _before(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    text = analysis.text
    rule, listed = rules["people.role_before"], rules["people.listed"]
    places = [place.span(1) for place in words.trigger.finditer(text)]
    repeated, spoken = _repeated(text, [end - 1 for _, end in places], words)
    done = 0
    for gap, _ in places:
        dash = text.startswith("——", gap)  # 社区工作者——段青禾。
        at = gap + (2 if dash else text[gap] in " \u3000”：\n")
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
        if end == 0 or (text[gap] in "：\n" and not (end == len(text) or text[end].isspace())):
            continue
        if dash and text[end : end + 1] not in ("，", "。", "；", "、", "和", ""):
            continue
        name = plain(text[at:end])
        start = _role_start(analysis, gap - len(head), words)
        role = text[start:gap]
        alone = text[end : end + 1] not in ("、", "和", "等")
        if role.endswith(words.national) or (alone and _MANY.match(role)):
            continue  # 1.4万名志愿者｜向红色驿站报到
        yield Person(start=start, end=end, rule=rule.name, name=name, role=_role(role, analysis))
        while last := _next(text, end, words, rules, weak):
            name, end = plain(text[end + 1 : last]), last
            yield Person(start=start, end=end, rule=listed.name, name=name, role=_role(role, analysis))
        done = end


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


def _role_start(analysis: Analysis, at: int, words: Names) -> int:
    """Where the role phrase begins whose last word begins at `at`: 县委常委、组织部长 is one phrase."""
    text = analysis.text
    floor = max(0, at - _ROLE_REACH)
    start = floor
    for edge in _EDGE.finditer(text, floor, at):
        start = edge.end()
    if item := ITEM.match(text, start, at):
        start = item.end()
    # An enumeration belongs to the role only as far as each of its parts is a role itself.
    for comma in reversed([i for i in range(start, at) if text[i] == "、"]):
        if not text.endswith(words.roles, 0, comma):
            start = comma + 1
            break
    # The last of the words before a role, cut by the dictionary: 和 in 呼和浩特 is none, nor is a part of
    # the division's own name.
    name = analysis.article.division.name
    own = text.find(name, start, at + len(name))
    place = start
    for word in cut(text[start:at]):
        place += len(word)
        if word in words.before_role and not (own >= 0 and own < place <= own + len(name)):
            start = place
    return start


def _role(role: str, analysis: Analysis) -> str:
    """The role without the division's own name: of 成都市武侯区委书记 in 武侯区's article, 区委书记."""
    name = analysis.article.division.name
    at = role.find(name)
    if at >= 0 and role[at + len(name) : at + len(name) + 1] in ("委", "长"):
        return role[at + len(name) - 1 :]
    return role


def _after(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    rule = rules["people.role_after"]
    for sentence in analysis.sentences:
        found = rule.pattern.match(analysis.text, sentence.start, sentence.end)
        if found and _sure(found["name"], rules, words):
            start, end = found.start("name"), found.end("role")
            yield Person(start=start, end=end, rule=rule.name, name=found["name"], role=found["role"])


def _grouped(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
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


def _together(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
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


def _bracketed(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    text = analysis.text
    inside, around = rules["people.name_in_brackets"], rules["people.role_in_brackets"]
    for mark in analysis.bracketed:
        if mark.mark != "（":
            continue
        head = next((w for w in words.strong if text.endswith(w, 0, mark.start)), "")
        found = inside.pattern.match(text, mark.start - len(head), mark.end) if head else None
        if found and words.plausible(found["name"]) and words.new(found["name"]):
            start = _role_start(analysis, found.start(), words)
            role = _role(text[start : mark.start], analysis)
            yield Person(start=start, end=mark.end, rule=inside.name, name=found["name"], role=role)
            continue
        for start in range(max(0, mark.start - _LONGEST), mark.start - 1):
            found = around.pattern.match(text, start, mark.end)
            if found and found.end("name") == mark.start and _sure(found["name"], rules, words):
                role = _role(found["role"], analysis)
                yield Person(start=start, end=mark.end, rule=around.name, name=found["name"], role=role)
                break


def _sure(name: str, rules: RuleFile, words: Names) -> bool:
    """Whether nothing but a name is spelled so: 段青禾, 买买提·艾力, not 安全."""
    if _spelled(name, rules):
        return True
    return words.plausible(name) and (words.clear(name) or (words.new(name) and words.likely(name)))


def _spelled(name: str, rules: RuleFile) -> bool:
    """Whether a name is spelled after another language: 扎西次仁, 买买提·艾力."""
    return "·" in name or rules["people.foreign"].pattern.fullmatch(name) is not None


def _acting(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`作为网格员，段青禾每天巡查`: the role stands before the comma."""
    text = analysis.text
    rule = rules["people.acting"]
    for found in rule.pattern.finditer(text):
        at = found.end()
        end = name_end(text, at, words, rules, weak=True)
        if end:
            role = _role(found["role"], analysis)
            yield Person(start=found.start("role"), end=end, rule=rule.name, name=text[at:end], role=role)


def _told(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """Persons whose role a set phrase tells: 作者：某某，系…, 家住某地的某某, 某某是楼长."""
    for kind in _INTRODUCED:
        rule = rules[f"people.{kind}"]
        for found in rule.pattern.finditer(analysis.text):
            name = found["name"]
            foreign = kind in ("role_is", "serving") and _spelled(name, rules)
            if not (foreign or (words.plausible(name) and words.new(name) and words.likely(name))):
                continue
            if "·" in name and words.role_within(name):
                continue  # 队长买买提·艾力是…: the role stands before the name
            if kind == "of_unit" and not words.given.issuperset(name[words.surname(name, 0) :]):
                continue
            which = "one" if kind == "introduced" and found["role"] is None else "role"
            start = min(found.start(which), found.start("name"))
            end = max(found.end(which), found.end("name"))
            role = _role(found[which], analysis)
            yield Person(start=start, end=end, rule=rule.name, name=name, role=role)


def _called(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
    """`年纪最大的叫张三`: the clause must speak of a person; its words before the verb are the role."""
    text = analysis.text
    rule = rules["people.called"]
    for found in rule.pattern.finditer(text):
        name = found["name"]
        sure = words.plausible(name) and words.new(name) and words.likely(name)
        if not (sure or _spelled(name, rules)) or name.endswith(words.called_things):
            continue
        floor = max(0, found.start() - _ROLE_REACH)
        start = max((m.end() for m in _EDGE.finditer(text, floor, found.start())), default=floor)
        if found.start() - start < 2:  # 有位老师姓戴，叫戴文渊
            start = max((m.end() for m in _EDGE.finditer(text, floor, max(floor, start - 1))), default=floor)
        clause = text[start : found.start()].rstrip("，")
        held = [w for w in words.roles if w in clause]
        if held or any(w in clause for w in (*words.of_persons, *words.address)):
            role = max(held, key=lambda w: (len(w), w)) if held else clause
            yield Person(start=start, end=found.end(), rule=rule.name, name=name, role=role)


def _titled(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
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


def _aged(analysis: Analysis, rules: RuleFile, words: Names) -> Iterator[Person]:
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
