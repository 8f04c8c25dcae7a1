"""The date of a document, where its page says one: what 今年 and 近三年 in it count from.

Only a full date that stands as a newspaper or a website prints it counts: before the day of the week, behind
发布时间, at the end of a line that is no sentence, or with who signs in brackets above the text. Of several
such dates on a page none is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from jiceng.rules import alternation, load_rules
from jiceng.spacing import closed_up

_DATE = re.compile(
    r"(?<!\d)(\d{4})[ \u3000]*(年|[-/.])[ \u3000]*(\d{1,2})[ \u3000]*(?:月|\2)[ \u3000]*(\d{1,2})(?!\d)"
    r"[ \u3000]*日?"
)
_SIGNED = re.compile(r"[^，。；！？：:\d（）()\n]{0,30}[）)】\]][^\w\n]*$")
_BRACKET = re.compile(r"[\s#]{0,20}[（(【\[]\s{0,4}$")
OPENING = 300  # characters of a page in which brackets are of its head
_SENTENCE = re.compile("[，。；！？]")
LONGEST_LINE = 60  # characters of a line that is layout


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the dates of pages, by the words of `ontology/rules/periods.toml`."""

    weekday: re.Pattern[str]  # behind a date
    said: re.Pattern[str]  # before a date that says that it is one
    other: re.Pattern[str]  # before a date that is none of the page's own
    line: re.Pattern[str]  # the rest of a line of layout


@cache
def _beside() -> _Beside:
    lists = load_rules("periods").lists()
    words = {name: alternation(lists[name]) for name in ("weekday", "not_published", "page_line")}
    name = alternation(lists["date_name"]) + r"[\s:：】\]]{0,4}$"
    clock = r"(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
    return _Beside(
        weekday=re.compile(rf"[^\w\n]{{0,3}}{words['weekday']}[一二三四五六日天]"),
        said=re.compile(name),
        other=re.compile(words["not_published"] + name),
        line=re.compile(rf"[^\w\n]*{clock}[^\w\n]*(?:{words['page_line']}|$)"),
    )


def dateline(text: str) -> date | None:
    """The one date that a document gives for itself, or None."""
    found = set()
    beside = _beside()
    text = "\n".join(closed_up(line.strip()) for line in text.split("\n"))
    for match in _DATE.finditer(text):
        begin = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        before, behind = (
            text[max(begin, match.start() - 80) : match.start()],
            text[match.end() : match.end() + 80],
        )
        rest = behind.split("\n", 1)[0]
        line = (end if end >= 0 else len(text)) - begin
        layout = line <= LONGEST_LINE and not _SENTENCE.search(before) and beside.line.match(rest)
        signed = match.start() < OPENING and _BRACKET.match(before) and _SIGNED.match(rest)
        printed = layout or signed or beside.said.search(before) or beside.weekday.match(behind)
        if not printed or beside.other.search(before):
            continue
        try:
            found.add(date(int(match[1]), int(match[3]), int(match[4])))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None
