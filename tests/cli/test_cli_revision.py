"""A corrected text comes back: fixed, still there, new, changed unasked.

All texts are constructed.
"""

import csv
import io
import sqlite3
from collections import Counter

import pytest

from aligner.engine.revision import compare
from aligner.store.revisions import Found, Version
from aligner.types import Address

UNIT = '<trans-unit id="u{0}"><source>{1}</source><target>{2}</target></trans-unit>'
FILE = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\
<file original="a" source-language="en" target-language="zh" datatype="x"><body>{}</body></file></xliff>"""
ENGLISH = [
    "Bone cement leaked in 5 patients.",
    "The mean age was 71 years.",
    "Pain fell by 40% at 3 months.",
    "No patient died within 30 days.",
    "Larger trials are needed.",
]
BEFORE = [
    "6例患者骨水泥渗漏。",
    "平均年龄为17岁。",
    "3个月时疼痛减轻40%。",
    "30天内无患者死亡。",
    "仍需更大规模的试验。",
]
AFTER = [
    "5例患者骨水泥渗漏。",
    "平均年龄为17岁。",
    "3个月时疼痛减轻14%。",
    "30天内无患者死亡。",
    "还需要更大规模的试验。",
]


def write(path, texts):
    units = (UNIT.format(n, en, zh) for n, (en, zh) in enumerate(zip(ENGLISH, texts, strict=True)))
    path.write_text(FILE.format("".join(units)), encoding="utf-8")
    return path


def rows_of(out):
    return list(csv.DictReader(io.StringIO(out), delimiter="\t"))


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "a.db"


def test_a_corrected_file_under_another_name(cli, workspace, tmp_path):
    assert cli("run", write(tmp_path / "a.xlf", BEFORE), "--aligned", "--workspace", workspace)[0] == 0
    corrected = write(tmp_path / "a_final_2.xlf", AFTER)
    code, out, err = cli("run", corrected, "--aligned", "--workspace", workspace, "--revision")
    found = [(row["bead"], row["outcome"], row["check"]) for row in rows_of(out)]
    assert code == 1
    assert ("1", "fixed", "number") in found
    assert ("2", "still there", "number") in found
    assert any(bead == "3" and outcome == "new" for bead, outcome, _ in found)
    assert ("5", "changed unasked", "") in found
    assert not any(bead == "4" for bead, _, _ in found)
    assert rows_of(out)[0]["source"].split(" | ") == [str(corrected), "u0", "1"]
    counts = Counter(outcome for _, outcome, _ in found)
    line = ", ".join(f"{counts[n]} {n}" for n in ("fixed", "still there", "new", "changed unasked"))
    assert err.splitlines()[-1] == f"revision    {line}"
    assert f"a: {line}" in err
    with sqlite3.connect(workspace) as db:
        kept = db.execute('SELECT bead + 1, outcome, "check" FROM revisions ORDER BY id').fetchall()
        assert db.execute("SELECT count(*) FROM records").fetchone() == (1,)
    assert [(str(a), b, c) for a, b, c in kept] == found


def test_a_second_round_compares_with_the_first_correction(cli, workspace, tmp_path):
    cli("run", write(tmp_path / "a.xlf", BEFORE), "--aligned", "--workspace", workspace)
    cli("run", write(tmp_path / "b.xlf", AFTER), "--aligned", "--workspace", workspace, "--revision")
    last = [AFTER[0], "平均年龄为71岁。", BEFORE[2], *AFTER[3:]]
    code, out, _ = cli(
        "run", write(tmp_path / "c.xlf", last), "--aligned", "--workspace", workspace, "--revision"
    )
    assert code == 0
    assert {row["outcome"] for row in rows_of(out)} == {"fixed"}
    assert {row["bead"] for row in rows_of(out)} == {"2", "3"}
    code, out, _ = cli("run", tmp_path / "c.xlf", "--aligned", "--workspace", workspace, "--revision")
    assert (code, rows_of(out)) == (0, [])


def test_records_are_matched_whatever_stands_before_them(cli, workspace, tmp_path):
    def table(name, texts):
        lines = ["id\ten\tzh", *(f"{key}\t{en}\t{zh}" for key, en, zh in texts)]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    one = table("a.tsv", [(f"r{n}", en, zh) for n, (en, zh) in enumerate(zip(ENGLISH, BEFORE, strict=True))])
    cli("run", one, "--aligned", "--workspace", workspace)
    again = [(f"s{n}", en, zh) for n, (en, zh) in enumerate(zip(ENGLISH, AFTER, strict=True), 7)]
    two = table("b.tsv", [("new", "A new sentence.", "一个新句子。"), *again])
    _, out, err = cli("run", two, "--aligned", "--workspace", workspace, "--revision")
    found = {(row["record"], row["outcome"]) for row in rows_of(out)}
    assert ("r0", "fixed") in found
    assert ("r1", "still there") in found
    assert ("r4", "changed unasked") in found
    assert "records     6 in the workspace (of the input 1 new, 3 changed, 2 same)" in err


def test_a_revision_needs_something_to_compare_with(cli, workspace, tmp_path):
    path = write(tmp_path / "a.xlf", BEFORE)
    code, _, err = cli("run", path, "--aligned", "--workspace", workspace, "--revision")
    assert (code, "the workspace holds no pairs to compare with" in err) == (2, True)


def version(number, en, zh, *findings, unit="", correction=""):
    source = Address("f", unit) if unit else None
    return Version(number, en, zh, source, tuple(Found("number", m, "", "") for m in findings), correction)


@pytest.mark.parametrize(
    ("before", "after", "outcomes"),
    [
        ([("A", "甲", "x")], [("A", "甲", "x")], ["still there"]),
        ([("A", "甲", "x")], [("A", "乙")], ["fixed"]),
        ([("A", "甲", "x", "x")], [("A", "乙", "x")], ["still there", "fixed"]),
        ([("A", "甲")], [("A", "乙", "y")], ["new"]),
        ([("A", "甲")], [("A", "乙")], ["changed unasked"]),
        ([("A", "甲")], [("A", "甲")], []),
        ([("A", "甲"), ("B", "乙", "x")], [("B", "乙", "x"), ("A", "甲")], ["still there"]),
        ([("A", "甲", "x")], [], ["fixed"]),
        ([("A", "甲")], [], ["changed unasked"]),
        ([], [("A", "甲")], ["changed unasked"]),
        ([], [("A", "甲", "x")], ["new"]),
    ],
)
def test_what_becomes_of_findings(before, after, outcomes):
    sides = [[version(n, *pair) for n, pair in enumerate(side)] for side in (before, after)]
    assert [revision.outcome for revision in compare("r", *sides)] == outcomes


def test_a_correction_that_was_not_made_is_still_there():
    before = [version(0, "A", "甲", correction="乙"), version(1, "B", "丙", correction="丁")]
    after = [version(0, "A", "甲"), version(1, "B", "丁")]
    (row,) = compare("r", before, after)
    assert (row.bead, row.outcome, row.check, row.message) == (
        0,
        "still there",
        "correction",
        "should read: 乙",
    )


@pytest.mark.slow
def test_fifty_records_sent_out_with_comments_and_taken_back(cli, workspace, tmp_path):
    """Slips are planted in 12 of 50 files; 8 are mended, 4 stay; 2 files get a new one, 3 are reworded."""
    folder = tmp_path / "in"
    folder.mkdir()
    right = "{0}例患者的平均年龄为{1}岁。"
    numbers = [(n + 11, 60 + n % 20) for n in range(50)]
    for n, (patients, age) in enumerate(numbers):
        english = f"The mean age of the {patients} patients was {age} years."
        chinese = right.format(patients + (n < 12), age)
        text = FILE.format(UNIT.format(f"{n}", english, chinese))
        (folder / f"case{n:02}.xlf").write_text(text, encoding="utf-8")
    cli("run", folder, "--aligned", "--workspace", workspace)
    sent = tmp_path / "sent"
    code, _, err = cli("export", workspace, "original", "--out", sent)
    assert (code, "files       50 in" in err) == (0, True)
    back = tmp_path / "back"
    back.mkdir()
    for n, (patients, age) in enumerate(numbers):
        text = (sent / f"case{n:02}.xlf").read_text(encoding="utf-8")
        assert ("x-aligner" in text) == (n < 12)
        if n < 8:
            text = text.replace(f">{patients + 1}<", f">{patients}<")
        elif n in (20, 21):
            text = text.replace(f"{age}岁", f"{age + 1}岁")
        elif n in (30, 31, 32):
            text = text.replace("平均年龄", "年龄均值")
        (back / f"zurueck-{n}.xlf").write_text(text, encoding="utf-8")
    code, out, err = cli("run", back, "--aligned", "--workspace", workspace, "--revision")
    records: dict[str, set[str]] = {}
    for row in rows_of(out):
        if row["check"] in ("number", ""):
            records.setdefault(row["outcome"], set()).add(row["record"])
    assert records["fixed"] == {f"case{n:02}" for n in range(8)}
    assert records["still there"] == {f"case{n:02}" for n in range(8, 12)}
    assert records["new"] == {"case20", "case21"}
    assert records["changed unasked"] == {"case30", "case31", "case32"}
    assert code == 1
    with sqlite3.connect(workspace) as db:
        assert db.execute("SELECT count(*) FROM records").fetchone() == (50,)
