"""The titles behind a verb of receiving: one or a list, quoted or plain, and what calls them honours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiceng.rules import RuleFile
from jiceng.values import dataclass

_PRIZE = 5  # characters of a prize that needs no giver
_LIST = "榜单"  # on which titles stand
_MOST = 30  # titles of one list


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text; `lead` is who gives it, where that stands before its quotation mark."""

    start: int
    end: int
    text: str
    lead: str
    quoted: bool

    @property
    def whole(self) -> str:
        """The title with who gives it."""
        return self.lead + self.text


@dataclass(frozen=True, slots=True)
class Listed:
    """The titles behind a verb, and where the word ends that calls them honours (称号), if one does."""

    titles: tuple[Title, ...]
    called: int | None

    @property
    def end(self) -> int:
        """Where the list ends, what calls it so included."""
        return max(self.called or 0, self.titles[-1].end)


def read(text: str, at: int, rules: RuleFile) -> Listed | None:
    """The list that begins at `at`: 、 or 和 part its titles, or nothing between two quoted ones."""
    item, separator = rules["honours.item"].pattern, rules["honours.separator"].pattern
    titles: list[Title] = []
    called = None
    while len(titles) < _MOST and (found := item.match(text, at)) is not None:
        titles += _titles(text, found, rules)
        if mark := rules["honours.called"].pattern.match(text, found.end()):
            called = mark.end()
            further = item.match(text, called + 1) if text.startswith("、", called) else None
            first = next(_titles(text, further, rules), None) if further else None
            if first is None or not given(first.whole, rules):
                break
            at = called + 1  # “全国文明社区”荣誉称号｜、｜省劳动奖章
            continue
        part = separator.match(text, found.end())
        bare = part is None or not part[0]
        if bare and titles and (comma := _comma(text, found.end(), titles, rules)):
            at = comma
            continue
        if part is None or not (part[0] or text[part.end() : part.end() + 1] in "“‘"):
            break
        at = part.end()
    return Listed(tuple(titles), called) if titles else None


def _comma(text: str, at: int, titles: Sequence[Title], rules: RuleFile) -> int | None:
    """Where the comma before the next title ends: 全国文明社区｜，｜省平安社区等荣誉."""
    quoted = rules["honours.comma-quoted"].pattern.match(text, at)
    comma = quoted or rules["honours.comma"].pattern.match(text, at)
    after = rules["honours.item"].pattern.match(text, comma.end()) if comma else None
    # 省“和美社区”“平安楼院”｜，｜云岭市“五星支部”等荣誉称号: who gives the first gives those beside it.
    if comma is None or after is None or not any(given(t.whole, rules) for t in titles):
        return None
    first = next(_titles(text, after, rules), None)
    return None if first is None or not (quoted or given(first.whole, rules)) else comma.end()


def _titles(text: str, found: re.Match[str], rules: RuleFile) -> Iterator[Title]:
    """One title, two that 和 joins (省级平安小区｜和｜省级文明单位), or none: “邻里杯”大赛."""
    quoted = found["quoted"] or found["open"] or found["single"] or found["plainly"]
    if quoted is None:
        start, end = found.span("plain")
        if given_to := rules["honours.given-to"].pattern.match(text, start, end):
            start = given_to.end()  # 授予｜水云村｜第三届全国文明村称号
        if one_of := rules["honours.one-of"].pattern.match(text[start:end]):
            yield Title(start, end, one_of["title"], "", quoted=False)
            return
        for joint in rules["honours.joint"].pattern.finditer(text, start, end):
            first, second = text[start : joint.start()], text[joint.end() : end]
            if rules["honours.kind"].pattern.search(first) and names(second, rules):
                yield Title(start, joint.start(), first, "", quoted=False)
                start = joint.end()
        end -= len(_LIST) if text.endswith(_LIST, start, end) else 0  # 荣登全国敬老文明号｜榜单
        yield Title(start, end, text[start:end], "", quoted=False)
        return
    start, end = found.start(), found.end()
    tail, lead = found["tail"], found["lead"]
    for joint in rules["honours.joint"].pattern.finditer(text, *found.span("lead")):
        if names(text[start : joint.start()], rules):  # 省级文明社区｜及｜“平安社区”
            yield Title(start, joint.start(), text[start : joint.start()], "", quoted=False)
            start, lead = joint.end(), text[joint.end() : found.end("lead")]
    if tail.endswith(tuple(rules.tables["verbs"]["event"])):
        return  # “邻里杯”大赛｜奖项: what the event is called
    tail, end = ("", end - len(tail)) if tail == _LIST else (tail, end)  # 荣登“某好人”｜榜单
    if tail:  # 省“零发案”示范小区, “枫桥式”派出所: the quotes hold a part of the title
        yield Title(start, end, text[start:end], "", quoted=True)
        return
    streak = rules["honours.streak"].pattern.match(quoted)  # 全国双拥模范城“四连冠”
    if streak or (rules["honours.general"].pattern.match(quoted) and _says_what_for(lead, rules)):
        # 全省普法工作“先进单位”: the quotes hold but the rank.
        yield Title(start, end, text[start:end], "", quoted=True)
        return
    yield Title(start, end, quoted, lead, quoted=True)


def _says_what_for(lead: str, rules: RuleFile) -> bool:
    """Whether what stands before a quoted title says what it is for, and not only who gives it."""
    by = rules["honours.scope"].pattern.match(lead)
    return rules["honours.for"].pattern.match(lead[by.end() :] if by else lead) is not None


def names(title: str, rules: RuleFile) -> bool:
    """Whether a title says by itself what it is: its kind (示范社区), or its giver and a holder's word."""
    return rules["honours.kind"].pattern.search(title) is not None or given(title, rules)


def given(title: str, rules: RuleFile) -> bool:
    """Whether the title opens with who gives it."""
    return rules["honours.scope"].pattern.search(title) is not None


def is_title(title: str, verb: str, rules: RuleFile) -> bool:
    """Whether what stands behind a verb is a title; verbs of other uses ask for kind and giver."""
    verbs = rules.tables["verbs"]
    if title.endswith(tuple(verbs["no_title"])):
        return False
    kind = rules["honours.kind"].pattern.search(title.replace("“", "")) is not None  # 优秀“两委”班子
    by = given(title, rules)
    if title.endswith(("奖", "奖章", "勋章", "奖状")) and len(title) >= _PRIZE:
        return True  # 基层改革创新奖
    return kind and by if verb in verbs["broad"] else kind or by


def is_called(title: Title, rules: RuleFile) -> bool:
    """Whether something that the text calls an honour is one by name: not 多项荣誉, 省市级荣誉."""
    if title.quoted:
        return True
    return "的" not in title.text and (names(title.text, rules) or holds(title.text, rules))


def holds(title: str, rules: RuleFile) -> bool:
    """Whether a title ends with the sort of holder that it is given to: 无讼社区."""
    return title.endswith(tuple(rules.tables["verbs"]["holding"]))
