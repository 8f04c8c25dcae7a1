"""Questions in Chinese or simple English about a built graph, by words and vocabulary: no model is involved.

A question becomes an `Intent`, the intent SPARQL, and the query's rows lead to quote, file and offsets.
What is not understood as a whole is refused, with questions that can be asked instead.
"""

from __future__ import annotations

from jiceng.ask.answer import ABSENT, Answer, answer, render, to_json, told
from jiceng.ask.sparql import sparql
from jiceng.ask.understand import Intent, nearest, understand

__all__ = [
    "ABSENT",
    "Answer",
    "Intent",
    "answer",
    "nearest",
    "render",
    "sparql",
    "to_json",
    "told",
    "understand",
]
