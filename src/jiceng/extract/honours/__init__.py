"""Awards, titles and named rankings that the district, or somebody in it, has received.

A verb of receiving opens the search (`received`), a heading (`lines`) or a set phrase (`phrases`). The title
counts if it is called one (称号, 荣誉), or names its giver (全国, 省级) or its kind (示范社区, 典型案例).
Praise, targets and offers to others are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jiceng.extract.analysis import Analysis
from jiceng.extract.honours import lines, phrases, received
from jiceng.extract.honours.making import plain_holder
from jiceng.extract.honours.once import once, told
from jiceng.lexicon import Lexicon
from jiceng.model import Honour
from jiceng.rules import load_rules


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[Honour, ...]]:
    """The function that finds an article's honours, one fact for each title and recipient, in order."""
    rules = load_rules("honours", lexicon)
    surnames = frozenset(lexicon.scheme("surnames").words())

    def extract(analysis: Analysis) -> tuple[Honour, ...]:
        lists: set[int] = set()  # where lines of lists begin that were read
        candidates = (
            *received.opened(analysis, rules, rules["honours.quoted"], lists),
            *received.opened(analysis, rules, rules["honours.plain"], lists),
            *lines.headed(analysis, rules, lists),
            *phrases.ranked(analysis, rules),
            *phrases.apposed(analysis, rules),
            *phrases.holders(analysis, rules, surnames),
            *phrases.stated(analysis, rules),
            *phrases.named(analysis, rules),
            *phrases.several(analysis, rules),
            *phrases.emerged(analysis, rules),
            *phrases.epithets(analysis, rules),
            *phrases.among(analysis, rules),
            *phrases.marked(analysis, rules),
        )
        division = analysis.article.division.name
        kept = sorted(told(candidates, analysis, rules), key=lambda h: (h.start, h.end, -len(h.title)))
        found = once(kept, division, rules)
        return tuple(
            replace(h, recipient=plain_holder(h.recipient, division, surnames, rules)) for h in found
        )

    return extract
