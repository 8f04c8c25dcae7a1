"""TriG: the same graph, each fact in the graph of its document, by canonical form (RDFC-1.0)."""

from pathlib import Path

import rdflib
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
)

from jiceng import query
from jiceng.export import export
from jiceng.export.rdf import quads_by_document, rdf_xml
from jiceng.graph.namespaces import DCT, JC, OA, RDF

READ = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "json-ld": RdfFormat.JSON_LD,
}


def canonical(quads: object) -> list[str]:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def test_rdf_xml_is_well_formed_whatever_the_texts_hold(tmp_path: Path) -> None:
    store = Store()
    fact = NamedNode("https://w3id.org/jiceng/id/measurement/1")
    awkward = "院落\x0c党支部\x00\r\n<&>\x85\u2028\ufffe"
    store.add(Quad(fact, JC.measured, Literal(awkward, language="zh")))
    store.add(Quad(fact, JC.rule, Literal("one\x01")))
    back = rdflib.Graph().parse(data=rdf_xml(store), format="xml")
    kept = awkward.replace("\x0c", "\ufffd").replace("\x00", "\ufffd").replace("\ufffe", "\ufffd")
    assert {value.value for value in back.objects()} == {kept, "one\ufffd"}  # type: ignore[attr-defined]
    store.dump(str(tmp_path / "awkward.nt"), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    for form in READ:
        again = Store()
        again.load(export(tmp_path / "awkward.nt", form), format=READ[form])
        assert set(again) == set(store), form


def test_trig_comes_back_with_its_graphs_and_as_one_graph(built: Path) -> None:
    store = query.open_store(built)
    back = list(parse(export(built, "trig"), format=RdfFormat.TRIG))
    assert canonical(back) == canonical(quads_by_document(store))
    assert canonical(Quad(q.subject, q.predicate, q.object) for q in back) == canonical(store)


def test_facts_are_in_their_documents_graph_and_shared_things_in_none(built: Path) -> None:
    quads = list(parse(export(built, "trig"), format=RdfFormat.TRIG))
    home = {q.subject: q.object for q in quads if q.predicate == OA.hasSource}
    assert len(set(home.values())) > 1
    for quad in quads:
        if quad.predicate == JC.evidence:
            assert quad.graph_name == home[quad.object]
        if quad.predicate == RDF.type and quad.object in (JC.Mechanism, JC.AdministrativeDivision):
            assert quad.graph_name == DefaultGraph()
        if quad.predicate in (OA.exact, DCT.isPartOf, JC.position):
            assert quad.graph_name != DefaultGraph()


def test_an_exported_trig_is_asked_and_exported_as_the_build_is(built: Path, tmp_path: Path) -> None:
    (tmp_path / "again.trig").write_bytes(export(built, "trig"))
    assert export(tmp_path / "again.trig", "turtle") == export(built, "turtle")
    assert export(tmp_path / "again.trig", "trig") == export(built, "trig")
