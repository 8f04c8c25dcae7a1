"""Tables whose rows are documents: JSON Lines, CSV and Parquet, with a named text column.

A row's text goes by the file's name and the row's number, `pages.jsonl#17`, counted from one.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from jiceng.days import Day, Month, Year
from jiceng.errors import ReadError
from jiceng.model import Origin, Source
from jiceng.read.text import decode, derived, has_control

_DATE = re.compile(r"^\s*(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?!\d)")

_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月份?|[-/.](\d{1,2}))")
_YEAR = re.compile(r"(\d{4})年?")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that hold a document's text and what is known of it.

    Only `text` must be there; of the others, those that are there are taken. A table without a column of the
    name that was given may have it under a usual one: a folder may hold tables of several kinds.
    """

    text: str = "text"
    date: str = "date"
    publisher: str = "publisher"
    title: str = "title"
    url: str = "url"

    @classmethod
    def parse(cls, pairs: list[str]) -> Columns:
        """Of arguments such as `text=正文`; raises ReadError with what is allowed."""
        known = {field.name for field in fields(cls)}
        chosen = {}
        for pair in pairs:
            name, equals, column = pair.partition("=")
            if not equals or not column or name not in known:
                raise ReadError(
                    f"--column {pair}: write one of {', '.join(f'{name}=…' for name in sorted(known))} with "
                    "the column's name behind the ="
                )
            chosen[name] = column
        return cls(**chosen)


DEFAULT = Columns()

# What spreadsheets call these columns where nobody names them, the most telling word first.
_USUAL = {
    "text": ("正文", "内容", "文本", "全文", "content"),
    "date": (
        "发布日期",
        "发布时间",
        "日期",
        "时间",
        "见报日期",
        "刊发日期",
        "published",
        "publish_date",
        "pubdate",
    ),
    "publisher": ("来源", "媒体", "出处", "发布单位", "media"),
    "title": ("标题", "题目", "headline"),
    "url": ("链接", "网址", "link"),
}


def jsonl_rows(data: bytes, place: str) -> Iterator[object]:
    """The objects of JSON Lines; a broken line gives a ReadError in its place."""
    yield from _objects(decode(data, place).split("\n"), place)


def streamed_jsonl(stream: BinaryIO, place: str) -> Iterator[object]:
    """The same of a file that is plain UTF-8 (`plain_sha256`), a line at a time."""
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="\n")
    yield from _objects((line.removesuffix("\n") for line in lines), place)


def plain_sha256(stream: BinaryIO) -> str | None:
    """The SHA-256 of a file that `decode` would take as UTF-8, which is then read a line at a time.

    None for all other files: they are read at once, and what is wrong with them is said then.
    """
    total = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    written = False
    try:
        while chunk := stream.read(1 << 20):
            total.update(chunk)
            text = decoder.decode(chunk)
            if has_control(chunk):
                return None
            written = written or bool(text.replace("\ufeff", "").strip())
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return total.hexdigest() if written else None


def _objects(lines: Iterable[str], place: str) -> Iterator[object]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ReadError(f"{place}: line {number}: not JSON ({error}); write one object a line")
            continue
        if isinstance(row, dict):
            yield row
        else:
            yield ReadError(f"{place}: line {number}: not an object; write one object a line")


def csv_rows(data: bytes, place: str) -> Iterator[object]:
    """The rows of CSV with a line of headings; commas, semicolons or tabs part its cells."""
    text = decode(data, place)
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    csv.field_size_limit(2**31 - 1)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        yield ReadError(f"{place}: line {reader.line_num}: {error}; save it as CSV again")


def parquet_rows(data: bytes | Path, place: str) -> Iterator[object]:
    """The rows of a Parquet file (its bytes, or where it is), a batch at a time."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        remedy = "pip install 'jiceng[parquet]', or save it as CSV or JSON Lines"
        raise ReadError(f"{place}: a Parquet file, which needs pyarrow; {remedy}") from error
    try:
        source = data if isinstance(data, Path) else pyarrow.BufferReader(data)
        for batch in pyarrow.parquet.ParquetFile(source).iter_batches(1000):
            yield from batch.to_pylist()
    except Exception as error:  # what a damaged file makes the library raise is anything
        yield ReadError(f"{place}: not readable as Parquet ({error}); write it again")


def row_source(row: Any, number: int, name: str, place: str, columns: Columns, original: str) -> Source:
    """The document of a row; raises ReadError where it has no text. `original` is the table's SHA-256."""
    return named_source(row, f"{name}#{number}", f"{place}, row {number}", columns, original)


def named_source(row: Any, name: str, place: str, columns: Columns, original: str = "") -> Source:
    """The document of a row that has a name; what stands before a `#` in it is its table's."""
    column = _column(row, columns, "text")
    if column not in row:
        has = ", ".join(str(key) for key in list(row)[:12])
        raise ReadError(
            f"{place}: no column {columns.text}; name it by --column text=NAME (there are: {has})"
        )
    text = row[column]
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f"{place}: its text is empty; leave such rows out")
    origin = Origin(
        name=name.partition("#")[0],
        sha256=original,
        published=_date(row, _column(row, columns, "date"), place),
        publisher=_said(row, _column(row, columns, "publisher")),
        title=_said(row, _column(row, columns, "title")),
        url=_said(row, _column(row, columns, "url")),
    )
    return derived(name, text, origin, place)


def _column(row: Mapping[str, Any], columns: Columns, name: str) -> str:
    """The column that was named; where a table beside it has none such, the first of a usual name.

    Capitals and spaces around a heading count only where two columns differ by nothing else.
    """
    chosen: str = getattr(columns, name)
    usual = (chosen, getattr(DEFAULT, name), *_USUAL[name])
    if found := next((column for column in usual if column in row), ""):
        return found
    plain = {column.strip().casefold(): column for column in row if isinstance(column, str)}
    return next((plain[folded] for column in usual if (folded := column.strip().casefold()) in plain), chosen)


def _said(row: Mapping[str, Any], column: str) -> str:
    """What a row says in a column; half of a pair of surrogates, which JSON may hold, is a question mark."""
    value = row.get(column)
    return str(value).strip().encode("utf-8", "replace").decode() if value is not None else ""


def _date(row: Mapping[str, Any], column: str, place: str) -> Day | None:
    value = row.get(column)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.match(str(value))
    try:
        if match:
            return date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
        if match := _MONTH.fullmatch(str(value).strip()):
            return Month(int(match[1]), int(match[2] or match[3]))
        if match := _YEAR.fullmatch(str(value).strip()):
            return Year(int(match[1]))
    except ValueError:
        pass
    raise ReadError(
        f"{place}: {column} is no date: {str(value)[:40]!r}; "
        "write it as 2021-06-30, 2021-06 or 2021, or leave it empty"
    )
