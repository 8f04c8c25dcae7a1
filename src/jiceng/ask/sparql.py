"""From what a question means to SPARQL. Values enter as escaped literals only: no question can change it."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal

from jiceng.ask.counts import counts
from jiceng.ask.grammar import load as load_grammar
from jiceng.ask.numbers import numbers
from jiceng.ask.parts import (
    DIVISIONS,
    EVIDENCE,
    MECHANISM,
    PLACE,
    REPORTED,
    among,
    codes,
    codes_of,
    ends,
    held,
    holds,
    named,
    of_kind,
    plain,
    region,
    select,
)
from jiceng.ask.terms import Named
from jiceng.ask.understand import Intent

_TIER = "?fact a jc:TierChain ; jc:tier ?t . ?t jc:position ?position ; rdfs:label ?tier ."
_LEVELS = (
    "{ SELECT ?fact (COUNT(DISTINCT ?each) AS ?levels) WHERE { ?fact a jc:TierChain ; jc:tier ?each } "
    "GROUP BY ?fact }\n  OPTIONAL { ?fact jc:declaredLevels ?declared }"
)
# A street is told of with a mechanism where both stand in one sentence, the street first.
_SAME_SENTENCE = (
    "CONTAINS(STR(?quote), STR(?part)) || COALESCE(CONTAINS(STR(?before), STR(?part)) "
    '&& !REGEX(STRAFTER(STR(?before), STR(?part)), "[。；！？]"), false)'
)


def sparql(intent: Intent, money: Sequence[str] = (), spending: Sequence[str] = ()) -> str:
    """The query for an intent; its rows lead to quote, file and offsets wherever facts are listed.

    `money` are words for every amount that is called by one of them or that an action (`spending`: parts of
    verbs) gives.
    """
    here = codes(intent)
    match intent.kind:
        case "where_mechanism" | "mechanism" | "where_part" | "where_tier" | "dated" | "having":
            return _where(intent, here)
        case "count" | "across" | "targets" | "most" | "least" | "sum" | "average" | "difference":
            return numbers(intent, money, spending)
        case "mechanisms":
            sort = f"?t skos:notation {Literal(intent.sort)} ." if intent.sort else ""
            return select(
                "?division ?name ?type",
                f"{here} {MECHANISM} {PLACE} {EVIDENCE}\n"
                "  ?m jc:mechanismType ?t . ?t skos:prefLabel ?type . "
                f'FILTER (LANG(?type) = "zh") {sort}',
                "?code ?type ?name ?source ?start",
            )
        case "structure" | "deepest" | "shallowest":
            first = {"deepest": "DESC(?levels) ", "shallowest": "?levels "}.get(intent.kind, "")
            asked = intent.bound[1] if intent.bound else ""
            deep = f"\n  FILTER (?levels = {asked} || COALESCE(?declared = {asked}, false))" if asked else ""
            return select(
                "?division ?levels ?declared ?position ?tier ?chain",
                f"{here} {_TIER} {PLACE} {EVIDENCE}\n  BIND (?fact AS ?chain)\n  {_LEVELS}{deep}",
                f"{first}?code ?chain ?source ?start ?position",
            )
        case "above" | "below":
            near, step = (
                ("?upper", "?position - 1") if intent.kind == "above" else ("?lower", "?position + 1")
            )
            return select(
                f"?division ?tier {near}",
                f"{here} {_TIER} FILTER ({ends('?tier', intent.terms)})\n"
                f"  ?fact jc:tier ?next . ?next jc:position ?at ; rdfs:label {near} . FILTER (?at = {step})\n"
                f"  {PLACE} {EVIDENCE}",
                f"?code ?tier {near} ?source ?start",
            )
        case "organisation":
            return select(
                "?division ?name ?kind ?fact",
                f"{here} ?o a jc:Organisation ; rdfs:label ?name ; jc:division ?d . "
                f"FILTER ({ends('?name', intent.terms)})\n  {PLACE} {EVIDENCE}\n"
                "  ?fact a ?kind . FILTER (STRSTARTS(STR(?kind), STR(jc:)))\n"
                f"  FILTER (?fact = ?o || {holds(('?quote',), intent.terms)}\n"
                "    || EXISTS { ?fact jc:concerns|jc:within ?o })",
                "?name ?code ?source ?start ?end ?fact",
            )
        case "division":
            return select(
                "?division ?kind ?label ?fact",
                f"{here} {PLACE} {EVIDENCE} ?fact a ?kind .\n"
                "  FILTER (STRSTARTS(STR(?kind), STR(jc:))) OPTIONAL { ?fact rdfs:label|foaf:name ?label }",
                "?code ?kind ?source ?start ?end ?fact",
            )
        case "reports":
            dated = f"FILTER (STRSTARTS(STR(?published), {Literal(intent.period)}))" if intent.period else ""
            if intent.bound:
                dated = f"FILTER (STR(?published) >= {Literal(intent.bound[1])})"
            return (
                "SELECT DISTINCT ?division ?headline ?source ?published WHERE {\n"
                f"  {here} ?article a jc:Article ; jc:about ?d . {DIVISIONS}\n"
                "  OPTIONAL { ?article schema:headline ?headline }\n"
                "  OPTIONAL { ?article dct:source ?document . ?document schema:name ?source\n"
                f"    OPTIONAL {{ ?document schema:datePublished ?published }} }} {dated}\n"
                f"}}\nORDER BY {'DESC(STR(?published)) ' if intent.newest else ''}"
                "?code STR(?published) ?source ?headline\n"
            )
        case "shared" | "unique" | "missing" | "only_first" | "compare":
            return _sets(intent, here)
        case "persons" | "honours" | "documents" | "organisations":
            return _listed(intent, here)
        case _:
            return _counted(intent, here)


def _where(intent: Intent, here: str) -> str:
    """Who has a mechanism or a tier: divisions, with their region or part where that is asked for."""
    if intent.kind == "having":
        return _having(intent, here)
    of_region = "?region " if intent.by else ""
    if intent.kind == "where_tier":
        return select(
            f"{of_region}?division ?tier ?position ?value ?unit",
            f"{here} {{ {_TIER} }}\n"
            "  UNION { ?fact a jc:Measurement ; jc:measured ?tier ; jc:value ?value .\n"
            "    OPTIONAL { ?fact jc:unit/skos:notation ?unit } }\n"
            f"  FILTER ({ends('?tier', intent.terms)}) {PLACE} {region(intent.by)}{EVIDENCE}",
            "?code ?tier ?source ?start ?position ?value",
        )
    if intent.kind == "where_part":
        return select(
            "?division ?part ?name ?before",
            f"{here} {named(intent.terms)} {MECHANISM}\n"
            f"  {PLACE} {EVIDENCE} OPTIONAL {{ ?e oa:prefix ?before }}\n"
            "  ?o jc:division ?d ; a jc:Organisation ; rdfs:label ?part ; "
            f"jc:organisationKind/skos:notation ?kind .\n  FILTER ({of_kind('?kind', intent.sort)})\n"
            f"  FILTER ({_SAME_SENTENCE})",
            "?code ?part ?name ?source ?start",
        )
    first = "(!BOUND(?published)) STR(?published) " if intent.kind == "dated" else ""
    return select(
        f"{of_region}?division {'?term ' if len(intent.terms) > 1 else ''}?name ?level ?component",
        f"{here} {named(intent.terms)} {MECHANISM}\n"
        f"  {PLACE} {region(intent.by)}{EVIDENCE}\n"
        "  OPTIONAL { ?fact jc:level ?level } OPTIONAL { ?fact jc:component ?component }",
        f"{first}?name ?code ?source ?start ?component",
    )


def _having(intent: Intent, here: str) -> str:
    """Who has all of some things, be they mechanisms, tiers or what is counted, and none of others."""
    who = " ".join(f"{{ SELECT DISTINCT ?d WHERE {{ {held((term,))} }} }}" for term in intent.terms)
    without = f" MINUS {{ SELECT DISTINCT ?d WHERE {{ {held(intent.lacking)} }} }}" if intent.lacking else ""
    return select(
        "?division ?term ?name",
        f"{here} {who}{without}\n  {held(intent.terms)}\n"
        f"  {PLACE} {EVIDENCE} OPTIONAL {{ ?fact rdfs:label ?name }}",
        "?code ?term ?source ?start ?name",
    )


def _listed(intent: Intent, here: str) -> str:
    kinds = {
        "persons": ("?fact a jc:Person ; foaf:name ?name . OPTIONAL { ?fact jc:role ?role }", "?name ?role"),
        "honours": (
            "?fact a jc:Honour ; rdfs:label ?name . OPTIONAL { ?fact jc:recipient ?recipient } "
            "OPTIONAL { ?fact jc:period ?period }",
            "?name ?recipient ?period",
        ),
        "documents": (
            "?fact a jc:PolicyDocument ; dct:title ?name . OPTIONAL { ?fact jc:issuer ?issuer }",
            "?name ?issuer",
        ),
        "organisations": (
            "?fact a jc:Organisation ; rdfs:label ?name ; jc:organisationKind/skos:notation ?kind .",
            "?name ?kind",
        ),
    }
    body, columns = kinds[intent.kind]
    wanted = ""
    if intent.kind == "persons" and intent.term:
        word, role, grammar = Literal(intent.term), plain("?role"), load_grammar()
        called = f'REPLACE({role}, {Literal(grammar.office.pattern)}, "$2")'
        second = Literal(grammar.deputy + intent.term)
        led = f"(STRENDS({role}, {word}) || STRENDS({called}, {word})) && !STRENDS({role}, {second})"
        wanted = f"FILTER (STR(?name) = {word} || COALESCE({led}, false))"
    elif intent.kind == "organisations" and intent.sort:
        wanted = f"FILTER ({of_kind('?kind', intent.sort)})"
        if intent.terms:
            wanted += f" ?fact jc:within/rdfs:label ?within FILTER ({ends('?within', intent.terms)})"
    elif intent.kind == "honours" and intent.period:
        wanted = f"FILTER (CONTAINS(STR(?period), {Literal(intent.period)}))"
    elif intent.kind == "documents" and intent.called:
        wanted = f"FILTER ({holds(('?name',), (intent.called,))})"
    if intent.kind == "honours" and intent.called:
        wanted += f" FILTER ({holds(('?name',), ('全国', '国家', '中国'))})"
    last = columns.split()[1:]
    return select(
        f"?division {columns}",
        f"{here} {body} {PLACE} {EVIDENCE} {wanted}",
        " ".join(("?code ?name ?source ?start", *last)),
    )


def _sets(intent: Intent, here: str) -> str:
    if intent.kind == "compare":
        return select(
            "?what ?item ?division ?code",
            f"{here} {PLACE} {EVIDENCE}\n"
            '  { ?fact jc:mechanism/rdfs:label ?item BIND ("机制" AS ?what) }\n'
            '  UNION { ?fact a jc:TierChain ; rdfs:label ?item BIND ("组织链条" AS ?what) }\n'
            "  UNION { ?fact a jc:Measurement ; jc:measured ?of ; jc:value ?value\n"
            "    OPTIONAL { ?fact jc:unit/skos:notation ?u } "
            'BIND (CONCAT(STR(?of), " ", STR(?value), COALESCE(STR(?u), "")) AS ?item) '
            'BIND ("数据" AS ?what) }',
            'DESC(?what = "机制") ?what ?item ?code ?source ?start',
        )
    if intent.kind == "shared":
        # As below: what each has is found once, not looked for anew for each fact.
        tests = " ".join(f"{{ SELECT DISTINCT ?m WHERE {{ {_had_by(named)} }} }}" for named in intent.places)
    elif intent.kind == "unique":
        tests = (
            "FILTER NOT EXISTS { ?other jc:mechanism ?m ; jc:division ?elsewhere . "
            "FILTER (?elsewhere != ?d) }"
        )
    else:
        # The one that lacks is the last; nobody else than the first is asked about where two are named.
        lacking = intent.places[-1]
        here = (
            f"VALUES ?code {{ {' '.join(codes_of(intent.places[0]))} }}\n "
            if intent.kind == "only_first"
            else ""
        )
        tests = f"MINUS {{ SELECT DISTINCT ?m WHERE {{ {_had_by(lacking)} }} }}"
        if intent.kind == "missing":
            tests += f" FILTER (!({among('?code', lacking)}))"
    return select(
        "?name ?division",
        f"{here} {MECHANISM} {PLACE} {EVIDENCE}\n  {tests}",
        "?mechanism ?code ?source ?start ?name",
    )


def _had_by(named: Named) -> str:
    """The mechanisms that a named division has."""
    codes = " ".join(codes_of(named))
    return f"VALUES ?owner {{ {codes} }} ?owned jc:mechanism ?m ; jc:division/jc:adcode ?owner"


def _counted(intent: Intent, here: str) -> str:
    """Answers that count facts, or tell of divisions: their rows are no quotes."""
    match intent.kind:
        case "within":
            return (
                f"SELECT DISTINCT ?division ?larger WHERE {{\n  {here} {DIVISIONS}\n"
                "  ?d jc:withinDivision+ ?up . ?up rdfs:label ?larger ; jc:adcode ?upper\n}\n"
                "ORDER BY ?code DESC(?upper)\n"
            )
        case "without":
            # Who has it is found once; NOT EXISTS would look for it anew for each fact of each division.
            if intent.classes == ("tier",):
                has = f"?fact jc:tier?/rdfs:label|jc:measured ?name FILTER ({ends('?name', intent.terms)})"
            else:
                has = f"{named(intent.terms)} ?fact jc:mechanism ?m ."
            if intent.by:
                return (
                    "SELECT ?region (COUNT(DISTINCT ?d) AS ?divisions) WHERE {\n"
                    f"  {here} {DIVISIONS} {{ SELECT DISTINCT ?d WHERE {{ {REPORTED} }} }}\n"
                    "  OPTIONAL { { SELECT DISTINCT ?d (1 AS ?has) WHERE "
                    f"{{ {has} ?fact jc:division ?d }} }} }}\n"
                    f"  {region(intent.by)}\n"
                    "}\nGROUP BY ?region HAVING (COUNT(?has) = 0) ORDER BY DESC(?divisions) ?region\n"
                )
            return (
                "SELECT DISTINCT ?division ?code WHERE {\n"
                f"  {here} {DIVISIONS} {{ SELECT DISTINCT ?d WHERE {{ {REPORTED} }} }}\n"
                f"  MINUS {{ SELECT DISTINCT ?d WHERE {{ {has} ?fact jc:division ?d }} }}\n"
                "}\nORDER BY ?code\n"
            )
        case "similar":
            own = among("?own_code", intent.places[0])
            return (
                "SELECT ?division (COUNT(DISTINCT ?m) AS ?shared)\n"
                '  (GROUP_CONCAT(DISTINCT ?label; separator="、") AS ?mechanisms) WHERE {\n'
                f"  ?own jc:mechanism ?m ; jc:division/jc:adcode ?own_code . FILTER ({own})\n"
                f"  ?other jc:mechanism ?m ; jc:division ?d . {DIVISIONS} ?m rdfs:label ?label .\n"
                f"  FILTER (!({among('?code', intent.places[0])}))\n"
                "}\nGROUP BY ?division ?code ORDER BY DESC(?shared) ?code\n"
            )
        case _:
            return counts(intent, here)
