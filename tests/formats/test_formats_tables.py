"""TSV, CSV and JSONL: which column is which, what is escaped, and what a bad row costs."""
# ruff: noqa: E501 - rows stand as they are

import csv
import io
import json

import pytest

from aligner.errors import InputError
from aligner.formats import FORMATS, read_pairs, read_records
from aligner.formats.delimited import escape, unescape
from aligner.types import Address, Finding, Pair, TermPair

PAIR = Pair("r", 2, "One.", "一。", (0,), (0, 1), 0.97)


def written(name, function, items):
    out = io.BytesIO()
    assert getattr(FORMATS.load(name), function)(items, out) == []
    return out.getvalue().decode()


def test_jsonl_rows_have_the_contract_keys():
    row = json.loads(written("jsonl", "write_pairs", [PAIR]))
    assert row == {
        "record": "r",
        "bead": 2,
        "en_ids": [0],
        "zh_ids": [0, 1],
        "en": "One.",
        "zh": "一。",
        "score": 0.97,
    }
    term = TermPair("r", 2, "One", "一", (0, 3), (0, 1), 0.5)
    row = json.loads(written("jsonl", "write_occurrences", [term]))
    expected = {
        "record": "r",
        "bead": 2,
        "en": "One",
        "zh": "一",
        "en_span": [0, 3],
        "zh_span": [0, 1],
        "score": 0.5,
        "termhood": 1.0,
        "found_in": "text",
    }
    assert row == expected
    finding = Finding("r", 2, "number", "error", "5 is missing", (0, 1), None, "5 men", "人")
    row = json.loads(written("jsonl", "write_findings", [finding]))
    assert (row["check"], row["severity"], row["en_span"], row["zh_span"]) == (
        "number",
        "error",
        [0, 1],
        None,
    )


def test_tsv_has_a_header_and_joined_lists():
    assert written("tsv", "write_pairs", [PAIR]) == (
        "record\tbead\ten_ids\tzh_ids\ten\tzh\tscore\tsource\nr\t3\t1\t1 | 2\tOne.\t一。\t0.97\t\n"
    )


CELLS = [
    ("a\tb\nc\rd", r"a\tb\nc\rd"),
    (r"C:\new", r"C:\\new"),
    (r"\dose", r"\dose"),
    ("\\", "\\"),
    ("\\\n", r"\\\n"),
    ("=1+1", r"\=1+1"),
    ("+5 mg", r"\+5 mg"),
    ("-5 °C", r"\-5 °C"),
    ("@here", r"\@here"),
    (r"\=1", r"\\=1"),
    ("a=b", "a=b"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "cell"), CELLS)
def test_cells_stay_on_one_line_and_compute_nothing(text, cell):
    assert escape(text) == cell
    assert unescape(cell) == text


QUOTED = 'He said "no" to it.\t"No," he said.\t""'


@pytest.mark.parametrize("name", ["tsv", "csv"])
def test_the_csv_module_reads_what_we_write(name):
    pairs = [Pair("r", 0, 'He said "no".', '"No," he said.'), Pair("r", 1, '"', 'a, "b"')]
    text = written(name, "write_pairs", pairs)
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t" if name == "tsv" else ","))
    assert [(row["en"], row["zh"]) for row in rows] == [(pair.en, pair.zh) for pair in pairs]


HEADERS = [
    ("id,en,zh", "7,One.,一。", ("7", "One.", "一。")),
    ("ID;EN,EN,ZH", "7,One.,一。", ("t-2", "One.", "一。")),
    ("PMID,English,Chinese", "7,One.,一。", ("7", "One.", "一。")),
    ("zh-CN,en-US", "一。,One.", ("t-2", "One.", "一。")),
    ("编号,英文,中文", "7,One.,一。", ("7", "One.", "一。")),
    ("source,target", "一。,One.", ("t-2", "One.", "一。")),
    ("Source,Target,id", "One.,一。,7", ("7", "One.", "一。")),
    ("en,zh,en", "One.,一。,Two.", ("t-2", "One.", "一。")),
]


@pytest.mark.parametrize(("header", "row", "expected"), HEADERS)
def test_guesses_columns(header, row, expected, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (pair,) = read_pairs([str(path)])
    (record,) = read_records([str(path)])
    assert (pair.record, pair.en, pair.zh) == (record.name, record.en, record.zh) == expected


def test_takes_named_columns_and_keeps_the_others(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text("a\tb\tc\tYear of Study\nOne.\t一。\tx\t2020\n", encoding="utf-8")
    (record,) = read_records([str(path)], columns=("c", "a", "b"))
    assert (record.name, record.en, record.zh, record.metadata) == (
        "x",
        "One.",
        "一。",
        {"year_of_study": "2020"},
    )
    (error,) = read_records([str(path)], columns=("c", "a", "d"))
    assert "there is no column d among: a, b, c, Year of Study" in str(error)


NUMBERS = ["NaN", "1e999", "-0.1", "1.5", '"x"', "[1]"]


@pytest.mark.parametrize("score", NUMBERS)
def test_a_score_is_a_probability(score, tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(
        f'{{"record": "r", "bead": 0, "en": "A.", "zh": "甲。", "score": {score}}}\n', encoding="utf-8"
    )
    (error,) = read_pairs([str(path)])
    assert isinstance(error, InputError)
    path.write_text(f'{{"id": "r", "en": "A.", "zh": "甲。", "score": {score}}}\n', encoding="utf-8")
    (pair,) = read_pairs([str(path)])
    assert pair.score == 1.0


@pytest.mark.parametrize("bead", ["-1", "4294967296", "1" + "0" * 40])
def test_a_bead_number_is_one(bead, tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(f'{{"record": "r", "bead": {bead}, "en": "A.", "zh": "甲。"}}\n', encoding="utf-8")
    (error,) = read_pairs([str(path)])
    assert "its number or that of a sentence is out of range" in str(error)


ROWS = [
    (
        "jsonl",
        '{"id": 1, "en": "A.", "zh": "甲。"}\nnonsense\n{"id": 2, "en": "B.", "zh": "乙。"}\n',
        "line 2: is not a JSON",
    ),
    (
        "jsonl",
        '{"id": 1, "en": "A.", "zh": "甲。"}\n[1]\n{"id": 2, "en": "B.", "zh": "乙。"}\n',
        "line 2: is not a JSON",
    ),
    (
        "jsonl",
        '{"id": 1, "en": "A.", "zh": "甲。"}\n{"en": 5, "zh": "x"}\n{"id": 2, "en": "B.", "zh": "乙。"}',
        "line 2: column en",
    ),
    (
        "jsonl",
        '{"id": 1, "en": "A.", "zh": "甲。"}\n{"x": 5}\n{"id": 2, "en": "B.", "zh": "乙。"}',
        "line 2: there is no column",
    ),
    (
        "jsonl",
        '{"id": 1, "en": "A.", "zh": "甲。"}\n{"en": "\\ud83d", "zh": "x"}\n{"id": 2, "en": "B.", "zh": "乙。"}',
        "half a char",
    ),
    ("tsv", "id\ten\tzh\n1\tA.\t甲。\n9\t\t\n2\tB.\t乙。\n", "line 3: row 9 has no text"),
    (
        "tsv",
        "id\ten\tzh\n1\tA.\t甲。\n9\tX\tY\tZ\n2\tB.\t乙。\n",
        "line 3: has 4 cells where the header has 3",
    ),
    (
        "csv",
        'id,en,zh\n1,A.,甲。\n9,"X\n2,B.,乙。\n',
        "line 3: a quotation mark opens a cell and never closes",
    ),
    (
        "tsv",
        "record\tbead\ten\tzh\n1\t0\tA.\t甲。\n9\tx\tA\tB\n2\t0\tB.\t乙。\n",
        "line 3: bead, unit, en_ids, zh_ids or score",
    ),
]


@pytest.mark.parametrize(("name", "text", "message"), ROWS)
def test_a_bad_row_costs_no_other(name, text, message, tmp_path):
    path = tmp_path / f"t.{name}"
    path.write_text(text, encoding="utf-8")
    first, error, last = read_pairs([str(path)])
    assert (first.record, first.en, last.record, last.en) == ("1", "A.", "2", "B.")
    assert isinstance(error, InputError)
    assert message in str(error)


def test_a_bad_byte_costs_its_line(tmp_path):
    path = tmp_path / "t.jsonl"
    good = '{"id": "%d", "en": "A.", "zh": "甲。"}\n'
    path.write_bytes((good % 1).encode() * 9000 + b'{"en": "\xff"}\n' + (good % 2).encode())
    *_, error, last = read_pairs([str(path)])
    assert "line 9001: holds bytes that are not UTF-8 text" in str(error)
    assert last.record == "2"


@pytest.mark.parametrize("name", ["tsv", "csv"])
def test_reads_cells_that_run_over_lines(name, tmp_path):
    mark = "\t" if name == "tsv" else ","
    path = tmp_path / f"t.{name}"
    path.write_text(
        f'id{mark}en{mark}zh\n1{mark}"A.\nB ""b""."{mark}甲。\n2{mark}C.{mark}乙。\n', encoding="utf-8"
    )
    assert [pair.en for pair in read_pairs([str(path)])] == ['A.\nB "b".', "C."]


def test_foreign_tables_are_read_as_they_stand(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text('id\ten\tzh\n1\t2 \\times 3\t"甲"乙\n2\t"open\t丙\n', encoding="utf-8")
    pairs = list(read_pairs([str(path)]))
    assert [(pair.en, pair.zh) for pair in pairs] == [(r"2 \times 3", '"甲"乙'), ('"open', "丙")]


def test_aligned_rows_are_not_records(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text(written("tsv", "write_pairs", [PAIR]), encoding="utf-8")
    (error,) = read_records([str(path)])
    assert "read them with --aligned" in str(error)


def test_rows_with_one_language_are_errors(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text("id\ten\tzh\n1\tA.\t\n2\t\t甲。\n3\tA.\t甲。\n", encoding="utf-8")
    first, second, third = read_records([str(path)])
    assert "row 1 has no Chinese text" in str(first)
    assert "row 2 has no English text" in str(second)
    assert third.name == "3"


@pytest.mark.parametrize(
    ("first", "beads", "ids"), [("1\t1", [0, 1], [(0,), (1,)]), ("0\t0", [0, 1], [(0,), (1,)])]
)
def test_numbers_of_a_table_count_from_1_or_from_its_first_row(first, beads, ids, tmp_path):
    second = "\t".join(str(int(n) + 1) for n in first.split("\t"))
    path = tmp_path / "p.tsv"
    path.write_text(
        f"record\tbead\ten_ids\ten\tzh\nr\t{first}\tA.\t甲。\nr\t{second}\tB.\t乙。\n", encoding="utf-8"
    )
    pairs = list(read_pairs([str(path)]))
    assert ([pair.bead for pair in pairs], [pair.en_ids for pair in pairs]) == (beads, ids)
    assert [pair.source for pair in pairs] == [Address(str(path), row=2), Address(str(path), row=3)]


def test_an_address_goes_through_every_table(tmp_path):
    source = Address("a | b/c.xlsx", "u1/2", 7, "Sheet 1")
    pairs = [Pair("r", 2, "A.", "甲。", (3,), (4, 5), 0.5, source=source), Pair("r", 3, "B.", "乙。")]
    for name in ("tsv", "csv", "xlsx", "jsonl"):
        path = tmp_path / f"p.{name}"
        with path.open("wb") as out:
            FORMATS.load(name).write_pairs(pairs, out)
        read = list(read_pairs([str(path)]))
        assert (read, read[0].source) == (pairs, source), name
        assert read[1].source.file == str(path)
