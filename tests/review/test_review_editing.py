"""Alignment edits: what comes out, and what never happens to a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import SettingError
from aligner.review import editing

EN, ZH = "One a. Two b. Three c.", "一甲。二乙。三丙。"


def bead(en, zh, state="proposed", score=0.5):
    return {"en": en, "zh": zh, "score": score, "state": state}


def made(en, zh):
    return bead(en, zh, "edited", 1.0)


def start(*beads):
    bounds = {"en": [[0, 6], [7, 13], [14, 22]], "zh": [[0, 3], [3, 6], [6, 9]]}
    return {**bounds, "beads": list(beads) or [bead([i], [i]) for i in range(3)]}


def test_merge():
    found = editing.merge(start(), 1)["beads"]
    assert found == [bead([0], [0]), made([1, 2], [1, 2])]


def test_merge_of_the_last():
    with pytest.raises(SettingError, match="no pair after"):
        editing.merge(start(), 2)


MOVES = [
    (0, "zh", "down", [made([0], []), made([1], [0, 1]), bead([2], [2])]),
    (1, "zh", "up", [made([0], [0, 1]), made([1], []), bead([2], [2])]),
    (1, "en", "down", [bead([0], [0]), made([], [1]), made([1, 2], [2])]),
    (0, "en", "up", [made([0], []), made([], [0]), bead([1], [1]), bead([2], [2])]),
    (2, "zh", "down", [bead([0], [0]), bead([1], [1]), made([2], []), made([], [2])]),
]


@pytest.mark.parametrize(("at", "side", "direction", "expected"), MOVES)
def test_move(at, side, direction, expected):
    assert editing.move(start(), at, side, direction)["beads"] == expected


def test_move_takes_an_empty_bead_away():
    beads = start(bead([0], [0]), bead([], [1]), bead([1, 2], [2]))
    assert editing.move(beads, 1, "zh", "up")["beads"] == [made([0], [0, 1]), bead([1, 2], [2])]


def test_move_of_nothing():
    with pytest.raises(SettingError, match="no sentence on that side"):
        editing.move(start(bead([0, 1, 2], []), bead([], [0, 1, 2])), 0, "zh", "down")
    with pytest.raises(SettingError, match="nowhere"):
        editing.move({"en": [[0, 1]], "zh": [], "beads": [bead([0], [])]}, 0, "en", "up")


def test_confirm_and_back():
    confirmed = editing.confirm(start(), 1)
    assert [one["state"] for one in confirmed["beads"]] == ["proposed", "confirmed", "proposed"]
    assert editing.confirm(confirmed, 1, confirmed=False) == start()
    merged = editing.merge(start(), 0)
    assert editing.confirm(editing.confirm(merged, 0), 0, confirmed=False) == merged


SPLITS = [
    # carets between sentences: nothing is cut
    (
        (6, 3),
        [[0, 6], [7, 13], [14, 22]],
        [[0, 3], [3, 6], [6, 9]],
        [made([0], [0]), made([1], [1]), bead([2], [2])],
    ),
    (
        (7, 3),
        [[0, 6], [7, 13], [14, 22]],
        [[0, 3], [3, 6], [6, 9]],
        [made([0], [0]), made([1], [1]), bead([2], [2])],
    ),
    # one caret within a sentence: it is cut, blanks at the cut belong to neither half
    (
        (3, 3),
        [[0, 3], [4, 6], [7, 13], [14, 22]],
        [[0, 3], [3, 6], [6, 9]],
        [made([0], [0]), made([1, 2], [1]), bead([3], [2])],
    ),
    (
        (13, 5),
        [[0, 6], [7, 13], [14, 22]],
        [[0, 3], [3, 5], [5, 6], [6, 9]],
        [made([0, 1], [0, 1]), made([], [2]), bead([2], [3])],
    ),
    # at the ends all of a side stays together
    (
        (0, 3),
        [[0, 6], [7, 13], [14, 22]],
        [[0, 3], [3, 6], [6, 9]],
        [made([], [0]), made([0, 1], [1]), bead([2], [2])],
    ),
]


@pytest.mark.parametrize(("carets", "en", "zh", "beads"), SPLITS)
def test_split(carets, en, zh, beads):
    found = editing.split(start(bead([0, 1], [0, 1]), bead([2], [2])), 0, carets, (EN, ZH))
    assert found == {"en": en, "zh": zh, "beads": beads}


@pytest.mark.parametrize("carets", [(0, 0), (13, 6), (99, 99), (-1, -1)])
def test_split_leaves_no_empty_bead(carets):
    with pytest.raises(SettingError, match="would be empty"):
        editing.split(start(bead([0, 1], [0, 1]), bead([2], [2])), 0, carets, (EN, ZH))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "up", "down", "split", "confirm"]),
        st.integers(0, 6),
        st.sampled_from(["en", "zh"]),
        st.tuples(st.integers(0, 24), st.integers(0, 10)),
    ),
    max_size=12,
)


@given(STEPS)
def test_no_edit_loses_a_character(steps):
    now = start()
    for kind, at, side, carets in steps:
        try:
            if kind == "merge":
                now = editing.merge(now, at)
            elif kind == "split":
                now = editing.split(now, at, carets, (EN, ZH))
            elif kind == "confirm":
                now = editing.confirm(now, at)
            else:
                now = editing.move(now, at, side, kind)
        except SettingError:
            continue
    for side, text in (("en", EN), ("zh", ZH)):
        used = [number for one in now["beads"] for number in one[side]]
        assert sorted(used) == list(range(len(now[side])))
        assert "".join(text[a:b] for a, b in now[side]).replace(" ", "") == text.replace(" ", "")
    assert all(one["en"] or one["zh"] for one in now["beads"])
