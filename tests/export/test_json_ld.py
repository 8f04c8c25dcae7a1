"""JSON-LD that people can read says, after expansion by another program, the same graph."""

import json
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from jiceng import query
from jiceng.export import export


def canonical(quads: object) -> list[str]:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def test_pyld_and_oxigraph_read_the_same_graph(built: Path) -> None:
    pyld = pytest.importorskip("pyld", reason="pyld is not installed")
    expected = canonical(query.open_store(built))
    data = export(built, "json-ld")
    assert canonical(parse(data, format=RdfFormat.JSON_LD)) == expected
    text = pyld.jsonld.to_rdf(json.loads(data), {"format": "application/n-quads"})
    assert canonical(parse(text.encode(), format=RdfFormat.N_QUADS)) == expected


def test_facts_read_without_iris(built: Path) -> None:
    told = json.loads(export(built, "json-ld"))
    facts = [node for node in told["@graph"] if "Measurement" in node["type"]]
    assert facts
    for fact in facts:
        assert isinstance(fact["value"], str)
        assert isinstance(fact["measured"], str)
        assert fact["division"].startswith("division/")
        assert fact["id"].startswith("measurement/")
