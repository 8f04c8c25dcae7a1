"""The scoreboard with each document left out of what was learned."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from jiceng import scoreboard
from jiceng.evaluate import Row
from jiceng.resources import ontology_directory

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "leave_one_out.py"), run_name="leave_one_out")


def test_rows_of_documents_are_summed_by_kind_and_measure(script: dict[str, Any]) -> None:
    rows = [Row("person", "core", 3, 2, 1), Row("person", "core", 1, 2, 1), Row("person", "strict", 1, 1, 0)]
    summed = script["summed"](rows)
    assert summed["person", "core"] == Row("person", "core", 4, 4, 2)
    assert summed["person", "strict"] == Row("person", "strict", 1, 1, 0)
    assert "| person | core | 4 | 0.500 | 0.500 |" in script["table"](summed, summed)


def test_a_document_that_taught_nothing_keeps_its_score(script: dict[str, Any], tmp_path: Path) -> None:
    gold = ROOT / "tests" / "gold" / "zhejiang_linan_brief.json"
    ontology = Path(shutil.copytree(ontology_directory(), tmp_path / "ontology"))
    assert script["left_out"](gold, gold.parent, [], [], ontology) == list(
        scoreboard.measure(gold, gold.parent)[0].rows
    )


def test_the_document_itself_is_no_teacher(script: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("301_wuhou.json", "301_wuhou.txt", "303_yuhua.json", "303_yuhua.txt"):
        shutil.copy(ROOT / "tests" / "gold" / "training" / name, folder)
    documents = script["taught"]([folder], folder)
    learned: list[list[str]] = []
    kept = script["learn"]

    def learn(rest: list[Any], words: Any, lessons: list[Any]) -> Any:
        learned.append([d.group for d in rest])
        return kept(rest, words, lessons)

    script["left_out"].__globals__["learn"] = learn
    ontology = Path(shutil.copytree(ontology_directory(), tmp_path / "ontology"))
    rows = script["left_out"](folder / "301_wuhou.json", folder, documents, [], ontology)
    assert learned == [["gold/303_yuhua"]]
    assert {row.kind for row in rows} >= {"mechanism", "metric"}


def test_an_empty_folder_is_named(script: dict[str, Any], tmp_path: Path, capsys: Any) -> None:
    assert script["main"]([str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
