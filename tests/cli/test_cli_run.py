"""``aligner run`` and ``aligner export`` as a user meets them."""

import json
import re
import sqlite3

import pytest

LINE = '{{"id": "{}", "en": "Bone cement leaked in {} patients.", "zh": "{}例患者骨水泥渗漏。"}}\n'


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text("".join(LINE.format(name, n, n) for n, name in enumerate("abc", 5)), encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "a.db"


def test_a_run_sums_up_what_it_did(cli, records, workspace):
    code, out, err = cli("run", records, "--workspace", workspace)
    assert (code, out) == (0, "")
    assert re.sub(r"[\d.]+ a second|[\d.]+ s$", "#", err, flags=re.M).splitlines()[:3] == [
        "records     3 in the workspace (of the input 3 new)",
        "worked on   3, #",
        "beads       3 (3 1-1)",
    ]
    code, _, err = cli("run", records, "--workspace", workspace)
    assert code == 0
    assert err.startswith("records     3 in the workspace (of the input 3 same)\nworked on   0\n")


def test_exports_have_the_columns_of_the_contract(cli, records, workspace):
    cli("run", records, "--workspace", workspace)
    code, out, err = cli("export", workspace, "pairs", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["record"], row["bead"], row["en_ids"], row["zh_ids"]) for row in rows] == [
        (name, 0, [0], [0]) for name in "abc"
    ]
    assert (code, rows[0]["zh"]) == (0, "5例患者骨水泥渗漏。")
    assert err.startswith("records     3\npairs       3\n")
    assert cli("export", workspace, "findings", "--format", "jsonl")[0] == 0


def test_the_glossary_of_the_real_record(cli, seed, workspace):
    assert cli("run", seed, "--workspace", workspace)[0] == 0
    code, out, _ = cli("export", workspace, "glossary", "--format", "jsonl")
    entries = {entry["en"]: entry for entry in map(json.loads, out.splitlines())}
    assert code == 0
    assert {"en", "zh", "score", "count", "records", "status", "en_variants", "contexts"} <= set(
        entries["spinal cord"]
    )
    assert (entries["spinal cord"]["zh"], entries["spinal cord"]["records"]) == ("脊髓", 1)


def test_alignment_alone_and_the_rest_later(cli, seed, workspace):
    lines = cli("run", seed, "--workspace", workspace, "--no-terms")[2].splitlines()
    assert "terms       0 in 0 glossary entries" in lines
    code, _, err = cli("run", "--workspace", workspace)
    assert code == 0
    assert re.search(r"^terms {7}[1-9]", err, flags=re.M)


def test_an_export_into_a_file(cli, records, workspace, tmp_path):
    cli("run", records, "--workspace", workspace)
    assert cli("export", workspace, "pairs", "--out", tmp_path / "pairs.tsv")[:2] == (0, "")
    header, *lines = (tmp_path / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    assert (header.split("\t")[:2], len(lines)) == (["record", "bead"], 3)


def test_the_findings_of_a_slip_are_kept(cli, records, workspace):
    records.write_text(LINE.format("a", 5, 25), encoding="utf-8")
    cli("run", records, "--workspace", workspace)
    _, out, _ = cli("export", workspace, "findings", "--format", "jsonl")
    assert ("a", "number") in {(row["record"], row["check"]) for row in map(json.loads, out.splitlines())}


def test_aligned_rows_of_any_format_go_into_a_workspace(cli, records, workspace, tmp_path):
    memory = tmp_path / "memory.tmx"
    assert cli("align", records, "--format", "tmx", "--out", memory)[0] == 0
    code, _, err = cli("run", memory, "--aligned", "--workspace", workspace)
    assert (code, err.splitlines()[0]) == (0, "records     3 in the workspace (of the input 3 new)")
    rows = [
        [json.loads(line) for line in out.splitlines()]
        for out in (
            cli("align", records, "--format", "jsonl")[1],
            cli("export", workspace, "pairs", "--format", "jsonl")[1],
        )
    ]
    files = [{row.pop("source")["file"] for row in side} for side in rows]
    assert (rows[1], files) == (rows[0], [{str(records)}, {str(memory)}])
    assert (
        "(of the input 3 same)\nworked on   0\n"
        in cli("run", memory, "--aligned", "--workspace", workspace)[2]
    )
    code, _, err = cli("run", memory, "--workspace", workspace)
    assert (code, "read it with --aligned" in err) == (1, True)


def test_a_run_checks_by_a_glossary_and_again_by_another(cli, records, workspace, tmp_path):
    glossary = tmp_path / "glossary.tsv"
    for zh, expected in (("水泥", 3), ("骨水泥", 0)):
        glossary.write_text(f"en\tzh\nbone cement\t{zh}浆\n".replace("骨水泥浆", "骨水泥"), encoding="utf-8")
        code, _, err = cli("run", records, "--workspace", workspace, "--glossary", glossary)
        assert (code, "worked on   3," in err) == (0, True)
        _, out, _ = cli("export", workspace, "findings", "--format", "jsonl")
        assert [row["check"] for row in map(json.loads, out.splitlines())].count("term") == expected


def test_columns_of_other_names_are_read(cli, workspace, tmp_path):
    table = tmp_path / "table.tsv"
    table.write_text("n\tleft\tright\n7\tPain fell.\t疼痛减轻。\n", encoding="utf-8")
    assert cli("run", table, "--workspace", workspace, "--columns", "n,left,right", "--no-terms")[0] == 0
    _, out, _ = cli("export", workspace, "pairs", "--format", "jsonl")
    assert [(row["record"], row["zh"]) for row in map(json.loads, out.splitlines())] == [("7", "疼痛减轻。")]


def test_failures_are_told_at_the_end_and_kept(cli, records, workspace):
    with records.open("a", encoding="utf-8") as file:
        file.write("{broken\n" * 30)
    code, _, err = cli("run", records, "--workspace", workspace)
    lines = err.splitlines()
    assert code == 1
    assert (
        lines[0]
        == f'aligner: {records}, line 4: is not a JSON object; each line must be one, like {{"id": …}}'
    )
    assert lines[20] == f"aligner: and 10 more; they are in the table 'failures' of {workspace}"
    assert lines[21] == "records     3 in the workspace (of the input 3 new), 30 failed"
    with sqlite3.connect(workspace) as db:
        rows = db.execute("SELECT stage, reason, count(*) FROM failures GROUP BY 1, 2").fetchall()
    assert rows == [("read", "is not a JSON object", 30)]


def test_records_of_one_name_are_all_kept(cli, records, workspace):
    records.write_text(LINE.format("a", 5, 5) + LINE.format("a", 6, 6), encoding="utf-8")
    code, _, err = cli("run", records, "--workspace", workspace)
    assert (code, "renamed     1 whose name another record has: NAME~2 and so on\n" in err) == (0, True)
    _, out, _ = cli("export", workspace, "pairs", "--format", "jsonl")
    assert [json.loads(line)["record"] for line in out.splitlines()] == ["a", "a~2"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--workspace", "W"], "no INPUT is named; name files, folders or globs"),
        (["R", "--workspace", "W", "--engine", "none"], "unknown engine 'none'; known are: local, ray"),
        (["R", "--workspace", "W", "--from-parquet", "D"], "name inputs or --from-parquet, not both"),
        (["--workspace", "W", "--from-parquet", "D"], "there are no Parquet files"),
        (["R", "--workspace", "W", "--encoder", "none"], "unknown encoder 'none'"),
        (
            ["R", "--workspace", "W", "--glossary", "none.tsv"],
            "none.tsv: no such file or folder",
        ),
        (
            ["R", "--workspace", "W", "--columns", "a"],
            "--columns 'a' does not name the English and the Chinese column",
        ),
        (["R", "--workspace", "none/a.db"], "none/a.db: the workspace cannot be used"),
        (["none.jsonl", "--workspace", "W"], "none.jsonl: no such file or folder"),
        (["R", "--workspace", "R"], "file is not a database"),
        (["R"], "--workspace"),
    ],
)
def test_what_cannot_be_run_is_one_line(cli, records, workspace, tmp_path, args, said):
    known = {"W": workspace, "R": records, "D": tmp_path}
    before = records.read_bytes()
    code, out, err = cli("run", *(known.get(arg, arg) for arg in args))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert records.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.db", "pairs"], "none.db: no such workspace; 'aligner run' makes one"),
        (["R", "pairs"], "file is not a database"),
        (["W", "everything"], "everything"),
        (["W", "findings", "--format", "tmx"], "format 'tmx' cannot hold findings"),
    ],
)
def test_what_cannot_be_exported_is_one_line(cli, records, workspace, args, said):
    cli("run", records, "--workspace", workspace, "--no-terms")
    known = {"W": workspace, "R": records}
    code, out, err = cli("export", *(known.get(arg, arg) for arg in args))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
