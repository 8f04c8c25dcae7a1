"""The manifest, the files that it names, and the texts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from jiceng import manifest
from jiceng.check.index import Index
from jiceng.check.problems import Problem
from jiceng.output import TEXTS
from jiceng.page.division import FOLDER as PAGE


def manifest_problems(folder: Path, index: Index) -> tuple[dict[str, int], list[Problem]]:
    """What the manifest counts, and what is wrong with it or the files; puts these into the index."""
    try:
        with manifest.opened(folder / manifest.NAME) as (head, entries):
            for name, sha in entries:
                try:
                    index.put("listed", name, sha)
                except ValueError as error:
                    raise ValueError(f"{name[:80]}: {error}") from error
    except FileNotFoundError:
        return {}, [Problem(manifest.NAME, "is missing; nothing tells which files belong to the build")]
    except (OSError, ValueError, RecursionError) as error:
        index.clear("listed")
        return {}, [Problem(manifest.NAME, f"cannot be read: {error}")]
    index.settle()
    problems = list(_changed(folder, index))
    if index.count("listed"):
        problems += [*_strays(folder, TEXTS, "document", index), *_strays(folder, PAGE, "page", index)]
    return head["counts"], problems


def _changed(folder: Path, index: Index) -> Iterator[Problem]:
    for name, expected in index.rows("select name, sha from listed order by name"):
        if Path(name).is_absolute() or ".." in Path(name).parts:
            yield Problem(manifest.NAME, f"names a file outside the folder: {name}")
            continue
        try:
            with (folder / name).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            yield Problem(name, "is missing")
            continue
        except OSError as error:
            yield Problem(name, f"cannot be read: {error.strerror or error}")
            continue
        except ValueError as error:  # a name with a NUL
            yield Problem(manifest.NAME, f"names what can be no file: {name!r}: {error}")
            continue
        if found != expected:
            yield Problem(name, "differs from what was built: its SHA-256 is not the manifest's")


def _strays(folder: Path, place: str, whose: str, index: Index) -> list[Problem]:
    if not (folder / place).is_dir():
        return []
    with os.scandir(folder / place) as entries:
        found = [
            name
            for name in (f"{place}/{entry.name}" for entry in entries)
            if not _is_unicode(name) or not index.rows("select 1 from listed where name = ?", name).fetchone()
        ]
    return [Problem(name, f"belongs to no {whose} of the build") for name in sorted(found)]


def _is_unicode(name: str) -> bool:
    """Whether a file's name is text: one of other bytes stands in no manifest."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def texts(folder: Path, index: Index) -> tuple[int, list[Problem]]:
    """How many kept texts can be read, and which cannot; puts their lengths into the index."""
    problems = []
    number = 0
    place = folder / TEXTS
    if place.is_dir():
        with os.scandir(place) as entries:
            for entry in entries:
                if not entry.name.endswith(".txt"):
                    continue
                try:
                    length = len(Path(entry.path).read_bytes().decode("utf-8"))
                    index.put("text", entry.name.removesuffix(".txt"), length)
                except (OSError, ValueError) as error:  # of the text, or of its name
                    problems.append(Problem(f"{TEXTS}/{entry.name}", f"cannot be read: {error}"))
                else:
                    number += 1
    index.settle()
    return number, sorted(problems, key=lambda problem: problem.file)
