"""Honours that a verb of receiving opens: `荣获“某某”称号`, `先后获评甲、乙等荣誉`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.honours.lines import lines
from jiceng.extract.honours.making import honour_of
from jiceng.extract.honours.places import unreal
from jiceng.extract.honours.titles import Listed, Title, given, holds, is_called, is_title, read
from jiceng.model import Honour
from jiceng.rules import Rule, RuleFile


def opened(analysis: Analysis, rules: RuleFile, rule: Rule, lists: set[int]) -> Iterator[Honour]:
    """`荣获“某某”称号`, `先后获评甲、乙等荣誉`: what a verb of receiving opens."""
    text, quoted = analysis.text, rule.name == "honours.quoted"
    for found in rule.pattern.finditer(text):
        at = found.start("lead") if quoted else found.end()
        listed = read(text, at, rules)
        if listed is None or listed.titles[0].quoted is not quoted or unreal(analysis, found.start(), rules):
            continue
        listed = _in_truth(text, _behind_receivers(listed, rules), found["verb"], rules)
        if not listed.titles or _scored(text, listed, rules):
            continue
        before = text[analysis.sentence_at(found.start()).start : found.start()]
        granted = _granted(before, found["verb"], rules)
        good = _good(listed, found["verb"], rules, granted=granted)
        for title in good:
            end = listed.end if title is listed.titles[-1] else title.end
            honour = honour_of(analysis, rules, rule.name, found.start(), end, title.text, title.lead)
            to = title.lead if title.quoted else text[found.end() : title.start]
            active = found["verb"] in rules.tables["verbs"]["giving"]
            yield replace(honour, recipient=to) if active and to and not given(to, rules) else honour
        if good and found["verb"].endswith("为"):
            yield from _ditto(analysis, rules, listed.end)
        if good and rules["honours.dated"].pattern.match(text, listed.end):
            yield from lines(analysis, rules, listed.end, lists)


def _behind_receivers(listed: Listed, rules: RuleFile) -> Listed:
    """A list without those to whom its quoted titles are given: 授予｜青禾社区、水云社区｜“先进集体”称号."""
    first = next((n for n, t in enumerate(listed.titles) if t.quoted), 0)
    if any(given(t.whole, rules) for t in listed.titles[:first]):
        return listed
    return Listed(listed.titles[first:], listed.called)


def _in_truth(text: str, listed: Listed, verb: str, rules: RuleFile) -> Listed:
    """What was received of a list: nothing that is only counted, and not the last that was but proposed."""
    making = verb in rules.tables["verbs"]["making"]
    if making and rules["honours.so-many"].pattern.match(text, listed.end):
        return Listed((), None)  # 创成全国文明社区｜5个
    nominated = rules["honours.nominated"].pattern
    if nominated.match(text, listed.end) or nominated.search(listed.titles[-1].text):
        return Listed(listed.titles[:-1], None)  # 获评“某好人”“某楷模”提名: the last is none
    return listed


def _ditto(analysis: Analysis, rules: RuleFile, at: int) -> Iterator[Honour]:
    """`水云区被评为全国示范区，青禾街道为全国示范街道`: the sentence goes on without the verb."""
    text = analysis.text
    stop = analysis.sentence_at(at - 1).end
    for found in rules["honours.ditto"].pattern.finditer(text, at, stop):
        listed = read(text, found.end(), rules)
        for title in listed.titles if listed else ():
            if is_title(title.whole, "获得", rules):
                yield honour_of(
                    analysis, rules, "honours.ditto", found.start(), title.end, title.text, title.lead
                )


def _granted(before: str, verb: str, rules: RuleFile) -> bool:
    """Whether it is said to be given: by whom (被市政府评为), or in the passive alone (被授予)."""
    if rules["honours.granted"].pattern.search(before) is not None:
        return True
    passive = verb.startswith("被") or rules["honours.passive"].pattern.search(before) is not None
    return passive and verb.removeprefix("被") in rules.tables["verbs"]["granting"]


def _good(listed: Listed, verb: str, rules: RuleFile, *, granted: bool) -> list[Title]:
    """Those of a list that are titles; where all are called so, those up to the first that is none."""
    good: list[Title] = []
    if listed.called is None and verb in rules.tables["verbs"]["having"]:
        return good
    for title, after in zip(listed.titles, (*listed.titles[1:], None), strict=True):
        if good and rules["honours.general"].pattern.match(title.text):
            continue  # 全国和谐示范乡镇、｜示范村: whose is said before
        if not title.quoted and rules["honours.bare"].pattern.fullmatch(title.text):
            if after is None or not after.quoted:
                break
            continue  # 省文明办、市妇联“最美家庭”称号: who gives it
        called = listed.called is not None and is_called(title, rules)
        by_others = (granted or bool(good)) and holds(title.text, rules)
        if not (called or by_others or _alone(title, verb, rules)):
            break
        good.append(title)
    return good


def _alone(title: Title, verb: str, rules: RuleFile) -> bool:
    """Whether something is a title by itself: 授予水云小区｜“全省示范小区”."""
    if "的" in title.text:
        return False
    return is_title(title.text, verb, rules) or is_title(title.whole, verb, rules)


def _scored(text: str, listed: Listed, rules: RuleFile) -> bool:
    """Whether it says what titles are worth in a scheme of points: 被评为文明家庭的加10分."""
    points = rules["honours.points"].pattern
    return points.match(text, listed.end) is not None or any(points.search(t.text) for t in listed.titles)
