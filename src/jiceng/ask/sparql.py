"""From what a question means to SPARQL. Values enter as escaped literals only: no question can change it."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal

from jiceng.ask.understand import Intent

_PLACE = "?fact jc:division ?d . ?d rdfs:label ?division ; jc:adcode ?code ."
_EVIDENCE = (
    "?fact jc:evidence ?e . ?e oa:exact ?quote ; oa:start ?start ; oa:end ?end ; "
    "oa:hasSource/schema:name ?source ."
)
_SHOWN = "?quote ?source ?start ?end"
# Spaces and punctuation that questions leave out.
_PLAIN = r'REPLACE(STR({}), "[\\s“”\"\'‘’「」『』《》【】，,。.？?！!；;：:…·]+", "")'
_MECHANISM = (
    "?fact jc:mechanism ?m . ?m rdfs:label ?mechanism . OPTIONAL { ?fact rdfs:label ?own } "
    "BIND (COALESCE(?own, ?mechanism) AS ?name)"
)
_TIER = "?fact a jc:TierChain ; jc:tier ?t . ?t jc:position ?position ; rdfs:label ?tier ."


def sparql(intent: Intent, money: Sequence[str] = (), spending: Sequence[str] = ()) -> str:
    """The query for an intent; its rows lead to quote, file and offsets wherever facts are listed.

    `money` are words for every amount that is called by one of them or that an action (`spending`: parts of
    verbs) gives.
    """
    codes = _codes(intent)
    match intent.kind:
        case "count" | "across" | "most" | "least":
            return _numbers(intent, codes, money, spending)
        case "where_mechanism" | "mechanism":
            return _select(
                "?division ?name ?level ?component",
                f"{codes} {_MECHANISM} {_like('?name', intent.term, '?mechanism')} {_PLACE} {_EVIDENCE}\n"
                "  OPTIONAL { ?fact jc:level ?level } OPTIONAL { ?fact jc:component ?component }",
                "?name ?code ?source ?start ?component",
            )
        case "mechanisms":
            sort = f"?t skos:notation {Literal(intent.sort)} ." if intent.sort else ""
            return _select(
                "?division ?name ?type",
                f"{codes} {_MECHANISM} {_PLACE} {_EVIDENCE}\n"
                "  ?m jc:mechanismType ?t . ?t skos:prefLabel ?type . "
                f'FILTER (LANG(?type) = "zh") {sort}',
                "?code ?type ?name ?source ?start",
            )
        case "shared" | "unique":
            return _sets(intent, codes)
        case "compare":
            return _select(
                "?what ?item ?division",
                f"{codes} {_PLACE} {_EVIDENCE}\n"
                '  { ?fact jc:mechanism/rdfs:label ?item BIND ("机制" AS ?what) }\n'
                '  UNION { ?fact a jc:TierChain ; rdfs:label ?item BIND ("组织链条" AS ?what) }\n'
                "  UNION { ?fact a jc:Measurement ; jc:measured ?of ; jc:value ?value\n"
                "    OPTIONAL { ?fact jc:unit/skos:notation ?u } "
                'BIND (CONCAT(STR(?of), " ", STR(?value), COALESCE(STR(?u), "")) AS ?item) '
                'BIND ("数据" AS ?what) }',
                "?what ?item ?code ?source ?start",
            )
        case "structure":
            return _select(
                "?division ?position ?tier ?chain",
                f"{codes} {_TIER} {_PLACE} {_EVIDENCE}\n  BIND (?fact AS ?chain)",
                "?code ?chain ?source ?start ?position",
            )
        case "where_tier":
            return _select(
                "?division ?tier ?position",
                f"{codes} {_TIER} {_ends('?tier', intent.term)} {_PLACE} {_EVIDENCE}",
                "?code ?tier ?source ?start ?position",
            )
        case "districts":
            return (
                "SELECT ?division ?code (COUNT(DISTINCT ?fact) AS ?facts) WHERE {\n"
                "  ?d a jc:AdministrativeDivision ; rdfs:label ?division ; jc:adcode ?code .\n"
                "  { ?fact jc:division ?d } UNION { ?article jc:about ?d }\n}\n"
                "GROUP BY ?division ?code ORDER BY ?code\n"
            )
        case "organisation":
            word = Literal(intent.term)
            return _select(
                "?division ?name ?kind ?fact",
                f"{codes} ?o a jc:Organisation ; rdfs:label ?name ; jc:division ?d . "
                f"{_ends('?name', intent.term)}\n  {_PLACE} {_EVIDENCE}\n"
                "  ?fact a ?kind . FILTER (STRSTARTS(STR(?kind), STR(jc:)))\n"
                f"  FILTER (?fact = ?o || CONTAINS({_PLAIN.format('?quote')}, {word})\n"
                "    || EXISTS { ?fact jc:concerns|jc:within ?o })",
                "?name ?code ?source ?start ?end ?fact",
            )
        case _:
            return _listed(intent, codes)


def _listed(intent: Intent, codes: str) -> str:
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
        word = Literal(intent.term)
        wanted = f"FILTER (STR(?name) = {word} || COALESCE(STRENDS({_PLAIN.format('?role')}, {word}), false))"
    elif intent.sort:
        wanted = f"FILTER (?kind = {Literal(intent.sort)} || STRSTARTS(?kind, {Literal(intent.sort + '.')}))"
    last = columns.split()[1:]
    return _select(
        f"?division {columns}",
        f"{codes} {body} {_PLACE} {_EVIDENCE} {wanted}",
        " ".join(("?code ?name ?source ?start", *last)),
    )


def _numbers(intent: Intent, codes: str, money: Sequence[str], spending: Sequence[str]) -> str:
    word = Literal(intent.term)
    plain = _PLAIN.format("?measured")
    same = f"{plain} = {word}"
    tests = (
        f"STRENDS({plain}, {word}) || EXISTS {{ ?fact jc:indicator ?i . "
        f"?i skos:prefLabel|skos:altLabel ?of . FILTER (STR(?of) = {word}) }}"
    )
    if intent.term in money:
        given = " || ".join(f"CONTAINS(STR(?action), {Literal(w)})" for w in spending)
        called = " || ".join(f"STRENDS({plain}, {Literal(w)})" for w in money)
        given = f"EXISTS {{ ?fact jc:action ?action . FILTER ({given}) }}"
        tests += f' || (?unit = "元" && ({called} || {given}))'
    # Facts are ranked, rules and targets are not; the word itself goes before longer ones.
    fact = 'FILTER (!BOUND(?nature) || ?nature = "fact")' if intent.kind in ("most", "least") else ""
    order = {
        "most": f"DESC({same}) DESC(?value)",
        "least": f"DESC({same}) ?value",
        "count": f"DESC({same}) ?measured",
    }.get(intent.kind, f"?code DESC({same}) ?measured")
    return _select(
        "?division ?measured ?comparator ?value ?unit ?nature ?period",
        f"{codes} ?fact a jc:Measurement ; jc:measured ?measured ; jc:value ?value . {_PLACE} {_EVIDENCE}\n"
        "  OPTIONAL { ?fact jc:unit/skos:notation ?unit } OPTIONAL { ?fact jc:period ?period }\n"
        "  OPTIONAL { ?fact jc:comparator/skos:notation ?comparator }\n"
        "  OPTIONAL { ?fact jc:nature/skos:notation ?nature }\n"
        f"  FILTER ({tests}) {fact}",
        f"{order} ?code DESC(?value) ?source ?start",
    )


def _sets(intent: Intent, codes: str) -> str:
    if intent.kind == "shared":
        tests = " ".join(
            f"FILTER EXISTS {{ ?f{n} jc:mechanism ?m ; jc:division/jc:adcode ?c{n} . "
            f"FILTER (?c{n} IN ({_listing(intent, n)})) }}"
            for n in range(len(intent.places))
        )
    else:
        tests = (
            "FILTER NOT EXISTS { ?other jc:mechanism ?m ; jc:division ?elsewhere . "
            "FILTER (?elsewhere != ?d) }"
        )
    return _select(
        "?name ?division", f"{codes} {_MECHANISM} {_PLACE} {_EVIDENCE}\n  {tests}", "?m ?code ?source ?start"
    )


def _select(columns: str, body: str, order: str) -> str:
    return f"SELECT DISTINCT {columns} {_SHOWN} WHERE {{\n  {body}\n}}\nORDER BY {order}\n"


def _codes(intent: Intent) -> str:
    codes = [str(Literal(place.code)) for places in intent.places for place in places]
    return f"VALUES ?code {{ {' '.join(codes)} }}\n " if codes else ""


def _listing(intent: Intent, at: int) -> str:
    return ", ".join(str(Literal(place.code)) for place in intent.places[at])


def _ends(variable: str, term: str) -> str:
    return f"FILTER (STRENDS({_PLAIN.format(variable)}, {Literal(term)}))"


def _like(name: str, term: str, other: str) -> str:
    word = Literal(term)
    return f"FILTER (CONTAINS({_PLAIN.format(name)}, {word}) || CONTAINS({_PLAIN.format(other)}, {word}))"
