"""Pictures of the page and the report, of records in corpora/, for a person to look at.

With ``ALIGNER_SCREENSHOTS=tests/review/screenshots`` these are the ones the README shows.
"""

import os
from pathlib import Path

import pytest

from aligner.cli.main import run

pytestmark = pytest.mark.slow

CORPORA = Path(__file__).parents[2] / "corpora"
INPUTS = [
    CORPORA / "intradural-cement-leakage.txt",
    *sorted((CORPORA / "constructed/records").glob("c0*.txt")),
]


@pytest.fixture
def folder(tmp_path):
    return Path(os.environ.get("ALIGNER_SCREENSHOTS", tmp_path)).resolve()


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Run the commands as a user does; the workspace and the report they make."""
    work, report = tmp_path / "review.db", tmp_path / "report.html"
    for args in (
        ["run", *map(str, INPUTS), "--workspace", str(work)],
        ["report", str(work), "--out", str(report)],
    ):
        monkeypatch.setattr("sys.argv", ["aligner", *args])
        with pytest.raises(SystemExit) as stopped:
            run()
        assert stopped.value.code in (0, 1)
    return work, report


def test_pictures(made, folder, serve, tab):
    work, report = made
    address = serve(work)
    page = tab(address + "/records/2")
    page.set_viewport_size({"width": 1280, "height": 760})
    page.locator("body[data-ready]").wait_for(state="attached")
    assert page.locator(".pair").count() > 10
    page.keyboard.press("n")
    page.wait_for_timeout(500)
    page.screenshot(path=folder / "page.png")
    page.goto(address + "/terms")
    page.wait_for_selector(".pane h2")
    page.screenshot(path=folder / "terms.png")
    told = tab(report.as_uri())
    assert told.locator("h1").is_visible()
    assert all((folder / name).stat().st_size > 20_000 for name in ("page.png", "terms.png"))
