"""How often each rule fires on documents, and how often what it finds is right.

    python scripts/rule_usage.py [FILES AND FOLDERS…] [--gold DIR [--sources DIR]]… [--check]

By default the documents of the tests: annotated ones (tests/gold, their facts counted against the gold), the
samples, and the reports of the reading benchmark. `matches` counts what a rule's pattern matched while the
documents were read; `facts`, `right` (core) and `P` count facts that stand under the rule's name in annotated
documents. With `--check` the exit code is 1 if a rule never fires and `tests/unfired_rules.toml` doesn't say
why, or says so of one that does fire, or of none that exists.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiceng import pipeline, read, scoreboard
from jiceng.evaluate import RuleRow
from jiceng.lexicon import load_lexicon
from jiceng.rules import load_rules, watching

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ("tests/gold", "tests/reports", "seeds")
GOLD = (
    ("tests/gold", "tests/gold"),
    ("tests/gold/seeds", "seeds"),
    ("tests/gold/training", "tests/gold/training"),
)
MARKED = "mechanisms"  # a folder of texts with marks in them, which are no documents
EXCUSED = ROOT / "tests" / "unfired_rules.toml"


@dataclass(frozen=True)
class Usage:
    """What a rule did: `matches` of its pattern, `documents` in which it fired, facts of annotated ones."""

    matches: int
    documents: int
    facts: RuleRow


def names() -> list[str]:
    """All rules of `ontology/rules`, those that code decides (`[clauses]`) included, sorted."""
    lexicon = load_lexicon()
    found = []
    for path in sorted((lexicon.directory / "rules").glob("*.toml")):
        rules = load_rules(path.stem, lexicon)
        found += [rule.name for rule in rules.rules]
        found += [f"{path.stem}.{name}" for name in rules.tables.get("clauses", {})]
    return sorted(found)


def documents(paths: Iterable[Path]) -> list[Path]:
    """Text files below the paths, sorted, without texts that hold marks."""
    found = {p for path in paths for p in ([path] if path.is_file() else path.rglob("*.txt"))}
    return sorted(p for p in found if MARKED not in p.parts)


def measure(paths: Iterable[Path], gold: Sequence[tuple[Path, Path]]) -> dict[str, Usage]:
    """Read documents and count, by rule."""
    matches: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    seen: set[str] = set()

    def note(name: str, match: re.Match[str]) -> None:
        matches[name] += 1
        seen.add(name)

    with watching(note):
        tools = pipeline.load_tools()
        for path in paths:
            seen.clear()
            read_anew = pipeline.process(read.read_source(path), tools)
            # A rule that code decides, or whose words are grouped for speed, shows by its facts alone.
            seen.update(statement.fact.rule for statement in read_anew.statements)
            fired.update(seen)
    found: Counter[tuple[str, str]] = Counter()
    for folder, sources in gold:
        for row in scoreboard.measure(folder, sources)[0].rules:
            found.update({(row.rule, n): getattr(row, n) for n in ("found", "core", "strict")})
    return {
        name: Usage(
            matches[name],
            fired[name],
            RuleRow(name, found[name, "found"], found[name, "core"], found[name, "strict"]),
        )
        for name in sorted({*names(), *fired})
    }


def render(usage: dict[str, Usage]) -> str:
    """A Markdown table."""
    lines = [
        "| rule | matches | documents | facts | right | strict | P |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, used in usage.items():
        row = used.facts
        share = f"{row.precision:.3f}" if row.found else ""
        facts = (row.found, row.core, row.strict) if row.found else ("", "", "")
        lines.append(
            f"| {name} | {used.matches} | {used.documents} | " + " | ".join(map(str, (*facts, share))) + " |"
        )
    return "\n".join(lines)


def problems(usage: dict[str, Usage], excused: dict[str, str]) -> list[str]:
    """Rules that never fire without a reason, reasons that are out of date, facts of rules without a name."""
    known = set(names())
    found = [
        f"{name}: fires on no document; mend it, remove it, or say why in {EXCUSED.name}"
        for name, used in usage.items()
        if not used.documents and name not in excused
    ]
    found += [
        f"{name}: fires, and needs no excuse in {EXCUSED.name}"
        for name in sorted(excused)
        if name in usage and usage[name].documents
    ]
    found += [
        f"{name}: there is no such rule; take it out of {EXCUSED.name}"
        for name in sorted(set(excused) - known)
    ]
    found += [
        f"{name}: stands on facts, but no file of ontology/rules tells of it (as a rule, or in [clauses])"
        for name in usage
        if name not in known
    ]
    return found


def main() -> int:
    """Print the table, or check it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--gold", action="append", default=[], type=Path, help="folder of gold files")
    parser.add_argument(
        "--sources", action="append", default=[], type=Path, help="documents of the gold beside it"
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    paths = options.paths or [ROOT / folder for folder in TEXTS]
    own = not options.paths and not options.gold
    # Whether a rule fires does not depend on what is right.
    gold = [(ROOT / g, ROOT / s) for g, s in GOLD] if own and not options.check else []
    for number, folder in enumerate(options.gold):
        gold.append((folder, options.sources[number] if number < len(options.sources) else folder))
    usage = measure(documents(paths), gold)
    if not options.check:
        print(render(usage))
        return 0
    found = problems(usage, tomllib.loads(EXCUSED.read_text("utf-8")))
    print("\n".join(found) or f"{len(usage)} rules, all of which fire or are excused")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
