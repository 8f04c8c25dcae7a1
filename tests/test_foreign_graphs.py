"""Graphs that others have made of our terms: what they lack is told or left out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiceng import cli
from jiceng.export import FOLDERS, FORMATS, STREAMS

HEAD = """
@prefix jc: <https://w3id.org/jiceng/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
<urn:d> a jc:AdministrativeDivision ; jc:adcode "510107" ; rdfs:label "武侯区"@zh .
<urn:s> a jc:SourceDocument ; schema:name "a.txt" ; schema:sha256 "00" .
<urn:e> a jc:Evidence ; oa:hasSource <urn:s> ; oa:start 1 ; oa:end 3 ; oa:exact "网格" .
<urn:m> a jc:Mechanism ; rdfs:label "院落管家"@zh .
<urn:f> a jc:MechanismAdoption ; rdfs:label "院落管家"@zh ; jc:mechanism <urn:m> .
"""
WHOLE = "<urn:f> jc:division <urn:d> ; jc:evidence <urn:e> ."
ODD = {
    "nothing of ours": "<urn:a> <urn:b> <urn:c> .",
    "a source in words": f"{WHOLE} <urn:f> dct:source 'a newspaper' .",
    "an evidence in words": f"{WHOLE} <urn:f> jc:evidence 'page 3' .",
    "a fact without a division": "<urn:f> jc:evidence <urn:e> .",
    "a fact without evidence": "<urn:f> jc:division <urn:d> .",
    "a division without a name": f"{WHOLE} <urn:f> jc:division <urn:x> . <urn:x> jc:adcode '510104' .",
    "a place that is no number": f"{WHOLE} <urn:e> oa:start 'first line' .",
    "a concept and words": f"{WHOLE} <urn:f> jc:unit '个', <urn:u> . <urn:u> a skos:Concept .",
    "a tier without a position": f"{WHOLE} <urn:f> a jc:TierChain ; jc:tier <urn:t> . <urn:t> a jc:Tier .",
}


@pytest.fixture(params=ODD)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "odd.ttl"
    told: str = ODD[request.param]
    path.write_text(HEAD + told if "jc:" in told else told, "utf-8")
    return path


def commands(odd: Path) -> Iterator[list[str]]:
    for form in (*FORMATS, *STREAMS):
        yield ["export", form, "-o", str(odd.with_suffix(f".{form}"))]
    for form in FOLDERS:
        yield ["export", form, "-o", str(odd.parent / form)]
    yield ["report", "-o", str(odd.parent / "report")]
    yield ["compare", "武侯区", "青羊区"]
    yield ["explain", "urn:f"]
    yield ["publish", "http://127.0.0.1:9/", "--dry-run"]
    yield ["publish", "http://127.0.0.1:9/", "--retract", "a.txt", "--dry-run"]
    yield ["ask", "武侯区有哪些机制？"]


def test_commands_take_it_or_say_why(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in commands(odd):
        assert cli.main([*command, "-g", str(odd)]) in (0, 1, 2), command
    capsys.readouterr()
    assert cli.main(["diff", str(odd), str(odd), "--json"]) == 0
    assert not any(json.loads(capsys.readouterr().out).values())
