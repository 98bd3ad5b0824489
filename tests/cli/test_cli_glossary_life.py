"""A glossary that a workspace begins with."""

import json

import pytest

ROWS = [
    ("Bone cement leakage is a complication of vertebroplasty.", "骨水泥渗漏是椎体成形术的并发症。"),
    ("Vertebroplasty was performed at T12.", "T12行椎体成形术。"),
]


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    rows = [{"id": f"r{number}", "en": en, "zh": zh} for number, (en, zh) in enumerate(ROWS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "a.db"


def entries(cli, workspace, *options):
    _, out, _ = cli("export", workspace, "glossary", "--format", "jsonl", *options)
    return {(row["en"].lower(), row["zh"]): row for row in map(json.loads, out.splitlines())}


def test_a_base_stands_in_the_workspace_and_is_added_to(cli, records, workspace, tmp_path):
    base = tmp_path / "base.tsv"
    base.write_text(
        "en\tzh\tstatus\tnote\nvertebroplasty\t椎体成形术\taccepted\tours\nkyphon\t球囊\taccepted\t\n"
        "bone cement\t骨水泥\trejected\t\n",
        encoding="utf-8",
    )
    assert cli("run", records, "--workspace", workspace, "--base", base)[0] == 0
    found = entries(cli, workspace)
    assert (found["vertebroplasty", "椎体成形术"]["status"], found["kyphon", "球囊"]["count"]) == (
        "accepted",
        0,
    )
    assert found["vertebroplasty", "椎体成形术"]["count"] == 2
    assert found["bone cement", "骨水泥"]["status"] == "rejected"
    assert next(iter(found)) == ("vertebroplasty", "椎体成形术")
    assert "candidate" in {row["status"] for row in found.values()}
    assert set(entries(cli, workspace, "--status", "accepted")) == {
        ("vertebroplasty", "椎体成形术"),
        ("kyphon", "球囊"),
    }
    _, out, _ = cli("export", workspace, "glossary", "--format", "two-column")
    assert out == "vertebroplasty\t椎体成形术\nkyphon\t球囊\n"
    cli("run", records, "--workspace", workspace)
    assert entries(cli, workspace) == found  # the base stays
