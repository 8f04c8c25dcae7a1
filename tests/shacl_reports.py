"""The results of a validation report as other SHACL engines write it, to be compared with ours."""

from collections.abc import Iterator

import rdflib
from rdflib.namespace import SH

Result = tuple[str, str, str, str]
"""Focus node, path (`^` for an inverse one), value and constraint component; empty where there is none."""


def results_in(report: rdflib.Graph) -> Iterator[Result]:
    """The verdicts: a result below sh:node is an explanation inside another one, and none of its own."""
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        if any(report.subjects(SH.detail, result)):
            continue
        way = report.value(result, SH.resultPath)
        if isinstance(way, rdflib.BNode):
            way = f"^{report.value(way, SH.inversePath)}"
        value = report.value(result, SH.value)
        component = report.value(result, SH.sourceConstraintComponent)
        yield (
            str(report.value(result, SH.focusNode)),
            str(way or ""),
            str(value if value is not None else ""),
            str(component).rpartition("#")[2],
        )
