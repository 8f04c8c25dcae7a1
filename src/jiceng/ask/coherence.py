"""Whether the pieces of a reading hold together: a word that is passed over would change what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from jiceng.ask.grammar import EMPTY, Grammar
from jiceng.ask.reading import DIVISION, HOLDER, TERM, UNKNOWN, Piece

_NAMES = {DIVISION, TERM, HOLDER, UNKNOWN}
_LONG = 6
_WHOLE = {"sort", "when", "report", "levels", "above", "below"}
"""Roles of words that no reading takes apart."""
_OF_PLACES = {"where", "whose", "places", "every", "province", "city"}
_ONCE = ("action", "period", "per", "depth", HOLDER)
"""Roles of which an intent has room for one: of 2020年和2021年 the one would be passed over."""


def coherent(pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether terms are joined by words that join, and no word that asks for something else is cut apart."""
    before = ""
    between: list[Piece] = []
    each = sum(p.role == "many" for p in pieces) >= sum(p.role == TERM for p in pieces)
    plainly = ""
    starts: list[int] = []
    for piece in pieces:
        starts.append(len(plainly))
        plainly += "\n" if piece.role in _NAMES - {UNKNOWN} else piece.text
        if piece.role != TERM:
            between.append(piece)
            continue
        joined = any(
            p.text in grammar.joining or p.role == "lack" or (each and p.role == "many") for p in between
        )
        if before and piece.text != before and not joined:
            return False
        before, between = piece.text, []
    if any(grammar.refused.match(plainly, at) for at in starts):
        return False
    return not (
        _cut(pieces, grammar)
        or _lacked(pieces, grammar)
        or _parted(pieces, grammar)
        or _twice(pieces)
        or _differing(pieces, grammar)
    )


def _lacked(pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether a word for lacking is passed over as one that asks: it asks only at the end (有积分制没有)."""
    asks = False
    for piece in reversed(pieces):
        if piece.role == "yesno" and "lack" in grammar.words[piece.text] and asks:
            return True
        asks = asks or piece.role not in EMPTY
    return False


def _cut(pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether empty words stand side by side that are another word together: 花样 is not 花 and 样."""
    for at, piece in enumerate(pieces):
        word = piece.text if piece.role in EMPTY else ""
        for other in pieces[at + 1 :]:
            if not word or other.role not in EMPTY or len(word) > 3:
                break
            word += other.text
            if word in grammar.whole:
                return True
    return False


def _parted(pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether a word that must stay whole is cut apart: 小区 is not 小 and 区, nor 什么时候 什么 and 时候.

    上级是谁 may be 上级 and 是谁, which asks for the same.
    """
    text = ""
    of: list[int] = []
    for number, piece in enumerate(pieces):
        # 报道里 says where, though 报道 may be something that is counted.
        named = piece.role in _NAMES and "report" not in grammar.words.get(piece.text, ())
        text += "\n" if named else piece.text
        of += [number] * (1 if named else len(piece.text))
    return any(
        of[at] != of[end - 1]
        and _WHOLE.intersection(grammar.words.get(text[at:end], ()))
        - {piece.role for piece in pieces[of[at] : of[end - 1] + 1]}
        for at in range(len(text))
        for end in range(at + 2, min(at + _LONG, len(text)) + 1)
    )


def _twice(pieces: Sequence[Piece]) -> bool:
    """Whether there are two of what an intent has one of."""
    return any(len({piece.value for piece in pieces if piece.role == role}) > 1 for role in _ONCE)


def _differing(pieces: Sequence[Piece], grammar: Grammar) -> bool:
    """Whether things that are no places are set against each other: what they are, no number tells."""
    terms = [at for at, piece in enumerate(pieces) if piece.role == TERM]
    if len({pieces[at].text for at in terms}) < 2:
        return False
    if any(piece.role == "than" for piece in pieces):
        return True
    # 谁 is a place in front of them (谁的网格员和志愿者多), but one of them behind (网格员和志愿者谁多).
    places = (p.role in _OF_PLACES and (p.role != "whose" or at < terms[0]) for at, p in enumerate(pieces))
    return (
        any(piece.text in grammar.difference or piece.role == "more" for piece in pieces)
        and not any(places)
        and len({piece.named for piece in pieces if piece.role == DIVISION}) < 2
    )
