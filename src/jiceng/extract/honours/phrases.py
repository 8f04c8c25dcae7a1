"""Honours that a set phrase of their own tells, without a verb of receiving before the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.honours.making import honour_of
from jiceng.extract.honours.places import matches, unreal
from jiceng.extract.honours.titles import given, holds, is_title, names, read
from jiceng.model import Honour
from jiceng.rules import RuleFile

_OPENED = 14  # characters before a quoted title in which its verb stands
_MARKED = (
    "honours.shown",
    "honours.again",
    "honours.commended",
    "honours.announced",
    "honours.unveiled",
    "honours.awarded",
    "honours.revealed",
    "honours.listing",
    "honours.roll",
    "honours.card",
    "honours.ceremony",
    "honours.prize",
    "honours.passed",
)
_BEFORE = ("honours.roll", "honours.prize")  # who holds it stands behind
_APPOSED = ("honours.apposed", "honours.quoted_before")


def marked(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """Quoted titles that no verb of receiving stands before: a certificate is held up, 获此殊荣."""
    for name in _MARKED:
        for found in matches(analysis, rules[name], rules):
            title, start = found["title"] or found["titled"], found.start()
            named = given(title, rules) if name == "honours.shown" else names(title, rules)
            named = named and not title.endswith(tuple(rules.tables["verbs"]["no_title"]))
            if name == "honours.shown" and rules["honours.opened"].pattern.search(
                analysis.text, max(0, start - _OPENED), start
            ):
                continue  # 捧回｜“全国文明村”荣誉牌匾: the verb has it
            if named and not unreal(analysis, start, rules):
                if two := _two(found, rules):
                    yield from (honour_of(analysis, rules, name, start, end, one, "") for one, end in two)
                    continue
                honour = honour_of(analysis, rules, name, start, found.end(), title, "")
                if name in _BEFORE:
                    holder = rules["honours.winner"].pattern.match(analysis.text, found.end())
                    honour = replace(honour, recipient=holder[0] if holder else None, start=start)
                yield honour


def _two(found: re.Match[str], rules: RuleFile) -> list[tuple[str, int]]:
    """Two titles of one review, and where each ends: 通过省级卫生村｜和｜省级平安村验收."""
    group = "title" if found["title"] else "titled"
    title, begin = found[group], found.start(group)
    for joint in rules["honours.joint"].pattern.finditer(title):
        first, second = title[: joint.start()], title[joint.end() :]
        if given(first, rules) and given(second, rules):
            return [(first, begin + joint.start()), (second, found.end())]
    return []


def stated(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`该社区是全国文明社区`: in the clause's own words, where nothing makes it a target."""
    rule = rules["honours.stated"]
    for found in rule.pattern.finditer(analysis.text):
        if not unreal(analysis, found.start(), rules):
            start, end = found.start(), found.end()
            yield honour_of(analysis, rules, rule.name, start, end, found["title"], "")
            more = read(analysis.text, end + 1, rules) if analysis.text[end : end + 1] == "、" else None
            for title in more.titles if more else ():  # 是省级文明社区、市级先进党组织
                if is_title(title.whole, "授予", rules):
                    yield honour_of(analysis, rules, rule.name, start, title.end, title.text, title.lead)


def epithets(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`是“全国文明村”“中国蔬菜之乡”`: quoted titles that a place is said to be."""
    for found in rules["honours.epithets"].pattern.finditer(analysis.text):
        listed = read(analysis.text, found.end(), rules)
        first = listed.titles[0] if listed else None
        if listed is None or first is None or unreal(analysis, found.start(), rules):
            continue
        if not is_title(first.whole, "获得", rules):
            continue
        for title in listed.titles:
            if title.quoted and (names(title.whole, rules) or holds(title.text, rules)):
                start = found.start()
                yield honour_of(analysis, rules, "honours.epithets", start, title.end, title.text, title.lead)


def named(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`决定命名水云社区等8个社区为全省示范社区`: said of those who give it."""
    rule = rules["honours.named"]
    for found in matches(analysis, rule, rules):
        title = found["title"].strip("“”")
        titled = (
            is_title(title, "获得", rules)
            or rules["honours.first"].pattern.search(title) is not None
            or (title != found["title"] and found["recipient"].endswith(title[-2:]))  # 社区为“五星社区”
        )
        if titled and not unreal(analysis, found.start(), rules):
            honour = honour_of(analysis, rules, rule.name, found.start(), found.end(), title, "")
            yield replace(honour, recipient=found["recipient"], start=found.start())


def ranked(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`在全省年度考核中位居第二名`, `进入全国百强区第18名`: a place in a ranking."""
    ranking = rules["honours.ranking"]
    for found in ranking.pattern.finditer(analysis.text):
        if given(found["title"], rules) and not unreal(analysis, found.start(), rules):
            title = found["title"] + found["rank"].strip("“”")
            yield honour_of(analysis, rules, ranking.name, found.start(), found.end(), title, "")
    entered = rules["honours.entered"]
    for found in entered.pattern.finditer(analysis.text):
        title = found["title"].replace("“", "").replace("”", "")
        if given(title, rules) and not unreal(analysis, found.start(), rules):
            yield honour_of(analysis, rules, entered.name, found.start(), found.end(), title, "")


def several(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`20名优秀楼长、3个先进楼栋受到表彰`: each of those who are counted."""
    each = rules["honours.counted"].pattern
    for found in matches(analysis, rules["honours.several"], rules):
        for one in each.finditer(analysis.text, *found.span()):
            start, end = one.span()
            yield honour_of(analysis, rules, "honours.several", start, end, one["title"], "")


def emerged(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`涌现出3名全国优秀网格员、1名“最美楼长”`: titles of those who came forth."""
    each = rules["honours.came"].pattern
    for found in matches(analysis, rules["honours.emerged"], rules):
        for one in each.finditer(analysis.text, *found.span()):
            if unreal(analysis, found.start(), rules):
                continue
            title = (one["title"] or one["ahead"] or one["behind"]).strip("“”")
            plain = one["title"] == title
            named = given(title, rules) if plain else names(title, rules)
            if named and "的" not in title:
                start, end = one.span()
                honour = honour_of(analysis, rules, "honours.emerged", start, end, title, "")
                yield replace(honour, recipient=None, start=start)


def among(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`段青禾等6位“最美楼长”`: one of those who hold it is named."""
    for found in matches(analysis, rules["honours.among"], rules):
        start, end = found.start("title"), found.end()
        honour = honour_of(analysis, rules, "honours.among", start, end, found["title"], "")
        yield replace(honour, recipient=None)


def holders(analysis: Analysis, rules: RuleFile, surnames: frozenset[str]) -> Iterator[Honour]:
    """`“最美楼长”段青禾`: a title before a personal name."""
    for rule in (rules["honours.holder"], rules["honours.bearer"], rules["honours.titled"]):
        for found in matches(analysis, rule, rules):
            title, holder = found.group("title", "recipient")
            if found["surname"] in surnames and not rules["honours.unnamed"].pattern.search(holder):
                start, end = found.span()
                yield Honour(start=start, end=end, rule=rule.name, title=title, recipient=holder)


def apposed(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`国家4A级旅游景区云台湖`: a title right before the name of who holds it."""
    for rule in (rules[name] for name in _APPOSED):
        for found in matches(analysis, rule, rules):
            title, holder = found.group("title", "recipient")
            yield Honour(start=found.start(), end=found.end(), rule=rule.name, title=title, recipient=holder)
