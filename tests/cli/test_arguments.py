"""How the commands are called: a built graph is named by -g wherever one is read."""

from pathlib import Path

import pytest

from jiceng.cli.arguments import parser

GRAPHS, OTHER = Path("graphs"), Path("other")


@pytest.mark.parametrize(
    "command", [["check"], ["serve"], ["explain", "honour:510107/x"]], ids=lambda command: command[0]
)
def test_a_built_graph_stands_by_itself_or_behind_g(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, *rest = command
    assert parser().parse_args(command).graph == GRAPHS
    for given in ([*command, "other"], [first, "-g", "other", *rest], [*command, "--graph", "other"]):
        assert parser().parse_args(given).graph == OTHER, given
    with pytest.raises(SystemExit):
        parser().parse_args([*command, "other", "-g", "another"])
    assert "not allowed with" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["-o", "--output", "-g", "--graph"])
def test_the_build_that_loses_documents_is_named_as_others_are(name: str) -> None:
    options = parser().parse_args(["retract", "甲.txt", name, "other"])
    assert (options.output, options.names) == (OTHER, ["甲.txt"])
    assert parser().parse_args(["retract", "甲.txt"]).output == GRAPHS


@pytest.mark.parametrize(
    "command",
    [["query"], ["ask", "?"], ["export"], ["publish"], ["compare", "甲", "乙"], ["report"]],
    ids=lambda command: command[0],
)
def test_other_commands_that_read_a_build_take_g(command: list[str]) -> None:
    assert Path(parser().parse_args([*command, "-g", "other"]).graph) == OTHER
