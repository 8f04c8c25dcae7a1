"""One file to its texts, by what the file is: the beginning of its bytes tells, then its name's ending."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from jiceng.errors import ReadError
from jiceng.model import Source
from jiceng.read.finding import Input
from jiceng.read.tables import DEFAULT, Columns, csv_rows, jsonl_rows, parquet_rows, row_source
from jiceng.read.text import decode, derived, unreadable

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


def read_documents(entry: Input, columns: Columns = DEFAULT) -> Iterator[Item]:
    """The texts of a file; `columns` names those of tables. Raises nothing: what fails is an item too."""
    try:
        data = entry.path.read_bytes() if entry.data is None else entry.data
    except OSError as error:
        yield ReadError(unreadable(entry.path, error))
        return
    yield from read_bytes(data, entry.name, str(entry.path), columns)


def read_source(path: Path, name: str | None = None) -> Source:
    """The one text of a file that holds one; raises ReadError with the remedy if it has none, or many."""
    first, *others = read_documents(Input(path, name or path.name))
    if others:
        raise ReadError(f"{path}: holds many documents; build them, or save the one that is meant to a file")
    if isinstance(first, ReadError):
        raise first
    return first


def read_bytes(
    data: bytes, name: str, place: str, columns: Columns = DEFAULT, depth: int = 0
) -> Iterator[Item]:
    """The texts in the bytes of a file that goes by `name`; `place` names it in messages.

    `depth` counts the archives around it.
    """
    kind = kind_of(data, name)
    try:
        if kind == ".zip":
            # Imported here, as every format that few builds meet.
            from jiceng.read.archive import members

            for member, content in members(data, place, depth):
                if isinstance(content, ReadError):
                    yield content
                else:
                    yield from read_bytes(
                        content, f"{name}/{member}", f"{place}/{member}", columns, depth + 1
                    )
        elif kind in _TABLES:
            yield from _rows(_TABLES[kind], data, name, place, columns)
        elif kind in _EXTRACTORS:
            yield _extracted(kind, data, name, place)
        else:
            yield Source(name, hashlib.sha256(data).hexdigest(), decode(data, place))
    except ReadError as error:
        yield error


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
    original = hashlib.sha256(data).hexdigest()
    for number, row in enumerate(rows(data, place), 1):
        if isinstance(row, ReadError):
            yield row
            continue
        try:
            yield row_source(row, number, name, place, columns, original)
        except ReadError as error:
            yield error


#: Kind → module that takes the text out, extra that brings its library, and what people call it.
_EXTRACTORS = {
    ".pdf": ("jiceng.read.pdf", "pdf", "a PDF file"),
    ".docx": ("jiceng.read.docx", "docx", "a Word document"),
    ".html": ("jiceng.read.html", "html", "a web page"),
}


def _extracted(kind: str, data: bytes, name: str, place: str) -> Source:
    module, extra, what = _EXTRACTORS[kind]
    try:
        extractor = import_module(module)
    except ImportError as error:
        remedy = f"pip install 'jiceng[{extra}]', or save its text to a file"
        raise ReadError(f"{place}: {what}, which needs a library that is not here; {remedy}") from error
    try:
        text, origin = extractor.text_of(data, place)
    except ReadError:
        raise
    except Exception as error:  # what a damaged file makes a library raise is anything
        reason = f"{type(error).__name__}: {error}"
        raise ReadError(f"{place}: {what} that cannot be read ({reason}); save it again") from error
    return derived(name, text, replace(origin, name=name, sha256=hashlib.sha256(data).hexdigest()), place)
