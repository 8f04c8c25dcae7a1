"""The command line: arguments, printing and exit codes; all else is a call.

Exit codes: 0 done; 1 done, but some inputs could not be read, some facts were left out, or a question in
Chinese was not understood (said on standard error); 2 nothing done. A text that reports on no division is no
failure: it is noted and gives no article.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiceng import __version__
from jiceng.errors import BuildError, JicengError, PublishError, QueryError
from jiceng.model import Role

if TYPE_CHECKING:
    from jiceng import analysis
    from jiceng.articles import Split
    from jiceng.pipeline import Progress, Summary

KINDS = {
    "TierChain": "tier chains",
    "Measurement": "measurements",
    "Mechanism": "mechanisms",
    "Organisation": "organisations",
    "PolicyDocument": "policy documents",
    "Honour": "honours",
    "Person": "persons",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no Chinese still gets an answer
            stream.reconfigure(errors="backslashreplace")
    if getattr(options, "store", None):
        os.environ["JICENG_STORE"] = options.store  # read where a graph is opened, by processes of ours too
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except JicengError as error:
        print(f"jiceng: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output went away, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"jiceng: cannot be written or read: {error}; check the place and its space", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("jiceng: interrupted; what was there before is untouched", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jiceng",
        description="Chinese reports on urban grassroots governance, as a knowledge graph in which every "
        "fact leads back to the exact characters of its source.",
    )
    parser.add_argument("--version", action="version", version=f"jiceng {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

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
    build.set_defaults(run=_build)

    merge = commands.add_parser("merge", help="build from what Ray or Spark has read: shards of results")
    merge.add_argument("shards", nargs="+", type=Path, metavar="SHARDS", help="folders, or Parquet files")
    merge.add_argument(
        "--record-time", action="store_true", help="write when the build was made into build.ttl, beside it"
    )
    merge.set_defaults(run=_merge)

    retract = commands.add_parser("retract", help="take documents out of a build, by name")
    retract.add_argument(
        "names", nargs="+", metavar="NAME", help="of a document, or of the table or archive it came from"
    )
    retract.set_defaults(run=_retract)
    for command in (build, merge, retract):
        command.add_argument(
            "-o", "--output", type=Path, default=Path("graphs"), help="built folder (graphs)"
        )
        command.add_argument("--json", action="store_true", help="print the summary as JSON")
        if command is not merge:
            command.add_argument(
                "-j", "--jobs", type=_jobs, default=1, help="processes that read documents (1)"
            )
        command.add_argument(
            "--page",
            choices=("auto", "whole", "split"),
            default="auto",
            help="one file, or split by district, to be loaded on demand (auto: by the corpus's size)",
        )
        command.add_argument("--cache", type=Path, help="folder of what is known of documents (the user's)")
        command.add_argument("--no-cache", action="store_true", help="read every document anew, keep nothing")

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
        "--timeout", type=float, default=300, metavar="SECONDS", help="longest time to take (300; 0: none)"
    )
    query.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="fill a parameter of a named query"
    )
    query.add_argument("--list", action="store_true", help="list the named queries")
    query.set_defaults(run=_query)

    ask = commands.add_parser("ask", help="ask a built graph in Chinese; the SPARQL is shown")
    ask.add_argument("question", help="for example 武侯区有多少个网格党支部？")
    ask.add_argument(
        "-g", "--graph", default="graphs", help="built folder, RDF file, or address of a SPARQL endpoint"
    )
    ask.add_argument(
        "--timeout", type=float, default=300, metavar="SECONDS", help="longest time to take (300; 0: none)"
    )
    ask.add_argument("--json", action="store_true", help="print meaning, SPARQL, answer and rows as JSON")
    ask.add_argument("--sparql", action="store_true", help="print nothing but the SPARQL")
    ask.set_defaults(run=_ask)

    serve = commands.add_parser("serve", help="a built graph over HTTP: SPARQL endpoint, page, query editor")
    serve.add_argument("graph", type=Path, nargs="?", default=Path("graphs"), help="built folder or RDF file")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8080, help="port to listen on (8080)")
    serve.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="longest query (60)")
    serve.add_argument("--token-file", type=Path, help="file with the token that every request must carry")
    serve.set_defaults(run=_serve)

    check = commands.add_parser("check", help="is a built folder whole? every file, quote, shape and count")
    check.add_argument("folder", type=Path, nargs="?", default=Path("graphs"), help="built folder (graphs)")
    check.add_argument("--json", action="store_true", help="print what was found as JSON")
    check.set_defaults(run=_check)

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
    export.set_defaults(run=_export)

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
    publish.add_argument("--timeout", type=float, default=120, metavar="SECONDS", help="of a request (120)")
    publish.add_argument("--dry-run", action="store_true", help="print what would be sent, and send nothing")
    publish.add_argument("--json", action="store_true", help="print what was done as JSON")
    publish.set_defaults(run=_publish)
    for command in (query, ask, serve, export, publish):
        command.add_argument(
            "--store",
            metavar="FOLDER",
            help="keep the graph as a database in this folder, whatever its size (large ones are kept in the "
            "user's cache); `memory` keeps none",
        )

    diff = commands.add_parser("diff", help="which facts came, went or changed between two graphs")
    diff.add_argument("old", type=Path, help="built folder or RDF file")
    diff.add_argument("new", type=Path, help="built folder or RDF file")
    diff.add_argument("--json", action="store_true", help="print the difference as JSON")
    diff.set_defaults(run=_diff)

    compare = commands.add_parser(
        "compare", help="districts side by side: what they share, what only one has"
    )
    compare.add_argument("districts", nargs="+", metavar="DISTRICT", help="name or code, two or more")
    compare.add_argument("-g", "--graph", default="graphs", help="built folder, RDF file, or SPARQL endpoint")
    compare.add_argument("-f", "--format", choices=("table", "markdown", "json"), default="table")
    compare.add_argument("-o", "--output", type=Path, metavar="FILE.svg", help="draw a picture, too")
    compare.set_defaults(run=_compare)

    report = commands.add_parser("report", help="which districts are alike, and what spreads where")
    report.add_argument("-g", "--graph", default="graphs", help="built folder, RDF file, or SPARQL endpoint")
    report.add_argument("--json", action="store_true", help="print the facts behind each number as JSON")
    report.add_argument("-o", "--output", type=Path, help="folder for report.md, report.json and pictures")
    report.set_defaults(run=_report)

    explain = commands.add_parser("explain", help="why a fact is in the graph, and what was rejected")
    explain.add_argument("iri", help="as `jiceng query` prints it (measurement:350212/…), or whole")
    explain.add_argument("graph", nargs="?", type=Path, default=Path("graphs"), help="built folder (graphs)")
    explain.add_argument(
        "--sources",
        action="append",
        type=Path,
        default=[],
        help="file or folder of the documents (the present folder and the folders in it)",
    )
    explain.add_argument("--json", action="store_true", help="print the explanation as JSON")
    explain.set_defaults(run=_explain)

    repair = commands.add_parser("repair", help="print a file's articles, put in order, for people to read")
    repair.add_argument("file", type=Path)
    repair.add_argument(
        "--explain",
        action="store_true",
        help="print each join and whose each part of the page is, with reasons and what lost",
    )
    repair.add_argument("--json", action="store_true", help="print it as JSON")
    repair.set_defaults(run=_repair)

    annotate = commands.add_parser("annotate", help="print a gold file for a document, filled in, to correct")
    annotate.add_argument("file", type=Path)
    annotate.set_defaults(run=_annotate)

    evaluate = commands.add_parser("evaluate", help="precision, recall and F1 against annotated documents")
    evaluate.add_argument("--gold", type=Path, required=True, help="folder of gold files, or one of them")
    evaluate.add_argument("--sources", type=Path, help="folder of the documents (that of the gold)")
    evaluate.add_argument("-g", "--graph", type=Path, help="built folder (the documents are read anew)")
    evaluate.add_argument("--brief", action="store_true", help="print nothing but the scoreboard")
    evaluate.add_argument("--documents", action="store_true", help="add F1 by document")
    evaluate.add_argument("--rules", action="store_true", help="add what each rule found, and its precision")
    evaluate.add_argument("--misses", action="store_true", help="list what is missing and what is too much")
    evaluate.add_argument("--json", action="store_true", help="print the scoreboard as JSON")
    evaluate.set_defaults(run=_evaluate)
    return parser


def _jobs(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("a number of processes from 1 to 256")
    return number


def _build(options: argparse.Namespace) -> int:
    import gc

    from jiceng import pipeline
    from jiceng.read import Columns

    settings = pipeline.Settings(Columns.parse(options.column), options.jobs, _cache(options), options.page)
    # Hundreds of thousands of words and triples stay alive; looking through them for cycles costs a tenth.
    gc.set_threshold(200_000, 20, 100)

    with _bar("reading") as progress:
        if options.engine == "ray":
            summary = _engine("ray").build(
                options.sources,
                options.output,
                progress,
                address=options.engine_address,
                shard_folder=options.shards,
                settings=settings,
                record_time=options.record_time,
            )
        else:
            summary = pipeline.build(
                options.sources, options.output, progress, settings=settings, record_time=options.record_time
            )
    return _summed_up(summary, options.json)


def _merge(options: argparse.Namespace) -> int:
    from jiceng import pipeline

    settings = pipeline.Settings(cache=_cache(options), page=options.page)
    with _bar("merging") as progress:
        summary = _engine("shards").merge(
            options.shards, options.output, progress, settings=settings, record_time=options.record_time
        )
    return _summed_up(summary, options.json)


def _engine(name: str) -> Any:
    """A module of `engines`; raises BuildError where its library is missing."""
    from importlib import import_module

    extra = "parquet" if name == "shards" else name
    try:
        return import_module(f"jiceng.engines.{name}")
    except ImportError as error:
        raise BuildError(f"this needs a library that is not here; pip install 'jiceng[{extra}]'") from error


def _summed_up(summary: Summary, as_json: bool) -> int:
    for failure in summary.failures:
        print(f"failed: {failure}", file=sys.stderr)
    for warning in summary.warnings:
        print(f"note: {warning}", file=sys.stderr)
    for rejected in summary.rejected:
        print(f"left out: {rejected}", file=sys.stderr)
    print(json.dumps(_summary_json(summary), ensure_ascii=False, indent=1) if as_json else _told(summary))
    return 1 if summary.failures or summary.rejected else 0


def _cache(options: argparse.Namespace) -> Path | None:
    from jiceng.cache import default_folder

    return None if options.no_cache else options.cache or default_folder()


def _retract(options: argparse.Namespace) -> int:
    from jiceng import pipeline

    settings = pipeline.Settings(jobs=options.jobs, cache=_cache(options), page=options.page)
    with _bar("reading") as progress:
        summary = pipeline.retract(options.output, options.names, progress, settings)
    return _summed_up(summary, options.json)


def _told(summary: Summary) -> str:
    failed = f" ({len(summary.failures)} more failed)" if summary.failures else ""
    rows = [
        ("documents", f"{summary.documents}{failed}"),
        ("articles", summary.articles),
        ("facts", sum(summary.facts.values())),
        *((f"  {label}", summary.facts.get(kind, 0)) for kind, label in KINDS.items()),
        ("triples", summary.triples),
        *(("written", path) for path in summary.files),
    ]
    return "\n".join(f"{label:<18} {value}" for label, value in rows)


def _summary_json(summary: Summary) -> dict[str, object]:
    return {
        "documents": summary.documents,
        "articles": summary.articles,
        "facts": {label: summary.facts.get(kind, 0) for kind, label in KINDS.items()},
        "triples": summary.triples,
        "files": [str(path) for path in summary.files],
        "failures": summary.failures,
        "warnings": summary.warnings,
        "rejected": summary.rejected,
    }


@contextmanager
def _bar(what: str, unit: str = "documents") -> Iterator[Progress]:
    """A progress bar on standard error, silent where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda name, total: None
        return
    from tqdm import tqdm

    with tqdm(desc=what, unit=f" {unit}", leave=False) as bar:

        def progress(name: str, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        yield progress


def _query(options: argparse.Namespace) -> int:
    from jiceng import query

    if options.list:
        for question in query.named():
            settings = dict(question.example)
            parameters = "".join(f"  --set {p}={settings.get(p, '…')}" for p in question.parameters)
            print(f"{question.name:<28} {question.title} · {question.title_zh}{parameters}")
        return 0
    if options.query is None:
        raise QueryError("name a query, or list those that are known with --list")
    values: dict[str, str] = {}
    for setting in options.set:
        name, sign, value = setting.partition("=")
        if not sign:
            raise QueryError(f"--set {setting}: write NAME=VALUE")
        values[name] = value
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    seconds = options.timeout if options.timeout > 0 else None
    answer = query.answer(options.graph, options.query, options.format, values, width, seconds)
    print(answer, end="")
    if values and answer.count("\n") <= 2 and options.format in (None, "table", "csv", "tsv"):
        print("note: no rows; are the values of --set written as the graph has them?", file=sys.stderr)
    return 0


def _ask(options: argparse.Namespace) -> int:
    from jiceng import ask

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    form = "json" if options.json else "sparql" if options.sparql else "text"
    seconds = options.timeout if options.timeout > 0 else None
    told, understood = ask.told(options.question, options.graph, form, width, seconds)
    print(told, end="", file=sys.stdout if understood or options.json else sys.stderr)
    return 0 if understood else 1


def _serve(options: argparse.Namespace) -> int:
    from jiceng import serve

    token = None
    if options.token_file:
        token = options.token_file.read_text("utf-8").strip()
        if not token:
            raise QueryError(f"{options.token_file}: holds no token; write a long random word into it")
    print(
        f"serving {options.graph} at http://{options.host}:{options.port}/ · Ctrl-C ends it", file=sys.stderr
    )
    serve.serve(options.graph, options.host, options.port, serve.Limits(seconds=options.timeout), token)
    return 0


def _export(options: argparse.Namespace) -> int:
    from jiceng import export, output

    if options.list:
        for name, told in export.DESCRIPTIONS.items():
            print(f"{name:<10} {told}")
        return 0
    if options.format is None:
        raise QueryError("name a format, or list those that there are with --list")
    if options.output and options.format in export.FOLDERS:
        options.output.mkdir(parents=True, exist_ok=True)
        for path in export.write_folder(options.graph, options.format, options.output):
            print(f"written            {path}")
        return 0
    if options.output:
        with output.writing(options.output) as stream:
            export.write(options.graph, options.format, stream)
    else:
        export.write(options.graph, options.format, sys.stdout.buffer)
    return 0


def _check(options: argparse.Namespace) -> int:
    from jiceng import check

    checked = check.check(options.folder)
    print(check.to_json(checked) if options.json else check.render(checked))
    return 1 if checked.problems else 0


def _publish(options: argparse.Namespace) -> int:
    from jiceng import publish

    if options.retract and options.document:
        raise PublishError("--retract and --document: do one after the other")
    if options.bulk:
        return _bulk(options)
    if not options.url:
        raise PublishError("publish: name the address of a Graph Store, or a folder with --bulk")
    steps = (
        publish.retraction(options.graph, options.retract)
        if options.retract
        else publish.publication(options.graph, options.document, not options.no_ontology)
    )
    server = publish.Server(
        options.url, publish.credentials(options.user, options.password_file), options.timeout
    )
    if not options.dry_run:
        with _bar("publishing", "graphs") as progress:
            steps = publish.carry_out(steps, server, progress)
    if options.json:
        told = [{"action": s.action, "graph": s.graph, "title": s.title, "triples": s.triples, "done": s.done}
                for s in steps]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for step in steps:
        count = f"{step.triples} triples  " if step.action != "delete" else ""
        print(f"{step.done or 'would ' + step.action:<18} {count}{step.title}  <{step.graph}>")
    return 0


def _bulk(options: argparse.Namespace) -> int:
    from jiceng.publish import bulk

    if options.url or options.retract or options.document:
        raise PublishError("--bulk writes files of the whole graph: without an address and without documents")
    made = bulk.write_bulk(options.graph, options.bulk, options.seen_as, not options.no_ontology)
    if options.json:
        told = {"files": [str(path) for path in made.files], "triples": made.triples, "graphs": made.graphs}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for path in made.files:
        print(f"written            {path}")
    print(
        f"{made.triples} triples in {made.graphs} graphs; load them with: isql-vt 1111 dba < {made.files[-1]}"
    )
    return 0


def _diff(options: argparse.Namespace) -> int:
    from jiceng import diff

    found = diff.diff(options.old, options.new)
    print(diff.to_json(found) if options.json else diff.render(found))
    return 0


def _corpus(place: str) -> analysis.Corpus:
    from jiceng import analysis, query

    return analysis.load(query.Endpoint(place) if query.is_endpoint(place) else query.open_store(Path(place)))


def _compare(options: argparse.Namespace) -> int:
    from jiceng import analysis, output

    if len(options.districts) < 2:
        raise QueryError("compare: name two districts or more")
    if options.output and options.output.suffix.lower() != ".svg":
        raise QueryError(f"{options.output}: the picture is an SVG; name a file that ends in .svg")
    corpus = _corpus(options.graph)
    told = analysis.compare(corpus, analysis.find(corpus, options.districts))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if options.format == "json":
        print(analysis.comparison_json(told), end="")
    else:
        print(analysis.comparison_text(told, options.format, width), end="")
    if options.output:
        output.write_file(options.output, analysis.comparison_picture(told).encode())
        print(f"written            {options.output}", file=sys.stderr)
    return 0


def _report(options: argparse.Namespace) -> int:
    from jiceng import analysis, output

    told = analysis.report(_corpus(options.graph))
    if options.output is None:
        print(analysis.report_json(told) if options.json else analysis.report_markdown(told), end="")
        return 0
    options.output.mkdir(parents=True, exist_ok=True)
    files = {
        "report.md": analysis.report_markdown(told, pictures=True),
        "report.json": analysis.report_json(told),
        "network.svg": analysis.network_picture(told),
        "similarity.svg": analysis.similarity_picture(told),
        "spread.svg": analysis.spread_picture(told),
    }
    for name, content in files.items():
        output.write_file(options.output / name, content.encode())
        print(f"written            {options.output / name}")
    return 0


def _explain(options: argparse.Namespace) -> int:
    from jiceng import explain

    told = explain.explain(options.graph, options.iri, options.sources)
    print(explain.to_json(told) if options.json else explain.render(told))
    return 1 if told.notes else 0


def _repair(options: argparse.Namespace) -> int:
    from jiceng import articles, lexicon, read, repair
    from jiceng.articles import account

    repaired = repair.repair(read.read_source(options.file))
    split = articles.split(repaired, lexicon.load_lexicon().gazetteer)
    if options.json:
        print(json.dumps(account.page_json(repaired, split, options.explain), ensure_ascii=False, indent=1))
    elif options.explain:
        for line in (*repair.explain(repaired), *account.page_told(split)):
            print(line)
    else:
        _print_articles(split)
    for warning in split.warnings:
        print(f"note: {warning}", file=sys.stderr)
    return 1 if split.warnings else 0


def _print_articles(split: Split) -> None:
    for article in split.articles:
        print(f"# {article.division.name} ({article.division.adcode}) {article.title}\n")
        for paragraph in article.paragraphs:
            mark = f"{'#' * (paragraph.level + 1)} " if paragraph.role is Role.HEADING else ""
            note = "" if paragraph.role in (Role.HEADING, Role.BODY) else f"[{paragraph.role}] "
            print(f"{mark}{note}{article.body.value[paragraph.start : paragraph.end]}\n")
    if split.articles and split.unplaced:
        print("# (in no article)\n")
        for stretch in split.unplaced:
            print(f"{stretch.text.value}\n")


def _annotate(options: argparse.Namespace) -> int:
    from jiceng import annotate

    print(json.dumps(annotate.prefill(options.file), ensure_ascii=False, indent=1))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from jiceng import evaluate, scoreboard

    board, each = scoreboard.measure(options.gold, options.sources, options.graph)
    if options.json:
        print(evaluate.to_json(board))
        return 0
    more = options.rules or options.misses
    print(
        evaluate.table(board)
        if options.brief and not more
        else evaluate.render(board, options.misses, options.rules)
    )
    if options.documents:
        print(f"\n{evaluate.by_document(each)}")
    return 0
