"""Policy documents named in 《》: those that a body issued or that the text says it applies, and laws.

Newspapers, books and what study sessions read or sing are left out, by the words of their titles and the
words around them. A title keeps the marks inside it.
"""

from __future__ import annotations

from collections.abc import Callable

from jiceng.extract.analysis import Analysis, Bracketed
from jiceng.lexicon import Lexicon
from jiceng.model import PolicyDocument
from jiceng.rules import Rule, RuleFile, load_rules

# Rules see this much of the text before and behind the marks.
_BEFORE, _BEHIND = 60, 8
_DECIDING = tuple(f"documents.{name}" for name in ("periodical", "reading", "short", "titled", "issued"))


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[PolicyDocument, ...]]:
    """The function that finds an article's documents, one fact for each title, in order."""
    rules = load_rules("documents", lexicon)
    deciding = tuple(rules[name] for name in _DECIDING)

    def extract(analysis: Analysis) -> tuple[PolicyDocument, ...]:
        found: dict[str, PolicyDocument] = {}
        for mark in _titles(analysis):
            rule = _decide(analysis, mark, deciding)
            if rule is None:
                continue
            title = analysis.text[mark.start + 1 : mark.end - 1].strip()
            if title and title not in found:
                found[title] = PolicyDocument(
                    start=mark.start,
                    end=mark.end,
                    rule=rule.name,
                    title=title,
                    issuer=_issuer(analysis, mark, title, rules),
                )
        return tuple(found.values())

    return extract


def _titles(analysis: Analysis) -> list[Bracketed]:
    """The outermost 《》: marks inside a title belong to it."""
    outer: list[Bracketed] = []
    for mark in analysis.bracketed:
        if mark.mark == "《" and not (outer and mark.end <= outer[-1].end):
            outer.append(mark)
    return outer


def _decide(analysis: Analysis, mark: Bracketed, rules: tuple[Rule, ...]) -> Rule | None:
    """The rule that keeps a title, or None: the first rule that reaches over the title decides."""
    text = analysis.text
    first = max(analysis.sentence_at(mark.start).start, mark.start - _BEFORE)
    for rule in rules:
        if rule.data.get("alone"):
            if rule.pattern.fullmatch(text, mark.start, mark.end):
                return rule if rule.data["keep"] else None
            continue
        for found in rule.pattern.finditer(text, first, min(len(text), mark.end + _BEHIND)):
            if found.start() <= mark.start and found.end() >= mark.end:
                return rule if rule.data["keep"] else None
            if found.start() > mark.start:
                break
    return None


def _issuer(analysis: Analysis, mark: Bracketed, title: str, rules: RuleFile) -> str | None:
    """Who issued it, where title or sentence say so: a body's name, or the article's division."""
    central = rules["documents.central"].pattern.match(title)
    if central:
        return central[0]
    division = analysis.article.division.name
    before = analysis.text[analysis.sentence_at(mark.start).start : mark.start]
    named = rules["documents.issuer"].pattern.finditer(before)
    issuers = [found["issuer"].strip() for found in named]
    if issuers:
        return issuers[-1]
    if title.startswith(division):
        return division
    issued = rules["documents.issuing"].pattern.search(before)
    return division if issued and not rules["documents.law"].pattern.search(title) else None
