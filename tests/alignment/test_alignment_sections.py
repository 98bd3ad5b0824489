"""Where sections of structured abstracts begin on both sides."""

import numpy as np
import pytest

from aligner.alignment import align
from aligner.alignment.clauses import Clauses
from aligner.alignment.features import Views
from aligner.alignment.sections import corners, opening
from aligner.encoders import load_encoder

EN = ["Objective To see.", "Methods We saw.", "It was long.", "Ethics None."]
ZH = ["目的 观察。", "方法 观察；随访长。", "随机 无。"]


def clauses(texts, language):
    return Clauses.of(load_encoder().encode(texts), language)


@pytest.mark.parametrize(
    ("text", "language", "section"),
    [
        ("Objective To compare two cements.", "en", "objective"),
        ("METHODS: Of 83 patients, none died.", "en", "methods"),
        ("Materials and methods: We saw them.", "en", "methods"),
        ("【结果】109例完成随访。", "zh", "results"),
        ("目的 比较两种骨水泥。", "zh", "objective"),
        ("結論：療效良好。", "zh", "conclusions"),
        ("Results of both were alike.", "en", None),
        ("Patients were seen.", "en", None),
        ("结果显示疗效良好。", "zh", None),
        ("", "zh", None),
    ],
)
def test_what_a_sentence_opens(text, language, section):
    assert opening(text, language) == section


@pytest.mark.parametrize(
    ("en", "zh", "expected"),
    [
        (EN, ZH, [[0, 0], [1, 1]]),
        (EN, ZH[::-1], []),  # another order: nothing is certain
        (["We saw.", "Methods We did."], ["无。", "更无。", "方法 观察。"], [[1, 2]]),
        (["Methods We saw.", "Methods We did."], ["无。", "方法 观察。"], []),
        (["We saw."], ["方法 观察。"], []),
    ],
)
def test_where_sections_begin_on_both_sides(en, zh, expected):
    assert corners(clauses(en, "en"), clauses(zh, "zh")).tolist() == expected


def test_no_candidate_leads_past_a_corner():
    sides = clauses(EN, "en"), clauses(ZH, "zh")
    views = Views.of(*sides, corners(*sides))
    candidates, _ = views.describe(views.candidates(views.first_scores()))
    for steps in candidates.by_kind:
        assert not ((steps[:, 0] < 1) & (steps[:, 1] > 1)).any()
        assert not ((steps[:, 2] < 1) & (steps[:, 3] > 1)).any()
    assert [1, 1] in candidates.cells.tolist()
    assert [0, 2] not in candidates.cells.tolist()
    assert np.unique(candidates.cells, axis=0).shape == candidates.cells.shape


def test_headings_part_what_is_alike():
    en = ["Methods The pain was measured.", "Results The pain was measured."]
    zh = ["方法 测量疼痛。", "测量疼痛。", "结果 测量疼痛。"]
    encode = load_encoder().encode
    beads = align(encode(en), encode(zh))
    assert ((1,), (2,)) in [(bead.en, bead.zh) for bead in beads]
