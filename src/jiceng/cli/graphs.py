"""Commands on built graphs: asking, serving, exporting, checking, publishing, comparing."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jiceng.cli.console import bar
from jiceng.errors import PublishError, QueryError

if TYPE_CHECKING:
    from jiceng import analysis

_ROWS = (None, "table", "csv", "tsv")  # ways of writing an answer of which no line tells that there is no row


def query(options: argparse.Namespace) -> int:
    """Ask a built graph by SPARQL or by the name of a kept question."""
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
    if answer.count("\n") == (2 if options.format in (None, "table") else 1) and options.format in _ROWS:
        told = query.remark(
            query.text_of(options.query),
            values,
            lambda text: query.answer(options.graph, text, "csv", seconds=seconds),
        )
        if told:
            print(f"note: {told}", file=sys.stderr)
    return 0


def ask(options: argparse.Namespace) -> int:
    """Ask a built graph in Chinese or simple English."""
    from jiceng import ask

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    form = "json" if options.json else "sparql" if options.sparql else "text"
    seconds = options.timeout if options.timeout > 0 else None
    told, understood = ask.told(options.question, options.graph, form, width, seconds)
    print(told, end="", file=sys.stdout if understood or options.json else sys.stderr)
    return 0 if understood else 1


def serve(options: argparse.Namespace) -> int:
    """Serve a built folder over HTTP."""
    from jiceng import serve

    token = None
    if options.token_file:
        try:
            token = options.token_file.read_text("utf-8-sig").strip()
        except UnicodeDecodeError as error:
            raise QueryError(f"{options.token_file}: is not UTF-8: {error}; save it as UTF-8") from error
        if not token:
            raise QueryError(f"{options.token_file}: holds no token; write a long random word into it")
    host = f"[{options.host}]" if ":" in options.host else options.host
    root = f"http://{host}:{options.port}/"
    told = (
        f"serving {options.graph} at {root} · SPARQL: {root}sparql · editor: {root}editor/ · Ctrl-C ends it"
    )
    serve.serve(
        options.graph,
        options.host,
        options.port,
        serve.Limits(seconds=options.timeout),
        token,
        ready=lambda: print(told, file=sys.stderr, flush=True),
    )
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a built graph in another format."""
    from jiceng import export, output, query

    if options.list:
        for name, told in export.DESCRIPTIONS.items():
            print(f"{name:<10} {told}")
        return 0
    if options.format is None:
        raise QueryError("name a format, or list those that there are with --list")
    if options.output and options.format in export.FOLDERS:
        query.file_of(options.graph)  # where there is no graph, no folder is made
        output.make_folder(options.output)
        for path in export.write_folder(options.graph, options.format, options.output):
            print(f"written            {path}")
        return 0
    if options.output:
        with output.writing(options.output) as stream:
            export.write(options.graph, options.format, stream)
    else:
        export.write(options.graph, options.format, sys.stdout.buffer)
    return 0


def check(options: argparse.Namespace) -> int:
    """Tell whether a built folder is whole."""
    from jiceng import check

    checked = check.check(options.graph)
    print(check.to_json(checked) if options.json else check.render(checked))
    return 1 if checked.problems else 0


def publish(options: argparse.Namespace) -> int:
    """Put a built graph into a graph store's server."""
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
        with bar("publishing", "graphs") as progress:
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


def diff(options: argparse.Namespace) -> int:
    """Tell what differs between two builds."""
    from jiceng import diff

    found = diff.diff(options.old, options.new)
    print(diff.to_json(found) if options.json else diff.render(found))
    return 0


def _corpus(place: str) -> analysis.Corpus:
    from jiceng import analysis, query

    return analysis.load(query.Endpoint(place) if query.is_endpoint(place) else query.open_store(Path(place)))


def compare(options: argparse.Namespace) -> int:
    """Compare districts side by side."""
    from jiceng import analysis, output

    if len(options.districts) < 2:
        raise QueryError("compare: name two districts or more")
    if options.output and options.output.suffix.lower() != ".svg":
        raise QueryError(f"{options.output}: the picture is an SVG; name a file that ends in .svg")
    for name in options.districts:
        if "/" in name or (Path(name).exists() and not Path(options.graph).exists()):
            raise QueryError(f"{name}: is no district; a graph is named by -g {name}")
    corpus = _corpus(options.graph)
    told = analysis.compare(corpus, analysis.find(corpus, options.districts))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if options.output:  # first: who cannot have the picture is told so before pages of tables
        output.write_file(options.output, analysis.comparison_picture(told).encode())
        print(f"written            {options.output}", file=sys.stderr)
    if options.format == "json":
        print(analysis.comparison_json(told), end="")
    else:
        print(analysis.comparison_text(told, options.format, width), end="")
    return 0


def report(options: argparse.Namespace) -> int:
    """Write a report on a built graph."""
    from jiceng import analysis, output

    told = analysis.report(_corpus(options.graph))
    if options.output is None:
        print(analysis.report_json(told) if options.json else analysis.report_markdown(told), end="")
        return 0
    output.make_folder(options.output)
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
