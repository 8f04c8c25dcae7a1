"""A catalogue that is not as a build writes it: the message names file, line, field and remedy."""

import json
from pathlib import Path

import pytest

from jiceng.errors import QueryError
from jiceng.store import withdrawal

GOOD = {"name": "武侯.txt", "sha256": "0" * 64}
DAMAGED = {
    "no object": ([], "an object with name and sha256 is needed"),
    "a number": (7, "an object with name and sha256 is needed"),
    "no name": ({"sha256": "0" * 64}, "name must be text"),
    "a name that is none": (GOOD | {"name": ["武侯"]}, "name must be text"),
    "half a character": (GOOD | {"name": "\ud800"}, "'utf-8' codec can't encode"),
    "half a character of an origin": (GOOD | {"origin": {"url": "\ud800"}}, "'utf-8' codec can't encode"),
    "no hash": ({"name": "武侯.txt"}, "sha256 must be 64"),
    "a hash that is none": (GOOD | {"sha256": 5}, "sha256 must be 64"),
    "an origin that is text": (GOOD | {"origin": "pages.csv"}, "origin must be an object of texts"),
    "an origin of numbers": (GOOD | {"origin": {"title": 5}}, "origin must be an object of texts"),
    "an unknown field": (
        GOOD | {"origin": {"colour": "red"}},
        "origin has a field that there is not: colour",
    ),
    "a file's hash": (GOOD | {"origin": {"sha256": "../x"}}, "the sha256 of origin must be 64"),
    "a day that is none": (GOOD | {"origin": {"published": "去年"}}, "the published of origin must be a day"),
    "others that are one": (GOOD | {"also": {"name": "a"}}, "also must be a list of objects"),
    "others that are texts": (GOOD | {"also": ["a.txt"]}, "also must be a list of objects"),
    "another without a name": (GOOD | {"also": [{"origin": {}}]}, "name must be text"),
}


def said_of(folder: Path, line: bytes) -> str:
    (folder / "documents.jsonl").write_bytes(json.dumps(GOOD).encode() + b"\n" + line + b"\n")
    with pytest.raises(QueryError) as raised:
        withdrawal.rest(folder, ["武侯.txt"])
    return str(raised.value)


@pytest.mark.parametrize("name", DAMAGED)
def test_a_field_that_is_wrong_is_told(tmp_path: Path, name: str) -> None:
    value, told = DAMAGED[name]
    assert said_of(tmp_path, json.dumps(value).encode()).startswith(
        f"{tmp_path / 'documents.jsonl'}:2: is no document: {told}"
    )


@pytest.mark.parametrize("line", [b"{", b"", b"\xff", b'"\\ud800', b"[" * 100_000])
def test_a_line_that_is_no_json_is_told(tmp_path: Path, line: bytes) -> None:
    said = said_of(tmp_path, line)
    assert said.startswith(f"{tmp_path / 'documents.jsonl'}:2: is no document: ")
    assert said.endswith("; build the folder anew from its documents")


def test_what_builds_write_is_read(tmp_path: Path) -> None:
    also = [{"name": "b.csv#2", "origin": {"name": "b.csv", "sha256": "1" * 64, "published": "2024-01-31"}}]
    lines = [
        GOOD | {"also": also},
        {"name": "云岩.txt", "sha256": "2" * 64, "origin": {"title": "夜谈", "published": "2024-01"}},
    ]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (tmp_path / "documents.jsonl").write_text(text, "utf-8")
    assert [kept.name for kept in withdrawal.rest(tmp_path, ["云岩.txt"])] == ["b.csv#2", "武侯.txt"]
