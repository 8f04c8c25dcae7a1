"""The arguments of all commands, and which function runs each."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jiceng import __version__
from jiceng.cli import building, graphs, kept, texts
from jiceng.cli.parsing import Parser

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]

_N = TypeVar("_N", int, float)

_LONGEST = 1_000_000
"""Seconds that anything may be told to take: eleven days; no system counts for ever."""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = Parser(
        prog="jiceng",
        description="Chinese reports on urban grassroots governance, as a knowledge graph in which every "
        "fact leads back to the exact characters of its source.",
    )
    parser.add_argument("--version", action="version", version=f"jiceng {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _building(commands)
    _asking(commands)
    _passing_on(commands)
    _comparing(commands)
    _reading(commands)
    return parser


def _building(commands: Commands) -> None:
    """Commands that write a build, and what they keep."""
    build = commands.add_parser("build", help="read files and folders and write the graph and the page")
    build.add_argument(
        "sources",
        nargs="+",
        type=Path,
        metavar="SOURCE",
        help="files, folders, or - for standard input: text, PDF, DOCX, HTML, JSONL, CSV, Parquet, zip",
    )
    build.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME=COLUMN",
        help="of tables: which column is text (required there), date, publisher, title, url",
    )
    build.add_argument(
        "--record-time", action="store_true", help="write when the build was made into build.ttl, beside it"
    )
    build.add_argument(
        "--engine", choices=("processes", "ray"), default="processes", help="what reads (processes: see -j)"
    )
    build.add_argument(
        "--engine-address", metavar="ADDRESS", help="of a Ray cluster (RAY_ADDRESS; else Ray with -j here)"
    )
    build.add_argument(
        "--shards", type=Path, help="of Ray: folder that all machines share, where their results are kept"
    )
    _build_options(build, "read documents and put districts together")
    build.set_defaults(run=building.build)

    merge = commands.add_parser("merge", help="build from what Ray or Spark has read: shards of results")
    merge.add_argument("shards", nargs="+", type=Path, metavar="SHARDS", help="folders, or Parquet files")
    merge.add_argument(
        "--record-time", action="store_true", help="write when the build was made into build.ttl, beside it"
    )
    _build_options(merge, "put districts together")
    merge.set_defaults(run=building.merge)

    retract = commands.add_parser("retract", help="take documents out of a build, by name")
    retract.add_argument(
        "names", nargs="+", metavar="NAME", help="of a document, or of the table or archive it came from"
    )
    _build_options(retract, "read documents and put districts together", "-g", "--graph")
    retract.set_defaults(run=building.retract)

    cache = commands.add_parser("cache", help="what is kept of documents between builds, and taking it away")
    cache.add_argument(
        "--unused", type=_days, metavar="DAYS", help="take away what no build has used for so many days"
    )
    cache.add_argument("--clear", action="store_true", help="take away all of it")
    cache.add_argument("--cache", type=Path, help="folder of what is known of documents (the user's)")
    cache.add_argument(
        "--json", action="store_true", help="print every file as JSON, those of other versions too"
    )
    cache.set_defaults(run=kept.cache)


def _build_options(command: argparse.ArgumentParser, work: str, *names: str) -> None:
    """What all of them have; a build that is changed goes by further `names`, as other commands call it."""
    command.add_argument(
        "-o",
        "--output",
        *names,
        dest="output",
        type=Path,
        default=Path("graphs"),
        help="built folder (graphs)",
    )
    command.add_argument("--json", action="store_true", help="print the summary as JSON")
    command.add_argument("-j", "--jobs", type=_jobs, default=1, help=f"processes that {work} (1)")
    command.add_argument(
        "--page",
        choices=("auto", "whole", "split"),
        default="auto",
        help="one file, or split by district, to be loaded on demand (auto: by the corpus's size)",
    )
    command.add_argument("--cache", type=Path, help="folder of what is known of documents (the user's)")
    command.add_argument("--no-cache", action="store_true", help="read every document anew, keep nothing")


def _asking(commands: Commands) -> None:
    """Commands that ask a built graph, and the one that checks its folder."""
    query = commands.add_parser("query", help="ask a built graph in SPARQL")
    query.add_argument("query", help="SPARQL text, a .rq file, or the name of a query (--list)", nargs="?")
    query.add_argument(
        "-g", "--graph", default="graphs", help="built folder, RDF file, or address of a SPARQL endpoint"
    )
    query.add_argument(
        "-f",
        "--format",
        choices=("table", "markdown", "csv", "tsv", "json", "xml", "turtle"),
        default=None,
        help="of the answer",
    )
    query.add_argument(
        "--timeout", type=_seconds, default=300, metavar="SECONDS", help="longest time to take (300; 0: none)"
    )
    query.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="fill a parameter of a named query"
    )
    query.add_argument("--list", action="store_true", help="list the named queries")
    _store(query)
    query.set_defaults(run=graphs.query)

    ask = commands.add_parser(
        "ask", help="ask a built graph in Chinese or simple English; the SPARQL is shown"
    )
    ask.add_argument(
        "question",
        help="for example 武侯区有多少个网格党支部？ or: How many grid workers are there in 武侯区?",
    )
    ask.add_argument(
        "-g", "--graph", default="graphs", help="built folder, RDF file, or address of a SPARQL endpoint"
    )
    ask.add_argument(
        "--timeout", type=_seconds, default=300, metavar="SECONDS", help="longest time to take (300; 0: none)"
    )
    ask.add_argument("--json", action="store_true", help="print meaning, SPARQL, answer and rows as JSON")
    ask.add_argument("--sparql", action="store_true", help="print nothing but the SPARQL")
    _store(ask)
    ask.set_defaults(run=graphs.ask)

    serve = commands.add_parser("serve", help="a built graph over HTTP: SPARQL endpoint, page, query editor")
    _graph(serve, "built folder or RDF file (graphs)")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8080, help="port to listen on (8080)")
    serve.add_argument("--timeout", type=_seconds, default=60, metavar="SECONDS", help="longest query (60)")
    serve.add_argument("--token-file", type=Path, help="file with the token that every request must carry")
    _store(serve)
    serve.set_defaults(run=graphs.serve)

    check = commands.add_parser("check", help="is a built folder whole? every file, quote, shape and count")
    _graph(check, "built folder (graphs)")
    check.add_argument("--json", action="store_true", help="print what was found as JSON")
    check.set_defaults(run=graphs.check)


def _passing_on(commands: Commands) -> None:
    """Commands that give a built graph to other tools."""
    export = commands.add_parser("export", help="write a built graph in another format")
    export.add_argument(
        "format",
        nargs="?",
        help="turtle, ntriples, nquads, trig, json-ld, rdf-xml, plain, graphml, gexf; "
        "folders: csv, parquet, neo4j, kuzu",
    )
    export.add_argument("--list", action="store_true", help="list the formats, a line each")
    export.add_argument("-g", "--graph", type=Path, default=Path("graphs"), help="built folder or RDF file")
    export.add_argument("-o", "--output", type=Path, help="file to write (standard output), or folder")
    _store(export)
    export.set_defaults(run=graphs.export)

    publish = commands.add_parser("publish", help="put a built graph on a SPARQL server, or take it back")
    publish.add_argument(
        "url", nargs="?", help="address of its Graph Store, e.g. https://…/sparql-graph-crud-auth"
    )
    publish.add_argument("-g", "--graph", type=Path, default=Path("graphs"), help="built folder or RDF file")
    publish.add_argument(
        "--document", action="append", default=[], metavar="NAME", help="publish only this file's graph"
    )
    publish.add_argument(
        "--retract",
        action="append",
        default=[],
        metavar="NAME",
        help="delete this file's graph (name or IRI)",
    )
    publish.add_argument(
        "--bulk",
        type=Path,
        metavar="FOLDER",
        help="send nothing: write files for Virtuoso's bulk loader, with the SQL that loads them",
    )
    publish.add_argument(
        "--seen-as", default="", metavar="PATH", help="how Virtuoso sees that folder, if not as we do"
    )
    publish.add_argument("--no-ontology", action="store_true", help="leave the ontology's graph as it is")
    publish.add_argument("--user", help="who writes; the password stands in JICENG_PASSWORD, or")
    publish.add_argument("--password-file", type=Path, metavar="FILE", help="in the first line of this file")
    publish.add_argument(
        "--timeout", type=_seconds, default=120, metavar="SECONDS", help="of a request (120)"
    )
    publish.add_argument("--dry-run", action="store_true", help="print what would be sent, and send nothing")
    publish.add_argument("--json", action="store_true", help="print what was done as JSON")
    _store(publish)
    publish.set_defaults(run=graphs.publish)


def _comparing(commands: Commands) -> None:
    """Commands that compare graphs and districts."""
    diff = commands.add_parser("diff", help="which facts came, went or changed between two graphs")
    diff.add_argument("old", type=Path, help="built folder or RDF file")
    diff.add_argument("new", type=Path, help="built folder or RDF file")
    diff.add_argument("--json", action="store_true", help="print the difference as JSON")
    diff.set_defaults(run=graphs.diff)

    compare = commands.add_parser(
        "compare", help="districts side by side: what they share, what only one has"
    )
    compare.add_argument("districts", nargs="+", metavar="DISTRICT", help="name or code, two or more")
    compare.add_argument("-g", "--graph", default="graphs", help="built folder, RDF file, or SPARQL endpoint")
    compare.add_argument("-f", "--format", choices=("table", "markdown", "json"), default="table")
    compare.add_argument("-o", "--output", type=Path, metavar="FILE.svg", help="draw a picture, too")
    compare.set_defaults(run=graphs.compare)

    report = commands.add_parser("report", help="which districts are alike, and what spreads where")
    report.add_argument("-g", "--graph", default="graphs", help="built folder, RDF file, or SPARQL endpoint")
    report.add_argument("--json", action="store_true", help="print the facts behind each number as JSON")
    report.add_argument("-o", "--output", type=Path, help="folder for report.md, report.json and pictures")
    report.set_defaults(run=graphs.report)


def _reading(commands: Commands) -> None:
    """Commands on texts and on how they are read."""
    explain = commands.add_parser("explain", help="why a fact is in the graph, and what was rejected")
    explain.add_argument("iri", help="as `jiceng query` prints it (measurement:350212/…), or whole")
    _graph(explain, "built folder (graphs)")
    explain.add_argument(
        "--sources",
        action="append",
        type=Path,
        default=[],
        help="file or folder of the documents (the present folder and the folders in it)",
    )
    explain.add_argument("--json", action="store_true", help="print the explanation as JSON")
    explain.set_defaults(run=texts.explain)

    repair = commands.add_parser("repair", help="print a file's articles, put in order, for people to read")
    repair.add_argument("file", type=Path)
    repair.add_argument(
        "--explain",
        action="store_true",
        help="print each join and whose each part of the page is, with reasons and what lost",
    )
    repair.add_argument("--json", action="store_true", help="print it as JSON")
    repair.set_defaults(run=texts.repair)

    annotate = commands.add_parser("annotate", help="print a gold file for a document, filled in, to correct")
    annotate.add_argument("file", type=Path, help="one document, of any kind that is read")
    annotate.set_defaults(run=texts.annotate)

    evaluate = commands.add_parser("evaluate", help="precision, recall and F1 against annotated documents")
    evaluate.add_argument("--gold", type=Path, required=True, help="folder of gold files, or one of them")
    evaluate.add_argument("--sources", type=Path, help="folder of the documents (that of the gold)")
    evaluate.add_argument("-g", "--graph", type=Path, help="built folder (the documents are read anew)")
    evaluate.add_argument("--brief", action="store_true", help="print nothing but the scoreboard")
    evaluate.add_argument("--documents", action="store_true", help="add F1 by document")
    evaluate.add_argument("--rules", action="store_true", help="add what each rule found, and its precision")
    evaluate.add_argument("--misses", action="store_true", help="list what is missing and what is too much")
    evaluate.add_argument("--json", action="store_true", help="print the scoreboard as JSON")
    evaluate.set_defaults(run=texts.evaluate)


class _Named(argparse.Action):
    """What stands for -g; where nothing stands, what -g says stays."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        if values is not None:
            namespace.graph = values


def _graph(command: argparse.ArgumentParser, told: str) -> None:
    """A built graph may be named by itself, or by -g as in the other commands."""
    one = command.add_mutually_exclusive_group()
    one.add_argument("place", nargs="?", type=Path, action=_Named, metavar="graph", help=told)
    one.add_argument("-g", "--graph", type=Path, default=Path("graphs"), help="the same, by name")


def _store(command: argparse.ArgumentParser) -> None:
    """Where a graph is kept that is asked."""
    command.add_argument(
        "--store",
        metavar="FOLDER",
        help="keep the graph as a database in this folder, whatever its size (large ones are kept in the "
        "user's cache); `memory` keeps none",
    )


def _days(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def _bounded(kind: Callable[[str], _N], least: int, most: int, what: str) -> Callable[[str], _N]:
    """What reads an argument that is a number between bounds; anything else is refused in words."""

    def read(text: str) -> _N:
        with contextlib.suppress(ValueError):
            number = kind(text)
            if least <= number <= most:  # nan, which is no number, is never
                return number
        raise argparse.ArgumentTypeError(f"{text!r} is no {what} from {least} to {most}")

    return read


_seconds = _bounded(float, 0, _LONGEST, "number of seconds")
_port = _bounded(int, 1, 65535, "port")
_jobs = _bounded(int, 1, 256, "number of processes")
