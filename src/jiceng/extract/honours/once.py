"""Of several honours that say the same, the one to keep: of headline and report, and of one holder."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

from jiceng.extract.analysis import Analysis
from jiceng.model import Honour
from jiceng.rules import RuleFile

_STOPS = frozenset("。！？；")  # no headline ends with them
_AGAIN = 60  # titles of a report that its headline may be about
_COMPARED = 50  # holders of one title that are looked at for other forms of a name, which follow soon


def told(candidates: Sequence[Honour], analysis: Analysis, rules: RuleFile) -> Iterator[Honour]:
    """All but those of the headline that the report tells of again, mostly with a longer title."""
    first = next(iter(analysis.article.paragraphs), None)
    told = first is not None and analysis.text[first.start : first.end][-1:] in _STOPS
    headline = first.end if first is not None and not told else 0
    again = tuple(dict.fromkeys(h.title for h in candidates if h.start >= headline))[:_AGAIN]
    for honour in candidates:
        if honour.start >= headline or not any(_told_as(honour.title, title, rules) for title in again):
            yield honour


def _told_as(headline: str, title: str, rules: RuleFile) -> bool:
    """Whether the headline shortens a title, or also says who gives it: 省级先进 for 志愿服务先进社区."""
    by = rules["honours.scope"].pattern.match(headline)
    return _shortened(headline[by.end() :] if by else headline, title)


def _shortened(short: str, title: str) -> bool:
    """Whether the characters of one are those of the other, in order: 首批（全省）文明社区."""
    rest = iter(title)
    return all(sign in rest for sign in short)


def once(candidates: Iterable[Honour], division: str, rules: RuleFile) -> tuple[Honour, ...]:
    """The first of those at one place, and of those that say the same of the same holder."""
    found: list[Honour] = []
    taken: set[int] = set()
    known: set[tuple[str, str | None]] = set()
    recent: dict[str, deque[str | None]] = defaultdict(lambda: deque(maxlen=_COMPARED))  # holders by title
    unnamed = (None, division)  # one of those that are named elsewhere
    for honour in candidates:
        if honour.end in taken:
            continue
        taken.add(honour.end)
        title, holder = honour.title, honour.recipient
        same = recent[title]
        if same and (holder in unnamed or any((title, one) in known for one in (*unnamed, holder))):
            continue
        if not any(_same_holder(one, holder, rules) for one in same):
            found.append(honour)
            known.add((title, holder))
            same.append(holder)
    return tuple(found)


def _same_holder(one: str | None, other: str | None, rules: RuleFile) -> bool:
    """Whether two names are of one holder: 某镇水云社区 and 水云社区, 水云社区等3个社区 and all three."""
    if not one or not other:
        return one == other
    if rules["honours.said"].pattern.match(other):
        return True  # 该村书记捧回奖牌: the village was named before
    short, long = sorted((one.partition("等")[0], other), key=len)
    return long.endswith(short) or ("等" in one and long.startswith(short))
