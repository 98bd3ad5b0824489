"""Texts of both languages with the quantities in them: exact values, units, signs, roles and offsets.

cases.tsv: language, text, quantities as ``kind value|value unit, is SIGN, range, as ROLE, word @start-end``.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.quantities import Quantity, in_base, name_of, parse
from aligner.types import Language

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases.tsv").read_text(encoding="utf-8").splitlines()
]


def note(quantity: Quantity) -> str:
    values = "|".join(f"{value:f}" for value in quantity.values)
    said = [
        f"{quantity.kind} {values}" + (f" {quantity.unit}" if quantity.unit else ""),
        f"is {quantity.comparator}" if quantity.comparator else "",
        "range" if quantity.is_range else "",
        f"as {quantity.role}" if quantity.role else "",
        "word" if quantity.is_word else "",
    ]
    return ", ".join(part for part in said if part) + f" @{quantity.span[0]}-{quantity.span[1]}"


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_values_units_and_spans(language: Language, text: str, expected: str) -> None:
    assert " ; ".join(note(quantity) for quantity in parse(text, language)) == expected


def test_there_are_cases_of_both_languages() -> None:
    assert len([case for case in CASES if case[0] == "en"]) >= 75
    assert len([case for case in CASES if case[0] == "zh"]) >= 75


SAME = [
    ("5 patients", "５例"),
    ("three cases", "三例"),
    ("ninety-one", "九十一例"),
    ("10,000", "1万"),
    ("130,000", "13万"),
    ("12.5%", "12.5％"),
    ("5%", "百分之五"),
    ("P<.05", "P＜0.05"),
    ("T12", "第12胸椎"),
    ("T12", "胸12"),
    ("12th thoracic vertebra", "T<sub>12</sub>"),
    ("T11-L2", "T11～L2"),
    ("T11 to L2", "T11至L2"),
    ("March 2018", "2018年3月"),
    ("a 70-year-old woman", "70岁"),
    ("1 mm Hg", "1毫米汞柱"),
    ("1 386 cases", "1 386例"),
    ("3.5×10^9/L", "3.5×10⁹/L"),
    ("stage III", "Ⅲ期"),
    ("once daily", "每日1次"),
    ("every 6 months", "每6个月1次"),
    ("18% to 25%", "18～25%"),
    ("−3.6", "-3.6"),
    ("two-thirds", "三分之二"),
]


@pytest.mark.parametrize(("en", "zh"), SAME)
def test_one_value_in_both_languages(en: str, zh: str) -> None:
    one, other = parse(en, "en"), parse(zh, "zh")
    assert [(q.values, q.unit, q.kind) for q in one] == [(q.values, q.unit, q.kind) for q in other]
    assert len(one) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("6", "mo"), ("0.5", "yr")),
        (("500", "mg"), ("0.5", "g")),
        (("10", "mm"), ("1", "cm")),
        (("1", "d"), ("24", "h")),
        (("2", "wk"), ("14", "d")),
        (("0.02", "mg"), ("20", "μg")),
        (("1", "mg/kg"), ("1000", "μg/kg")),
    ],
)
def test_sizes_compare_across_units(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert in_base(Decimal(one[0]), one[1]) == in_base(Decimal(other[0]), other[1])


@pytest.mark.parametrize(
    ("place", "name"), [(1, "C1"), (7, "C7"), (8, "T1"), (19, "T12"), (20, "L1"), (25, "S1")]
)
def test_places_of_the_spine_have_names(place: int, name: str) -> None:
    assert name_of(Decimal(place)) == name


PIECES = st.sampled_from(
    [
        *(
            "T",
            "12",
            "L",
            "1",
            "-",
            "~",
            "～",
            "至",
            "to",
            "第",
            "胸",
            "腰",
            "椎",
            "%",
            "％",
            "百分之",
            "P",
            "<",
        ),
        *(
            "0",
            ".",
            "05",
            "×",
            "10",
            "^",
            "9",
            "/",
            "万",
            "亿",
            "半",
            "年",
            "个",
            "月",
            "日",
            "每",
            "次",
            "mg",
        ),
        *(
            "kg",
            "岁",
            "例",
            "三",
            "十",
            "二",
            "Ⅲ",
            "期",
            "grade",
            "III",
            "one",
            "twenty",
            "hundred",
            "half",
            "a",
        ),
        *("years", "old", "May", "2018", ",", "，", "（", "）", "是", "of", "±", "=", "&#91;", "<sub>", "⁹"),
    ]
)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for language in ("en", "zh"):
        _holds_together(text, language)


@given(st.lists(PIECES, max_size=14).map("".join) | st.lists(PIECES, max_size=14).map(" ".join))
def test_any_mixture_of_signs_is_read(text: str) -> None:
    for language in ("en", "zh"):
        _holds_together(text, language)


def _holds_together(text: str, language: str) -> None:
    position = 0
    for quantity in parse(text, "en" if language == "en" else "zh"):
        start, end = quantity.span
        assert position <= start < end <= len(text)
        assert text[start:end] == quantity.text
        assert quantity.values
        assert all(value.is_finite() for value in quantity.values)
        position = end


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("en", "seven patients", "case"),
        ("en", "three elderly women", "case"),
        ("en", "three of the vertebrae", "case"),
        ("en", "three times", "time"),
        ("en", "three patient groups", ""),
        ("en", "grade 3 cases", ""),
        ("en", "three screws", ""),
        ("zh", "7例患者", "case"),
        ("zh", "3个椎体", "case"),
        ("zh", "注射3次", "time"),
        ("zh", "3枚螺钉", ""),
        ("zh", "第3例", ""),
    ],
)
def test_what_a_number_counts(language: Language, text: str, counts: str) -> None:
    assert [quantity.counts for quantity in parse(text, language)] == [counts]
