"""Which files are to be read: those named, and those in folders that are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jiceng.read.text import unreadable

_TEXTS = (".txt", ".text", ".md", ".pdf", ".docx", ".html", ".htm", ".xhtml")
MANY = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".zip")
"""Of files that hold many documents."""
SUFFIXES = frozenset(_TEXTS + MANY)
"""File name endings that are read when a folder is given; a file that is named itself may have any."""

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name that it goes by in the graph."""

    path: Path
    name: str
    data: bytes | None = None  # of what is no file: standard input


@dataclass(frozen=True, slots=True)
class Found:
    """The files of the given sources; `failures` are messages on what could not be looked into."""

    inputs: tuple[Input, ...]
    failures: tuple[str, ...] = ()


def find_inputs(sources: Iterable[Path]) -> Found:
    """The files of the given files and folders (walked, hidden entries and links to folders left out).

    `-` is standard input.

    Sorted by name, each file once. A file goes by its base name; those that share it go by as many of the
    folders above them as tell them apart.
    """
    files: dict[Path, None] = {}
    failures: list[str] = []
    piped: list[Input] = []
    for source in sources:
        if source == STANDARD_INPUT:
            piped = [Input(source, "stdin", sys.stdin.buffer.read())]
            continue
        try:
            if source.is_dir():
                inside = list(_walk(source, failures))
                if not inside:
                    endings = ", ".join(sorted(SUFFIXES))
                    failures.append(f"{source}: holds no file to read ({endings}); name the files themselves")
                files.update(dict.fromkeys(path.resolve() for path in inside))
            elif source.is_file():
                files[source.resolve()] = None
            elif source.exists():
                failures.append(f"{source}: neither a file nor a folder; save its text to a file first")
            else:
                failures.append(f"{source}: no such file or folder; check the path")
        except OSError as error:
            failures.append(unreadable(source, error))
    inputs = [*piped, *(Input(path, name) for path, name in _names(files))]
    return Found(tuple(sorted(inputs, key=lambda i: (i.name, str(i.path)))), tuple(failures))


def _names(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each path with its shortest tail that no other of the paths ends in."""
    by_name: dict[str, list[Path]] = {}
    for path in paths:
        by_name.setdefault(path.name, []).append(path)
    for group in by_name.values():
        for path in group:
            parts = 1
            while any(other.parts[-parts:] == path.parts[-parts:] for other in group if other != path):
                parts += 1
            name = "/".join(path.parts[-parts:])
            # Names in other encodings than the system's have bytes that no RDF literal can hold.
            yield path, os.fsencode(name).decode("utf-8", "replace")


def _walk(folder: Path, failures: list[str]) -> Iterator[Path]:
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if path.is_dir():
                if not path.is_symlink():
                    yield from _walk(path, failures)
            elif path.suffix.lower() in SUFFIXES and path.is_file():
                yield path
    except OSError as error:
        failures.append(unreadable(folder, error))
