"""New entries into an existing glossary."""

from dataclasses import replace

import pytest

from aligner.glossary import merge
from aligner.types import CompetingTranslation, Context, Entry

FIRST = Context("a", "Bone cement leaked.", "骨水泥渗漏。")
SECOND = Context("b", "Leaked bone cement.", "渗漏的骨水泥。")
LEAK = Entry(
    "bone cement leakage",
    "骨水泥渗漏",
    0.9,
    4,
    2,
    en_variants=("cement leakages",),
    contexts=(FIRST,),
    en_counts=(3, 1),
    zh_counts=(4,),
)
NEW = replace(
    LEAK, score=0.95, count=2, records=1, en_variants=(), contexts=(SECOND,), en_counts=(2,), zh_counts=(2,)
)
GROWN = replace(LEAK, count=6, records=3, contexts=(FIRST, SECOND), en_counts=(5, 1), zh_counts=(6,))


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_a_decided_row_gains_counts_and_contexts_only(status):
    base = replace(LEAK, status=status, note="as in the standard")
    new = replace(NEW, abbreviation="BCL", en_variants=("bone-cement leakage",), en_counts=(1, 1))
    entries, messages = merge([new], [base])
    assert entries == [replace(GROWN, status=status, note="as in the standard", en_counts=(4, 1))]
    assert messages == []


def test_an_undecided_row_gains_forms_score_and_abbreviation():
    new = replace(NEW, abbreviation="BCL", en_variants=("bone-cement leakage",), en_counts=(1, 1))
    (entry,), _ = merge([new], [LEAK])
    assert (entry.score, entry.abbreviation) == (0.95, "BCL")
    assert (entry.en, entry.en_variants, entry.en_counts) == (
        "bone cement leakage",
        ("cement leakages", "bone-cement leakage"),
        (4, 1, 1),
    )


def test_the_wording_of_a_row_never_changes_even_when_another_form_is_commoner():
    new = replace(NEW, en="Bone-Cement Leakage", count=99, en_counts=(99,))
    (entry,), _ = merge([new], [LEAK])
    assert entry.en == "bone cement leakage"
    assert entry.en_variants == ("Bone-Cement Leakage", "cement leakages")
    assert entry.en_counts == (3, 99, 1)


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("bone cement leakage", "骨水泥渗漏"),
        ("Bone-cement leakages", "骨水泥滲漏"),
        ("cement leakages", "骨水泥渗漏"),
        ("cement leakage", "骨水泥外漏"),
    ],
)
def test_a_rejected_pair_does_not_come_back_in_any_form(en, zh):
    base = replace(LEAK, status="rejected", zh_variants=("骨水泥外漏",))
    entries, _ = merge([replace(NEW, en=en, zh=zh)], [base])
    assert [(entry.en, entry.zh, entry.status) for entry in entries] == [
        ("bone cement leakage", "骨水泥渗漏", "rejected")
    ]


def test_an_edited_row_stays_and_other_translations_come_as_candidates_that_compete():
    base = replace(LEAK, zh="骨水泥外渗", status="accepted")
    entries, _ = merge([NEW], [base])
    assert [(entry.zh, entry.status) for entry in entries] == [
        ("骨水泥外渗", "accepted"),
        ("骨水泥渗漏", "candidate"),
    ]
    assert entries[0].competing == (CompetingTranslation("bone cement leakage", "骨水泥渗漏", 2),)


def test_a_rejected_row_competes_with_none():
    base = replace(LEAK, zh="骨病", status="rejected")
    entries, _ = merge([NEW], [base])
    assert [entry.competing for entry in entries] == [(), ()]


def test_two_forms_of_one_pair_in_the_base_do_not_compete():
    base = [Entry("bone cement", "骨水泥", 1.0, 0, 0), Entry("Bone cement", "骨水泥", 1.0, 0, 0)]
    assert [entry.competing for entry in merge([], base)[0]] == [(), ()]


def test_the_base_comes_first_in_its_own_order():
    others = [
        replace(LEAK, en=en, zh=zh, en_variants=(), en_counts=(4,)) for en, zh in [("z", "末"), ("a", "始")]
    ]
    entries, _ = merge([replace(NEW, en="new", zh="新"), NEW], others)
    assert [entry.en for entry in entries] == ["z", "a", "new", "bone cement leakage"]


def test_nothing_new_changes_nothing():
    base = [replace(LEAK, status="accepted", note="n"), replace(LEAK, en="x", zh="某", competing=())]
    assert merge([], base) == (base, [])
    assert merge([], []) == ([], [])


def test_contexts_are_added_once_three_at_a_time_and_twelve_in_all():
    many = tuple(Context("r", f"Sentence {n}.", f"第{n}句。") for n in range(20))
    (entry,), _ = merge([replace(NEW, contexts=many)], [LEAK])
    assert entry.contexts == (FIRST, *many[:3])
    (entry,), _ = merge([replace(NEW, contexts=many[:3])], [entry])
    assert entry.contexts == (FIRST, *many[:3])
    (entry,), _ = merge([replace(NEW, contexts=many[12:])], [replace(LEAK, contexts=many[:11])])
    assert entry.contexts == many[:11] + many[12:13]


def test_a_row_that_stands_twice_is_folded_and_said():
    twice = replace(LEAK, status="accepted", note="ok", count=9, contexts=(SECOND,))
    (entry,), (message,) = merge([], [LEAK, twice])
    assert (entry.status, entry.note, entry.count, entry.contexts) == ("accepted", "ok", 9, (FIRST, SECOND))
    assert str(message) == (
        "base glossary, entry 2 (bone cement leakage = 骨水泥渗漏): repeats entry 1 and was folded into it"
    )


def test_contradicting_rows_both_stay_and_are_said():
    base = [replace(LEAK, status="accepted"), replace(LEAK, status="rejected")]
    entries, (message,) = merge([NEW], base)
    assert [(entry.status, entry.count) for entry in entries] == [("accepted", 6), ("rejected", 4)]
    assert str(message) == (
        "base glossary, entry 2 (bone cement leakage = 骨水泥渗漏): is rejected, but entry 1, the same pair,"
        " is accepted; both are kept; delete one of them"
    )


def test_a_row_without_counts_of_its_forms_keeps_none():
    base = Entry("fracture", "骨折", 1.0, 0, 0, "accepted", en_variants=("break",))
    (entry,), _ = merge([Entry("fractures", "骨折", 0.9, 2, 1, en_counts=(2,), zh_counts=(2,))], [base])
    assert (entry.count, entry.en_counts, entry.zh_counts, entry.en_variants) == (2, (), (), ("break",))


def test_two_meanings_of_a_short_form_stay_apart():
    base = [Entry("PE", "PE", 0.9, 1, 1, "accepted", expansion="preeclampsia")]
    new = [
        Entry("PE", "PE", 0.9, 5, 1, expansion="pulmonary embolism"),
        Entry("PE", "PE", 0.9, 2, 1, expansion="preeclampsia"),
    ]
    entries, _ = merge(new, base)
    assert [(e.expansion, e.count) for e in entries] == [("preeclampsia", 3), ("pulmonary embolism", 5)]


def test_the_same_texts_again_count_once():
    row = replace(
        LEAK,
        en_variants=(),
        zh_variants=(),
        status="accepted",
        count=3,
        records=2,
        contexts=(FIRST,),
        en_counts=(3,),
        zh_counts=(3,),
    )
    once, _ = merge([replace(row, status="candidate")], [row])
    assert once[0] == row
    other, _ = merge([replace(row, status="candidate", contexts=(SECOND,))], [row])
    assert (other[0].count, other[0].records, other[0].en_counts) == (6, 4, (6,))


def test_texts_read_again_by_a_version_that_finds_more_count_once():
    other = replace(LEAK, en="cement", zh="骨水泥", contexts=(SECOND,), en_variants=())
    again = replace(
        NEW, count=5, records=3, en_variants=("cement leakages",), en_counts=(3, 2), zh_counts=(5,)
    )
    (leak, _), _ = merge([again], [LEAK, other])
    assert (leak.count, leak.records, leak.en_counts, leak.zh_counts) == (5, 3, (3, 2), (5,))
    assert leak.contexts == (FIRST, SECOND)


def test_texts_read_again_by_a_version_that_finds_less_change_no_count():
    (leak,), _ = merge([replace(NEW, contexts=(FIRST, SECOND))], [LEAK])
    assert leak == replace(LEAK, score=NEW.score)
