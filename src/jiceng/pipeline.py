"""The whole story: files → sources → articles → facts → statements → graph and page."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING

from jiceng import output, parallel, processes, read
from jiceng.errors import BuildError, JicengError, OntologyError, ReadError, few_alike, few_noted
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import Corpus, Source
from jiceng.model import Document as Document
from jiceng.resources import ontology_directory
from jiceng.store import database, files, withdrawal, workshop, writing
from jiceng.store.current import Current
from jiceng.store.documents import place
from jiceng.store.session import Progress as Progress
from jiceng.store.session import Session, opened
from jiceng.store.workshop import Bench, Far, Workers
from jiceng.store.workshop import Outcome as Outcome

if TYPE_CHECKING:
    from jiceng.extract import Extractor

STAGES = ("jiceng.repair", "jiceng.articles", "jiceng.extract", "jiceng.link.statements")
"""What reads a document. Imported where one is read: to a build that knows all of its documents already their
patterns would be a third of what it takes to start."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read: the columns of tables, how many processes, and the folder of what is known already.

    `page` is `whole` (one file), `split` (by division), or `auto`: by the size of the corpus.
    """

    columns: read.Columns = read.DEFAULT
    jobs: int = 1
    cache: Path | None = None
    page: str = "auto"


DEFAULT = Settings()


@dataclass(frozen=True)
class Tools:
    """What reading a document needs, loaded once."""

    lexicon: Lexicon
    extractors: tuple[Extractor, ...]


@dataclass(frozen=True)
class Summary:
    """What a build did; `facts` counts the graph's by kind, `rejected` are facts that were left out."""

    documents: int
    articles: int
    facts: dict[str, int]
    triples: int
    files: tuple[Path, ...]
    failures: tuple[str, ...]
    warnings: tuple[str, ...]
    rejected: tuple[str, ...]


def load_tools(ontology: Path | None = None) -> Tools:
    """Load the vocabularies and rules of a folder (our own); raises OntologyError where one is broken."""
    lexicon = load_lexicon(ontology)
    return _tools(lexicon)


def _tools(lexicon: Lexicon) -> Tools:
    from jiceng.extract import extractors

    return Tools(lexicon, extractors(lexicon))


@once
def _own_tools() -> Tools:
    """With our own rules, for all builds of a process: compiling them takes longer than a small build."""
    return load_tools()


def process(source: Source, tools: Tools) -> Document:
    """Read one source: a pure function of its text and the tools."""
    from jiceng import articles, repair
    from jiceng.extract import extract_each
    from jiceng.link.statements import link

    split = articles.split(repair.repair(source), tools.lexicon.gazetteer)
    found = extract_each(split.articles, tools.extractors)
    statements = [
        statement
        for article, facts in zip(split.articles, found, strict=True)
        for statement in link(article, facts, tools.lexicon)
    ]
    warnings = split.warnings
    if source.origin is not None and source.origin.cut_off:
        warnings = (
            f"{source.name}: may lack its end (no </body> or </html>), and is read as far as it goes",
            *warnings,
        )
    return Document(source, split.articles, tuple(statements), warnings)


def _guarded(source: Source, tools: Tools) -> Document | str:
    try:
        return process(source, tools)
    except OntologyError:  # no fault of this document: any other would fail, too
        raise
    except JicengError as error:
        return str(error)


def made(source: Source, tools: Tools) -> Outcome:
    """Read one source and make its pieces, as another machine does for `build_from`."""
    document = _guarded(source, tools)
    return Outcome(failure=document) if isinstance(document, str) else workshop.made(document, tools.lexicon)


def join(documents: Iterable[Document]) -> Corpus:
    """One corpus in memory of documents, in the order of a build, in whatever order they come."""
    documents = sorted(documents, key=lambda document: place(document.source.name))
    return Corpus(
        tuple(d.source for d in documents),
        tuple(a for d in documents for a in d.articles),
        tuple(s for d in documents for s in d.statements),
    )


# --- builds -----------------------------------------------------------------------------------------------


def build(
    paths: Sequence[Path],
    folder: Path,
    progress: Progress | None = None,
    ontology: Path | None = None,
    settings: Settings = DEFAULT,
    record_time: bool = False,
) -> Summary:
    """Build the graph of files and folders into an output folder, all of it or nothing.

    `ontology` is a folder of other vocabularies and rules than our own. The texts that offsets count in are
    kept in `texts/`, by SHA-256, so that every quote can be checked. `record_time` writes when the build
    began and ended into a file of its own, `build.ttl`: all others stay the same bytes from build to build.

    Facts that break a shape, or whose quote differs from the source, are left out and reported. Raises a
    JicengError if nothing can be built or written.
    """
    started = datetime.now(UTC) if record_time else None
    output.check_output(folder)
    found = read.find_inputs(paths)

    def feed(session: Session, workers: Workers) -> None:
        session.failures.extend(found.failures)
        files.feed(session, workers, found, settings.columns, progress)

    summary = _built(_Job(folder, ontology or ontology_directory(), settings, started, feed))
    return replace(summary, warnings=(*found.notes, *summary.warnings))


def build_from(
    documents: Iterable[Document | Outcome | str],
    folder: Path,
    *,
    progress: Progress | None = None,
    ontology: Path | None = None,
    settings: Settings = DEFAULT,
    record_time: bool = False,
    far: Far | None = None,
) -> Summary:
    """Build the graph of documents that were read elsewhere, in whatever order they come.

    They are taken one at a time; of outcomes (`made`) the pieces are taken up as they are. A string in a
    document's place is the message of one that failed. Of equal texts the first by name stays. `far`
    puts divisions together elsewhere, too. The folder is what `build` of the same documents writes; raises
    what that raises.
    """
    started = datetime.now(UTC) if record_time else None
    output.check_output(folder)

    def feed(session: Session, workers: Workers) -> None:
        for number, document in enumerate(documents, 1):
            if isinstance(document, str):
                document = Outcome(failure=document)
            elif isinstance(document, Document):
                document = workers.bench.of_document(document)
            session.take(document)
            if progress and document.identity:
                progress(document.identity.name, number)
        session.failures.sort()

    return _built(_Job(folder, ontology or ontology_directory(), settings, started, feed, far), again=False)


def retract(
    folder: Path, names: Sequence[str], progress: Progress | None = None, settings: Settings = DEFAULT
) -> Summary:
    """Take documents out of a build, by name: the folder is then what a build without them would be.

    A name may be that of a document, or of the table or archive that it came from. What the others state
    stays, also where they state the same; a text that was there under several names stays under the others.
    Raises a JicengError if a name is not there, if nothing would be left, or if the folder is no build.
    """
    output.check_unused(folder, "go to another folder, or copy it where it is no mount point")
    rest = withdrawal.rest(folder, names)

    def feed(session: Session, workers: Workers) -> None:
        withdrawal.feed(session, workers, folder, rest, progress)
        if session.failures:
            raise BuildError(session.failures[0])

    return _built(_Job(folder, ontology_directory(), settings, None, feed))


@dataclass(frozen=True)
class _Job:
    """A build that is asked for: where, how, and what takes its documents in."""

    folder: Path
    ontology: Path
    settings: Settings
    started: datetime | None  # where the time is to be recorded
    feed: Callable[[Session, Workers], None]
    far: Far | None = None  # puts divisions together elsewhere, too


def _built(job: _Job, again: bool = True) -> Summary:
    """The build; once more (if `again`) where the cache turns out to be damaged."""
    last = None if again else job.settings.cache
    for cache in dict.fromkeys((job.settings.cache, last)):
        try:
            with opened(cache, job.ontology) as (connection, path):
                try:
                    return _once(job, connection, path)
                except sqlite3.OperationalError:  # no room, no right
                    raise
                except sqlite3.DatabaseError:
                    database.discard(path)
                    raise
        except sqlite3.DatabaseError as error:
            if cache == last:
                raise BuildError(
                    f"{job.folder}: writing failed (the build's own database: {error}); the earlier build "
                    "there, if any, is untouched; make room, or name another place by --cache or TMPDIR"
                ) from error
    raise AssertionError  # the last one either returns or raises


def _once(job: _Job, connection: sqlite3.Connection, path: Path) -> Summary:
    """The build, with its database at a path."""
    ontology, page = job.ontology, job.settings.page
    with _pool(connection, path, ontology, 1 if job.far else job.settings.jobs) as pool:
        own = ontology == ontology_directory()
        lexicon = load_lexicon() if own else load_lexicon(ontology)
        # The rules are loaded when there is a document to read, and it is not another process that reads it.
        tools = _own_tools if own else once(lambda: _tools(lexicon))
        session = Session(connection, lexicon, Current(connection))
        bench = Bench(lexicon, connection, lambda source: _guarded(source, tools()))
        workers = Workers(bench, pool, job.far)
        job.feed(session, workers)
        if not session.current.any():
            raise ReadError("\n".join(few_alike(session.failures)))
        session.divide(workers, page)
        warnings = tuple(session.current.warnings())
        if not session.current.totals()[1]:
            raise BuildError("\n".join((*few_alike(session.failures), *few_noted(warnings))))
        written = writing.write(job.folder, session.current, lexicon, workers, page, job.started)
    documents, articles_, *_ = session.current.totals()
    return Summary(
        documents=documents,
        articles=articles_,
        facts=written.facts,
        triples=written.triples,
        files=written.files,
        failures=tuple(session.failures),
        warnings=warnings,
        rejected=session.rejected,
    )


@contextmanager
def _pool(
    connection: sqlite3.Connection, path: Path, ontology: Path, jobs: int
) -> Iterator[parallel.Workers | None]:
    """The processes of a build with several."""
    if jobs < 2:
        yield None
        return
    which = database.inode(path)
    if which is None:
        raise _taken(path)
    with closing(parallel.Workers(jobs, _prepare, (ontology, path, which), STAGES)) as pool:
        if database.empty(connection):  # there is much to do: they get ready while this process does
            pool.start()
        yield pool


def _prepare(ontology: Path, path: Path, which: tuple[int, int]) -> None:
    """What a process of its own does first; `which` file is the build's (another may be at its path)."""
    try:
        tools = load_tools(ontology)
    except OntologyError as error:
        workshop.open_bench(error)
        return
    processes.collect_seldom()
    try:
        connection = database.reader(path, which)
    except (sqlite3.OperationalError, database.Unusable) as error:
        gone = which != database.inode(path)
        workshop.open_bench(_taken(path) if gone else BuildError(f"{path}: cannot be opened: {error}"))
    except sqlite3.DatabaseError as error:  # damaged
        workshop.open_bench(error)
    else:
        workshop.open_bench(Bench(tools.lexicon, connection, lambda source: _guarded(source, tools)))


def _taken(path: Path) -> BuildError:
    return BuildError(f"{path}: {database.TAKEN}; build again")
