"""How sure it is whose a part of a page is: marks on what is doubtful, and nobody's what is too uncertain."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
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


def pages(chosen: list[press.Report], number: int) -> Iterator[tuple[str, list[str]]]:
    """Generated pages, and the division of each of their characters."""
    for seed in range(24):
        rng = random.Random(1000 * number + seed)
        page = press.in_turns(rng.sample(chosen, number), rng, 2 + seed % 2, (press.CUTS[seed % 3],))
        text = "".join(f"{paragraph}\n\n" for _, paragraph in page)
        yield text, [name for name, paragraph in page for _ in range(len(paragraph) + 2)]


def test_of_generated_pages_more_of_the_sure_text_is_right_than_of_the_doubtful() -> None:
    right = {"sure": 0, "doubtful": 0}
    size = dict.fromkeys(right, 0)
    for kind in (press.news(), press.reports()):
        for text, owner in pages(kind, 4):
            for one in decisions(split(repair(source(text)), GAZETTEER)):
                assert one.division is not None
                if one.state in right:
                    size[one.state] += one.end - one.start
                    right[one.state] += (one.end - one.start) * owner[one.start].endswith(one.division.name)
    assert right["sure"] / size["sure"] > 0.85
    assert size["doubtful"] > 0.02 * size["sure"]
    assert right["doubtful"] / size["doubtful"] < 0.8


def test_what_is_too_uncertain_stands_in_no_article_and_is_told() -> None:
    every = (split(repair(source(text)), GAZETTEER) for text, _ in pages(press.reports(), 4))
    found = next(f for f in every if f.unplaced and f.articles)
    left = [d for d in decisions(found) if d.state == "unplaced"]
    assert {d.text for d in left} == {s.text.value for s in found.unplaced}
    assert all(d.belief < UNPLACED for d in left)
    assert "no article" in found.warnings[0]
    assert "page.txt" in found.warnings[0]


def test_doubtful_placements_reach_statements_and_annotations(tmp_path: Path) -> None:
    tools = pipeline.load_tools()
    for text, _ in pages(press.reports(), 3):
        document = pipeline.process(source(text), tools)
        marked = [s for s in document.statements if s.doubtful_placement]
        if marked and len(marked) < len(document.statements):
            break
    doubtful = [d for d in decisions(split(repair(source(text)), GAZETTEER)) if d.state == "doubtful"]
    for statement in document.statements:
        inside = any(
            e.span.start < d.end and d.start < e.span.end for e in statement.evidence for d in doubtful
        )
        assert statement.doubtful_placement == inside
    (tmp_path / "page.txt").write_text(text, "utf-8")
    filled = annotate.prefill(tmp_path / "page.txt", tools)
    assert sum("placement" in f.get("doubtful", ()) for f in filled["facts"]) == len(marked)


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
    assert {p["state"] for p in page["placements"]} == {"sure"}
    assert page["placements"][1]["reasons"][0]["kind"] == "path"
    assert cli.main(["repair", str(path), "--json"]) == 0
    assert "placements" not in json.loads(capsys.readouterr().out)


def test_a_page_without_a_division_is_unplaced_as_a_whole() -> None:
    found = split(repair(source("枣园社区的柜子里放着各家用不上的东西，谁需要谁拿。\n")), GAZETTEER)
    (only,) = decisions(found)
    assert (only.state, only.division) == ("unplaced", None)
