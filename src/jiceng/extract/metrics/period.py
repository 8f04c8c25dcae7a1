"""Of which time a number is told."""

from __future__ import annotations

from jiceng.extract.metrics.sentence.phrase import Sentence
from jiceng.extract.metrics.sentence.tokens import Token

_REACH = 240  # tokens before a number that may tell its time
_FROM = 8  # characters before a time that say from or up to when


def period(sentence: Sentence, place: int) -> str | None:
    """The last time that is named before the number at token `place` and is its own; None without one."""
    start = sentence.tokens[place].start
    for token in reversed(sentence.tokens[max(0, place - _REACH) : place]):
        if token.kind == "T" and not _base(sentence, token) and not _left(sentence, token, start):
            return _named_time(sentence, token)
    return None


def _base(sentence: Sentence, time: Token) -> bool:
    """Whether a span of time is only what a figure is compared with (较|2022年增加, 同|上半年相比), or since
    when a place is there (建于|1986年)."""
    text, start = sentence.text, time.start
    at = sentence.index(time)
    while sentence.kind(at - 1) == "T" and sentence.tokens[at - 1].end == start:
        at, start = at - 1, sentence.tokens[at - 1].start  # 比|去年|全年
    lists, rules = sentence.grammar.lists, sentence.grammar.rules
    if text.endswith((*lists["comparing"], *lists["founded_at"]), 0, start):
        return True
    if text.startswith(lists["whole_year_goal"], time.end) or _soon_after(sentence, time):
        return True  # 占|全年计划的53%
    if rules["metrics.founded-then"].pattern.match(text, time.end) is not None:
        return True
    return text.endswith(("与", "同", "和", "跟"), 0, time.start) and text.startswith(
        sentence.grammar.lists["set_against"], time.end
    )


def _soon_after(sentence: Sentence, time: Token) -> bool:
    """Whether only minutes or hours are told after which something is so: 26分钟|后，11个部门到场."""
    return sentence.text.startswith("后", time.end) and sentence.word(time).endswith(("分钟", "小时"))


def _named_time(sentence: Sentence, time: Token) -> str:
    """A time as the text says it: 七年|前, 到|2025年, 截至|今年6月, 自|去年3月|启用以来."""
    rules, text = sentence.grammar.rules, sentence.text
    start, at = time.start, sentence.index(time)
    if (
        sentence.kind(at - 1) == "T"
        and sentence.tokens[at - 1].end == start
        and text.endswith("来", 0, time.end)
    ):
        start = sentence.tokens[at - 1].start  # 去年3月|启用以来
    first = max(sentence.tokens[0].start, start - _FROM)
    begun = rules["metrics.time-from"].pattern.search(text, first, start)
    on = rules["metrics.time-since"].pattern.match(text, time.end) if begun and begun["since"] else None
    aside = rules["metrics.span-aside"].pattern.match(text, time.start)
    end = time.end + (aside is not None and aside.end() == time.end + 1)
    if begun and begun["since"] and on is None and not sentence.word(time).endswith(("来", "今", "起")):
        begun = None
    return text[begun.start() if begun else start : on.end() if on else end]


def _left(sentence: Sentence, time: Token, start: int) -> bool:
    """Whether a time is that of the figure before a change: 由2021年的38%|（由五年前的38%|）提升到100%."""
    text = sentence.text
    if not text.endswith(("从", "由"), 0, time.start) or not text.startswith(("的", "前的"), time.end):
        return False
    return any(t.kind == "Q" and time.end < t.start < start for t in sentence.tokens)
