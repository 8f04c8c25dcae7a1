"""An explanation for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from pyoxigraph import Literal

from jiceng.explain.account import Account, Explanation, Joined, Rejected
from jiceng.graph.namespaces import shortened
from jiceng.query.tables import shown

_LONG = 400  # characters of a pattern or a sentence's side that people are shown


def render(explanation: Explanation) -> str:
    """The explanation as text: an English frame around what the texts and the vocabularies have."""
    recorded = explanation.recorded
    lines = [
        shortened(recorded.iri),
        f"  {recorded.kind} of {recorded.division}",
        *(f"  article    {title}" for title in recorded.articles),
        *(
            f"  evidence   {e.source} [{e.span.start}, {e.span.end})  {_line(e.exact)}"
            for e in recorded.places
        ),
        f"  rule       {', '.join(recorded.rules)}",
        "",
        "fields",
        *_pairs(recorded.fields),
    ]
    for account in explanation.accounts:
        lines += ["", *_account(account)]
    lines += [line for note in explanation.notes for line in ("", f"note: {note}")]
    return "\n".join(lines)


def _account(account: Account) -> Iterator[str]:
    place = account.place
    yield f"read again from {account.path}: {account.division}"
    before = place.before if len(place.before) <= _LONG else "…" + place.before[-_LONG:]
    after = place.after if len(place.after) <= _LONG else place.after[:_LONG] + "…"
    yield f"  {_line(before)}【{_line(place.quote)}】{_line(after)}"
    rule = account.rule
    yield f"rule {rule.name}" + (f": {rule.about}" if rule.about else "")
    if rule.pattern:
        pattern = rule.pattern if len(rule.pattern) <= _LONG else rule.pattern[:_LONG] + "…"
        yield f"  pattern    {_line(pattern)}"
    if rule.file:
        yield f"  file       {rule.file}"
    yield from (f"  example    {example}" for example in rule.examples[:1])
    if account.score is not None:
        yield f"  score      {account.score:+.2f} (accepted above zero): {_features(account.weighed)}"
        yield f"  ranked     {_features(account.alternatives)}"
    if account.words:
        yield "words of the vocabularies in the quote"
        yield from (f"  {w.text}  {w.scheme}: {w.notation} ({w.label})" for w in account.words)
    if account.links:
        yield "linked to"
        yield from _pairs(tuple(account.links.items()))
    if account.matched:
        yield "patterns that matched here"
        yield from (f"  {name}  {_line(text)}" for name, text in account.matched)
    yield "joins of torn text that the quote reads across" + ("" if account.joins else ": none")
    for join in account.joins:
        yield from _join(join)
    yield "whose the text is"
    for part in account.placements:
        sure = "doubtful" if part.doubtful else "sure"
        rival = f"; next best {part.rival}, belief {part.rival_belief:.2f}" if part.rival else ""
        yield f"  {sure}: [{part.start}, {part.end}) {account.division}, belief {part.belief:.2f}{rival}"
        yield from (f"    {_line(reason)}" for reason in part.reasons)
    yield "rejected in the same sentence" + ("" if account.rejected else ": nothing")
    for one in account.rejected:
        yield from _rejected(one)


def _join(join: Joined) -> Iterator[str]:
    sure = "doubtful" if join.doubtful else "sure"
    yield f"  {sure}: …{join.before} [{join.raw_before} | {join.raw_after}] {join.after}…"
    if join.reasons:
        yield f"    because: {_features(join.reasons)}"
    yield from (f"    lost: {rival}" for rival in join.rivals)


def _rejected(one: Rejected) -> Iterator[str]:
    points = f" {one.score:+.2f}" if one.score is not None else ""
    yield f"  {one.kind}{points}  {_line(one.text)}: {one.why}"
    if one.features:
        yield f"    {_features(one.features)}"


def _features(features: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {weight:+.2f}" for name, weight in features) or "no feature that weighs"


def _pairs(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max((len(name) for name, _ in pairs), default=0)
    yield from (f"  {name:<{width}}  {_line(value)}" for name, value in pairs)


def _line(text: str) -> str:
    """A text on one line, without anything that would drive a terminal."""
    return shown(Literal(text))


def to_json(explanation: Explanation) -> str:
    """The explanation as one JSON object."""
    return json.dumps(asdict(explanation), ensure_ascii=False, indent=1)
