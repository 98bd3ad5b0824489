"""Alignment around what people have fixed."""

import pytest

from aligner.encoders import load_encoder
from aligner.engine.alignment import align_task, find
from aligner.store import Remembered, Task
from aligner.types import Bead, Record, Sentence

EN = ["Cement leaked in 5 patients.", "Pain was relieved.", "No patient died.", "Follow-up lasted 12 months."]
ZH = ["5例骨水泥渗漏。", "疼痛缓解。", "无死亡。", "随访12个月。"]


def sentences(texts, gap):
    result, start = [], 0
    for text in texts:
        result.append(Sentence(text, start, start + len(text)))
        start += len(text) + gap
    return tuple(result)


RECORD = Record("a", " ".join(EN), "".join(ZH), sentences(EN, 1), sentences(ZH, 0))


def beads(*kinds):
    return tuple(Bead(en, zh, 1.0) for en, zh in kinds)


@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        ([], [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,))]),
        ([((1, 2), (1, 2))], [((0,), (0,)), ((1, 2), (1, 2)), ((3,), (3,))]),
        ([((0,), (0,)), ((3,), (3,))], [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,))]),
        ([((1,), ()), ((), (1,))], [((0,), (0,)), ((1,), ()), ((), (1,)), ((2,), (2,)), ((3,), (3,))]),
        ([((2,), ()), ((), (2,))], [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((), (2,)), ((3,), (3,))]),
        ([((0,), (3,)), ((3,), (0,))], [((0,), (3,)), ((1,), (1,)), ((2,), (2,)), ((3,), (0,))]),
        ([((0, 1, 2, 3), (0, 1, 2, 3))], [((0, 1, 2, 3), (0, 1, 2, 3))]),
        ([((0, 1), (0, 1)), ((3,), ())], [((0, 1), (0, 1)), ((2,), (2,)), ((), (3,)), ((3,), ())]),
    ],
)
def test_fixed_beads_stay_and_the_rest_is_aligned_around_them(fixed, expected):
    aligned = align_task(Task(1, 0, RECORD, beads(*fixed)), load_encoder())
    found = [(bead.en, bead.zh) for bead in aligned.beads]
    assert set(map(tuple, fixed)) <= set(found)
    for side, texts in ((0, EN), (1, ZH)):
        assert sorted(i for bead in found for i in bead[side]) == list(range(len(texts)))
    assert found == expected


def kept(en, zh):
    return Remembered(tuple(EN[i] for i in en), tuple(ZH[i] for i in zh), 0.5, "confirmed")


@pytest.mark.parametrize(
    ("en", "zh", "remembered", "expected"),
    [
        (EN, ZH, [kept([1], [1]), kept([2, 3], [2, 3])], [((1,), (1,)), ((2, 3), (2, 3))]),
        ([EN[3], EN[0]], ZH, [kept([0], [0])], [((1,), (0,))]),
        ([EN[0], EN[0]], [ZH[0], ZH[0]], [kept([0], [0]), kept([0], [0])], [((0,), (0,)), ((1,), (1,))]),
        (["changed", *EN[1:]], ZH, [kept([0], [0]), kept([0, 1], [0, 1])], []),
        ([EN[0], "new", EN[1]], ZH, [kept([0, 1], [0, 1])], []),
        (EN, ZH, [kept([2], []), kept([], [3])], [((2,), ()), ((), (3,))]),
    ],
)
def test_what_people_made_is_found_again_by_its_sentences(en, zh, remembered, expected):
    found = find(remembered, sentences(en, 1), sentences(zh, 0))
    assert [(bead.en, bead.zh) for bead in found] == expected
