"""Taking documents out of a built folder, by what it says of its documents itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jiceng import output, parallel
from jiceng.errors import BuildError, QueryError
from jiceng.output import CATALOGUE, TEXTS
from jiceng.store.current import origin_of
from jiceng.store.documents import SHA256, find, identify, place
from jiceng.store.session import Progress, Session
from jiceng.store.workshop import Job, Kept, Outcome, Result, Workers, ended


def rest(folder: Path, names: Sequence[str]) -> list[Kept]:
    """The documents that stay, all names of each text; raises BuildError or QueryError."""

    def named(document: Kept) -> list[str]:
        return [n for n in names if document.name == n or document.name.startswith((f"{n}#", f"{n}/"))]

    stay: list[Kept] = []
    some: list[str] = []
    gone: set[str] = set()
    for document in _documents(folder):
        found = named(document)
        gone.update(found)
        if not found:
            stay.append(document)
        if len(some) < 12:
            some.append(document.name)
    for name in names:
        if name not in gone:
            raise BuildError(f"{folder}: has no document {name}; there are: {', '.join(some)}")
    if not stay:
        raise BuildError(f"{folder}: nothing would be left; delete the folder instead")
    return stay


def feed(
    session: Session, workers: Workers, folder: Path, documents: Sequence[Kept], progress: Progress | None
) -> None:
    """Take in what stays: the texts are read only where the database lacks what they came to."""

    def jobs() -> Iterator[tuple[Job, Result | None]]:
        for document in documents:
            one = identify(session.lexicon, document.name, document.sha256, document.origin)
            known = find(session.connection, one.key) is not None
            yield document, [Outcome(one, told=document.name)] if known else None

    for job, result in workers.done(jobs(), session.current.has):
        assert isinstance(job, Kept)
        if isinstance(result, parallel.Died):
            result = [ended(job.name)]
        assert isinstance(result, list)
        for outcome in result:
            session.take(outcome)
        if progress:
            progress(job.name, len(documents))


def _documents(folder: Path) -> Iterator[Kept]:
    """All documents of a build under all of their names, by place."""
    try:
        records = list(_catalogue(folder / CATALOGUE))
    except FileNotFoundError as error:
        raise QueryError(f"{folder}: has no {CATALOGUE}; name the folder of a build") from error
    except (OSError, ValueError) as error:
        raise QueryError(
            f"{folder / CATALOGUE}: cannot be read: {error}; build the folder anew from its documents"
        ) from error
    hashes = dict(output.listed(folder))
    found = []
    for record in records:
        sha256 = str(record["sha256"])
        name = f"{TEXTS}/{sha256}.txt"
        for told in (record, *record.get("also", ())):
            origin = origin_of(told["origin"]) if told.get("origin") is not None else None
            found.append(Kept(str(told["name"]), sha256, origin, folder / name, hashes.get(name, "")))
    yield from sorted(found, key=lambda document: place(document.name))


def _catalogue(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            sha256 = record.get("sha256") if isinstance(record, dict) else None
            if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):  # it names the text's file
                raise ValueError("a line that is no document")
            yield record
