"""Answers with their evidence: the query, a sentence, and rows with quote, file and offsets."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from pyoxigraph import QuerySolutions

from jiceng.ask import grammar, terms
from jiceng.ask.sparql import sparql
from jiceng.ask.understand import Intent, nearest, understand
from jiceng.query import tables
from jiceng.query.guard import declared
from jiceng.query.stores import Graph
from jiceng.query.stores import ask as asked

ABSENT = "图谱只含所读的报道：没有提到，不等于实际没有。"
_TITLES = {
    "count": "{d}的{x}",
    "across": "各地的{x}",
    "most": "{x}最多（最高）的地方",
    "least": "{x}最少（最低）的地方",
    "where_mechanism": "{d}{x}的采用情况",
    "mechanisms": "{d}的机制",
    "structure": "{d}的组织架构",
    "where_tier": "{d}设有{x}的情况",
    "compare": "{d}的比较",
    "shared": "{d}共同的机制",
    "persons": "{d}{x}人物",
    "honours": "{d}荣誉",
    "documents": "{d}文件",
    "organisations": "{d}组织",
    "organisation": "与{x}有关的事实",
    "mechanism": "机制“{x}”",
    "unique": "只有{d}报道的机制",
    "districts": "图谱中的地方",
}
# Answers to these depend on what the reports do not say.
_NEEDS_ABSENCE = {
    "most",
    "least",
    "where_mechanism",
    "where_tier",
    "compare",
    "shared",
    "unique",
    "across",
    "organisations",
    "persons",
    "honours",
    "documents",
}
_NUMBERS = {"most", "least"}


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
    """Answer a question in Chinese from a graph; raises QueryError where the graph cannot be asked."""
    rules = grammar.load()
    known = terms.load(source)
    intent = understand(question, known, rules)
    if intent is None:
        summary = "这个问题没有听懂，或者问的是图谱和词表里没有的东西。可以这样问："
        return Answer(question, None, summary=summary, nearest=nearest(question, known, rules))
    query = declared(sparql(intent, rules.money, rules.spending))
    found = asked(source, query)
    assert isinstance(found, QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(solution[name] for name in columns) for solution in found)
    return Answer(
        question, intent, query, _summary(intent, columns, rows, intent.term in rules.money), columns, rows
    )


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


def _summary(
    intent: Intent, columns: tuple[str, ...], rows: tuple[tuple[tables.Term, ...], ...], money: bool
) -> str:
    title = _TITLES[intent.kind].format(d="、".join(intent.divisions), x=intent.term)
    if not rows:
        return f"{title}：图谱中没有找到。{ABSENT}"

    def of(name: str, row: tuple[tables.Term, ...]) -> str:
        return tables.shown(row[columns.index(name)])

    told = f"{title}：{_counted(intent, columns, rows)}。"
    if intent.kind in _NUMBERS:
        # The first row is the answer only among rows that count the same thing in the same unit.
        first = rows[0]
        alike = ("unit",) if money else ("measured", "unit")
        same = [r for r in rows if all(of(c, r) == of(c, first) for c in alike)]
        best = of("value", first)
        names = "、".join(dict.fromkeys(of("division", r) for r in same if of("value", r) == best))
        places = len({of("division", r) for r in same})
        what = f"{of('measured', first)} {best}{of('unit', first)}"
        told = f"{title}：{names}，{what}（{places}个地方报道了这一数据）。"
    return told + (ABSENT if intent.kind in _NEEDS_ABSENCE else "")


def _counted(intent: Intent, columns: tuple[str, ...], rows: tuple[tuple[tables.Term, ...], ...]) -> str:
    if intent.kind == "districts":
        return f"{len(rows)}个"

    def values(name: str) -> list[str]:
        at = columns.index(name)
        return list(dict.fromkeys(tables.shown(row[at]) for row in rows))

    places = values("division")
    if intent.kind == "count":
        names = ("division", "measured", "comparator", "value", "unit")
        at = [columns.index(name) for name in names]
        cells = [[tables.shown(row[i]) for i in at] for row in rows]
        stated = [f"{d}{m} {'' if c == '=' else c}{v}{u}" for d, m, c, v, u in cells]
        return "；".join(list(dict.fromkeys(stated))[:5])
    if intent.kind == "compare":
        both: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            what, item, place = (tables.shown(row[columns.index(c)]) for c in ("what", "item", "division"))
            if what == "机制":
                both.setdefault((what, item), set()).add(place)
        shared = sum(len(where) > 1 for where in both.values())
        only = (f"只有{p}的{sum(where == {p} for where in both.values())}个" for p in intent.divisions)
        return f"共同机制{shared}个，{'，'.join(only)}"
    if intent.kind in ("structure", "organisation"):
        return f"{len(values('chain' if intent.kind == 'structure' else 'fact'))}条"
    things = next((c for c in ("tier", "name", "measured") if c in columns), "division")
    if intent.kind in ("where_mechanism", "where_tier", "across", "mechanism"):
        return f"{len(places)}个地方：{'、'.join(places)}"
    return f"{len(values(things))}项"
