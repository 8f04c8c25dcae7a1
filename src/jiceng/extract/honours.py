"""Awards, titles and named rankings that the district, or somebody in it, has received.

A verb of receiving opens the search; the title counts if it is called one (称号, 荣誉), or names its giver
(全国, 省级) or its kind (示范社区, 典型案例). Praise, targets and offers to others are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jiceng.extract.analysis import Analysis
from jiceng.lexicon import Lexicon
from jiceng.model import Honour
from jiceng.rules import RuleFile, load_rules

_CALLED = re.compile(
    r"(?:等)?(?:多项|系列|一系列)?(?:荣誉称号|荣誉|称号|殊荣|表彰|奖项|的?(?:牌子|奖牌|牌匾|奖杯|匾额|金字招牌))"
)
_TAIL = re.compile(r"[\u4e00-\u9fa5\d]{0,16}")
_TAIL_END = re.compile(r"等|称号|荣誉|殊荣|和|及|的|并|以|后|，")
_YEAR = re.compile(r"^(?:19|20)\d\d年度?")
_CLAUSE = re.compile(r"[，。；：！？\n]")
_ADVERBS = re.compile(
    r"^(?:目前|日前|近日|近期|近年来|今年以来|今年|去年|据悉|据了解|其中|同时|此外|如今|截至[^，]{0,8}|"
    r"(?:19|20)\d\d[年\d月日—至]*(?:以来)?|因此|凭借[^，]*)+"
)
_LAST_ADVERBS = re.compile(
    r"(?:先后|曾经|曾|连续[\d一二三四五六七八九十]+[年届次]|连续|成功|也|还|均|都|多次|被|已|又|再次|一举|凭此|累计|并){1,8}$"
)
_SUBJECT_END = re.compile(r"因|由于|被|通过|以|在|成功|实现|连续")
_HAN = re.compile(r"[\u4e00-\u9fa5]")
_SELF = re.compile(r"^(?:该[区县市旗]|我[区县市们]|全[区县市]|本[区县市])?$")


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Honour, ...]]:
    """The function that finds an article's honours, one fact for each title and recipient, in order."""
    rules = load_rules("honours", lexicon)

    def extract(analysis: Analysis) -> tuple[Honour, ...]:
        found: dict[tuple[str, str | None], Honour] = {}
        candidates = (
            *_quoted(analysis, rules),
            *_plain(analysis, rules),
            *_ranked(analysis, rules),
            *_apposed(analysis, rules),
            *_stated(analysis, rules),
        )
        taken: set[int] = set()
        for honour in sorted(candidates, key=lambda h: (h.start, h.end)):
            if honour.end not in taken:
                taken.add(honour.end)
                found.setdefault((honour.title, honour.recipient), honour)
        return tuple(found.values())

    return extract


def _quoted(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    text, rule, more = analysis.text, rules["honours.quoted"], rules["honours.more"]
    for found in rule.pattern.finditer(text):
        titles = [found]
        while following := more.pattern.match(text, titles[-1].end()):
            titles.append(following)
        end = titles[-1].end()
        called = _CALLED.match(text, end)
        lead = found["lead"]
        for each in titles:
            title = each["title"]
            if len(titles) == 1 and not called:
                tail = _tail(text, end)
                if tail:
                    title, end = f"{lead}“{title}”{tail}", end + len(tail)
                    lead = ""
            named = lead + title
            if not called and not _is_title(named, found["verb"], rules):
                continue
            behind = called.end() if called else end
            # 获得“星级楼栋”称号的居民: a condition, unless somebody above gives it.
            if text[behind : behind + 1] == "的" and not _given(named, rules):
                continue
            if _unreal(analysis, found.start(), rules):
                continue
            stop = behind if each is titles[-1] else each.end()
            yield _honour(analysis, rules, rule.name, found.start(), stop, title, lead)


def _plain(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    text, rule = analysis.text, rules["honours.plain"]
    for found in rule.pattern.finditer(text):
        whole = found["title"]
        if "“" in text[found.start() : found.end() + 1] and "”" not in whole:
            continue
        called = _CALLED.match(text, found.end())
        parts = re.split("、", whole)
        if not all(_is_title(part, found["verb"], rules) for part in parts[:1]) or "的" in parts[0]:
            continue
        if _unreal(analysis, found.start(), rules):
            continue
        at = found.start("title")
        for part in parts:
            if part and (called or _is_title(part, found["verb"], rules)):
                end = called.end() if called and part is parts[-1] else at + len(part)
                yield _honour(analysis, rules, rule.name, found.start(), end, part, "")
            at += len(part) + 1


def _ranked(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    ranking = rules["honours.ranking"]
    for found in ranking.pattern.finditer(analysis.text):
        if _given(found["title"], rules) and not _unreal(analysis, found.start(), rules):
            title = found["title"] + found["rank"].strip("“”")
            yield _honour(analysis, rules, ranking.name, found.start(), found.end(), title, "")
    entered = rules["honours.entered"]
    for found in entered.pattern.finditer(analysis.text):
        if _given(found["title"], rules) and not _unreal(analysis, found.start(), rules):
            yield _honour(analysis, rules, entered.name, found.start(), found.end(), found["title"], "")


def _apposed(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    for rule in (rules["honours.apposed"], rules["honours.quoted_before"]):
        for found in rule.pattern.finditer(analysis.text):
            title, holder = found.group("title", "recipient")
            yield Honour(start=found.start(), end=found.end(), rule=rule.name, title=title, recipient=holder)


def _stated(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`该社区是全国文明社区`: in the clause's own words, where nothing makes it a target."""
    rule = rules["honours.stated"]
    for found in rule.pattern.finditer(analysis.text):
        if not _unreal(analysis, found.start(), rules):
            start, end = found.start(), found.end()
            yield _honour(analysis, rules, rule.name, start, end, found["title"], "")


def _tail(text: str, at: int) -> str:
    """What still belongs to a title behind its quoted part: “邻里杯” + 调解大赛一等奖."""
    run = _TAIL.match(text, at)
    tail = run[0] if run else ""
    cut = _TAIL_END.search(tail)
    return tail[: cut.start()] if cut else tail


def _given(title: str, rules: RuleFile) -> bool:
    """Whether the title opens with who gives it."""
    return rules["honours.scope"].pattern.search(title) is not None


def _is_title(title: str, verb: str, rules: RuleFile) -> bool:
    verbs = rules.tables["verbs"]
    if title.endswith(tuple(verbs["no_title"])):
        return False
    kind = rules["honours.kind"].pattern.search(title) is not None
    given = _given(title, rules)
    return kind and given if verb in verbs["broad"] else kind or given


def _unreal(analysis: Analysis, at: int, rules: RuleFile) -> bool:
    """Whether the words before the verb make it a target, an offer or a rule."""
    start = analysis.sentence_at(at).start
    return rules["honours.unreal"].pattern.search(analysis.text, start, at) is not None


def _honour(
    analysis: Analysis, rules: RuleFile, rule: str, start: int, end: int, title: str, lead: str
) -> Honour:
    text = analysis.text
    sentence = analysis.sentence_at(start)
    recipient, first = _recipient(analysis, sentence.start, start, rules.tables["holders"])
    period = None
    # The title's own year first, then the nearest before the verb in the sentence.
    for stretch in (lead + title, text[sentence.start : start]):
        for when in rules["honours.period"].pattern.finditer(stretch):
            period = when[0]
        if period:
            break
    return Honour(
        start=first,
        end=end,
        rule=rule,
        title=_YEAR.sub("", title) or title,
        recipient=recipient,
        period=period,
    )


def _recipient(analysis: Analysis, floor: int, at: int, holders: Mapping[str, Any]) -> tuple[str | None, int]:
    """Who receives, and where the shown stretch begins: the subject of the clause or of one before it.

    The division, where no clause of the sentence names a holder.
    """
    text = analysis.text
    division = analysis.article.division.name
    edges = [floor, *(m.end() for m in _CLAUSE.finditer(text, floor, at))]
    for start in reversed(edges):
        clause = text[start:at]
        stop = _CLAUSE.search(clause)
        clause = clause[: stop.start()] if stop else clause
        subject = _LAST_ADVERBS.sub("", _ADVERBS.sub("", clause)).strip("“”、 ")
        subject = _SUBJECT_END.split(subject)[0]
        if _SELF.match(subject) and subject:
            return division, start
        named = subject.endswith(tuple(holders["endings"]))
        if subject and (named or (start == edges[-1] and len(subject) <= holders["longest"])):
            if not _HAN.search(subject[-2:]) or subject[0].isdigit():
                return None, start
            return subject, start
    return division, at
