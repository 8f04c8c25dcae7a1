"""Ask what is known of weaknesses in the packages that we lock and ship: pip-audit and npm audit.

    python scripts/audit.py [--pip-audit COMMAND] [--npm COMMAND]

Looked at are requirements-dev.lock, tests/interop/package-lock.json, and the JavaScript builds that
scripts/vendor.py fetches, with all that they depend on. Exits with 1 if anything is known against one of
them. A service that does not answer is no finding and no clean bill either: it is told as UNAVAILABLE, with
exit code 0, or 3 with `--strict`.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vendor import PACKAGES

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Audit:
    """What one audit said: findings, or why there is no answer."""

    of: str
    looked_at: int = 0
    findings: tuple[str, ...] = ()
    unavailable: str = ""


def main() -> int:
    """Run all audits and say what each found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pip-audit", default=f"{sys.executable} -m pip_audit", metavar="COMMAND")
    parser.add_argument("--npm", default="npm", metavar="COMMAND")
    parser.add_argument("--strict", action="store_true", help="3 where a service does not answer")
    options = parser.parse_args()
    npm = shlex.split(options.npm)
    audits = [
        python_packages(shlex.split(options.pip_audit)),
        npm_packages(npm, ROOT / "tests" / "interop", "tests/interop/package-lock.json"),
        shipped_javascript(npm),
    ]
    for audit in audits:
        for finding in audit.findings:
            print(f"{audit.of}: {finding}")
        if audit.unavailable:
            print(f"{audit.of}: UNAVAILABLE, nothing was looked at: {audit.unavailable}")
        elif not audit.findings:
            print(f"{audit.of}: nothing known against {audit.looked_at} packages")
    if any(audit.findings for audit in audits):
        return 1
    return 3 if options.strict and any(audit.unavailable for audit in audits) else 0


def python_packages(command: list[str]) -> Audit:
    """The locked Python packages, by pip-audit."""
    lock = "requirements-dev.lock"
    arguments = ["--format", "json", "--progress-spinner", "off", "--no-deps", "--disable-pip"]
    done = run([*command, *arguments, "--requirement", str(ROOT / lock)], ROOT)
    told = parsed(done)
    if not isinstance(told, dict) or "dependencies" not in told:
        return Audit(lock, unavailable=last_line(done))
    looked_at = [one for one in told["dependencies"] if "skip_reason" not in one]
    skipped = [one for one in told["dependencies"] if "skip_reason" in one]
    if skipped and len(skipped) > len(looked_at):
        return Audit(lock, unavailable=f"{len(skipped)} skipped, the first: {skipped[0]['skip_reason']}")
    findings = [
        f"{one['name']} {one['version']}: {weakness['id']}, "
        f"mended in {', '.join(weakness['fix_versions']) or 'no version'}"
        for one in looked_at
        for weakness in one["vulns"]
    ]
    return Audit(lock, len(looked_at), tuple(findings))


def npm_packages(npm: list[str], folder: Path, of: str) -> Audit:
    """The packages of a package-lock.json, by npm audit."""
    done = run([*npm, "audit", "--json"], folder)
    told = parsed(done)
    if not isinstance(told, dict) or "vulnerabilities" not in told:
        message = told.get("message") if isinstance(told, dict) else None
        return Audit(of, unavailable=str(message or last_line(done)))
    findings = [
        f"{name} {one.get('range', '')}: {one.get('severity', '')}: {titles(one)}"
        for name, one in sorted(told["vulnerabilities"].items())
    ]
    total = told.get("metadata", {}).get("dependencies", {}).get("total", 0)
    return Audit(of, int(total), tuple(findings))


def titles(one: dict[str, Any]) -> str:
    """What is said of a package: the weaknesses' titles, or the packages that it has them from."""
    return "; ".join(via["title"] if isinstance(via, dict) else f"by {via}" for via in one.get("via", []))


def shipped_javascript(npm: list[str]) -> Audit:
    """The builds in the package, by the versions that their dependencies resolve to today."""
    of = "shipped JavaScript"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = {package.name: package.version for package in PACKAGES}
        (folder / "package.json").write_text(json.dumps({"dependencies": wanted}))
        done = run([*npm, "install", "--package-lock-only", "--ignore-scripts", "--no-audit"], folder)
        if not (folder / "package-lock.json").is_file():
            return Audit(of, unavailable=last_line(done))
        return npm_packages(npm, folder, of)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command in a folder, whatever it ends with."""
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def parsed(done: subprocess.CompletedProcess[str]) -> Any:
    """The JSON that was printed, or None."""
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Why there is no answer, as the command said it."""
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else f"exit code {done.returncode}"


if __name__ == "__main__":
    sys.exit(main())
