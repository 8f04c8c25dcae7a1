"""Decoding and finding of input files."""

import codecs
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng import manifest, output
from jiceng.errors import ReadError
from jiceng.read import decode, find_inputs, read_source
from jiceng.read.text import BIG5_NEEDS

TEXT = "重庆市渝中区：推行“吹哨报到”机制，\n组建45个网格党支部。ＡＢ１２\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8-mark", "utf-16", "utf-16-be-mark", "utf-16-le", "utf-16-be", "utf-32", "gb18030"],
)
def test_encodings_are_told_apart(data: bytes) -> None:
    assert decode(data, "x.txt") == TEXT


def test_line_ends_and_full_width_characters_stay_so_that_offsets_count_them() -> None:
    assert decode("渝中区\r\n１２个".encode(), "x.txt") == "渝中区\r\n１２个"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty but for white space"),
        (codecs.BOM_UTF8 + "　\n".encode(), "white space"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        ("社区\x00党委".encode(), "line 1: control character U+0000 at offset 2"),
        ("网格\n党\x07支部".encode(), "line 2: control character U+0007 at offset 4"),
        (bytes(range(128, 256)) * 9, "neither UTF-8"),
        (b"\x80" + b"\xd8\x00" * 9, "GB18030 nor Big5 text; if it is text"),  # only UTF-16 breaks off later
        ("网格支部".encode("gb18030") + b"\xff\xff\x81", "read as GB18030 it breaks off at byte 8"),
        ("云岭区把支部建在网格上".encode()[:-1], "byte 30: ends within a character"),
        ("云岭区把支部建在网格上，居民都来说事".encode("gb18030")[:-1], "byte 34: ends within a character"),
        (
            "云岭区的居民都来说事".encode().decode("gb18030", "replace").encode(),
            "read as GB18030 and saved so",
        ),
        ("云岭区的居民都来说事".encode().decode("latin-1").encode(), "LATIN-1"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "with a password, not text; save it as DOCX"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "byte 0: not valid utf-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "not valid utf-16"),
    ],
)
def test_what_is_no_text_is_refused_with_file_and_remedy(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, "折子.txt")
    assert str(caught.value).startswith("折子.txt: ")
    assert said in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_read_error(data: bytes) -> None:
    try:
        text = decode(data, "x")
    except ReadError as error:
        assert str(error).startswith("x: ")
    else:
        assert text.strip()
        text.encode("utf-8")


def test_folders_are_walked_and_names_told_apart(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/1.txt", "b/2.md", "b/picture.png", ".hidden/3.txt", "b/.4.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("文")
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    assert names(tmp_path) == ["2.md", "a/1.txt", "b/1.txt"]
    assert names(tmp_path / "b", tmp_path / "b" / "1.txt") == ["1.txt", "2.md"]
    assert names(tmp_path / "a", tmp_path / "b") == ["2.md", "a/1.txt", "b/1.txt"]
    assert names(tmp_path / "b" / "picture.png") == ["picture.png"]


def names(*sources: Path) -> list[str]:
    found = find_inputs(sources)
    assert not found.failures
    return [i.name for i in found.inputs]


def test_sources_that_cannot_be_read_are_named_and_lose_no_others(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("文")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    found = find_inputs([tmp_path / n for n in ("missing.txt", "x.txt", "empty", "pipe")])
    assert [i.name for i in found.inputs] == ["x.txt"]
    missing, empty, pipe = found.failures
    assert missing.endswith("missing.txt: no such file or folder; check the path")
    assert "empty: holds no file to read" in empty
    assert pipe.endswith("pipe: neither a file nor a folder; save its text to a file first")


def test_folders_that_may_not_be_read_lose_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "x.txt").write_text("文")
    listed = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find_inputs([tmp_path])
    assert [i.name for i in found.inputs] == ["x.txt"]
    assert found.failures == (f"{tmp_path / 'closed'}: may not be read; check its permissions",)


def test_names_that_are_no_text_are_made_text(tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    for name in ("社区.txt".encode("gb18030"), b"\xff.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("文")
    assert names(tmp_path) == ["社区.txt", "\ufffd.txt"]
    assert next(entry.place for entry in find_inputs([tmp_path]).inputs) == f"{folder}/社区.txt"


def test_files_that_are_folders_or_missing_say_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder; name a file in it"):
        read_source(tmp_path)
    with pytest.raises(ReadError, match=r"x\.txt: no such file; check the path"):
        read_source(tmp_path / "x.txt")


def test_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(codecs.BOM_UTF8 + "社区".encode())
    source = read_source(path)
    assert (source.name, source.text) == ("x.txt", "社区")
    assert source.sha256 == "06811c65fed62fc565772696c65f060b2aeb7868c8fd7fc8bc77db0e3d03a933"


TRADITIONAL = (
    "四川省成都市武侯區：黨建引領基層治理。近年來，武侯區推行院落管家服務機制，組建四十八個小區黨支部，"
    "讓居民遇事有人管、說話有人聽。社區黨委每月召開一次議事會，由群眾提出問題，街道和部門當場答覆，"
    "能辦的馬上辦，不能辦的也說明原因。"
)


def test_big5_is_told_from_gb18030_where_there_is_enough_of_it() -> None:
    assert decode(TRADITIONAL.encode("big5"), "x.txt") == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030"), "x.txt") == TRADITIONAL
    assert decode(TRADITIONAL[:20].encode("gb18030"), "x.txt") == TRADITIONAL[:20]


def test_gb18030_that_is_big5_too_stays_gb18030() -> None:
    text = "社区把院子里的旧棚子拆掉，居民一起商量小区的事，村里把空地种上花草，门口的停车位重新画线。" * 3
    data = text.encode("gb18030")
    assert len(data.decode("big5hkscs")) >= BIG5_NEEDS
    assert decode(data, "x.txt") == text


def test_files_of_other_kinds_in_a_folder_are_counted_and_some_are_named(tmp_path: Path) -> None:
    for name in ("a.txt", "旧.doc", "b.png", "c.wps", "d.xlsx", ".hidden.doc", "list.toml"):
        (tmp_path / name).write_text("x")
    found = find_inputs([tmp_path])
    assert [entry.name for entry in found.inputs] == ["a.txt"]
    assert not found.failures
    assert found.notes == (
        f"{tmp_path}: 4 files were passed over, by their endings: b.png, c.wps, d.xlsx and 1 more. Save them "
        "as text, PDF, DOCX or CSV",
    )
    assert find_inputs([tmp_path / "a.txt"]).notes == ()


def test_what_a_build_has_written_is_not_read_as_documents(tmp_path: Path) -> None:
    made = tmp_path / "graphs"
    with output.replacing(made) as staging:
        for name in (*output.BUILD_FILES, "texts/0.txt", "page/0.html"):
            staging.write(name, [b"{}"])
        files = sorted((name, sha256) for name, (sha256, _) in staging.written.items())
        staging.write(manifest.NAME, manifest.manifest(files, "", {}))
    only = find_inputs([tmp_path])
    assert only.failures == (
        f"{tmp_path}: holds nothing but what a build has written; name the files themselves",
    )
    (tmp_path / "a.txt").write_text("文")
    (made / "b.txt").write_text("文")  # somebody's own
    found = find_inputs([tmp_path])
    assert [entry.name for entry in found.inputs] == ["a.txt", "b.txt"]
    assert found.notes == (f"{made}: is a build; its own files are not read",)
    assert names(made / "texts") == ["0.txt"]  # who names them has them


def packed(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


def test_members_of_archives_that_are_not_read_are_counted_with_the_others_of_the_folder(
    tmp_path: Path,
) -> None:
    made = packed(
        tmp_path / "材料.zip",
        "a.txt",
        "旧/总结.doc",
        "图.PNG",
        ".b.doc",
        "__MACOSX/a.doc",
        "c.toml",
        "图.doc/",
    )
    remedy = "Save them as text, PDF, DOCX or CSV"
    found = find_inputs([made])
    assert (len(found.inputs), found.failures) == (1, ())
    assert found.notes == (
        f"{made}: 2 files were passed over, by their endings: 图.PNG, 旧/总结.doc. {remedy}",
    )
    (tmp_path / "表.xlsx").write_text("x")
    assert find_inputs([tmp_path]).notes == (
        f"{tmp_path}: 3 files were passed over, by their endings: 材料.zip/图.PNG, 材料.zip/旧/总结.doc, "
        f"表.xlsx. {remedy}",
    )


def test_of_archives_that_fail_when_they_are_read_no_note_is_made(tmp_path: Path) -> None:
    packed(tmp_path / "none.zip", "a.doc")
    whole = packed(tmp_path / "whole.zip", "a.txt", "a.doc").read_bytes()
    (tmp_path / "broken.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "whole.zip").unlink()
    found = find_inputs([tmp_path])
    assert [entry.name for entry in found.inputs] == ["broken.zip", "none.zip"]
    assert (found.failures, found.notes) == ((), ())
