"""Every format is read back by another library than the one that wrote it, and says the same."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from rdflib.compare import isomorphic

from jiceng.cli import main
from jiceng.errors import QueryError
from jiceng.export import DESCRIPTIONS, FOLDERS, FORMATS, STREAMS, export, export_folder


def test_rdf_formats_hold_the_same_graph(built: Path) -> None:
    expected = rdflib.Graph().parse(built / "jiceng.ttl")
    for form, name in {"turtle": "turtle", "ntriples": "nt", "rdf-xml": "xml", "json-ld": "json-ld"}.items():
        assert isomorphic(expected, rdflib.Graph().parse(data=export(built, form), format=name)), form
    back = Store()
    back.load(export(built, "json-ld"), format=RdfFormat.JSON_LD)
    assert len(back) == len(expected)


@pytest.mark.parametrize("form", [*STREAMS, *FORMATS])
def test_same_graph_same_bytes(built: Path, form: str) -> None:
    assert export(built, form) == export(built, form)


def test_unknown_formats_are_named(built: Path) -> None:
    with pytest.raises(QueryError, match="dwg: no such format; use one of turtle"):
        export(built, "dwg")
    with pytest.raises(QueryError, match=r"xlsx: no such format; csv is meant for that: .*; use one of"):
        export(built, "xlsx")


def test_help_and_list_name_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(DESCRIPTIONS) == {*STREAMS, *FORMATS, *FOLDERS}
    assert main(["export", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(DESCRIPTIONS)
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    words = set(capsys.readouterr().out.replace(",", " ").replace(";", " ").split())
    assert set(DESCRIPTIONS) <= words
    assert main(["export"]) == 2
    assert "--list" in capsys.readouterr().err


@pytest.mark.parametrize("form", FOLDERS)
def test_same_graph_same_files(built: Path, form: str) -> None:
    assert export_folder(built, form) == export_folder(built, form)
