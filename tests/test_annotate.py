"""A pre-filled gold file can be read by the evaluation, and agrees with the build it was made of."""

import json
from pathlib import Path

import pytest

from jiceng import annotate, evaluate, pipeline

TEXT = """四川省成都市武侯区：院落里的新办法
武侯区构建“街道党工委—社区党委—院落党支部—楼栋党小组”四级组织架构，组建86个院落党支部，
推行“院落管家”制度，化解矛盾纠纷430余件。2023年，锦绣社区党委荣获“四川省先进基层党组织”称号。
武侯区出台《关于加强院落治理的实施意见》，社区运转经费由12万元提高到15万元。
"""


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annotate")
    (folder / "武侯.txt").write_text(TEXT, "utf-8")
    filled = annotate.prefill(folder / "武侯.txt")
    (folder / "武侯.json").write_text(json.dumps(filled, ensure_ascii=False), "utf-8")
    return folder


def test_quotes_and_blocks_occur_once(gold: Path) -> None:
    filled = json.loads((gold / "武侯.json").read_text("utf-8"))
    assert [a["adcode"] for a in filled["articles"]] == ["510107"]
    assert filled["articles"][0]["within"] == ["四川省", "成都市"]
    assert {f["kind"] for f in filled["facts"]} >= {"tier_chain", "metric", "mechanism", "policy", "honour"}
    assert filled["articles"][0]["blocks"]
    for block in filled["articles"][0]["blocks"]:
        assert TEXT.count(block) == 1
    for fact in filled["facts"]:
        for quote in fact["quote"] if isinstance(fact["quote"], list) else [fact["quote"]]:
            assert TEXT.count(quote) == 1


def test_a_build_agrees_with_its_own_annotation_until_that_is_corrected(gold: Path, tmp_path: Path) -> None:
    pipeline.build([gold / "武侯.txt"], tmp_path / "graphs")
    board = json.loads(evaluate.to_json(evaluate.evaluate(tmp_path / "graphs", gold, gold)))
    rows = {(r["kind"], r["measure"]): r for r in board["rows"]} if "rows" in board else {}
    assert rows
    assert all(r["right"] == r["gold"] == r["found"] for r in rows.values())

    filled = json.loads((gold / "武侯.json").read_text("utf-8"))
    for fact in filled["facts"]:
        if fact["kind"] == "metric":
            fact["value"] += 1
    (tmp_path / "武侯.json").write_text(json.dumps(filled, ensure_ascii=False), "utf-8")
    board = json.loads(evaluate.to_json(evaluate.evaluate(tmp_path / "graphs", tmp_path, gold)))
    metric = next(r for r in board["rows"] if (r["kind"], r["measure"]) == ("metric", "core"))
    assert metric["right"] == 0


def test_a_stretch_grows_until_it_occurs_once() -> None:
    assert annotate._once("网格党支部、楼栋党支部", 2, 5) == "党支部、楼栋党"
    assert annotate._once("三三三三", 1, 2) == "三三三三"


def test_a_document_of_no_division_says_so(tmp_path: Path) -> None:
    (tmp_path / "朝阳.txt").write_text("朝阳区组建楼门长队伍36支。", "utf-8")
    told: list[str] = []
    assert not annotate.prefill(tmp_path / "朝阳.txt", tell=told.append)["articles"]
    assert "朝阳区 may be" in told[0]
