"""The measurements are a well-formed data cube: every integrity constraint of the specification holds, and
each of them finds the damage that it is there for.

The constraints stand in ontology/datacube/constraints; they are asked after normalisation, as section 11.1 of
the specification says.
"""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import graph, pipeline, read
from jiceng.graph.namespaces import PREFIXES
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory

FOLDER = ontology_directory() / "datacube"
CONSTRAINTS = sorted(path.stem for path in (FOLDER / "constraints").glob("*.rq"))
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items()) + (
    "PREFIX owl: <http://www.w3.org/2002/07/owl#>\nPREFIX ex: <http://example.org/>\n"
)
# IC-20 and IC-21 are templates: which properties lead down a code list.
LEADING = {
    "ic-20": "SELECT DISTINCT ?p { ?list qb:parentChildProperty ?p FILTER (isIRI(?p)) }",
    "ic-21": "SELECT DISTINCT ?p { ?list qb:parentChildProperty [ owl:inverseOf ?p ] FILTER (isIRI(?p)) }",
}


def normalised(turtle: bytes | str) -> Store:
    store = Store()
    store.load(turtle, format=RdfFormat.TURTLE)
    store.update((FOLDER / "normalise.ru").read_text("utf-8"))
    return store


def violated(store: Store, name: str) -> bool:
    query = (FOLDER / "constraints" / f"{name}.rq").read_text("utf-8")
    if name not in LEADING:
        return bool(store.query(query))
    leading = [row["p"].value for row in store.query(HEAD + LEADING[name])]
    return any(bool(store.query(query.replace("$p", p))) for p in leading)


@pytest.fixture(scope="module")
def seeds(root: Path) -> Store:
    tools = pipeline.load_tools()
    sources = (read.read_source(path) for path in (root / "seeds").glob("*.txt"))
    corpus = pipeline.join(pipeline.process(source, tools) for source in sources)
    return normalised(graph.turtle(graph.build(corpus, tools.lexicon, tools.lexicon.gazetteer.by_code)))


def test_all_constraints_of_the_specification_are_there():
    numbers = {name.split("-")[1].rstrip("ab") for name in CONSTRAINTS}
    assert numbers == {f"{n:02}" for n in range(1, 22)}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_holds_for_the_seeds(seeds, name):
    assert not violated(seeds, name)


def test_every_measurement_of_the_seeds_is_an_observation(seeds):
    counts = [
        len(list(seeds.query(f"{HEAD} SELECT DISTINCT ?m {{ ?m a {kind} }}")))
        for kind in ("jc:Measurement", "qb:Observation")
    ]
    assert counts[0] == counts[1] > 100


# What our own cube does not use: slices, measure dimensions, collections and hierarchical code lists.
OTHERS = """
ex:size a qb:MeasureProperty . ex:cost a qb:MeasureProperty .
ex:place a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList ex:places .
ex:region a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList ex:regions .
ex:places a skos:Collection ; skos:member ex:here . ex:here a skos:Concept .
ex:regions a qb:HierarchicalCodeList ; qb:hierarchyRoot ex:north ;
  qb:parentChildProperty ex:above , [ owl:inverseOf ex:below ] .
ex:north a skos:Concept ; ex:above ex:far . ex:far a skos:Concept ; ex:below ex:north .
ex:dsd a qb:DataStructureDefinition ; qb:sliceKey ex:key ;
  qb:component ex:c1 , ex:c2 , [ qb:dimension qb:measureType ] ,
    [ qb:measure ex:size ] , [ qb:measure ex:cost ] .
ex:c1 qb:dimension ex:place . ex:c2 qb:dimension ex:region .
qb:measureType a qb:DimensionProperty ; rdfs:range rdf:Property .
ex:key a qb:SliceKey ; qb:componentProperty ex:place .
ex:set qb:structure ex:dsd ; a qb:DataSet ; qb:slice ex:slice .
ex:slice qb:sliceStructure ex:key ; ex:place ex:here ; qb:observation ex:o1 , ex:o2 .
ex:o1 qb:dataSet ex:set ; ex:region ex:far ; qb:measureType ex:size ; ex:size 3 .
ex:o2 qb:dataSet ex:set ; ex:region ex:far ; qb:measureType ex:cost ; ex:cost 4 .
"""

SOME = "{ SELECT ?m { ?m a qb:Observation ; jc:value ?v } ORDER BY ?m LIMIT 1 }"
DAMAGE = {
    "ic-01": [
        "DELETE { ?m qb:dataSet ?s } WHERE { ?m qb:dataSet ?s }",
        "INSERT DATA { ex:o1 qb:dataSet ex:set2 }",
    ],
    "ic-02": [
        "DELETE { ?s qb:structure ?d } WHERE { ?s qb:structure ?d }",
        "INSERT DATA { cube:measurements qb:structure ex:dsd }",
    ],
    "ic-03": ["DELETE WHERE { jc:value a qb:MeasureProperty }"],
    "ic-04": ["DELETE { ?p rdfs:range ?r } WHERE { ?p a qb:DimensionProperty ; rdfs:range ?r }"],
    "ic-05": ["DELETE WHERE { jc:indicator qb:codeList ?l }"],
    "ic-06": ["INSERT DATA { cube:refPeriod qb:componentRequired false }"],
    "ic-07": ["DELETE WHERE { ex:dsd qb:sliceKey ?k }"],
    "ic-08": ["INSERT DATA { ex:key qb:componentProperty jc:division }"],
    "ic-09": [
        "DELETE WHERE { ex:slice qb:sliceStructure ?k }",
        "INSERT DATA { ex:slice qb:sliceStructure ex:key2 }",
    ],
    "ic-10": ["DELETE WHERE { ex:slice ex:place ?p }"],
    "ic-11": [f"DELETE {{ ?m jc:refPeriod ?p }} WHERE {{ {SOME} ?m jc:refPeriod ?p }}"],
    "ic-12": [f"INSERT {{ ex:again ?p ?o }} WHERE {{ {SOME} ?m ?p ?o }}"],
    "ic-13": [f"DELETE {{ ?m jc:nature ?p }} WHERE {{ {SOME} ?m jc:nature ?p }}"],
    "ic-14": [f"DELETE {{ ?m jc:value ?p }} WHERE {{ {SOME} ?m jc:value ?p }}"],
    "ic-15": ["DELETE WHERE { ex:o1 ex:size ?v }"],
    "ic-16": ["INSERT DATA { ex:o1 ex:cost 7 }"],
    "ic-17": ["DELETE WHERE { ex:o2 qb:measureType ?m }"],
    "ic-18": ["DELETE WHERE { ex:o2 qb:dataSet ?s }"],
    "ic-19a": [
        "DELETE { ?m jc:indicator ?p } INSERT { ?m jc:indicator ex:mine }"
        f" WHERE {{ {SOME} ?m jc:indicator ?p }}"
    ],
    "ic-19b": ["DELETE WHERE { ex:places skos:member ?c }"],
    "ic-20": ["DELETE WHERE { ex:north ex:above ?c }"],
    "ic-21": ["DELETE WHERE { ex:far ex:below ?c }"],
}
DAMAGE["ic-12-grouped"] = DAMAGE["ic-12"]


@pytest.fixture(scope="module")
def sample_cube(sample) -> bytes:
    built = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    return graph.turtle(built) + f"\n{HEAD}{OTHERS}".encode()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_finds_the_damage(sample_cube, name):
    assert not violated(normalised(sample_cube), name)
    for damage in DAMAGE[name]:
        store = normalised(sample_cube)
        before = set(store)
        store.update(HEAD + damage)
        assert set(store) != before
        assert violated(store, name), damage


def test_a_measurement_without_indicator_is_no_observation(sample):
    built = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    store = normalised(graph.turtle(built))
    without = list(
        store.query(f"{HEAD} SELECT ?m {{ ?m a qb:Observation FILTER NOT EXISTS {{ ?m jc:indicator [] }} }}")
    )
    assert without == []


def test_dimensions_are_readable_without_us(seeds):
    rows = list(
        seeds.query(
            f"""{HEAD} SELECT ?label ?range {{ ?spec ^qb:component [] ; qb:order ?n ; qb:dimension ?d .
            ?d rdfs:label ?label ; rdfs:range ?range FILTER (LANG(?label) = "en") }} ORDER BY ?n"""
        )
    )
    assert [row["label"].value for row in rows] == [
        "division",
        "indicator",
        "reference period",
        "statement key",
    ]
