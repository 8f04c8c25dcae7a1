"""From a question in Chinese to what it means: its reading, and the first intent that takes all of it.

A word that nothing explains means that the question is not understood, never that the word is passed over.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jiceng.ask.coherence import coherent
from jiceng.ask.grammar import Grammar, Pattern
from jiceng.ask.reading import DIVISION, HOLDER, TERM, UNKNOWN, Piece, Reading, readings
from jiceng.ask.terms import EXACT, KNOWN, NEAR, Named, Terms, plain

LONGEST = 120
"""Characters of a question."""

_WIDE = {
    code: chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_RANKS = {EXACT: 0.0, KNOWN: 0.1, NEAR: 0.1}  # that a term is only near costs in the reading already
_COUNTED = 0.2
"""That 多少个 is no number though what is asked for is measured somewhere; that 下辖哪些街道 is one."""
_HOW_MANY = re.compile(r"(?:多少|几)[^种类项样]*")
_YEARS = re.compile(r"\d{4}年?(?P<since>以来|至今)?")
_BETWEEN = {"fill", "do", "total"}
_PLACES = {"place", "province", "city"}
_REPORTS = {"report", "article"}
_HAS = {"有", "开展", "实行", "推行", "采用", "建立", "设立", "设置"}
"""Words behind which is had again what a word before them says is lacked."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks.

    `terms` are what it names besides divisions, `sort` the notation of a type of mechanism or of a kind of
    organisation, or a class; `limit` is how many are asked for; `bound` a comparison of values (of a chain's
    levels) and a number, `end` a second one; `period` and `per` words that must be there; `actions` verbs of
    which one must be the fact's; `unit` that of 多少钱 and 多少平方米; `total` whether all together are asked
    for, `by` what divisions are put together by: their `province` or `city`; `called` what the names of
    honours or documents must hold (全国, 实施方案); `newest` that the last reports come first; `lacking` are
    terms that a place must not have; `holder` is the street, community or other part whose numbers are meant.
    """

    kind: str
    places: tuple[Named, ...] = ()
    terms: tuple[str, ...] = ()
    sort: str = ""
    limit: int = 0
    bound: tuple[str, str] | None = None
    period: str = ""
    per: str = ""
    actions: tuple[str, ...] = ()
    unit: str = ""
    total: bool = False
    by: str = ""
    called: str = ""
    newest: bool = False
    end: tuple[str, str] | None = None
    lacking: tuple[str, ...] = ()
    holder: str = ""
    classes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def divisions(self) -> tuple[str, ...]:
        """The names of the divisions, in the question's order."""
        return tuple(place.label for place in self.places)

    @property
    def term(self) -> str:
        """The first term, or nothing."""
        return self.terms[0] if self.terms else ""


def normal(question: str, grammar: Grammar) -> str:
    """A question without punctuation and width, in simplified characters."""
    return "、".join(map(plain, question.translate(_WIDE).split("、"))).translate(grammar.simplified)


def understand(question: str, terms: Terms, grammar: Grammar) -> Intent | None:
    """What a question means, or None where grammar, graph and vocabularies do not explain all of it."""
    text = normal(question, grammar)
    if not text or len(text) > LONGEST:
        return None
    best: tuple[float, Intent] | None = None
    for reading in readings(text, terms, grammar):
        if best and reading.cost >= best[0]:
            break
        if any(piece.role == UNKNOWN for piece in reading.pieces) or not coherent(reading.pieces, grammar):
            continue
        found = _meant(reading, terms, grammar)
        if found and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else None


def _meant(reading: Reading, terms: Terms, grammar: Grammar) -> tuple[float, Intent] | None:
    pieces = _spread(_lacking(reading.pieces), grammar)
    roles = {piece.role for piece in pieces} - {DIVISION, TERM}
    places = tuple(dict.fromkeys(p.named for p in pieces if p.role == DIVISION and p.named))
    words = tuple(dict.fromkeys(p.text for p in pieces if p.role == TERM))
    counting = any(piece.role in ("many", "which") and _HOW_MANY.fullmatch(piece.text) for piece in pieces)
    listing = not counting and "which" in roles and roles.isdisjoint({"many", "amount"})
    unit = _unit(pieces, grammar)
    ended = len(_bounds(pieces)) > 1
    found: tuple[float, Intent] | None = None
    for index, pattern in enumerate(grammar.patterns):
        if not _fits(pattern, roles, places, words) or (unit and "measure" not in pattern.of):
            continue
        if ended and (pattern.kind not in ("across", "count") or len(_bounds(pieces)) > 2):
            continue
        if (words and not _grouped(pattern, pieces, grammar)) or not _dated(pattern, pieces, grammar):
            continue
        if any(piece.text in pattern.but for piece in pieces):
            continue
        if _asks_else(pattern, pieces):
            continue
        classes = [max((terms.words[w].get(c, 0), c) for c in pattern.of) for w in words]
        if not all(rank for rank, _ in classes) or not _sided(pattern, pieces, classes):
            continue
        score = reading.cost + sum(_RANKS[rank] for rank, _ in classes) + index * 1e-4
        if counting and "measure" not in pattern.of and any("measure" in terms.words[w] for w in words):
            score += _COUNTED
        below = pattern.kind == "below" and listing and _first(pieces, "below")
        if (below or (listing and pattern.kind == "count")) and any(w in grammar.sorts for w in words):
            score += _COUNTED
        if found is None or score < found[0]:
            found = score, _intent(pattern, pieces, places, words, terms, grammar)
    return found


def _first(pieces: Sequence[Piece], role: str) -> bool:
    """Whether a role stands before all terms: 下辖哪些街道 asks for streets, not for what is below them."""
    return next(piece.role for piece in pieces if piece.role in (role, TERM)) == role


def _asks_else(pattern: Pattern, pieces: Sequence[Piece]) -> bool:
    """Whether it is not the terms that are asked for, but places that are counted (各省采用双报到的区县数量,
    有双报到的地方有多少), or mechanisms of places that have one (有积分制的区有哪些机制).
    """
    told = [piece for piece in pieces if piece.role != "fill"]
    roles = [piece.role for piece in told]
    if "measure" in pattern.of:
        return ("place", "amount") in itertools.pairwise(roles) or roles[-2:] == ["place", "many"]
    return pattern.of == ("mechanism",) and any(
        a.role in ("which", "whose") and a.text.startswith("哪") and b.role == "practice"
        for a, b in itertools.pairwise(told)
    )


def _dated(pattern: Pattern, pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether reports are asked for themselves, by years: of what day they are is not always known."""
    return pattern.kind != "reports" or (
        all(_YEARS.fullmatch(piece.text) for piece in pieces if piece.role == "period")
        and any(p.role in _REPORTS and p.text not in grammar.no_reports for p in pieces)
    )


def _grouped(pattern: Pattern, pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether a kind of part is asked for, and only one, where a pattern takes it to be.

    哪些小区有业委会 asks for quarters, 各街道有多少小区 for streets: it stands where it is asked for, and
    what is counted by 多少个 only where nothing has it (多少个街道有小区).
    """
    if pattern.sort != "sorts":
        return True
    at = [i for i, piece in enumerate(pieces) if piece.role == "sort"]
    if len(at) != 1 or at == [0]:
        return len(at) == 1
    before = pieces[at[0] - 1]
    if _HOW_MANY.fullmatch(before.text):
        return all(piece.role != TERM for piece in pieces[: at[0]])
    return before.role in ("which", "whose", DIVISION) or before.text in grammar.asked


def _fits(pattern: Pattern, roles: set[str], places: Sequence[Named], words: Sequence[str]) -> bool:
    if not (
        roles <= pattern.may
        and all(group & roles for group in pattern.needs)
        and pattern.divisions[0] <= len(places) <= pattern.divisions[1]
        and pattern.terms[0] <= len(words) <= pattern.terms[1]
    ):
        return False
    if pattern.scope and not all(place.scope for place in places):
        return False
    return pattern.alone or len(places) != 1 or places[0].scope


def _sided(pattern: Pattern, pieces: Sequence[Piece], classes: Sequence[tuple[int, str]]) -> bool:
    """Whether a pattern tells what is had from what is lacked, where a question has both.

    Things of several classes (积分制 and 网格员) are sought together only where all or some must be had; of
    哪些街道没有积分制 the streets are what is asked for, not what is had.
    """
    has, lacks = _sides(pieces)
    told = [piece for piece in pieces if piece.role != "fill" or piece.text in _HAS]
    asked = any(a.role in ("which", "whose") and b.role == TERM for a, b in itertools.pairwise(told))
    said = any(piece.text in _HAS or piece.role == "common" for piece in pieces)
    if pattern.kind != "having":
        return not (has and lacks and said)
    return (
        bool(has) and said and not asked and (bool(lacks) or len({c == "mechanism" for _, c in classes}) > 1)
    )


def _sides(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms that somebody is to have, and those that are to be lacking: 有积分制但没有网格员."""
    sides: tuple[dict[str, None], dict[str, None]] = {}, {}
    lacking, before = False, ""
    for piece in pieces:
        if piece.role == TERM:
            sides[lacking][piece.text] = None
        elif piece.role == "lack" or (piece.text in _HAS and before != "lack"):
            lacking = piece.role == "lack"
        before = piece.role
    return tuple(sides[0]), tuple(sides[1])


def _intent(
    pattern: Pattern,
    pieces: Sequence[Piece],
    places: tuple[Named, ...],
    words: tuple[str, ...],
    terms: Terms,
    grammar: Grammar,
) -> Intent:
    of: Mapping[str, tuple[str, ...]] = {piece.role: piece.value for piece in pieces}
    sort = ""
    if pattern.of == ("type",):
        sort, words = terms.types[words[0]], ()
    elif pattern.sort == "sorts":
        sort = of["sort"][0]
    elif pattern.sort == "richest":
        sort = next(grammar.richest[role] for role in grammar.richest if role in of)
    if pattern.drop:
        places = ()
    if pattern.kind == "only_first":
        at = next(i for i, piece in enumerate(pieces) if piece.role == "d_lack")
        last = next(p.named for p in reversed(pieces[:at]) if p.role == DIVISION)
        places = tuple(sorted(places, key=lambda place: place == last))
    bound = of.get("spread") or next(iter(_bounds(pieces)), None) or of.get("number") or of.get("depth")
    lacking: tuple[str, ...] = ()
    if pattern.kind == "having":
        words, lacking = _sides(pieces)
    period = of["period"][0] if "period" in of else ""
    since = [p for p in pieces if p.role == "period" and (m := _YEARS.fullmatch(p.text)) and m["since"]]
    if pattern.kind == "reports" and since:
        bound, period = (">=", period), ""
    return Intent(
        pattern.kind,
        places,
        words,
        sort,
        int(of["top"][0]) if "top" in of else 0,
        (bound[0], bound[1]) if bound else None,
        period,
        of["per"][0] if "per" in of else "",
        of.get("action", ()),
        _unit(pieces, grammar),
        not of.keys().isdisjoint({"sum", "total"}),
        next((role for role in grammar.regions if role in of), ""),
        _called(pattern.kind, pieces, grammar),
        pattern.kind == "reports" and any(piece.text in grammar.newest for piece in pieces),
        next(iter(_bounds(pieces)[1:]), None),
        lacking,
        of["holder"][0] if "holder" in of else "",
        pattern.of,
    )


def _unit(pieces: Sequence[Piece], grammar: Grammar) -> str:
    """The unit that 多少 is asked with: 多少钱, 多少平方米; a share (比例) is one of %."""
    asked = [piece.text for piece in pieces if piece.role in ("many", "amount")]
    units = (u for text in asked for w, u in grammar.units.items() if text.endswith(w))
    return next(units, "")


def _bounds(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """The bounds of values: 超过100个但不到200个 and 100到200个 are two."""
    values = [value for piece in pieces if piece.role == "bound" for value in piece.value]
    return list(zip(values[::2], values[1::2], strict=True))


def _called(kind: str, pieces: Sequence[Piece], grammar: Grammar) -> str:
    """A kind of document that is asked for by its name; that honours are to be those of the whole country."""
    if kind == "documents":
        words = [p.text for p in pieces if p.role == "document" and p.text not in grammar.any_document]
        return words[0] if words else ""
    if kind == "honours":
        asked = [p for p in pieces if p.text not in ("的", "性")]
        for piece, after in itertools.pairwise(asked):
            if after.role == "honour" and piece.text in grammar.national:
                return piece.text
    return ""


def _lacking(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, with `lack` told apart by who lacks."""
    told: list[Piece] = []
    for piece in pieces:
        role = piece.role
        if role == "lack":
            before = next((p.role for p in reversed(told) if p.role not in _BETWEEN), "")
            role = {DIVISION: "d_lack", "others": "others_lack"}.get(before, role)
        told.append(Piece(role, piece.text, piece.named, piece.value))
    return tuple(told)


def _spread(pieces: Sequence[Piece], grammar: Grammar) -> tuple[Piece, ...]:
    """The pieces, with numbers of places told apart, in how many a mechanism is: 在三个以上的区县出现的机制.

    超过20个机制的区县 has no such number: it begins the question, or stands behind 在 or 被.
    """
    roles = {piece.role for piece in pieces}
    if "practice" not in roles or TERM in roles:
        return tuple(pieces)
    told: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.role not in ("bound", "number"):
            told.append(piece)
            continue
        rest = [p for p in pieces[at + 1 :] if p.text != "的"]
        before = next((p.text for p in reversed(told) if p.role != "unit"), "")
        done = before == "有" and any(p.role == "do" for p in rest)
        if rest and rest[0].role in _PLACES and (not before or before in grammar.spread or done):
            told.append(Piece("spread", piece.text, value=piece.value))
        else:
            told.append(piece)
    return tuple(told)


def nearest(question: str, terms: Terms, grammar: Grammar, count: int = 4) -> tuple[str, ...]:
    """Questions that this graph can be asked: of what a question names, then those that look most like it."""
    text = normal(question, grammar)[:LONGEST]
    cut = readings(text, terms, grammar)[0].pieces if text else ()
    labels = list(dict.fromkeys(place.label for places in terms.names.values() for place in places))
    named = [piece.named.label for piece in cut if piece.named and not piece.named.scope]
    first = named[0] if named else next(iter(labels), "")
    second = next((label for label in (*named, *labels) if label != first), "")
    scope = next((label for label in terms.around if label not in labels), "")
    words = [piece.text for piece in cut if piece.role == TERM]
    holder = next((piece.text for piece in cut if piece.role == HOLDER), terms.shown.get("organisation", ""))
    offered: dict[str, tuple[float, str]] = {}
    for pattern in grammar.patterns:
        own = next((w for w in words if any(c in terms.words[w] for c in pattern.of)), "")
        word = own or next((terms.shown[c] for c in pattern.of if terms.shown.get(c)), "")
        other = next((w for c in pattern.of if (w := terms.shown.get(c)) and w != word), "")
        filling = {"d": first, "e": second, "x": word, "y": other, "s": scope, "o": holder}
        if any(f"{{{name}}}" in pattern.example and not value for name, value in filling.items()):
            continue
        example = pattern.example.format(**filling)
        like = difflib.SequenceMatcher(None, text, normal(example, grammar)).ratio()
        like += (0.3 if own else 0) + (0.1 if named and "{d}" in pattern.example else 0)
        offered.setdefault(example, (-like, pattern.kind))
    # A filling may make an example say something else (a name that is also a word): such are not offered.
    given: list[str] = []
    for example in sorted(offered, key=lambda e: offered[e][0]):
        told = understand(example, terms, grammar) if len(given) < count else None
        if told is not None and told.kind == offered[example][1]:
            given.append(example)
    return tuple(given)
