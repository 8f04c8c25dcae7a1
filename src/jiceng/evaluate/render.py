"""A scoreboard for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from jiceng.evaluate.claims import Scoreboard

_WHAT = {"missing": "missing", "extra": "extra  ", "loose": "loose  "}


def render(board: Scoreboard, misses: bool = False) -> str:
    """The scoreboard as a Markdown table, with fields and reading; with `misses` every fact that differs."""
    lines = [
        "| kind | measure | gold | found | right | P | R | F1 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in board.rows:
        figures = " | ".join(f"{x:.3f}" for x in (row.precision, row.recall, row.f1))
        lines.append(f"| {row.kind} | {row.measure} | {row.gold} | {row.found} | {row.right} | {figures} |")
    lines += ["", f"{board.documents} documents; text in the right article: {board.reading:.3f}"]
    if board.fields:
        told = [f"{f.kind}.{f.name} {f.right}/{f.of}" for f in board.fields]
        lines += ["", "Fields that agree, of the paired facts: " + ", ".join(told)]
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


def to_json(board: Scoreboard) -> str:
    """The scoreboard as JSON: `rows` with their measures, `fields`, `readings` and `misses`."""
    data = asdict(board)
    for entry, row in zip(data["rows"], board.rows, strict=True):
        entry |= {"precision": row.precision, "recall": row.recall, "f1": row.f1}
    data["reading"] = board.reading
    return json.dumps(data, ensure_ascii=False, indent=1)
