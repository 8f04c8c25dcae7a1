"""The date of a document, where its page says one: what 今年 and 近三年 in it count from.

Only a full date that stands as a newspaper or a website prints it counts: before the day of the week, behind
发布时间, at the end of a line that is no sentence, or with who signs in brackets above the text. Of several
such dates on a page none is taken.
"""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"(?<!\d)(\d{4})[ \u3000]*(年|[-/.])[ \u3000]*(\d{1,2})[ \u3000]*(?:月|\2)[ \u3000]*(\d{1,2})(?!\d)"
    r"[ \u3000]*日?"
)
_WEEKDAY = re.compile(r"[^\w\n]{0,3}(?:星期|周)[一二三四五六日天]")
_SAID = re.compile(r"(?:发布|发表|刊发|出版|印发|成文)?(?:时间|日期)[\s:：】\]]{0,4}$")
_NO_DATE_OF_ITS_OWN = re.compile(r"(?:更新|修改|采访|活动|会议|截止)(?:时间|日期)[\s:：】\]]{0,4}$")
_BEHIND = re.compile(
    r"[^\w\n]*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[^\w\n]*(?:来源|作者|(?:责任)?编辑|责编|字号|浏览|阅读|点击|$)"
)
_SIGNED = re.compile(r"[^，。；！？：:\d（）()\n]{0,30}[）)】\]][^\w\n]*$")
_BRACKET = re.compile(r"[\s#]{0,20}[（(【\[]\s{0,4}$")
OPENING = 300  # characters of a page in which brackets are of its head
_SENTENCE = re.compile("[，。；！？]")
LONGEST_LINE = 60  # characters of a line that is layout


def dateline(text: str) -> date | None:
    """The one date that a document gives for itself, or None."""
    found = set()
    for match in _DATE.finditer(text):
        begin = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        before, behind = (
            text[max(begin, match.start() - 80) : match.start()],
            text[match.end() : match.end() + 80],
        )
        rest = behind.split("\n", 1)[0]
        line = (end if end >= 0 else len(text)) - begin
        layout = line <= LONGEST_LINE and not _SENTENCE.search(before) and _BEHIND.match(rest)
        signed = match.start() < OPENING and _BRACKET.match(before) and _SIGNED.match(rest)
        said = _SAID.search(before) and not _NO_DATE_OF_ITS_OWN.search(before)
        if not (layout or signed or said or _WEEKDAY.match(behind)) or _NO_DATE_OF_ITS_OWN.search(before):
            continue
        try:
            found.add(date(int(match[1]), int(match[3]), int(match[4])))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None
