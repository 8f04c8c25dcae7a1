"""Jena's SHACL engine gives our verdicts, on good data and on every damaged variant that pySHACL judges too.

That ours and pySHACL agree, on the same variants, is asked in tests/validate/test_shacl.py.
"""

import runpy
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse
from rdflib.namespace import SH
from tests.shacl_reports import results_in

from jiceng import graph
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory
from jiceng.validate import shacl

OURS = runpy.run_path(str(Path(__file__).parents[1] / "validate" / "test_shacl.py"))
DAMAGE = OURS["DAMAGE"]
SHAPES = ontology_directory() / "shapes.ttl"


@pytest.fixture(scope="module")
def variants(sample, example, tmp_path_factory):
    """Files by what is wrong with them; the built example is right too."""
    folder = tmp_path_factory.mktemp("variants")
    good = graph.turtle(graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"]))
    files = {}
    for number, name in enumerate(["nothing", *DAMAGE]):
        data = Store()
        data.load(good, format=RdfFormat.TURTLE)
        if name in DAMAGE:
            data.update(OURS["HEAD"] + DAMAGE[name])
        files[name] = folder / f"{number}.nt"
        data.dump(str(files[name]), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return files | {"nothing, in the example": example["ntriples"]}


@pytest.fixture(scope="module")
def jenas(jena, variants):
    """Jena's results by variant."""
    jena(Path(__file__).with_name("Validate.java"), SHAPES, *variants.values())
    return {name: results(Path(f"{path}.report.nt")) for name, path in variants.items()}


def results(path):
    report = rdflib.Graph().parse(str(path), format="nt")
    found = sorted(results_in(report))
    (conforms,) = report.objects(None, SH.conforms)
    assert bool(conforms) == (not found)
    return found


def test_there_are_enough_variants():
    assert len(DAMAGE) >= 20


@pytest.mark.parametrize("name", ["nothing", "nothing, in the example", *DAMAGE])
def test_the_same_verdict(variants, jenas, name):
    ours = shacl.validate(
        parse(path=str(variants[name]), format=RdfFormat.N_TRIPLES), shacl.load_shapes(SHAPES)
    )
    told = sorted((r.focus, r.path or "", r.value or "", r.component) for r in ours)
    assert told == jenas[name]
    assert bool(told) == (name in DAMAGE)
