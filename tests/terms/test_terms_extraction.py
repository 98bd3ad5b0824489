from itertools import islice

import pytest

from aligner.encoders import load_encoder
from aligner.terms import EncodedPair, extract, stream
from aligner.types import Pair

SPINE = [
    (
        "Osteoporotic vertebral compression fracture (OVCF) is a common complication of osteoporosis.",
        "骨质疏松性椎体压缩骨折（OVCF）是骨质疏松症的常见并发症。",
    ),
    ("Bone cement leakage may compress the spinal cord.", "骨水泥渗漏可能压迫脊髓。"),
    ("Total laminectomy and durotomy were performed.", "行全椎板切除术和硬脊膜切开术。"),
]


def encoded(rows):
    encoder = load_encoder()
    return [EncodedPair(Pair("r", k, en, zh), *encoder.encode([en, zh])) for k, (en, zh) in enumerate(rows)]


@pytest.mark.parametrize(
    ("bead", "en", "zh"),
    [
        (0, "Osteoporotic vertebral compression fracture", "骨质疏松性椎体压缩骨折"),
        (0, "OVCF", "OVCF"),
        (0, "osteoporosis", "骨质疏松症"),
        (1, "Bone cement leakage", "骨水泥渗漏"),
        (1, "spinal cord", "脊髓"),
        (2, "Total laminectomy", "全椎板切除术"),
    ],
)
def test_terms_of_three_sentences(bead, en, zh):
    assert (bead, en, zh) in {(t.bead, t.en, t.zh) for t in extract(encoded(SPINE))}


def test_spans_are_slices_and_scores_are_probabilities():
    pairs = encoded(SPINE)
    terms = extract(pairs)
    assert terms
    for term in terms:
        pair = pairs[term.bead].pair
        assert pair.en[slice(*term.en_span)] == term.en
        assert pair.zh[slice(*term.zh_span)] == term.zh
        assert 0 <= term.score <= 1
    assert terms == sorted(terms, key=lambda t: (t.bead, t.en_span, t.zh_span))


def test_same_input_same_output():
    assert extract(encoded(SPINE)) == extract(encoded(SPINE))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("", "骨折")],
        [("Fracture", "")],
        [(" ", " ")],
        [("12.5 %", "12.5 %")],
        [(".", "。")],
        [("the", "的")],
        [("It is what it is.", "就是这样。")],
    ],
)
def test_text_without_terms_gives_none(rows):
    assert extract(encoded(rows)) == []


def test_case_does_not_matter():
    upper = {(t.en.lower(), t.zh) for t in extract(encoded(SPINE))}
    lower = {(t.en, t.zh) for t in extract(encoded([(en.lower(), zh) for en, zh in SPINE]))}
    assert len(upper & lower) / len(upper | lower) > 0.8


def test_identical_records_say_no_more_than_one():
    one = encoded(SPINE[1:2])
    alone = extract(one)
    assert extract(one * 1000) == alone * 1000


def test_traditional_text_is_matched_and_shown_as_written():
    terms = extract(
        encoded([("Bone cement leakage may compress the spinal cord.", "骨水泥滲漏可能壓迫脊髓。")])
    )
    assert ("Bone cement leakage", "骨水泥滲漏") in {(t.en, t.zh) for t in terms}


def test_stream_takes_no_more_pairs_than_a_block():
    one, taken = encoded(SPINE[1:2])[0], []

    def endless():
        while True:
            taken.append(one)
            yield one

    assert len(list(islice(stream(endless()), 3))) == 3
    assert len(taken) <= 1000


def test_a_preposition_translated_by_another_is_no_part_of_the_term():
    rows = [
        (
            "Cement leaked via the segmental vein and through a cortical defect.",
            "骨水泥经节段静脉及经皮质缺损渗漏。",
        ),
        ("Patients underwent percutaneous vertebroplasty.", "患者接受经皮椎体成形术。"),
    ]
    found = {(t.en, t.zh) for t in extract(encoded(rows))}
    assert ("segmental vein", "节段静脉") in found
    assert ("percutaneous vertebroplasty", "经皮椎体成形术") in found
    assert [zh for en, zh in found if zh.startswith("经") and not en.startswith("percutaneous")] == []
