"""``aligner merge``: a glossary that was exported, edited and taken back."""

import csv
import sqlite3

import pytest

from aligner.store import open_workspace, read_glossary, undo


@pytest.fixture
def work(tmp_path):
    from aligner.store import opening

    path = tmp_path / "work.db"
    script = (opening.Path(__file__).parents[1] / "store" / "workspace_2.sql").read_text(encoding="utf-8")
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()
    return path


def entries(path):
    with open_workspace(path) as workspace:
        return [(e.en, e.zh, e.status, e.note, e.domain) for e in read_glossary(workspace)]


def test_an_edited_glossary_is_taken_over_in_one_step(cli, work, tmp_path):
    table = tmp_path / "glossary.tsv"
    assert cli("export", work, "glossary", "--out", table)[0] == 0
    code, _, err = cli("merge", work, table)
    assert (code, err.split()) == (0, ["changed", "0", "same", "2"])
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    rows[0] |= {"zh": "骨水泥外漏", "note": "as the journal has it"}
    rows[1] |= {"status": "rejected", "domain": "spine"}
    rows.append({**rows[1], "en": "unheard of", "zh": "闻所未闻"})
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, list(dict.fromkeys(name for row in rows for name in row)), delimiter="\t"
        )
        writer.writeheader()
        writer.writerows(rows)
    code, _, err = cli("merge", work, table)
    assert code == 1
    assert "1 rows are about no entry of the workspace" in err
    assert entries(work) == [
        ("bone cement leakage", "骨水泥外漏", "accepted", "as the journal has it", ""),
        ("vertebroplasty", "椎体成形术", "rejected", "", "spine"),
    ]
    with open_workspace(work) as workspace:
        assert undo(workspace).kind == "merge glossary"
    assert entries(work)[1] == ("vertebroplasty", "椎体成形术", "candidate", "", "")


def test_what_is_no_glossary_changes_nothing(cli, work, tmp_path):
    other = tmp_path / "other.tsv"
    other.write_text("", encoding="utf-8")
    code, _, err = cli("merge", work, other)
    assert (code, len(err.splitlines())) == (2, 1)
