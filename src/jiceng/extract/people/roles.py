"""The role that stands beside a name: where its phrase begins, and how it is called in its own division."""

from __future__ import annotations

import re

from jiceng.extract.analysis import ITEM, Analysis
from jiceng.extract.people.names import Names
from jiceng.words import cut

EDGE = re.compile(r"[，。！？；：“”‘’《》（）()\n■□◆●▲【】\s]")  # no role goes over them
ROLE_REACH = 40  # characters before a name


def role_start(analysis: Analysis, at: int, words: Names) -> int:
    """Where the role phrase begins whose last word begins at `at`: 县委常委、组织部长 is one phrase."""
    text = analysis.text
    floor = max(0, at - ROLE_REACH)
    start = floor
    for edge in EDGE.finditer(text, floor, at):
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


def told_role(role: str, analysis: Analysis) -> str:
    """The role without the division's own name: of 成都市武侯区委书记 in 武侯区's article, 区委书记."""
    name = analysis.article.division.name
    at = role.find(name)
    if at >= 0 and role[at + len(name) : at + len(name) + 1] in ("委", "长"):
        return role[at + len(name) - 1 :]
    return role
