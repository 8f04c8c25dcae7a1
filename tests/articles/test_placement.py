"""How sure it is whose a part of a page is: marks on what is doubtful, and nobody's what is too uncertain."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import press
from jiceng import annotate, cli, pipeline
from jiceng.articles import decisions, split
from jiceng.articles.placement import DOUBTFUL, UNPLACED, Placement
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.divisions.vocabulary import load_divisions
from jiceng.model import Division, Source
from jiceng.repair import repair

GAZETTEER = Gazetteer(load_divisions())
# The second station's paragraphs name no place: whose they are is told by their order alone.
TWO_STATIONS = """歇脚的地方

贵州省铜仁市碧江区打铁坳社区建起歇脚驿站，门口有热水，墙上有针线包。

驿站请来剃头师傅，每月初一给老人理发，一年理发三百六十人次。

值夜的是社区里的老兵，谁晚归都能进来坐坐，全年接待五百人次。

吉林省延边朝鲜族自治州图们市月宫社区的驿站里有一口大锅，冬天煮姜汤。
"""


def source(text: str) -> Source:
    return Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text)


def test_belief_decides_what_is_said_of_a_placement() -> None:
    place = Division("510107", "武侯区", "county")
    assert not Placement(place).doubtful
    assert Placement(place, DOUBTFUL - 0.01).doubtful
    assert not Placement(place, DOUBTFUL - 0.01).unplaced
    assert Placement(place, UNPLACED - 0.01).unplaced


def test_of_generated_pages_more_of_the_sure_text_is_right_than_of_the_doubtful() -> None:
    right = {"sure": 0, "doubtful": 0, "unplaced": 0}
    size = dict.fromkeys(right, 0)
    for seed in range(24):
        rng = random.Random(1000 + seed)
        page = press.in_turns(rng.sample(press.news(), 3), rng, 2 + seed % 2, ("sentence",))
        text = "".join(f"{paragraph}\n\n" for _, paragraph in page)
        owner = [name for name, paragraph in page for _ in range(len(paragraph) + 2)]
        for one in decisions(split(repair(source(text)), GAZETTEER)):
            assert one.division is not None
            size[one.state] += one.end - one.start
            right[one.state] += (one.end - one.start) * owner[one.start].endswith(one.division.name)
    assert all(size.values())
    share = {state: right[state] / size[state] for state in right}
    assert share["sure"] > 0.7 > share["doubtful"] > share["unplaced"]
    assert share["unplaced"] < 0.4


def test_what_is_too_uncertain_stands_in_no_article_and_is_told() -> None:
    for seed in range(40):
        rng = random.Random(seed)
        page = press.in_turns(rng.sample(press.news(), 4), rng, 3, ("sentence",))
        found = split(repair(source("".join(f"{p}\n\n" for _, p in page))), GAZETTEER)
        if found.unplaced and found.articles:
            break
    left = [d for d in decisions(found) if d.state == "unplaced"]
    assert {d.text for d in left} == {s.text.value for s in found.unplaced}
    assert all(d.belief < UNPLACED for d in left)
    assert "no article" in found.warnings[0]
    assert "page.txt" in found.warnings[0]


def test_doubtful_placements_reach_statements_and_annotations(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TWO_STATIONS, "utf-8")
    tools = pipeline.load_tools()
    document = pipeline.process(source(TWO_STATIONS), tools)
    marked = {s.evidence[0].exact for s in document.statements if s.doubtful_placement}
    assert any("五百人次" in quote for quote in marked)
    assert not any("图们" in quote for quote in marked)
    filled = annotate.prefill(tmp_path / "page.txt", tools)
    told = [f for f in filled["facts"] if "doubtful" in f]
    assert {q for f in told for q in [f["quote"]]} >= {q for q in marked if TWO_STATIONS.count(q) == 1}
    assert all(f["doubtful"] == ["placement"] for f in told)


def test_decisions_cover_the_page_and_name_their_reasons() -> None:
    found = decisions(split(repair(source(TWO_STATIONS)), GAZETTEER))
    assert [TWO_STATIONS[d.start : d.end] for d in found] == TWO_STATIONS.strip().split("\n\n")
    paths = [d for d in found if any(r.kind == "path" for r in d.reasons)]
    assert [d.division.name for d in paths if d.division] == ["碧江区", "图们市"]
    third = found[2]
    assert third.rival is not None
    assert third.rival.name == "图们市"
    assert {r.kind for r in third.reasons} >= {"words", "before"}


def test_the_command_tells_placements_as_text_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TWO_STATIONS, "utf-8")
    assert cli.main(["repair", str(path), "--explain"]) == 0
    printed = capsys.readouterr().out
    assert "碧江区 (520602), belief" in printed
    assert "next best: 图们市 (222402), belief" in printed
    assert "path: 贵州省铜仁市碧江区: opens the paragraph → 碧江区" in printed
    assert "in no article: nothing" in printed
    assert cli.main(["repair", str(path), "--explain", "--json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert [a["adcode"] for a in page["articles"]] == ["520602", "222402"]
    assert page["joins"] == []
    assert {p["state"] for p in page["placements"]} == {"sure", "doubtful"}
    assert cli.main(["repair", str(path), "--json"]) == 0
    assert "placements" not in json.loads(capsys.readouterr().out)


def test_a_page_without_a_division_is_unplaced_as_a_whole() -> None:
    found = split(repair(source("枣园社区的柜子里放着各家用不上的东西，谁需要谁拿。\n")), GAZETTEER)
    (only,) = decisions(found)
    assert (only.state, only.division) == ("unplaced", None)
