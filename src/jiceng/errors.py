"""What can go wrong, one class a stage; each message says file, place and remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator


class JicengError(Exception):
    """Base of all errors that a user can mend. The message is complete: no traceback is needed."""


class ReadError(JicengError):
    """A file could not be read as text."""


class OntologyError(JicengError):
    """A vocabulary, rule or query file of the ontology is broken."""


class BuildError(JicengError):
    """A build could not be completed or written."""


class ValidationError(JicengError):
    """The graph breaks a shape, or a quote differs from its source."""


class QueryError(JicengError):
    """A query cannot be parsed or run."""


class EvaluationError(JicengError):
    """Gold annotations, their documents or a build cannot be read for comparison."""


class PublishError(JicengError):
    """A graph could not be published to a server, or not retracted from it."""


# A table whose column is misnamed fails in each of its rows: so many of them are told, the others counted.
ALIKE_TOLD = 3
NAMED = 20
"""Documents that one note names."""
_ROW = re.compile(r"(, row|: line) \d+(?=: )")


def few_alike(failures: Iterable[str]) -> Iterator[str]:
    """The failures in their order; of those that differ by nothing but the row, the first few and a count."""
    seen: Counter[str] = Counter()
    for failure in failures:
        alike = _ROW.sub("", failure, count=1)
        seen[alike] += 1
        if seen[alike] <= ALIKE_TOLD:
            yield failure
    for alike, number in seen.items():
        if number > ALIKE_TOLD:
            yield f"{alike} ({number - ALIKE_TOLD} more rows)"


def few_noted(notes: Iterable[str]) -> Iterator[str]:
    """The notes in their order; of those that say the same of several documents, the rest in one line."""
    alike: dict[str, list[str]] = {}
    for note in notes:
        name, _, said = note.partition(": ")
        names = alike.setdefault(said, [])
        names.append(name)
        if len(names) <= ALIKE_TOLD:
            yield note
    for said, names in alike.items():
        rest = names[ALIKE_TOLD:]
        if rest:
            more = f" and {len(rest) - NAMED} more (--json names all)" if len(rest) > NAMED else ""
            yield f"{', '.join(rest[:NAMED])}{more}: {said}"
