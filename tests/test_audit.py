"""The audit of packages: a finding fails it, silence of a service is told and never taken for clean."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

CLEAN = {"dependencies": [{"name": "jieba", "version": "0.42.1", "vulns": []}]}
FOUND = {
    "dependencies": [
        {"name": "jieba", "version": "0.42.1", "vulns": [{"id": "PYSEC-2099-1", "fix_versions": ["0.43"]}]},
        {"name": "tqdm", "version": "4.70.1", "vulns": []},
    ]
}
SILENT = {"dependencies": [{"name": "jieba", "skip_reason": "Dependency not found on PyPI"}]}
NPM_CLEAN = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 7}}}
NPM_FOUND = {
    "vulnerabilities": {"n3": {"range": "<9", "severity": "high", "via": [{"title": "reads too much"}]}},
    "metadata": {"dependencies": {"total": 7}},
}


def audited(root: Path, folder: Path, pip: object, npm: object, *options: str) -> tuple[int, str]:
    """The audit with commands that print what the real ones would."""
    commands = []
    for name, told in (("pip", pip), ("npm", npm)):
        script = folder / f"{name}.py"
        script.write_text(
            "import sys, pathlib\n"
            "if 'install' in sys.argv: pathlib.Path('package-lock.json').write_text('{}')\n"
            f"print({told if isinstance(told, str) else json.dumps(told)!r})\n"
        )
        commands.append(f"{sys.executable} {script}")
    command = [sys.executable, str(root / "scripts" / "audit.py"), "--pip-audit", commands[0]]
    done = subprocess.run([*command, "--npm", commands[1], *options], capture_output=True, text=True)
    assert not done.stderr
    return done.returncode, done.stdout


def test_clean_is_clean(root: Path, tmp_path: Path) -> None:
    code, said = audited(root, tmp_path, CLEAN, NPM_CLEAN, "--strict")
    assert code == 0
    assert "requirements-dev.lock: nothing known against 1 packages" in said
    assert "tests/interop/package-lock.json: nothing known against 7 packages" in said
    assert "shipped JavaScript: nothing known against 7 packages" in said


def test_findings_fail_and_are_named(root: Path, tmp_path: Path) -> None:
    code, said = audited(root, tmp_path, FOUND, NPM_CLEAN)
    assert code == 1
    assert "jieba 0.42.1: PYSEC-2099-1, mended in 0.43" in said
    code, said = audited(root, tmp_path, CLEAN, NPM_FOUND)
    assert code == 1
    assert "n3 <9: high: reads too much" in said
    assert audited(root, tmp_path, FOUND, {"message": "405"})[0] == 1


def test_a_service_that_does_not_answer_is_told(root: Path, tmp_path: Path) -> None:
    for pip, npm in ((SILENT, NPM_CLEAN), ("'no connection'", {"message": "405 Method Not Allowed"})):
        code, said = audited(root, tmp_path, pip, npm)
        assert code == 0
        assert "requirements-dev.lock: UNAVAILABLE, nothing was looked at" in said
        assert audited(root, tmp_path, pip, npm, "--strict")[0] == 3
    assert "405 Method Not Allowed" in said


@pytest.fixture
def registry() -> Iterator[str]:
    """A registry that knows something against n3, as npm asks for it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            advisory = {
                "id": 1,
                "url": "https://example.org/1",
                "title": "reads too much",
                "severity": "high",
                "vulnerable_versions": "<99",
                "cwe": [],
                "cvss": {"score": 9, "vectorString": None},
            }
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"n3": [advisory]}).encode())

        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_npm_itself_is_understood(root: Path, tmp_path: Path, registry: str) -> None:
    if not shutil.which("npm"):
        pytest.skip("needs npm (apt install npm)")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / "tests" / "interop" / name, tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import audit, pathlib;"
        "found = audit.npm_packages(['npm', '--registry', sys.argv[2]], pathlib.Path('.'), 'x');"
        "print(found.findings, found.unavailable)"
    )
    command = [sys.executable, "-c", program, str(root / "scripts"), registry]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "high: reads too much" in done.stdout
    assert "n3" in done.stdout
