"""Write the named questions' answers on `graphs/` to `tests/query/answers/`, where tests hold them.

    python scripts/query_answers.py [--check]

What a question is asked with stands in `tests/query/answers.toml`. Run it after a change of what is
extracted, and read the difference: it is what researchers would see change. With `--check` nothing is
written: the exit code says whether an answer differs.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from jiceng import query

ROOT = Path(__file__).resolve().parents[1]
ANSWERS = ROOT / "tests" / "query" / "answers"


def main() -> int:
    """Write or check the answers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    answers = current()
    stale = sorted(
        name
        for name in {path.stem for path in ANSWERS.glob("*.csv")} | answers.keys()
        if not (ANSWERS / f"{name}.csv").is_file()
        or (ANSWERS / f"{name}.csv").read_bytes().decode() != answers.get(name)
    )
    for name in [] if options.check else stale:
        if name in answers:
            (ANSWERS / f"{name}.csv").write_bytes(answers[name].encode())
        else:
            (ANSWERS / f"{name}.csv").unlink()
    print("differ: " + ", ".join(stale) if stale else "all answers are up to date")
    return 1 if options.check and stale else 0


def current() -> dict[str, str]:
    """Each named question's answer on the committed graph, as CSV."""
    settings = tomllib.loads((ROOT / "tests" / "query" / "answers.toml").read_text("utf-8"))
    store = query.open_store(ROOT / "graphs")
    return {
        question.name: query.run(store, question.name, "csv", settings.get(question.name))
        for question in query.named()
    }


if __name__ == "__main__":
    sys.exit(main())
