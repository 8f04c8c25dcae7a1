"""The pictures of the page in the README, made in real Chromium from the built example.

    python scripts/screenshots.py [--page graphs/index.html] [--out docs]

Needs playwright (extra `test`), Chromium and CJK fonts. Pictures change with fonts and Chromium's version, so
no test compares them; look at them before they are committed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]

#: File name and the view's link.
VIEWS = {
    "page.jpg": "",
    "explore.jpg": "#explore?n=m双报到",
    "source.jpg": "#source?raw=1",
}


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", type=Path, default=ROOT / "graphs" / "index.html")
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, fragment in VIEWS.items():
            tab = browser.new_page(viewport={"width": 1100, "height": 700})
            tab.goto(options.page.resolve().as_uri() + fragment)
            tab.wait_for_timeout(1500)
            tab.screenshot(path=options.out / name, type="jpeg", quality=80)
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
