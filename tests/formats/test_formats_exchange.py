"""TMX, XLIFF, SDLXLIFF, Word and Excel files, as other tools write them and as other tools read ours."""
# ruff: noqa: E501 - files stand as they are

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from translate.storage.tmx import tmxfile

from aligner.errors import InputError
from aligner.formats import FORMATS, read_pairs, read_records
from aligner.types import Pair

PAIRS = [
    Pair("01", 0, "Pain fell & <stayed> low.", "疼痛减轻。", (0,), (0, 1), 0.97),
    Pair("01", 1, "", "无对应句。", (), (2,), 0.25),
    Pair("02", 0, "=1+1", "@二", (0,), (0,), 1.0, "Draft 85%"),
]


def write(name, pairs):
    out = io.BytesIO()
    assert FORMATS.load(name).write_pairs(pairs, out) == []
    return out.getvalue()


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_pairs([str(path)]))


def texts(pairs):
    return [(pair.en, pair.zh) for pair in pairs]


@pytest.mark.parametrize("name", ["tmx", "xliff"])
def test_a_state_comes_back(name, tmp_path):
    assert read(tmp_path, f"x.{FORMATS.load(name).suffixes[0]}", write(name, PAIRS)) == PAIRS


def test_translate_toolkit_reads_our_tmx():
    store = tmxfile.parsestring(write("tmx", PAIRS))
    assert store.sourcelanguage in (None, "en")
    assert (store.units[0].source, store.units[0].target) == ("Pain fell & <stayed> low.", "疼痛减轻。")
    assert len(store.units) == 3


def test_translate_toolkit_reads_our_xliff():
    from translate.storage.xliff2 import Xliff2File

    store = Xliff2File.parsestring(write("xliff", PAIRS))
    assert (store.units[0].source, store.units[0].target) == (
        "Pain fell & <stayed> low.",
        "疼痛减轻。",
    )
    assert len(store.units) == 3


@pytest.mark.parametrize(
    ("texts", "tag"),
    [
        (["疼痛减轻。"], "zh-CN"),
        (["疼痛減輕。"], "zh-TW"),
        (["三"], "zh-CN"),
        (["疼痛減輕。", "椎体压缩"], "zh"),
    ],
)
def test_the_script_is_told(texts, tag):
    pairs = [Pair(str(number), 0, "x", text) for number, text in enumerate(texts)]
    assert f'trgLang="{tag}"' in write("xliff", pairs).decode()
    if tag != "zh":
        assert f'xml:lang="{tag}"' in write("tmx", pairs).decode()


FOREIGN_TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en-US"/><body>
<tu tuid="a7"><tuv xml:lang="EN-US"><seg>Pain <bpt i="1">&lt;b&gt;</bpt>fell<ept i="1">&lt;/b&gt;</ept> <ph>{1}</ph>by <hi>half</hi>.</seg></tuv>
<tuv xml:lang="zh-CN"><seg>疼痛减半。</seg></tuv><tuv xml:lang="zh-TW"><seg>疼痛減半。</seg></tuv></tu>
<tu><tuv lang="de"><seg>Schmerz</seg></tuv></tu>
<tu><tuv xml:lang="zh"><seg>二。</seg></tuv><tuv xml:lang="en"><seg>Two.</seg></tuv></tu></body></tmx>"""


def test_reads_memories_of_other_tools(tmp_path, caplog):
    first, second, last = read(tmp_path, "m.tmx", FOREIGN_TMX)
    assert (first.record, first.en, first.zh) == ("a7", "Pain fell by half.", "疼痛减半。")
    assert second.zh == "疼痛減半。"
    assert "m.tmx: units passed over, of other languages: de (1)" in caplog.text
    assert "m.tmx: units with several variants of a language, each a pair of its own: 1" in caplog.text
    assert (last.record, last.en, last.zh) == ("m-3", "Two.", "二。")


XLIFF_1 = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="en-US" target-language="zh-CN" datatype="plaintext"><body><group id="g">
<trans-unit id="1"><source>Pain <g id="1">fell</g> <x id="2"/>by <ph id="3">{code}</ph>half.</source><target state="final">疼痛<g id="1">减半</g>。</target><alt-trans><source>Old</source><target>旧</target></alt-trans></trans-unit>
<trans-unit id="2"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk></seg-source><target><mrk mtype="seg" mid="0">一。</mrk><mrk mtype="seg" mid="1">二。</mrk></target></trans-unit>
<trans-unit id="3"><source>Only.</source></trans-unit><trans-unit id="4"><source/></trans-unit></group></body></file></xliff>"""
XLIFF_2 = """<?xml version="1.0"?><xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN" trgLang="en">
<file id="f"><group id="g"><unit id="1"><originalData><data id="d">&lt;b&gt;</data></originalData><segment state="reviewed"><source>疼痛<pc id="1" dataRefStart="d">减半</pc>。</source><target>Pain <ph id="2"/><cp hex="0007"/>fell.</target></segment><ignorable><source> </source></ignorable><segment><source>二。</source></segment></unit></group></file></xliff>"""
SDL = """<?xml version="1.0"?><xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" sdl:version="1.0">
<file original="C:\\a.docx" source-language="en-US" target-language="zh-CN" datatype="x-sdlfilterframework2"><header><file-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"/></header><body>
<trans-unit id="u1"><source><g id="0">Pain fell. It stayed low.</g></source><seg-source><g id="0"><mrk mtype="seg" mid="1">Pain <x id="5"/>fell.</mrk> <mrk mtype="seg" mid="2">It <mrk mtype="x-sdl-comment" sdl:cid="c">stayed</mrk> low.</mrk></g></seg-source><target><g id="0"><mrk mtype="seg" mid="1">疼痛减轻。</mrk> <mrk mtype="seg" mid="2">一直很低。</mrk></g></target><sdl:seg-defs><sdl:seg id="1" conf="Translated" origin="tm" percent="85"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs></trans-unit></body></file></xliff>"""


def test_reads_xliff_1(tmp_path):
    pairs = read(tmp_path, "x.xlf", XLIFF_1)
    assert texts(pairs) == [
        ("Pain fell by half.", "疼痛减半。"),
        ("One.", "一。"),
        ("Two.", "二。"),
        ("Only.", ""),
    ]
    assert [(pair.record, pair.bead) for pair in pairs] == [("x", 0), ("x", 1), ("x", 2), ("x", 3)]
    assert pairs[0].state == "final"


def test_reads_xliff_2_in_either_direction(tmp_path):
    pairs = read(tmp_path, "x.xliff", XLIFF_2)
    assert texts(pairs) == [("Pain \x07fell.", "疼痛减半。"), ("", "二。")]
    assert [pair.state for pair in pairs] == ["reviewed", ""]


def test_reads_sdlxliff(tmp_path):
    pairs = read(tmp_path, "x.sdlxliff", SDL)
    assert texts(pairs) == [("Pain fell.", "疼痛减轻。"), ("It stayed low.", "一直很低。")]
    assert [pair.state for pair in pairs] == ["Translated 85%", "Draft"]


def test_says_that_the_languages_are_others(tmp_path):
    (error,) = read(
        tmp_path, "x.xliff", XLIFF_2.replace('trgLang="en"', 'trgLang="fr"').replace("zh-CN", "de")
    )
    assert "unit 1: its languages are de and fr, not en and zh" in str(error)


def document(paragraphs=(), rows=()):
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    if rows:
        table = word.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return word


def saved(word, path):
    word.save(path)
    return str(path)


ROWS = [("1", "Pain fell.", "疼痛减轻。"), ("2", "It stayed low.", "一直很低。"), ("3", "Only here.", "")]


@pytest.mark.parametrize("header", [(), (("No.", "English", "Chinese"),), (("编号", "英文", "中文"),)])
def test_reads_a_table_of_two_languages(header, tmp_path):
    path = saved(document(["A note."], [*header, *ROWS]), tmp_path / "d.docx")
    (record,) = read_records([path])
    assert (record.name, record.en, record.zh) == (
        "d",
        "Pain fell.\nIt stayed low.\nOnly here.",
        "疼痛减轻。\n一直很低。",
    )
    assert record.notes == ("A note.",)
    assert texts(read_pairs([path])) == [row[1:] for row in ROWS]


def test_reads_paragraphs_with_tracked_changes_and_scripts(tmp_path):
    word = document(["Abstract"])
    paragraph = word.add_paragraph("Pain fell by 10")
    paragraph.add_run("-3").font.superscript = True
    paragraph.add_run(" at T")
    paragraph.add_run("12").font.subscript = True
    w = nsdecls("w")
    paragraph._p.append(
        parse_xml(
            f"<w:ins {w} w:id='1' w:author='a'><w:r><w:t xml:space='preserve'> in all</w:t></w:r></w:ins>"
        )
    )
    paragraph._p.append(
        parse_xml(f"<w:del {w} w:id='2' w:author='a'><w:r><w:delText>in none</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:hyperlink {w}><w:r><w:t>.</w:t></w:r></w:hyperlink>"))
    word.add_paragraph("摘要：疼痛减轻。")
    (record,) = read_records([saved(word, tmp_path / "d.docx")])
    assert (record.en, record.zh) == ("Pain fell by 10⁻³ at T12 in all.", "疼痛减轻。")


@pytest.mark.parametrize(
    ("code", "text"), [("F0B1", "\uf0b1"), ("00B1", "±"), ("zz", "\ufffd"), ("FFFFFFFF", "\ufffd")]
)
def test_symbols_leave_a_character(code, text, tmp_path):
    word = document(["Pain fell", "疼痛减轻。"])
    word.paragraphs[0].runs[0]._r.append(
        parse_xml(f'<w:sym {nsdecls("w")} w:font="Symbol" w:char="{code}"/>')
    )
    (record,) = read_records([saved(word, tmp_path / "d.docx")])
    assert record.en == f"Pain fell{text}"


def test_half_characters_are_refused(tmp_path):
    (error,) = read(
        tmp_path,
        "x.xliff",
        XLIFF_2.replace("0007", "D800").replace("<segment><source>二。</source></segment>", ""),
    )
    assert str(error).endswith("x holds half a character (a lone surrogate)")


def test_says_that_a_document_has_one_language(tmp_path):
    path = saved(document(["Pain fell in all patients."]), tmp_path / "d.docx")
    assert "holds English only" in str(next(read_records([path])))
    assert "holds no table with an English and a Chinese column" in str(next(read_pairs([path])))


def test_reads_workbooks_of_other_tools(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([None, None, None])
    book.active.append(["PMID", "English", "Chinese", "Year"])
    book.active.append([12345678, "Pain fell.", "疼痛减轻。", 2024])
    book.active.append(["b", "_x0041_", "=1+1", None])
    book.active["C4"].data_type = "s"
    second = book.create_sheet("more")
    second.append(["en", "zh"])
    second.append(["Two.", "二。"])
    book.save(tmp_path / "b.xlsx")
    records = list(read_records([str(tmp_path / "b.xlsx")]))
    assert [(r.name, r.en, r.zh) for r in records[:2]] == [
        ("12345678", "Pain fell.", "疼痛减轻。"),
        ("b", "A", "=1+1"),
    ]
    assert records[0].metadata == {"year": "2024"}
    assert (records[2].name, records[2].en) == ("b-2", "Two.")


def test_openpyxl_reads_our_workbook_and_finds_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", PAIRS)))
    sheet = book.active
    assert len(book.views) == 1  # the window whose header is frozen
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("record", "bead", "en_ids", "zh_ids", "en", "zh", "score", "source")
    assert rows[3] == ("02", 1, "1", "1", "=1+1", "@二", 1, None)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_a_sheet_leaves_out_what_no_cell_holds():
    out = io.BytesIO()
    (error,) = FORMATS.load("xlsx").write_pairs([Pair("r", 3, "x" * 40_000, "y"), PAIRS[0]], out)
    assert (
        str(error)
        == "record r, pair 4: left out: a text has 40,000 characters, more than the 32,767 of a cell; write TSV or JSONL, or mend the text"
    )
    assert openpyxl.load_workbook(out).active.max_row == 2


def test_two_plain_files_come_back(tmp_path):
    pairs = [Pair("r", 0, "One\ntwo.", "一二。"), Pair("r", 1, "", "三。"), Pair("r", 2, "Four.", "")]
    assert FORMATS.load("lines").write_files(pairs, tmp_path / "out.v1") == []
    assert (tmp_path / "out.v1.en").read_bytes() == "One\u2028two.\n\nFour.\n".encode()
    assert texts(read_pairs([str(tmp_path)])) == texts(pairs)
    errors = FORMATS.load("lines").write_files(
        [Pair("r", 3, "a\rb", "甲"), Pair("r", 4, "a", "\u2028")], tmp_path / "c"
    )
    assert [str(error).partition(";")[0] for error in errors] == [
        "record r, pair 4: left out: it holds a carriage return, which ends a line in this format",
        "record r, pair 5: left out: it holds the character U+2028, which stands for a line feed in this format",
    ]
    (tmp_path / "out.v1.zh").write_text("一\n", encoding="utf-8")
    *_, error = read_pairs([str(tmp_path)])
    assert "ends before line 2 of its counterpart" in str(error)


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


RELS = '<Relationships xmlns="x"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
BOOK = '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>'
SHEET = "<worksheet><sheetData><row><c t='str'><v>en</v></c><c t='str'><v>zh</v></c></row>{}</sheetData></worksheet>"
BAD_SHEETS = {
    "bomb": (
        SHEET.format(("<row>" + "<c/>" * 400_000 + "</row>") * 12),
        "unpacks to more than 150 times its size",
    ),
    "missing string": (
        SHEET.format("<row r='2'><c t='s'><v>99</v></c></row>"),
        "row 2: holds a damaged cell",
    ),
    "far column": (
        SHEET.format("<row r='2'><c r='ZZZZZ2'><v>1</v></c></row>"),
        "row 2: holds a damaged cell",
    ),
    "entity": (
        "<!DOCTYPE x [<!ENTITY a 'b'>]>" + SHEET.format("<row><c t='str'><v>&a;</v></c></row>"),
        "declares a document type",
    ),
    "deep": (SHEET.format("<row>" + "<c>" * 5000), "is damaged XML"),
    "cut": (SHEET.format("<row>")[:-20], "is damaged XML"),
}


@pytest.mark.parametrize("case", BAD_SHEETS)
def test_says_what_is_wrong_with_a_workbook(case, tmp_path):
    sheet, message = BAD_SHEETS[case]
    data = package(
        {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELS, "xl/worksheets/sheet1.xml": sheet}
    )
    found = read(tmp_path, "b.xlsx", data)
    assert isinstance(found[-1], InputError)
    assert message in str(found[-1])


def test_says_what_is_wrong_with_a_document(tmp_path):
    bomb = "<w:document xmlns:w='w'><w:body><w:p>" + "<w:r/>" * 3_000_000 + "</w:p></w:body></w:document>"
    (tmp_path / "d.docx").write_bytes(package({"word/document.xml": bomb}))
    assert "unpacks to more than 150 times its size" in str(next(read_records([str(tmp_path)])))
    data = package({"word/document.xml": "<x/>"})
    (tmp_path / "d.docx").write_bytes(data)
    assert "is no Word document" in str(next(read_records([str(tmp_path)])))
    (tmp_path / "d.docx").write_bytes(data[:-30])
    assert isinstance(next(read_records([str(tmp_path)])), InputError)
