"""A reasoner (HermiT) finds the ontology and graphs consistent, and no class without possible members."""

import shutil

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from jiceng import graph
from jiceng.export.plain import plain_triples
from jiceng.graph.namespaces import JC, OWL, RDF, RDFS
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory

# Of XML Schema, but not of OWL 2's datatype map (Structural Specification, section 4): HermiT refuses to read
# them. No axiom of ours speaks of them, the shapes check them.
UNKNOWN_TO_OWL = tuple(
    NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}") for name in ("date", "gYear", "duration")
)
THING = NamedNode("http://example.org/thing")


@pytest.fixture(scope="module")
def reason(tmp_path_factory):
    """What HermiT says of triples: the classes that can have no member, or None of a contradiction."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is missing: pip install owlready2")
    if not shutil.which("java"):
        pytest.skip("Java is missing: apt-get install default-jre-headless")

    def run(triples):
        path = tmp_path_factory.mktemp("reasoner") / "graph.nt"
        kept = (
            t for t in triples if not (isinstance(t.object, Literal) and t.object.datatype in UNKNOWN_TO_OWL)
        )
        serialize(kept, str(path), RdfFormat.N_TRIPLES)
        world = owlready2.World()
        loaded = world.get_ontology(path.as_uri()).load()
        try:
            with loaded:
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        return {c.iri for c in world.inconsistent_classes()} - {f"{OWL.base}Nothing"}

    return run


@pytest.fixture(scope="module")
def ontology():
    return list(parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE))


def test_the_ontology_is_consistent_and_no_class_is_empty(reason, ontology):
    assert reason(ontology) == set()


def test_a_graph_with_every_kind_of_fact_is_consistent(reason, ontology, sample):
    built = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    assert reason([*ontology, *built.data, *built.terms]) == set()


def test_the_plain_triples_are_consistent_alone_and_with_the_graph(reason, ontology, sample):
    built = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    store = Store()
    store.extend(Quad(*triple) for triple in (*built.data, *built.terms))
    direct = plain_triples(store)
    assert {JC.adopts, JC.hasTier, JC.hasOrganisation} <= {triple.predicate for triple in direct}
    assert reason([*ontology, *direct]) == set()
    assert reason([*ontology, *direct, *built.data, *built.terms]) == set()
    value = next(
        t for t in direct if "indicator-value" in t.predicate.value and isinstance(t.object, Literal)
    )
    wrong = Triple(value.subject, value.predicate, Literal("many"))
    assert reason([*ontology, *direct, wrong]) is None


def test_the_example_is_consistent(reason, ontology, root):
    example = parse(path=str(root / "graphs" / "jiceng.ttl"), format=RdfFormat.TURTLE)
    assert reason([*ontology, *example]) == set()


CONTRADICTIONS = {
    "a person who is a number": [(RDF.type, JC.Person), (RDF.type, JC.Measurement)],
    "an organisation in a document": [(JC.within, THING), (RDF.type, JC.PolicyDocument)],
    "two values of one measurement": [(JC.value, "61"), (JC.value, "86")],
    "a position that is no number": [(JC.position, "first")],
    "a level of division that there is not": [(JC.divisionLevel, "planet")],
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_found(reason, ontology, name):
    def term(value):
        if not isinstance(value, str):
            return value
        decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
        return Literal(value, datatype=decimal) if value.isdigit() else Literal(value)

    assert reason([*ontology, *(Triple(THING, p, term(o)) for p, o in CONTRADICTIONS[name])]) is None


def test_a_class_that_can_have_no_member_is_found(reason, ontology):
    kind = [Triple(THING, RDF.type, OWL.Class)]
    kind += [Triple(THING, RDFS.subClassOf, above) for above in (JC.Tier, JC.Mechanism)]
    assert reason([*ontology, *kind]) == {THING.value}
