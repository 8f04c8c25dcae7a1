"""A scoreboard for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from jiceng.evaluate.claims import KINDS, Scoreboard

_WHAT = {"missing": "missing", "extra": "extra  ", "loose": "loose  "}


def table(board: Scoreboard) -> str:
    """The scoreboard alone, as a Markdown table: two rows a kind; a dash where nothing is to be measured."""
    lines = [
        "| kind | measure | gold | found | right | P | R | F1 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in board.rows:
        measured = ((row.precision, row.found), (row.recall, row.gold), (row.f1, row.gold + row.found))
        figures = " | ".join(_share(share, of) for share, of in measured)
        lines.append(f"| {row.kind} | {row.measure} | {row.gold} | {row.found} | {row.right} | {figures} |")
    return "\n".join(lines)


def _share(share: float, of: int) -> str:
    """A share of so many; none of none is not 0."""
    return f"{share:.3f}" if of else "–"


def render(board: Scoreboard, misses: bool = False, rules: bool = False) -> str:
    """The scoreboard with fields and reading; `misses` adds every fact that differs, `rules` every rule."""
    lines = [table(board)]
    reading = _share(board.reading, len(board.readings))
    lines += ["", f"{board.documents} documents; text in the right article: {reading}"]
    if board.fields:
        told = [f"{f.kind}.{f.name} {f.right}/{f.of}" for f in board.fields]
        lines += ["", "Fields that agree, of the paired facts: " + ", ".join(told)]
    if rules:
        lines += ["", "| rule | found | core | strict | P |", "| --- | ---: | ---: | ---: | ---: |"]
        lines += [
            f"| {r.rule} | {r.found} | {r.core} | {r.strict} | {r.precision:.3f} |" for r in board.rules
        ]
    if misses:
        lines += [
            "",
            "| | kind | district | fact | differs | quote |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for miss in board.misses:
            cells = (_WHAT[miss.what], miss.kind, miss.district, miss.label, miss.differs, miss.quote)
            lines.append("| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in cells) + " |")
    return "\n".join(lines)


def by_document(boards: Sequence[tuple[str, Scoreboard]]) -> str:
    """F1 (core / strict) by document and kind as a Markdown table; empty where neither side has a fact."""
    lines = [f"| document | {' | '.join(KINDS)} |", "| --- |" + " ---: |" * len(KINDS)]
    for name, board in boards:
        rows = {(r.kind, r.measure): r for r in board.rows}
        cells = []
        for kind in KINDS:
            core, strict = rows[kind, "core"], rows[kind, "strict"]
            cells.append(f"{core.f1:.3f} / {strict.f1:.3f}" if core.gold or core.found else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def to_json(board: Scoreboard) -> str:
    """The scoreboard as JSON: `rows` with their measures, `fields`, `readings`, `rules` and `misses`."""
    data = asdict(board)
    for entry, row in zip(data["rows"], board.rows, strict=True):
        entry |= {"precision": row.precision, "recall": row.recall, "f1": row.f1}
    data["reading"] = board.reading
    return json.dumps(data, ensure_ascii=False, indent=1)
