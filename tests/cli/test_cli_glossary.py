"""``aligner glossary`` on the real record."""

import json

import pytest

# What any glossary of this record holds.
EXPECTED = {
    "osteoporotic vertebral compression fracture": "骨质疏松性椎体压缩骨折",
    "vertebroplasty": "椎体成形术",
    "bone cement": "骨水泥",
    "bone cement leakage": "骨水泥渗漏",
    "intradural cement leakage": "硬膜内骨水泥渗漏",
    "spinal cord": "脊髓",
    "total laminectomy": "全椎板切除术",
    "chronic pain": "慢性疼痛",
}


def rows(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture(scope="module")
def aligned_rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("rows") / "pairs.tsv"
    path.write_text(
        "id\ten\tzh\n"
        "1\tBone cement leakage is a complication of vertebroplasty.\t骨水泥渗漏是椎体成形术的并发症。\n"
        "2\tVertebroplasty was performed at T12.\tT12行椎体成形术。\n"
        "3\t\t没有英文。\n",
        encoding="utf-8",
    )
    return path


def test_the_record_gives_the_terms_that_any_glossary_of_it_holds(cli, seed):
    code, out, err = cli("glossary", seed, "--format", "jsonl")
    found = {row["en"]: row["zh"] for row in rows(out)}
    assert code == 0
    assert {en: found.get(en) for en in EXPECTED} == EXPECTED
    assert len(set(EXPECTED) & set(list(found)[:40])) >= 7
    assert {"OVCF", "VP"} <= {row["abbreviation"] for row in rows(out)}
    assert "entries" in err


def test_the_default_is_a_table_with_the_agreed_columns(cli, seed):
    code, out, _ = cli("glossary", seed)
    header, *lines = out.splitlines()
    columns = "en zh score termhood count records status en_variants zh_variants abbreviation contexts note"
    assert code == 0
    assert " ".join(header.split("\t")).startswith(columns)
    assert len(lines) > 25
    assert {line.count("\t") for line in lines} == {header.count("\t")}


def test_occurrences_are_slices_of_their_pair(cli, aligned_rows):
    code, out, _ = cli("glossary", aligned_rows, "--aligned", "--occurrences", "--format", "jsonl")
    texts = {
        line.split("\t")[0]: line.split("\t")[1:] for line in aligned_rows.read_text("utf-8").splitlines()
    }
    found = rows(out)
    assert code == 0
    assert ("1", "Bone cement leakage", "骨水泥渗漏") in {(r["record"], r["en"], r["zh"]) for r in found}
    for row in found:
        en, zh = texts[row["record"]]
        assert en[slice(*row["en_span"])] == row["en"]
        assert zh[slice(*row["zh_span"])] == row["zh"]
        assert 0 <= row["score"] <= 1


def test_rarer_and_less_probable_entries_are_left_out(cli, aligned_rows):
    everything = rows(cli("glossary", aligned_rows, "--aligned", "--format", "jsonl")[1])
    frequent = rows(cli("glossary", aligned_rows, "--aligned", "--format", "jsonl", "--min-count", 2)[1])
    sure = rows(cli("glossary", aligned_rows, "--aligned", "--format", "jsonl", "--min-score", 0.9)[1])
    assert [row for row in everything if row["count"] >= 2] == frequent != []
    assert [row for row in everything if row["score"] * row["termhood"] >= 0.9] == sure
    assert {"vertebroplasty"} <= {row["en"].lower() for row in frequent}


def test_a_base_keeps_what_people_decided(cli, aligned_rows, tmp_path):
    base = tmp_path / "base.tsv"
    cli("glossary", aligned_rows, "--aligned", "--out", base)
    text = base.read_text("utf-8")
    header, *lines = text.splitlines()
    place = header.split("\t").index("status")
    decided = []
    for line in lines:
        cells = line.split("\t")
        if cells[1] == "骨水泥渗漏":
            cells[place] = "rejected"
        decided.append("\t".join(cells))
    base.write_text("\n".join([header, *decided]) + "\n", encoding="utf-8")
    code, out, _ = cli("glossary", aligned_rows, "--aligned", "--base", base, "--format", "jsonl")
    assert code == 0
    assert [row["status"] for row in rows(out) if row["zh"] == "骨水泥渗漏"] == ["rejected"]


def test_a_broken_row_of_a_base_is_counted_and_never_written_over(cli, aligned_rows, tmp_path):
    base = tmp_path / "base.jsonl"
    text = '{"en": "bone cement", "zh": "骨水泥"}\n{broken\n'
    base.write_text(text, encoding="utf-8")
    code, out, err = cli("glossary", aligned_rows, "--aligned", "--base", base)
    assert code == 1
    assert "骨水泥" in out
    assert "base.jsonl, line 2" in err
    code, out, err = cli("glossary", aligned_rows, "--aligned", "--base", base, "--out", base)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert base.read_text(encoding="utf-8") == text


def test_an_output_that_is_an_input_is_refused(cli, aligned_rows, tmp_path):
    for name, text in (("p.en", "Casts cause stiffness.\n"), ("p.zh", "石膏可致僵硬。\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for inputs in ((tmp_path,), (tmp_path / "p.en",), (tmp_path / "*.en",)):
        code, _, err = cli("align", *inputs, "--format", "lines", "--out", tmp_path / "p")
        assert (code, len(err.splitlines())) == (2, 1)
        assert "p.en: is an input, and would be written over; name another --out" in err
    assert (tmp_path / "p.en").read_text(encoding="utf-8") == "Casts cause stiffness.\n"


def test_notes_go_to_a_file(cli, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Abstract\nCasts cause stiffness.\n摘要\n石膏可致僵硬。\nReferences\nA paper\n", encoding="utf-8"
    )
    code, _, _ = cli("align", tmp_path / "a.txt", "--notes", tmp_path / "notes.tsv")
    assert code == 0
    assert (tmp_path / "notes.tsv").read_text(encoding="utf-8") == "record\tnote\na\tReferences\na\tA paper\n"


def test_what_a_format_cannot_hold_is_counted_apart_from_records(cli, aligned_rows, tmp_path):
    base = tmp_path / "base.tsv"
    base.write_text("en\tzh\nleak\t渗漏\nleak\t外漏\n", encoding="utf-8")
    code, out, err = cli("glossary", aligned_rows, "--aligned", "--base", base, "--format", "two-column")
    assert code == 1
    assert "外漏" not in out
    assert "entry leak = 外漏: left out: the term has another translation before it, 渗漏" in err
    assert [line for line in err.splitlines() if line.startswith(("records", "left out"))] == [
        "records     3",
        "left out    1",
    ]


def test_a_text_without_terms_gives_an_empty_table(cli, tmp_path):
    path = tmp_path / "none.tsv"
    path.write_text("id\ten\tzh\n1\tYes.\t是。\n", encoding="utf-8")
    code, out, err = cli("glossary", path, "--aligned")
    assert code == 0
    assert out.count("\n") == 1
    assert "entries     0" in err
