"""Queries for numbers: what is counted, where, how much, when, and what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import Literal

from jiceng.ask.grammar import load as load_grammar
from jiceng.ask.parts import EVIDENCE, PLACE, codes, counted, either, of_kind, plain, region, select
from jiceng.ask.terms import indicators
from jiceng.ask.understand import Intent


def numbers(intent: Intent, money: Sequence[str], spending: Sequence[str]) -> str:
    """Measurements of the intent's terms; facts only where they are ranked or reckoned with."""
    same = either(f"{counted('?measured')} = {Literal(term)}" for term in intent.terms)
    tests, until = [], ""
    if intent.kind in ("most", "least", "sum", "average", "difference"):
        tests.append('!BOUND(?nature) || ?nature = "fact"')
    if intent.kind == "targets":
        tests.append('?nature = "rule"')
    if not intent.by:  # of a region the sum is compared
        tests += (f"?value {sign} {value}" for sign, value in filter(None, (intent.bound, intent.end)))
    if intent.unit:
        tests.append(f"?unit = {Literal(intent.unit)}")
    if intent.period:
        tests.append(_when(intent.period))
        until = "\n  OPTIONAL { ?fact jc:refPeriod/time:hasEnd/time:inXSDDate ?until }"
    if intent.holder:
        tests.append(_held(intent.holder))
    if intent.per:
        tests.append(_per(intent.per))
    if intent.actions:
        done = either(f"CONTAINS(STR(?action), {Literal(verb)})" for verb in intent.actions)
        tests.append(f"{done} || CONTAINS(?quote, {Literal(intent.actions[0])})")
    if intent.sort:
        tests.append(_part(intent.sort))
    # What is said of the whole division goes before parts of it, the word itself before longer ones.
    of_parts = "ASC(BOUND(?subject))"
    order = {
        "most": f"{of_parts} DESC({same}) DESC(?value) ?code",
        "least": f"{of_parts} DESC({same}) ?value ?code",
        "count": f"{of_parts} DESC({same}) ?measured ?code DESC(?value)",
        "across": f"?code {of_parts} DESC({same}) ?measured DESC(?value)",
        "targets": f"?code {of_parts} ?measured DESC(?value)",
    }.get(intent.kind, f"{of_parts} DESC({same}) ?code ?measured DESC(?value)")
    filters = "".join(f"\n  FILTER ({test})" for test in tests)
    return select(
        f"{'?region ' if intent.by else ''}?division ?subject ?measured ?comparator ?value ?upper ?unit "
        f"?nature ?period ?action ?per{' ?code' if adds(intent) else ''}",
        f"{codes(intent)} {_counting(intent.terms, money, spending) if intent.terms else ''}\n"
        "  ?fact a jc:Measurement ; jc:measured ?measured ; jc:value ?value .\n"
        f"  {PLACE} {region(intent.by)}{EVIDENCE}\n"
        "  OPTIONAL { ?fact jc:unit/skos:notation ?unit } OPTIONAL { ?fact jc:period ?period }\n"
        "  OPTIONAL { ?fact jc:comparator/skos:notation ?comparator }\n"
        "  OPTIONAL { ?fact jc:nature/skos:notation ?nature } OPTIONAL { ?fact jc:upperValue ?upper }\n"
        "  OPTIONAL { ?fact jc:action ?action } OPTIONAL { ?fact jc:per ?per }\n"
        f"  OPTIONAL {{ ?fact jc:subject ?subject }}{until}{filters}",
        f"{order} ?source ?start",
    )


def adds(intent: Intent) -> bool:
    """Whether numbers of several divisions are put together, so that their codes are needed."""
    return intent.kind in ("sum", "average") or bool(intent.by)


def _counting(terms: Sequence[str], money: Sequence[str], spending: Sequence[str]) -> str:
    """The measurements of some terms, found before all else is looked up, for that is slow for every one."""
    called: list[str] = []
    for term in terms:
        # A part of a listed phrase counts too: 矛盾纠纷 of 矛盾纠纷、疫情防控等各类问题.
        listed = Literal(f'{re.escape(term)}[”"’」』》]*[、和及与等（(]')
        called += (f"STRENDS({counted('?phrase')}, {Literal(term)})", f"REGEX(STR(?phrase), {listed})")
    names = ", ".join(str(Literal(name)) for term in terms for name in indicators(term))
    ways = [
        f"{{ SELECT DISTINCT ?phrase WHERE {{ ?any jc:measured ?phrase FILTER ({either(called)}) }} }} "
        "?fact jc:measured ?phrase",
        f"?i skos:prefLabel|skos:altLabel ?of FILTER (STR(?of) IN ({names})) ?fact jc:indicator ?i",
    ]
    if not set(terms).isdisjoint(money):
        given = either(f"CONTAINS(STR(?verb), {Literal(verb)})" for verb in spending)
        named = either(f"STRENDS({plain('?phrase')}, {Literal(name)})" for name in money)
        ways += (
            f'?fact jc:unit/skos:notation "元" ; jc:measured ?phrase FILTER ({named})',
            f'?fact jc:unit/skos:notation "元" ; jc:action ?verb FILTER ({given})',
        )
    found = "\n    UNION ".join(f"{{ {way} }}" for way in ways)
    return f"{{ SELECT DISTINCT ?fact WHERE {{\n    {found} }} }}"


def _part(sort: str) -> str:
    """A test that a number is of a part of its division: of a street, say."""
    called = either(f"STRENDS(STR(?subject), {Literal(word)})" for word in load_grammar().words_of_sort(sort))
    kind = (
        f"EXISTS {{ ?fact jc:concerns/jc:organisationKind/skos:notation ?part_kind "
        f"FILTER ({of_kind('?part_kind', sort)}) }}"
    )
    return f"BOUND(?subject) && ({called or 'false'} || {kind})"


def _when(period: str) -> str:
    """A test that a number is of some time: its text says so, or, of a year, what the text says (去年, 目前)
    ends in it, or the text says nothing and its report is of that year.
    """
    word = Literal(period)
    tests = [f"COALESCE(CONTAINS(STR(?period), {word}), false)"]
    if period.isdecimal():
        tests.append(f"COALESCE(STRSTARTS(STR(?until), {word}), false)")
        tests.append(f"!BOUND(?until) && COALESCE(STRSTARTS(STR(?published), {word}), false)")
    return either(tests)


def _held(holder: str) -> str:
    """A test that a number is of a named part of its division: of a street, a community, what these run."""
    name = Literal(holder)
    own = f"EXISTS {{ ?fact jc:concerns/rdfs:label ?part FILTER (STR(?part) = {name}) }}"
    return f"BOUND(?subject) && STRSTARTS({plain('?subject')}, {name}) || {own}"


def _per(per: str) -> str:
    """每年 is written 14万元/年 and 年均 too; the fact says 每年 or 年."""
    word = per.removeprefix("每")
    written = Literal(f"每个?{re.escape(word)}|[/／]{re.escape(word)}|{re.escape(word)}均")
    return f"CONTAINS(STR(?per), {Literal(word)}) || REGEX(?quote, {written})"
