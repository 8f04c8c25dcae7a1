"""OWL API, the library of Protégé, reads ontology and graph whole and finds them in the profile OWL 2 DL."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from jiceng import graph
from jiceng.export.plain import plain_triples
from jiceng.graph.namespaces import JC, OWL, RDF, RDFS
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory

JARS = Path("/usr/share/java")
"""Debian's libowlapi-java and what it depends on."""
CHECK = """
import glob, json, sys
import jpype
names = "owlapi-distribution guava failureaccess caffeine hppcrt commons-io commons-codec slf4j-api jsr305 "
names += "atinject-jsr330-api xz commons-rdf-* rdf4j-*"
jpype.startJVM(classpath=[jar for name in names.split() for jar in glob.glob(f"{sys.argv[1]}/{name}.jar")])
told = {}
for path in sys.argv[2:]:
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(path))
    report = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(ontology)
    faults = sorted({f"{fault.getClass().getSimpleName()} {fault}"[:300] for fault in report.getViolations()})
    individuals = sorted(str(one.getIRI()) for one in ontology.getIndividualsInSignature())
    told[path] = {"faults": faults, "individuals": individuals}
print(json.dumps(told))
"""
FAULTS = {
    "class that is not declared": Triple(JC.Tier, RDFS.subClassOf, JC.Rank),
    "property of two kinds": Triple(JC.tier, RDF.type, OWL.DatatypeProperty),
    "day as a range": Triple(JC.abolished, RDFS.range, NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    "property that is not declared": Triple(JC.unknownPeriod, JC.colour, Literal("red")),
}


@pytest.fixture(scope="module")
def built(sample):
    found = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    return [*found.data, *found.terms]


@pytest.fixture(scope="module")
def told(built, tmp_path_factory):
    """What OWL API says of each document; it reads all of them, each by itself, in one start of Java."""
    if not (JARS / "owlapi-distribution.jar").exists() or not shutil.which("java"):
        pytest.skip("OWL API is not there: apt-get install libowlapi-java default-jre-headless")
    if importlib.util.find_spec("jpype") is None:
        pytest.skip("JPype is not there: pip install jpype1")
    path = ontology_directory() / "jiceng.ttl"
    ontology = [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    store = Store()
    store.extend(Quad(*triple) for triple in built)
    documents = {
        "ontology.ttl": ontology,
        "plain.ttl": [*ontology, *plain_triples(store)],
        "graph.ttl": [*ontology, *built],
        **{f"{name}.ttl": [*ontology, fault] for name, fault in FAULTS.items()},
    }
    folder = tmp_path_factory.mktemp("owl")
    for name, triples in documents.items():
        (folder / name).write_bytes(graph.turtle_of(triples))
    serialize([*ontology, *built], str(folder / "graph.nt"), RdfFormat.N_TRIPLES)
    paths = [str(path) for path in sorted(folder.iterdir())]
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(JARS), *paths], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return {Path(path).name: found for path, found in json.loads(done.stdout).items()}


def test_the_ontology_is_owl_2_dl(told):
    assert told["ontology.ttl"]["faults"] == []


def test_the_ontology_with_plain_triples_is_owl_2_dl(told):
    assert told["plain.ttl"]["faults"] == []


def test_a_graph_is_read_whole_and_is_owl_2_dl_but_for_days(told, built):
    """OWL 2 has no xsd:date, xsd:gYear and xsd:duration, which OWL-Time and our divisions need."""
    found = told["graph.ttl"]
    datatypes = ("xsd:date", "xsd:gYear", "xsd:duration")
    assert [fault for fault in found["faults"] if not any(name in fault for name in datatypes)] == []
    things = {
        t.subject.value
        for t in built
        if t.predicate == RDF.type and t.object.value.startswith(JC.base) and isinstance(t.subject, NamedNode)
    }
    assert len(things) > 40
    assert things <= set(found["individuals"])


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_not_owl_2_dl_is_found(told, name):
    assert told[f"{name}.ttl"]["faults"]


def test_turtle_and_n_triples_are_the_same_to_it(told):
    assert told["graph.nt"] == told["graph.ttl"]
