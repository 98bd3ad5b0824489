"""Every view, light and dark, held against the accessibility rules of axe (WCAG and best practices)."""

import pytest

pytestmark = pytest.mark.slow

VIEWS = {
    "": [],
    "#filter": ["f"],
    "records/1": [],
    "records/1#decide": ["n", "d"],
    "records/1#scope": ["n", "X"],
    "records/1#add": ["a"],
    "records/1#correct": ["e"],
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
    "report": [],
    "export": [],
}


def complaints(page):
    from axe_playwright_python.sync_playwright import Axe

    return [
        (found["id"], node["html"][:200])
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page(workspace_path, serve, tab, scheme, width):
    address = serve(workspace_path)
    page = tab(f"{address}/", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for view, keys in VIEWS.items():
        page.goto(f"{address}/{view.partition('#')[0]}")
        page.locator("body[data-ready]").wait_for(state="attached")
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(250)
        assert complaints(page) == [], view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report(workspace, tab, tmp_path, scheme):
    from aligner.review.report import write_report

    path = tmp_path / "report.html"
    with path.open("wb") as out:
        write_report(workspace, out)
    assert complaints(tab(path.as_uri(), color_scheme=scheme)) == []
