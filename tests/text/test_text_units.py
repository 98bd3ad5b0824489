"""Pairs cut into their translation units."""

from aligner.text.units import unit_pairs
from aligner.types import Pair, Sentence, Unit

EN = ("Pain was relieved.", "No deficit was seen.", "None died.")
ZH = ("疼痛缓解，未见神经功能障碍。", "无死亡。")


def sentences(texts):
    return [Sentence(text, 0, len(text)) for text in texts]


def cut(pair):
    return list(unit_pairs(pair, sentences(EN), sentences(ZH)))


def test_a_pair_without_units_is_its_unit_0():
    pair = Pair("r", 1, EN[2], ZH[1], (2,), (1,), 0.9)
    (unit,) = cut(pair)
    assert (unit.unit, unit.en, unit.zh, unit.score) == (0, EN[2], ZH[1], 0.9)


def test_units_know_the_sentences_they_are_cut_from():
    units = (Unit((0, 18), (0, 5), 0.8), Unit((19, 39), (5, 14), 0.7))
    pair = Pair("r", 0, f"{EN[0]} {EN[1]}", ZH[0], (0, 1), (0,), 0.9, units=units)
    first, second = cut(pair)
    assert (first.en, first.zh, first.en_ids, first.zh_ids, first.score) == (
        EN[0],
        "疼痛缓解，",
        (0,),
        (0,),
        0.8,
    )
    assert (second.en, second.zh, second.en_ids, second.unit) == (EN[1], "未见神经功能障碍。", (1,), 1)
    assert second.bead == 0
    assert second.units == ()
