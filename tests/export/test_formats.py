"""Every format is read back by another library than the one that wrote it, and says the same."""

import io
from pathlib import Path

import networkx
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from rdflib.compare import isomorphic

from jiceng import query
from jiceng.errors import QueryError
from jiceng.export import FORMATS, export, network


def test_rdf_formats_hold_the_same_graph(built: Path) -> None:
    expected = rdflib.Graph().parse(built / "jiceng.ttl")
    for form, name in {"turtle": "turtle", "ntriples": "nt", "rdf-xml": "xml", "json-ld": "json-ld"}.items():
        assert isomorphic(expected, rdflib.Graph().parse(data=export(built, form), format=name)), form
    back = Store()
    back.load(export(built, "json-ld"), format=RdfFormat.JSON_LD)
    assert len(back) == len(expected)


def test_networks_are_read_back_with_nodes_edges_and_attributes(built: Path) -> None:
    expected = network(query.open_store(built))
    assert len(expected) > 5
    assert expected.number_of_edges() > 5
    assert not any("evidence" in node for node in expected)
    for form, read in {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}.items():
        found = read(io.BytesIO(export(built, form)))
        assert set(found) == set(expected), form
        assert sorted((a, b, d["label"]) for a, b, d in found.edges(data=True)) == sorted(
            (a, b, d["label"]) for a, b, d in expected.edges(data=True)
        )
        for node, told in expected.nodes(data=True):
            assert found.nodes[node]["label"] == told["label"]
            assert found.nodes[node]["class"] == told["class"]


@pytest.mark.parametrize("form", FORMATS)
def test_same_graph_same_bytes(built: Path, form: str) -> None:
    assert export(built, form) == export(built, form)


def test_unknown_formats_are_named(built: Path) -> None:
    with pytest.raises(QueryError, match="xlsx: no such format; use one of turtle"):
        export(built, "xlsx")
