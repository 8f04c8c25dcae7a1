"""The rows of the flat tables: one a fact, with its quote, its file and offsets, and its IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiceng.errors import QueryError
from jiceng.export.property_graph import SEPARATOR, Scalar, scalar, shown
from jiceng.graph.namespaces import DCT, JC, PREFIXES, QB, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

Cell = tuple[Scalar, ...]
"""What a cell holds: nothing, a value or several."""

_PLACE = """
  OPTIONAL { ?iri jc:doubtful|jc:doubtfulPlacement ?doubtful FILTER (?doubtful) }
  OPTIONAL { ?iri jc:division ?place . ?place rdfs:label ?division ; jc:adcode ?adcode
             OPTIONAL { ?place jc:withinDivision+ ?above .
                        ?above jc:divisionLevel "province" ; rdfs:label ?province } }
"""
_QUERIES: Mapping[str, str] = {
    "measurements": """
SELECT ?province ?division ?adcode ?measured ?comparator ?value ?upper_value ?unit ?per ?period ?period_start
       ?period_end ?action ?subject ?indicator ?nature ?doubtful ?rule ?iri WHERE {
  ?iri a jc:Measurement ; jc:value ?value ; jc:measured ?measured .
  OPTIONAL { ?iri jc:upperValue ?upper_value }
  OPTIONAL { ?iri jc:comparator/skos:prefLabel ?comparator FILTER (lang(?comparator) = "zh") }
  OPTIONAL { ?iri jc:unit ?u OPTIONAL { ?u skos:prefLabel ?name FILTER (lang(?name) = "zh") }
             OPTIONAL { ?u skos:notation ?notation } BIND (COALESCE(?name, ?notation) AS ?unit) }
  OPTIONAL { ?iri jc:indicator/skos:prefLabel ?indicator FILTER (lang(?indicator) = "zh") }
  OPTIONAL { ?iri jc:nature/skos:prefLabel ?nature FILTER (lang(?nature) = "zh") }
  OPTIONAL { ?iri jc:per ?per } OPTIONAL { ?iri jc:period ?period } OPTIONAL { ?iri jc:action ?action }
  OPTIONAL { ?iri jc:subject ?subject } OPTIONAL { ?iri jc:rule ?rule }
  OPTIONAL { ?iri jc:refPeriod/time:hasBeginning/time:inXSDDate ?period_start }
  OPTIONAL { ?iri jc:refPeriod/time:hasEnd/time:inXSDDate ?period_end }""",
    "mechanisms": """
SELECT ?province ?division ?adcode ?name ?type ?shared_name ?level ?component ?doubtful ?rule ?iri ?mechanism
WHERE {
  ?iri a jc:MechanismAdoption ; rdfs:label ?name ; jc:mechanism ?mechanism .
  OPTIONAL { ?mechanism rdfs:label ?shared_name }
  OPTIONAL { ?mechanism jc:mechanismType/skos:prefLabel ?type FILTER (lang(?type) = "zh") }
  OPTIONAL { ?iri jc:level ?level } OPTIONAL { ?iri jc:component ?component }
  OPTIONAL { ?iri jc:rule ?rule }""",
    "tiers": """
SELECT ?province ?division ?adcode ?chain ?chain_type ?declared_levels ?position ?tier ?organisation_type
       ?doubtful ?rule ?iri ?tier_iri WHERE {
  ?iri a jc:TierChain ; jc:tier ?tier_iri ; rdfs:label ?chain .
  ?tier_iri jc:position ?position ; rdfs:label ?tier .
  OPTIONAL { ?tier_iri jc:organisationType/skos:prefLabel ?organisation_type
             FILTER (lang(?organisation_type) = "zh") }
  OPTIONAL { ?iri jc:chainType/skos:prefLabel ?chain_type FILTER (lang(?chain_type) = "zh") }
  OPTIONAL { ?iri jc:declaredLevels ?declared_levels } OPTIONAL { ?iri jc:rule ?rule }""",
    "organisations": """
SELECT ?province ?division ?adcode ?name ?kind ?within ?doubtful ?rule ?iri WHERE {
  ?iri a jc:Organisation ; rdfs:label ?name .
  OPTIONAL { ?iri jc:organisationKind/skos:prefLabel ?kind FILTER (lang(?kind) = "zh") }
  OPTIONAL { ?iri jc:within/rdfs:label ?within } OPTIONAL { ?iri jc:rule ?rule }""",
    "persons": """
SELECT ?province ?division ?adcode ?name ?role ?doubtful ?rule ?iri WHERE {
  ?iri a jc:Person ; foaf:name ?name . OPTIONAL { ?iri jc:role ?role } OPTIONAL { ?iri jc:rule ?rule }""",
    "honours": """
SELECT ?province ?division ?adcode ?title ?recipient ?period ?doubtful ?rule ?iri WHERE {
  ?iri a jc:Honour ; rdfs:label ?title . OPTIONAL { ?iri jc:recipient ?recipient }
  OPTIONAL { ?iri jc:period ?period } OPTIONAL { ?iri jc:rule ?rule }""",
    "policies": """
SELECT ?province ?division ?adcode ?title ?issuer ?doubtful ?rule ?iri WHERE {
  ?iri a jc:PolicyDocument ; dct:title ?title . OPTIONAL { ?iri jc:issuer ?issuer }
  OPTIONAL { ?iri jc:rule ?rule }""",
}
_EVIDENCE = """
SELECT ?fact ?file ?start ?end ?quote ?sha256 ?published WHERE {
  ?fact jc:evidence ?evidence .
  ?evidence oa:hasSource ?document ; oa:start ?start ; oa:end ?end ; oa:exact ?quote .
  ?document schema:name ?file ; schema:sha256 ?sha256
  OPTIONAL { ?document schema:datePublished ?published }
}"""
_KINDS = (
    *(JC.Measurement, JC.MechanismAdoption, JC.TierChain, JC.Organisation),
    *(JC.Person, JC.Honour, JC.PolicyDocument),
)
# What leads to more than a fact's own: near mechanisms lead on and on, an article to the build that made it
# and so to every document of the corpus, a data set to how it is laid out. No table has any of it.
_ASIDE = frozenset({SKOS.closeMatch, DCT.isPartOf, QB.dataSet})
_QUOTED = ("quote", "file", "published", "start", "end", "more_evidence", "sha256")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows sorted by division, fact and position; each has a cell for each column."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def tables(store: Store) -> tuple[Table, ...]:
    """All tables.

    `published` is the day of the report, as far as it is known. `start` and `end` count Unicode code points
    of the file, zero-based, end exclusive. A fact with several evidences has the first (by file and place) in
    its columns and the others in `more_evidence`. `doubtful` is true where a fact rests on joins or a
    placement of the page repair that are not certain, else empty.
    """
    found = list(parts(store))
    return tuple(
        Table(one.name, one.columns, [row for part in found for row in part[at].rows])
        for at, one in enumerate(found[0])
    )


def parts(store: Store) -> Iterator[tuple[Table, ...]]:
    """The rows of all tables division by division: their order is that of the tables.

    The first part are facts without a division that has a name and a code. Memory holds one part at a time: a
    division's facts are asked in a store of their own, with all that they lead to.
    """
    divisions = {
        quad.subject: getattr(quad.object, "value", "")
        for quad in store.quads_for_pattern(None, JC.adcode, None)
        if next(store.quads_for_pattern(quad.subject, RDFS.label, None), None)
    }
    for place in (None, *sorted(divisions, key=lambda node: (divisions[node], str(node)))):
        if place is None:
            facts = (f for kind in _KINDS for f in _unplaced(store, kind, divisions))
        else:
            facts = (quad.subject for quad in store.quads_for_pattern(None, JC.division, place))
        part = _closure(store, facts)
        if place is None or len(part):
            quoted = _evidence(part)
            yield tuple(_table(part, name, query, quoted) for name, query in _QUERIES.items())


def _unplaced(store: Store, kind: NamedNode, divisions: Mapping[Any, str]) -> Iterator[Any]:
    for quad in store.quads_for_pattern(None, RDF.type, kind):
        places = (q.object for q in store.quads_for_pattern(quad.subject, JC.division, None))
        if not any(place in divisions for place in places):
            yield quad.subject


def _closure(store: Store, facts: Iterable[Any]) -> Store:
    """What is said of some nodes and of all that they lead to, but `_ASIDE`."""
    from pyoxigraph import Literal, Quad, Store

    part = Store()
    seen = set(facts)
    waiting = list(seen)
    while waiting:
        found = []
        for quad in store.quads_for_pattern(waiting.pop(), None, None):
            found.append(Quad(quad.subject, quad.predicate, quad.object))
            if quad.predicate in _ASIDE or isinstance(quad.object, Literal) or quad.object in seen:
                continue
            seen.add(quad.object)
            waiting.append(quad.object)
        part.extend(found)
    return part


def _table(store: Store, name: str, query: str, quoted: Mapping[Cell, list[Cell]]) -> Table:
    columns, things = _rows(store, query + _PLACE + "}")
    rows = [[*thing.values(), *quoted.get(thing["iri"], [()] * len(_QUOTED))] for thing in things]
    return Table(name, (*columns, *_QUOTED), rows)


def text(cell: Cell) -> str:
    """A cell as text, what is manifold joined by `；`."""
    return SEPARATOR.join(map(shown, cell))


def _rows(store: Store, query: str) -> tuple[list[str], list[dict[str, Cell]]]:
    """A query's rows, those of the same thing joined into one; sorted."""
    answer: Any = store.query(query, prefixes=dict(PREFIXES))
    columns = [variable.value for variable in answer.variables]
    things: dict[tuple[str, str], dict[str, set[Scalar]]] = {}
    for solution in answer:
        key = (
            solution["iri"].value,
            getattr(solution["tier_iri"], "value", "") if "tier_iri" in columns else "",
        )
        thing = things.setdefault(key, {column: set() for column in columns})
        for column in columns:
            term = solution[column]
            if term is not None:
                thing[column].add(scalar(term) if hasattr(term, "datatype") else term.value)
    rows: list[dict[str, Cell]] = [
        {column: tuple(sorted(values, key=str)) for column, values in thing.items()}
        for thing in things.values()
    ]
    rows.sort(key=lambda row: (row["adcode"], row["iri"], row.get("position", ())))
    return columns, rows


def _offset(text: str) -> int:
    """An offset as a graph has it; raises QueryError where it is none."""
    try:
        return int(text)
    except ValueError as error:
        raise QueryError(
            f"{text!r} stands where an evidence has the number of a character; `jiceng check` tells what is "
            "damaged in a built folder"
        ) from error


def _evidence(store: Store) -> Mapping[Cell, list[Cell]]:
    """By fact, what the columns `_QUOTED` hold."""
    places: dict[str, list[tuple[str, int, int, str, str, str]]] = {}
    answer: Any = store.query(_EVIDENCE, prefixes=dict(PREFIXES))
    for row in answer:
        fact, file, start, end, quote, sha256, day = (getattr(term, "value", "") for term in row)
        places.setdefault(fact, []).append((file, _offset(start), _offset(end), quote, sha256, day))
    told: dict[Cell, list[Cell]] = {}
    for fact, found in places.items():
        (file, start, end, quote, sha256, day), *others = sorted(found)
        more = tuple(f"{name}:{a}-{b}" for name, a, b, *_ in others)
        told[(fact,)] = [(quote,), (file,), (day,) if day else (), (start,), (end,), more, (sha256,)]
    return told
