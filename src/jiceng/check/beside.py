"""The articles and the page's data against the graph."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path

from jiceng.check.index import Index
from jiceng.check.problems import Problem
from jiceng.page.division import FACTS_FILE, read_data
from jiceng.page.division import FOLDER as PAGE
from jiceng.validate import short

_DATA = re.compile(rb'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
# Of several documents by that name (members of an archive, files whose names are no text) any may be meant.
_LENGTH = """
    select max(t.length) from name n join hash h on h.iri = n.iri join text t on t.sha = h.sha
    where n.name = ?
"""


def article_problems(folder: Path, index: Index, articles: int) -> Iterator[Problem]:
    """Asks whether `articles.jsonl` has as many articles as the graph, and whether their spans can be."""
    name = "articles.jsonl"
    number = 0
    try:
        with (folder / name).open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                if line != "\n":
                    number += 1
                    yield from _article(name, number, line, index)
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(name, f"cannot be read: {error}")
        return
    if number != articles:
        yield Problem(name, f"has {number} articles, the graph {articles}")


def _article(name: str, number: int, line: str, index: Index) -> Iterator[Problem]:
    try:
        record = json.loads(line)
        spans = [(int(start), int(end)) for start, end in record["spans"]]
        length = index.rows(_LENGTH, str(record.get("source"))).fetchone()[0] or 0
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Problem(name, f"line {number}: is no article: {error}")
        return
    if any(not 0 <= start < end <= length for start, end in spans) or spans != sorted(spans):
        yield Problem(name, f"line {number}: spans lie outside the text of its source")


def page_problems(folder: Path, index: Index) -> Iterator[Problem]:
    """Asks whether the page shows the facts of the graph, and no others."""
    name = "index.html"
    try:
        found = _DATA.search((folder / name).read_bytes())
    except FileNotFoundError:
        return
    except OSError as error:
        yield Problem(name, f"cannot be read: {error}")
        return
    try:
        data = json.loads(found[1]) if found else {"facts": None}
        facts = data["facts"]
        for fact in facts or ():
            index.put("shown", fact.get("iri", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Problem(name, f"its data cannot be read: {error}")
        return
    if facts is None:
        yield Problem(name, "holds no data")
        return
    if "split" in data:
        wrong = yield from _beside(folder, index)
        if wrong:
            return
    index.settle()
    query = "select iri from shown where iri not in (select iri from node where fact) order by iri"
    for (fact,) in index.rows(query):
        yield Problem(name, f"shows {short(fact) or 'a fact without an IRI'}, which the graph does not have")
    query = "select iri from node where fact and iri not in (select iri from shown) order by iri"
    for (fact,) in index.rows(query):
        yield Problem(name, f"does not show {short(fact)}")


def _beside(folder: Path, index: Index) -> Generator[Problem, None, bool]:
    """Adds what the files beside a split page show; whether one of them cannot be read."""
    wrong = []
    if (folder / PAGE).is_dir():
        with os.scandir(folder / PAGE) as entries:
            for entry in entries:
                if not FACTS_FILE.fullmatch(entry.name):
                    continue
                try:
                    for fact in read_data(Path(entry.path).read_bytes())["facts"]:
                        index.put("shown", fact.get("iri", ""))
                except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                    wrong.append(Problem(f"{PAGE}/{entry.name}", f"its data cannot be read: {error}"))
    yield from sorted(wrong, key=lambda problem: problem.file)
    return bool(wrong)
