"""The parts that queries are put together from. Values enter as escaped literals only."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal

from jiceng.ask.terms import TALLY, Named, indicators
from jiceng.ask.understand import Intent

PLACE = "?fact jc:division ?d . ?d rdfs:label ?division ; jc:adcode ?code ."
DIVISIONS = "?d a jc:AdministrativeDivision ; rdfs:label ?division ; jc:adcode ?code ."
REPORTED = "{ ?any jc:division ?d } UNION { ?article jc:about ?d }"
EVIDENCE = (
    "?fact jc:evidence ?e . ?e oa:exact ?quote ; oa:start ?start ; oa:end ?end ; "
    "oa:hasSource ?document . ?document schema:name ?source ."
)
SHOWN = "?quote ?source ?published ?start ?end"
MECHANISM = (
    "?fact jc:mechanism ?m . ?m rdfs:label ?mechanism . OPTIONAL { ?fact rdfs:label ?own } "
    "BIND (COALESCE(?own, ?mechanism) AS ?name)"
)

# Spaces and punctuation that questions leave out.
_PLAIN = r'REPLACE(STR({}), "[\\s“”\"\'‘’「」『』《》【】，,。.？?！!；;：:…·、~～]+", "")'


def plain(variable: str) -> str:
    """A variable's text as questions write it."""
    return _PLAIN.format(variable)


def counted(variable: str) -> str:
    """What a counted phrase counts, as questions write it."""
    return f'REPLACE({plain(variable)}, "(..)({TALLY})$", "$1")'


def select(columns: str, body: str, order: str) -> str:
    """A query whose rows lead to quote, file and offsets, with the day of the document where it has one."""
    day = "OPTIONAL { ?document schema:datePublished ?published }"
    return f"SELECT DISTINCT {columns} {SHOWN} WHERE {{\n  {body}\n  {day}\n}}\nORDER BY {order}\n"


def either(tests: Iterable[str]) -> str:
    """A test that holds where one of them does."""
    return " || ".join(f"({test})" for test in tests)


def codes(intent: Intent) -> str:
    """The divisions that are asked about; nothing where all are."""
    if not intent.places:
        return ""
    every = dict.fromkeys(code for named in intent.places for code in codes_of(named))
    return f"VALUES ?code {{ {' '.join(every)} }}\n "


def codes_of(named: Named) -> tuple[str, ...]:
    """The codes of a named division, as literals."""
    return tuple(str(Literal(place.code)) for place in named.places)


def among(variable: str, named: Named) -> str:
    """A test that a code is one of a named division's."""
    return f"{variable} IN ({', '.join(codes_of(named))})"


def ends(variable: str, terms: Iterable[str]) -> str:
    """A test that a label ends with a term."""
    return either(f"STRENDS({plain(variable)}, {Literal(term)})" for term in terms)


def region(by: str) -> str:
    """What ?region is: the province or the city of a division, by its code.

    A municipality's districts are of no city, a county may be right below its province (`90`).
    """
    if not by:
        return ""
    province = (
        'BIND (CONCAT(SUBSTR(?code, 1, 2), "0000") AS ?province_code)\n'
        "  OPTIONAL { ?in_province jc:adcode ?province_code ; rdfs:label ?province }\n  "
    )
    if by == "province":
        return f"{province}BIND (COALESCE(?province, ?division) AS ?region)\n "
    return (
        f'{province}BIND (CONCAT(SUBSTR(?code, 1, 4), "00") AS ?city_code)\n'
        "  OPTIONAL { ?in_city jc:adcode ?city_code ; rdfs:label ?city }\n"
        '  BIND (IF(SUBSTR(?code, 3, 1) = "9", ?division, COALESCE(?province, ?division)) AS ?beyond)\n'
        "  BIND (COALESCE(?city, ?beyond) AS ?region)\n "
    )


def of_kind(variable: str, sort: str) -> str:
    """A test that a notation is that of a kind of organisation, or of one below it."""
    return f"{variable} = {Literal(sort)} || STRSTARTS({variable}, {Literal(sort + '.')})"


def holds(variables: Iterable[str], terms: Iterable[str]) -> str:
    """A test that one of the labels holds one of the terms."""
    names = tuple(variables)
    return either(f"CONTAINS({plain(v)}, {Literal(term)})" for term in terms for v in names)


def held(terms: Iterable[str]) -> str:
    """The facts ?fact of ?d that tell of a ?term: a mechanism, a tier, a number of it or its indicator."""
    words = tuple(terms)
    values = f"VALUES ?term {{ {' '.join(str(Literal(term)) for term in words)} }}"
    pairs = " ".join(f"({Literal(t)} {Literal(name)})" for t in words for name in indicators(t))
    ways = (
        f"{named(words)} ?fact jc:mechanism ?m",
        f"{values} ?fact jc:tier/rdfs:label|jc:measured ?own FILTER (STRENDS({plain('?own')}, ?term))",
        f"VALUES (?term ?of) {{ {pairs} }} ?i skos:prefLabel|skos:altLabel ?own FILTER (STR(?own) = ?of)\n"
        "    ?fact jc:indicator ?i",
    )
    found = "\n    UNION ".join(f"{{ {way} }}" for way in ways)
    return f"{{ SELECT DISTINCT ?fact ?term ?d WHERE {{\n    {found}\n    ?fact jc:division ?d }} }}"


def named(terms: Iterable[str]) -> str:
    """The mechanisms that are called so somewhere, with the term: a division may have a name of its own."""
    called = either(f"CONTAINS({plain(name)}, ?term)" for name in ("?any_name", "?any_own"))
    words = " ".join(str(Literal(term)) for term in terms)
    return (
        f"{{ SELECT DISTINCT ?m ?term WHERE {{ VALUES ?term {{ {words} }}\n"
        "    ?any jc:mechanism ?m . ?m rdfs:label ?any_name . OPTIONAL { ?any rdfs:label ?any_own }\n"
        f"    FILTER ({called}) }} }}\n "
    )
