"""The scoreboard comes of one call: documents are read anew, and can be read with other rules."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from jiceng import cli, evaluate, pipeline, scoreboard
from jiceng.resources import ontology_directory

TEXT = """四川省成都市武侯区：院落里的新办法
武侯区推行“院落管家”制度，组建86个院落党支部，化解矛盾纠纷430余件。
"""
OTHER = """贵州省贵阳市云岩区：院落也能自己管
云岩区建立“楼门议事会”制度，覆盖院落120个。
"""


def write(
    folder: Path, stem: str, text: str, district: str, adcode: str, facts: list[dict[str, object]]
) -> None:
    (folder / f"{stem}.txt").write_text(text, "utf-8")
    gold = {
        "source": f"{stem}.txt",
        "articles": [{"district": district, "adcode": adcode, "blocks": [text[:12]]}],
        "facts": [{"district": district, **fact} for fact in facts],
    }
    (folder / f"{stem}.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    branches = {
        "kind": "metric",
        "value": 86,
        "unit": "个",
        "measured": "院落党支部",
        "quote": "组建86个院落党支部",
    }
    cases = {"kind": "metric", "value": 431, "unit": "件", "measured": "矛盾纠纷", "quote": "矛盾纠纷430余件"}
    keeper = {"kind": "mechanism", "name": "院落管家", "type": "service", "quote": "“院落管家”"}
    write(folder, "武侯", TEXT, "武侯区", "510107", [branches, cases, keeper])
    yards = {"kind": "metric", "value": 120, "unit": "个", "measured": "院落", "quote": "院落120个"}
    write(folder, "云岩", OTHER, "云岩区", "520103", [yards])
    return folder


def test_documents_are_read_anew_or_a_built_folder_is_measured(gold: Path, tmp_path: Path) -> None:
    pipeline.build([gold], tmp_path / "graphs")
    fresh, _ = scoreboard.measure(gold)
    built, _ = scoreboard.measure(gold, folder=tmp_path / "graphs")
    assert fresh == built
    row = next(r for r in fresh.rows if (r.kind, r.measure) == ("metric", "core"))
    assert (row.gold, row.found, row.right) == (3, 3, 2)


def test_each_document_has_its_own_board_and_they_add_up(gold: Path) -> None:
    board, each = scoreboard.measure(gold)
    assert [name for name, _ in each] == ["云岩.txt", "武侯.txt"]
    for number, row in enumerate(board.rows):
        parts = [b.rows[number] for _, b in each]
        assert (row.gold, row.found, row.right) == tuple(
            sum(getattr(part, name) for part in parts) for name in ("gold", "found", "right")
        )
    lines = evaluate.by_document(each).split("\n")
    assert lines[2].startswith("| 云岩.txt | 1.000 / 1.000 |")


def test_one_gold_file_is_measured_with_the_document_beside_it(gold: Path) -> None:
    board, each = scoreboard.measure(gold / "云岩.json")
    assert board.documents == len(each) == 1


def test_other_rules_can_be_measured(gold: Path, tmp_path: Path) -> None:
    shutil.copytree(ontology_directory(), tmp_path / "ontology")
    weights = tmp_path / "ontology" / "rules" / "mechanism_weights.toml"
    text = weights.read_text("utf-8")
    weights.write_text(re.sub(r"\[name\].*?(?=\n\[)", "[name]\n", text, flags=re.DOTALL), "utf-8")
    ours, _ = scoreboard.measure(gold)
    theirs, _ = scoreboard.measure(gold, ontology=tmp_path / "ontology")

    def found(board: evaluate.Scoreboard, kind: str) -> int:
        return next(r.found for r in board.rows if r.kind == kind)

    assert found(ours, "mechanism") > 0
    assert found(theirs, "mechanism") == 0
    assert found(theirs, "metric") == found(ours, "metric")


def test_the_command_prints_what_is_asked_for(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "--gold", str(gold), "--brief"]) == 0
    brief = capsys.readouterr().out
    assert all(line.startswith("|") for line in brief.splitlines())
    assert cli.main(["evaluate", "--gold", str(gold), "--rules", "--documents", "--misses"]) == 0
    full = capsys.readouterr().out
    assert full.startswith(brief)
    assert "| metrics.behind | 1 | 1 | 1 | 1.000 |" in full
    assert "| 武侯.txt |" in full
    assert "| missing | metric | 武侯区 | 431件 矛盾纠纷 |" in full
    assert cli.main(["evaluate", "--gold", str(gold), "--json"]) == 0
    assert {r["rule"] for r in json.loads(capsys.readouterr().out)["rules"]} >= {"metrics.behind"}


def test_notes_on_the_gold_go_beside_what_is_printed(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["evaluate", "--sources", str(gold), "--json", "--gold"]
    assert cli.main([*command, str(gold / "云岩.json")]) == 0
    plain = capsys.readouterr()
    assert "note:" not in plain.err
    annotation = json.loads((gold / "云岩.json").read_text("utf-8"))
    annotation["facts"][0]["quote"] = "院落一百二十个"
    (tmp_path / "云岩.json").write_text(json.dumps(annotation, ensure_ascii=False), "utf-8")
    assert cli.main([*command, str(tmp_path / "云岩.json")]) == 0
    told = capsys.readouterr()
    assert "云岩.json: 1 quote is not in 云岩.txt" in told.err
    assert told.err.startswith("note: ")
    assert json.loads(told.out)["rows"] == json.loads(plain.out)["rows"]
