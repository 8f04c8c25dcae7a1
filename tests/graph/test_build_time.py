"""`jiceng build --record-time`: when a build was made stands beside it, and leads to the same activity."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import cli, publish
from jiceng.publish.graphs import SHARED

TEXT = """武侯区：院落里的新办法
本报讯 四川省成都市武侯区推进院落治理，全区组建院落党支部86个，推行“院落管家”制度，受到居民欢迎。
武侯区委组织部有关负责人介绍，今年以来，武侯区还建立了民情茶馆12个。
"""
ASKED = """
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX jc: <https://w3id.org/jiceng/ontology#>
PREFIX schema: <https://schema.org/>
SELECT ?start ?end ?version ?rules WHERE {
  ?article a jc:Article ; prov:wasGeneratedBy ?activity .
  ?activity prov:startedAtTime ?start ; prov:endedAtTime ?end ;
    prov:wasAssociatedWith/schema:softwareVersion ?version ;
    prov:qualifiedAssociation/prov:hadPlan/schema:sha256 ?rules }
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "武侯.txt"
    path.write_text(TEXT, "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_time_is_in_a_file_of_its_own(document: Path, tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    plain, timed = tmp_path / "plain", tmp_path / "timed"
    assert cli.main(["build", str(document), "-o", str(plain), "--no-cache"]) == 0
    assert cli.main(["build", str(document), "-o", str(timed), "--no-cache", "--record-time"]) == 0
    found = files(timed)
    assert found.pop("build.ttl")
    assert found == files(plain)
    assert cli.main(["check", str(timed)]) == 0

    store = Store()
    for name in ("jiceng.ttl", "build.ttl"):
        store.load(path=str(timed / name), format=RdfFormat.TURTLE)
    rows = [[term.value for term in row] for row in store.query(ASKED)]  # type: ignore[union-attr]
    assert len(rows) == 1
    start, end = (datetime.fromisoformat(text) for text in rows[0][:2])
    assert before <= start <= end <= datetime.now(UTC)


def test_it_goes_with_the_build_that_it_is_of(document: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ["build", str(document), "-o", str(out), "--no-cache"]
    assert cli.main([*command, "--record-time"]) == 0
    assert (out / "build.ttl").exists()
    steps = publish.publication(out)
    shared = next(step.data for step in steps if step.graph == SHARED)
    assert shared is not None
    assert any(triple.predicate.value.endswith("startedAtTime") for triple in shared.triples)
    assert cli.main(command) == 0
    assert not (out / "build.ttl").exists()
