"""Shared by all tests: where the project stands; and in CI nothing skips."""

import os
import runpy
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no failure.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
# Of two lists Chromium takes the last: here are those features that Playwright turns off, and two which
# prepare pages for the address bar of each window, though nobody sees it: half of what opening one takes.
FEATURES = """
    AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades
    HttpsFirstBalancedModeAutoEnable LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning
    AvoidCorsURLLoaderRestartOnRedirect OptimizationHints NetworkTimeServiceQuerying AimEnabled
    PreconnectToSearch WebUIOmniboxPopup WebUIOmniboxAimPopup
""".split()  # noqa: SIM905
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join(FEATURES),
]

#: Files that take long with few tests. xdist hands out files by their number of tests, so that these would
#: come last, and one process would have nothing to do while another ends the last of them.
LONG = """
    engines/test_ray.py test_patterns.py export/test_streams.py page/test_browser.py
    page/test_split_browser.py test_rule_usage.py engines/test_spark.py explain/test_explain.py
    page/test_hostile_corpus.py test_hostile.py page/test_split.py test_survival.py test_packaging.py
    test_readme.py serve/test_load.py test_pipeline.py test_style.py interop/test_queries.py
    store/test_rows.py ask/test_questions.py
""".split()  # noqa: SIM905


def pytest_configure(config: pytest.Config) -> None:
    config.option.loadscopereorder = False  # of xdist; the order below stands


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each of several processes takes the next file: those that take long, then those with most tests."""
    if not hasattr(config, "workerinput"):  # one process goes by the names
        return
    tests = Counter(item.path for item in items)
    long = {ROOT / "tests" / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: (long.get(item.path, len(LONG)), -tests[item.path]))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What builds of the tests keep stays out of the user's cache."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Where CI installs every tool, a skipped test hides something: it fails."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though CI has all tools: {report.longrepr}"


@pytest.fixture(scope="session")
def sample() -> Mapping[str, Any]:
    """The names of tests/sample_corpus.py: an invented corpus with every kind of fact."""
    return runpy.run_path(str(ROOT / "tests" / "sample_corpus.py"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is missing: pip install playwright"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is missing: {CHROMIUM}; apt-get install chromium fonts-noto-cjk")
    with playwright.sync_playwright() as tool:
        # Without a user data folder Playwright starts every browser with a new, empty profile.
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()
