"""Awards, titles and named rankings that the district, or somebody in it, has received.

A verb of receiving opens the search; the title counts if it is called one (称号, 荣誉), or names its giver
(全国, 省级) or its kind (示范社区, 典型案例). Praise, targets and offers to others are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.honours.making import CLAUSE, honour_of, plain_holder
from jiceng.extract.honours.once import once, told
from jiceng.extract.honours.places import headings, matches
from jiceng.extract.honours.titles import Listed, Title, given, holds, is_called, is_title, names, read
from jiceng.lexicon import Lexicon
from jiceng.model import Honour
from jiceng.rules import Rule, RuleFile, load_rules

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
_APPOSED = ("honours.apposed", "honours.quoted_before", "honours.example")


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Honour, ...]]:
    """The function that finds an article's honours, one fact for each title and recipient, in order."""
    rules = load_rules("honours", lexicon)
    surnames = frozenset(lexicon.scheme("surnames").words())

    def extract(analysis: Analysis) -> tuple[Honour, ...]:
        lists: set[int] = set()  # where lines of lists begin that were read
        candidates = (
            *_received(analysis, rules, rules["honours.quoted"], lists),
            *_received(analysis, rules, rules["honours.plain"], lists),
            *_headed(analysis, rules, lists),
            *_ranked(analysis, rules),
            *_apposed(analysis, rules),
            *_holders(analysis, rules, surnames),
            *_stated(analysis, rules),
            *_named(analysis, rules),
            *_several(analysis, rules),
            *_emerged(analysis, rules),
            *_epithets(analysis, rules),
            *_among(analysis, rules),
            *_marked(analysis, rules),
        )
        division = analysis.article.division.name
        kept = sorted(told(candidates, analysis, rules), key=lambda h: (h.start, h.end, -len(h.title)))
        found = once(kept, division, rules)
        return tuple(
            replace(h, recipient=plain_holder(h.recipient, division, surnames, rules)) for h in found
        )

    return extract


def _received(analysis: Analysis, rules: RuleFile, rule: Rule, lists: set[int]) -> Iterator[Honour]:
    """`荣获“某某”称号`, `先后获评甲、乙等荣誉`: what a verb of receiving opens."""
    text, quoted = analysis.text, rule.name == "honours.quoted"
    for found in rule.pattern.finditer(text):
        at = found.start("lead") if quoted else found.end()
        listed = read(text, at, rules)
        if listed is None or listed.titles[0].quoted is not quoted or _unreal(analysis, found.start(), rules):
            continue
        if found["verb"] in rules.tables["verbs"]["giving"]:
            listed = _behind_receivers(listed, rules)
        listed = _in_truth(text, listed, found["verb"], rules)
        if not listed.titles or _scored(text, listed, rules):
            continue
        before = text[analysis.sentence_at(found.start()).start : found.start()]
        granted = _granted(before, found["verb"], rules)
        good = _good(listed, found["verb"], rules, granted=granted)
        if _conditional(text, listed, before, rules):
            good = [t for t in good if given(t.whole, rules)]
        for title in good:
            end = listed.end if title is listed.titles[-1] else title.end
            honour = honour_of(analysis, rules, rule.name, found.start(), end, title.text, title.lead)
            to = title.lead if title.quoted else text[found.end() : title.start]
            active = not granted and found["verb"] in rules.tables["verbs"]["giving"]
            yield replace(honour, recipient=to) if active and to and not given(to, rules) else honour
        if good and found["verb"].endswith("为"):
            yield from _ditto(analysis, rules, listed.end)
        if good and rules["honours.dated"].pattern.match(text, listed.end):
            yield from _lines(analysis, rules, listed.end, lists)


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
            if is_title(title.whole, "获得", rules, granted=False) and "的" not in title.text:
                yield honour_of(
                    analysis, rules, "honours.ditto", found.start(), title.end, title.text, title.lead
                )


def _named(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`决定命名水云社区等8个社区为全省示范社区`: said of those who give it."""
    rule = rules["honours.named"]
    for found in matches(analysis, rule, rules):
        title = found["title"].strip("“”")
        titled = (
            is_title(title, "获得", rules, granted=False)
            or rules["honours.first"].pattern.search(title) is not None
            or (title != found["title"] and found["recipient"].endswith(title[-2:]))  # 社区为“五星社区”
        )
        if titled and not _unreal(analysis, found.start(), rules):
            honour = honour_of(analysis, rules, rule.name, found.start(), found.end(), title, "")
            yield replace(honour, recipient=found["recipient"], start=found.start())


def _headed(analysis: Analysis, rules: RuleFile, lists: set[int]) -> Iterator[Honour]:
    """`所获荣誉：全国文明社区、省级平安社区`: a list behind its heading."""
    for end in headings(analysis, rules):
        yield from _lines(analysis, rules, end - 1, lists)


def _lines(analysis: Analysis, rules: RuleFile, at: int, lists: set[int]) -> Iterator[Honour]:
    """The titles of the line at `at` and of those below it, as long as they hold some.

    `lists` takes up where the lines begin: what leads into a list that was read adds nothing.
    """
    text, begins = analysis.text, rules["honours.line"].pattern
    first = begins.match(text, at)
    next_at: int | None = first.end() if first else at + 1
    holder: Honour | None = None  # the titles of a list are of one holder
    while next_at is not None and next_at not in lists:
        lists.add(next_at)
        listed = read(text, next_at, rules)
        good = [t for t in listed.titles if "的" not in t.text and _heads(t, rules)] if listed else []
        if listed is None or not good:
            return
        if len(good) * 2 > len(listed.titles):
            good = [t for t in listed.titles if "的" not in t.text]  # among titles others are titles, too
        for title in good:
            start, end = title.start, title.end
            honour = honour_of(analysis, rules, "honours.heading", start, end, title.text, title.lead)
            holder = holder or honour
            yield honour if honour is holder else replace(honour, recipient=holder.recipient, start=start)
        line = begins.match(text, listed.end)
        after_comma = listed.end + 1 if text.startswith("，", listed.end) else None
        next_at = line.end() if line else after_comma


def _heads(title: Title, rules: RuleFile) -> bool:
    """Whether something in a list of honours is one."""
    return names(title.whole, rules) or holds(title.text, rules) or title.quoted


def _granted(before: str, verb: str, rules: RuleFile) -> str:
    """Whether it is said to be given: `by` whom (被市政府评为), or in the `passive` alone (被授予)."""
    if rules["honours.granted"].pattern.search(before) is not None:
        return "by"
    passive = verb.startswith("被") or rules["honours.passive"].pattern.search(before) is not None
    return "passive" if passive and verb.removeprefix("被") in rules.tables["verbs"]["granting"] else ""


def _good(listed: Listed, verb: str, rules: RuleFile, *, granted: str) -> list[Title]:
    """Those of a list that are titles; where all are called so, those up to the first that is none."""
    good: list[Title] = []
    if listed.called is None and verb in rules.tables["verbs"]["having"]:
        return good
    if not listed.titles[0].quoted and rules["honours.crowd"].pattern.match(listed.titles[0].text):
        return good  # 授予202个城市、一批村镇: whoever they are
    for title, after in zip(listed.titles, (*listed.titles[1:], None), strict=True):
        after_given = bool(good) and not good[-1].quoted and given(good[-1].text, rules)
        if after_given and not title.quoted and rules["honours.general"].pattern.match(title.text):
            continue  # 全国和谐示范乡镇、｜示范村: whose is said before
        if not title.quoted and rules["honours.bare"].pattern.fullmatch(title.text):
            if after is None or not after.quoted:
                break
            continue  # 省文明办、市妇联“最美家庭”称号: who gives it
        called = listed.called is not None and is_called(title, rules)
        by_others = (bool(good) and title.quoted) or (
            bool(granted) and (title.quoted or len(listed.titles) == 1)
        )
        if called or _alone(title, verb, rules, granted=granted) or (by_others and holds(title.text, rules)):
            good.append(title)
        elif listed.called is not None:
            break
    return good


def _alone(title: Title, verb: str, rules: RuleFile, *, granted: str) -> bool:
    """Whether something is a title by itself, or by who granted it."""
    if "的" in title.text and not title.quoted:
        return False
    if title.quoted and title.lead and is_title(title.text, verb, rules, granted=False):
        return True  # 授予｜水云小区｜“全省示范小区”
    return is_title(title.whole, verb, rules, granted=bool(granted)) or (granted == "by" and title.quoted)


def _scored(text: str, listed: Listed, rules: RuleFile) -> bool:
    """Whether it says what titles are worth in a scheme of points: 被评为文明家庭的加10分."""
    points = rules["honours.points"].pattern
    return points.match(text, listed.end) is not None or any(points.search(t.text) for t in listed.titles)


def _conditional(text: str, listed: Listed, before: str, rules: RuleFile) -> bool:
    """Whether 的 behind the titles makes them a condition: 获得“星级楼栋”称号的居民."""
    return (
        rules["honours.condition"].pattern.match(text, listed.end) is not None
        and rules["honours.happened"].pattern.search(before) is None
    )


def _marked(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
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
            if named and not _unreal(analysis, start, rules):
                if name == "honours.passed" and (two := _two(found, rules)):
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


def _several(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`20名优秀楼长、3个先进楼栋受到表彰`: each of those who are counted."""
    each = rules["honours.counted"].pattern
    for found in matches(analysis, rules["honours.several"], rules):
        for one in each.finditer(analysis.text, *found.span()):
            start, end = one.span()
            yield honour_of(analysis, rules, "honours.several", start, end, one["title"], "")


def _emerged(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`涌现出3名全国优秀网格员、1名“最美楼长”`: titles of those who came forth."""
    each = rules["honours.came"].pattern
    for found in matches(analysis, rules["honours.emerged"], rules):
        for one in each.finditer(analysis.text, *found.span()):
            if _unreal(analysis, found.start(), rules):
                continue
            title = (one["title"] or one["ahead"] or one["behind"]).strip("“”")
            plain = one["title"] == title
            named = given(title, rules) if plain else names(title, rules)
            if (named or one["ahead"] or rules["honours.hero"].pattern.search(title)) and "的" not in title:
                start, end = one.span()
                honour = honour_of(analysis, rules, "honours.emerged", start, end, title, "")
                yield replace(honour, recipient=None, start=start)


def _epithets(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`是“全国文明村”“中国蔬菜之乡”`: quoted titles that a place is said to be."""
    for found in rules["honours.epithets"].pattern.finditer(analysis.text):
        listed = read(analysis.text, found.end(), rules)
        first = listed.titles[0] if listed else None
        if listed is None or first is None or _unreal(analysis, found.start(), rules):
            continue
        if not is_title(first.whole, "获得", rules, granted=False):
            continue
        for title in listed.titles:
            if title.quoted and (names(title.whole, rules) or holds(title.text, rules)):
                start = found.start()
                yield honour_of(analysis, rules, "honours.epithets", start, title.end, title.text, title.lead)


def _among(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`段青禾等6位“最美楼长”`: one of those who hold it is named."""
    for found in matches(analysis, rules["honours.among"], rules):
        start, end = found.start("title"), found.end()
        honour = honour_of(analysis, rules, "honours.among", start, end, found["title"], "")
        yield replace(honour, recipient=None)


def _holders(analysis: Analysis, rules: RuleFile, surnames: frozenset[str]) -> Iterator[Honour]:
    """`“最美楼长”段青禾`: a title before a personal name."""
    for rule in (rules["honours.holder"], rules["honours.bearer"], rules["honours.titled"]):
        for found in matches(analysis, rule, rules):
            title, holder = found.group("title", "recipient")
            if found["surname"] in surnames and not rules["honours.unnamed"].pattern.search(holder):
                start, end = found.span()
                yield Honour(start=start, end=end, rule=rule.name, title=title, recipient=holder)


def _ranked(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    ranking = rules["honours.ranking"]
    for found in ranking.pattern.finditer(analysis.text):
        if given(found["title"], rules) and not _unreal(analysis, found.start(), rules):
            title = found["title"] + found["rank"].strip("“”")
            yield honour_of(analysis, rules, ranking.name, found.start(), found.end(), title, "")
    entered = rules["honours.entered"]
    for found in entered.pattern.finditer(analysis.text):
        title = found["title"].replace("“", "").replace("”", "")
        if given(title, rules) and not _unreal(analysis, found.start(), rules):
            yield honour_of(analysis, rules, entered.name, found.start(), found.end(), title, "")


def _apposed(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    for rule in (rules[name] for name in _APPOSED):
        for found in matches(analysis, rule, rules):
            title, holder = found.group("title", "recipient")
            yield Honour(start=found.start(), end=found.end(), rule=rule.name, title=title, recipient=holder)


def _stated(analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """`该社区是全国文明社区`: in the clause's own words, where nothing makes it a target."""
    rule = rules["honours.stated"]
    for found in rule.pattern.finditer(analysis.text):
        before = analysis.text[max(0, found.start() - _OPENED) : found.start()]
        if found["verb"] == "为" and rules["honours.crowd"].pattern.search(CLAUSE.split(before)[-1]):
            continue  # 14个城市为全国示范城市
        if not _unreal(analysis, found.start(), rules):
            start, end = found.start(), found.end()
            yield honour_of(analysis, rules, rule.name, start, end, found["title"], "")
            more = read(analysis.text, end + 1, rules) if analysis.text[end : end + 1] == "、" else None
            for title in more.titles if more else ():  # 是省级文明社区、市级先进党组织
                if is_title(title.whole, "授予", rules, granted=False):
                    yield honour_of(analysis, rules, rule.name, start, title.end, title.text, title.lead)


def _unreal(analysis: Analysis, at: int, rules: RuleFile) -> bool:
    """Whether the words before the verb make it a target, an offer or a rule."""
    start = analysis.sentence_at(at).start
    return rules["honours.unreal"].pattern.search(analysis.text, start, at) is not None
