"""What the project says of itself is the same wherever it says it."""

import re
import tomllib
from pathlib import Path

import aligner

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_version_is_one():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.M)[1] == PROJECT["version"] == aligner.__version__


def test_the_licence_is_apache_2():
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert text.startswith("Apache License Version 2.0, January 2004")
    assert "9. Accepting Warranty or Additional Liability." in text
    assert text.endswith("limitations under the License.")
    assert PROJECT["license"] == "Apache-2.0"
    assert "license: Apache-2.0" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_nobody_is_named():
    assert PROJECT["authors"] == [{"name": "aligner contributors"}]


def test_each_dependency_has_a_tested_version():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.split("[=<>]", line)[0].lower().replace("_", "-") for line in lines if line[:1].isalnum()}
    extras = PROJECT["optional-dependencies"]
    needed = [*PROJECT["dependencies"], *extras["test"], *extras["plot"], *extras["ray"], *extras["bench"]]
    names = {re.split(r"[=<>\[]", name)[0].lower().replace("_", "-") for name in needed}
    assert names - {"aligner"} <= pinned


def test_each_data_file_has_its_source():
    """Each data file of the package has a row in docs/data.md, and each row a file."""
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", text, re.M))
    package = Path(aligner.__file__).parent
    data = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.*")
        if path.suffix in {".txt", ".tsv", ".json", ".jsonl", ".csv"}
    }
    assert data == set(rows)
    assert all(len(row.split(" | ")) == 3 for row in rows.values())
