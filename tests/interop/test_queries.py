"""The named questions have the same rows in Oxigraph, rdflib, Jena, Virtuoso and Comunica.

Questions that join much are left to Oxigraph, Jena and Virtuoso: rdflib and Comunica take minutes for some.
"""

import json
import shutil
import sys
import tomllib
from decimal import Decimal

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, RdfFormat, Store
from tests.servers import server

from jiceng import query
from jiceng.query.guard import declared
from jiceng.query.named import filled

EVERYWHERE = (
    "chain-depth", "counted-tiers", "documents", "doubtful", "honours", "indicators", "mechanism-levels",
    "mechanism-parts", "rules", "sources", "tiers",
)  # fmt: skip
DATABASES = (
    *EVERYWHERE, "by-period", "facts-at", "indicator-across", "mechanism", "mechanisms-by-type", "money",
    "near-mechanisms", "organisations", "overview", "persons", "provinces", "shares",
)  # fmt: skip
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int")}


@pytest.fixture(scope="module")
def texts(root):
    """The questions by name, with what tests/query asks them with; any engine understands them."""
    settings = tomllib.loads((root / "tests" / "query" / "answers.toml").read_text("utf-8"))
    known = {question.name: question.text for question in query.named()}
    return {name: declared(filled(known[name], settings.get(name, {}))) for name in DATABASES}


@pytest.fixture(scope="module")
def expected(example, texts):
    store = Store()
    store.bulk_load(path=str(example["turtle"]), format=RdfFormat.TURTLE)
    answers = {n: store.query(text).serialize(format=QueryResultsFormat.JSON) for n, text in texts.items()}
    found = {name: rows(json.loads(answer)) for name, answer in answers.items()}
    assert not [name for name in found if not found[name]]
    return found


def rows(answer):
    """The rows of SPARQL JSON results, sorted; numbers by their value, language tags in lower case."""
    names = answer["head"]["vars"]
    return sorted(
        [term(row[name]) if name in row else ("",) for name in names] for row in answer["results"]["bindings"]
    )


def term(told):
    kind = "literal" if told["type"] == "typed-literal" else told["type"]
    datatype, value = told.get("datatype", ""), told["value"]
    if datatype in NUMBERS:
        return (kind, str(Decimal(value).normalize()), "number")
    return (kind, value, told.get("xml:lang", "").lower() or datatype.removeprefix(XSD + "string"))


@pytest.fixture(scope="module")
def files(texts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    for name, text in texts.items():
        (folder / f"{name}.rq").write_text(text, "utf-8")
    return {name: folder / f"{name}.rq" for name in texts}


def test_rdflib(example, texts, expected):
    graph = rdflib.Graph().parse(example["turtle"])
    for name in EVERYWHERE:
        assert rows(json.loads(graph.query(texts[name]).serialize(format="json"))) == expected[name], name


def test_comunica(example, files, expected, node):
    answers = json.loads(node("query", example["ntriples"], *(files[name] for name in EVERYWHERE)))
    for name, answer in zip(EVERYWHERE, answers, strict=True):
        assert rows(answer) == expected[name], name


def test_jena(example, files, expected, jena, tmp_path):
    """One start of Java for all: `Ask.java` writes each answer beside its question."""
    source = tmp_path / "Ask.java"
    source.write_text(ASK, "utf-8")
    jena(source, example["turtle"], *files.values())
    for name, path in files.items():
        answer = json.loads(path.with_suffix(".rq.json").read_text("utf-8"))
        assert rows(answer) == expected[name], name


def test_jena_at_the_command_line(example, files, expected, jena):
    answer = jena("arq.arq", f"--data={example['turtle']}", f"--query={files['tiers']}", "--results=json")
    assert rows(json.loads(answer)) == expected["tiers"]


def test_virtuoso(example, texts, expected, virtuoso):
    shutil.copy(example["turtle"], virtuoso.folder / "asked.ttl")
    virtuoso.sql("DB.DBA.TTLP_MT (file_to_string_output ('asked.ttl'), '', 'urn:asked')")
    for name, text in texts.items():
        assert rows(json.loads(virtuoso.query(text, ["urn:asked"]))) == expected[name], name


@pytest.fixture
def endpoint(root):
    """The address of `jiceng serve` with the example."""
    pytest.importorskip("uvicorn", reason="the endpoint needs pip install 'jiceng[serve]'")
    pytest.importorskip("starlette", reason="the endpoint needs pip install 'jiceng[serve]'")
    command = (sys.executable, "-m", "jiceng", "serve", root / "graphs", "--port")
    with server(lambda port: (*command, port), "/sparql?query=ASK%7B%7D") as url:
        yield f"{url}/sparql"


def test_comunica_asks_our_endpoint(endpoint, files, expected, node):
    def without_language(found):
        """Comunica 4 loses the language tags of every endpoint's JSON results."""
        return [[cell[:2] for cell in row] for row in found]

    names = ("chain-depth", "honours", "tiers")
    answers = json.loads(node("query", endpoint, *(files[name] for name in names)))
    for name, answer in zip(names, answers, strict=True):
        assert sorted(without_language(rows(answer))) == sorted(without_language(expected[name])), name


ASK = """
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.jena.query.*;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.RDFDataMgr;

public class Ask {
  public static void main(String[] arguments) throws Exception {
    Model data = RDFDataMgr.loadModel(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      try (QueryExecution asked = QueryExecutionFactory.create(QueryFactory.read(arguments[i]), data);
           OutputStream out = new FileOutputStream(arguments[i] + ".json")) {
        ResultSetFormatter.outputAsJSON(out, asked.execSelect());
      }
    }
  }
}
"""
