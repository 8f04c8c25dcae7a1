"""What kind of organisation a tier is: the concept of `vocabulary/organisation_types.ttl` for its label."""

from __future__ import annotations

import re
from functools import lru_cache

from jiceng.lexicon import Lexicon, Scheme

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_NOISE = re.compile(r"[\s“”‘’\"'「」（）()]")
_FALLBACK = "other"


def tier_type(label: str, lexicon: Lexicon) -> str:
    """The notation of the organisation type that a tier's label names, such as `party.branch.quarter`.

    The whole label decides where the vocabulary has it; else the body at its end together with the place
    at its start (小区红色党支部 → `party.branch.quarter`); else either alone. Several bodies in one tier
    (社区党支部、网格党支部) get the type that they share. A label without any known word is `other`.
    """
    return _type(label, lexicon.scheme("organisation_types"))


@lru_cache(maxsize=4096)
def _type(label: str, scheme: Scheme) -> str:
    found = [_one(part, scheme) for part in label.split("、") if part] or [_FALLBACK]
    shared = found[0]
    for other in found[1:]:
        while shared != other and not other.startswith(shared + "."):
            shared = shared.rpartition(".")[0]
            if not shared:
                return _FALLBACK
    return shared


def _one(label: str, scheme: Scheme) -> str:
    whole = _NOISE.sub("", label)
    bare = _NOISE.sub("", _BRACKETS.sub("", label))
    for form in (label, whole, bare):
        if form in scheme.by_label:
            return scheme.by_label[form].notation
    bodies, places = _bodies(scheme)
    for form in (bare, whole):
        body = next((w for w in bodies if form.endswith(w)), "")
        place = next((w for w in places if form.startswith(w)), "")
        if body:
            notation = scheme.by_label[body].notation
            if place:
                finer = f"{notation}.{scheme.by_label[place].notation.rpartition('.')[2]}"
                return finer if finer in scheme.by_notation else notation
            return notation
        if place:
            return scheme.by_label[place].notation
    last = next((w for w in places if len(w) > 1 and bare.endswith(w)), "")
    return scheme.by_label[last].notation if last else _FALLBACK


def _bodies(scheme: Scheme) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words for bodies and for places, longest first."""
    return scheme.words("party", "office", "role", "facility"), scheme.words("place")
