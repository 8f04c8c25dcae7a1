"""The output folder of a build whose pieces are all known."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jiceng import graph, manifest, output
from jiceng.graph import provenance
from jiceng.lexicon import Lexicon
from jiceng.output import Staging
from jiceng.store import pages
from jiceng.store.assembly import Whole
from jiceng.store.current import Current
from jiceng.store.database import unpacked
from jiceng.store.workshop import Workers


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: facts by kind, the number of triples, the files' names."""

    facts: dict[str, int]
    triples: int
    files: tuple[Path, ...]


def write(
    folder: Path,
    current: Current,
    lexicon: Lexicon,
    workers: Workers,
    page: str,
    started: datetime | None = None,
) -> Written:
    """Write a build: graph, articles, page, texts and manifest; all of it or nothing (BuildError).

    `page` is what `pages.write` takes as its choice.
    """
    whole = Whole(current.connection, lexicon)
    documents, articles, *_ = current.totals()
    with output.replacing(folder) as staging:
        staging.write("jiceng.ttl", whole.turtle())
        staging.write("articles.jsonl", whole.lines())
        staging.write(output.CATALOGUE, current.catalogue())
        facts = whole.facts()
        counts = {**facts, "documents": documents, "articles": articles, "triples": whole.triples}
        of_page = pages.write(staging, current, lexicon, workers, page)
        _texts(staging, current)
        texts = (
            (f"{output.TEXTS}/{sha}.txt", text_sha)
            for sha, text_sha in current.connection.execute(
                "select p.sha, d.text_sha from temp.placed p cross join document d on d.id = p.document "
                "order by p.sha"
            )
        )
        written = sorted((name, sha) for name, (sha, _) in staging.written.items())
        files = heapq.merge(written, of_page, texts)
        rules = provenance.rules_sha256(lexicon.directory)
        names = [*output.BUILD_FILES]
        if started:  # no part of the manifest, which says what a build from the same documents has too
            timed = provenance.timed(whole.activity, started, datetime.now(UTC))
            staging.write(output.TIME, [graph.turtle_of(timed)])
            names.append(output.TIME)
        # Last: files of the next build that are older than it were not touched since.
        staging.write(manifest.NAME, manifest.manifest(files, rules, counts))
    return Written(facts, whole.triples, tuple(folder / name for name in names))


def _texts(staging: Staging, current: Current) -> None:
    (staging.path / output.TEXTS).mkdir(exist_ok=True)
    query = """
        select p.sha, d.text_size, d.text_sha, p.document from temp.placed p
        cross join document d on d.id = p.document order by p.sha
    """
    for sha, size, text_sha, document in current.connection.execute(query):
        name = f"{output.TEXTS}/{sha}.txt"
        if not staging.take(name, size, text_sha):
            found = current.connection.execute("select text from content where document = ?", (document,))
            staging.write_small(name, unpacked(found.fetchone()[0]))
