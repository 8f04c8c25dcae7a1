"""What the command line says when it is used wrongly: what is wrong, where, and what to do."""

import json
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jiceng import cli


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["biuld", "a.txt"], "jiceng: error: no command biuld; near it: build; `jiceng --help` lists all"),
        (["qqqq"], "jiceng: error: no command qqqq; `jiceng --help` lists all"),
        (["build", "a.txt", "--outptu", "x"], "jiceng build: error: no option --outptu; near it: --output;"),
        (["query", "--lst=1"], "no option --lst; near it: --list"),
        (
            ["retract", "a.txt", "-x", "graphs"],
            "jiceng retract: error: no option -x; `jiceng retract --help`",
        ),
        (["check", "我的", "图谱"], "jiceng check: error: 图谱: one argument too many; a name with spaces"),
    ],
)
def test_unknown_words_are_told_by_their_command_with_near_ones(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("below", [".", "folder"])
@pytest.mark.parametrize("command", [["export", "csv"], ["report"]])
def test_a_file_in_the_place_of_a_folder_is_named_with_the_remedy(
    command: list[str], below: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    place = file / below
    assert cli.main([*command, "-g", str(root / "tests/ask/graph.ttl"), "-o", str(place)]) == 2
    assert f"{place}: is a file, or lies below one; name a folder with -o" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_a_folder_in_the_place_of_a_district_is_named_with_the_option(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["compare", "武侯区", "../graphs", "-g", str(root / "tests/ask/graph.ttl")]) == 2
    assert "../graphs: is no district; a graph is named by -g ../graphs" in capsys.readouterr().err


def test_an_export_of_nothing_makes_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "csv", "-g", str(tmp_path / "none"), "-o", str(tmp_path / "out")]) == 2
    assert f"{tmp_path / 'none'}: is not there" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_named_question_that_is_not_there_names_near_ones_and_the_list(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["query", "tier", "-g", str(root / "tests/ask/graph.ttl")]) == 2
    told = capsys.readouterr().err
    assert "no question has this name; near it: tiers" in told
    assert "all: `jiceng query --list`" in told
    assert cli.main(["query", "zzz", "-g", str(root / "tests/ask/graph.ttl")]) == 2
    assert "no question has this name; all: `jiceng query --list`" in capsys.readouterr().err


def test_serving_says_where_only_once_it_can(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["serve", str(tmp_path / "nowhere")]) == 2
    assert "serving " not in capsys.readouterr().err
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert cli.main(["serve", str(root / "tests/ask/graph.ttl"), "--port", port]) == 2
    told = capsys.readouterr().err
    assert f"127.0.0.1:{port}: cannot be served at: Address already in use; name another port" in told
    assert "serving " not in told


def test_a_graph_that_is_named_without_its_option_is_told_the_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["query", "tiers", str(tmp_path)], ["ask", "有哪些区？", str(tmp_path)]):
        with pytest.raises(SystemExit):
            cli.main(arguments)
        assert f"one argument too many; a graph is named by -g {tmp_path}" in capsys.readouterr().err


@pytest.mark.parametrize(("said", "meant"), [("xlsx", "csv"), ("jsonld", "json-ld"), ("TTL", "turtle")])
def test_other_names_of_formats_lead_to_ours(
    said: str, meant: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", said, "-g", str(root / "tests/ask/graph.ttl")]) == 2
    assert f"{said}: no such format; {meant} is meant for that: " in capsys.readouterr().err


def test_serving_names_the_addresses(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiceng import serve

    monkeypatch.setattr(serve, "serve", lambda *_, ready: ready())
    assert cli.main(["serve", str(root / "tests/ask/graph.ttl"), "--port", "8181"]) == 0
    told = capsys.readouterr().err
    assert "SPARQL: http://127.0.0.1:8181/sparql" in told
    assert "editor: http://127.0.0.1:8181/editor/" in told


def test_an_address_of_colons_stands_in_brackets(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiceng import serve

    monkeypatch.setattr(serve, "serve", lambda *_, ready: ready())
    assert cli.main(["serve", str(root / "tests/ask/graph.ttl"), "--host", "::1", "--port", "8181"]) == 0
    assert " at http://[::1]:8181/ " in capsys.readouterr().err


def test_a_token_is_read_as_utf_8_with_a_mark_or_without(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jiceng import serve

    given: list[object] = []
    monkeypatch.setattr(serve, "serve", lambda *told, ready: given.append(told[-1]))
    command = ["serve", str(root / "tests/ask/graph.ttl"), "--token-file", str(tmp_path / "token")]
    (tmp_path / "token").write_text("word\n", "utf-8-sig")
    assert cli.main(command) == 0
    assert given == ["word"]
    (tmp_path / "token").write_text("word", "utf-16")
    assert cli.main(command) == 2
    assert f"{tmp_path / 'token'}: is not UTF-8: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        (option, value, told)
        for option, values, told in (
            ("--timeout", ("inf", "nan", "-1", "1e300", "soon"), "is no number of seconds from 0 to"),
            ("--port", ("0", "65536", "-1", "http"), "is no port from 1 to 65535"),
        )
        for value in values
    ],
)
def test_numbers_that_no_system_takes_are_refused(
    option: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["serve", f"{option}={value}"])
    assert f"argument {option}: '{value}' {told}" in capsys.readouterr().err


@pytest.mark.parametrize("closed", ["<&- >&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("command", "code"), [("query --list", 0), ("query", 2), ("build -", 2)])
def test_streams_that_are_closed_are_none(command: str, code: int, closed: str) -> None:
    line = f"{shlex.quote(sys.executable)} -m jiceng {command} {closed}"
    done = subprocess.run(["sh", "-c", line], input=b"", capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_notes_that_say_the_same_of_many_documents_are_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("四川省成都市武侯区：院落里的新办法\n武侯区建成网格党支部86个。", "utf-8")
    for number in range(30):
        (folder / f"b{number:02}.txt").write_text(f"第{number}篇没有地名的文章。", "utf-8")
    assert cli.main(["build", str(folder), "-o", str(tmp_path / "out")]) == 0
    notes = [line for line in capsys.readouterr().err.splitlines() if line.startswith("note: ")]
    assert [note.partition(": no division")[0] for note in notes[:3]] == [
        f"note: b0{n}.txt" for n in range(3)
    ]
    (last,) = notes[3:]
    assert last.startswith("note: b03.txt, b04.txt, ")
    assert "b22.txt and 7 more (--json names all): no division could be told" in last
    assert cli.main(["build", str(folder), "-o", str(tmp_path / "out"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["warnings"]) == 30
