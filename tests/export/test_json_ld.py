"""JSON-LD that people can read says, after expansion by another program, the same graph."""

import json
import subprocess
import sys
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


def test_the_context_is_the_ontology_s(root: Path) -> None:
    script = root / "scripts" / "make_context.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_context_is_the_same_for_every_graph_and_has_every_term(built: Path, root: Path) -> None:
    documents = [json.loads(export(place, "json-ld")) for place in (built, root / "graphs")]
    contexts = [document["@context"] for document in documents]
    assert contexts[0] == contexts[1]
    shipped = json.loads((root / "ontology" / "context.jsonld").read_text("utf-8"))
    assert {k: v for k, v in contexts[0].items() if k != "@base"} == shipped["@context"]
    keys = {key for document in documents for node in document["@graph"] for key in node}
    # Only what the context cannot say by a term of its own is written with its prefix.
    assert {key for key in keys if ":" in key} <= {"rdfs:label", "qb:component", "schema:name"}


def test_by_reference_it_is_the_same_graph(built: Path, root: Path) -> None:
    pyld = pytest.importorskip("pyld", reason="pyld is not installed")
    shipped = json.loads((root / "ontology" / "context.jsonld").read_text("utf-8"))
    document = json.loads(export(built, "json-ld"))
    document["@context"] = [shipped["id"], {"@base": document["@context"]["@base"]}]

    def loader(url: str, options: object) -> dict[str, object]:
        assert url == shipped["id"]
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": shipped,
        }

    options = {"format": "application/n-quads", "documentLoader": loader}
    text = pyld.jsonld.to_rdf(document, options)
    quads = parse(text.encode(), format=RdfFormat.N_QUADS)
    assert canonical(quads) == canonical(query.open_store(built))


ODD = """
@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <http://example.org/> .
ex:a a ex:Kind ; jc:measured "zh"@zh , "en"@en , "none" , ex:iri , "1"^^xsd:integer ;
  jc:value 1.50 , "1" , 1 ; jc:division ex:d , "text" , "t"@en , _:b ;
  jc:position 007 , -0 , +5 , 12345678901234567890 , "x"^^xsd:integer ;
  jc:doubtful true , "1"^^xsd:boolean , "true" ;
  rdfs:label "none" , "a"@zh , "b"@zh , "c"@en , "d"@zh-Hant ;
  jc:rule "r" , "r"@en , "r"^^ex:type ; ex:p ex:o , "o" , [ ex:q "党" ] ; <urn:x:y> "z" .
<https://w3id.org/jiceng/id/indicator/a%2Fb> jc:division <https://w3id.org/jiceng/id/x/%25> ,
  <https://w3id.org/jiceng/id/y> .
"""


def test_values_of_every_kind_come_back(tmp_path: Path) -> None:
    pyld = pytest.importorskip("pyld", reason="pyld is not installed")
    (tmp_path / "odd.ttl").write_text(ODD, "utf-8")
    data = export(tmp_path / "odd.ttl", "json-ld")
    expected = canonical(query.open_store(tmp_path / "odd.ttl"))
    assert canonical(parse(data, format=RdfFormat.JSON_LD)) == expected
    text = pyld.jsonld.to_rdf(json.loads(data), {"format": "application/n-quads"})
    assert canonical(parse(text.encode(), format=RdfFormat.N_QUADS)) == expected
