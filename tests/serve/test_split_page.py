"""A split page over HTTP: its data, and nothing else of the folder."""

import http.client
import json
from urllib.parse import quote, urlsplit

import pytest
from tests.serve.conftest import served
from tests.waiting import LIMIT, until

from jiceng import cli

TEXTS = {
    "武侯.txt": "武侯区：邻里夜话解民忧\n成都市武侯区建立小区党支部126个，推行“邻里夜话”制度。\n",
    "南山.txt": "南山区：先锋驿站\n深圳市南山区推行“邻里夜话”制度，化解矛盾纠纷88件，建立先锋驿站88个。\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A build with a split page."""
    place = tmp_path_factory.mktemp("split")
    for name, text in TEXTS.items():
        (place / name).write_text(text, "utf-8")
    graphs = place / "graphs"
    assert (
        cli.main(["build", *(str(place / name) for name in TEXTS), "-o", str(graphs), "--page", "split"]) == 0
    )
    return graphs


@pytest.fixture(scope="module")
def split_url(folder):
    with served(folder) as address:
        yield address


def got(url, path):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", path)
    reply = connection.getresponse()
    return reply, reply.read()


def test_a_districts_data_is_given_out(split_url, folder):
    reply, data = got(split_url, "/page/510107.js")
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))
    assert reply.headers["Cache-Control"] == "no-cache"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert data == (folder / "page" / "510107.js").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/page/",
        "/page/999999.js",
        "/page/../manifest.json",
        "/page/%2e%2e/manifest.json",
        "/page/..%2fmanifest.json",
        "/page/..%2f..%2f" + quote("武侯.txt"),
        "/manifest.json",
        "/texts/",
    ],
)
def test_nothing_else_of_the_folder_is_given_out(split_url, path):
    assert got(split_url, path)[0].status in (400, 404)


def test_the_page_loads_a_district_over_http(split_url, chromium):
    tab = chromium.new_page()
    tab.set_default_timeout(LIMIT * 1000)
    problems = []
    tab.on("console", lambda message: problems.append(message.text))
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto(split_url + "/#district?d=440305")
    tab.wait_for_selector(".sheet .measurements")
    until(lambda: tab.text_content(".sheet"), lambda text: "先锋驿站" in text, "the district's sheet")
    tab.goto(split_url + "/#matrix?m=邻里夜话")
    tab.wait_for_selector("#panel .use")
    until(tab.locator("#panel .use").count, lambda count: count == 2, "both districts")
    tab.close()
    assert problems == []


def test_a_folder_without_a_split_page_gives_none(root):
    with served(root / "graphs") as url:
        assert got(url, "/page/510107.js")[0].status == 404
        assert json.loads(got(url, "/questions.json")[1])
