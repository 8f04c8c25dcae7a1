"""Why each part of a page stands in its article: the decisions of `splitting`, told with their reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from jiceng.articles.cohesion import Cohesion
from jiceng.articles.naming import (
    ASIDE,
    BYLINE,
    HEADING,
    INTRODUCING,
    LISTED,
    MENTION,
    OPENING,
    SENTENCE,
)
from jiceng.articles.own import own_kinds
from jiceng.articles.splitting import Placed, Split
from jiceng.model import Division
from jiceng.repair import Repaired
from jiceng.values import dataclass

MOST_WORDS = 6  # that are told of those that two parts have in common
_PLACES = {
    HEADING: "in a heading",
    BYLINE: "in a byline",
    OPENING: "opens the paragraph",
    SENTENCE: "opens a sentence",
    INTRODUCING: "first mention, by its full path",
    MENTION: "in mid-sentence",
    LISTED: "in a list",
    ASIDE: "as another's example or visitor",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a division: `kind` is name, path, own, words, heading, before, joined or turn.

    `weight` is the evidence of a name (nats), None for what has no weight of its own.
    """

    kind: str
    told: str
    division: Division | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A part of the page (raw offsets), and whose it is; `state` is sure, doubtful or unplaced.

    `division` is the best one also where the part was given to none.
    """

    start: int
    end: int
    role: str
    text: str
    state: str
    division: Division | None
    belief: float
    rival: Division | None
    rival_belief: float
    reasons: tuple[Reason, ...]


def decisions(split: Split) -> tuple[Decision, ...]:
    """The decision on each part of the page, in the page's order; without any article all are unplaced."""
    if not split.articles and not split.placed:
        return tuple(
            Decision(
                s.spans[0].start, s.spans[-1].end, s.role, s.text.value, "unplaced", None, 0.0, None, 0.0, ()
            )
            for s in split.unplaced
        )
    page = _Page(
        split.placed,
        Cohesion([p.text for p in split.placed]),
        Counter(p.stretch for p in split.placed),
        defaultdict(set),
    )
    for number, placed in enumerate(split.placed):
        if not placed.turn:
            page.of[placed.placement.division.adcode].add(number)
    found = []
    for number, placed in enumerate(split.placed):
        placement = placed.placement
        state = "unplaced" if placement.unplaced else "doubtful" if placement.doubtful else "sure"
        found.append(
            Decision(
                placed.raw.start,
                placed.raw.end,
                placed.role,
                placed.text,
                state,
                placement.division,
                round(placement.belief, 3),
                placement.rival,
                round(placement.rival_belief, 3),
                tuple(_reasons(page, number)),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Page:
    """The parts of a page, their words, how many each paragraph has, and which each division has."""

    parts: tuple[Placed, ...]
    cohesion: Cohesion
    pieces: Counter[int]
    of: defaultdict[str, set[int]]


def _reasons(page: _Page, number: int) -> Iterator[Reason]:
    placed = page.parts[number]
    placement = placed.placement
    if placed.turn:
        yield Reason("turn", "a sentence of which it is the subject, in another's report", placement.division)
    for name in placed.names:
        word = placed.text[name.start : name.end]
        place = _PLACES.get(name.weight, "named")
        yield Reason("path" if name.path else "name", f"{word}: {place}", name.division, name.weight)
    for kind in own_kinds(placed.text):
        yield Reason("own", f"speaks of its own {kind} (我{kind}, 全{kind}, {kind}委)")
    for division in (placement.division, placement.rival):
        if division is None:
            continue
        if words := page.cohesion.shared(number, page.of[division.adcode])[:MOST_WORDS]:
            yield Reason("words", f"{'、'.join(words)} also elsewhere in it", division)
    before = page.parts[number - 1] if number else None
    if page.pieces[placed.stretch] > 1 and not placed.turn:
        yield Reason("joined", "one paragraph with another part of the page")
    if before is not None and before.placement.division == placement.division:
        told = f"follows {before.text[:16]}…" if len(before.text) > 16 else f"follows {before.text}"
        yield Reason("heading" if before.role == "heading" else "before", told, placement.division)


def page_told(split: Split) -> Iterator[str]:
    """Whose each part of the page is, and what stands in no article, in words."""
    found = decisions(split)
    yield "whose each part of the page is (+ sure, ? doubtful, - in no article)"
    for decision in found:
        yield from told(decision)
    left = [d for d in found if d.state == "unplaced"]
    yield f"in no article: {sum(len(d.text) for d in left)} characters" if left else "in no article: nothing"
    yield from (f"    {warning}" for warning in split.warnings)


def page_json(repaired: Repaired, split: Split, explain: bool) -> dict[str, object]:
    """The articles of a page as plain values; with `explain` also the joins and the decisions."""
    page: dict[str, object] = {
        "source": repaired.source.name,
        "articles": [
            {
                "district": a.division.name,
                "adcode": a.division.adcode,
                "title": a.title,
                "paragraphs": [
                    {"role": str(p.role), "level": p.level, "text": a.body.value[p.start : p.end]}
                    for p in a.paragraphs
                ],
                "doubtful": [a.body.value[start:end] for start, end in a.doubts],
            }
            for a in split.articles
        ],
        "unplaced": [s.text.value for s in split.unplaced],
        "warnings": list(split.warnings),
    }
    if explain:
        page["joins"] = [
            {
                "tail": repaired.fragment(j.tail).span.end,
                "head": repaired.fragment(j.head).span.start,
                "score": round(j.score, 3),
                "doubtful": j.doubtful,
                "reasons": {name: round(value, 3) for name, value in j.reasons if value},
                "rivals": [
                    {
                        "tail": repaired.fragment(r.tail).span.end,
                        "head": repaired.fragment(r.head).span.start,
                        "score": round(r.score, 3),
                    }
                    for r in j.rivals
                ],
            }
            for j in repaired.joins
        ]
        page["placements"] = [as_json(d) for d in decisions(split)]
    return page


def told(decision: Decision) -> Iterator[str]:
    """A decision in words, a line each."""
    mark = {"sure": "+", "doubtful": "?", "unplaced": "-"}[decision.state]
    name = _named(decision.division) if decision.state != "unplaced" else "in no article"
    text = decision.text if len(decision.text) <= 28 else decision.text[:28] + "…"
    yield f"{mark} [{decision.start}–{decision.end}) {decision.role}: {text}"
    if decision.division is None:
        return
    if decision.state == "unplaced":
        yield f"    {name}: too uncertain; best {_named(decision.division)}, belief {decision.belief:.2f}"
    else:
        doubt = " (doubtful)" if decision.state == "doubtful" else ""
        yield f"    {name}, belief {decision.belief:.2f}{doubt}"
    if decision.rival is not None:
        yield f"    next best: {_named(decision.rival)}, belief {decision.rival_belief:.2f}"
    yield from (f"    {line}" for line in reasons_told(decision))


def reasons_told(decision: Decision) -> Iterator[str]:
    """What speaks for whom, a line each."""
    for reason in decision.reasons:
        weight = f" {reason.weight:+.1f}" if reason.weight is not None else ""
        whose = f" → {reason.division.name}" if reason.division else ""
        yield f"{reason.kind}: {reason.told}{whose}{weight}"


def as_json(decision: Decision) -> dict[str, object]:
    """A decision as plain values."""
    return {
        "start": decision.start,
        "end": decision.end,
        "role": str(decision.role),
        "text": decision.text,
        "state": decision.state,
        "division": _plain(decision.division),
        "belief": decision.belief,
        "rival": _plain(decision.rival),
        "rival_belief": decision.rival_belief,
        "reasons": [
            {"kind": r.kind, "told": r.told, "division": _plain(r.division), "weight": r.weight}
            for r in decision.reasons
        ],
    }


def _named(division: Division | None) -> str:
    return f"{division.name} ({division.adcode})" if division else ""


def _plain(division: Division | None) -> dict[str, str] | None:
    return {"district": division.name, "adcode": division.adcode} if division else None
