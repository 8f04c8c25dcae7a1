"""Tier chains: the organisation levels that a text lists from top to bottom.

Each rule of `rules/tiers.toml` has a finder here, which turns what the rule's pattern matched into tiers or
refuses it. Whatever is found is checked for height: the levels must lead downwards. An article of another
genre has only those of the grassroots (`own`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from jiceng.extract.analysis import Analysis
from jiceng.extract.tiers.bodies import (
    assembled,
    based,
    built,
    chiefs,
    chiefs_listed,
    duties,
    founded,
    great,
    subordinate,
    takes,
    teams,
)
from jiceng.extract.tiers.counts import counted, graded, graded_chiefs, numbered
from jiceng.extract.tiers.dashes import dashed
from jiceng.extract.tiers.layers import layered
from jiceng.extract.tiers.own import grassroots
from jiceng.extract.tiers.parallel import parallel
from jiceng.extract.tiers.places import UPPER, Place, descends, downwards
from jiceng.extract.tiers.quotes import listed, passing, quoted, seated
from jiceng.extract.tiers.stacked import downward, stacked
from jiceng.extract.tiers.stated import enumerated, framed, stated, told
from jiceng.extract.tiers.words import COUNT, MARKED, NUMERALS, PERSONS, QUOTES, Mention, TierWords, mark
from jiceng.genre import genre
from jiceng.lexicon import Lexicon
from jiceng.model import Tier, TierChain
from jiceng.rules import Rule

# Before a mention, which is then the end of a longer name: 涪｜城区.
_IN_NAME = re.compile("(?![和与及在由从向到让把将])[\u4e00-\u9fff]")
_OPENED = re.compile("[“（]([\u4e00-\u9fff]{1,7})$")


def extractor(lexicon: Lexicon) -> Callable[[Analysis], tuple[TierChain, ...]]:
    """A function that finds the tier chains of an article, in the order of the text."""
    words = TierWords(lexicon)
    finders: dict[str, _Finder] = {
        "tiers.quoted": quoted,
        "tiers.dashed": dashed,
        "tiers.joined": _joined,
        "tiers.levels": _levels,
        "tiers.linked": _linked,
        "tiers.enumerated": enumerated,
        "tiers.chiefs-listed": chiefs_listed,
        "tiers.based": based,
        "tiers.subordinate": subordinate,
        "tiers.framed": framed,
        "tiers.duties": duties,
        "tiers.takes": takes,
        "tiers.teams": teams,
        "tiers.assembled": assembled,
        "tiers.great": great,
        "tiers.founded": founded,
        "tiers.built": built,
        "tiers.graded-chiefs": graded_chiefs,
        "tiers.chiefs": chiefs,
        "tiers.numbered": numbered,
        "tiers.seated": seated,
        "tiers.passing": passing,
        "tiers.counted": counted,
        "tiers.listed": listed,
        "tiers.graded": graded,
        "tiers.parallel": parallel,
        "tiers.stacked": stacked,
        "tiers.downward": downward,
        "tiers.stated": stated,
        "tiers.told": told,
    }
    rules = [(rule, finders[rule.name]) for rule in words.rules.rules if rule.name in finders]

    def extract(analysis: Analysis) -> tuple[TierChain, ...]:
        text = analysis.text
        windows = list(words.windows(text))
        mentions = [m for start, end in windows for m in words.mentions(text, start, end)]
        marked = mark(text, mentions)
        by_start = {m.start: m for m in mentions}
        chains: list[TierChain] = []
        over = {r.name: marked if r.data.get("over") == "marks" else text for r, _ in rules}
        for start, end in windows:
            taken: list[tuple[int, int]] = []
            for rule, finder in rules:
                for match in rule.pattern.finditer(over[rule.name], start, end):
                    inside = [by_start[m.start()] for m in MARKED.finditer(marked, *match.span())]
                    tiers = finder(Place(text, marked, match, inside, words))
                    if not tiers:
                        continue
                    first, last = min(t.start for t in tiers), max(t.end for t in tiers)
                    if any(s < last and first < e for s, e in taken):
                        continue
                    if words.foreign.match(text, last):
                        continue
                    taken.append((first, last))
                    chains.append(_chain(rule, text, tiers, *_evidence(text, tiers, inside, match), words))
        for name, levels in layered(text, words):
            span = levels[0].start, levels[-1].end
            if any(c.start < span[1] and span[0] < c.end and len(c.tiers) >= len(levels) for c in chains):
                continue  # 在街道层面设立大工委、…: the bodies are known
            chains = [c for c in chains if not _begins(c, levels)]
            chains.append(_chain(words.rules[name], text, levels, *span, words))
        seen = {pair for c in chains if len(c.tiers) > 2 for pair in pairwise(t.label for t in c.tiers)}
        # 6个网格细化为28个微网格: a part of 乡—村—网格—微网格, which the article tells, too
        chains = [c for c in chains if c.rule != "tiers.graded" or _labels(c) not in seen]
        known: set[tuple[str, ...]] = set()
        kept = []
        for chain in sorted(chains, key=lambda c: (c.start, c.end)):
            labels = _labels(chain)
            if labels not in known:
                known.add(labels)
                kept.append(chain)
        return tuple(_of_governance(kept, text, words, lexicon))

    return extract


_Finder = Callable[[Place], "Sequence[Mention]"]


def _of_governance(
    chains: Sequence[TierChain], text: str, words: TierWords, lexicon: Lexicon
) -> Sequence[TierChain]:
    """All chains, or of an article that clearly reports on something else those of the grassroots."""
    if not chains or not genre(text, lexicon).elsewhere:
        return chains
    return [chain for chain in chains if grassroots(_labels(chain), words)]


def _joined(place: Place) -> Sequence[Mention]:
    """`社区党总支+网格党支部+楼栋党小组`: only where the levels lead strictly downwards."""
    families = {m.family for m in place.mentions}
    *first, _ = place.mentions
    party = len(first) > 2 and all(m.family == "party" for m in first[:3])
    led = party and all(m.family in ("party", "role") for m in place.mentions)  # 党小组＋联户长＋党员户
    if (len(families) > 1 and not led) or not descends(place.mentions, strictly=not led):
        return ()
    top = place.mentions[0]
    opened = _OPENED.search(place.text, max(0, top.start - 8), top.start)
    if opened is None:
        return place.mentions
    begin = opened.end() - len(opened[1])  # （实践｜中心+实践所+实践站）
    return (replace(top, start=begin, label=place.text[begin : top.end]), *place.mentions[1:])


def _levels(place: Place) -> Sequence[Mention]:
    """`区、街道、社区三级`: as many names as levels."""
    count = place.declared
    named = place.mentions
    if count is None or len(named) < count:
        return ()
    if len(named) > count and len(joined := _joined_alike(place)) == count:
        named = joined  # 县、镇、村及社区三级
    if place.match["between"] and len(named) != count:
        return ()
    tiers = list(named[-count:])
    who = tiers[-1]
    rest = place.rule("rest").match(place.text, who.end)
    if rest is not None and rest.end() == place.match.end():
        tiers[-1] = replace(who, end=rest.start("levels"), label=place.text[who.start : rest.start("levels")])
    bodies = all(m.placed and m.family != "place" for m in tiers[:-1]) and who.family == "place"
    if bodies and place.names_body(place.match["between"] or ""):
        # 县调解中心、镇调委会、村民小组｜调解员四级: who serves at the last
        tiers[-1] = replace(place.made(who.start, place.match.end("between")), rank=who.rank)
    if count == 2 and _in_passing(place, tiers):
        return ()
    if count > 2 and all(t.family == "place" for t in tiers):
        return downwards(tiers, count)  # 院落、社区、镇三级: upwards
    return tiers if descends(tiers, strictly=count == 2) else ()


def _in_passing(place: Place, tiers: Sequence[Mention]) -> bool:
    """`市、区两级协调`, `镇、村两级干部`: who does it, no structure as in `县、乡两级综合治理平台`."""
    text, end = place.text, place.match.end()
    if place.rule("persons").match(text, end):
        return True
    return tiers[0].label[0] in UPPER and not place.rule("structure").match(text, end)


def _joined_alike(place: Place) -> list[Mention]:
    """The levels, with those of one height that 及 or 和 joins made one: 镇、｜村及社区."""
    levels: list[Mention] = []
    for m in place.mentions:
        last = levels[-1] if levels else None
        between = place.text[last.end : m.start] if last else ""
        if last is not None and between in place.words.lists["alike"] and last.rank == m.rank:
            levels[-1] = replace(last, end=m.end, label=f"{last.label}{between}{m.label}")
        else:
            levels.append(m)
    return levels


def _linked(place: Place) -> Sequence[Mention]:
    """`区、街道、社区上下联动`: no number, so the levels must lead strictly downwards."""
    party = all(m.family == "party" for m in place.mentions)
    bodies = place.mentions[:-1] if party and "户" in place.mentions[-1].label else place.mentions
    if any(m.rank is None or m.rank >= PERSONS for m in bodies):
        return ()
    if len({m.family for m in place.mentions}) > 1:
        return ()  # 区、街道、社区党组织上下贯通: whose organisations?
    return place.mentions if descends(place.mentions, strictly=True) else ()


def _evidence(
    text: str, tiers: Sequence[Mention], mentions: Sequence[Mention], match: re.Match[str]
) -> tuple[int, int]:
    """The stretch that shows a chain.

    A mention at its beginning that is no tier is the end of a longer name (涪｜城区) and left out.
    """
    begin = match.start()
    outer = next((m for m in mentions if m.start == begin and m.end < tiers[0].start), None)
    if outer is not None and begin and _IN_NAME.match(text, begin - 1):
        begin = outer.end
    return min(begin, *(t.start for t in tiers)), max(match.end(), *(t.end for t in tiers))


def _chain(
    rule: Rule, text: str, tiers: Sequence[Mention], start: int, end: int, words: TierWords
) -> TierChain:
    labels = [_label(t.label, words) for t in tiers]
    levels = words.rules["tiers.how-many"].pattern
    before = levels.search(text, max(0, start - 20), start)
    after = levels.search(text, max(t.end for t in tiers), min(len(text), end + 8))
    # 一级网格、二级网格: no count
    numbered = labels[0].startswith(("一级", "二级")) or rule.name == "tiers.grades"
    declared = next(
        (NUMERALS[m[1]] for m in (after, levels.search(text, start, end), before) if m and not numbered),
        None,
    )
    behind = text[after.end() : after.end() + 12] if after else ""
    return TierChain(
        start=start,
        end=end,
        rule=rule.name,
        tiers=tuple(_tier(text, label, t) for label, t in zip(labels, tiers, strict=True)),
        chain_type=_type([t.family for t in tiers], behind, words),
        declared_levels=declared,
    )


def _tier(text: str, label: str, mention: Mention) -> Tier:
    start, end = mention.start, mention.end
    while end - start > 1 and (
        text[start] in "“‘" and text[start:end].count("“") > text[start:end].count("”")
    ):
        start += 1
    while end - start > 1 and (
        text[end - 1] in "”’" and text[start:end].count("”") > text[start:end].count("“")
    ):
        end -= 1
    return Tier(label, start, end)


def _begins(chain: TierChain, levels: Sequence[Mention]) -> bool:
    """Whether a chain is but the beginning of the levels that a run of statements tells."""
    tiers = [(t.start, t.end) for t in chain.tiers]
    return tiers == [(m.start, m.end) for m in levels[: len(tiers)]]


def _labels(chain: TierChain) -> tuple[str, ...]:
    return tuple(t.label for t in chain.tiers)


def _label(label: str, words: TierWords) -> str:
    bare = QUOTES.sub("", label)
    return words.rules["tiers.level-tail"].pattern.sub("", COUNT.sub("", bare) or bare)  # 十户: a level


def _type(families: Sequence[str], behind: str, words: TierWords) -> str:
    party, facility = families.count("party"), families.count("facility")
    if party * 2 >= len(families) or words.rules["tiers.of-party"].pattern.match(behind):
        return "party"
    seats = words.rules["tiers.of-facilities"].pattern
    if facility * 2 >= len(families) or seats.search(behind.partition("，")[0]):
        return "facility"
    return "administrative"
