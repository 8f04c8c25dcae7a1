"""An honour from its title: who holds it, since when, and what it is called."""

from __future__ import annotations

import re

from jiceng.extract.analysis import ITEM, Analysis
from jiceng.model import Honour
from jiceng.rules import RuleFile

CLAUSE = re.compile(r"[，。；：！？\n]")
_CLAUSES = 60  # before a verb that may name the holder
_HAN = re.compile(r"[\u4e00-\u9fa5]")


def honour_of(
    analysis: Analysis, rules: RuleFile, rule: str, start: int, end: int, title: str, lead: str
) -> Honour:
    """The honour told at `start:end`; `lead` is what stands before its title."""
    text = analysis.text
    sentence = analysis.sentence_at(start)
    recipient, first = _recipient(analysis, sentence.start, start, rules)
    period = None
    # The title's own year first, then the nearest before the verb in the sentence.
    for stretch in (lead + title, text[sentence.start : start]):
        for when in rules["honours.period"].pattern.finditer(stretch):
            period = when[0]
        if period:
            break
    if pieces := rules["honours.pieces"].pattern.match(title):
        title = title[pieces.end() :]
    title = title.removesuffix("名单").rstrip("…") or title
    year = rules["honours.year"].pattern.match(title)
    return Honour(
        start=first,
        end=end,
        rule=rule,
        title=(title[year.end() :] if year else title) or title,
        recipient=recipient,
        period=period,
    )


def plain_holder(name: str | None, division: str, surnames: frozenset[str], rules: RuleFile) -> str | None:
    """Who holds an honour, by name: 某街道|青禾社区, 社区书记|段青禾, 金湖区|凭借某项目."""
    if name is None:
        return None
    name = rules["honours.by-what"].pattern.sub("", name) or name
    inner = name.removeprefix(division)
    if rules["honours.unit"].pattern.fullmatch(inner):
        name = inner
    if path := rules["honours.path"].pattern.match(name):
        name = name[path.end() :]
    person = rules["honours.person"].pattern.fullmatch(name)
    if person and ("·" in name or person["name"].startswith(tuple(surnames))):
        return str(person["name"])
    return name


def _recipient(analysis: Analysis, floor: int, at: int, rules: RuleFile) -> tuple[str | None, int]:
    """Who receives, and where the shown stretch begins: the subject of the clause or of one before it.

    The division, where no clause of the sentence names a holder.
    """
    text, holders = analysis.text, rules.tables["holders"]
    division = analysis.article.division.name
    edges = [floor, *(m.end() for m in CLAUSE.finditer(text, floor, at))]
    for start in edges[: -_CLAUSES - 1 : -1]:
        stop = CLAUSE.search(text, start, at)
        subject = _subject(text[start : stop.start() if stop else at], rules)
        if rules["honours.itself"].pattern.match(subject):
            return division, start
        named = subject.endswith(tuple(holders["endings"]))
        if subject and (named or (start == edges[-1] and len(subject) <= holders["longest"])):
            if not _HAN.search(subject[-2:]) or subject[0].isdigit():
                return None, start
            return subject, start
    return division, at


def _subject(clause: str, rules: RuleFile) -> str:
    """Of whom a clause speaks: without what leads to it and what stands between it and the verb."""
    if item := ITEM.match(clause):
        clause = clause[item.end() :]
    if opening := rules["honours.opening"].pattern.match(clause):
        clause = clause[opening.end() :]
    for name in ("adverbs", "because", "adverbs"):  # 水云社区｜先后｜被市政府
        if found := rules[f"honours.{name}"].pattern.search(clause):
            clause = clause[: found.start()]
    if rules["honours.acting"].pattern.match(clause):
        return ""  # 健全楼栋网格，获评…: the subject stands in an earlier clause, or is the division
    return clause.strip("“”、 ")
