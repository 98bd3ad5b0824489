"""What the page asks of the workspace: beads, issues, entries and records, filtered, paged and counted."""

import pytest
from review_examples import ALPHA, BETA

from aligner.store.beads import BeadFilter, count_beads, find_beads, like, next_bead, place_of, scores_of
from aligner.store.decisions import last_decision, next_redo, next_undo
from aligner.store.entries import (
    EntryFilter,
    count_entries,
    count_places,
    find_entries,
    places_of,
    read_entry,
)
from aligner.store.issues import issues_of, read_issue
from aligner.store.overview import count_records, list_records, neighbours, read_record, totals

FILTERS = [
    ({}, [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (2, 1)]),
    ({"record": 2}, [(2, 0), (2, 1)]),
    ({"text": "CEMENT"}, [(1, 2), (2, 1)]),
    ({"text": "骨水泥"}, [(1, 2), (2, 1)]),
    ({"text": "%"}, []),
    ({"text": "_"}, []),
    ({"text": "\\"}, []),
    ({"check": "number"}, [(1, 2)]),
    ({"check": "number", "severity": "info"}, []),
    ({"severity": "warning"}, [(2, 1)]),
    ({"state": "open"}, [(1, 0), (1, 2), (2, 1)]),
    ({"state": "dismissed"}, []),
    ({"below": 0.7}, [(1, 3)]),
    ({"below": 0.8, "record": 1}, [(1, 2), (1, 3)]),
    ({"work": "confirmed"}, []),
    ({"work": "unconfirmed", "record": 2}, [(2, 0), (2, 1)]),
    ({"work": "odd"}, []),
    ({"text": "cement", "state": "open", "record": 2}, [(2, 1)]),
]


@pytest.mark.parametrize(("wanted", "expected"), FILTERS)
def test_filters(workspace, wanted, expected):
    found = find_beads(workspace, BeadFilter(**wanted), limit=10)
    assert [(one.record_id, one.pair.bead) for one in found] == expected
    assert count_beads(workspace, BeadFilter(**wanted)) == len(expected)


def test_pages_are_cut_by_the_database(workspace):
    pages = [find_beads(workspace, BeadFilter(), limit=4, offset=offset) for offset in (0, 4, 8)]
    assert [[(one.record_id, one.pair.bead) for one in page] for page in pages] == [
        [(1, 0), (1, 1), (1, 2), (1, 3)],
        [(2, 0), (2, 1)],
        [],
    ]
    assert place_of(workspace, BeadFilter(), 2, 0) == 4
    assert place_of(workspace, BeadFilter(text="cement"), 2, 1) == 1


def test_a_bead_comes_with_all_that_was_found_in_it(workspace):
    bead = find_beads(workspace, BeadFilter(record=1), limit=1, offset=2)[0]
    assert (bead.pair.en, bead.pair.zh, bead.state, bead.revision) == (*ALPHA[2], "proposed", 0)
    assert [(issue.finding.check, issue.state, issue.subject[0]) for issue in bead.issues] == [
        ("number", "open", "5")
    ]
    assert [(term.en, term.zh) for term in bead.terms] == [("Bone cement leakage", "骨水泥渗漏")]
    assert [round(score, 2) for _, score, _, _ in scores_of(workspace, 1)] == [0.95, 0.85, 0.75, 0.65]


NEXT = [
    ("issue", 1, 0, False, (1, 2)),
    ("issue", 1, 2, False, (2, 1)),
    ("issue", 2, 1, False, None),
    ("issue", 2, 1, True, (1, 2)),
    ("issue", 0, -1, False, (1, 0)),
    ("unconfirmed", 1, 3, False, (2, 0)),
    ("odd", 1, 0, False, None),
]


@pytest.mark.parametrize(("goal", "record", "bead", "back", "expected"), NEXT)
def test_next(workspace, goal, record, bead, back, expected):
    assert next_bead(workspace, goal, record=record, bead=bead, back=back) == expected


def test_patterns_take_signs_literally():
    assert like("5%_a\\") == "%5\\%\\_a\\\\%"


ORDERS = [
    ("worst", [1, 2]),
    ("input", [1, 2]),
    ("name", [1, 2]),
    ("confidence", [1, 2]),
    ("unconfirmed", [1, 2]),
]


@pytest.mark.parametrize(("order", "expected"), ORDERS)
def test_records_in_order(workspace, order, expected):
    assert [line.id for line in list_records(workspace, BeadFilter(), order=order, limit=9)] == expected


def test_worst_first_goes_by_severity_not_by_number(workspace):
    workspace.db.execute("UPDATE findings SET severity = 'info' WHERE record = 1")
    assert [line.id for line in list_records(workspace, BeadFilter(), order="worst", limit=9)] == [2, 1]


@pytest.mark.parametrize(
    ("name", "wanted", "expected"),
    [
        ("alp", {}, [1]),
        ("骨水泥", {}, [1]),
        ("PAIN", {}, [1]),
        ("", {"check": "omission"}, [2]),
        ("x", {}, []),
    ],
)
def test_records_by_name_title_and_what_is_in_them(workspace, name, wanted, expected):
    found = list_records(workspace, BeadFilter(**wanted), name=name, limit=9)
    assert [line.id for line in found] == expected
    assert count_records(workspace, BeadFilter(**wanted), name=name) == len(expected)


def test_a_record_with_its_progress(workspace):
    line = read_record(workspace, 1)
    assert (line.name, line.beads, line.confirmed, round(line.lowest, 2)) == ("alpha", 4, 0, 0.65)
    assert (line.open, line.decided, line.failure) == ({"error": 1, "info": 1}, 0, "")
    assert line.metadata["title_zh"] == "骨水泥与疼痛"
    assert read_record(workspace, 9) is None
    assert [neighbours(workspace, number) for number in (1, 2)] == [(None, 2), (1, None)]


def test_totals(workspace):
    found = totals(workspace)
    assert (found.records, found.beads, found.confirmed, found.entries, found.decided_entries) == (
        2,
        6,
        0,
        2,
        0,
    )
    assert found.count() == found.count(state="open") == 3
    assert found.count(severity="error") == found.count(check="number") == 1


def test_issues_have_a_key_of_their_own(workspace):
    (one,) = issues_of(workspace, 1, 2)
    assert read_issue(workspace, one.id) == one
    assert read_issue(workspace, 99) is None
    keys = {
        issue.key for record, bead in ((1, 0), (1, 2), (2, 1)) for issue in issues_of(workspace, record, bead)
    }
    assert len(keys) == 3


ENTRIES = [
    ({}, [1, 2]),
    ({"text": "CEMENT"}, [1]),
    ({"text": "成形"}, [2]),
    ({"text": "vp"}, [2]),
    ({"text": "%"}, []),
    ({"status": "accepted"}, []),
    ({"status": "candidate", "below": 0.9}, [2]),
]


@pytest.mark.parametrize(("wanted", "expected"), ENTRIES)
def test_entries(workspace, wanted, expected):
    found = find_entries(workspace, EntryFilter(**wanted), limit=9)
    assert [entry.id for entry in found] == expected
    assert count_entries(workspace, EntryFilter(**wanted)) == len(expected)


def test_an_entry_with_every_place_it_was_found_in(workspace):
    entry = read_entry(workspace, 1)
    places = places_of(workspace, entry, limit=9)
    assert [(number, term.bead, en) for number, term, en, _ in places] == [
        (1, 2, ALPHA[2][0]),
        (2, 1, BETA[1][0]),
    ]
    assert count_places(workspace, entry) == 2
    assert read_entry(workspace, 99) is None


def test_there_is_nothing_to_undo_at_first(workspace):
    assert (next_undo(workspace), next_redo(workspace), last_decision(workspace)) == (None, None, 0)
