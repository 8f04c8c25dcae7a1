"""Commands that write a build: from files, from what other machines have read, and without some documents."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from jiceng.cli.console import bar, cache_folder
from jiceng.errors import BuildError, few_alike, few_noted

if TYPE_CHECKING:
    from jiceng.pipeline import Settings, Summary

KINDS = {
    "TierChain": "tier chains",
    "Measurement": "measurements",
    "Mechanism": "mechanisms",
    "Organisation": "organisations",
    "PolicyDocument": "policy documents",
    "Honour": "honours",
    "Person": "persons",
}


def build(options: argparse.Namespace) -> int:
    """Read files and folders and write a build."""
    from jiceng import pipeline
    from jiceng.read import Columns

    if options.engine != "ray" and (options.shards or options.engine_address):
        raise BuildError(
            "--shards and --engine-address are of a Ray cluster: add --engine ray, or leave them out"
        )
    settings = _settings(options, columns=Columns.parse(options.column))
    with bar("reading") as progress:
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


def merge(options: argparse.Namespace) -> int:
    """Write a build from shards of results."""
    settings = _settings(options)
    with bar("merging") as progress:
        summary = _engine("shards").merge(
            options.shards, options.output, progress, settings=settings, record_time=options.record_time
        )
    return _summed_up(summary, options.json)


def retract(options: argparse.Namespace) -> int:
    """Take documents out of a build."""
    from jiceng import pipeline

    settings = _settings(options)
    with bar("reading") as progress:
        summary = pipeline.retract(options.output, options.names, progress, settings)
    return _summed_up(summary, options.json)


def _settings(options: argparse.Namespace, **more: Any) -> Settings:
    """What the options say of how to build, in a process that is set up for it."""
    from jiceng import pipeline, processes

    processes.collect_seldom()
    return pipeline.Settings(jobs=options.jobs, cache=cache_folder(options), page=options.page, **more)


def _engine(name: str) -> Any:
    """A module of `engines`; raises BuildError where its library is missing."""
    from importlib import import_module

    extra = "parquet" if name == "shards" else name
    try:
        return import_module(f"jiceng.engines.{name}")
    except ImportError as error:
        raise BuildError(f"this needs a library that is not here; pip install 'jiceng[{extra}]'") from error


def _summed_up(summary: Summary, as_json: bool) -> int:
    for failure in few_alike(summary.failures):
        print(f"failed: {failure}", file=sys.stderr)
    for warning in few_noted(summary.warnings):
        print(f"note: {warning}", file=sys.stderr)
    for rejected in summary.rejected:
        print(f"left out: {rejected}", file=sys.stderr)
    print(json.dumps(_summary_json(summary), ensure_ascii=False, indent=1) if as_json else _told(summary))
    return 1 if summary.failures or summary.rejected else 0


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
