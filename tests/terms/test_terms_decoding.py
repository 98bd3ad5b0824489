import numpy as np
import pytest

from aligner.terms.candidates import collect
from aligner.terms.decoding import decode
from aligner.terms.pairing import CandidatePairs

EN = "Bone cement leakage, spinal stenosis and nerve injury occurred."
ZH = "发生骨水泥渗漏、椎管狭窄和神经损伤。"


def chosen(offered, threshold):
    """Decode candidates given as (English, Chinese, probability); return the texts of those that stand."""
    en, zh = collect([EN], "en"), collect([ZH], "zh")
    places = [
        {text[slice(*span)]: n for n, span in enumerate(spans.characters(np.arange(len(spans))))}
        for spans, text in ((en, EN), (zh, ZH))
    ]
    e = np.array([places[0][a] for a, _, _ in offered])
    z = np.array([places[1][b] for _, b, _ in offered])
    candidates = CandidatePairs(e, z, np.zeros(len(e)), np.zeros(len(e)))
    rows = decode(en, zh, candidates, np.array([p for *_, p in offered]), threshold)
    return [offered[row][:2] for row in rows]


WHOLE = ("Bone cement leakage", "骨水泥渗漏")


@pytest.mark.parametrize(
    ("other", "probability", "stands"),
    [
        (("spinal stenosis", "椎管狭窄"), 0.41, True),
        (("spinal stenosis", "椎管狭窄"), 0.39, False),  # below the threshold
        (("Bone cement", "骨水泥"), 0.51, True),  # nested on both sides
        (("Bone cement", "骨水泥"), 0.49, False),
        (("leakage", "渗漏"), 0.51, True),
        (("leakage", "骨水泥渗漏"), 0.7, False),  # a span stands once
        (("leakage", "神经损伤"), 0.49, False),  # overlaps in English only
        (("leakage", "神经损伤"), 0.51, True),
        (("nerve injury", "水泥"), 0.49, False),  # overlaps in Chinese only
        (("cement", "渗漏、椎管"), 0.7, False),  # a list
        (("Bone cement leakage, spinal stenosis", "椎管狭窄"), 0.7, False),
        (("Bone cement", "发生骨水泥"), 0.49, False),  # crosses in Chinese
        (("Bone cement", "发生骨水泥"), 0.51, True),
    ],
)
def test_a_couple_beside_a_better_one(other, probability, stands):
    expected = [WHOLE, other] if stands else [WHOLE]
    assert chosen([(*WHOLE, 0.9), (*other, probability)], 0.4) == expected


def test_a_couple_within_a_less_probable_one():
    inner = ("Bone cement", "骨水泥")
    assert chosen([(*WHOLE, 0.41), (*inner, 0.49)], 0.4) == [WHOLE]
    assert chosen([(*WHOLE, 0.41), (*inner, 0.51)], 0.4) == [WHOLE, inner]
    assert chosen([(*WHOLE, 0.39), (*inner, 0.41)], 0.4) == [inner]


@pytest.mark.parametrize(
    ("longer", "probability", "expected"),
    [
        (("Bone cement leakage", "骨水泥"), 0.76, ("Bone cement leakage", "骨水泥")),
        (("Bone cement leakage", "骨水泥"), 0.74, ("Bone cement", "骨水泥")),
        (("Bone cement", "骨水泥渗漏"), 0.76, ("Bone cement", "骨水泥渗漏")),
        (("cement leakage", "骨水泥"), 0.89, ("Bone cement", "骨水泥")),  # not longer, elsewhere
        (("Bone cement leakage", "渗漏"), 0.76, ("Bone cement", "骨水泥")),  # shares no span
        (("Bone cement", "发生骨水泥"), 0.89, ("Bone cement", "骨水泥")),  # at the left of the Chinese
    ],
)
def test_a_longer_span_goes_before_one_hardly_more_probable(longer, probability, expected):
    assert chosen([("Bone cement", "骨水泥", 0.9), (*longer, probability)], 0.4)[0] == expected


def test_no_couples():
    en, zh = collect([EN], "en"), collect([ZH], "zh")
    none = CandidatePairs(*(np.empty(0, dtype=np.int64),) * 2, np.empty(0), np.empty(0))
    assert decode(en, zh, none, np.empty(0), 0.4).tolist() == []
