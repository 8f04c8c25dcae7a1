"""Put what browsers run into the package: builds of maintained JavaScript libraries, from npm.

    python scripts/vendor.py

Needs npm. Versions are pinned here; what is written is committed, so that nobody needs npm to install.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "jiceng"


def unmapped(text: str) -> str:
    """Without its reference to a source map, which is not shipped: a browser would ask for it."""
    lines = [line for line in text.split("\n") if "sourceMappingURL=" not in line]
    return "\n".join(lines).rstrip("\n") + "\n"


def without_styles(text: str) -> str:
    """force-graph without the two style elements that it adds to a document.

    The page's policy forbids them; what they say stands in the page's own style sheet.
    """
    text, found = re.subn(
        r'if\("undefined"!=typeof document\)\{(?=var \w=document\.head\|\|)', "if(!1){", unmapped(text)
    )
    if found != 2:
        raise ValueError(f"force-graph adds {found} styles, 2 were expected: look at its build again")
    return text


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package: the files taken from it, where to, and how each is changed."""

    name: str
    version: str
    files: tuple[str, ...]
    target: Path
    change: Callable[[str], str]
    origin: str


PACKAGES = (
    Package(
        "@zazuko/yasgui",
        "4.6.2",
        ("build/yasgui.min.js", "build/yasgui.min.css"),
        SOURCE / "serve" / "static" / "vendor",
        unmapped,
        "MIT, https://github.com/rdfjs/Yasgui",
    ),
    Package(
        "force-graph",
        "1.52.0",
        ("dist/force-graph.min.js",),
        SOURCE / "page" / "static" / "vendor",
        without_styles,
        "MIT, https://github.com/vasturiano/force-graph",
    ),
)


def fetch(package: Package) -> None:
    """Unpack a package's files into its folder, with a note of where they come from."""
    package.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        name = f"{package.name}@{package.version}"
        subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as tar:
            for file in package.files:
                member = tar.extractfile(f"package/{file}")
                if member is None:
                    raise ValueError(f"{name} holds no {file}")
                text = package.change(member.read().decode("utf-8"))
                (package.target / Path(file).name).write_text(text, encoding="utf-8")
    note = f"{package.name} {package.version}, {package.origin}\n"
    (package.target / "VERSION").write_text(note, encoding="utf-8")


def main() -> int:
    """Fetch all."""
    for package in PACKAGES:
        fetch(package)
    return 0


if __name__ == "__main__":
    sys.exit(main())
