"""What reports teach is kept without them, and teaches the same."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import mechanism_lessons as lessons
import train_mechanisms as training
import write_mechanism_lessons as script
from jiceng.extract.mechanisms.page import LONGEST, Words, plain
from jiceng.extract.mechanisms.weights import Weights
from jiceng.lexicon import load_lexicon

MARKED = Path(__file__).parent / "gold" / "mechanisms"
REPORTS = Path(__file__).parent / "gold" / "reports"
WORDS = Words.of(load_lexicon())


@pytest.fixture(scope="module")
def documents() -> list[training.Document]:
    paths = sorted(MARKED.glob("train_*.txt"))[:6]
    return [replace(training.read_marked(path), marked=False) for path in paths]


def of(documents: list[training.Document], rough: Weights) -> list[lessons.Lesson]:
    pages = [training.page_of(d, WORDS) for d in documents]
    return [
        lessons.lesson_of(page, training.candidates_of(page), d.gold, rough, d.source)
        for d, page in zip(documents, pages, strict=True)
    ]


def test_a_lesson_teaches_what_its_text_teaches(documents: list[training.Document], tmp_path: Path) -> None:
    whole = training.learn(documents, WORDS)
    taught = of(documents, Weights(whole.cut, {}))
    path = tmp_path / "lessons.jsonl.gz"
    lessons.write_lessons(path, taught[3:], taught[:3])
    again = training.learn(documents[:3], WORDS, lessons.read_lessons(path))
    assert training.render(again, documents) == training.render(whole, documents)


def test_what_one_text_alone_has_is_not_kept(documents: list[training.Document], tmp_path: Path) -> None:
    taught = of(documents, Weights({}, {}))
    path = tmp_path / "lessons.jsonl.gz"
    lessons.write_lessons(path, taught[:1])
    (kept,) = lessons.read_lessons(path)
    assert kept.cuts == taught[0].cuts
    assert [right for _, right in kept.names] == [right for _, right in taught[0].names]
    assert all(present == () for present, _ in kept.names)


def test_the_file_has_the_same_bytes_each_time(documents: list[training.Document], tmp_path: Path) -> None:
    taught = of(documents, Weights({}, {}))
    for name in ("one", "two"):
        lessons.write_lessons(tmp_path / name, taught)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert lessons.read_lessons(tmp_path / "one")[0].gold == taught[0].gold


def test_shipped_lessons_hold_no_sentence() -> None:
    """Names of mechanisms stand in them, and features of a word at most; nothing as long as a sentence."""
    read = lessons.lessons_in(REPORTS)
    assert len(read) > 900
    for lesson in read:
        assert lesson.source == "" or lesson.source.startswith("http")
        assert all(kinds and set(kinds) <= set(training.TYPES) for kinds in lesson.gold.values())
        assert all(name == plain(name) and len(name) <= LONGEST for name in lesson.gold)
    for path in REPORTS.glob("*.jsonl.gz"):
        features = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")[0])
        assert max(len(run) for f in features for run in re.findall("[\u4e00-\u9fff]+", f)) <= 6


def test_a_folder_without_texts_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main([str(tmp_path), "-o", str(tmp_path / "own.jsonl.gz")]) == 1
    assert f"{tmp_path}: no marked texts" in capsys.readouterr().err


def test_lessons_that_are_there_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "own.jsonl.gz"
    kept.write_bytes(b"x")
    assert script.main([str(MARKED), "-o", str(kept)]) == 1
    assert f"{kept}: is there already" in capsys.readouterr().err
    assert kept.read_bytes() == b"x"
