"""Texts that make aligners hang, crash or lose sentences."""

import time
from dataclasses import replace

import pytest

from aligner.alignment import align
from aligner.alignment.beads import Beads
from aligner.alignment.model import load
from aligner.alignment.sampling import Part
from aligner.alignment.training.fitting import SEEDS
from aligner.encoders import EncodedText, load_encoder

EN = [
    "Vertebroplasty relieved the pain of all 42 patients.",
    "Bone cement leaked into the disc in 6 patients.",
    "No patient had a neurological deficit.",
    "The mean follow-up was 18 months.",
    "Two patients died of unrelated causes.",
]
ZH = [
    "椎体成形术缓解了全部42例患者的疼痛。",
    "6例患者骨水泥渗漏至椎间盘。",
    "无患者出现神经功能障碍。",
    "平均随访18个月。",
    "2例患者死于无关原因。",
]


def encode(texts: list[str]) -> list[EncodedText]:
    return load_encoder().encode(texts)


def ids(beads) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.en, bead.zh) for bead in beads]


def assert_partition(beads, n: int, m: int) -> None:
    """Every sentence is in exactly one bead, in order, and scores are probabilities."""
    assert [i for bead in beads for i in bead.en] == list(range(n))
    assert [j for bead in beads for j in bead.zh] == list(range(m))
    assert all(0.0 <= bead.score <= 1.0 for bead in beads)
    assert all(len(bead.en) + len(bead.zh) == 1 for bead in beads if not bead.en or not bead.zh)


def test_plain_text():
    assert ids(align(encode(EN), encode(ZH))) == [((i,), (i,)) for i in range(5)]


@pytest.mark.parametrize(
    ("en", "zh", "expected"),
    [
        ([], [], []),
        (EN[:2], [], [((0,), ()), ((1,), ())]),
        ([], ZH[:2], [((), (0,)), ((), (1,))]),
        (EN[:1], ZH[:1], [((0,), (0,))]),
    ],
)
def test_little_text(en, zh, expected):
    assert ids(align(encode(en), encode(zh))) == expected


@pytest.mark.parametrize(
    ("en", "zh", "expected"),
    [
        pytest.param([0, 1, 3, 4], range(5), [(0, 0), (1, 1), (None, 2), (2, 3), (3, 4)], id="missing-en"),
        pytest.param(range(5), [0, 1, 3, 4], [(0, 0), (1, 1), (2, None), (3, 2), (4, 3)], id="missing-zh"),
        pytest.param(range(5), [2, 3, 4], [(0, None), (1, None), (2, 0), (3, 1), (4, 2)], id="late-start"),
    ],
)
def test_missing_sentences_are_found(en, zh, expected):
    beads = ids(align(encode([EN[i] for i in en]), encode([ZH[j] for j in zh])))
    assert beads == [(() if i is None else (i,), () if j is None else (j,)) for i, j in expected]


def test_runs_are_one_bead():
    joined_en = [EN[0], " ".join(EN[1:3]), *EN[3:]]
    joined_zh = [*ZH[:3], "".join(ZH[3:])]
    assert ids(align(encode(joined_en), encode(joined_zh))) == [((0,), (0,)), ((1,), (1, 2)), ((2, 3), (3,))]


def test_a_bead_has_no_gaps_but_for_sure_ones():
    beads = Beads.__new__(Beads)
    beads.en_sentence, beads.zh_sentence = [0, 1, 2, 3, 4], [0, 1]
    touched, part = [(0, 0, 0, 0), (2, 2, 0, 0)], Part((0, 0), (4, 1), [], [])
    arcs = beads._arcs(touched, part, {})
    assert [arc.items for arc in arcs] == [(((0, 1, 2), (0,)),), (((3,), ()),)]
    arcs = beads._arcs(touched, part, {(0, 1)})
    assert [arc.items for arc in arcs] == [(((0, 2), (0,)), ((1,), ())), (((3,), ()),)]


def test_swapped_neighbours_are_one_bead_at_worst():
    beads = ids(align(encode(EN), encode([ZH[0], ZH[2], ZH[1], *ZH[3:]])))
    assert ((1,), (1,)) not in beads
    assert ((2,), (2,)) not in beads
    assert beads[0] == ((0,), (0,))
    assert beads[-2:] == [((3,), (3,)), ((4,), (4,))]


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_one_sentence_against_fifty(number):
    """Each net finds it, though one of the fifty shares its number."""
    model = replace(load(), nets=load().nets[number : number + 1])
    many = [f"第{k}组患者的平均住院时间为{k}天。" for k in range(49)]
    beads = align(encode(EN[1:2]), encode([*many[:20], ZH[1], *many[20:]]), model=model)
    assert_partition(beads, 1, 50)
    assert ((0,), (20,)) in ids(beads)


def test_wrong_language_is_not_sure():
    other = ["Das Wetter war schön.", "Wir fuhren ans Meer.", "Am Abend regnete es."]
    beads = align(encode(EN), encode(other))
    assert_partition(beads, 5, 3)
    assert all(bead.score < 0.9 for bead in beads if bead.en and bead.zh)


def test_a_very_long_sentence():
    long = "The cement spread evenly through the vertebral body, and " * 360
    start = time.perf_counter()
    beads = align(encode([EN[0], long[:20_000], EN[1]]), encode(ZH[:2]))
    assert_partition(beads, 3, 2)
    assert time.perf_counter() - start < 20


@pytest.mark.slow
def test_ten_thousand_equal_sentences():
    one_en, one_zh = encode(["No adverse events occurred."])[0], encode(["未发生不良事件。"])[0]
    beads = align([one_en] * 10_000, [one_zh] * 10_000)
    assert_partition(beads, 10_000, 10_000)


def test_equal_sentences():
    one_en, one_zh = encode(["No adverse events occurred."])[0], encode(["未发生不良事件。"])[0]
    beads = align([one_en] * 300, [one_zh] * 290)
    assert_partition(beads, 300, 290)


def test_same_input_same_beads():
    en, zh = encode(EN * 3), encode(ZH * 3)
    assert align(en, zh) == align(en, zh)


@pytest.mark.parametrize("text", [".", "。", "1", "…", "🙂"])
def test_sentences_without_words(text):
    odd = encode([text])[0]
    beads = align([odd, *encode(EN[:2])], [*encode(ZH[:2]), replace(odd)])
    assert_partition(beads, 3, 3)


def test_nothing_of_probability_near_zero_is_written_while_something_likelier_fits():
    """Where a bead's end is uncertain, no sentence that surely has a partner is shown as unmatched."""
    zh = [ZH[0], "".join(ZH[1:4]), ZH[4]]
    beads = align(encode(EN), encode(zh))
    assert_partition(beads, 5, 3)
    assert not [bead for bead in beads if not (bead.en and bead.zh) and bead.score < 0.05]
