"""Texts in traditional characters: read as simplified ones, with every offset and raw character kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng import pipeline, traditional
from jiceng.errors import OntologyError
from jiceng.query import open_store, run

REPORT = """四川省成都市武侯區：黨建引領基層治理

近年來，武侯區推行“院落管家”服務機制，組建48個小區黨支部，化解矛盾糾紛310餘件。構建“區委—街道黨工委—社區黨委—小區黨支部”四級組織體系，讓居民遇事有人管、說話有人聽。
"""
"""Invented."""


def test_traditional_text_is_made_simplified_one_for_one() -> None:
    made = traditional.simplified(REPORT)
    assert len(made) == len(REPORT)
    assert "党建引领基层治理" in made
    assert "組" not in made


def test_simplified_text_stays_as_it_is_though_a_name_has_a_traditional_character() -> None:
    text = "武侯区推行院落管家，组建48个小区党支部，社区书记陳某介绍了做法。" * 3
    assert not traditional.is_traditional(text)
    assert traditional.simplified(text) is text


@given(st.text(alphabet=st.sampled_from("黨建引領党建引领abc，。\n🎉"), max_size=60))
def test_offsets_stay(text: str) -> None:
    made = traditional.simplified(text)
    assert len(made) == len(text)
    assert traditional.simplified(made) == made


def test_a_broken_table_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traditional, "ontology_directory", lambda: tmp_path)
    traditional.table.cache_clear()
    with pytest.raises(OntologyError, match=r"traditional\.txt"):
        traditional.table()
    traditional.table.cache_clear()


def test_facts_of_traditional_texts_have_simplified_names_and_raw_quotes(tmp_path: Path) -> None:
    (tmp_path / "報導.txt").write_text(REPORT, encoding="utf-8")
    pipeline.build([tmp_path / "報導.txt"], tmp_path / "built")
    store = open_store(tmp_path / "built")
    rows = run(
        store,
        """SELECT ?division ?value ?measured ?quote WHERE {
             ?m a jc:Measurement ; jc:division/rdfs:label ?division ; jc:value ?value ;
                jc:measured ?measured ; jc:evidence/oa:exact ?quote } ORDER BY ?value""",
        "csv",
    )
    assert "武侯区,48,小区党支部,組建48個小區黨支部" in rows
    assert "武侯区,310,矛盾纠纷,化解矛盾糾紛310餘件" in rows
