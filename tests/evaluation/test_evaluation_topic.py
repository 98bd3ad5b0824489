"""A topic measured on mixtures of records."""

import pytest

from aligner.errors import InputError
from aligner.evaluation.topic import Plan, mix, report
from aligner.store import Result
from aligner.types import Pair, TermPair

HEART = [("heart failure", "心力衰竭"), ("left ventricular ejection fraction", "左心室射血分数")]
SKIN = [("atopic dermatitis", "特应性皮炎"), ("eczema", "湿疹"), ("pruritus", "瘙痒")]


def found(number, record, terms):
    pairs, rows = [], []
    for bead, (en, zh) in enumerate(terms):
        pairs.append(Pair(record, bead, f"Patients had {en}.", f"患者有{zh}。"))
        spans = (13, 13 + len(en)), (3, 3 + len(zh))
        rows.append((TermPair(record, bead, en, zh, *spans, 0.9, 0.9), ""))
    return Result(number, 0, (), (), tuple(pairs), tuple(rows))


def test_the_field_is_found_among_others():
    field = [found(k, f"heart{k}", HEART) for k in range(2)]
    others = [found(k + 2, f"skin{k}", SKIN) for k in range(8)]
    plan = Plan([], [], "heart failure", share=0.2, draws=2)
    kept = list(mix(plan, field, others))
    assert [one.wanted for one in kept] == [2, 2]
    assert all(one.first[0] == "heart failure" and one.precision == one.recall == 1 for one in kept)
    assert list(report(plan, kept))[-1].startswith("mean       P=1.000 R=1.000")


def test_too_few_records_for_a_share_are_an_error():
    with pytest.raises(InputError, match="make no mixture of 20%"):
        list(mix(Plan([], [], "heart"), [found(0, "a", HEART)], [found(1, "b", SKIN)]))
