"""Answers with their evidence: the query, a sentence, and rows with quote, file and offsets."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from pyoxigraph import QuerySolutions

from jiceng.ask import english, grammar, terms
from jiceng.ask.refusal import reason
from jiceng.ask.rows import Rows
from jiceng.ask.sparql import sparql
from jiceng.ask.summary import ABSENT, summary
from jiceng.ask.understand import Intent, nearest, normal, understand
from jiceng.query import Endpoint, is_endpoint, open_store, prepare, tables
from jiceng.query.guard import declared
from jiceng.query.limits import within
from jiceng.query.stores import Graph
from jiceng.query.stores import ask as asked

ABSENT_EN = "The graph holds what reports say: what they leave out may exist all the same."

__all__ = ["ABSENT", "Answer", "answer", "render", "to_json", "told"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood (None: nothing), the query, its rows; `nearest` are questions to ask instead."""

    question: str
    intent: Intent | None
    sparql: str = ""
    summary: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tables.Term, ...], ...] = ()
    nearest: tuple[str, ...] = ()


def answer(question: str, source: Graph) -> Answer:
    """Answer a question from a graph; raises QueryError where the graph cannot be asked."""
    rules = grammar.load()
    known = terms.load(source)
    intent, said = understand(question, known, rules), ""
    foreign = intent is None and bool(normal(question, rules)) and english.is_english(question)
    if foreign:
        said, intent = english.said(question, known, rules) or ("", None)
    if intent is None:
        why = (
            english.reason(question, known, rules)
            if foreign
            else f"{reason(question, known, rules)}。可以这样问："
        )
        others = (english.nearest if foreign else nearest)(question, known, rules)
        return Answer(question, None, summary=why, nearest=others)
    query, columns, rows = _rows(intent, source, rules)
    money = intent.term in rules.money
    told = summary(intent, Rows(columns, rows), money)
    wider = replace(intent, period="", actions=())
    if not rows and intent.kind in ("count", "across") and wider != intent:
        again = _rows(wider, source, rules)
        if again[2]:
            query, columns, rows = again
            told += f"不论年份和动作，有下列各数：{summary(wider, Rows(columns, rows), money)}"
    if said:
        told = f"Read as “{said}”, with {_counted(len(rows), 'row')}. {ABSENT_EN}\n{told}"
    return Answer(question, intent, query, told, columns, rows)


def _rows(
    intent: Intent, source: Graph, rules: grammar.Grammar
) -> tuple[str, tuple[str, ...], tuple[tuple[tables.Term, ...], ...]]:
    """The query of an intent, with its answer's columns and rows."""
    query = declared(sparql(intent, rules.money, rules.spending))
    found = asked(source, query)
    assert isinstance(found, QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return query, columns, tuple(tuple(solution[name] for name in columns) for solution in found)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def told(
    question: str, place: str, form: str, width: int | None = None, seconds: float | None = None
) -> tuple[str, bool]:
    """An answer as `text`, `json` or `sparql`, and whether the question was understood.

    The place is a built folder, an RDF file or an endpoint's address. Raises QueryError where it cannot be
    asked, or not within `seconds`.
    """
    if seconds is not None and not is_endpoint(place):
        prepare(Path(place))
        mark, _, text = within(seconds, partial(_marked, question, place, form, width)).partition("\n")
    else:
        mark, _, text = _marked(question, place, form, width, seconds).partition("\n")
    return text, mark == "1"


def _marked(question: str, place: str, form: str, width: int | None, seconds: float | None = None) -> str:
    source = Endpoint(place, seconds) if is_endpoint(place) else open_store(Path(place))
    found = answer(question, source)
    if form == "json":
        text = to_json(found) + "\n"
    else:
        text = found.sparql if form == "sparql" and found.intent else render(found, width)
    return f"{int(found.intent is not None)}\n{text}"


def render(told: Answer, width: int | None = None, query: bool = True) -> str:
    """An answer for people; without the query on request."""
    if told.intent is None:
        return "\n".join((told.summary, *(f"  {question}" for question in told.nearest))) + "\n"
    parts = [f"{told.sparql.rstrip()}\n"] if query else []
    parts.append(f"{told.summary}\n")
    if told.rows:
        kept = [i for i in range(len(told.columns)) if any(row[i] is not None for row in told.rows)]
        head = [told.columns[i] for i in kept]
        parts.append(tables.table(head, [[row[i] for i in kept] for row in told.rows], width))
    return "\n".join(parts)


def to_json(told: Answer) -> str:
    """An answer for programs: understood (null: nothing), sparql, answer, rows, nearest."""
    return json.dumps(
        {
            "question": told.question,
            "understood": asdict(told.intent) if told.intent else None,
            "sparql": told.sparql,
            "answer": told.summary,
            "rows": [
                {c: tables.shown(t) for c, t in zip(told.columns, row, strict=True) if t is not None}
                for row in told.rows
            ],
            "nearest": told.nearest,
        },
        ensure_ascii=False,
        indent=1,
    )
