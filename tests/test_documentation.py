"""READMEs and chapters in docs/: links, commands and paths are real ones, both languages are parallel."""

import argparse
import ast
import re
import shlex
import textwrap
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from jiceng.cli.arguments import parser

ROOT = Path(__file__).parents[1]
ENGLISH = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
    if not path.name.endswith(".zh-CN.md")
)
CHINESE = [name.removesuffix(".md") + ".zh-CN.md" for name in ENGLISH]
DOCUMENTS = ENGLISH + CHINESE
PAIRS = list(zip(ENGLISH, CHINESE, strict=True))
FENCE = re.compile(r"^([ ]*)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
OURS = re.compile(r"(?<![\w/.-])(?:\.ci|docs|ontology|scripts|seeds|src|tests)/[\w./-]*\w")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def prose(name: str) -> str:
    """A document without its fenced blocks."""
    return FENCE.sub("", text_of(name))


def fences(name: str) -> list[tuple[str, str]]:
    """Language and content of each fenced block."""
    return [(m[2], textwrap.dedent(m[1] + m[3].removeprefix(m[1]))) for m in FENCE.finditer(text_of(name))]


def shell(name: str) -> list[str]:
    """Commands that the document tells to type: of console blocks, and of blocks of nothing else."""
    blocks = fences(name)
    typed = [
        line[2:]
        for kind, block in blocks
        if kind == "console"
        for line in block.splitlines()
        if line[:2] == "$ "
    ]
    plain = [line for kind, block in blocks if kind in ("", "sh") for line in block.splitlines()]
    return typed + [line for line in plain if re.match(r"(jiceng|isql-vt|python3?|\.venv/\S+) ", line)]


def anchors(name: str) -> set[str]:
    """What GitHub calls headings: lower case, no punctuation, hyphens for spaces, numbered if equal."""
    seen: Counter[str] = Counter()
    found = set()
    for match in HEADING.finditer(prose(name)):
        slug = re.sub(r"[^\w\- ]", "", match[2].strip().lower()).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def links(name: str) -> list[str]:
    return [target for target in LINK.findall(prose(name)) if not target.startswith(("http:", "https:"))]


def resolved(name: str, target: str) -> str:
    """The file that a link of a document leads to, from the project's root; without one, the document."""
    path = target.partition("#")[0]
    return str(((ROOT / name).parent / path).resolve().relative_to(ROOT.resolve())) if path else name


def test_every_chapter_is_there_in_both_languages() -> None:
    written = {str(path.relative_to(ROOT)) for path in (*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"))}
    assert written == set(DOCUMENTS)
    assert len(ENGLISH) > 5


@pytest.mark.parametrize("names", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_the_readme_leads_to_every_chapter(names: list[str]) -> None:
    readme = next(name for name in names if name.startswith("README"))
    led = {resolved(readme, target) for target in links(readme)}
    assert set(names) - {readme} <= led
    assert all(
        readme in {resolved(name, target) for target in links(name)} for name in names if name != readme
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for target in links(name):
        path, anchor = resolved(name, target), target.partition("#")[2]
        assert (ROOT / path).exists(), target
        assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_links_stay_in_their_language(english: str, chinese: str) -> None:
    """But for the one to the same document in the other language, which stands above all others."""
    for name, other in ((english, chinese), (chinese, english)):
        first, *rest = [resolved(name, target) for target in links(name)]
        assert first == other
        assert not set(rest) & set(CHINESE if name in ENGLISH else ENGLISH)


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_are_parallel(english: str, chinese: str) -> None:
    def outline(name: str) -> list[int]:
        return [len(match[1]) for match in HEADING.finditer(prose(name))]

    def led(name: str) -> Counter[str]:
        return Counter(resolved(name, target).replace(".zh-CN.md", ".md") for target in links(name))

    assert outline(english) == outline(chinese)
    assert [kind for kind, _ in fences(english)] == [kind for kind, _ in fences(chinese)]
    assert [block for kind, block in fences(english) if kind == "console"] == [
        block for kind, block in fences(chinese) if kind == "console"
    ]
    assert tables(english) == tables(chinese)
    assert led(english) == led(chinese)


def tables(name: str) -> list[list[list[str]]]:
    """Of each table each row: the figures of cells in columns aligned to the right, nothing of others."""
    found: list[list[list[str]]] = []
    aligned: list[bool] = []
    inside = False
    for line in prose(name).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] if line.startswith("|") else []
        if cells and not inside:
            found.append([])
        elif cells and not found[-1]:
            aligned = [cell.endswith(":") for cell in cells]
            found[-1].append([])
        elif cells:
            assert len(cells) == len(aligned), line
            found[-1].append(
                [
                    " ".join(re.findall(r"\d[\d.,]*", cell)) if right else ""
                    for cell, right in zip(cells, aligned, strict=True)
                ]
            )
        inside = bool(cells)
    return found


FIGURE = re.compile(r"(?<![\w./-])(\d+(?:,\d{3})*(?:\.\d+)?)(?: ?(万|百万|亿|million|billion)(?![a-z]))?")
SCALE = {"": 1, "万": 10**4, "百万": 10**6, "million": 10**6, "亿": 10**8, "billion": 10**9}


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_tell_the_same_figures(english: str, chinese: str) -> None:
    """But for whole numbers below ten, which are often words."""

    def figures(name: str) -> set[float]:
        found = FIGURE.findall(LINK.sub("", prose(name)))
        values = {
            (number, round(float(number.replace(",", "")) * SCALE[scale], 6)) for number, scale in found
        }
        return {value for number, value in values if value >= 10 or "." in number}

    assert figures(english) == figures(chinese)


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_are_ones_that_there_are(name: str) -> None:
    """Options too; where words stand for what a user would put there, nothing else can be known."""
    known = commands()
    told = [code for code in INLINE.findall(prose(name)) if code.startswith("jiceng ")]
    for code in told + [line for line in shell(name) if line.startswith("jiceng ")]:
        command = code.split()[1]
        if command in ("COMMAND", "命令", "--help"):
            continue
        assert command in known, code
        options = set(OPTION.findall(re.sub(r"'[^']*'|\"[^\"]*\"|\|.*| #.*", "", code)))
        assert options <= known[command]._option_string_actions.keys(), code


@pytest.mark.parametrize("name", DOCUMENTS)
def test_options_alone_are_of_some_command(name: str) -> None:
    known = {option for command in commands().values() for option in command._option_string_actions}
    told = {code.split()[0] for code in INLINE.findall(prose(name)) if code.startswith("-") and code != "-"}
    assert told <= known


@pytest.mark.parametrize("name", DOCUMENTS)
def test_extras_are_declared(name: str) -> None:
    declared = tomllib.loads(text_of("pyproject.toml"))["project"]["optional-dependencies"]
    told = {
        extra for extras in re.findall(r"jiceng\[([\w,]+)\]", text_of(name)) for extra in extras.split(",")
    }
    assert told <= declared.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_to_be_typed_is_understood(name: str) -> None:
    for line in shell(name):
        words = shlex.split(re.sub(r"\s\|.*|\s2>&1|\s[<>].*", "", line), comments=True)
        if words[0] == "jiceng":
            parser().parse_args(words[1:])


@pytest.mark.parametrize("name", ["docs/commands.md", "docs/commands.zh-CN.md"])
def test_the_table_of_commands_is_whole(name: str) -> None:
    listed = re.findall(r"^\| `jiceng (\w+)", text_of(name), re.MULTILINE)
    assert sorted(listed) == sorted(commands())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_of_ours_exist(name: str) -> None:
    told = [*INLINE.findall(prose(name)), *shell(name)]
    assert not [path for code in told for path in OURS.findall(code) if not (ROOT / path).exists()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_scripts_know_their_options(name: str) -> None:
    for code in [*INLINE.findall(prose(name)), *shell(name)]:
        if match := re.search(r"(?:^|python )((?:scripts|tests)/\S+\.py)\b([^|;]*)", code):
            source = text_of(match[1])
            assert all(f'"{option}"' in source for option in OPTION.findall(match[2])), code


@pytest.mark.parametrize("name", DOCUMENTS)
def test_python_is_python(name: str) -> None:
    for kind, block in fences(name):
        if kind == "python":
            ast.parse(block)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_map_of_the_code_names_every_part(name: str) -> None:
    (tree,) = (block for _, block in fences(name) if "src/jiceng/" in block)
    words = set(re.findall(r"[\w.]+/?", tree))
    parts = {f"{p.name}/" if p.is_dir() else p.name for p in (ROOT / "src" / "jiceng").iterdir()}
    shown = {part for part in parts if not part.startswith("_") and re.search(r"/$|\.py$", part)}
    assert shown - words == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_left_to_fill_in(name: str) -> None:
    assert not re.search(r"@[A-Z]+@|\bTODO\b|\bFIXME\b|\bINTRO\b", text_of(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_terms_of_the_ontology_are_there(name: str) -> None:
    known = set(re.findall(r"^jc:(\w+)", (ROOT / "ontology/jiceng.ttl").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bjc:(\w+)", text_of(name))) <= known
