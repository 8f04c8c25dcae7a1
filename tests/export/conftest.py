"""A built folder of the invented corpus, for all tests of exports."""

from pathlib import Path

import pytest

from jiceng import graph
from jiceng.lexicon import load_lexicon


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, sample) -> Path:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("built")
    lexicon = load_lexicon()
    (folder / "jiceng.ttl").write_bytes(
        graph.turtle(graph.build(sample["corpus"](), lexicon, lexicon.gazetteer.by_code))
    )
    return folder
