"""Results in Arrow rows: they come back as they went, hold data only, and tell who made them."""

import errno
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jiceng import cli, pipeline, read
from jiceng.errors import BuildError, ReadError

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is missing: pip install 'jiceng[parquet]'")

from jiceng.engines import shards  # noqa: E402
from jiceng.store import database  # noqa: E402
from jiceng.store.documents import Identity, Record, identify  # noqa: E402


def sources(corpus: Path) -> list[Any]:
    found = read.read_documents(read.find_inputs([corpus]).inputs[0])
    return [str(item) if isinstance(item, ReadError) else item for item in found]


@pytest.fixture(scope="module")
def rows(corpus: Path) -> Any:
    return shards.facts_of(sources(corpus))


def test_shards_merge_into_what_one_process_builds(
    corpus: Path,
    rows: Any,
    by_one_process: tuple[dict[str, bytes], pipeline.Summary],
    contents: Callable[[Path], dict[str, bytes]],
    tmp_path: Path,
) -> None:
    expected, summary = by_one_process
    folder = tmp_path / "shards"
    shards.write_shard(rows.slice(30), folder / "some", "b")
    shards.write_shard(rows.slice(0, 30), folder, "z")
    (folder / "_temporary").mkdir()
    (folder / "_temporary" / "half.parquet").write_bytes(b"PAR1")
    merged = shards.merge([folder], tmp_path / "merged")
    assert contents(tmp_path / "merged") == expected
    assert merged.facts == summary.facts
    assert sorted(merged.failures) == sorted(summary.failures)
    assert cli.main(["merge", str(folder), "-o", str(tmp_path / "by-cli"), "--no-cache", "-j", "2"]) == 1
    assert contents(tmp_path / "by-cli") == expected


def test_merging_makes_no_piece_of_a_document(
    rows: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its Turtle and its checks are made where it is read."""
    shards.write_shard(rows, tmp_path / "shards", "one")

    def never(*told: object) -> None:
        raise AssertionError("a document's pieces were made again")

    monkeypatch.setattr("jiceng.graph.pieces.of_document", never)
    monkeypatch.setattr("jiceng.validate.of_document", never)
    assert shards.merge([tmp_path / "shards"], tmp_path / "merged").articles


def test_a_shard_is_replaced_whole(rows: Any, tmp_path: Path) -> None:
    place = shards.write_shard(rows, tmp_path, "one")
    before = place.read_bytes()
    assert shards.write_shard(rows, tmp_path, "one") == place
    assert [path.name for path in tmp_path.iterdir()] == ["one.parquet"]
    assert place.read_bytes() == before


def test_folders_are_looked_through_and_what_is_unfinished_is_not(
    rows: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shards.write_shard(rows, tmp_path / "by-spark.parquet", "one")
    (tmp_path / "_temporary").mkdir()
    (tmp_path / "_temporary" / "half.parquet").write_bytes(b"PAR1")
    monkeypatch.chdir(tmp_path)
    assert len(list(shards.read_shards([Path()]))) == rows.num_rows


def test_a_shard_that_cannot_be_written_leaves_nothing(
    rows: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*told: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shards.parquet, "write_table", full)
    with pytest.raises(BuildError, match=r"one\.parquet: cannot be written: No space left"):
        shards.write_shard(rows, tmp_path, "one")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(BuildError, match="file: is a file, or lies below one; name a folder with --shards"):
        shards.write_shard(rows, tmp_path / "file", "one")


class Runs:
    def __reduce__(self) -> Any:
        return print, ("no shard should run this",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"record": pickle.dumps(Runs())}, "print is no part of a document"),
        ({"record": pickle.dumps((1, 2))}, "something else than documents"),
        ({"record": b"\x80\x05 torn"}, "is damaged"),
        ({"made_by": "an older version"}, "another version"),
    ],
)
def test_what_is_no_result_of_ours_is_refused(
    rows: Any, change: dict[str, Any], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = next(row for row in rows.to_pylist() if row["record"])
    batch = pyarrow.RecordBatch.from_pylist([row | change], shards.SCHEMA)
    with pytest.raises(BuildError, match=message):
        list(shards.documents_of(batch, "a.parquet"))
    assert not capsys.readouterr().out


def row_with(number: int, value: object) -> Any:
    return lambda i, r: (i, replace(r, row=(*r.row[:number], value, *r.row[number + 1 :])))


INNER: dict[str, Callable[[Identity, Record], tuple[Identity, Record]]] = {
    "the text's blob": lambda i, r: (i, replace(r, content=(b"torn", *r.content[1:]))),
    "another text": lambda i, r: (i, replace(r, content=(database.packed(b"other"), *r.content[1:]))),
    "the articles' blob": lambda i, r: (i, replace(r, content=(*r.content[:-1], b"torn"))),
    "a blob too few": lambda i, r: (i, replace(r, content=r.content[:-1])),
    "the facts' blob": lambda i, r: (i, replace(r, parts=((r.parts[0][0], b"torn", r.parts[0][2]),))),
    "other facts": lambda i, r: (i, replace(r, parts=((*r.parts[0][:2], database.pickled([(1, 2)])),))),
    "another division": lambda i, r: (i, replace(r, parts=(("../../a", *r.parts[0][1:]),))),
    "the key": lambda i, r: (replace(i, key=b"0" * 32), replace(r, row=(b"0" * 32, *r.row[1:]))),
    "the record's key": row_with(0, b"0" * 32),
    "the record's hash": row_with(1, "0" * 64),
    "a number": row_with(2, 1 << 70),
    "warnings": row_with(8, "[1]"),
    "a list": row_with(9, []),
    "a hash that is a path": lambda i, r: (
        replace(i, sha256="../../escaped"),
        replace(r, row=(r.row[0], "../../escaped", *r.row[2:])),
    ),
}


@pytest.mark.parametrize("kind", INNER)
def test_damage_within_a_record_is_the_shard_s_and_the_cache_stays(
    kind: str, rows: Any, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *others = [row for row in rows.to_pylist() if row["record"]][:3]
    identity, record = INNER[kind](*pickle.loads(first["record"]))
    if kind == "a hash that is a path":
        identity = identify(shards.tools_of(None).lexicon, identity.name, identity.sha256, identity.origin)
        record = replace(record, row=(identity.key, *record.row[1:]))
    first["record"] = pickle.dumps((identity, record))
    shard = shards.write_shard(
        pyarrow.RecordBatch.from_pylist([*others, first], shards.SCHEMA), tmp_path / "shards", "one"
    )
    cache, out = tmp_path / "cache", tmp_path / "out"
    assert cli.main(["merge", str(shard), "-o", str(out), "--cache", str(cache)]) == 2
    said = capsys.readouterr().err
    assert f"{shard}: is damaged (" in said
    assert "; make it anew" in said
    assert len(list(cache.glob("pieces-*.sqlite"))) == 1
    assert {path.name for path in tmp_path.iterdir()} <= {"shards", "cache", "out"}
    assert not (out / "jiceng.ttl").exists()


def test_places_without_shards_are_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no such file or folder"):
        list(shards.read_shards([tmp_path / "nowhere"]))
    with pytest.raises(BuildError, match="holds no shards"):
        list(shards.read_shards([tmp_path]))
    (tmp_path / "a.parquet").write_bytes(b"not Parquet")
    with pytest.raises(BuildError, match="cannot be read as Parquet"):
        list(shards.read_shards([tmp_path]))
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"text": ["a"]}), tmp_path / "a.parquet")
    with pytest.raises(BuildError, match="is no shard"):
        list(shards.read_shards([tmp_path]))


def test_commands_name_the_extra_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], corpus: Path, tmp_path: Path
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "jiceng.engines.ray", None)
    assert cli.main(["build", str(corpus), "--engine", "ray", "-o", str(tmp_path / "out")]) == 2
    assert "pip install 'jiceng[ray]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
