"""Write graphs/ontology.html: the ontology and its vocabularies, documented in one file that loads nothing.

    python scripts/ontology_html.py [--check]

pyLODE documents ontology/jiceng.ttl; the concept schemes of ontology/vocabulary/ are a section added to its
page. With `--check` nothing is written: the exit code says whether the file is stale. Needs
pip install -e '.[docs]'.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from jiceng.graph.namespaces import JC, RDF, SKOS

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = ROOT / "ontology"
PAGE = ROOT / "graphs" / "ontology.html"


def main() -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # pyLODE writes sets in their own order
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        return subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode
    html = page()
    fresh = PAGE.exists() and PAGE.read_text("utf-8") == html
    if not fresh and not options.check:
        PAGE.write_text(html, "utf-8")
    print("up to date" if fresh else "stale" if options.check else f"written {PAGE.relative_to(ROOT)}")
    return 1 if options.check and not fresh else 0


def page() -> str:
    """pyLODE's page with the vocabularies in it."""
    schemes = [s for p in sorted((ONTOLOGY / "vocabulary").glob("*.ttl")) for s in read_schemes(p)]
    html = _terms()
    links = "".join(f'<li><a href="#{s.anchor}">{escape(s.title)}</a></li>\n' for s in schemes)
    entry = f'<li><h4><a href="#vocabularies">Vocabularies</a></h4>\n<ul class="second">\n{links}</ul></li>\n'
    body = '<div class="section" id="vocabularies">\n<h2>Vocabularies 词表</h2>\n' + "".join(
        s.html() for s in schemes
    )
    html = _before(html, '<div id="legend">', f"{body}</div>\n")
    html = _before(html, r"<li>\s*<h4>\s*<a href=\"#legend\">", entry)
    html = _before(html, "</head>", "<style>#vocabularies td { vertical-align: top; }</style>\n")
    return "\n".join(line.rstrip() for line in html.split("\n")) + "\n"


def _before(html: str, place: str, addition: str) -> str:
    found = re.search(place, html)
    if not found:
        raise SystemExit(
            f"pyLODE's page has no {place}: adapt scripts/ontology_html.py to this version of it"
        )
    return html[: found.start()] + addition + html[found.start() :]


def _terms() -> str:
    """The page of the terms, the same bytes for the same ontology."""
    import rdflib.term

    # Blank nodes are sorted by their names, which rdflib draws at random.
    names = itertools.count()
    new: Any = rdflib.term.BNode.__new__
    new.__defaults__ = (None, lambda: f"{next(names):08}", "N")
    import pylode
    import pylode.utils

    # The members of a union are kept in a set of HTML elements, ordered by where they lie in memory.
    ordered: Callable[[], Any] = _Ordered
    vars(pylode.utils)["set"] = ordered
    document = pylode.OntPub(ontology=str(ONTOLOGY / "jiceng.ttl"), sort_subjects=True)
    # Fragments as in the terms' own names. Left alone, pyLODE links to some of them before it has chosen any.
    for term in sorted({str(s) for s in document.ont.subjects() if str(s).startswith(JC.base)}):
        document.fids[term] = term.removeprefix(JC.base)
    return str(document.make_html())


class _Ordered(dict[object, None]):
    """As much of a set as pyLODE uses, in the order of arrival."""

    def __init__(self, members: Iterable[object] = ()) -> None:
        super().__init__(dict.fromkeys(members))

    def add(self, member: object) -> None:
        self[member] = None


# --- vocabularies -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of a scheme: its notation, its labels by kind, and the notation of the concept above it."""

    notation: str
    chinese: str
    english: str
    other: tuple[str, ...]
    definition: str
    above: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme, its concepts in the file's order."""

    iri: str
    title: str
    concepts: tuple[Concept, ...]

    @property
    def anchor(self) -> str:
        """The fragment that the page gives it."""
        return "vocabulary-" + self.iri.rpartition("/")[2]

    def html(self) -> str:
        """A heading and a table that opens on demand."""
        head = "".join(
            f"<th>{name}</th>"
            for name in ("notation", "中文", "English", "also 又称", "definition", "broader")
        )
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in self._cells(c)) + "</tr>\n"
            for c in self.concepts
        )
        return (
            f'<div class="entity" id="{self.anchor}">\n<h3>{escape(self.title)}</h3>\n'
            f"<p><code>{escape(self.iri)}</code></p>\n"
            f"<details><summary>{len(self.concepts)} concepts</summary>\n"
            f"<table>\n<tr>{head}</tr>\n{rows}</table>\n</details>\n</div>\n"
        )

    def _cells(self, concept: Concept) -> Sequence[str]:
        return (
            concept.notation,
            concept.chinese,
            concept.english,
            "、".join(concept.other),
            concept.definition,
            concept.above,
        )


def read_schemes(path: Path) -> list[Scheme]:
    """The concept schemes of a Turtle file; the table of divisions has none."""
    data: defaultdict[str, defaultdict[str, list[NamedNode | Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            data[triple.subject.value][triple.predicate.value].append(triple.object)

    def values(node: str, predicate: NamedNode, language: str | None = None) -> list[str]:
        return [
            v.value
            for v in data[node].get(predicate.value, ())
            if language is None or (isinstance(v, Literal) and v.language == language)
        ]

    def concept(node: str) -> Concept:
        return Concept(
            notation="".join(values(node, SKOS.notation)),
            chinese="、".join(values(node, SKOS.prefLabel, "zh")),
            english=", ".join(values(node, SKOS.prefLabel, "en")),
            other=tuple(values(node, SKOS.altLabel)),
            definition=" ".join(values(node, SKOS.definition)),
            above="、".join(n for b in values(node, SKOS.broader) for n in values(b, SKOS.notation)),
        )

    nodes = list(data)
    return [
        Scheme(
            iri=scheme,
            title=" ".join((*values(scheme, SKOS.prefLabel, "en"), *values(scheme, SKOS.prefLabel, "zh"))),
            concepts=tuple(concept(n) for n in nodes if scheme in values(n, SKOS.inScheme)),
        )
        for scheme in nodes
        if SKOS.ConceptScheme.value in values(scheme, RDF.type)
    ]


if __name__ == "__main__":
    sys.exit(main())
