"""What became of errors in a text that came back: which group a pair is in, and what is carried over."""

import pytest
from review_examples import ALPHA, Site, finding, put

from aligner.review.actions import ACTIONS
from aligner.review.round_trip import round_trip_view
from aligner.store import read_findings
from aligner.store.beads import read_bead
from aligner.store.issues import read_issue

SLIP = finding("alpha", 2, ALPHA[2], "number", "error", "5 is not 25", (36, 37), (0, 2))


@pytest.fixture
def confirmed(workspace):
    """The number of pair 3 is a critical error, and a reader found a minor one in the same pair."""
    issue = read_issue(workspace, 1)
    about = {
        "id": 1,
        "key": issue.key,
        "state": "confirmed",
        "severity": "critical",
        "comment": "see table 1",
    }
    ACTIONS["finding"](workspace, about)
    bead = read_bead(workspace, 1, 2)
    words = {"texts": bead.texts, "en_span": None, "zh_span": [5, 10], "severity": "minor", "kind": "style"}
    ACTIONS["added"](workspace, {"record": 1, "bead": 2, **words})
    return workspace


def come_back(workspace, *changes, findings=()):
    texts = [list(pair) for pair in ALPHA]
    for pair, old, new in changes:
        assert old in texts[pair][1]
        texts[pair][1] = texts[pair][1].replace(old, new)
    put(workspace, "alpha", [tuple(pair) for pair in texts], findings=findings)
    return [tuple(pair) for pair in texts]


def groups(workspace, **more):
    return {
        name: [(row["number"], *(note["check"] for note in row["notes"])) for row in rows]
        for name, rows in round_trip_view(workspace, **more)["groups"].items()
    }


def states(workspace):
    rows = workspace.db.execute(
        'SELECT "check", state, error_severity, kind, comment, en_start, zh_start FROM issues'
        " WHERE record_id = 1 AND bead = 2 ORDER BY id"
    )
    return [tuple(row) for row in rows]


def test_an_error_that_is_mended_is_fixed_and_what_stands_beside_it_stays_one(confirmed):
    come_back(confirmed, (2, "25例", "5例"))
    assert groups(confirmed) == {"new": [], "still": [(2, "person")], "unasked": [], "fixed": [(2,)]}
    assert states(confirmed) == [("person", "confirmed", "minor", "style", "", None, 4)]
    view = round_trip_view(confirmed)
    assert view["score_before"] < view["score_now"] < 100
    assert view["groups"]["fixed"][0]["past"][0]["comment"] == "see table 1"


def test_an_error_that_the_check_finds_again_is_still_one_until_a_person_says_otherwise(confirmed):
    changed = (2, "渗漏", "外漏")
    texts = come_back(
        confirmed,
        changed,
        findings=[finding("alpha", 2, (ALPHA[2][0], ""), "number", "error", "5 is not 25", (36, 37), (0, 2))],
    )
    assert groups(confirmed) == {"new": [], "still": [(2, "number")], "unasked": [], "fixed": [(2,)]}
    assert states(confirmed) == [("number", "confirmed", "critical", "mistranslation", "see table 1", 36, 0)]
    (issue,) = read_bead(confirmed, 1, 2).issues
    ACTIONS["finding"](confirmed, {"id": issue.id, "key": issue.key, "state": "open"})
    put(confirmed, "alpha", texts, findings=[SLIP])
    assert [row[:2] for row in states(confirmed)] == [("number", "open")]


def test_another_finding_of_the_same_check_is_wrong_again(confirmed):
    other = finding("alpha", 2, ALPHA[2], "number", "error", "5 is not 15", (30, 31), (0, 2))
    come_back(confirmed, (2, "25例", "15例"), findings=[other])
    assert groups(confirmed)["new"] == [(2, "number")]
    assert round_trip_view(confirmed)["groups"]["new"][0]["notes"][0]["became"] == "wrong again"


def test_pairs_that_changed_came_or_went_unasked(confirmed):
    texts = come_back(confirmed, (3, "患者", "病人"))
    assert groups(confirmed)["unasked"] == [(3,)]
    assert groups(confirmed)["still"] == [(2, "person")]  # the check, which is not run here, finds nothing
    put(confirmed, "alpha", [*texts[:1], *texts[2:], ("More trials are needed.", "仍需更多试验。")])
    became = [row["past"][0]["became"] for row in round_trip_view(confirmed)["groups"]["unasked"]]
    assert became == ["The pair is new", "The pair is gone"]


@pytest.mark.parametrize(
    ("sent", "group", "became"),
    [("20例患者入组。", "fixed", "As proposed"), ("纳入20名患者。", "fixed", "In other words")],
)
def test_a_correction_that_was_asked_for_is_no_change_unasked(confirmed, sent, group, became):
    bead = read_bead(confirmed, 1, 0)
    texts = {"en": ALPHA[0][0], "zh": "20例患者入组。"}
    ACTIONS["correction"](confirmed, {"record": 1, "bead": 0, "texts": bead.texts, "seen": None, **texts})
    come_back(confirmed, (0, ALPHA[0][1], sent))
    assert [row["past"][0]["became"] for row in round_trip_view(confirmed)["groups"][group]][:1] == [became]


def test_a_group_alone_is_shown_a_page_at_a_time(workspace, monkeypatch):
    monkeypatch.setattr("aligner.review.round_trip.PAGE", 2)
    monkeypatch.setattr("aligner.review.round_trip.GLANCE", 1)
    come_back(workspace, *((pair, "。", "！") for pair in range(4)))
    view = round_trip_view(workspace)
    assert (len(view["groups"]["unasked"]), view["lengths"]["unasked"], view["next"]) == (1, 4, None)
    first, second = (round_trip_view(workspace, show="unasked", start=start) for start in (0, 2))
    assert [row["number"] for row in first["groups"]["unasked"] + second["groups"]["unasked"]] == [0, 1, 2, 3]
    assert (first["previous"], first["next"], second["previous"], second["next"]) == (None, 2, 0, None)


def test_exported_errors_say_how_bad_they_are_and_of_what_kind(confirmed):
    found = [(one.check, one.severity, one.error_severity, one.kind) for one in read_findings(confirmed)]
    assert ("number", "error", "critical", "mistranslation") in found
    assert ("negation", "info", "", "") in found
    rows = Site(confirmed.path).get("export/findings.tsv").text.splitlines()
    head = rows[0].split("\t")
    cells = [dict(zip(head, row.split("\t"), strict=True)) for row in rows[1:]]
    error = next(row for row in cells if row["check"] == "number")
    assert (error["severity"], error["error_severity"], error["kind"]) == (
        "error",
        "critical",
        "mistranslation",
    )
    assert '"error_severity": "critical"' in Site(confirmed.path).get("export/findings.jsonl").text
