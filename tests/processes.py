"""Processes as Linux tells of them."""

from pathlib import Path


def runs(process: int) -> bool:
    """Whether a process runs still; one that has ended and that nobody has asked about has no command."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except OSError:
        return False


def below(process: int) -> set[int]:
    """All processes that a process has started, and those that these have."""
    own = set()
    for thread in Path("/proc", str(process), "task").glob("*/children"):
        try:
            own.update(map(int, thread.read_text().split()))
        except OSError:  # it has ended meanwhile
            continue
    return own.union(*map(below, own))
