"""Builds by other ways give the same bytes: from the cache, by several processes, and after a withdrawal."""

import hashlib
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from jiceng import cache, cli, pipeline, read
from jiceng.check import check
from jiceng.errors import BuildError, OntologyError, QueryError
from jiceng.lexicon import Lexicon
from jiceng.model import Source
from jiceng.resources import ontology_directory
from jiceng.store import database
from jiceng.store.documents import base, identify

SHARED = "推行“邻里夜话”制度，获评“全国和谐社区建设示范城区”。"
DOCUMENTS = {
    "武侯.txt": f"武侯区：邻里夜话解民忧\n成都市武侯区建立小区党支部126个，化解矛盾纠纷530余件。{SHARED}\n",
    "云岩.txt": f"云岩区：网格里的夜话\n贵阳市云岩区划分网格612个，组建网格党支部318个。{SHARED}\n",
    "南山.txt": "南山区：红色物业进小区\n深圳市南山区打造“红色物业”示范小区27个，投入经费300万元。\n",
}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, "utf-8")
    rows = "".join(
        f'{{"text": "{text}", "date": "2023-05-1{i}"}}\n'
        for i, text in enumerate(
            ("五华区：夜话\\n昆明市五华区有小区党支部88个。", "盘龙区：夜话\\n昆明市盘龙区有小区党支部77个。")
        )
    )
    (folder / "滇.jsonl").write_text(rows, "utf-8")
    return folder


def files(folder: Path) -> dict[str, str]:
    found = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def build(documents: Path, out: Path, *options: str) -> dict[str, str]:
    assert cli.main(["build", str(documents), "-o", str(out), *options]) == 0
    return files(out)


def test_the_cache_and_many_processes_change_no_byte(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = build(documents, tmp_path / "a", "--no-cache")
    kept = f"--cache={tmp_path / 'cache'}"
    assert build(documents, tmp_path / "b", kept) == plain
    assert build(documents, tmp_path / "c", kept) == plain
    assert build(documents, tmp_path / "d", "--no-cache", "--jobs=2") == plain
    assert build(documents, tmp_path / "e", kept, "--jobs=2") == plain


def test_what_is_in_the_cache_is_not_read_again(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: list[str] = []
    whole = pipeline.process

    def counted(source: Source, tools: pipeline.Tools) -> pipeline.Document:
        read.append(source.name)
        return whole(source, tools)

    monkeypatch.setattr(pipeline, "process", counted)
    kept = f"--cache={tmp_path / 'cache'}"
    build(documents, tmp_path / "out", kept)
    assert len(read) == 5
    (documents / "新.txt").write_text("金水区：新篇\n郑州市金水区有网格33个。\n", "utf-8")
    (documents / "南山.txt").write_text(DOCUMENTS["南山.txt"].replace("27个", "28个"), "utf-8")
    build(documents, tmp_path / "out", kept)
    assert sorted(read[5:]) == ["南山.txt", "新.txt"]


def test_other_rules_make_other_keys(tmp_path: Path) -> None:
    ontology = tmp_path / "ontology"
    (ontology / "rules").mkdir(parents=True)
    (ontology / "rules" / "a.toml").write_text("1")

    def key(directory: Path) -> tuple[bytes, str]:
        cache.data_sha256.cache_clear()
        lexicon = Lexicon({}, directory)
        return identify(lexicon, "a", "0" * 64, None).key, database.place(tmp_path, base(directory)).name

    first = key(ontology)
    assert key(ontology) == first
    (ontology / "rules" / "a.toml").write_text("2")
    second = key(ontology)
    (ontology / "shapes.ttl").write_text("3")
    keys = [first, second, key(ontology), key(ontology_directory())]
    assert len({k for k, _ in keys}) == len({n for _, n in keys}) == 4


@pytest.mark.parametrize("junk", [b"", b"junk", pickle.dumps([1])[:-2]])
def test_a_damaged_cache_is_read_around(
    junk: bytes, documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = f"--cache={tmp_path / 'cache'}"
    first = build(documents, tmp_path / "out", kept)
    entries = [p for p in (tmp_path / "cache").rglob("*") if p.is_file()]
    assert entries
    for path in entries:
        path.write_bytes(junk)
    assert build(documents, tmp_path / "out", kept) == first


def withdrawn(names: Iterable[str], documents: Path, tmp_path: Path) -> None:
    build(documents, tmp_path / "out")
    assert cli.main(["retract", *names, "-o", str(tmp_path / "out")]) == 0
    for name in names:
        (documents / name).unlink()
    assert files(tmp_path / "out") == build(documents, tmp_path / "anew")


@pytest.mark.parametrize("names", [("云岩.txt",), ("滇.jsonl",), ("武侯.txt", "南山.txt")])
def test_a_withdrawal_leaves_what_a_build_without_it_gives(
    names: tuple[str, ...], documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    withdrawn(names, documents, tmp_path)


def test_a_row_is_withdrawn_alone(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(documents, tmp_path / "out")
    assert cli.main(["retract", "滇.jsonl#1", "-o", str(tmp_path / "out")]) == 0
    turtle = (tmp_path / "out" / "jiceng.ttl").read_text("utf-8")
    assert "滇.jsonl#2" in turtle
    assert "滇.jsonl#1" not in turtle


def test_rows_stand_by_number_after_a_withdrawal_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    row = '{{"text": "五华区：第{0}期\\n昆明市五华区有小区党支部{0}个。"}}\n'
    (folder / "滇.jsonl").write_text("".join(row.format(n) for n in range(2, 14)), "utf-8")
    for name in ("滇.jsonl!.txt", "云岩.txt"):
        (folder / name).write_text(DOCUMENTS["云岩.txt"].replace("612", str(len(name))), "utf-8")
    withdrawn(["云岩.txt"], folder, tmp_path)
    lines = (tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines()
    rows = [line.split('"source": "')[1].split('"')[0] for line in lines if "滇.jsonl#" in line]
    assert rows == [f"滇.jsonl#{n}" for n in range(1, 13)]


def test_what_cannot_be_withdrawn_says_why(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(documents, tmp_path / "out")
    before = files(tmp_path / "out")
    with pytest.raises(BuildError, match=r"has no document 北\.txt; there are: 云岩\.txt"):
        pipeline.retract(tmp_path / "out", ["北.txt"])
    with pytest.raises(BuildError, match="nothing would be left"):
        pipeline.retract(tmp_path / "out", [*DOCUMENTS, "滇.jsonl"])
    assert cli.main(["retract", "x", "-o", str(tmp_path / "none")]) == 2
    assert files(tmp_path / "out") == before


def test_nobody_s_folder_is_replaced_below_their_feet(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(documents, tmp_path / "out")
    before = files(tmp_path / "out")
    for place in (tmp_path / "out", tmp_path / "out" / "texts"):
        monkeypatch.chdir(place)
        with pytest.raises(BuildError, match="cannot be replaced while it is in use; go to another folder"):
            pipeline.retract(tmp_path / "out", ["云岩.txt"])
    assert files(tmp_path / "out") == before


def test_a_kept_text_that_was_changed_is_not_taken_for_its_document(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(documents, tmp_path / "out", "--no-cache")
    text = tmp_path / "out" / "texts" / f"{sha256(DOCUMENTS['云岩.txt'])}.txt"
    text.write_text(text.read_text("utf-8").replace("612", "999"), "utf-8")
    before = files(tmp_path / "out")
    with pytest.raises(BuildError, match="was changed since its build"):
        pipeline.retract(tmp_path / "out", ["武侯.txt"])
    assert files(tmp_path / "out") == before


def test_a_hash_that_is_a_path_is_not_followed(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(documents, tmp_path / "out", "--no-cache")
    catalogue = tmp_path / "out" / "documents.jsonl"
    told = catalogue.read_text("utf-8").replace(sha256(DOCUMENTS["云岩.txt"]), "../../escaped")
    catalogue.write_text(told, "utf-8")
    with pytest.raises(QueryError, match=r"documents\.jsonl:\d: is no document: sha256 must be"):
        pipeline.retract(tmp_path / "out", ["武侯.txt"])


def test_documents_that_were_read_elsewhere_give_the_same_folder(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "零.txt").write_text(DOCUMENTS["云岩.txt"], "utf-8")
    plain = build(documents, tmp_path / "a", "--no-cache")
    tools = pipeline.load_tools()
    inputs = read.find_inputs([documents]).inputs
    sources = [s for entry in inputs for s in read.read_documents(entry) if isinstance(s, Source)]
    elsewhere = [pickle.loads(pickle.dumps(pipeline.process(s, tools))) for s in sources[::-1]]
    summary = pipeline.build_from(iter([*elsewhere, "x.txt: was not read"]), tmp_path / "b")
    assert files(tmp_path / "b") == plain
    assert summary.failures == ("x.txt: was not read",)
    assert [w for w in summary.warnings if "read once" in w] == [
        "零.txt: the same text as 云岩.txt; read once"
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_of_equal_texts_the_first_by_name_stays_in_whatever_order_they_are_read(
    jobs: str, documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(documents / "云.zip", "w") as archive:
        for name in ("二.txt", "一.txt"):
            archive.writestr(name, DOCUMENTS["南山.txt"])
    # Read after the archive, and sorted before what is in it.
    (documents / "云.zip.txt").write_text(DOCUMENTS["南山.txt"], "utf-8")
    (documents / "南山.txt").unlink()
    build(documents, tmp_path / "out", "--no-cache", "--jobs", jobs)
    told = [line for line in capsys.readouterr().err.splitlines() if "read once" in line]
    assert told == [
        f"note: 云.zip/{name}: the same text as 云.zip.txt; read once" for name in ("一.txt", "二.txt")
    ]


def test_files_whose_names_are_no_utf_8_are_built_and_kept(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        (documents / "云岩.txt").rename(os.fsdecode(os.fsencode(documents) + b"/\xd4\xc6.txt"))
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    kept = f"--cache={tmp_path / 'cache'}"
    assert build(documents, tmp_path / "a", kept) == build(documents, tmp_path / "b", kept)


@pytest.mark.parametrize("gone", ["云岩.txt", "零.txt"])
def test_of_equal_texts_one_is_withdrawn_and_the_other_stays(
    gone: str, documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (documents / "零.txt").write_text(DOCUMENTS["云岩.txt"], "utf-8")
    withdrawn([gone], documents, tmp_path)
    turtle = (tmp_path / "out" / "jiceng.ttl").read_text("utf-8")
    assert gone not in turtle
    assert ({"云岩.txt", "零.txt"} - {gone}).pop() in turtle
    assert (tmp_path / "out" / "texts" / f"{sha256(DOCUMENTS['云岩.txt'])}.txt").exists()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_equal_row_of_a_table_is_withdrawn_with_its_table_only(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (documents / "滇.jsonl").read_text("utf-8")
    (documents / "黔.jsonl").write_text(rows.replace("2023-05", "2021-11"), "utf-8")
    withdrawn(["滇.jsonl"], documents, tmp_path)
    turtle = (tmp_path / "out" / "jiceng.ttl").read_text("utf-8")
    assert "2021-11-10" in turtle
    assert "2023-05-10" not in turtle


def test_a_file_that_changed_within_the_clock_is_read_again(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Same size, same time of change: only a file that had stood for a while may be taken as unchanged."""
    kept = f"--cache={tmp_path / 'cache'}"
    build(documents, tmp_path / "out", kept)
    path = documents / "南山.txt"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    with path.open("r+b") as stream:  # the same file on the disk
        stream.write(path.read_bytes().replace(b"27", b"28"))
    os.utime(path, ns=times)
    build(documents, tmp_path / "out", kept)
    assert "28" in (tmp_path / "out" / "articles.jsonl").read_text("utf-8")


def test_settled_files_are_not_read_again(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("jiceng.store.inputs.SETTLED", -(10**12))  # as if they had stood for long
    kept = f"--cache={tmp_path / 'cache'}"
    first = build(documents, tmp_path / "out", kept)
    (documents / "新.txt").write_text("金水区：新篇\n郑州市金水区有网格33个。\n", "utf-8")
    seen: list[str] = []
    one, many = read.read_one, read.read_documents
    monkeypatch.setattr(read, "read_one", lambda entry: seen.append(entry.name) or one(entry))
    monkeypatch.setattr(
        read, "read_documents", lambda entry, columns: seen.append(entry.name) or many(entry, columns)
    )
    second = build(documents, tmp_path / "out", kept)
    assert seen == ["新.txt"]
    assert len(second) == len(first) + 1
    assert second == build(documents, tmp_path / "anew", "--no-cache")


def test_two_builds_share_a_cache_at_once(documents: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jiceng", "build", str(documents), f"--cache={tmp_path / 'cache'}"]
    running = [
        subprocess.Popen([*command, "-o", str(tmp_path / name)], stdout=subprocess.DEVNULL)
        for name in ("a", "b", "c")
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert files(tmp_path / "a") == files(tmp_path / "b") == files(tmp_path / "c")


def test_a_cache_that_is_damaged_inside_is_begun_anew(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = f"--cache={tmp_path / 'cache'}"
    first = build(documents, tmp_path / "out", kept)
    (path,) = (tmp_path / "cache").glob("pieces-*.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("update content set evidence = zeroblob(50)")
    connection.execute("delete from fragment where kind = 'measurement'")
    connection.commit()
    connection.close()
    assert build(documents, tmp_path / "out", kept) == first
    assert build(documents, tmp_path / "out", kept) == first


def test_a_split_page_is_the_same_by_every_way(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = f"--cache={tmp_path / 'cache'}"
    first = build(documents, tmp_path / "out", kept, "--page=split")
    assert "page/510107.js" in first
    (documents / "新.txt").write_text("金水区：新篇\n郑州市金水区有网格33个。\n", "utf-8")
    more = build(documents, tmp_path / "out", kept, "--page=split")
    assert "page/410105.js" in more
    assert more["page/510107.js"] == first["page/510107.js"]
    assert more == build(documents, tmp_path / "a", "--no-cache", "--page=split")
    assert more == build(documents, tmp_path / "b", "--no-cache", "--page=split", "--jobs=2")
    assert check(tmp_path / "out").problems == ()
    assert cli.main(["retract", "新.txt", "-o", str(tmp_path / "out"), kept, "--page=split"]) == 0
    assert files(tmp_path / "out") == first
    build(documents, tmp_path / "out", kept, "--page=whole")
    assert not (tmp_path / "out" / "page").exists()


def test_a_folder_of_the_users_own_stays_whatever_its_name(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(documents, tmp_path / "out")
    (tmp_path / "out" / "page").mkdir()
    (tmp_path / "out" / "page" / "mine.txt").write_text("mine")
    build(documents, tmp_path / "out")
    assert (tmp_path / "out" / "page" / "mine.txt").read_text() == "mine"


def test_unchanged_texts_are_linked_and_altered_ones_written_again(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = build(documents, tmp_path / "out")
    texts = sorted((tmp_path / "out" / "texts").iterdir())
    numbers = [path.stat().st_ino for path in texts]
    texts[0].write_bytes(bytes(reversed(texts[0].read_bytes())))
    assert build(documents, tmp_path / "out") == first
    again = [path.stat().st_ino for path in texts]
    assert again[1:] == numbers[1:]
    assert again[0] != numbers[0]


def test_processes_of_their_own_read_the_files(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = build(documents, tmp_path / "a", "--no-cache")

    def here(entry: read.Input) -> Source:
        raise AssertionError(f"{entry.name} was read by the first process")

    monkeypatch.setattr(read, "read_one", here)
    assert build(documents, tmp_path / "b", "--no-cache", "--jobs=2") == plain


def test_rules_are_loaded_only_where_a_document_is_read(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = pipeline.Settings(cache=tmp_path / "cache")
    pipeline.build([documents], tmp_path / "out", settings=settings)
    monkeypatch.setattr(pipeline, "_own_tools", lambda: pytest.fail("rules are loaded"))
    pipeline.build([documents], tmp_path / "out", settings=settings)
    pipeline.retract(tmp_path / "out", ["武侯.txt"], settings=settings)
    assert "武侯.txt" not in (tmp_path / "out" / "documents.jsonl").read_text("utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_vocabulary_is_no_fault_of_a_document(jobs: int, documents: Path, tmp_path: Path) -> None:
    plain = build(documents, tmp_path / "out", "--no-cache")
    ontology = tmp_path / "ontology"
    shutil.copytree(ontology_directory(), ontology)
    (ontology / "vocabulary" / "divisions.ttl").write_text("d:110000 a", "utf-8")
    settings = pipeline.Settings(cache=None, jobs=jobs)
    with pytest.raises(OntologyError, match=r"divisions\.ttl: cannot be read as Turtle"):
        pipeline.build([documents], tmp_path / "out", ontology=ontology, settings=settings)
    assert files(tmp_path / "out") == plain


def test_what_reads_documents_is_imported_only_where_one_is_read(documents: Path, tmp_path: Path) -> None:
    arguments = ["build", str(documents), f"--output={tmp_path / 'out'}", f"--cache={tmp_path / 'cache'}"]
    program = (
        "import sys; from jiceng import cli, pipeline;"
        f"cli.main({arguments!r});"
        "print([stage for stage in pipeline.STAGES if stage in sys.modules])"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stdout.splitlines()[-1] == str(list(pipeline.STAGES))
    assert second.stdout.splitlines()[-1] == "[]"
