"""Taking documents out of a built folder, by what it says of its documents itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from jiceng import output, parallel
from jiceng.errors import BuildError, QueryError
from jiceng.model import Origin
from jiceng.output import CATALOGUE, TEXTS
from jiceng.store.current import origin_of
from jiceng.store.documents import SHA256, find, identify, place
from jiceng.store.session import Progress, Session
from jiceng.store.workshop import Job, Kept, Outcome, Result, Workers, ended

_REMEDY = "build the folder anew from its documents"


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
    hashes = dict(output.listed(folder))
    found = []
    try:
        for sha256, told in _catalogue(folder / CATALOGUE):
            text = f"{TEXTS}/{sha256}.txt"
            found += [
                Kept(name, sha256, origin, folder / text, hashes.get(text, "")) for name, origin in told
            ]
    except FileNotFoundError as error:
        raise QueryError(f"{folder}: has no {CATALOGUE}; name the folder of a build by -g") from error
    except OSError as error:
        raise QueryError(f"{folder / CATALOGUE}: cannot be read: {error}; {_REMEDY}") from error
    yield from sorted(found, key=lambda document: place(document.name))


def _catalogue(path: Path) -> Iterator[tuple[str, list[tuple[str, Origin | None]]]]:
    """The hash of each document, with its names and origins; raises OSError or QueryError."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield _entry(json.loads(line.decode("utf-8")))
            except (ValueError, RecursionError) as error:
                raise QueryError(f"{path}:{number}: is no document: {error}; {_REMEDY}") from error


def _entry(record: Any) -> tuple[str, list[tuple[str, Origin | None]]]:
    """What a line of the catalogue says; raises ValueError where it is not as a build writes it."""
    if not isinstance(record, dict):
        raise ValueError("an object with name and sha256 is needed")
    sha256, also = record.get("sha256"), record.get("also", [])
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):  # it names the text's file
        raise ValueError("sha256 must be 64 hexadecimal digits")
    if not isinstance(also, list) or not all(isinstance(other, dict) for other in also):
        raise ValueError("also must be a list of objects")
    told = []
    for one in (record, *also):
        name, origin = one.get("name"), one.get("origin")
        if not isinstance(name, str):
            raise ValueError("name must be text")
        name.encode()  # half of a pair of surrogates: a ValueError, too
        told.append((name, None if origin is None else _origin(origin)))
    return sha256, told


def _origin(told: Any) -> Origin:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise ValueError("origin must be an object of texts")
    "".join(told.values()).encode()
    unknown = sorted(told.keys() - {field.name for field in fields(Origin)})
    if unknown:
        raise ValueError(f"origin has a field that there is not: {unknown[0]}")
    if told.get("sha256") and not SHA256.fullmatch(told["sha256"]):
        raise ValueError("the sha256 of origin must be 64 hexadecimal digits")
    try:
        return origin_of(told)
    except ValueError as error:
        raise ValueError(
            f"the published of origin must be a day (2026-01-31), a month (2026-01) or a year (2026): {error}"
        ) from error
