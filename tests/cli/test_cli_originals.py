"""Findings, corrections and terms back into the files of translation tools, from the command line.

All files are constructed.
"""

import io
import sqlite3

import docx
import pytest
from lxml import etree

from aligner.formats import read_pairs
from aligner.store import Change, decide, open_workspace
from aligner.store.decided import CORRECTION, FINDING, finding_key

XLIFF = """<?xml version="1.0" encoding="utf-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="en-US" target-language="zh-CN" datatype="plaintext"><body>
<trans-unit id="a"><source>Bone cement leaked in 5 patients.</source>\
<target>6例患者骨水泥渗漏。</target></trans-unit>
<trans-unit id="b"><source>Larger trials are <g id="1">needed</g>.</source>\
<target>仍需更大规模的<g id="1">试验</g>。</target></trans-unit>
</body></file></xliff>
"""


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "a.db"


@pytest.fixture
def original(tmp_path):
    path = tmp_path / "in" / "a.xlf"
    path.parent.mkdir()
    path.write_text(XLIFF, encoding="utf-8")
    return path


def test_findings_go_back_to_their_words(cli, original, workspace, tmp_path):
    assert cli("run", original, "--aligned", "--workspace", workspace)[0] == 0
    code, out, err = cli("export", workspace, "original", "--out", tmp_path / "out")
    assert (code, out, "files       1 in" in err) == (0, "", True)
    after = (tmp_path / "out" / "a.xlf").read_text(encoding="utf-8")
    root = etree.fromstring(after.encode())
    (mark,) = (e for e in root.iter("{*}mrk") if e.get("comment", "").startswith("number: "))
    assert mark.text == "6"
    assert [note.get("from") for note in root.iter("{*}note")].count("aligner") >= 1
    kept = iter(after)
    assert all(character in kept for character in XLIFF)
    assert [(p.en, p.zh) for p in read_pairs([str(tmp_path / "out" / "a.xlf")])] == [
        (p.en, p.zh) for p in read_pairs([str(original)])
    ]
    again = tmp_path / "again"
    cli("export", workspace, "original", "--out", again)
    assert (again / "a.xlf").read_text(encoding="utf-8") == after


def test_a_correction_goes_back_and_only_confirmed_findings_on_wish(cli, original, workspace, tmp_path):
    cli("run", original, "--aligned", "--workspace", workspace)
    with open_workspace(workspace) as opened:
        number, texts, record, finding = opened.db.execute(
            "SELECT bead, texts, record_id, id FROM issues WHERE \"check\" = 'number'"
        ).fetchone()
        value = CORRECTION.complete({"en": "Bone cement leaked in 5 patients.", "zh": "5例患者骨水泥渗漏。"})
        decide(opened, "correct", [Change("correction", (str(record), texts), None, value)])
    assert number == 0
    cli("export", workspace, "original", "--status", "accepted", "--out", tmp_path / "one")
    after = (tmp_path / "one" / "a.xlf").read_text(encoding="utf-8")
    assert after == XLIFF.replace("6例", "5例")
    with open_workspace(workspace) as opened:
        key = finding_key(opened, finding, "once")
        value = FINDING.complete({"state": "confirmed", "error_severity": "major", "comment": "see source"})
        decide(opened, "confirm", [Change("finding", key, None, value)])
    cli("export", workspace, "original", "--status", "accepted", "--out", tmp_path / "two")
    after = (tmp_path / "two" / "a.xlf").read_text(encoding="utf-8")
    assert "5例患者骨水泥渗漏。" in after
    assert "(see source)</note>" in after


def test_a_changed_original_is_refused(cli, original, workspace, tmp_path):
    cli("run", original, "--aligned", "--workspace", workspace)
    original.write_text(XLIFF.replace("Larger", "Large"), encoding="utf-8")
    code, _, err = cli("export", workspace, "original", "--out", tmp_path / "out")
    assert code == 1
    assert "has changed since it was read, and is left as it is; run again with the file as it is now" in err
    assert not (tmp_path / "out" / "a.xlf").exists()
    cli("run", original, "--aligned", "--workspace", workspace)
    assert cli("export", workspace, "original", "--out", tmp_path / "out")[0] == 0


def test_an_original_is_never_overwritten(cli, original, workspace):
    cli("run", original, "--aligned", "--workspace", workspace)
    code, _, err = cli("export", workspace, "original", "--out", original.parent)
    assert (code, "would be overwritten" in err) == (1, True)
    assert original.read_text(encoding="utf-8") == XLIFF


def test_a_workspace_without_originals_says_so(cli, seed, workspace, tmp_path):
    cli("run", seed, "--workspace", workspace, "--no-terms")
    code, _, err = cli("export", workspace, "original", "--out", tmp_path / "out")
    assert (code, "the workspace holds no file to write into" in err) == (2, True)
    code, _, err = cli("export", workspace, "original")
    assert (code, "say into which folder; --out FOLDER" in err) == (2, True)


def test_a_word_file_gets_comments(cli, workspace, tmp_path):
    document = docx.Document()
    table = document.add_table(2, 2)
    texts = [("English", "Chinese"), ("Bone cement leaked in 5 patients.", "6例患者骨水泥渗漏。")]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(tmp_path / "d.docx")
    assert cli("run", tmp_path / "d.docx", "--aligned", "--workspace", workspace)[0] == 0
    assert cli("export", workspace, "original", "--out", tmp_path / "out")[0] == 0
    back = docx.Document(io.BytesIO((tmp_path / "out" / "d.docx").read_bytes()))
    comments = {comment.text for comment in back.comments}
    assert any(text.startswith("number: ") for text in comments)
    assert {comment.author for comment in back.comments} == {"aligner"}


def test_the_workspace_keeps_how_the_file_was(cli, original, workspace):
    cli("run", original, "--aligned", "--workspace", workspace)
    with sqlite3.connect(workspace) as db:
        ((file, path, digest),) = db.execute("SELECT file, path, hash FROM originals")
    assert (file, path, len(digest)) == (str(original), str(original), 64)
