"""Where answers come from: a built folder, an RDF file, or a SPARQL endpoint elsewhere."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from itertools import chain
from pathlib import Path

from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from jiceng import __version__
from jiceng.errors import QueryError
from jiceng.graph.namespaces import PREFIXES
from jiceng.query import disk
from jiceng.query.answers import Answer
from jiceng.query.guard import declared, explained

_LARGEST = 1 << 30
"""Bytes of an answer that are taken from an endpoint."""
_ACCEPT = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
    "application/n-triples;q=0.8, text/turtle;q=0.7"
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 Protocol service that others run; `seconds` is how long it may take."""

    url: str
    seconds: float | None = None


Graph = Store | Endpoint


def is_endpoint(place: str) -> bool:
    """Whether a place that a user names is an endpoint's address, not a path."""
    return place.startswith(("http://", "https://"))


def open_store(path: Path, in_memory: bool = False) -> Store:
    """Load a built folder or an RDF file; raises QueryError if that cannot be.

    A large file is opened as a database that is kept on disk (`disk`), read-only; `in_memory` gives one that
    can be changed.
    """
    kept = None if in_memory else prepare(path)
    if kept is not None:
        return kept
    with reading(path) as (file, form):
        store = Store()
        store.bulk_load(path=str(file), format=form)
    return store


def prepare(path: Path) -> Store | None:
    """The database of a large graph, made so that opening it later takes no time; None where it has none.

    Raises QueryError as `open_store` does.
    """
    with reading(path) as (file, form):
        folder = disk.folder_for(file)
        return disk.opened(file, form, folder) if folder else None


@contextmanager
def reading(path: Path) -> Iterator[tuple[Path, RdfFormat]]:
    """The file and format of `file_of`; in the block, what goes wrong in reading it becomes a QueryError."""
    file, form = file_of(path)
    try:
        yield file, form
    except OSError as error:
        raise QueryError(f"{file}: cannot be read: {error}; check that place and its space") from error
    except (SyntaxError, ValueError) as error:
        remedy = "build or export it again, or give it the ending of its format"
        raise QueryError(f"{file}: cannot be read as {form.name}: {error}; {remedy}") from error


def on_disk(path: Path, served: bool = False) -> bool:
    """Whether a graph is asked on disk, by one command or, `served`, by many who ask a server."""
    return disk.folder_for(file_of(path)[0], disk.SERVED if served else None) is not None


def file_of(path: Path) -> tuple[Path, RdfFormat]:
    """The file of a built folder, or the RDF file that is named, with its format (QueryError)."""
    file = path / "jiceng.ttl" if path.is_dir() else path
    if not file.is_file():
        what = "holds no jiceng.ttl" if path.is_dir() else "is not there"
        raise QueryError(f"{path}: {what}; run `jiceng build` first, or name a built folder or an RDF file")
    form = RdfFormat.from_extension(file.suffix.lstrip("."))
    if form is None:
        raise QueryError(
            f"{file}: no RDF format is known by the ending {file.suffix!r}; use .ttl, .nt, .rdf …"
        )
    return file, form


def ask(source: Graph, text: str) -> Answer:
    """The answer to a query that `guard.refuse` let pass; raises QueryError with its line and place.

    A file of named graphs (TriG, N-Quads) is asked as one graph, the union of all.
    """
    if isinstance(source, Endpoint):
        return _asked_elsewhere(source, text)
    try:
        return source.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=_has_graphs(source))
    except SyntaxError as error:
        raise QueryError(explained(text, str(error))) from error


def _has_graphs(store: Store) -> bool:
    return next(iter(store.named_graphs()), None) is not None


def _asked_elsewhere(endpoint: Endpoint, text: str) -> Answer:
    data = urllib.parse.urlencode({"query": declared(text)}).encode()
    headers = {"Accept": _ACCEPT, "User-Agent": f"jiceng/{__version__}"}
    try:
        request = urllib.request.Request(endpoint.url, data, headers)
        with urllib.request.urlopen(request, timeout=endpoint.seconds or 300) as reply:
            kind = reply.headers.get_content_type()
            body = reply.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        said = error.read(2000).decode("utf-8", "replace").strip()
        raise QueryError(f"{endpoint.url}: answers {error.code} {error.reason}: {said}") from error
    except (OSError, ValueError, HTTPException) as error:
        raise QueryError(
            f"{endpoint.url}: cannot be asked: {str(error).strip()}; check the address"
        ) from error
    if len(body) > _LARGEST:
        raise QueryError(f"{endpoint.url}: its answer is larger than 1 GiB; add a LIMIT")
    return _parsed(endpoint.url, kind, body)


def _parsed(url: str, kind: str, body: bytes) -> Answer:
    try:
        results = QueryResultsFormat.from_media_type(kind)
        if results is not None:
            return parse_query_results(body, format=results)
        triples = RdfFormat.from_media_type(kind)
        if triples is not None:
            quads = parse(body, format=triples, base_iri=url)
            # Read the first at once: a broken answer shows here, not while it is printed.
            return (quad.triple for quad in chain([q for q in [next(quads, None)] if q], quads))
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{url}: its answer cannot be read as {kind}: {error}") from error
    raise QueryError(f"{url}: answers {kind}, which is no SPARQL result; is this a SPARQL endpoint?")
