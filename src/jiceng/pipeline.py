"""The whole story: files → sources → articles → facts → statements → graph and page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jiceng import articles, output, parallel, read, repair
from jiceng import kept as kept_texts
from jiceng.cache import Cache
from jiceng.errors import BuildError, JicengError, ReadError
from jiceng.extract import Extractor, extract, extractors
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.link.statements import link
from jiceng.model import Article, Corpus, Source, Statement

Progress = Callable[[str, int], None]
"""Called with the name of each document when it is done, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read: the columns of tables, how many processes, and the folder of what is known already."""

    columns: read.Columns = read.DEFAULT
    jobs: int = 1
    cache: Path | None = None


DEFAULT = Settings()


@dataclass(frozen=True)
class Tools:
    """What reading a document needs, loaded once."""

    lexicon: Lexicon
    extractors: tuple[Extractor, ...]


@dataclass(frozen=True)
class Document:
    """What one source came to."""

    source: Source
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What files and folders came to: `failures` are the messages of those that could not be read."""

    corpus: Corpus
    failures: tuple[str, ...]
    warnings: tuple[str, ...]


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
    return Tools(lexicon, extractors(lexicon))


def process(source: Source, tools: Tools) -> Document:
    """Read one source: a pure function of its text and the tools."""
    split = articles.split(repair.repair(source), tools.lexicon.gazetteer)
    statements = [
        statement
        for article in split.articles
        for statement in link(article, extract(article, tools.extractors), tools.lexicon)
    ]
    return Document(source, split.articles, tuple(statements), split.warnings)


def read_corpus(
    paths: Sequence[Path],
    tools: Tools,
    progress: Progress | None = None,
    settings: Settings = DEFAULT,
) -> Reading:
    """Read files and folders; one bad file never loses the others, the same text is read once.

    Raises ReadError if nothing at all could be read.
    """
    found = read.find_inputs(paths)
    failures = list(found.failures)
    warnings: list[str] = []

    def sources() -> Iterator[Source]:
        names: dict[str, str] = {}  # by hash
        for entry in found.inputs:
            for source in read.read_documents(entry, settings.columns):
                if isinstance(source, ReadError):
                    failures.append(str(source))
                elif source.sha256 in names:
                    place = entry.path if source.name == entry.name else source.name
                    warnings.append(f"{place}: the same text as {names[source.sha256]}; read once")
                else:
                    names[source.sha256] = source.name
                    yield source
            if progress:
                progress(entry.name, len(found.inputs))

    documents = []
    for document in process_all(sources(), tools, settings):
        if isinstance(document, str):
            failures.append(document)
        else:
            documents.append(document)
            warnings.extend(document.warnings)
    if not documents:
        raise ReadError("\n".join(failures))
    return Reading(join(documents), tuple(failures), tuple(warnings))


def process_all(
    sources: Iterable[Source], tools: Tools, settings: Settings = DEFAULT
) -> Iterator[Document | str]:
    """Each source's document, in order, or why there is none; what the cache has is not read again."""
    kept = Cache(settings.cache, tools.lexicon.directory) if settings.cache else None
    known = ((source, kept.get(source) if kept else None) for source in sources)
    results: Iterable[tuple[Source, Document | str | parallel.Died, bool]]
    if settings.jobs > 1:
        arguments = (tools.lexicon.directory,)
        results = parallel.ordered(_in_worker, known, settings.jobs, _prepare, arguments)
    else:
        results = ((source, hit or _guarded(source, tools), hit is None) for source, hit in known)
    for source, result, fresh in results:
        if isinstance(result, parallel.Died):
            yield f"{source.name}: the process that read it was ended twice; read this document by itself"
            continue
        if kept and fresh and isinstance(result, Document):
            kept.put(source, result)
        yield result


def _guarded(source: Source, tools: Tools) -> Document | str:
    try:
        return process(source, tools)
    except JicengError as error:
        return str(error)


_worker: Tools | None = None  # of a process of its own, loaded once


def _prepare(ontology: Path) -> None:
    global _worker
    _worker = load_tools(ontology)


def _in_worker(source: Source) -> Document | str:
    assert _worker is not None
    return _guarded(source, _worker)


def join(documents: Iterable[Document]) -> Corpus:
    """One corpus of many documents, by name, the rows of a table by number; in whatever order they come."""
    documents = sorted(documents, key=lambda document: _place(document.source.name))
    return Corpus(
        tuple(d.source for d in documents),
        tuple(a for d in documents for a in d.articles),
        tuple(s for d in documents for s in d.statements),
    )


def _place(name: str) -> tuple[str, int, str]:
    """Where a document stands among others: `pages.csv#2` before `pages.csv#10`."""
    table, mark, row = name.rpartition("#")
    return (table, int(row), name) if mark and row.isdecimal() else (name, 0, name)


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
    tools = load_tools(ontology)
    return _write(folder, read_corpus(paths, tools, progress, settings), tools, started)


def build_from(
    documents: Iterable[Document | str],
    folder: Path,
    *,
    progress: Progress | None = None,
    ontology: Path | None = None,
    settings: Settings = DEFAULT,
    record_time: bool = False,
) -> Summary:
    """Build the graph of documents that were read elsewhere, in whatever order they come.

    A string in a document's place is the message of one that failed. Of equal texts the first by name stays.
    The folder is what `build` of the same documents writes; raises what that raises.
    """
    started = datetime.now(UTC) if record_time else None
    output.check_output(folder)
    found: dict[str, Document] = {}
    failures: list[str] = []
    warnings: list[str] = []
    for document in documents:
        if isinstance(document, str):
            failures.append(document)
            continue
        one = found.setdefault(document.source.sha256, document)
        first, other = sorted((one, document), key=lambda d: _place(d.source.name))
        if one is not document:
            warnings.append(f"{other.source.name}: the same text as {first.source.name}; read once")
        found[document.source.sha256] = first
        if progress:
            progress(document.source.name, len(found))
    if not found:
        raise ReadError("\n".join(failures))
    corpus = join(found.values())
    told = (warning for source in corpus.sources for warning in found[source.sha256].warnings)
    reading = Reading(corpus, tuple(sorted(failures)), (*told, *sorted(warnings)))
    return _write(folder, reading, load_tools(ontology), started)


def retract(
    folder: Path, names: Sequence[str], progress: Progress | None = None, settings: Settings = DEFAULT
) -> Summary:
    """Take documents out of a build, by name: the folder is then what a build without them would be.

    A name may be that of a document, or of the table or archive that it came from. What the others state
    stays, also where they state the same; of files with the same text only the first was read, and it takes
    the text along. Raises a JicengError if a name is not there, if nothing would be
    left, or if the folder is no build.
    """
    kept = kept_texts.sources(folder)

    def is_of(source: Source, name: str) -> bool:
        return source.name == name or source.name.startswith((f"{name}#", f"{name}/"))

    for name in names:
        if not any(is_of(source, name) for source in kept):
            there = ", ".join(source.name for source in kept[:12])
            raise BuildError(f"{folder}: has no document {name}; there are: {there}")
    rest = [source for source in kept if not any(is_of(source, name) for name in names)]
    if not rest:
        raise BuildError(f"{folder}: nothing would be left; delete the folder instead")
    tools = load_tools()
    documents = []
    for document in process_all(rest, tools, settings):
        if isinstance(document, str):
            raise BuildError(document)
        documents.append(document)
        if progress:
            progress(document.source.name, len(rest))
    warnings = tuple(warning for document in documents for warning in document.warnings)
    return _write(folder, Reading(join(documents), (), warnings), tools)


def _write(folder: Path, reading: Reading, tools: Tools, started: datetime | None = None) -> Summary:
    from jiceng import graph, jsonl, manifest, page, validate
    from jiceng.graph import identity, provenance

    if not reading.corpus.articles:
        raise BuildError("\n".join((*reading.failures, *reading.warnings)))
    divisions = tools.lexicon.gazetteer.by_code
    screened = validate.screen(reading.corpus, tools.lexicon, divisions)
    corpus = screened.corpus
    files = {
        "jiceng.ttl": graph.turtle(screened.graph),
        "articles.jsonl": jsonl.articles_jsonl(corpus, divisions),
        "index.html": page.render(corpus, tools.lexicon, divisions, identity.fact_iri).encode(),
        **{f"{output.TEXTS}/{s.sha256}.txt": s.text.encode() for s in corpus.sources},
    }
    facts = dict(Counter({identity.fact_iri(s): type(s.fact).__name__ for s in corpus.statements}.values()))
    counts = {
        **facts,
        "documents": len(corpus.sources),
        "articles": len(corpus.articles),
        "triples": len(screened.graph),
    }
    rules = provenance.rules_sha256(tools.lexicon.directory)
    files[manifest.NAME] = manifest.manifest(files, rules, counts)
    names = [*output.BUILD_FILES]
    if started:  # no part of the manifest, which says what a build from the same documents has too
        activity = provenance.activity(tools.lexicon.directory, (s.sha256 for s in corpus.sources))
        files[output.TIME] = graph.turtle_of(provenance.timed(activity, started, datetime.now(UTC)))
        names.append(output.TIME)
    output.write_build(folder, files)
    return Summary(
        documents=len(corpus.sources),
        articles=len(corpus.articles),
        facts=facts,
        triples=len(screened.graph),
        files=tuple(folder / name for name in names),
        failures=reading.failures,
        warnings=reading.warnings,
        rejected=tuple(map(str, screened.report.violations)),
    )
