"""A built folder is whole, or what is damaged is told: each kind of damage alone."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jiceng import cli
from jiceng.check import check
from jiceng.check.index import Index
from jiceng.errors import QueryError

TEXT = """武侯区：邻里夜话解民忧
成都市武侯区构建“区委—街道党工委—社区党委—小区党支部”四级组织体系，建立小区党支部126个。
推行“邻里夜话”制度，化解矛盾纠纷530余件，获评“全国和谐社区建设示范城区”。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    (folder / "武侯.txt").write_text(TEXT, "utf-8")
    assert cli.main(["build", str(folder / "武侯.txt"), "-o", str(folder / "graphs")]) == 0
    return folder / "graphs"


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    shutil.copy(built.parent / "武侯.txt", tmp_path)
    return Path(shutil.copytree(built, tmp_path / "graphs"))


def edit(name: str, pattern: str, new: str) -> Callable[[Path], None]:
    """Damage a file, and put its new hash into the manifest, so that only what it says can tell."""

    def damage(folder: Path) -> None:
        path = folder / name
        if "*" in name:
            (path,) = folder.glob(name)
        text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1)
        assert count == 1, pattern
        path.write_text(text, "utf-8")
        sign(folder)

    return damage


def sign(folder: Path) -> None:
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_text())
    for name in content["files"]:
        if (folder / name).exists():
            content["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    manifest.write_text(json.dumps(content))


def cut(name: str, share: float) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: int(len(data) * share)])
        if name != "manifest.json":
            sign(folder)

    return damage


def bit(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = folder.glob(name)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))

    return damage


def gone(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = folder.glob(name)
        path.unlink()

    return damage


def stray(folder: Path) -> None:
    (folder / "texts" / f"{'0' * 64}.txt").write_text("别的文章")


def latin(folder: Path) -> None:
    (path,) = folder.glob("texts/*")
    path.write_bytes(TEXT.encode("gbk"))
    sign(folder)


def not_unicode(folder: Path) -> None:
    (folder / "texts" / os.fsdecode(b"\xff.txt")).write_text("别的文章")


def entry(name: str, sha: object) -> Callable[[Path], None]:
    """Name a file in the manifest."""

    def damage(folder: Path) -> None:
        content = json.loads((folder / "manifest.json").read_text())
        content["files"][name] = sha
        (folder / "manifest.json").write_text(json.dumps(content))

    return damage


#: What is done, the file that must be named, and what must be said of it.
DAMAGE: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a bit of the graph": (bit("jiceng.ttl"), "jiceng.ttl", "differs from what was built"),
    "a bit of the page": (bit("index.html"), "index.html", "differs from what was built"),
    "a bit of the articles": (bit("articles.jsonl"), "articles.jsonl", "differs from what was built"),
    "a bit of a text": (bit("texts/*.txt"), "texts/", "differs from what was built"),
    "no graph": (gone("jiceng.ttl"), "jiceng.ttl", "is missing"),
    "no page": (gone("index.html"), "index.html", "is missing"),
    "no articles": (gone("articles.jsonl"), "articles.jsonl", "is missing"),
    "no text": (gone("texts/*.txt"), "texts/", "is missing"),
    "no manifest": (gone("manifest.json"), "manifest.json", "is missing"),
    "a manifest cut short": (cut("manifest.json", 0), "manifest.json", "cannot be read"),
    "a graph cut short": (cut("jiceng.ttl", 0.7), "jiceng.ttl", "is no Turtle"),
    "a page cut short": (cut("index.html", 0.001), "index.html", "holds no data"),
    "articles cut short": (cut("articles.jsonl", 0.5), "articles.jsonl", "is no article|cannot be read"),
    "a text of another document": (stray, "texts/0000", "belongs to no document"),
    "a text in another encoding": (latin, "texts/", "cannot be read"),
    "a text edited": (edit("texts/*.txt", "126个", "621个"), "jiceng.ttl", "the quote is not found"),
    "a quote edited": (
        edit("jiceng.ttl", 'oa:exact "[^"]*530余件', 'oa:exact "化解矛盾纠纷930余件'),
        "jiceng.ttl",
        "the quote is not found",
    ),
    "an offset moved": (
        edit("jiceng.ttl", r"oa:start (\d+)", r"oa:start 1\1"),
        "jiceng.ttl",
        "breaks a shape|the quote is not found",
    ),
    "a fact without its value": (
        edit("jiceng.ttl", r"\n\tjc:value [^;]*;", ""),
        "jiceng.ttl",
        "breaks a shape",
    ),
    "a reference to nothing": (
        edit("jiceng.ttl", r"jc:division <id/division/510107>", "jc:division <id/division/999999>"),
        "jiceng.ttl",
        "does not describe|breaks a shape",
    ),
    "a span outside": (
        edit("articles.jsonl", r'"spans": \[\[\d+, \d+', '"spans": [[0, 99999'),
        "articles.jsonl",
        "outside the text",
    ),
    "an article twice": (
        edit("articles.jsonl", r"(?s)^(.*)$", r"\1\1"),
        "articles.jsonl",
        "has 2 articles, the graph 1",
    ),
    "a fact added to the page": (
        edit("index.html", r'"iri":"[^"]*"', '"iri":"https://w3id.org/jiceng/id/honour/x"'),
        "index.html",
        "which the graph does not have",
    ),
    "a count edited": (
        edit("manifest.json", '"Measurement": (\\d+)', '"Measurement": 77'),
        "jiceng.ttl",
        "the manifest says 77",
    ),
    "a file outside named": (
        edit("manifest.json", '"jiceng.ttl":', '"../jiceng.ttl":'),
        "manifest.json",
        "outside the folder",
    ),
    "a file whose name is no UTF-8": (not_unicode, r"texts/\udcff.txt", "belongs to no document"),
    "a name that is no Unicode": (entry("\ud800", "0" * 64), "manifest.json", r"\\ud800: .*can't encode"),
    "a name that no file can have": (entry("a\0b", "0" * 64), "manifest.json", "names what can be no file"),
    "a hash that is a list": (entry("a", ["0"]), "manifest.json", "a: a list in place of text"),
    "a hash that is a huge number": (entry("a", 1 << 70), "manifest.json", "a: a number that is too large"),
    "an IRI that is a list": (
        edit("index.html", r'"iri":"[^"]*"', '"iri":[]'),
        "index.html",
        "its data cannot be read: a list in place of text",
    ),
    "an IRI that is a huge number": (
        edit("index.html", r'"iri":"[^"]*"', f'"iri":{1 << 70}'),
        "index.html",
        "its data cannot be read: a number that is too large",
    ),
    "an IRI that is no Unicode": (
        edit("index.html", r'"iri":"[^"]*"', r'"iri":"\\ud800"'),
        "index.html",
        "its data cannot be read: .*can't encode",
    ),
    "a span without end": (
        edit("articles.jsonl", r'"spans": \[\[\d+, \d+', '"spans": [[0, 1e999'),
        "articles.jsonl",
        "is no article",
    ),
    "a source that is no Unicode": (
        edit("articles.jsonl", r'"source": "[^"]*"', r'"source": "\\ud800"'),
        "articles.jsonl",
        "is no article",
    ),
}


def test_documents_of_one_name_are_whole(tmp_path: Path) -> None:
    """Members of an archive may share theirs."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number, member in enumerate(("甲.txt", "./甲.txt", "../甲.txt", "/甲.txt")):
            archive.writestr(member, TEXT + f"走访{number}6户。\n" * number)
    assert cli.main(["build", str(tmp_path / "a.zip"), "-o", str(tmp_path / "graphs")]) == 0
    records = (tmp_path / "graphs" / "documents.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(record)["name"] for record in records] == ["a.zip/甲.txt"] * 4
    assert check(tmp_path / "graphs").problems == ()


def test_a_build_is_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.endswith("whole: every check holds\n")
    found = check(folder)
    assert found.looked_at["quotes"] > 3
    assert found.looked_at["texts"] == 1


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_and_named(kind: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage, file, said = DAMAGE[kind]
    damage(folder)
    problems = check(folder).problems
    assert any(p.file.startswith(file) and re.search(said, p.message) for p in problems), problems
    assert cli.main(["check", str(folder), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) == len(problems)


@pytest.fixture
def split(folder: Path) -> Path:
    """The same build with a split page."""
    document = folder.parent / "武侯.txt"
    assert cli.main(["build", str(document), "-o", str(folder), "--page", "split"]) == 0
    return folder


def test_a_build_with_a_split_page_is_whole(split: Path) -> None:
    assert check(split).problems == ()


@pytest.mark.parametrize(
    ("damage", "file", "said"),
    [
        (lambda f: (f / "page" / "510107.js").unlink(), "page/510107.js", "is missing"),
        (lambda f: (f / "page" / "other.js").write_text("alert(1)"), "page/other.js", "belongs to no page"),
        (edit("page/510107.js", "measurement/510107", "measurement/510108"), "index.html", "does not show"),
        (edit("page/510107.js", "jicengData", "alert"), "page/510107.js", "no call with a string"),
        (
            edit("page/510107.js", r'iri\\":\\"[^"]*"', r'iri\\":[]'),
            "page/510107.js",
            "a list in place of text",
        ),
    ],
)
def test_damage_to_a_split_page_is_found(
    damage: Callable[[Path], None], file: str, said: str, split: Path
) -> None:
    damage(split)
    problems = check(split).problems
    assert any(p.file == file and said in p.message for p in problems), problems


def test_no_room_for_what_is_looked_up_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*told: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Index, "settle", full)
    with pytest.raises(QueryError, match=r"database or disk is full; .* TMPDIR"):
        check(folder)


def test_a_folder_without_a_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="name the folder of a build"):
        check(tmp_path)


def test_the_built_example_is_whole(root: Path) -> None:
    assert check(root / "graphs").problems == ()
