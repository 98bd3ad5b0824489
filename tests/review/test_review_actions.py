"""What a person does, through the page's own addresses: decided, stored, undone, and never lost."""

import json
from dataclasses import replace

import pytest

from aligner.errors import SettingError
from aligner.review.term_actions import decide_term
from aligner.store import log, open_workspace, save_glossary
from aligner.store.entries import read_entry
from aligner.types import Entry


def issues(path, **wanted):
    with open_workspace(path) as workspace:
        rows = [
            dict(row) for row in workspace.db.execute("SELECT * FROM issues ORDER BY record_id, bead, id")
        ]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def beads(path, record=1):
    with open_workspace(path) as workspace:
        query = "SELECT en_ids, zh_ids, state FROM beads WHERE record = ? ORDER BY number"
        return [(json.loads(a), json.loads(b), s) for a, b, s in workspace.db.execute(query, (record,))]


def revision(path, record=1):
    with open_workspace(path) as workspace:
        return workspace.db.execute("SELECT revision FROM records WHERE id = ?", (record,)).fetchone()[0]


def key_of(site, number):
    page = site.get("search").text
    return page.split(f'data-id="{number}" data-key="')[1].split('"')[0]


def judge(site, number, state, **more):
    return site.post("act/finding", {"id": number, "key": key_of(site, number), "state": state, **more})


def align(site, path, kind, record=1, **more):
    return site.post(
        "act/alignment", {"record": record, "revision": revision(path, record), "kind": kind, **more}
    )


def undo(site, name="undo"):
    return site.post(f"act/{name}", {"decision": site.get("version").json()[name] or 0})


def test_dismiss_once_with_a_reason(site, workspace_path):
    answer = judge(site, 1, "dismissed", comment="as in the source").json()
    assert answer["said"] == "number: dismissed"
    assert (answer["record"], answer["bead"]) == (1, 2)
    assert [row["state"] for row in issues(workspace_path)] == ["open", "dismissed", "open"]
    assert issues(workspace_path, id=1)[0]["comment"] == "as in the source"


def test_confirm_as_an_error_of_a_kind(site, workspace_path):
    assert judge(site, 3, "confirmed", kind="terminology").status_code == 200
    assert [(r["state"], r["kind"]) for r in issues(workspace_path, id=3)] == [("confirmed", "terminology")]


@pytest.mark.parametrize("scope", ["term", "check"])
def test_dismiss_for_a_term_or_a_check_and_open_one_again(site, workspace_path, scope):
    assert judge(site, 2, "dismissed", scope=scope).status_code == 200
    assert [(r["state"], r["scope"]) for r in issues(workspace_path, id=2)] == [("dismissed", scope)]
    assert judge(site, 2, "open", scope="once").status_code == 200
    assert [(r["state"], r["scope"]) for r in issues(workspace_path, id=2)] == [("open", "once")]
    assert judge(site, 2, "open", scope=scope).status_code == 200
    with open_workspace(workspace_path) as workspace:
        assert workspace.db.execute("SELECT count(*) FROM finding_decisions").fetchone()[0] == 0


def test_a_dismissal_lapses_when_a_text_changes(site, workspace_path):
    judge(site, 1, "dismissed")
    align(site, workspace_path, "merge", bead=2)
    assert [r["state"] for r in issues(workspace_path, check="number")] == ["open"]
    undo(site)
    assert [r["state"] for r in issues(workspace_path, check="number")] == ["dismissed"]


def test_a_finding_that_became_another_is_not_judged(site, workspace_path):
    key = key_of(site, 1)
    with open_workspace(workspace_path) as workspace:
        workspace.db.execute("UPDATE findings SET message = 'something else' WHERE id = 1")
    answer = site.post("act/finding", {"id": 1, "key": key, "state": "dismissed"})
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.json()["error"]
    assert [row["state"] for row in issues(workspace_path)] == ["open"] * 3


def test_merge_is_checked_anew_and_keeps_the_terms(site, workspace_path):
    assert align(site, workspace_path, "merge", bead=1).status_code == 200
    assert beads(workspace_path) == [
        ([0], [0], "proposed"),
        ([1, 2], [1, 2], "edited"),
        ([3], [3], "proposed"),
    ]
    (number,) = issues(workspace_path, check="number")
    assert number["bead"] == 1
    assert number["en"][number["en_start"] : number["en_end"]] in ("5", "5 patients")
    with open_workspace(workspace_path) as workspace:
        row = workspace.db.execute(
            "SELECT o.en, o.zh, b.en, b.zh, en_start, zh_start FROM occurrences o"
            " JOIN beads b ON b.record = o.record AND b.number = o.bead WHERE o.record = 1"
        ).fetchone()
    assert row[2][row[4] :].startswith(row[0])
    assert row[3][row[5] :].startswith(row[1])
    assert tuple(row[:2]) == ("Bone cement leakage", "骨水泥渗漏")


def test_split_confirm_move_and_all_the_way_back(site, workspace_path):
    before = beads(workspace_path, 2)
    carets = [len("Bone cement leakage is rare, "), len("骨水泥渗漏少见。")]
    assert align(site, workspace_path, "split", 2, bead=1, carets=carets).status_code == 200
    after = [([0], [0], "proposed"), ([1], [1], "edited"), ([2], [2], "edited")]
    assert beads(workspace_path, 2) == after
    assert align(site, workspace_path, "confirm", 2, bead=1).status_code == 200
    assert align(site, workspace_path, "move", 2, bead=2, side="zh", direction="up").status_code == 200
    last = beads(workspace_path, 2)
    assert last == [([0], [0], "proposed"), ([1], [1, 2], "edited"), ([2], [], "edited")]
    for _ in range(3):
        assert undo(site).status_code == 200
    assert beads(workspace_path, 2) == before
    assert undo(site).status_code == 422
    for _ in range(3):
        assert undo(site, "redo").status_code == 200
    assert beads(workspace_path, 2) == last


def test_realign_leaves_what_a_person_made(site, workspace_path):
    align(site, workspace_path, "merge", bead=0)
    align(site, workspace_path, "confirm", bead=2)
    assert align(site, workspace_path, "realign").status_code == 200
    found = beads(workspace_path)
    assert found[0] == ([0, 1], [0, 1], "edited")
    assert found[-1] == ([3], [3], "confirmed")


def test_two_tabs_lose_no_edit(site, workspace_path):
    wish = {"record": 1, "revision": revision(workspace_path), "kind": "merge", "bead": 0}
    assert site.post("act/alignment", wish).status_code == 200
    second = site.post("act/alignment", {**wish, "kind": "confirm", "bead": 3})
    assert second.status_code == 409
    assert second.json()["error"].endswith("look at it again and repeat")
    assert len(beads(workspace_path)) == 3


def test_undo_of_something_else_than_the_tab_shows(site, workspace_path):
    judge(site, 1, "dismissed")
    assert site.post("act/undo", {"decision": 99}).status_code == 409
    assert issues(workspace_path, id=1)[0]["state"] == "dismissed"


def seen(site, number):
    return site.get(f"pane/{number}").text.split(f'data-id="{number}" data-seen="')[1].split('"')[0]


def test_terms_are_accepted_edited_and_kept_apart_from_what_was_found(site, workspace_path):
    first = seen(site, 1)
    assert site.post("act/term", {"id": 1, "seen": first, "status": "accepted"}).status_code == 200
    stale = site.post("act/term", {"id": 1, "seen": first, "status": "rejected"})
    assert stale.status_code == 409
    wish = {"id": 1, "seen": seen(site, 1), "status": "accepted", "zh": "骨水泥外漏", "note": "house style"}
    assert site.post("act/term", wish).status_code == 200
    page = site.get("pane/1").text
    assert "骨水泥外漏" in page
    assert page.count("骨水泥渗漏") >= 2  # its places still show what the texts say
    with open_workspace(workspace_path) as workspace:
        row = workspace.db.execute("SELECT zh, found_zh, status, note FROM terms WHERE id = 1").fetchone()
        assert tuple(row) == ("骨水泥外漏", "骨水泥渗漏", "accepted", "house style")
        assert [entry.kind for entry in log(workspace)] == ["edit term", "accept"]
    undo(site)
    undo(site)
    assert site.get("terms").text.count('unseen">to decide<') == 2


def test_everything_is_in_the_log(site, workspace_path):
    judge(site, 1, "dismissed", comment="why")
    align(site, workspace_path, "confirm", bead=0)
    undo(site)
    with open_workspace(workspace_path) as workspace:
        found = [(entry.kind, entry.record, entry.reason) for entry in log(workspace)]
    assert found == [("undo", 1, ""), ("confirm", 1, ""), ("dismiss", 1, "why")]


NONSENSE = [
    ("finding", {}),
    ("finding", {"id": 1, "state": "maybe"}),
    ("finding", {"id": "1", "state": "dismissed"}),
    ("finding", {"id": True, "state": "dismissed"}),
    ("finding", {"id": 2**70, "state": "dismissed"}),
    ("finding", {"id": 1, "state": "dismissed", "comment": "x" * 2001}),
    ("finding", {"id": 1, "state": "dismissed", "comment": ["x"]}),
    ("finding", {"id": 1, "state": "dismissed", "comment": "\ud800"}),
    ("finding", {"id": 1, "state": "dismissed", "scope": ["once"]}),
    ("alignment", {"record": 1, "revision": 0, "kind": "drop"}),
    ("alignment", {"record": 1, "revision": 0, "kind": "merge", "bead": -1}),
    ("alignment", {"record": 1, "revision": 0, "kind": "merge", "bead": 3}),
    ("alignment", {"record": 1, "revision": 0, "kind": "split", "bead": 0, "carets": "ab"}),
    ("alignment", {"record": 1, "revision": 0, "kind": "split", "bead": 0, "carets": [0, 0]}),
    ("alignment", {"record": 1, "revision": 0, "kind": "split", "bead": 0, "carets": [True, 1]}),
    ("alignment", {"record": 1, "revision": 0, "kind": "move", "bead": 0, "side": "fr", "direction": "up"}),
    ("term", {"id": 1, "status": "perhaps"}),
    ("undo", {}),
]


@pytest.mark.parametrize(("action", "wish"), NONSENSE)
def test_nonsense_is_refused_with_a_reason_and_changes_nothing(site, workspace_path, action, wish):
    answer = site.post(f"act/{action}", wish)
    assert answer.status_code == 422
    assert answer.json()["error"]
    with open_workspace(workspace_path) as workspace:
        assert log(workspace) == []


@pytest.mark.parametrize("name", [{}, {"en": " "}, {"zh": ""}])
def test_a_term_keeps_two_forms(site, name):
    answer = site.post("act/term", {"id": 1, "seen": seen(site, 1), "status": "accepted", **name})
    assert answer.status_code == (422 if name else 200)


def test_undo_of_a_split_brings_all_terms_back(site, workspace_path):
    def terms():
        with open_workspace(workspace_path) as workspace:
            rows = workspace.db.execute("SELECT bead, en, zh FROM occurrences WHERE record = 1")
            return [tuple(row) for row in rows]

    before = terms()
    assert before == [(2, "Bone cement leakage", "骨水泥渗漏")]
    assert align(site, workspace_path, "split", bead=2, carets=[12, 5]).status_code == 200
    assert terms() == []
    undo(site)
    assert terms() == before


def test_what_a_base_says_of_a_term_is_shown_and_follows_the_base(workspace, site):
    entry = Entry("cement", "骨水泥", 0.9, 2, 1, domain="spine surgery", definition="A polymer.")
    save_glossary(workspace, [(entry, "cement")])
    stored = read_entry(workspace, 1)
    assert (stored.domain, stored.definition, stored.part_of_speech) == ("spine surgery", "A polymer.", "")
    assert "spine surgery" in site.get("pane/1").text
    decide_term(workspace, {"id": 1, "seen": stored.version, "status": "accepted", "definition": "PMMA."})
    save_glossary(workspace, [(replace(entry, domain="orthopaedics"), "cement")])
    stored = read_entry(workspace, 1)
    assert (stored.domain, stored.definition) == ("orthopaedics", "PMMA.")
    with pytest.raises(SettingError, match="the domain comes from the base glossary"):
        decide_term(workspace, {"id": 1, "seen": stored.version, "domain": ""})


def test_the_next_term_to_decide_is_found_in_the_order_of_the_list(workspace, site):
    names = ("ash", "bone", "cement", "disc")
    entries = [(Entry(name, f"词{n}", 0.9, 9 - n, 1), name) for n, name in enumerate(names)]
    save_glossary(workspace, entries)
    stored = read_entry(workspace, 2)
    decide_term(workspace, {"id": 2, "seen": stored.version, "status": "rejected"})

    def after(place, **more):
        query = "&".join(f"{name}={value}" for name, value in {"after": place, **more}.items())
        found = site.get(f"next-term?{query}").json()
        return found and found["index"]

    assert [after(place) for place in (-1, 0, 2, 3)] == [0, 2, 3, None]
    assert [after(place, back=1) for place in (3, 2, 0)] == [2, 0, None]
    assert after(-1, order="undecided") == 0
    assert after(2, order="undecided") is None
    assert after(-1, text="disc") == 0
