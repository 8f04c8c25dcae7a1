"""Triples by subject stand in the order of triples one by one."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from jiceng.graph.namespaces import JC, RDF, RDFS
from jiceng.graph.serialise import Node, in_order, order

NODES = st.text("ab/~é区", min_size=1, max_size=3).map(lambda name: NamedNode(f"http://example.org/{name}"))
VALUES = NODES | st.text(max_size=3).map(lambda text: Literal(text, language="zh"))
TRIPLES = st.builds(Triple, NODES, st.sampled_from((RDF.type, RDFS.label, JC.about)), VALUES)


@given(st.lists(TRIPLES, max_size=30))
def test_nodes_are_in_the_order_of_triples(triples: list[Triple]) -> None:
    by_subject: dict[str, set[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject.value, set()).add(triple)  # type: ignore[union-attr]
    nodes = in_order(Node.of(subject, own) for subject, own in by_subject.items())
    assert [t for node in nodes for t in node.triples] == sorted(set(triples), key=order)


@given(st.lists(TRIPLES, min_size=1, max_size=30))
def test_properties_are_the_triples_of_a_node(triples: list[Triple]) -> None:
    subject = triples[0].subject
    own = {Triple(subject, triple.predicate, triple.object) for triple in triples}
    node = Node.of(subject.value, own)  # type: ignore[union-attr]
    assert {Triple(subject, p, value) for p, values in node.properties.items() for value in values} == own
