"""Measure against annotated documents: a built folder, or the documents read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from jiceng import evaluate, pipeline
from jiceng.evaluate import Build, GoldDocument, Scoreboard


def measure(
    gold: Path,
    sources: Path | None = None,
    folder: Path | None = None,
    ontology: Path | None = None,
    tell: Callable[[str], object] | None = None,
) -> tuple[Scoreboard, tuple[tuple[str, Scoreboard], ...]]:
    """The scoreboard of all gold documents, and that of each by its name.

    `gold` is a gold file or a folder of them, `sources` holds the documents (the gold's folder). Without a
    built `folder` they are read anew, with the vocabularies and rules of `ontology` (our own); `tell` takes
    the notes on the gold, before anything is read anew. Raises EvaluationError or another JicengError that
    names the file and what to do.
    """
    documents = evaluate.load_gold(gold, sources or (gold.parent if gold.is_file() else gold))
    for note in (note for document in documents for note in document.notes):
        if tell:
            tell(note)
    with _folder(documents, folder, ontology) as built:
        build: Build = evaluate.load_build(built)
    each = tuple((d.source, evaluate.compare([d], build)) for d in documents)
    return evaluate.compare(documents, build), each


@contextmanager
def _folder(
    documents: tuple[GoldDocument, ...], folder: Path | None, ontology: Path | None
) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with TemporaryDirectory(prefix="jiceng-") as temporary:
        built = Path(temporary) / "graphs"
        pipeline.build([d.path for d in documents], built, ontology=ontology)
        yield built
