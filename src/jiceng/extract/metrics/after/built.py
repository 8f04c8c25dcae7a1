"""What is built for places of two kinds and told behind the second: 建成3个街道、20个社区|邻里中心."""

from __future__ import annotations

from dataclasses import replace

from jiceng.extract.metrics.after.behind import Behind
from jiceng.extract.metrics.sentence.phrase import Noun


def built_for_both(behind: Behind, noun: Noun) -> bool:
    """Whether a verb of building governs a kind of place and another number goes on: 建成3个|街道、20个."""
    verb = behind.verb
    listed = behind.follows() in ("L", "C") and behind.follows(1) == "Q"
    if noun.text not in behind.grammar.lists["served_place"] or not listed or verb is None:
        return False
    return behind.sentence.word(verb) in behind.grammar.building


def of_both(behind: Behind, whole: Noun | None) -> Noun | None:
    """What is built, without the second kind of place in front; None if that place alone is counted."""
    places = behind.grammar.lists["served_place"]
    if whole is None or len(whole.items) > 1 or whole.text in places:
        return None
    place = max((p for p in places if whole.text.startswith(p)), key=len, default="")
    rest = whole.text[len(place) :]
    return replace(whole, start=whole.start + len(place), text=rest) if place and len(rest) > 2 else None
