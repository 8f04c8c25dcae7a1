"""Ctrl-C, also twice: one line that says so, no traceback of any process, and an end."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

PROGRAM = """
    import os, signal, sys, time
    from jiceng import cli
    from jiceng.cli import building
    from jiceng.parallel import Workers
    import parallel_work

    def build(options):
        workers = Workers(2, parallel_work.prepare, (options.output,))
        workers.start()
        try:
            for _ in workers.ordered(parallel_work.slow_square, ((n, None) for n in range(10_000))):
                os.killpg(os.getpgrp(), signal.SIGINT)
                time.sleep(60)
        finally:
            workers.close()

    building.build = build
    sys.argv[1:] = ["build", "nothing.txt"]
    code = cli.main()
    os.killpg(os.getpgrp(), signal.SIGINT)  # once more, while processes end
    sys.exit(code)
"""


def test_ctrl_c_twice_ends_all_processes_with_one_line(root: Path, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests'}"},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 130, ended.stderr
    assert ended.stderr == "jiceng: interrupted; what was there before is untouched\n"
