"""Many processes: order, what is known already, and processes that die."""

import importlib
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.waiting import until

from jiceng.parallel import AHEAD, Died, Workers


def ordered(work: Any, items: Iterable[Any], folder: Path, share: float = 1) -> Iterator[Any]:
    with closing(Workers(2, importlib.import_module("parallel_work").prepare, (folder,))) as workers:
        yield from workers.ordered(work, items, lambda item: share)


@pytest.fixture
def work(root: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(root / "tests"))
    return importlib.import_module("parallel_work")


@pytest.mark.parametrize("share", [1, 0.4])
def test_results_come_in_order_and_what_is_known_is_not_computed(
    work: Any, tmp_path: Path, share: float
) -> None:
    items = ((n, -1 if n % 4 == 0 else None) for n in range(40))
    found = list(ordered(work.slow_square, items, tmp_path, share))
    assert [item for item, _, _ in found] == list(range(40))
    assert [result for _, result, _ in found] == [-1 if n % 4 == 0 else n * n for n in range(40)]
    assert [fresh for _, _, fresh in found] == [n % 4 != 0 for n in range(40)]


@pytest.mark.parametrize("share", [1, 0.4])
def test_a_process_that_dies_takes_no_other_item_with_it(work: Any, tmp_path: Path, share: float) -> None:
    found = list(ordered(work.fragile, ((n, None) for n in range(30)), tmp_path, share))
    assert [item for item, _, _ in found] == list(range(30))
    assert {item: result for item, result, _ in found} == {n: Died() if n == 3 else n * n for n in range(30)}


@pytest.mark.parametrize("share", [1, 0.4, 0.001])
def test_items_are_not_taken_long_before_their_turn(work: Any, tmp_path: Path, share: float) -> None:
    taken = 0

    def items():  # type: ignore[no-untyped-def]
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield n, None

    results = ordered(work.slow_square, items(), tmp_path, share)
    next(results)
    assert taken <= 2 * AHEAD + 1
    results.close()  # type: ignore[attr-defined]


def test_an_error_of_the_work_is_an_error_here(work: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no square of 0"):
        list(ordered(work.broken, ((n, None) for n in range(3)), tmp_path))


def test_processes_end_with_the_one_that_they_work_for(tmp_path: Path) -> None:
    (tmp_path / "sleeping.py").write_text(
        "import os, pathlib, time\n"
        "def prepare(folder): pathlib.Path(folder, f'{os.getpid()}.pid').write_text('')\n"
        "def work(n): time.sleep(0 if n % 2 else 300)\n"
    )
    program = (
        "import contextlib, sys, sleeping; from jiceng.parallel import Workers\n"
        "if __name__ == '__main__':\n"
        "    items = ((n, None) for n in range(2))\n"
        "    with contextlib.closing(Workers(2, sleeping.prepare, (sys.argv[1],))) as workers:\n"
        "        list(workers.ordered(sleeping.work, items))\n"
    )
    (tmp_path / "main.py").write_text(program)
    process = subprocess.Popen([sys.executable, str(tmp_path / "main.py"), str(tmp_path)], cwd=tmp_path)
    try:
        started = until(lambda: list(tmp_path.glob("*.pid")), lambda pids: len(pids) == 2, "two processes")
    finally:
        process.kill()
        process.wait()
    until(
        lambda: [path.stem for path in started if Path(f"/proc/{path.stem}/cmdline").exists()],
        lambda left: not left,
        "they end too",
    )
