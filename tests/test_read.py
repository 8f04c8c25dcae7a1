"""Decoding and finding of input files."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.errors import ReadError
from jiceng.read import decode, find_inputs, read_source

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
        (b" \n\t", "empty"),
        (codecs.BOM_UTF8 + "　\n".encode(), "white space"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        ("社区\x00党委".encode(), "line 1: control character U+0000 at offset 2"),
        ("网格\n党\x07支部".encode(), "line 2: control character U+0007 at offset 4"),
        (bytes(range(128, 256)) * 9, "neither UTF-8"),
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
    assert [i.name for i in find_inputs([tmp_path])] == ["2.md", "a/1.txt", "b/1.txt"]
    assert [i.name for i in find_inputs([tmp_path / "b", tmp_path / "b" / "1.txt"])] == ["1.txt", "2.md"]
    assert [i.name for i in find_inputs([tmp_path / "b" / "picture.png"])] == ["picture.png"]


def test_sources_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.txt: no such file"):
        find_inputs([tmp_path / "missing.txt"])
    with pytest.raises(ReadError, match="holds no text file"):
        find_inputs([tmp_path])


def test_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(codecs.BOM_UTF8 + "社区".encode())
    source = read_source(path)
    assert (source.name, source.text) == ("x.txt", "社区")
    assert source.sha256 == "06811c65fed62fc565772696c65f060b2aeb7868c8fd7fc8bc77db0e3d03a933"
