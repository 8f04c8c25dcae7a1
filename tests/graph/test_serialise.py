"""Triples by subject stand in the order of triples one by one."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from jiceng.graph.namespaces import JC, RDF, RDFS
from jiceng.graph.nodes import nodes_of
from jiceng.graph.serialise import in_order, order

NODES = st.text("ab/~é区", min_size=1, max_size=3).map(lambda name: NamedNode(f"http://example.org/{name}"))
VALUES = NODES | st.text(max_size=3).map(lambda text: Literal(text, language="zh"))
TRIPLES = st.builds(Triple, NODES, st.sampled_from((RDF.type, RDFS.label, JC.about)), VALUES)


@given(st.lists(TRIPLES, max_size=30))
def test_nodes_are_in_the_order_of_triples(triples: list[Triple]) -> None:
    nodes = in_order(nodes_of(triples).values())
    assert [t for node in nodes for t in node.triples] == sorted(set(triples), key=order)
