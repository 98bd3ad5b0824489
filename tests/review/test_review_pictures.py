"""Pictures of every view, wide and narrow, light and dark, for a person to look at.

``ALIGNER_SCREENSHOTS=FOLDER pytest tests/review/test_review_pictures.py`` writes all of them; without it the
two of the README alone are made, and thrown away. With ``docs/pictures`` they are the README's.
"""

import os
from pathlib import Path

import pytest
from test_review_browser import press, ready

pytestmark = pytest.mark.slow

README = {"record": ("records/1", ["n"]), "terms": ("terms?order=seen", ["j"] * 7)}
SCENES = {
    **README,
    "records": ("", ["j"]),
    "records-filter": ("?order=input", ["f"]),
    "decide": ("records/1", ["n", "d"]),
    "scope": ("records/1", ["n", "X", "w"]),
    "correct": ("records/1", ["n", "e"]),
    "add": ("records/1", ["a"]),
    "alignment": ("records/1", ["j", "j", "l"]),
    "keys": ("records/1", ["?"]),
    "terms-pane": ("terms?order=seen", [".row .term"]),
    "terms-fields": ("terms?order=seen", [".row .term", "e"]),
    "terms-chosen": ("terms?order=seen", [" ", "j", "j", " "]),
    "round": ("round", []),
    "round-fixed": ("round?show=fixed", []),
    "report": ("report", []),
    "report-settings": ("report", ["s"]),
    "checks": ("checks", []),
    "search": ("search?text=cement", []),
    "export": ("export", []),
    "nothing": ("search?text=nothing-of-the-kind", []),
}
WIDTHS = {"1400": (1400, 900), "390": (390, 844)}


@pytest.fixture
def address(worked_path, serve):
    return serve(worked_path)


def take(page, address, folder, name, scene):
    path, keys = scene
    page.goto(f"{address}/{path}")
    ready(page)
    for key in keys:
        if key.startswith("."):
            page.locator(key).first.click()
        else:
            press(page, key)
    if page.locator("[data-pane]").is_visible():
        page.locator("[data-pane] h2").first.wait_for()
    page.evaluate("document.fonts.ready")
    target = folder / f"{name}.png"
    page.screenshot(path=target)
    assert target.stat().st_size > 8000


def shrink(path):
    """Keep 256 colours: a repository need not carry more."""
    from PIL import Image

    Image.open(path).convert("RGB").quantize(256, kmeans=2).save(path, optimize=True)


def test_the_pictures_of_the_readme(address, tab, tmp_path):
    folder = Path(os.environ.get("ALIGNER_SCREENSHOTS", tmp_path)).resolve()
    page = tab(f"{address}/")
    page.set_viewport_size({"width": 1280, "height": 720})
    for name, scene in README.items():
        take(page, address, folder, name, scene)
        if "ALIGNER_SCREENSHOTS" in os.environ:
            shrink(folder / f"{name}.png")


@pytest.mark.skipif("ALIGNER_SCREENSHOTS" not in os.environ, reason="for a person to look at")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pictures_of_every_view(address, tab, width, scheme):
    folder = Path(os.environ["ALIGNER_SCREENSHOTS"]).resolve() / "all"
    folder.mkdir(parents=True, exist_ok=True)
    across, down = WIDTHS[width]
    page = tab(f"{address}/", color_scheme=scheme, has_touch=width == "390")
    page.set_viewport_size({"width": across, "height": down})
    for name, scene in SCENES.items():
        take(page, address, folder, f"{name}-{width}-{scheme}", scene)
