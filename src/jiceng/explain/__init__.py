"""Why a fact is in the graph: its sentence, the rule with its data, and what was rejected beside it.

The graph says which rule found a fact and where. All else is told by reading the source again with the
present rules, which is a pure function of its text: nothing is guessed, and where the text is not there, or
no longer gives the fact, that is said. Where no file has that text (it was taken out of a PDF file or a row
of a table, or the file is elsewhere), the one that the build has kept is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jiceng import read
from jiceng.explain.account import Account, Explanation, Place
from jiceng.explain.recorded import Recorded, kept, locate, look_up
from jiceng.explain.render import render, to_json
from jiceng.model import Source

__all__ = ["Account", "Explanation", "Place", "explain", "render", "to_json"]


def explain(folder: Path, name: str, sources: Sequence[Path] = ()) -> Explanation:
    """Explain one fact of a built folder.

    `name` is an IRI, whole or with a prefix as `jiceng query` prints it (`measurement:350212/…`). `sources`
    are files or folders in which the documents are looked for, by name and SHA-256; without any, the present
    folder and the folders in it. Behind them the texts count that the build has kept. Raises QueryError if
    the graph has no such fact; near names are told.
    """
    recorded = look_up(folder, name)
    found = {e.sha256: locate(e, sources) or kept(folder, e) for e in recorded.places}
    accounts, notes = _accounts(recorded, {sha: path for sha, path in found.items() if path})
    names = {e.sha256: e.source for e in recorded.places}
    notes += [
        f"{names[sha]}: no file with its SHA-256 {sha[:12]}… is found, so that sentence, words, joins and "
        "rejected readings can't be shown; name its folder with --sources"
        for sha, path in found.items()
        if path is None
    ]
    return Explanation(recorded, tuple(accounts), tuple(notes))


def _accounts(recorded: Recorded, paths: dict[str, Path]) -> tuple[list[Account], list[str]]:
    from jiceng.explain import again  # reads with all vocabularies: only where there is something to read

    if not paths:
        return [], []
    tools = again.rereader()
    accounts: list[Account] = []
    notes: list[str] = []
    for _, path in sorted(paths.items(), key=lambda item: str(item[1])):
        told = tools.accounts(_source(path, recorded), path, recorded.iri)
        accounts += told
        if not told:
            notes.append(
                f"{path}: read again with the present rules it does not give this fact; the graph was built "
                "by another version, or from another choice of files: build it again"
            )
    return accounts, notes


def _source(path: Path, recorded: Recorded) -> Source:
    """The document at a path: a kept text goes by its hash, and is named as the graph names it."""
    for evidence in recorded.places:
        if path.name == f"{evidence.sha256}.txt":
            return Source(evidence.source, evidence.sha256, path.read_bytes().decode("utf-8"))
    return read.read_source(path)
