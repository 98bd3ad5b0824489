"""What is said of what: linked words beside a value, what is compared, before and after. Constructed."""

import pytest

from aligner.checks import check_pairs
from aligner.checks.affinity import Affinity
from aligner.checks.cues import cues
from aligner.checks.lexical import part_of_word
from aligner.types import Pair, Span


def place(text: str, part: str) -> Span:
    return text.index(part), text.index(part) + len(part)


@pytest.mark.parametrize(
    ("zh", "crosswise"),
    [("PVP组渗漏率为12%，PKP组为25%。", False), ("PKP组渗漏率为12%，PVP组为25%。", True)],
)
def test_linked_words_tell_what_two_values_are_said_of(zh: str, *, crosswise: bool) -> None:
    en = "Leakage was 12% in the PVP group and 25% in the PKP group."
    ours, theirs = ((place(text, "12%"), place(text, "25%")) for text in (en, zh))
    words, share = Affinity(en, zh).crossing(ours, theirs)
    assert (words > 0) is (share > 0) is crosswise
    back, _ = Affinity(en, zh).crossing(ours[::-1], theirs)
    assert back == pytest.approx(-words)


def test_words_beside_a_place_are_shared_with_the_place_that_renders_it() -> None:
    en = "No fracture was seen, but the cement leaked."
    zh = "可见骨折，但骨水泥未渗漏。"
    near = {part: Affinity(en, zh).shared(place(en, "No"), place(zh, part)) for part in ("可见", "未")}
    assert near["可见"] > near["未"] > 0
    assert Affinity("", "").shared((0, 0), (0, 0)) == 0
    assert Affinity("", "").crossing(((0, 0), (0, 0)), ((0, 0), (0, 0))) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("zh", "denied"),
    [("骨折未愈合，患者出院。", True), ("骨折愈合，患者未出院。", False)],
)
def test_what_stands_behind_a_denial_is_denied_where_a_denial_stands_beside_its_words(
    zh: str, *, denied: bool
) -> None:
    en = "The fracture did not heal, and the patient was discharged."
    one, other = place(en, "not"), place(zh, "未")
    rendered, share = Affinity(en, zh).scope(one, 0, [other])
    assert rendered > 0
    assert (share > 0.5) is denied
    assert (Affinity(en, zh).scope(other, 1, [one])[1] > 0.5) is denied
    assert Affinity(en, zh).scope(one, 0, []) == (rendered, 0.0)
    assert Affinity("", "").scope((0, 0), 0, []) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("投不投降，能不能行走，有没有咳嗽。", []),
        ("年龄别身高与性别别死亡率。", []),
        ("请别移动患者，别无选择。", ["别", "别无"]),
        ("站立不住，想不起来。", ["不", "不"]),
    ],
)
def test_questions_and_words_that_forbid_nothing_are_no_denials(text: str, found: list[str]) -> None:
    denials = [cue for cue in cues(text, "zh") if cue.concept == "negation" and cue.polarity == "+"]
    assert [cue.text for cue in denials] == found


@pytest.mark.parametrize(
    ("en", "zh", "known", "linked"),
    [
        ("Patients were given gefitinib.", "患者服用吉非替尼。", False, True),
        ("The stent is of stainless steel.", "支架为不锈钢。", True, True),
        ("Many had trouble walking.", "许多患者行走不便。", True, False),
        ("The drug did not affect sleep.", "药物不影响睡眠。", False, False),
    ],
)
def test_a_denial_inside_a_word(en: str, zh: str, *, known: bool, linked: bool) -> None:
    at = next(place(zh, char) for char in "非不" if char in zh)
    assert part_of_word(en, zh, at) == (known, linked)


def test_until_is_rendered_without_a_denial() -> None:
    pair = Pair("r", 0, "The leak was not found until the patient returned.", "患者复诊时才发现渗漏。")
    assert not [finding for finding in check_pairs([pair]) if finding.check == "negation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("洗手后用餐，出院前复查。", ["后", "前"]),
        ("目前预后不良，最后一次随访的前24个月。", []),
        ("治疗前后比较。", ["治疗前", "后"]),
        ("17年前行前路手术。", ["年前"]),
    ],
)
def test_before_and_after_as_words_of_their_own(text: str, found: list[str]) -> None:
    timed = [cue.text for cue in cues(text, "zh") if cue.concept == "timing" and cue.polarity in "+-"]
    assert timed == found


@pytest.mark.parametrize(
    ("en", "zh", "is_lost"),
    [
        ("It was seen in 79% and 42% of arms.", "见于79%和42的治疗组。", True),
        ("It contains 60% to 95% alcohol.", "含60%至95的酒精。", True),
        ("It contains 60% to 95% alcohol.", "含60至95%的酒精。", False),
        ("The cement held 10 wt% collagen.", "骨水泥含10的胶原。", True),
        ("The cement held 10 wt% collagen.", "骨水泥含10%的胶原。", False),
    ],
)
def test_a_percent_sign_may_be_lost_behind_the_first_of_two_alone(en: str, zh: str, *, is_lost: bool) -> None:
    found = {(one.check, one.severity) for one in check_pairs([Pair("", 0, en, zh)])}
    assert ("percent" in {check for check, _ in found}) is is_lost


@pytest.mark.parametrize(
    ("zh", "is_wrong"), [("239例患者中共有31例减量。", False), ("31例患者中共有239例减量。", True)]
)
def test_a_part_stands_behind_its_whole_in_chinese(zh: str, *, is_wrong: bool) -> None:
    pair = Pair("", 0, "A total of 31 of the 239 patients had dose reductions.", zh)
    assert any(one.check == "owner" for one in check_pairs([pair])) is is_wrong


@pytest.mark.parametrize("zh", ["BMD低者BDM复查。", "BMD低者复查BMD。"])
def test_a_mistyped_abbreviation_beside_the_right_one(zh: str) -> None:
    found = check_pairs([Pair("", 0, "Those with a low BMD had BMD measured again.", zh)])
    assert any("BDM" in one.message for one in found) is ("BDM" in zh)


@pytest.mark.parametrize(
    ("zh", "is_wrong"),
    [
        ("2003年流行后，2020年2月11日命名。", False),
        ("2020年流行后，2003年2月11日命名。", True),
    ],
)
def test_years_exchanged_with_a_whole_date(zh: str, *, is_wrong: bool) -> None:
    en = "After the outbreak of 2003, it was named on February 11, 2020."
    assert any(one.check == "date" for one in check_pairs([Pair("", 0, en, zh)])) is is_wrong
