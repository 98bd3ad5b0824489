"""Slips made of correct pairs: one change each, the same from the same seed."""

import pytest

from aligner.checks.edits import KINDS, make_slips
from aligner.types import Language, Pair

# Constructed.
PAIRS = [
    Pair("a", 0, "Of 45 men, 12 (26.7%) had pain on the left (P<0.05); none died.",
         "45例男性中，12例（26.7%）左侧疼痛（P<0.05），未见死亡。"),
    Pair("b", 0, "They took 20 mg for 6 months, and the score did not increase; see www.example.org/a1.",
         "患者服用20 mg，持续6个月，评分没有增加，详见www.example.org/a1。"),
    Pair("c", 0, "Age, sex, height and weight were recorded before surgery.",
         "术前记录年龄、性别、身高、血压和体重。"),
]  # fmt: skip


def test_one_seed_makes_the_same_slips() -> None:
    assert make_slips(PAIRS, seed=3) == make_slips(PAIRS, seed=3)
    assert {slip.pair.zh for slip in make_slips(PAIRS, seed=3)} != {
        slip.pair.zh for slip in make_slips(PAIRS, seed=4)
    }


def test_every_slip_changes_the_chinese_alone() -> None:
    by_record = {pair.record: pair for pair in PAIRS}
    slips = make_slips(PAIRS)
    assert len(slips) > 40
    for slip in slips:
        pair = by_record[slip.pair.record.partition("#")[0]]
        assert (slip.pair.en, slip.was) == (pair.en, pair.zh)
        assert slip.pair.zh != pair.zh
        assert slip.kind in KINDS


@pytest.mark.parametrize(
    ("kind", "record", "zh"),
    [
        ("P value: sign turned", "a", "45例男性中，12例（26.7%）左侧疼痛（P>0.05），未见死亡。"),
        ("laterality: left and right", "a", "45例男性中，12例（26.7%）右侧疼痛（P<0.05），未见死亡。"),
        ("negation: lost", "a", "45例男性中，12例（26.7%）左侧疼痛（P<0.05），见死亡。"),
        ("number: two counts swapped", "a", "12例男性中，45例（26.7%）左侧疼痛（P<0.05），未见死亡。"),
        ("unit: changed", "b", "患者服用20 g，持续6个月，评分没有增加，详见www.example.org/a1。"),
        ("duration: unit changed", "b", "患者服用20 mg，持续6年，评分没有增加，详见www.example.org/a1。"),
        ("omission: last list item", "c", "术前记录年龄、性别、身高、血压。"),
        ("omission: mark only", "c", "。"),
    ],
)
def test_kinds(kind: str, record: str, zh: str) -> None:
    found = [slip.pair.zh for slip in make_slips(PAIRS) if slip.pair.record == f"{record}#{kind}"]
    assert found == [zh]


@pytest.mark.parametrize(
    ("kind", "side", "text"),
    [
        ("omission: name", "zh", "培养后细胞的表达在术后明显下降。"),
        ("omission: adjunct", "zh", "培养后K562细胞的表达明显下降。"),
        ("addition: name not in the English", "en", "Expression in cells fell clearly after surgery."),
    ],
)
def test_less_than_a_clause_is_cut(kind: str, side: Language, text: str) -> None:
    pair = Pair(
        "d", 0, "Expression in K562 cells fell clearly after surgery.", "培养后K562细胞的表达在术后明显下降。"
    )
    edited = {slip.kind: slip.pair for slip in make_slips([pair], seed=2, side=side)}
    assert (edited[kind].zh if side == "zh" else edited[kind].en) == text


def test_few_of_each_kind_can_be_drawn() -> None:
    drawn = make_slips(PAIRS * 20, per_kind=5)
    assert max(sum(slip.kind == kind for slip in drawn) for kind in KINDS) == 5


@pytest.mark.parametrize(
    ("kind", "zh", "found"),
    [
        ("omission: clause", "两组身高比（78.9%比71.2%，P=0.002），此后差异消失。", set()),
        (
            "omission: last list item",
            "可见脱落、透明膜形成以及淋巴细胞浸润，预后差。",
            {"可见脱落、透明膜形成，预后差。"},
        ),
        ("omission: last list item", "如有旅行、活动问题，请联系团队并与之合作。", set()),
        ("owner: sides swapped", "最后，前列腺癌常见，随访至此后一年。", set()),
        ("owner: sides swapped", "术前评分高于术后。", {"术后评分高于术前。"}),
    ],
)
def test_what_is_left_is_a_text_that_a_translator_could_have_written(
    kind: str, zh: str, found: set[str]
) -> None:
    slips = [slip for seed in range(3) for slip in make_slips([Pair("a", 0, "Constructed.", zh)], seed=seed)]
    assert {slip.pair.zh for slip in slips if slip.kind == kind} == found
