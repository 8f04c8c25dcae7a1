"""Builds of other formats: the same facts as from plain text, each quote in the text that is kept beside."""

import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from jiceng import cli
from jiceng.graph.namespaces import JC, OA, PROV, SCHEMA, XSD

FILES = Path(__file__).parent / "files"
COLUMNS = [f"--column={p}" for p in ("text=正文", "date=日期", "publisher=来源", "title=标题", "url=网址")]


def built(folder: Path, *arguments: str | Path) -> Store:
    assert cli.main(["build", *map(str, arguments), "-o", str(folder)]) == 0
    store = Store()
    store.load(path=str(folder / "jiceng.ttl"), format=RdfFormat.TURTLE)
    return store


def of(store: Store, subject: object, predicate: NamedNode) -> list[str]:
    return sorted(quad.object.value for quad in store.quads_for_pattern(subject, predicate, None))  # type: ignore[arg-type]


def figures(store: Store) -> set[tuple[str, str]]:
    rows = store.query(
        "PREFIX jc: <https://w3id.org/jiceng/ontology#> "
        "SELECT ?what ?value { ?m a jc:Measurement ; jc:measured ?what ; jc:value ?value }"
    )
    return {(row["what"].value, row["value"].value) for row in rows}  # type: ignore[union-attr]


def evidence(store: Store) -> Iterator[tuple[str, int, int, str]]:
    for quad in store.quads_for_pattern(None, OA.exact, None):
        assert isinstance(quad, Quad)
        (start,), (end,) = (of(store, quad.subject, p) for p in (OA.start, OA.end))
        (document,) = store.quads_for_pattern(quad.subject, OA.hasSource, None)
        (sha,) = of(store, document.object, SCHEMA.sha256)
        yield sha, int(start), int(end), quad.object.value


@pytest.mark.parametrize("name", ["columns2.pdf", "columns3.pdf", "site.html", "report.docx"])
def test_every_format_gives_the_same_figures(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain.txt"
    rows = (FILES / "pages.jsonl").read_text("utf-8").splitlines()
    plain.write_text(json.loads(rows[0])["正文"], "utf-8")
    expected = figures(built(tmp_path / "expected", plain))
    assert len(expected) >= 8
    found = figures(built(tmp_path / "found", FILES / name))
    assert expected <= found, expected - found


@pytest.mark.parametrize("name", ["columns2.pdf", "report.docx", "pages.parquet"])
def test_every_quote_is_in_the_text_kept_beside(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = built(tmp_path / "out", FILES / name, *COLUMNS)
    quotes = list(evidence(store))
    assert len(quotes) > 10
    for sha, start, end, exact in quotes:
        text = (tmp_path / "out" / "texts" / f"{sha}.txt").read_bytes().decode("utf-8")
        assert text[start:end] == exact


def test_rows_have_their_dates_and_share_their_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = built(tmp_path / "out", FILES / "pages.csv", *COLUMNS)
    documents = [quad.subject for quad in store.quads_for_pattern(None, None, JC.SourceDocument)]
    data = [d for d in documents if of(store, d, SCHEMA.name)]
    assert sorted(of(store, d, SCHEMA.datePublished)[0] for d in data) == ["2022-11-02", "2023-05-18"]
    assert sorted(of(store, d, SCHEMA.publisher)[0] for d in data) == ["果城日报", "滇池党建网"]
    (file,) = {of(store, d, PROV.wasDerivedFrom)[0] for d in data}
    assert of(store, NamedNode(file), SCHEMA.name) == ["pages.csv"]


def test_a_month_or_year_is_the_date_of_a_row_and_what_its_years_count_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "四川省成都市武侯区：院落里的新办法"
    rows = "\n".join(
        json.dumps({"text": f"{title}\n武侯区{said}。", "date": day}, ensure_ascii=False)
        for said, day in (
            ("今年化解矛盾纠纷310件，近三年建成驿站12个", "2023年11月"),
            ("近三年建成食堂7个", "2023-12-05"),
            ("近三年建成菜店9个，今年新增路灯20盏", "2022年"),
        )
    )
    (tmp_path / "a.jsonl").write_text(rows, "utf-8")
    store = built(tmp_path / "out", tmp_path / "a.jsonl")
    dates = {quad.object for quad in store.quads_for_pattern(None, SCHEMA.datePublished, None)}
    assert dates == {
        Literal("2023-11", datatype=XSD.gYearMonth),
        Literal("2023-12-05", datatype=XSD.date),
        Literal("2022", datatype=XSD.gYear),
    }
    periods = {quad.object.value for quad in store.quads_for_pattern(None, JC.refPeriod, None)}
    ends = {period.rpartition("/")[2] for period in periods}
    assert ends >= {"2023", "P3Y--2023-11", "P3Y--2023-12-05", "2022", "P3Y--2022"}
    # What is kept of the build says the same: one document less is a build of the others alone.
    assert cli.main(["retract", "-o", str(tmp_path / "out"), "a.jsonl#2"]) == 0
    lines = (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["origin"]["published"] for line in lines} == {"2023-11", "2022"}


def test_what_is_withdrawn_leaves_no_text_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("site.html", "report.docx"):
        shutil.copy(FILES / name, folder)
    built(tmp_path / "out", folder)
    (folder / "site.html").unlink()
    built(tmp_path / "out", folder)
    assert len(list((tmp_path / "out" / "texts").iterdir())) == 1


def test_standard_input_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Pipe:
        buffer = io.BytesIO((FILES / "site.html").read_bytes())

    monkeypatch.setattr(sys, "stdin", Pipe)
    store = built(tmp_path / "out", "-")
    assert any(
        of(store, quad.subject, SCHEMA.name) == ["stdin"]
        for quad in store.quads_for_pattern(None, SCHEMA.name, None)
    )


def test_a_bad_file_among_good_ones_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    assert cli.main(["build", str(FILES / "site.html"), str(bad), "-o", str(tmp_path / "out")]) == 1
    assert f"failed: {bad}: cannot be opened as PDF" in capsys.readouterr().err
    assert cli.main(["build", str(FILES / "site.html"), "--column", "body=x", "-o", str(tmp_path / "o")]) == 2
    assert "--column body=x: write one of" in capsys.readouterr().err


def test_a_misnamed_column_is_not_told_for_every_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = FILES / "site.html"
    table = tmp_path / "table.jsonl"
    table.write_text('{"报道": "甲"}\n' * 40 + '{"text": ""}\n', "utf-8")
    arguments = ["build", str(good), str(table), "-o", str(tmp_path / "graphs"), "--no-cache"]

    assert cli.main(arguments) == 1
    failed = [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed: ")]
    assert [line.partition("table.jsonl")[2][:8] for line in failed[:3]] == [f", row {n}:" for n in (1, 2, 3)]
    assert failed[3].endswith("table.jsonl, row 41: its text is empty; leave such rows out")
    assert failed[4].endswith("(there are: 报道) (37 more rows)")
    assert len(failed) == 5

    assert cli.main([*arguments, "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["failures"]) == 41


@pytest.mark.parametrize("option", ["--shards", "--engine-address"])
def test_options_of_a_cluster_are_not_passed_over_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    folder = tmp_path / "graphs"
    assert cli.main(["build", str(FILES / "site.html"), option, "x", "-o", str(folder)]) == 2
    assert "add --engine ray" in capsys.readouterr().err
    assert not folder.exists()
