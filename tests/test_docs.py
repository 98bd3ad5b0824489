"""What the documentation names is there."""

import re
from pathlib import Path

import pytest

import aligner

ROOT = Path(__file__).parents[1]
PACKAGE = Path(aligner.__file__).parent
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/models.md",
    "docs/data.md",
    "docs/python.md",
]
FILE = re.compile(r"`((?:[\w-]+/)+(?:[\w.-]+\.(?:py|tsv|txt|json|md|toml|js|css))?)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
NOT_HERE = re.compile(r"(?:\.venv|abstracts|FOLDER|NAME|more-abstracts|new-abstracts)\b|NAME")


@pytest.mark.parametrize("page", PAGES)
def test_each_file_that_a_page_names_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {name for name in FILE.findall(text) if not NOT_HERE.search(name)}
    missing = [name for name in named if not (ROOT / name).exists() and not (PACKAGE / name).exists()]
    assert not missing
    links = [link for link in LINK.findall(text) if "//" not in link]
    assert not [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]


def test_twenty_questions_are_one_hop():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+\?) \| (.+) \|$", page, re.M)
    assert len(rows) >= 20
    assert all(FILE.search(answer) for _, answer in rows)


def test_each_room_is_on_the_map():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    shown = set(re.findall(r"\w+", page.partition("```text")[2].partition("```")[0]))
    assert rooms - {"__init__", "__main__"} <= shown
