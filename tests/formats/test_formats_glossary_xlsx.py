"""Excel workbooks: what a person finds who opens them, and what they may have done to them."""

import io
from zipfile import ZipFile

import openpyxl
import pytest

from aligner.errors import InputError
from aligner.formats import FORMATS, read_glossary
from aligner.types import Context, Entry

ENTRIES = [
    Entry("=SUM(A1)", "=1+1", 0.5, 1, 1, contexts=(Context("r", "@x", "-2.5"), Context("r", "two", "二"))),
    Entry("fracture", "骨折", 0.9, 2, 1, "accepted", contexts=(Context("s", "one", "一"),), note="+1"),
]


@pytest.fixture
def path(tmp_path):
    out = io.BytesIO()
    assert FORMATS.load("xlsx").write_glossary(ENTRIES, out) == []
    path = tmp_path / "x.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_texts_that_look_like_formulas_stay_texts(path):
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    marked = {cell.value for cell in cells if cell.quotePrefix}
    assert marked == {"=SUM(A1)", "=1+1", "@x", "-2.5", "+1"}


def test_headers_are_frozen_and_columns_wide_enough(path):
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["glossary", "contexts"]
    assert [sheet.freeze_panes for sheet in book] == ["A2", "A2"]
    assert book["glossary"].column_dimensions["A"].width > 36
    assert [cell.font.bold for cell in book["glossary"][1]] == [True] * 16
    assert [cell.value for cell in book["contexts"][3]] == [1, "=SUM(A1)", "=1+1", "r", "two", "二"]


def test_no_hour_is_in_the_file(path):
    with ZipFile(path) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_rows_may_be_sorted_and_deleted_and_written(path):
    book = openpyxl.load_workbook(path)
    sheet = book["glossary"]
    sheet.move_range("A3:P3", rows=1)
    sheet.delete_rows(2)
    sheet.append(["bone", "骨"])
    sheet["G3"] = "rejected"
    book.save(path)
    fracture, bone = read_glossary([str(path)])
    assert (fracture.en, fracture.status, fracture.contexts) == (
        "fracture",
        "rejected",
        (Context("s", "one", "一"),),
    )
    assert bone == Entry("bone", "骨", 1.0, 0, 0, "candidate")


def test_the_sheet_with_terms_is_found_in_a_foreign_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("术语")
    sheet.append(["English", "中文", "Reviewer"])
    sheet.append([])
    sheet.append(["fracture", "骨折", "L. N."])
    sheet.append(["bone", None, None])
    path = tmp_path / "x.xlsx"
    book.save(path)
    entry, error = read_glossary([str(path)])
    assert entry == Entry("fracture", "骨折", 1.0, 0, 0, "accepted", other=(("Reviewer", "L. N."),))
    assert str(error) == f"{path}, sheet 术语, row 4: column 中文 is empty; each row needs both terms"


def test_a_text_longer_than_a_cell_is_reported():
    out = io.BytesIO()
    (error,) = FORMATS.load("xlsx").write_glossary([Entry("x", "某", 1.0, 1, 1, note="n" * 32_768)], out)
    assert error.what == "left out: a text has 32,768 characters, more than the 32,767 of a cell"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100])
def test_a_damaged_workbook_gives_one_clear_line(data, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    (error,) = read_glossary([str(path)], input_format="xlsx")
    assert isinstance(error, InputError)
    assert "is a damaged or protected Office file" in str(error)


SHEET = "<worksheet><sheetData><row><c t='inlineStr'><is><t>en</t></is></c>{}</row></sheetData></worksheet>"
LOLS = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10 if i else 'lol'}'>" for i in range(12))
HARM = {
    "bomb": (SHEET.format(f"<c><v>{'0' * (50 << 20)}</v></c>"), "holds an element of more than 8 MiB"),
    "entities": (
        f"<!DOCTYPE x [{LOLS}]>" + SHEET.format("<c><v>&a11;</v></c>"),
        "is damaged XML (Maximum entity",
    ),
    "depth": (SHEET.format("<c>" * 100_000), "is damaged XML (Excessive depth"),
    "no such text": (SHEET.format("<c t='s'><v>-7</v></c>"), "row 1: holds a damaged cell"),
    "no such number": (SHEET.format("<c r='ZZZZZZ1'><v>1e999</v></c>"), "row 1: holds a damaged cell"),
    "end": ("<worksheet><sheetData>", "is damaged XML (Premature end"),
    "rows": (SHEET.format("</row>" + "<row/>" * 1_100_000 + "<row>"), "holds more than 1,048,576 rows"),
}


@pytest.mark.parametrize("case", HARM)
def test_a_harmful_workbook_gives_one_clear_line(case, path, tmp_path):
    harm = tmp_path / "harm.xlsx"
    sheet, said = HARM[case]
    with ZipFile(path) as old, ZipFile(harm, "w", compression=8) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    (error,) = read_glossary([str(harm)])
    assert said in str(error)
    assert len(str(error)) < 400
