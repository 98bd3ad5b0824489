"""Every view, light and dark, held against the accessibility rules of axe (WCAG and best practices)."""

import pytest
from test_review_browser import press, ready

pytestmark = pytest.mark.slow

VIEWS = {
    "": [],
    "#filter": ["f"],
    "records/1": [],
    "records/1#decide": ["n", "d"],
    "records/1#scope": ["n", "X", "w"],
    "records/1#add": ["a"],
    "records/1#correct": ["n", "e"],
    "records/1#alignment": ["l"],
    "records/1#dismissed": ["n", "x"],
    "records/1#error": ["n", "3"],
    "records/1#keys": ["?"],
    "search?text=cement": [],
    "search?text=nothing-of-the-kind": [],
    "terms": ["j"],
    "terms#fields": ["e"],
    "terms#chosen": [" ", "j"],
    "checks": [],
    "round": [],
    "round?show=fixed": [],
    "round?show=new": [],
    "report": [],
    "report#settings": ["s"],
    "export": [],
}
TOUCHED = {
    "records/1#more": ["[data-do=more]"],
    "terms#pane": [".row .term"],
    "terms#pane-fields": [".row .term", ".panefoot [data-do=fields]"],
}
"""States of a phone, and what is tapped for them."""

RUN = "(options) => axe.run(document, options).then((found) => found.violations)"


@pytest.fixture(scope="session")
def axe():
    from axe_playwright_python.base import AXE_FILE_PATH

    return AXE_FILE_PATH.read_text(encoding="utf-8")


def complaints(page, *rules):
    """Return what axe finds; rules that are named are the only ones it looks at."""
    options = {"resultTypes": ["violations"], "selectors": False}
    if rules:
        options["runOnly"] = list(rules)
    return [
        (found["id"], node["html"][:200]) for found in page.evaluate(RUN, options) for node in found["nodes"]
    ]


def in_both_schemes(page):
    """Return what axe finds in a state, light and dark: colours alone differ between them."""
    page.emulate_media(color_scheme="light")
    found = complaints(page)
    page.emulate_media(color_scheme="dark")
    return found + complaints(page, "color-contrast")


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page(workspace_path, worked_path, serve, tab, axe, width):
    address, round_trip = serve(workspace_path), serve(worked_path)
    page = tab(f"{address}/", has_touch=width == 390)
    page.add_init_script(axe)
    page.set_viewport_size({"width": width, "height": 900})
    for view, acts in (VIEWS | TOUCHED if width == 390 else VIEWS).items():
        page.goto(f"{round_trip if view.startswith('round') else address}/{view.partition('#')[0]}")
        ready(page)
        for one in acts:
            if view in TOUCHED:
                page.locator(one).first.tap()
                page.locator(".card, .pane h2").first.wait_for()
            else:
                press(page, one)
        assert in_both_schemes(page) == [], view


def test_the_report(workspace, tab, axe, tmp_path):
    from aligner.review.report import write_report

    path = tmp_path / "report.html"
    with path.open("wb") as out:
        write_report(workspace, out)
    page = tab(path.as_uri())
    page.evaluate(axe)
    assert in_both_schemes(page) == []
