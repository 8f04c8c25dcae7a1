import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.processes import below, runs
from tests.waiting import until

from jiceng import query
from jiceng.errors import QueryError
from jiceng.query.limits import within


def test_work_that_ends_in_time_gives_its_answer():
    assert within(30, lambda: "一" * 1_000_000) == "一" * 1_000_000


def test_work_without_end_is_ended():
    with pytest.raises(QueryError, match=r"longer than 0\.2 s"):
        within(0.2, lambda: time.sleep(600) or "")


def test_its_errors_come_back():
    def work():
        raise QueryError("line 2: 错")

    with pytest.raises(QueryError, match="line 2: 错"):
        within(30, work)


def test_a_process_that_dies_is_told():
    with pytest.raises(QueryError, match="ended with code"):
        within(30, lambda: __import__("os")._exit(3))


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux")
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_a_query_ends_with_the_command_however_that_ends(root, by):
    asked = subprocess.Popen([sys.executable, "-m", "jiceng", "query", ENDLESS, "-g", str(root / "graphs")])
    try:
        (child,) = until(lambda: below(asked.pid), lambda found: len(found) == 1, "its process")
    finally:
        asked.send_signal(by)
        asked.wait()
    until(lambda: runs(child), lambda still: not still, "it ends too")


def test_a_cross_product_is_ended(root):
    with pytest.raises(QueryError, match=r"longer than 0\.5 s"):
        query.answer(str(root / "graphs"), ENDLESS, seconds=0.5)
