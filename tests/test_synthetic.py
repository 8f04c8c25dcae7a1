"""The generator of synthetic reports: any size, always the same, of all provinces, in every form."""

import json
import runpy
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from jiceng import read
from jiceng.model import Source

DOCUMENTS = 300


@pytest.fixture(scope="module")
def synthetic(root: Path) -> dict[str, Any]:
    return runpy.run_path(str(root / "tests" / "benchmarks" / "synthetic.py"))


def test_a_larger_corpus_is_a_smaller_one_and_more(synthetic: dict[str, Any]) -> None:
    small = list(synthetic["rows"](20))
    assert list(islice(synthetic["rows"](10**9), 20)) == small
    assert list(synthetic["rows"](20, first=15)) == small[15:]
    assert list(synthetic["rows"](20, seed=2)) != small


def test_documents_are_varied(synthetic: dict[str, Any]) -> None:
    found = list(synthetic["rows"](DOCUMENTS))
    sizes = sorted(len(row.text.encode()) for row in found)
    assert 1000 < sizes[len(sizes) // 2] < 3000
    assert Counter(row.text for row in found).most_common(1)[0][1] < 4
    assert DOCUMENTS * 0.97 < len({row.text for row in found}) < DOCUMENTS  # some are there twice
    assert not any("{" in row.text or "}" in row.text for row in found)
    assert len({place["province"] for place in synthetic["places"]()}) >= 31


def test_every_symbol_is_used_and_known(synthetic: dict[str, Any]) -> None:
    grammar = synthetic["Grammar"](synthetic["places"]())
    symbols = grammar._symbols
    drawn = {"province", "prefecture", "district", "short", "year", "later", "street", "community", "brand"}
    asked = {
        part[0]
        for alternatives in symbols.values()
        for parts in alternatives
        for part in parts
        if isinstance(part, tuple) and len(part) == 1
    }
    assert asked <= drawn | symbols.keys()
    roots = {"title", "byline", "lead", "prose", "close", "other", "publisher"}
    roots |= {f"{field}{part}" for field in grammar.fields for part in ("", "_heading")}
    roots |= {"street_name", "community_name", "brand_head", "brand_tail"}
    assert symbols.keys() - asked - roots == set()


@pytest.mark.parametrize("form", ["txt", "jsonl", "parquet"])
def test_every_form_reads_back(synthetic: dict[str, Any], form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is missing: pip install 'jiceng[parquet]'")
    rows = list(synthetic["rows"](30))
    place = tmp_path / f"corpus.{form}"
    synthetic["FORMS"][form](iter(rows), place)
    texts = []
    for entry in read.find_inputs([place]).inputs:
        for source in read.read_documents(entry):
            assert isinstance(source, Source), source
            texts.append(source.text)
            if source.origin and source.origin.published:
                assert str(source.origin.published) == rows[len(texts) - 1].date
    assert texts == [row.text for row in rows]
    if form == "jsonl":
        assert json.loads(place.read_text("utf-8").split("\n")[0])["title"] == rows[0].title
