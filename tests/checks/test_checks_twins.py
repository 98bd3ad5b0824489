"""Constructed twins of the checks that look at words: a right translation, and the same with one slip.

twins/CHECK.tsv: English, the right Chinese, the wrong one, and "missed" where the check does not see it.
"""

from pathlib import Path

import pytest

from aligner.checks import check_pairs
from aligner.encoders import load_encoder
from aligner.types import Finding, Pair

TABLES = {
    path.stem: [tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()]
    for path in sorted((Path(__file__).parent / "twins").glob("*.tsv"))
}
CASES = [(check, number) for check, table in TABLES.items() for number in range(len(table))]
SAME = {"owner": {"owner", "laterality", "direction"}}
"""Sides and directions that were exchanged go under their own checks."""


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    pairs = [
        Pair(f"{check} {number} {which}", 0, TABLES[check][number][0], TABLES[check][number][which])
        for check, number in CASES
        for which in (1, 2)
    ]
    result: dict[str, list[str]] = {pair.record: [] for pair in pairs}
    findings: list[Finding] = list(check_pairs(pairs, encoder=load_encoder()))
    for finding in findings:
        if finding.severity != "info" or finding.check in ("repetition", "tag"):
            result[finding.record].append(finding.check)
    return result


@pytest.mark.parametrize(("check", "number"), CASES)
def test_right_twins_pass_every_check(found: dict[str, list[str]], check: str, number: int) -> None:
    assert found[f"{check} {number} 1"] == []


@pytest.mark.parametrize(("check", "number"), CASES)
def test_wrong_twins_are_found_by_their_check(found: dict[str, list[str]], check: str, number: int) -> None:
    is_seen = bool(SAME.get(check, {check}) & set(found[f"{check} {number} 2"]))
    assert is_seen is (TABLES[check][number][3:] != ("missed",))


@pytest.mark.parametrize("check", TABLES)
def test_tables_are_long_and_mostly_found(check: str) -> None:
    assert len(TABLES[check]) >= 25
    assert sum(row[3:] == () for row in TABLES[check]) >= 25
