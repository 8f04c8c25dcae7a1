"""The query editor in a real Chromium."""

import pytest
from tests.waiting import LIMIT, until


@pytest.fixture
def page(url, chromium):
    page = chromium.new_page()
    page.set_default_timeout(LIMIT * 1000)
    problems, hosts = [], set()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(url + "/editor/")
    page.wait_for_selector(".CodeMirror")
    yield page
    page.close()
    assert problems == []
    assert hosts == {url.split("/")[2]}


def test_a_named_question_is_shown_and_answered(page):
    page.select_option("#question", "shared-mechanisms")
    page.wait_for_selector("table.dataTable tbody tr td")
    rows = page.locator("table.dataTable tbody tr")
    until(rows.count, lambda count: count > 5, "the rows of the answer")
    assert page.locator(".CodeMirror-lint-marker-error, .parseErrorIcon:visible").count() == 0


def test_english_at_a_click(page):
    page.click("#language")
    until(lambda: page.inner_text("h1"), lambda title: title == "Ask the graph", "the title in English")
    assert "Mechanisms that several divisions use" in page.inner_text("#question")


def test_terms_are_completed(page):
    page.evaluate(
        """() => {
          const editor = window.yasgui.getTab().getYasqe();
          editor.setValue("SELECT * WHERE { ?m a <https://w3id.org/jiceng/ontology#Meas }");
          editor.focus();
          editor.setCursor(0, 59);
          editor.autocomplete(false);
        }"""
    )
    page.wait_for_selector(".CodeMirror-hints")
    until(lambda: page.inner_text(".CodeMirror-hints"), lambda hints: "Measurement" in hints, "the class")
