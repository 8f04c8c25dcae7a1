"""One file to its texts, by what the file is: the beginning of its bytes tells, then its name's ending."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from jiceng.errors import ReadError
from jiceng.model import Source
from jiceng.read import apart
from jiceng.read.finding import MANY, Input
from jiceng.read.tables import (
    DEFAULT,
    Columns,
    csv_rows,
    jsonl_rows,
    parquet_rows,
    plain_sha256,
    row_source,
    streamed_jsonl,
)
from jiceng.read.text import OFFICE, check_length, decode, derived, plain, unreadable

if TYPE_CHECKING:
    from jiceng.read.archive import Room

Item = Source | ReadError
"""A text, or why there is none: a bad part of a file loses no other part."""

_HTML = (b"<!doctype html", b"<html", b"<?xml")
_TABLES: dict[str, Callable[[bytes, str], Iterator[object]]] = {
    ".jsonl": jsonl_rows,
    ".ndjson": jsonl_rows,
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".parquet": parquet_rows,
}

_SIGNED = (".pdf", ".docx", ".docm", ".zip")  # formats that begin with bytes of their own


def read_documents(entry: Input, columns: Columns = DEFAULT) -> Iterator[Item]:
    """The texts of a file; `columns` names those of tables. Raises nothing: what fails is an item too."""
    try:
        if entry.data is None:
            with entry.path.open("rb") as stream:
                rows = _streamed(stream, entry)
                if rows:
                    yield from _sources(*rows, entry.name, entry.place, columns)
                    return
        data = _content(entry) if entry.data is None else entry.data
    except OSError as error:
        yield ReadError(unreadable(entry.path, error))
        return
    except ReadError as error:
        yield error
        return
    yield from read_bytes(data, entry.name, entry.place, columns)


def _streamed(stream: BufferedReader, entry: Input) -> tuple[Iterator[object], str] | None:
    """The rows of a large table as they are read, and its SHA-256; None where it must be read at once."""
    kind = kind_of(stream.read(4096), entry.name)
    if kind not in (".jsonl", ".ndjson", ".parquet"):
        return None
    stream.seek(0)
    if kind == ".parquet":
        return parquet_rows(entry.path, entry.place), hashlib.file_digest(stream, "sha256").hexdigest()
    original = plain_sha256(stream)
    stream.seek(0)
    return (streamed_jsonl(stream, entry.place), original) if original else None


def _content(entry: Input) -> bytes:
    """A file's bytes; a text that is far too long is refused before it is read (ReadError)."""
    with entry.path.open("rb") as stream:
        head = stream.read(4096)
        if not kind_of(head, entry.name):
            check_length(os.fstat(stream.fileno()).st_size // 4, entry.place)
        return head + stream.read()


def read_one(entry: Input) -> Source | ReadError | None:
    """The text of a file with one document, or why there is none; None where it is a table or an archive."""
    try:
        data = _content(entry) if entry.data is None else entry.data
    except OSError as error:
        return ReadError(unreadable(entry.path, error))
    except ReadError as error:
        return error
    if kind_of(data, entry.name) in MANY:
        return None
    (only,) = read_bytes(data, entry.name, entry.place)
    return only


def read_source(path: Path, name: str | None = None) -> Source:
    """The one text of a file that holds one; raises ReadError with the remedy if it has none, or many."""
    first, *others = read_documents(Input(path, name or path.name))
    if others:
        raise ReadError(f"{path}: holds many documents; build them, or save the one that is meant to a file")
    if isinstance(first, ReadError):
        raise first
    return first


def read_bytes(
    data: bytes, name: str, place: str, columns: Columns = DEFAULT, room: Room | None = None
) -> Iterator[Item]:
    """The texts in the bytes of a file that goes by `name`; `place` names it in messages.

    `room` is what the archives around it leave.
    """
    kind = kind_of(data, name)
    try:
        if not data or data.isspace():
            decode(data, place)  # says so
        if kind == ".zip":
            # Imported here, as every format that few builds meet.
            from jiceng.read.archive import Room, members

            room = room or Room()
            for member, content in members(data, place, room):
                if isinstance(content, ReadError):
                    yield content
                else:
                    room.depth += 1
                    yield from read_bytes(content, f"{name}/{member}", f"{place}/{member}", columns, room)
                    room.depth -= 1
        elif kind in _TABLES:
            yield from _rows(_TABLES[kind], data, name, place, columns)
        elif kind in apart.EXTRACTORS:
            yield _extracted(kind, data, name, place)
        else:
            yield Source(name, hashlib.sha256(data).hexdigest(), _plain(data, name, place))
    except ReadError as error:
        yield error


def _plain(data: bytes, name: str, place: str) -> str:
    """The text of a plain text file; no advice on encodings where the name tells of another format."""
    try:
        return plain(data, place)
    except ReadError as error:
        if data.startswith(OFFICE) or PurePath(name).suffix.lower() not in _SIGNED:
            raise
        remedy = "get it again, or leave it out"
        raise ReadError(f"{place}: is damaged: it does not begin as such a file does; {remedy}") from error


def kind_of(data: bytes, name: str) -> str:
    """`.pdf`, `.docx`, `.html`, `.zip` or the ending of a table's name; empty for plain text."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PAR1"):
        return ".parquet"
    if data.startswith(b"PK\x03\x04"):
        return ".docx" if suffix in (".docx", ".docm") or b"word/document.xml" in data else ".zip"
    if suffix in (".html", ".htm", ".xhtml") or data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(
        _HTML
    ):
        return ".html"
    return suffix if suffix in _TABLES else ""


def _rows(
    rows: Callable[[bytes, str], Iterator[object]], data: bytes, name: str, place: str, columns: Columns
) -> Iterator[Item]:
    yield from _sources(rows(data, place), hashlib.sha256(data).hexdigest(), name, place, columns)


def _sources(
    rows: Iterator[object], original: str, name: str, place: str, columns: Columns
) -> Iterator[Item]:
    number = 0
    for number, row in enumerate(rows, 1):
        if isinstance(row, ReadError):
            yield row
            continue
        try:
            yield row_source(row, number, name, place, columns, original)
        except ReadError as error:
            yield error
    if not number:
        yield ReadError(f"{place}: a table without rows; add some below its headings, or leave it out")


def _extracted(kind: str, data: bytes, name: str, place: str) -> Source:
    text, origin = apart.text_of(kind, data, place)
    return derived(name, text, replace(origin, name=name, sha256=hashlib.sha256(data).hexdigest()), place)
