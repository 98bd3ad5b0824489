"""Tables as people have them: names of columns, headers, delimiters, dates, variants and other columns."""
# ruff: noqa: E501 - rows stand as they are

import io
import logging
from datetime import date

import openpyxl
import pytest

from aligner.errors import SettingError
from aligner.formats import FORMATS, read_glossary, read_pairs, read_records
from aligner.formats.columns import column_names, find_columns, is_header, named_columns
from aligner.formats.glossary_rows import forms_of
from aligner.formats.statuses import status_of
from aligner.formats.xlsx_dates import date_text, is_date
from aligner.types import Entry

EN = "The cast was removed after 6 weeks."
ZH = "6周后拆除石膏。"

NAMES = {
    "en": "en English ENG EN-US English(UnitedStates) 英文 英文名 英文原文 英语术语 摘要(英文) EnglishTerm Source(en) en_text",
    "zh": "zh CN Chinese zh-Hans-CN Chinese(Simplified;China) 中文 中文名 中文译文 摘要(中文) AB_CN Chinese_PRC 漢語",
    "note": "Note Comments 备注",
    "definition": "Definition 定义 釋義",
    "domain": "Subject Domain 领域 学科",
    "part_of_speech": "POS src:pos Part-of-speech 词性",
    "status": "Status 状态 術語狀態",
    "title_zh": "Chinese_title 中文标题",
    "": "Content Reviewer Entry_Info English_Comment 英文备注 Sentiment China_Rose",
}


@pytest.mark.parametrize(("role", "names"), NAMES.items())
def test_tells_a_column_by_its_name(role, names):
    for name in names.split():
        assert named_columns([name]) == ({role: name} if role else {}), name


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["No.", "English", "Chinese"], True),
        (["Source", "Target"], True),
        (["AB", "AB_CN"], True),
        (["Term", "译文", "Note"], True),
        (["Bilingual abstracts, exported 2024", "", ""], False),
        (["English", "Year"], False),
        (["kyphoplasty", "后凸成形术"], False),
    ],
)
def test_tells_a_header(cells, expected):
    assert is_header(cells) is expected


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (("source", "target"), [ZH, EN], ("target", "source")),
        (("1", "2", "3"), ["a1", EN, ZH], ("2", "3")),
        (("1", "2", "3", "4"), [EN, ZH, "doc1", "0.83"], ("1", "2")),
        (
            ("Term", "Explanation", "译名"),
            ["cast", "A stiff dressing of plaster for a limb", "石膏"],
            ("Term", "译名"),
        ),
        (("AB", "AB_CN"), [EN, ZH], ("AB", "AB_CN")),
    ],
)
def test_tells_columns_by_their_cells(header, row, expected):
    found = find_columns(header, [row], None)
    assert (found["en"], found["zh"]) == expected


TABLES = {
    "semicolons": ("t.csv", f"id;en;zh\n7;{EN};{ZH}\n"),
    "tabs in a csv": ("t.csv", f"id\ten\tzh\n7\t{EN}\t{ZH}\n"),
    "bars": ("t.csv", f"id|English|Chinese\n7|{EN}|{ZH}\n"),
    "commas in a tsv": ("t.tsv", f"id,en,zh\n7,{EN},{ZH}\n"),
    "sep": ("t.csv", f'sep=;\nid;en;zh\n7;"{EN}";{ZH}\n'),
    "title rows": ("t.csv", f"Abstracts of 2024,,\n,,\nid,en,zh\n7,{EN},{ZH}\n"),
    "no header": ("t.csv", f'7,"{EN}",{ZH}\n'),
    "names nobody knows": ("t.csv", f"UT,Alpha,Beta\n7,{EN},{ZH}\n"),
    "utf-16": ("t.csv", f"\ufeffid,en,zh\n7,{EN},{ZH}\n"),
}


@pytest.mark.parametrize("case", TABLES)
def test_reads_tables_of_any_shape(case, tmp_path):
    name, text = TABLES[case]
    path = tmp_path / name
    path.write_text(text, encoding="utf-16-le" if case == "utf-16" else "utf-8")
    (record,) = read_records([str(path)])
    (pair,) = read_pairs([str(path)])
    assert (record.en, record.zh) == (pair.en, pair.zh) == (EN, ZH)
    assert case == "no header" or record.name == "7"
    assert record.notes == (("Abstracts of 2024",) if case == "title rows" else ())


def test_columns_may_be_named_by_role(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Alpha,Beta,Gamma\ncast,石膏,see limb\n", encoding="utf-8")
    columns = column_names("en=Alpha, zh=Beta,note=Gamma")
    assert list(read_glossary([str(path)], columns=columns)) == [
        Entry("cast", "石膏", 1.0, 0, 0, "accepted", note="see limb")
    ]
    assert column_names("k,a,b") == {"id": "k", "en": "a", "zh": "b"}
    for wrong in ("a,b", "en=a", "en=a,zh=b,colour=c", ",a,"):
        with pytest.raises(SettingError, match="--columns"):
            column_names(wrong)


def workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_sheet_is_read_and_one_without_both_languages_is_named(tmp_path, caplog):
    path = tmp_path / "t.xlsx"
    sheets = {
        "Read me": [["Glossary of the ward"], ["version 2"]],
        "A": [["English", "中文", "Seen"], ["cast", "石膏", date(2024, 1, 31)]],
        "B": [["brace", "支具"]],
    }
    path.write_bytes(workbook(sheets))
    assert list(read_glossary([str(path)])) == [
        Entry("cast", "石膏", 1.0, 0, 0, "accepted", other=(("Seen", "2024-01-31"),)),
        Entry("brace", "支具", 1.0, 0, 0, "accepted"),
    ]
    shown = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(shown) == 1
    assert "sheet Read me, row 1: there is no column for English among: Glossary of the ward" in shown[0]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("yyyy/m/d", True), ("0.00", False), ('0 "day"', False), ("[Red]0.0", False), ("h:mm", True)],
)
def test_tells_number_formats_of_dates(code, expected):
    assert is_date(164, {164: code}) is expected


def test_writes_serial_numbers_as_dates():
    assert date_text(45322, from_1904=False) == "2024-01-31"
    assert date_text(45322.4375, from_1904=False) == "2024-01-31 10:30:00"
    assert date_text(0.4375, from_1904=False) == "10:30:00"
    assert date_text(43860, from_1904=True) == "2024-01-31"
    assert date_text(-1, from_1904=False) == ""


@pytest.mark.parametrize(
    ("cell", "forms"),
    [
        ("cast; plaster cast", ["cast", "plaster cast"]),
        ("石膏；石膏绷带", ["石膏", "石膏绷带"]),
        ("疼痛 / 痛", ["疼痛", "痛"]),
        ("cast\nplaster", ["cast", "plaster"]),
        ("cement (PMMA; acrylic)", ["cement (PMMA; acrylic)"]),
        ("and/or", ["and/or"]),
        ("mg/kg", ["mg/kg"]),
        (";", [";"]),
    ],
)
def test_tells_the_forms_of_one_cell(cell, forms):
    assert forms_of(cell) == forms


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Preferred", "accepted"),
        ("admittedTerm-admn-sts", "accepted"),
        ("Not recommended", "rejected"),
        ("deprecatedTerm-admn-sts", "rejected"),
        ("Draft", "candidate"),
        ("禁用", "rejected"),
        ("审核通过吗", None),
    ],
)
def test_knows_the_words_for_a_status(words, status):
    assert status_of(words) == status


def test_a_term_that_stays_untranslated_is_its_own_translation(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("English,Chinese,Status\nBRCA1,,Do not translate\n", encoding="utf-8")
    (entry,) = read_glossary([str(path)])
    assert (entry.en, entry.zh, entry.status, entry.usage) == (
        "BRCA1",
        "BRCA1",
        "accepted",
        "Do not translate",
    )


@pytest.mark.parametrize("name", ["tsv", "csv", "jsonl", "xlsx"])
def test_other_columns_are_carried_along(name, tmp_path):
    entries = [
        Entry(
            "cast", "石膏", 0.5, 1, 1, domain="limbs", part_of_speech="noun", definition="A dressing; stiff"
        ),
        Entry(
            "brace",
            "支具",
            0.5,
            1,
            1,
            usage="admitted",
            other=(("客户 ID", "007"), ("Seen on", "2024-01-31")),
        ),
    ]
    out = io.BytesIO()
    assert FORMATS.load(name).write_glossary(entries, out) == []
    path = tmp_path / f"t.{name}"
    path.write_bytes(out.getvalue())
    assert list(read_glossary([str(path)])) == entries
