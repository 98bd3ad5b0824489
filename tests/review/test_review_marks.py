"""Texts cut into marked pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.review.marks import Mark, issue_marks, number_marks, pieces, term_marks
from aligner.review.pairs import pair_view
from aligner.store.beads import StoredBead
from aligner.types import Pair, TermPair, Unit

CUTS = [
    ("abc", [], [("abc", "", "")]),
    ("", [], []),
    ("abc", [(0, 3, "k", "x")], [("abc", "x", "k")]),
    ("abcd", [(1, 3, "k", "x")], [("a", "", ""), ("bc", "x", "k"), ("d", "", "")]),
    ("abcd", [(0, 3, "k", "x"), (1, 4, "l", "y")], [("a", "x", "k"), ("bc", "x y", "k l"), ("d", "y", "l")]),
    ("abcd", [(0, 4, "k", "x"), (1, 2, "l", "x")], [("a", "x", "k"), ("b", "x", "k l"), ("cd", "x", "k")]),
    ("ab", [(0, 9, "k", "x"), (1, 1, "l", "y")], [("ab", "", "")]),
    ("骨水泥", [(0, 1, "k", "x")], [("骨", "x", "k"), ("水泥", "", "")]),
]


@pytest.mark.parametrize(("text", "marks", "expected"), CUTS)
def test_pieces(text, marks, expected):
    found = pieces(text, [Mark((a, b), key, (name,)) for a, b, key, name in marks])
    assert [(p["text"], p["classes"], p["marks"]) for p in found] == expected


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_pieces_lose_nothing(text, spans):
    found = pieces(text, [Mark((a, b), f"k{n}", ("x",)) for n, (a, b) in enumerate(spans)])
    assert "".join(piece["text"] for piece in found) == text


SAME = [
    ("5 patients", "5例", True),
    ("5 patients", "25例", False),
    ("T12 fracture", "第12胸椎骨折", True),
    ("T12 fracture", "T11骨折", False),
    ("P < 0.05", "P＜0.05", True),
    ("P < 0.05", "P>0.05", False),
    ("for 6 months", "随访半年", True),
    ("0.5 g", "500 mg", True),
    ("10 mg", "10 g", False),
    ("32.5%", "百分之32.5", True),
]


@pytest.mark.parametrize(("en", "zh", "same"), SAME)
def test_numbers_that_say_the_same_light_up_together(en, zh, same):
    english, chinese = number_marks(en, zh)
    assert bool({mark.key for mark in english} & {mark.key for mark in chinese}) is same


def test_terms_have_one_key_on_both_sides():
    one = TermPair("r", 0, "leak", "渗漏", (0, 4), (1, 3), 0.9)
    assert term_marks([one]) == ([Mark((0, 4), "t0", ("k", "t"))], [Mark((1, 3), "t0", ("k", "t"))])


def test_a_pair_is_shown_in_the_parts_it_is_cut_into():
    en, zh = "Pain fell, and no patient died.", "疼痛减轻，无患者死亡。"
    units = (Unit((0, 10), (0, 5), 0.9), Unit((11, 31), (5, 11), 0.9))
    view = pair_view(StoredBead(1, 0, Pair("a", 0, en, zh, (0,), (0,), 0.95), "proposed", units=units))
    texts = [
        ["".join(piece["text"] for piece in part) for part in view["parts"][side]] for side in ("en", "zh")
    ]
    assert texts == [["Pain fell, ", "and no patient died."], ["疼痛减轻，", "无患者死亡。"]]
    crossed = (Unit((0, 10), (5, 11), 0.9), Unit((11, 31), (0, 5), 0.9))
    bead = StoredBead(1, 0, Pair("a", 0, en, zh, (0,), (0,), 0.95), "proposed", units=crossed)
    assert pair_view(bead)["parts"] is None


def test_dismissed_findings_mark_nothing():
    rows = [("i1", "error", "open", (0, 1), None), ("i2", "error", "dismissed", (0, 1), (0, 1))]
    assert issue_marks(rows) == ([Mark((0, 1), "i1", ("m", "sure"))], [])
