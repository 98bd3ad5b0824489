"""Every view, light and dark, held against the accessibility rules of axe (WCAG and best practices)."""

import pytest

pytestmark = pytest.mark.slow

VIEWS = {
    "": [],
    "records/1": [],
    "records/1#n": ["n"],
    "records/1#d": ["n", "d"],
    "records/1#s": ["j", "s"],
    "records/1#help": ["?"],
    "pairs": [],
    "terms": [],
    "terms#e": ["j", "e"],
    "terms/1": [],
    "export": [],
}


def complaints(page):
    from axe_playwright_python.sync_playwright import Axe

    return [
        (found["id"], node["html"][:200])
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page(workspace_path, serve, tab, scheme):
    address = serve(workspace_path)
    page = tab(f"{address}/", color_scheme=scheme)
    for view, keys in VIEWS.items():
        page.goto(f"{address}/{view.partition('#')[0]}")
        page.wait_for_selector("body[data-ready]")
        for key in keys:
            page.keyboard.press(key)
        assert complaints(page) == [], view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report(workspace, tab, tmp_path, scheme):
    from aligner.review.report import write_report

    path = tmp_path / "report.html"
    with path.open("wb") as out:
        write_report(workspace, out)
    assert complaints(tab(path.as_uri(), color_scheme=scheme)) == []
