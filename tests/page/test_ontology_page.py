"""The documentation of the ontology is current, whole, and loads nothing."""

import re
import subprocess
import sys

import pytest
from pyoxigraph import RdfFormat, parse

from jiceng.graph.namespaces import JC, RDFS
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory


@pytest.fixture(scope="module")
def html(root):
    return (root / "graphs" / "ontology.html").read_text("utf-8")


def test_the_page_is_current(root):
    pytest.importorskip("pylode", reason="pyLODE is missing: pip install -e '.[docs]'")
    command = [sys.executable, str(root / "scripts" / "ontology_html.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}run python scripts/ontology_html.py"


def test_every_term_is_documented_under_its_own_name(html):
    ontology = parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE)
    terms = {t.subject.value for t in ontology if t.predicate == RDFS.isDefinedBy}
    assert len(terms) > 50
    individuals = {JC.unknownPeriod.value}  # pyLODE documents classes and properties
    assert not [t for t in terms - individuals if f'id="{t.removeprefix(JC.base)}"' not in html]


@pytest.mark.parametrize("scheme", ["indicators", "mechanism_types", "organisation_types", "units"])
def test_every_concept_is_in_it(html, scheme):
    section = html.partition(f'id="vocabulary-{scheme}"')[2].partition('class="entity"')[0]
    for concept in load_lexicon().scheme(scheme).concepts:
        assert f"<td>{concept.notation}</td>" in section


def test_every_link_within_the_page_leads_somewhere(html):
    targets = set(re.findall(r'\bid="([^"]+)"', html))
    links = set(re.findall(r'href="#([^"]*)"', html))
    assert len(links) > 100
    assert links <= targets


@pytest.mark.browser
def test_the_page_loads_nothing(open_page, html):
    opened = open_page(html)
    assert "Vocabularies" in opened.text("#vocabularies")
    assert [r for r in opened.requests if not r.startswith("data:")] == [opened.url]
    assert opened.complaints == []
