"""The flat tables hold every fact with its evidence, and no cell that a spreadsheet would run."""

import csv
import io
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from jiceng import query
from jiceng.cli import main
from jiceng.export import export_folder, rows
from jiceng.export.tables import safe, tables
from jiceng.graph.namespaces import JC, OA, RDF, RDFS

CLASSES = {
    "measurements.csv": JC.Measurement,
    "mechanisms.csv": JC.MechanismAdoption,
    "tiers.csv": JC.Tier,
    "organisations.csv": JC.Organisation,
    "persons.csv": JC.Person,
    "honours.csv": JC.Honour,
    "policies.csv": JC.PolicyDocument,
}


def read(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_fact_is_one_row_with_its_quote(built: Path) -> None:
    store = query.open_store(built)
    found = export_folder(built, "csv")
    assert set(found) == set(CLASSES)
    for name, kind in CLASSES.items():
        rows = read(found[name])
        column = "tier_iri" if name == "tiers.csv" else "iri"
        expected = [q.subject.value for q in store.quads_for_pattern(None, RDF.type, kind)]  # type: ignore[union-attr]
        assert sorted(row[column] for row in rows) == sorted(expected)
        assert expected
        for row in rows:
            quotes = [
                exact.object.value  # type: ignore[union-attr]
                for link in store.quads_for_pattern(NamedNode(row["iri"]), JC.evidence, None)
                for exact in store.quads_for_pattern(link.object, OA.exact, None)  # type: ignore[arg-type]
            ]
            assert row["quote"].removeprefix("'") in quotes
            assert row["file"]
            assert int(row["end"]) > int(row["start"]) >= 0
            assert row["division"]
            fact = NamedNode(row["iri"])
            doubts = [*store.quads_for_pattern(fact, JC.doubtful, None)]
            doubts += store.quads_for_pattern(fact, JC.doubtfulPlacement, None)
            assert row["doubtful"] == ("true" if doubts else "")
            assert bool(row["more_evidence"]) == (len(quotes) > 1)


def test_the_day_of_the_report_stands_in_every_table(tmp_path: Path) -> None:
    text = """兴宁区成立小区党支部61个，推行“红色管家”制度。兴宁区委书记陈大川介绍，有《兴宁区小区治理办法》。
2022年，柳岸社区被评为全省先进基层党组织。"""
    row = {"title": "广西壮族自治区南宁市兴宁区：小区有了管家", "text": text, "date": "2023-06-12"}
    source = tmp_path / "one.jsonl"
    source.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    assert main(["build", str(source), "-o", str(tmp_path / "graphs"), "--no-cache"]) == 0
    found = export_folder(tmp_path / "graphs", "csv")
    told = {name: read(found[name]) for name in CLASSES if name != "tiers.csv"}
    assert all({row["published"] for row in rows} == {"2023-06-12"} for rows in told.values())
    assert [row["name"] for row in told["persons.csv"]] == ["陈大川"]
    assert [row["recipient"] for row in told["honours.csv"]] == ["柳岸社区"]
    assert [row["title"] for row in told["policies.csv"]] == ["兴宁区小区治理办法"]


def test_a_division_is_asked_without_the_documents_of_others(built: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    store = query.open_store(built)
    parts = []
    closure = rows._closure

    def kept(*given):  # type: ignore[no-untyped-def]
        parts.append(closure(*given))
        return parts[-1]

    monkeypatch.setattr(rows, "_closure", kept)
    assert list(rows.parts(store))
    several = False
    for part in parts:
        own = {quad.object for quad in part.quads_for_pattern(None, OA.hasSource, None)}
        documents = {quad.subject for quad in part.quads_for_pattern(None, RDF.type, JC.SourceDocument)}
        assert documents == own
        several = several or bool(own)
    assert several
    assert len({quad.subject for quad in store.quads_for_pattern(None, RDF.type, JC.SourceDocument)}) > 1


def test_doubts_of_either_kind_are_told(built: Path) -> None:
    store = query.open_store(built)
    told = {row["iri"] for row in read(tables(store)["measurements.csv"]) if row["doubtful"]}
    assert told
    fact = next(
        q.subject for q in store.quads_for_pattern(None, JC.value, None) if q.subject.value not in told
    )  # type: ignore[union-attr]
    store.add(Quad(fact, JC.doubtfulPlacement, Literal(True)))
    again = {row["iri"] for row in read(tables(store)["measurements.csv"]) if row["doubtful"]}
    assert again == told | {fact.value}  # type: ignore[union-attr]


def test_formulas_are_disarmed_and_numbers_stay_numbers(built: Path) -> None:
    store = query.open_store(built)
    fact = next(store.quads_for_pattern(None, RDF.type, JC.Organisation)).subject
    store.remove(next(store.quads_for_pattern(fact, RDFS.label, None)))
    store.add(Quad(fact, RDFS.label, Literal('=HYPERLINK("http://example.org/")', language="zh")))
    amount = next(store.quads_for_pattern(None, JC.value, None))
    store.remove(amount)
    store.add(Quad(amount.subject, JC.value, Literal("-3", datatype=amount.object.datatype)))  # type: ignore[union-attr]
    found = tables(store)
    names = {row["iri"]: row["name"] for row in read(found["organisations.csv"])}
    assert names[fact.value] == '\'=HYPERLINK("http://example.org/")'  # type: ignore[union-attr]
    values = {row["iri"]: row["value"] for row in read(found["measurements.csv"])}
    assert values[amount.subject.value] == "-3"  # type: ignore[union-attr]


@given(st.text())
def test_no_text_begins_as_a_formula_does_and_none_is_lost(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe(text) in (text, f"'{text}")


def test_the_command_writes_a_folder_and_refuses_standard_output(built: Path, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["export", "csv", "-g", str(built), "-o", str(tmp_path / "t")]) == 0
    assert {path.name for path in (tmp_path / "t").iterdir()} == set(CLASSES)
    assert main(["export", "csv", "-g", str(built)]) == 2
    assert "name the folder with -o" in capsys.readouterr().err
