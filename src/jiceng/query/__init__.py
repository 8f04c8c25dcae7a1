"""Ask a built graph in SPARQL: text, a file, or a named question of `ontology/queries/`.

Oxigraph answers. All known prefixes may be used without declaring them. Only reading is possible: updates
and SERVICE (which would send data to other hosts) are refused.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from jiceng import graph
from jiceng.errors import QueryError
from jiceng.graph.namespaces import PREFIXES
from jiceng.query import tables
from jiceng.resources import ontology_directory

FORMATS = ("table", "csv", "tsv", "json", "turtle")
"""Of answers. SELECT and ASK have the first four, CONSTRUCT and DESCRIBE the last, which is their default."""

_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
}
# What a query is made of, as far as it matters here: what cannot hold a keyword is skipped as a whole.
_TOKEN = re.compile(
    r"""(?P<iri><(?:[^<>"{}|^`\\\s]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
      | (?P<text>\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<comment>\#[^\n\r]*)
      | (?P<variable>[?$]\w+)
      | (?P<name>(?P<prefix>[^\W\d_][\w.-]*|_?):
                 (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*)?)
      | (?P<word>[^\W\d]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
_NAME = re.compile(r"[\w-]+")
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_PARAMETER = re.compile(r"(VALUES\s+\?(\w+)\s*\{)[^{}]*(\})", re.IGNORECASE)
_HEADER = re.compile(r"^#\s*(title|标题|answers|回答)\s*[:：]\s*(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Named:
    """A question in `ontology/queries/`. `parameters` are what `VALUES ?name { UNDEF }` leaves open."""

    name: str
    title: str
    title_zh: str
    text: str
    parameters: tuple[str, ...] = ()


def open_store(path: Path) -> Store:
    """Load a built folder or an RDF file; raises QueryError if that cannot be."""
    file = path / "jiceng.ttl" if path.is_dir() else path
    if not file.is_file():
        what = "holds no jiceng.ttl" if path.is_dir() else "is not there"
        raise QueryError(f"{path}: {what}; run `jiceng build` first, or name a built folder or an RDF file")
    form = RdfFormat.from_extension(file.suffix.lstrip("."))
    if form is None:
        raise QueryError(
            f"{file}: no RDF format is known by the ending {file.suffix!r}; use .ttl, .nt, .rdf …"
        )
    store = Store()
    try:
        store.bulk_load(path=str(file), format=form)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"{file}: cannot be read as {form.name}: {error}") from error
    return store


def named(directory: Path | None = None) -> tuple[Named, ...]:
    """The named questions, sorted by name."""
    folder = (directory or ontology_directory()) / "queries"
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def run(
    store: Store,
    query: str,
    form: str | None = None,
    parameters: Mapping[str, str] | None = None,
    width: int | None = None,
) -> str:
    """Answer a query given as text, as the path of a file, or as the name of a named question.

    `parameters` fill the query's `VALUES ?name { … }`. `width` is that of the terminal: wider tables are cut.
    Raises QueryError with line and place where the query cannot be understood or run.
    """
    if form is not None and form not in FORMATS:
        raise QueryError(f"{form}: no such format; use one of {', '.join(FORMATS)}")
    text = _filled(_text(query), parameters or {})
    _refuse(text)
    try:
        answer = store.query(text, prefixes=dict(PREFIXES))
        return _written(answer, form, width)
    except SyntaxError as error:
        raise QueryError(_explained(text, str(error))) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _written(
    answer: QuerySolutions | QueryBoolean | QueryTriples, form: str | None, width: int | None
) -> str:
    if isinstance(answer, QueryTriples):
        if form not in (None, "table", "turtle"):
            raise QueryError(f"{form}: CONSTRUCT and DESCRIBE give triples; use -f turtle")
        return graph.turtle_of(answer).decode()
    if form == "turtle":
        raise QueryError("turtle: SELECT and ASK give no triples; use -f table, csv, tsv or json")
    if form in _RESULTS:
        data = answer.serialize(format=_RESULTS[form]) or b""
        return data.decode().removesuffix("\n") + "\n"
    if isinstance(answer, QueryBoolean):
        return "true\n" if answer else "false\n"
    names = [variable.value for variable in answer.variables]
    return tables.table(names, [[solution[name] for name in names] for solution in answer], width)


# --- finding and filling the text -------------------------------------------------------------------


def _text(query: str) -> str:
    if _NAME.fullmatch(query):
        known = {question.name: question.text for question in named()}
        if query in known:
            return known[query]
        near = difflib.get_close_matches(query, known, n=3, cutoff=0.4) or sorted(known)
        raise QueryError(f"{query}: no question has this name; there are: {', '.join(near)}")
    if query.endswith((".rq", ".sparql")) and "\n" not in query:
        try:
            return Path(query).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            remedy = "check the path, or list the named questions with --list"
            raise QueryError(f"{query}: no query can be read from this file; {remedy}") from error
    return query


def _read(path: Path) -> Named:
    text = path.read_text("utf-8")
    headers = dict(_HEADER.findall(text))
    parameters = tuple(dict.fromkeys(match[2] for match in _PARAMETER.finditer(text)))
    return Named(path.stem, headers.get("title", path.stem), headers.get("标题", ""), text, parameters)


def _filled(text: str, parameters: Mapping[str, str]) -> str:
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


# --- refusing and explaining ------------------------------------------------------------------------


def _refuse(text: str) -> None:
    """Refuse updates, SERVICE and unknown prefixes, before anything runs."""
    declared = {*PREFIXES, "_"}
    first = before = ""
    for token in _TOKEN.finditer(text):
        prefix, word = token["prefix"], (token["word"] or "").upper()
        # Oxigraph wants no space behind a keyword: any word that holds this one may be it.
        if "SERVICE" in word or "SERVICE" in (prefix or "").upper():
            raise QueryError(
                f"{_place(text, token.start())}: SERVICE is refused, since it sends data to another host; "
                "load that host's data as a file and query it with -g"
            )
        if not first and word not in ("", "PREFIX", "BASE", "VERSION"):
            first = word
            if first in _UPDATES:
                raise QueryError(f"{first}: updates are refused; a graph is changed by building it")
        if prefix is not None and before == "PREFIX":
            declared.add(prefix)
        elif prefix is not None and prefix not in declared:
            raise QueryError(
                f"{_place(text, token.start())}: the prefix {prefix}: is not known; write "
                f"PREFIX {prefix}: <…> at the top, or use one of {', '.join(PREFIXES)}"
            )
        before = word


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def _explained(text: str, message: str) -> str:
    """Oxigraph's message with the line, a mark below it, and only those expectations that say something."""
    found = _PLACE.match(message)
    if not found:
        return f"the query cannot be understood: {message}"
    number, column = int(found[1]), int(found[2])
    line = (text.split("\n") + [""] * number)[number - 1].rstrip("\r")
    mark = " " * tables.width(line[: column - 1]) + "^"
    useful = [
        w for w in re.sub(r"\[[^]]*\]", "", found[3]).split(",") if re.search(r"[A-Za-z]{2}|[(){}.;:?]", w)
    ]
    expected = ", ".join(dict.fromkeys(w.replace("one of", "").strip() for w in useful))
    hint = f"\nexpected at the mark or before it: {expected}" if expected else ""
    return f"line {number}, column {column}: the query cannot be understood\n  {line}\n  {mark}{hint}"
