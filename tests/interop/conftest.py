"""Other people's tools: Jena and Virtuoso as Debian has them, N3.js, jsonld.js, rdf-canonize and Comunica.

A test skips where its tool is missing, and says how to get it; each tool is started as seldom as can be.
"""

import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse, serialize
from tests.servers import TRIES, comes_up, end, free_port

from jiceng.export import export

HERE = Path(__file__).parent
JARS = Path("/usr/share/java")
# What libapache-jena-java depends on, and not all of the folder: logging frameworks in it exclude each other.
CLASSPATH = tuple(
    """
    jena-arq jena-base jena-cmds jena-core jena-dboe-base jena-dboe-index jena-dboe-storage
    jena-dboe-transaction jena-dboe-trans-data jena-iri jena-rdfconnection jena-shacl jena-tdb jena-tdb2
    commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3 commons-logging
    dexx.collection gson guava httpclient httpclient-cache httpcore jackson-core jackson-databind
    jackson-annotations jakarta.json-api jsonld-java protobuf slf4j-api slf4j-nop thrift titanium-json-ld
    """.split()  # noqa: SIM905
)
FORMATS = {
    "turtle": (RdfFormat.TURTLE, "ttl"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "trig": (RdfFormat.TRIG, "trig"),
    "json-ld": (RdfFormat.JSON_LD, "jsonld"),
    "rdf-xml": (RdfFormat.RDF_XML, "rdf"),
}
"""The RDF formats of `jiceng export`, and how files of them end."""


def run(*command: str | Path, **options: Any) -> bytes:
    """What a program writes; the test fails with its complaint."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False, **options)
    assert done.returncode == 0, f"{command[:4]}: {done.stderr.decode(errors='replace')[-3000:]}"
    return bytes(done.stdout)


@pytest.fixture(scope="session")
def triples_of() -> Callable[..., set[Triple]]:
    def read(data: bytes | Path, form: RdfFormat = RdfFormat.N_TRIPLES) -> set[Triple]:
        quads = parse(path=str(data), format=form) if isinstance(data, Path) else parse(data, format=form)
        return {quad.triple for quad in quads}

    return read


@pytest.fixture(scope="session")
def canonical() -> Callable[[object], list[str]]:
    """The canonical form of quads (RDFC-1.0) as Oxigraph computes it: sorted lines of N-Quads."""

    def form(quads: object) -> list[str]:
        dataset = Dataset(quads)  # type: ignore[arg-type]
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return sorted(serialize(dataset, format=RdfFormat.N_QUADS).decode().splitlines())  # type: ignore[arg-type, union-attr]

    return form


@pytest.fixture(scope="session")
def exported(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example graph together with the ontology (which has blank nodes) in every RDF format."""
    folder = tmp_path_factory.mktemp("exported")
    whole = folder / "whole.nt"
    quads: list[Quad] = []
    for path in (root / "graphs" / "jiceng.ttl", root / "ontology" / "jiceng.ttl"):
        quads.extend(parse(path=str(path), format=RdfFormat.TURTLE))
    serialize({quad.triple for quad in quads}, str(whole), RdfFormat.N_TRIPLES)
    files = {}
    for form, (_, ending) in FORMATS.items():
        files[form] = folder / f"graph.{ending}"
        files[form].write_bytes(export(whole, form))
    return files


@pytest.fixture(scope="session")
def example(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example graph in every RDF format."""
    folder = tmp_path_factory.mktemp("example")
    files = {}
    for form, (_, ending) in FORMATS.items():
        files[form] = folder / f"jiceng.{ending}"
        files[form].write_bytes(export(root / "graphs", form))
    return files


@pytest.fixture(scope="session")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Runs a command of Apache Jena by the name of its class, or a Java file."""
    jars = [JARS / f"{name}.jar" for name in CLASSPATH]
    missing = [jar.name for jar in jars if not jar.exists()]
    if missing or not shutil.which("javac"):
        pytest.skip(
            "Apache Jena is missing: apt-get install libapache-jena-java default-jdk-headless "
            f"({', '.join(missing) or 'javac'})"
        )
    # Debian's package moves Xerces' classes to another package name, and leaves their messages behind:
    # without them Jena does not even start.
    moved = tmp_path_factory.mktemp("jena")
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = moved / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    classpath = ":".join(map(str, (moved, *jars)))

    def command(name: str | Path, *arguments: str | Path) -> bytes:
        return run("java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classpath, name, *arguments)

    return command


@pytest.fixture(scope="session")
def node() -> Callable[..., bytes]:
    """Runs a task of interop.mjs."""
    if not shutil.which("node"):
        pytest.skip("Node.js is missing: apt-get install nodejs npm")
    if not (HERE / "node_modules").is_dir():
        pytest.skip("the packages are missing: npm ci --prefix tests/interop")
    return lambda *arguments: run("node", HERE / "interop.mjs", *arguments)


@dataclass(frozen=True)
class Virtuoso:
    """A running server: its address, the folder that it may read, and its passwords."""

    url: str
    port: int
    folder: Path
    password: str

    def answers(self) -> bool:
        """Whether it does, over HTTP and to SQL: it opens the one before the other."""
        try:
            self.query("ASK {}")
            self.sql("SELECT 1")
        except (OSError, AssertionError):
            return False
        return True

    def sql(self, *statements: str) -> str:
        """Run SQL (or `SPARQL …`) as administrator."""
        return run(
            "isql-vt", f"127.0.0.1:{self.port}", "dba", self.password, "ERRORS=STDOUT", "VERBOSE=OFF",
            input="".join(f"{statement};\n" for statement in statements).encode(),
        ).decode()  # fmt: skip

    def query(self, text: str, graphs: Sequence[str] = (), accept: str = "") -> bytes:
        """Answer a query over HTTP, as anybody may ask it."""
        pairs = [("query", text), *(("default-graph-uri", graph) for graph in graphs)]
        request = urllib.request.Request(
            f"{self.url}/sparql",
            urllib.parse.urlencode(pairs).encode(),
            {"Accept": accept or "application/sparql-results+json"},
        )
        with urllib.request.urlopen(request, timeout=120) as reply:
            return bytes(reply.read())

    def rows(self, text: str, graphs: Sequence[str] = ()) -> list[list[str]]:
        """The values of a SELECT's rows."""
        told = json.loads(self.query(text, graphs))
        names = told["head"]["vars"]
        return [[row.get(n, {}).get("value", "") for n in names] for row in told["results"]["bindings"]]


INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
DirsAllowed = .
CaseMode = 2
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000
"""


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A Virtuoso of this session alone, in a folder and on ports of its own."""
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        pytest.skip("Virtuoso is missing: apt-get install virtuoso-opensource-7-bin")
    folder = tmp_path_factory.mktemp("virtuoso")
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    for _ in range(TRIES):
        sql, http = free_port(), free_port()
        (folder / "virtuoso.ini").write_text(INI.format(sql=sql, http=http))
        with (folder / "output.txt").open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        server = Virtuoso(f"http://127.0.0.1:{http}", sql, folder, "dba")
        try:
            if comes_up(process, server.answers, server.url):
                yield server
                return
        finally:
            end(process)
    raise RuntimeError((folder / "output.txt").read_text()[-3000:])
