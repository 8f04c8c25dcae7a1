"""Named questions: the `.rq` files of `ontology/queries/`, and how a query's text is found and filled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from jiceng.errors import QueryError
from jiceng.resources import ontology_directory

_NAME = re.compile(r"[\w-]+")
_PARAMETER = re.compile(r"(VALUES\s+\?(\w+)\s*\{)[^{}]*(\})", re.IGNORECASE)
_HEADER = re.compile(
    r"^#\s*(title|标题|answers|回答|example)\s*[:：][ \t]*(\S(?:.*\S)?)[ \t\r]*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Named:
    """A question in `ontology/queries/`.

    `answers` and `answers_zh` say in a sentence what the answer tells. `parameters` are what
    `VALUES ?name { UNDEF }` leaves open, `example` a value for some of them.
    """

    name: str
    title: str
    title_zh: str
    answers: str
    answers_zh: str
    text: str
    parameters: tuple[str, ...] = ()
    example: tuple[tuple[str, str], ...] = ()


def named(directory: Path | None = None) -> tuple[Named, ...]:
    """The named questions, sorted by name."""
    folder = (directory or ontology_directory()) / "queries"
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def text_of(query: str) -> str:
    """The SPARQL of a named question, of a file (`.rq`, `.sparql`), or as given; raises QueryError."""
    if _NAME.fullmatch(query):
        path = ontology_directory() / "queries" / f"{query}.rq"
        if path.is_file():
            return path.read_text("utf-8")
        known = [question.name for question in named()]
        near = difflib.get_close_matches(query, known, n=3, cutoff=0.4)
        some = f"near it: {', '.join(near)}; all" if near else "all"
        if not query.isascii():
            some = "`jiceng ask` takes questions in Chinese; names of questions"
        raise QueryError(f"{query}: no question has this name; {some}: `jiceng query --list`")
    if query.endswith((".rq", ".sparql")) and "\n" not in query:
        try:
            return Path(query).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            remedy = "check the path, or list the named questions with --list"
            raise QueryError(f"{query}: no query can be read from this file; {remedy}") from error
    return query


def filled(text: str, parameters: Mapping[str, str]) -> str:
    """A query with values in its `VALUES ?name { … }`; raises QueryError for a name that it has not."""
    for name, value in parameters.items():
        places = [match for match in _PARAMETER.finditer(text) if match[2] == name]
        if not places:
            has = ", ".join(dict.fromkeys(m[2] for m in _PARAMETER.finditer(text))) or "none"
            raise QueryError(
                f"{name}: the query has no such parameter (VALUES ?{name} {{ UNDEF }}); it has: {has}"
            )
        for match in reversed(places):
            text = f"{text[: match.end(1)]} {Literal(value)} {text[match.start(3) :]}"
    return text


def _read(path: Path) -> Named:
    text = path.read_text("utf-8")
    headers: dict[str, str] = {}
    for key, value in _HEADER.findall(text):
        headers[key] = f"{headers[key]}; {value}" if key in headers else value
    parameters = tuple(dict.fromkeys(match[2] for match in _PARAMETER.finditer(text)))
    settings = (setting.partition("=") for setting in headers.get("example", "").split(";") if setting)
    return Named(
        name=path.stem,
        title=headers.get("title", path.stem),
        title_zh=headers.get("标题", ""),
        answers=headers.get("answers", ""),
        answers_zh=headers.get("回答", ""),
        text=text,
        parameters=parameters,
        example=tuple((name.strip(), value.strip()) for name, _, value in settings),
    )
