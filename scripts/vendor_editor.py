"""Put YASGUI, the query editor of `jiceng serve`, into the package: its maintained fork's build, from npm.

    python scripts/vendor_editor.py

Needs npm. The version is pinned here; what is written is committed, so that nobody needs npm to install.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@zazuko/yasgui"
VERSION = "4.6.2"
FILES = ("yasgui.min.js", "yasgui.min.css")
TARGET = Path(__file__).resolve().parents[1] / "src" / "jiceng" / "serve" / "static" / "vendor"


def main() -> int:
    """Fetch and unpack."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as tar:
            for name in FILES:
                member = tar.extractfile(f"package/build/{name}")
                assert member is not None, name
                # No reference to the map, which is not shipped: a browser would ask for it.
                lines = [line for line in member.read().splitlines() if b"sourceMappingURL=" not in line]
                (TARGET / name).write_bytes(b"\n".join(lines) + b"\n")
    (TARGET / "VERSION").write_text(f"{PACKAGE} {VERSION}, MIT, https://github.com/rdfjs/Yasgui\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
