from pathlib import Path

import pytest

from aligner.evaluation.usefulness import Judged, evaluate, judge, report
from aligner.terms.annotated import read_verdicts
from aligner.types import Entry

ROOT = Path(__file__).parents[2]
VERDICTS = ROOT / "corpora" / "journal" / "gold" / "verdicts-kept.tsv"


def entry(en, zh, score, termhood):
    return Entry(en, zh, score, 1, 1, termhood=termhood)


def test_rows_are_held_against_verdicts_in_their_order():
    rows = [
        entry("Cobb angle", "Cobb角", 1.0, 0.9),
        entry("MRI", "mri", 1.0, 0.9),
        entry("a", "甲", 1.0, 0.8),
    ]
    found = judge([*rows, entry("pain", "疼痛", 1.0, 0.4)], {("cobbangle", "cobb角"): 3, ("pain", "疼痛"): 1})
    assert found == Judged((0.9, 0.4), (3, 1), 1)


def test_shares_are_told_above_cuts_and_among_the_first_rows():
    products, grades = tuple(1 - k / 20 for k in range(12)), (3, 2, 0, 2, 1, 2, 2, 2, 2, 3, 0, 0)
    lines = list(report([Judged(products, grades, 2), Judged((0.2,), (0,), 0)]))
    assert lines[0] == "13 rows with a verdict in 2 glossaries"
    assert "from 0.7: 7 rows, terms 0.857, useful 0.714" in lines
    assert "first 10 rows: useful 0.800 (1 glossaries)" in lines
    assert not any(line.startswith("first 20") for line in lines)
    assert lines[-1] == "2 rows above the default cut without a verdict"


def test_verdicts_that_were_kept_back_are_on_other_records_than_those_learnt_from():
    assert len(read_verdicts(VERDICTS)) > 1000
    for en, zh in (("vertebroplasty", "椎体成形术"), ("mendelianrandomization", "孟德尔随机化")):
        assert read_verdicts(VERDICTS)[en, zh] == 3


@pytest.mark.slow
def test_what_a_translator_needs_stands_first():
    (found,) = evaluate([str(ROOT / "corpora" / "intradural-cement-leakage.txt")], VERDICTS)
    assert sum(grade >= 2 for grade in found.grades[:10]) >= 9
    assert sum(grade >= 1 for grade in found.grades[:20]) >= 19
