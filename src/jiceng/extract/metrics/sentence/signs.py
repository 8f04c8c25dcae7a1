"""Classes of single characters that the clause grammar asks for."""

from __future__ import annotations

from dataclasses import dataclass

from jiceng.rules import SignClasses


@dataclass(frozen=True, slots=True)
class Signs(SignClasses):
    """The table `signs` of `rules/metrics.toml`, which says what each class is."""

    adverb: frozenset[str]
    left_behind: frozenset[str]
    aspect: frozenset[str]
    only: frozenset[str]
    free: frozenset[str]
    direct: frozenset[str]
    about: frozenset[str]
    of_noun: frozenset[str]
    suffix: frozenset[str]
    suffix_of_noun: frozenset[str]
    amount: frozenset[str]
    modal: frozenset[str]
    fee: frozenset[str]
    handled: frozenset[str]
    reached_word: frozenset[str]
    result: frozenset[str]
    no_result: frozenset[str]
    like: frozenset[str]
    completing: frozenset[str]
    before_number: frozenset[str]
    paid: frozenset[str]
    paid_part: frozenset[str]
    chipped: frozenset[str]
    instead: frozenset[str]
    complement: frozenset[str]
    carrying: frozenset[str]
    verb_end: frozenset[str]
    resulting: frozenset[str]
    settled: frozenset[str]
    object_inside: frozenset[str]
    grants_points: frozenset[str]
    credited: frozenset[str]
    places: frozenset[str]
    some_places: frozenset[str]
    asked: frozenset[str]
    priced: frozenset[str]
    able: frozenset[str]
    moved: frozenset[str]
