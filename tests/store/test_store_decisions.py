"""Decisions: what they change, how they are taken back, and that nothing overwrites them."""

import json
from dataclasses import replace

import pytest
from store_examples import EN, EN_SENTENCES, ZH, ZH_SENTENCES, result, work_off

from aligner.errors import SettingError
from aligner.store import (
    Change,
    StaleError,
    blocks_to_do,
    count_to_do,
    decide,
    decisions,
    finding_key,
    ingest,
    log,
    open_workspace,
    read_findings,
    read_glossary,
    read_pairs,
    redo,
    save,
    save_glossary,
    undo,
)
from aligner.types import Entry, Record


def dismiss(workspace, finding, scope, state="dismissed"):
    key = finding_key(workspace, finding, scope)
    before = decisions.read(workspace, "finding", *key)
    after = {"state": state, "comment": "as it should be"}
    return decide(workspace, "dismiss", [Change("finding", key, before, after)])


def realign(workspace, record, **after):
    before = decisions.read(workspace, "alignment", record)
    change = Change("alignment", (record,), before, {**before, **after})
    return decide(workspace, "edit", [change], record=int(record))


def bead(en, zh, state="edited", score=1.0):
    return {"en": en, "zh": zh, "score": score, "state": state}


def issue_states(workspace):
    return [row[0] for row in workspace.db.execute("SELECT state FROM issues ORDER BY record_id, bead")]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("once", "dismissed open open open open open"),
        ("term", "dismissed open open dismissed open open"),  # its subject, "ceme", stands in both records
        ("check", "dismissed dismissed dismissed dismissed dismissed dismissed"),
    ],
)
def test_a_dismissal_reaches_as_far_as_its_scope(workspace, scope, expected):
    dismiss(workspace, 1, scope)
    assert issue_states(workspace) == expected.split()
    assert len(list(read_findings(workspace))) == expected.count("open")
    assert len(list(read_findings(workspace, state="dismissed"))) == expected.count("dismissed")
    undo(workspace)
    assert issue_states(workspace) == ["open"] * 6


def test_one_finding_can_be_an_error_though_its_check_is_dismissed(workspace):
    dismiss(workspace, 1, "check")
    dismiss(workspace, 2, "once", "confirmed")
    assert issue_states(workspace) == [
        "dismissed",
        "confirmed",
        "dismissed",
        "dismissed",
        "dismissed",
        "dismissed",
    ]


def test_a_dismissal_holds_while_both_texts_stay_the_same(workspace):
    dismiss(workspace, 1, "once")
    save(workspace, [result(1, 0, "one")], run=1)
    assert issue_states(workspace)[0] == "dismissed"
    found = result(1, 0, "one")
    first, *others = found.pairs
    for text, state in ((first.en + " ", "open"), (first.en, "dismissed")):
        pairs = (replace(first, en=text), *others)
        save(workspace, [replace(found, pairs=pairs)], run=1)
        assert issue_states(workspace)[0] == state


def test_undo_and_redo_over_everything(workspace):
    save_glossary(workspace, [(Entry("pain", "疼痛", 0.5, 2, 2), "pain=疼痛")])

    def state():
        status = next(read_glossary(workspace)).status
        return f"{issue_states(workspace).count('dismissed')} {len(list(read_pairs(workspace)))} {status}"

    steps = [state()]
    dismiss(workspace, 1, "check")
    steps.append(state())
    realign(workspace, "1", beads=[bead([0, 1, 2], [0, 1, 2])])
    steps.append(state())
    ruling = {"status": "accepted", "en": "", "zh": "", "note": ""}
    decide(workspace, "accept", [Change("term", ("pain=疼痛", ""), None, ruling)])
    steps.append(state())
    assert steps == ["0 6 candidate", "6 6 candidate", "3 4 candidate", "3 4 accepted"]
    assert [undo(workspace).kind, state()] == ["accept", steps[2]]
    assert [undo(workspace).kind, len(list(read_pairs(workspace)))] == ["edit", 6]
    assert [undo(workspace).kind, undo(workspace)] == ["dismiss", None]
    assert [redo(workspace).kind for _ in range(3)] == ["dismiss", "edit", "accept"]
    assert [redo(workspace), state()] == [None, steps[3]]
    undo(workspace)
    dismiss(workspace, 4, "once", "confirmed")
    assert redo(workspace) is None  # something was decided since
    assert undo(workspace).changes[0].after["state"] == "confirmed"
    assert undo(workspace).kind == "edit"
    assert [entry.kind for entry in log(workspace)][:3] == ["undo", "undo", "dismiss"]


def test_two_people_never_lose_an_edit(tmp_path, workspace):
    with open_workspace(tmp_path / "a.db") as other:
        seen = decisions.read(other, "alignment", "1")
        mine = {**seen, "beads": [bead([0, 1, 2], [0, 1, 2])]}
        theirs = {**seen, "beads": [bead([0], [0]), bead([1, 2], [1, 2])]}
        decide(workspace, "merge", [Change("alignment", ("1",), seen, mine)])
        with pytest.raises(StaleError, match="this has been changed since it was read; look at it again"):
            decide(other, "merge", [Change("alignment", ("1",), seen, theirs)])
        assert decisions.read(other, "alignment", "1") == mine
        assert [entry.kind for entry in log(other)] == ["merge"]


def test_an_edit_keeps_what_was_found_in_other_beads(workspace):
    split = {
        "en": [[0, 28], [29, 33], [34, 47], [48, 64]],
        "beads": [bead([0], [0]), bead([1, 2], [1]), bead([3], [2])],
    }
    before = decisions.read(workspace, "alignment", "1")
    split["beads"][0] = before["beads"][0]
    realign(workspace, "1", **split)
    pairs = [(p.en, p.zh, p.en_ids) for p in read_pairs(workspace)][:3]
    assert pairs == [
        ("Cement leaked in 5 patients.", "5例骨水泥渗漏。", (0,)),
        ("Pain was relieved.", "疼痛缓解。", (1, 2)),
        ("No patient died.", "无死亡。", (3,)),
    ]
    assert issue_states(workspace) == ["open"] * 6
    merged = [bead([0, 1, 2], [0, 1]), {**before["beads"][2], "en": [3]}]
    realign(workspace, "1", beads=merged)
    rows = workspace.db.execute("SELECT bead, message FROM issues WHERE record = 'one'").fetchall()
    assert [tuple(row) for row in rows] == [(1, "finding 2")]
    assert count_to_do(workspace, terms=True) == 2  # the terms of the block


@pytest.mark.parametrize(
    "after",
    [
        {"beads": [bead([0, 1], [0, 1])]},
        {"beads": [bead([0, 1, 2, 2], [0, 1, 2])]},
        {"beads": [bead([0, 1, 2, 3], [0, 1, 2])]},
        {"beads": [bead([0, 1, 2], [0, 1, 2], state="mine")]},
        {"en": [[0, 28], [20, 47], [48, 64]]},
    ],
)
def test_an_alignment_that_loses_or_repeats_text_is_refused(workspace, after):
    before = decisions.read(workspace, "alignment", "1")
    with pytest.raises(SettingError, match="one: "):
        realign(workspace, "1", **after)
    assert decisions.read(workspace, "alignment", "1") == before
    assert log(workspace) == []


def test_what_a_person_made_or_confirmed_outlives_a_changed_text(workspace):
    before = decisions.read(workspace, "alignment", "1")["beads"]
    realign(workspace, "1", beads=[{**before[0], "state": "confirmed"}, bead([1, 2], [1, 2])])
    with workspace.transaction():
        ingest(workspace, [Record("one", EN.replace("5", "6"), ZH)])
    assert [pair.record for pair in read_pairs(workspace)] == ["two"] * 3
    (tasks,) = blocks_to_do(workspace, terms=True)
    kept = [(one.en, one.zh, one.state) for one in tasks[0].remembered]
    en, zh = ([s.text for s in side] for side in (EN_SENTENCES, ZH_SENTENCES))
    assert kept == [((en[0],), (zh[0],), "confirmed"), ((en[1], en[2]), (zh[1], zh[2]), "edited")]
    work_off(workspace)
    states = workspace.db.execute("SELECT state FROM beads WHERE record = 1").fetchall()
    assert [row[0] for row in states] == ["confirmed", "proposed", "proposed"]
    assert json.loads(workspace.db.execute("SELECT remembered FROM records").fetchone()[0]) == []


def test_a_person_may_name_a_term_otherwise(workspace):
    entry = Entry(
        "pain", "疼痛", 0.5, 3, 2, en_variants=("pains", "ache"), en_counts=(2, 0, 1), zh_counts=(3,)
    )
    save_glossary(workspace, [(entry, "pain=疼痛")])
    ruling = {"status": "accepted", "en": "ache", "zh": "", "note": "as in the house list"}
    decide(workspace, "edit", [Change("term", ("pain=疼痛", ""), None, ruling)])
    (found,) = read_glossary(workspace)
    assert (found.en, found.en_variants, found.en_counts) == ("ache", ("pain", "pains"), (1, 2, 0))
    assert (found.zh, found.zh_counts, found.status, found.note) == (
        "疼痛",
        (3,),
        "accepted",
        "as in the house list",
    )
    save_glossary(workspace, [(entry, "pain=疼痛")])
    assert next(read_glossary(workspace)) == found
