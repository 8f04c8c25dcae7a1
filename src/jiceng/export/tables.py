"""Flat tables for people: one row a fact, with its quote, its file and offsets, and its IRI.

UTF-8 with a byte order mark and CRLF, which Excel opens right. A text that a spreadsheet would run as a
formula (CWE-1236: it begins with = + - @, a tab or a carriage return, or the full-width forms of these
signs) gets an apostrophe before it, as OWASP advises; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jiceng.graph.namespaces import PREFIXES, XSD

if TYPE_CHECKING:
    from pyoxigraph import Store

_FORMULA = tuple("=+-@\t\r＝＋－＠")
_SEPARATOR = "；"
_PLACE = """
  OPTIONAL { ?iri jc:division ?place . ?place rdfs:label ?division ; jc:adcode ?adcode
             OPTIONAL { ?place jc:withinDivision+ ?above .
                        ?above jc:divisionLevel "province" ; rdfs:label ?province } }
"""
_QUERIES: Mapping[str, str] = {
    "measurements": """
SELECT ?province ?division ?adcode ?measured ?comparator ?value ?upper_value ?unit ?per ?period ?action
       ?subject ?indicator ?nature ?rule ?iri WHERE {
  ?iri a jc:Measurement ; jc:value ?value ; jc:measured ?measured .
  OPTIONAL { ?iri jc:upperValue ?upper_value }
  OPTIONAL { ?iri jc:comparator/skos:prefLabel ?comparator FILTER (lang(?comparator) = "zh") }
  OPTIONAL { ?iri jc:unit ?u OPTIONAL { ?u skos:prefLabel ?name FILTER (lang(?name) = "zh") }
             OPTIONAL { ?u skos:notation ?notation } BIND (COALESCE(?name, ?notation) AS ?unit) }
  OPTIONAL { ?iri jc:indicator/skos:prefLabel ?indicator FILTER (lang(?indicator) = "zh") }
  OPTIONAL { ?iri jc:nature/skos:prefLabel ?nature FILTER (lang(?nature) = "zh") }
  OPTIONAL { ?iri jc:per ?per } OPTIONAL { ?iri jc:period ?period } OPTIONAL { ?iri jc:action ?action }
  OPTIONAL { ?iri jc:subject ?subject } OPTIONAL { ?iri jc:rule ?rule }""",
    "mechanisms": """
SELECT ?province ?division ?adcode ?name ?type ?shared_name ?level ?component ?rule ?iri ?mechanism WHERE {
  ?iri a jc:MechanismAdoption ; rdfs:label ?name ; jc:mechanism ?mechanism .
  OPTIONAL { ?mechanism rdfs:label ?shared_name }
  OPTIONAL { ?mechanism jc:mechanismType/skos:prefLabel ?type FILTER (lang(?type) = "zh") }
  OPTIONAL { ?iri jc:level ?level } OPTIONAL { ?iri jc:component ?component }
  OPTIONAL { ?iri jc:rule ?rule }""",
    "tiers": """
SELECT ?province ?division ?adcode ?chain ?chain_type ?declared_levels ?position ?tier ?organisation_type
       ?rule ?iri ?tier_iri WHERE {
  ?iri a jc:TierChain ; jc:tier ?tier_iri ; rdfs:label ?chain .
  ?tier_iri jc:position ?position ; rdfs:label ?tier .
  OPTIONAL { ?tier_iri jc:organisationType/skos:prefLabel ?organisation_type
             FILTER (lang(?organisation_type) = "zh") }
  OPTIONAL { ?iri jc:chainType/skos:prefLabel ?chain_type FILTER (lang(?chain_type) = "zh") }
  OPTIONAL { ?iri jc:declaredLevels ?declared_levels } OPTIONAL { ?iri jc:rule ?rule }""",
    "organisations": """
SELECT ?province ?division ?adcode ?name ?kind ?within ?rule ?iri WHERE {
  ?iri a jc:Organisation ; rdfs:label ?name .
  OPTIONAL { ?iri jc:organisationKind/skos:prefLabel ?kind FILTER (lang(?kind) = "zh") }
  OPTIONAL { ?iri jc:within/rdfs:label ?within } OPTIONAL { ?iri jc:rule ?rule }""",
}
_EVIDENCE = """
SELECT ?fact ?file ?start ?end ?quote ?sha256 WHERE {
  ?fact jc:evidence ?evidence .
  ?evidence oa:hasSource ?document ; oa:start ?start ; oa:end ?end ; oa:exact ?quote .
  ?document schema:name ?file ; schema:sha256 ?sha256
}"""
_NUMBERS = {XSD.integer.value, XSD.decimal.value}
_QUOTED = ("quote", "file", "start", "end", "more_evidence", "sha256")


def tables(store: Store) -> dict[str, bytes]:
    """Each table by its file name; what is manifold in a row is joined by `；`, rows are sorted.

    `start` and `end` count Unicode code points of the file, zero-based, end exclusive. A fact with several
    evidences has the first (by file and place) in its columns and the others in `more_evidence`.
    """
    quoted = _evidence(store)
    found = {}
    for name, query in _QUERIES.items():
        columns, rows = _rows(store, query + _PLACE + "}")
        told = [[*row.values(), *quoted.get(row["iri"], [""] * len(_QUOTED))] for row in rows]
        found[f"{name}.csv"] = _csv([*columns, *_QUOTED], told)
    return found


def _rows(store: Store, query: str) -> tuple[list[str], list[dict[str, str]]]:
    """A query's rows, safe for spreadsheets, those of the same thing joined into one; sorted."""
    answer = store.query(query, prefixes=dict(PREFIXES))
    columns = [variable.value for variable in answer.variables]  # type: ignore[union-attr]
    things: dict[tuple[str, str], dict[str, set[tuple[bool, str]]]] = {}
    for solution in answer:  # type: ignore[union-attr]
        cells = {column: solution[column] for column in columns}
        tier = cells.get("tier_iri")
        fact = cells["iri"]
        assert fact is not None  # every query names it
        key = (fact.value, getattr(tier, "value", ""))
        thing = things.setdefault(key, {column: set() for column in columns})
        for column, term in cells.items():
            if term is not None:
                datatype = getattr(getattr(term, "datatype", None), "value", "")
                thing[column].add((datatype in _NUMBERS, term.value))
    rows = [{column: _cell(thing[column]) for column in columns} for thing in things.values()]
    rows.sort(key=lambda row: (row["adcode"], row["iri"], int(row.get("position") or 0)))
    return columns, rows


def _cell(values: Iterable[tuple[bool, str]]) -> str:
    numbers, texts = zip(*sorted(values), strict=True) if values else ((), ())
    return texts[0] if numbers == (True,) else safe(_SEPARATOR.join(texts))


def safe(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _evidence(store: Store) -> dict[str, list[str]]:
    """By fact, what the columns `_QUOTED` hold."""
    places: dict[str, list[tuple[str, int, int, str, str]]] = {}
    for row in store.query(_EVIDENCE, prefixes=dict(PREFIXES)):  # type: ignore[union-attr]
        fact, file, start, end, quote, sha256 = (getattr(term, "value", "") for term in row)
        places.setdefault(fact, []).append((file, int(start), int(end), quote, sha256))
    told = {}
    for fact, found in places.items():
        (file, start, end, quote, sha256), *others = sorted(found)
        more = _SEPARATOR.join(f"{name}:{a}-{b}" for name, a, b, _, _ in others)
        told[fact] = [safe(quote), safe(file), str(start), str(end), safe(more), sha256]
    return told


def _csv(columns: list[str], rows: Iterable[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
