"""Profiles: which checks, how loud, in which direction, and patterns of one's own."""

from pathlib import Path

import pytest

from aligner.checks import check_pairs
from aligner.checks.profile import Profile, apply, choose, load_profile, of_options
from aligner.errors import AlignerError, SettingError, UnknownNameError
from aligner.types import Finding, Pair

PAIRS = [
    Pair("r", 0, "There were 5 men on the left.", "左侧25例病人病人。"),
    Pair("r", 1, "One sentence more.", ""),
    Pair("r", 2, "", "多出一句。"),
]


def found(profile: Profile) -> list[Finding]:
    return list(apply(profile, PAIRS, check_pairs(PAIRS)))


def write(folder: Path, text: str) -> Path:
    path = folder / "p.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_is_kept_by_default() -> None:
    assert [(one.bead, one.check) for one in found(Profile())] == [
        (0, "number"),
        (0, "repetition"),
        (1, "omission"),
        (2, "addition"),
    ]


def test_checks_are_chosen_or_left_out() -> None:
    assert {one.check for one in found(Profile(choose(["number"], [])))} == {"number"}
    assert {one.check for one in found(Profile(choose([], ["number", "omission"])))} == {
        "repetition",
        "addition",
    }
    with pytest.raises(SettingError):
        choose(["number"], ["unit"])
    with pytest.raises(UnknownNameError):
        choose(["numbers"], [])


def test_a_profile_says_how_loud(tmp_path: Path) -> None:
    profile = load_profile(
        write(tmp_path, 'without = ["omission", "addition"]\n[severity]\nnumber = "info"\n')
    )
    assert [(one.check, one.severity) for one in found(profile)] == [
        ("number", "info"),
        ("repetition", "warning"),
    ]


def test_own_patterns_are_found(tmp_path: Path) -> None:
    text = (
        'checks = ["date"]\n[[pattern]]\nmatch = "病人"\nmessage = "our style is 患者"\nseverity = "info"\n'
    )
    assert [
        (one.severity, one.zh_span, one.message) for one in found(load_profile(write(tmp_path, text)))
    ] == [
        ("info", (5, 7), "病人: our style is 患者"),
        ("info", (7, 9), "病人: our style is 患者"),
    ]


def test_the_direction_says_what_lacks() -> None:
    from_chinese = [(one.bead, one.check, one.message) for one in found(Profile(source="zh"))][2:]
    assert from_chinese == [
        (1, "addition", "The sentence has no counterpart in the source"),
        (2, "untranslated", "The sentence has no counterpart in the target"),
    ]
    from_english = [(one.bead, one.check) for one in found(Profile(source="en"))][2:]
    assert from_english == [(1, "untranslated"), (2, "addition")]


@pytest.mark.parametrize(
    "text",
    ["checks = 1", "a = 1", "[", 'source = "de"', '[[pattern]]\nmatch = "("', '[severity]\nnumber = "loud"'],
)
def test_a_bad_profile_is_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(AlignerError, match=r"p\.toml"):
        load_profile(write(tmp_path, text))


def test_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    path = write(tmp_path, 'checks = ["number"]\nsource = "zh"\n')
    assert of_options(path, "unit,dose", None, None).checks == {"unit", "dose"}
    assert of_options(path, None, None, "en").source == "en"
