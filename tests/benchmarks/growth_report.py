"""Write what a build costs, as `bench_growth.py` has measured it, into docs/scale and, in short, the READMEs.

    python tests/benchmarks/growth_report.py [--check]

With `--check` nothing is written: the exit code says whether a section is stale. What a hundred million
documents would need is computed: the largest run, times the ratio of sizes to the power of the fitted
exponent, though at least 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "growth.json"
WORDS = Path(__file__).with_suffix(".toml")
DOCUMENTS = {
    "README.md": ("en", True),
    "README.zh-CN.md": ("zh", True),
    "docs/scale.md": ("en", False),
    "docs/scale.zh-CN.md": ("zh", False),
}
"""The language of each, and whether it tells the figures in short."""
START, END = "<!-- growth: tests/benchmarks/growth_report.py -->", "<!-- /growth -->"
FAR = 100_000_000
GRAPH = "graph and files"


def main() -> int:
    """Fill or check the documents."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    results = json.loads(RESULTS.read_text("utf-8"))
    stale = []
    for name, (language, short) in DOCUMENTS.items():
        path = ROOT / name
        text = path.read_text("utf-8")
        before, start, rest = text.partition(START)
        _, end, after = rest.partition(END)
        if not start or not end:
            raise SystemExit(f"{name}: has no lines {START} and {END}; write them where the section belongs")
        written = in_short(results, language) if short else section(results, language)
        filled = f"{before}{START}\n{written}\n{END}{after}"
        if filled != text:
            stale.append(name)
            if not options.check:
                path.write_text(filled, "utf-8")
    print("\n".join(f"{name}: {'stale' if options.check else 'written'}" for name in stale))
    return 1 if stale and options.check else 0


def section(results: dict[str, Any], language: str) -> str:
    """The tables and paragraphs of one language."""
    text = tomllib.loads(WORDS.read_text("utf-8"))[language]
    stages = results["stages"]
    growth = results.get("growth", stages)
    runs, fits = growth["runs"], growth["exponents"]
    names = list(stages["runs"][0]["stages"])
    shown = text["stages"]
    lines = _head(text["head"]) + ["| " + " | ".join(_row(run)) + " |" for run in runs]
    lines += ["", *_head([text["head"][0], *(shown[name] for name in names)])]
    for run in stages["runs"]:
        whole = sum(run["stages"].values())
        shares = " | ".join(f"{run['stages'][name] / whole:.0%}" for name in names)
        lines.append(f"| {run['documents']:,} | {shares} |")
    paragraphs = [
        text["growth"].format(
            first=runs[0]["documents"],
            last=runs[-1]["documents"],
            time=fits["processor"],
            stages=text["comma"].join(f"{shown[name]} {stages['exponents'][name]:.2f}" for name in names),
            stages_last=stages["runs"][-1]["documents"],
            memory=fits["memory"],
            reading=fits["memory_while_reading"],
            writing=fits["memory_while_writing"],
            kb=runs[-1]["text_bytes"] / runs[-1]["asked"] / 1000,
            jobs=growth["jobs"],
            **growth["machine"],
        )
    ]
    if million := results.get("million"):
        paragraphs.append(text["million"].format(**once(million)))
    if jobs := results.get("jobs"):
        paragraphs.append(
            text["jobs"].format(
                ratio=jobs["speed_up"],
                size=jobs["asked"],
                rounds=len(jobs["seconds"]["1"]),
                load=jobs["machine"]["load"],
            )
        )
    if one := results.get("increment"):
        equal = (one["retracted_is_the_build_before"], one["added_is_the_build_from_nothing"])
        same = "differs" if False in equal else "same" if all(equal) else "same_after"
        paragraphs.append(
            text["increment"].format(
                size=one["asked"],
                length=one["length"],
                added=one["share_added"],
                retracted=one["share_retracted"],
                unchanged=one["share_nothing_changed"],
                same=text[same],
            )
        )
    if table := results.get("rows"):
        same = "same" if all(table["are_the_builds_from_nothing"].values()) else "differs"
        paragraphs.append(
            text["rows"].format(
                size=table["asked"],
                added=table["share_row_added"],
                changed=table["share_date_changed"],
                taken_out=table["share_row_taken_out"],
                unchanged=table["share_nothing_changed"],
                reading=table["share_reading_alone"],
                same=text[same],
            )
        )
    paragraphs.append(text["far"].format(**far(growth, stages)))
    return "\n".join([*lines, "", _filled(paragraphs, language)])


def in_short(results: dict[str, Any], language: str) -> str:
    """The key figures, and what a hundred million documents would need, in one language."""
    text = tomllib.loads(WORDS.read_text("utf-8"))[language]
    stages = results["stages"]
    growth = results.get("growth", stages)
    run, fits = growth["runs"][-1], growth["exponents"]
    largest = once(results["million"])
    figures = text["short"].format(
        documents=run["documents"],
        text=run["text_bytes"] / 1e6,
        processor=run["processor_seconds"],
        peak=max(run["peak_bytes_reading"], run["peak_bytes_writing"]) / 2**20,
        time=fits["processor"],
        memory=fits["memory"],
        documents_once=largest["documents"],
        text_once=largest["text"],
        processor_once=largest["processor"],
        peak_once=max(largest["reading"], largest["writing"]),
        **{key: results["increment"][f"share_{key}"] for key in ("added", "retracted", "nothing_changed")},
    )
    return _filled([figures, text["far"].format(**far(growth, stages))], language)


def _filled(paragraphs: list[str], language: str) -> str:
    if language == "en":
        paragraphs = [
            textwrap.fill(p, 120, break_long_words=False, break_on_hyphens=False) for p in paragraphs
        ]
    return "\n\n".join(paragraphs)


def _head(names: list[str]) -> list[str]:
    return ["| " + " | ".join(names) + " |", "| " + " | ".join(["---:"] * len(names)) + " |"]


def _row(run: dict[str, Any]) -> list[str]:
    seconds = run["processor_seconds"]
    return [
        f"{run['documents']:,}",
        f"{run['text_bytes'] / 1e6:,.1f}",
        f"{run['facts']:,}",
        f"{seconds:,.0f}",
        f"{run['documents'] / seconds:,.0f}",
        f"{run['text_bytes'] / 1e6 / seconds:.3f}",
        f"{run['facts'] / seconds:,.0f}",
        f"{run['peak_bytes_reading'] / 2**20:,.0f}",
        f"{run['peak_bytes_writing'] / 2**20:,.0f}",
        f"{run['output_bytes'] / 1e6:,.0f}",
    ]


def once(million: dict[str, Any]) -> dict[str, Any]:
    """The figures of the one largest build."""
    (run,) = million["runs"]
    return {
        "asked": run["asked"],
        "documents": run["documents"],
        "jobs": million["jobs"],
        "text": run["text_bytes"] / 1e6,
        "processor": run["processor_seconds"],
        "rate": run["documents"] / run["processor_seconds"],
        "facts": run["facts"] / 1e6,
        "triples": run["triples"] / 1e6,
        "reading": run["peak_bytes_reading"] / 2**20,
        "writing": run["peak_bytes_writing"] / 2**20,
        "written": run["output_bytes"] / 1e9,
        "temporary": run["temporary_bytes"] / 1e9,
        "load": million["machine"]["load"],
    }


def far(growth: dict[str, Any], stages: dict[str, Any]) -> dict[str, float]:
    """What a hundred million documents would need, by the largest run and the exponents.

    How its time is shared between reading and the rest is that of the largest run by stage.
    """
    run, fits = growth["runs"][-1], growth["exponents"]
    times = FAR / run["documents"]
    spent = stages["runs"][-1]["stages"]
    share = spent[GRAPH] / sum(spent.values())

    def grown(cost: float, power: float) -> float:
        return float(cost * times ** max(power, 1.0))

    hours = grown(run["processor_seconds"], fits["processor"]) / 3600
    read = hours * (1 - share)
    return {
        "text": grown(run["text_bytes"], 1) / 1e12,
        "facts": grown(run["facts"], 1) / 1e9,
        "triples": grown(run["triples"], 1) / 1e9,
        "facts_zh": grown(run["facts"], 1) / 1e8,
        "triples_zh": grown(run["triples"], 1) / 1e8,
        "read": read,
        "machines": read / 320,
        "write": hours * share,
        "disk": grown(run["output_bytes"], 1) / 1e12,
        "temporary": grown(run["temporary_bytes"], 1) / 1e12,
    }


if __name__ == "__main__":
    sys.exit(main())
