"""What windows of words tell of segments: words without a counterpart, items, names. Constructed texts."""

from collections.abc import Callable

import numpy as np
import pytest

from aligner.checks import absent_names, assignment, lexical, listed
from aligner.checks.assignment import Assignment
from aligner.checks.segments import segments
from aligner.checks.sides import WINDOWS, Side, Sides, SpanVectors
from aligner.encoders import load_encoder


def sides(en: str, zh: str) -> Sides:
    texts, (words, links) = load_encoder().encode([en, zh]), lexical.link_words(en, zh)
    spans = segments(en, "en"), segments(zh, "zh")
    one, other = map(Side, map(SpanVectors, texts), words, spans, WINDOWS)
    return Sides(one, other, links)


def free(en: str, zh: str, which: int = 0) -> dict[str, float]:
    """Return how far each word of a side that says something has no counterpart."""
    both = sides(en, zh)
    own = both.of(which)[0]
    rows = zip(own.words.spans, own.words.weights, Assignment(both).free[which], strict=True)
    return {own.text[slice(*span)]: float(row) for span, weight, row in rows if weight > 0}


def items(en: str, zh: str, which: int = 0) -> list[dict[str, float]]:
    rows = listed.describe(Assignment(sides(en, zh)), which)
    return [dict(zip(listed.NAMES, row.tolist(), strict=True)) for row in rows]


EN = "The patients had fever, headache, cough and diarrhea."
WHOLE = "患者有发热、头痛、咳嗽和腹泻。"


def test_a_word_left_out_is_free() -> None:
    assert max(free(EN, WHOLE).values()) < 0.5
    cut = free(EN, "患者有发热、咳嗽和腹泻。")
    assert max(cut, key=cut.__getitem__) == "headache"
    assert cut["headache"] > 0.5
    more = free("The patients had fever, cough and diarrhea.", WHOLE, 1)
    assert more["头痛"] > max(more["发热"], more["咳嗽"], more["腹泻"])


def test_two_words_do_not_share_one_counterpart() -> None:
    en = "Children had fever, children had cough and children had rash."
    once, twice = (sides(en, zh) for zh in ("儿童发热、咳嗽、皮疹。", "儿童发热，儿童咳嗽，儿童皮疹。"))
    found = [Assignment(both).free[0] for both in (once, twice)]
    at = [
        number
        for number, (start, end) in enumerate(once.en.words.spans)
        if en[start:end].lower() == "children"
    ]
    assert found[0][at].sum() > found[1][at].sum() + 1.0


def test_parts_of_words_are_links() -> None:
    both = sides("Splenomegaly was seen.", "可见脾大。")
    row, column = 0, both.zh.words.spans.index((2, 4)) if (2, 4) in both.zh.words.spans else 1
    assert not both.links[row].any() or both.links[row, column] > 0
    assert Assignment(both).links[row].max() >= 0.5


@pytest.mark.parametrize(
    ("zh", "at"),
    [("患者有发热、咳嗽和腹泻。", 1), ("患者有发热、头痛和腹泻。", 2), ("患者有发热、头痛、咳嗽。", 3)],
)
def test_an_item_whose_neighbours_stand_together_was_left_out(zh: str, at: int) -> None:
    found = items(EN, zh)
    for name in ("list lone", "items lone"):
        assert [row[name] for row in found if row["list margin"] or row[name]].count(1.0) == 1
        assert found[at][name] == 1.0
    assert found[at]["list closed margin"] > 0.1
    assert found[at]["list surplus"] == 1.0
    assert not any(row["list lone"] or row["items lone"] for row in items(EN, WHOLE))


def test_an_item_put_in_is_seen_from_the_chinese() -> None:
    found = items("The patients had fever, cough and diarrhea.", WHOLE, 1)
    assert [row["items lone"] for row in found] == [0.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("en", "zh", "which", "absent"),
    [
        ("BAX fell in K562 cells after transfection.", "转染后K562细胞BAX表达下降。", 1, 0.0),
        ("It fell in K562 cells after transfection.", "转染后K562细胞BAX表达下降。", 1, 1.0),
        ("The CT and MRI were read twice.", "CT由两人阅片。", 0, 1.0),
        ("Patients with AIDS were seen.", "诊治艾滋病患者。", 0, 0.0),  # a dictionary has it
        ("RCTs of IL-6 were pooled.", "汇总IL 6的RCT。", 0, 0.0),
        ("Stage II disease was treated with 5 mg.", "二期患者给予5毫克。", 0, 0.0),
    ],
)
def test_a_name_that_the_other_side_lacks(en: str, zh: str, which: int, absent: float) -> None:
    both = sides(en, zh)
    own = both.of(which)[0]
    found = absent_names.describe(both, which, Assignment(both).likeness, np.ones((len(own.spans), 4)))
    assert found[:, 0].max() == absent
    assert found.shape == (len(own.spans), len(absent_names.NAMES))


def test_a_name_said_less_often_is_counted() -> None:
    en, zh = "CRP rose and then CRP fell.", "CRP先升后降。"
    both = sides(en, zh)
    found = absent_names.describe(both, 0, None, np.ones((len(both.en.spans), 4)))
    assert found[:, absent_names.NAMES.index("says a name more")].max() == 1.0
    assert found[:, absent_names.NAMES.index("lacks a name")].max() == 0.0


def test_texts_too_long_for_windows_are_not_read_by_them() -> None:
    assert not sides("fever " * 200, "发热，" * 200).are_short


def test_names_of_very_long_texts_are_not_looked_up() -> None:
    both = sides("AB1, " * 700, "甲XY2、" * 700)
    found = absent_names.describe(both, 0, None, np.ones((len(both.en.spans), 4)))
    assert found.shape[0] == len(both.en.spans)
    assert not found.any()


Rows = Callable[[Assignment, int], "np.ndarray[tuple[int, int], np.dtype[np.float64]]"]


@pytest.mark.parametrize(
    ("describe", "names"),
    [(Assignment.describe, assignment.NAMES), (listed.describe, listed.NAMES)],
)
@pytest.mark.parametrize(
    "en", ["fever", "12, 13 and 14 fever", "fever, , and fever, and", "(fever), fever or"]
)
def test_odd_texts_have_finite_rows(en: str, describe: Rows, names: tuple[str, ...]) -> None:
    both = sides(en, "发热、、和发热，和")
    assert both.are_short
    for which in (0, 1):
        rows = describe(Assignment(both), which)
        assert rows.shape == (len(both.of(which)[0].spans), len(names))
        assert np.isfinite(rows).all()
