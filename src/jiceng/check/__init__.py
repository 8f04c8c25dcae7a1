"""Is a built folder whole? Proved from its files alone, for the reader of a graph that somebody sent.

Asked are: the manifest (every file there, unchanged, none besides in `texts/`), the Turtle (readable, every
shape holds, no reference to a thing that is not described, counts as the manifest says), every quote against
the text that is kept, the articles against texts and graph, and the page's data against the graph.

Files are read as streams, and what must be looked up stands in a database on disk (`index`), so that memory
does not grow with the corpus.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jiceng import manifest
from jiceng.check import beside, files, graph
from jiceng.check.index import Index
from jiceng.check.problems import MOST as MOST
from jiceng.check.problems import Problem as Problem
from jiceng.check.problems import few
from jiceng.errors import QueryError
from jiceng.output import OURS


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, by name with its number, and what is wrong."""

    looked_at: dict[str, int]
    problems: tuple[Problem, ...]


def check(folder: Path) -> Checked:
    """Look a built folder over; raises QueryError where there is none, or no room."""
    if not (folder / OURS).exists() and not (folder / manifest.NAME).exists():
        raise QueryError(f"{folder}: holds neither {OURS} nor {manifest.NAME}; name the folder of a build")
    try:
        return _checked(folder)
    except sqlite3.OperationalError as error:
        raise QueryError(
            f"{folder}: cannot be checked: {error}; make room for temporary files, or name another "
            "folder for them by TMPDIR"
        ) from error


def _checked(folder: Path) -> Checked:
    with closing(Index()) as index:
        counts, problems = files.manifest_problems(folder, index)
        texts, wrong = files.texts(folder, index)
        problems += wrong
        survey, wrong = graph.survey(folder, index)
        problems += wrong
        if survey:
            with closing(survey):
                problems += few(graph.problems(survey, folder, index))
                problems += graph.count_problems(survey, counts)
                problems += few(beside.article_problems(folder, index, survey.articles))
                problems += few(beside.page_problems(folder, index))
        looked_at = {
            "files": index.count("listed"),
            "triples": survey.triples if survey else 0,
            "quotes": survey.quotes if survey else 0,
            "texts": texts,
        }
    return Checked(looked_at, tuple(dict.fromkeys(problems)))


def render(checked: Checked) -> str:
    """For people: what was looked at, and every problem on a line."""
    told = ", ".join(f"{number} {name}" for name, number in checked.looked_at.items())
    verdict = f"{len(checked.problems)} problems" if checked.problems else "whole: every check holds"
    return "\n".join((*map(str, checked.problems), f"{told}: {verdict}"))


def to_json(checked: Checked) -> str:
    """For machines."""
    problems = [{"file": p.file, "message": p.message} for p in checked.problems]
    return json.dumps({"looked_at": checked.looked_at, "problems": problems}, ensure_ascii=False, indent=1)
