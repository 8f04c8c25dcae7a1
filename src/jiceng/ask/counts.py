"""Queries that count: districts, reports, facts and mechanisms, by division, region or type."""

from __future__ import annotations

from pyoxigraph import Literal

from jiceng.ask.parts import DIVISIONS, PLACE, REPORTED, region
from jiceng.ask.understand import Intent

_HOW_MUCH = "(COUNT(DISTINCT ?article) AS ?reports) (COUNT(DISTINCT ?any) AS ?facts)"


def counts(intent: Intent, here: str) -> str:
    """Answers whose rows are divisions, regions, types or mechanisms, with how many they have."""
    match intent.kind:
        case "districts":
            return (
                f"SELECT ?division ?code {_HOW_MUCH} WHERE {{\n"
                f"  {here} {DIVISIONS} {REPORTED}\n"
                "}\nGROUP BY ?division ?code ORDER BY ?code\n"
            )
        case "reported":
            if intent.by:
                return (
                    "SELECT ?region (COUNT(DISTINCT ?article) AS ?reports) WHERE {\n"
                    f"  {here} {DIVISIONS} {region(intent.by)}?article jc:about ?d\n"
                    "}\nGROUP BY ?region ORDER BY DESC(?reports) ?region\n"
                )
            return (
                "SELECT ?division ?code (COUNT(DISTINCT ?article) AS ?reports) WHERE {\n"
                f"  {here} {DIVISIONS} ?article jc:about ?d\n"
                "}\nGROUP BY ?division ?code ORDER BY DESC(?reports) ?code\n"
            )
        case "regions":
            return (
                f"SELECT ?region (COUNT(DISTINCT ?d) AS ?divisions) {_HOW_MUCH} WHERE {{\n"
                f"  {here} {DIVISIONS} {region(intent.by)}{REPORTED}\n"
                "}\nGROUP BY ?region ORDER BY DESC(?divisions) DESC(?facts) ?region\n"
            )
        case "typed":
            what, group = ("?region", "?region") if intent.by else ("?division", "?division ?code")
            return (
                f"SELECT {what} (COUNT(DISTINCT ?m) AS ?mechanisms) WHERE {{\n"
                f"  {here} ?fact jc:mechanism ?m . {PLACE} {region(intent.by)}{_of_type(intent)}\n"
                f"}}\nGROUP BY {group} ORDER BY DESC(?mechanisms) {group}\n"
            )
        case "types":
            return (
                "SELECT ?type (COUNT(DISTINCT ?m) AS ?mechanisms) (COUNT(DISTINCT ?d) AS ?divisions) WHERE {"
                f"  {here} ?fact jc:mechanism ?m . {PLACE}\n"
                '  ?m jc:mechanismType ?t . ?t skos:prefLabel ?type . FILTER (LANG(?type) = "zh")\n'
                "}\nGROUP BY ?t ?type ORDER BY DESC(?mechanisms) ?type\n"
            )
        case "common":
            place, name = ("?region", "?region") if intent.by else ("?d", "?division")
            sign, number = intent.bound or (">", "1")
            return (
                f"SELECT ?mechanism (COUNT(DISTINCT {place}) AS ?divisions)\n"
                f'  (GROUP_CONCAT(DISTINCT {name}; separator="、") AS ?where) WHERE {{\n'
                f"  {here} ?fact jc:mechanism ?m . ?m rdfs:label ?mechanism . {PLACE} "
                f"{region(intent.by)}{_of_type(intent)}\n"
                f"}}\nGROUP BY ?m ?mechanism HAVING (COUNT(DISTINCT {place}) {sign} {number})\n"
                "ORDER BY DESC(?divisions) ?mechanism\n"
            )
        case _:
            return _richest(intent, here)


def _richest(intent: Intent, here: str) -> str:
    """How much of one kind of fact each division or region has."""
    counted = {"MechanismAdoption": "?fact jc:mechanism ?thing"}.get(
        intent.sort,
        "?fact jc:rule ?rule BIND (?fact AS ?thing)"
        if intent.sort == "Statement"
        else f"?fact a jc:{intent.sort} BIND (?fact AS ?thing)",
    )
    bound = ""
    if intent.bound:
        bound = f" HAVING (COUNT(DISTINCT ?thing) {intent.bound[0]} {intent.bound[1]})"
    if intent.by:
        return (
            "SELECT ?region (COUNT(DISTINCT ?thing) AS ?facts) (COUNT(DISTINCT ?d) AS ?divisions) "
            f"WHERE {{\n  {here} {counted} . {PLACE} {region(intent.by)}\n"
            f"}}\nGROUP BY ?region{bound} ORDER BY DESC(?facts) ?region\n"
        )
    return (
        "SELECT ?division (COUNT(DISTINCT ?thing) AS ?facts) WHERE {\n"
        f"  {here} {counted} . {PLACE}\n}}\n"
        f"GROUP BY ?division ?code{bound} ORDER BY DESC(?facts) ?code\n"
    )


def _of_type(intent: Intent) -> str:
    """That a mechanism is of the type that is asked about."""
    wanted = f" ?m jc:mechanismType/skos:notation {Literal(intent.sort)} ."
    return wanted if intent.sort else ""
