"""Files, folders, globs, standard input, encodings, and everything that is not a record."""

import io
import json
import logging
import os
import sys
from zipfile import ZipFile

import pytest

from aligner.errors import InputError, SettingError, UnknownNameError
from aligner.formats import read_pairs, read_records

EN = "Vertebral fractures are common in old age. We studied 120 patients (P < .05)."
ZH = "椎体骨折在老年人中很常见。我们研究了120例患者，所有患者的疼痛均减轻（P<0.05）。"
TW = "椎體骨折在老年人中很常見。我們研究了120例患者，所有患者的疼痛均減輕（P<0.05）。"
RECORD = f"{EN}\n{ZH}\n"

ENCODINGS = {
    "utf-8": "",
    "utf-8-sig": "",
    "utf-16": "",
    "utf-32": "",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "gb18030": "GB18030",
    "gb2312": "GB18030",
    "big5": "Big5",
}


def texts(records):
    return [(record.name, record.en, record.zh) for record in records]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_tells_the_encoding_and_shows_a_guess(encoding, tmp_path, caplog):
    zh = TW if encoding == "big5" else ZH
    path = tmp_path / "a.txt"
    path.write_bytes(f"{EN}\n{zh}\n".encode(encoding))
    assert texts(read_records([str(path)])) == [("a", EN, zh)]
    shown = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    expected = [f"{path} (read as {ENCODINGS[encoding]}), told by its content"] if ENCODINGS[encoding] else []
    assert shown == expected


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
def test_a_guess_is_part_of_the_error(encoding, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(ZH.encode(encoding))
    (error,) = read_records([str(path)])
    assert f"(read as {ENCODINGS[encoding]}): holds Chinese only" in str(error)


BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \r\n\n", "the file is empty"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF, not text"),
    "zip": (b"PK\x03\x04\x14\x00", "is a ZIP archive or an Office document, not text"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office document, not text"),
    "png": (b"\x89PNG\r\n\x1a\n", "is a PNG picture, not text"),
    "jpeg": (b"\xff\xd8\xff\xe0", "is a JPEG picture, not text"),
    "gzip": (b"\x1f\x8b\x08\x00", "is a gzip file, not text"),
    "rtf": (b"{\\rtf1\\ansi Abc}", "is an RTF document, not text"),
    "nul": (b"abc\x00\x01\x02def\x00", "is not text"),
    "other encoding": (
        "骨折".encode("euc-kr") * 3 + b"\xff\xfe\xfd",
        "is neither UTF-8 nor UTF-16, GB18030 or Big5",
    ),
    "english": (EN.encode(), "holds English only (words: 11)"),
    "latin": ("Caf\xe9 \x96 5 \xb1 2 patients".encode("latin-1"), "(read as cp1252): holds English only"),
    "long line": (b"a" * 20_000_000, "holds a line of 20,000,000 characters"),
}


@pytest.mark.parametrize("case", BAD)
def test_says_in_one_line_what_a_bad_file_is(case, tmp_path):
    data, message = BAD[case]
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text(RECORD, encoding="utf-8")
    error, record = read_records([str(bad), str(good)])
    assert isinstance(error, InputError)
    assert message in str(error)
    assert str(error).startswith(str(bad))
    assert "\n" not in str(error)
    assert record.name == "good"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("missing.txt", "missing.txt: no such file or folder; check the path"),
        ("*.nothing", "*.nothing: no such file or folder; check the path"),
        ("/dev/null", "/dev/null: is not a regular file"),
        ("a\0b", "a\0b: no such file or folder; check the path"),
        ("x" * 5000, "cannot be opened (File name too long)"),
    ],
)
def test_says_what_is_not_there(given, message):
    (error,) = read_records([given])
    assert message in str(error)


def test_reads_folders_and_globs_once_and_in_order(tmp_path, caplog):
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RECORD, encoding="utf-8")
    report = '<!doctype html><meta name="generator" content="aligner"><title>Findings</title>'
    (tmp_path / "findings.html").write_text(report, encoding="utf-8")
    given = [str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "a.txt")]
    assert [record.name for record in read_records(given)] == ["a", "b", "c"]
    assert "files passed over: 2, reports or of another" in caplog.text


def test_says_that_a_folder_holds_nothing(tmp_path):
    (error,) = read_records([str(tmp_path)])
    assert "the folder holds no file that can be read" in str(error)


def test_reads_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RECORD.encode())))
    assert texts(read_records(["-"])) == [("stdin", EN, ZH)]


def test_names_the_formats_there_are():
    with pytest.raises(UnknownNameError, match="unknown format 'word'"):
        read_records(["x"], input_format="word")
    with pytest.raises(SettingError, match="format 'pasted' carries no aligned pairs"):
        read_pairs(["x"], input_format="pasted")


def test_says_of_which_format_a_file_is(tmp_path):
    (tmp_path / "m.tmx").write_text('<tmx version="1.4"/>', encoding="utf-8")
    (error,) = read_records([str(tmp_path / "m.tmx")])
    assert str(error).endswith(
        "m.tmx: is of the format tmx, which carries no records;"
        " read it with --aligned, or align it with --split"
    )
    (tmp_path / "p.xml").write_text("<PubmedArticleSet/>", encoding="utf-8")
    (error,) = read_pairs([str(tmp_path / "p.xml")])
    assert str(error).endswith(
        "p.xml: is of the format pubmed, which carries no aligned pairs; leave out --aligned"
    )
    (tmp_path / "h.txt").write_text("<html><body>x</body></html>", encoding="utf-8")
    (error,) = read_pairs([str(tmp_path / "h.txt")])
    assert "is of the format html, which carries no aligned pairs" in str(error)
    (tmp_path / "h.txt").write_text("just words", encoding="utf-8")
    (error,) = read_pairs([str(tmp_path / "h.txt")])
    assert "is text that is not aligned yet; leave out --aligned" in str(error)


@pytest.mark.parametrize("start", ["\ufeff", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup_is_no_pasted_text(start, encoding, tmp_path):
    unit = "<trans-unit id='1'><source>Pain fell.</source><target>疼痛减轻。</target></trans-unit>"
    text = f"<xliff version='1.2'><file><body>{unit}</body></file></xliff>"
    (tmp_path / "a.sdlxliff").write_bytes((start + text).encode(encoding))
    (tmp_path / "b.po").write_bytes(f'{start}msgid "Pain fell."\nmsgstr "疼痛减轻。"\n'.encode(encoding))
    for error in read_records([str(tmp_path / "a.sdlxliff"), str(tmp_path / "b.po")]):
        assert "carries no records; read it with --aligned, or align it with --split" in str(error)


ARCHIVES = {
    "x.odt": ("mimetype", "is an OpenDocument file, which is not read; save it as .docx or .xlsx"),
    "x.sdlppx": (
        "a.sdlproj",
        "is a Trados package, which is not read; open it there and export the files in it",
    ),
    "x.zip": ("a/b.tmx", "is an archive of translation memories, which is not read; unpack it"),
    "y.zip": ("a.txt", "is a ZIP archive; unpack it"),
    "x.epub": ("a/content.opf", "is an e-book, which is not read; save its text as .txt"),
    "x.xlsb": ("xl/workbook.bin", "is a binary Excel workbook, which is not read; save it as .xlsx"),
    "x.pages": (
        "Index/Document.iwa",
        "is a file of Pages, Numbers or Keynote, which is not read; export it as .docx or .xlsx",
    ),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_says_what_an_archive_is(name, tmp_path):
    inside, message = ARCHIVES[name]
    with ZipFile(tmp_path / name, "w") as archive:
        archive.writestr(inside, "x")
    (error,) = read_records([str(tmp_path / name)])
    assert str(error) == f"{tmp_path / name}: {message}"


NOT_READ = {
    "a.bib": (b"@article{a,\n title={T}\n}", "is a BibTeX file, which is not read; export it as RIS"),
    "a.mht": (b"From: <Saved by x>\nMIME-Version: 1.0\n\nx", "is a mail or a page saved as MHT"),
    "a.tex": (b"\\documentclass{article}\n", "is a LaTeX file"),
    "a.srt": (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nPain.\r\n", "is a subtitle file"),
    "a.txt": (b"FN Clarivate Analytics Web of Science\nVR 1.0\n", "is a Web of Science export"),
    "a.caj": (b"HN\0\0\1\2", "is a CAJ file, not text; open it in CAJViewer"),
    "a.rar": (b"Rar!\x1a\x07\0", "is a RAR archive"),
    "a.7z": (b"7z\xbc\xaf'\x1c\0", "is a 7-Zip archive"),
    "a.sdltb": (b"\0\1\0\0Standard Jet DB\0", "is an Access or MultiTerm database, not text; export it"),
    "a.sdltm": (b"SQLite format 3\0", "is a SQLite database, not text; export a workspace, or a Trados"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_says_what_is_not_read_and_what_to_do(name, tmp_path):
    data, message = NOT_READ[name]
    (tmp_path / name).write_bytes(data)
    (error,) = read_records([str(tmp_path / name)])
    assert message in str(error)


def test_says_what_kind_of_xml_is_not_read(tmp_path):
    (tmp_path / "x.xml").write_text('<?xml version="1.0"?>\n<!-- a --><feed><a/></feed>', encoding="utf-8")
    (error,) = read_records([str(tmp_path / "x.xml")])
    assert "is XML of a kind that is not read (<feed>)" in str(error)


LINES = {
    "plain": (b"One.\nTwo.\n", "一。\n二。\n".encode(), ["One.", "Two."], ["一。", "二。"]),
    "unequal": (b"One.\nTwo.\nThree.", "一。\n".encode(), ["One.", "Two.", "Three."], ["一。"]),
    "carriage returns": (b"One.\r\nTwo.\r\n", "一。\r\n二。".encode(), ["One.", "Two."], ["一。", "二。"]),
    "blank lines": (b"\nOne.\n\n", "一。\n\n\n二。".encode(), ["", "One.", ""], ["一。", "", "", "二。"]),
    "odd line ends": (
        "One\u2028still\x0bone\x85.\rTwo.\n".encode(),
        "一\u2029。\n".encode(),
        ["One\u2028still\x0bone\x85.\rTwo."],
        ["一\u2029。"],
    ),
    "marks and encodings": (
        b"\xef\xbb\xbfOne.\n",
        "一个患者。\n两个患者。\n".encode("utf-16"),
        ["One."],
        ["一个患者。", "两个患者。"],
    ),
    "guessed": (
        b"One.\n",
        "一个患者。\n两个患者。\n".encode("gb18030"),
        ["One."],
        ["一个患者。", "两个患者。"],
    ),
}


@pytest.mark.parametrize("case", LINES)
@pytest.mark.parametrize("names", [("d.en", "d.zh"), ("d_en.txt", "d_zh.txt"), ("d.en.txt", "d.zh-CN.txt")])
def test_reads_sentences_a_line(case, names, tmp_path):
    en_bytes, zh_bytes, en, zh = LINES[case]
    (tmp_path / names[0]).write_bytes(en_bytes)
    (tmp_path / names[1]).write_bytes(zh_bytes)
    for given in ([tmp_path], [tmp_path / names[0]], [tmp_path / names[1]], [tmp_path / n for n in names]):
        (record,) = read_records(list(map(str, given)), lines=True)
        assert record.name == "d"
        assert [s.text for s in record.en_sentences] == en
        assert [s.text for s in record.zh_sentences] == zh
        assert all(record.en[s.start : s.end] == s.text for s in record.en_sentences)
        assert all(record.zh[s.start : s.end] == s.text for s in record.zh_sentences)


def test_finds_parallel_files_in_two_folders(tmp_path):
    for language, text in (("en", "One."), ("zh", "一。")):
        (tmp_path / language).mkdir()
        (tmp_path / language / f"d.{language}").write_text(text, encoding="utf-8")
    records = list(read_records([str(tmp_path / "en"), str(tmp_path / "zh")], lines=True))
    assert texts(records) == [("d", "One.", "一。")]


def test_names_a_missing_counterpart(tmp_path):
    (tmp_path / "d.en").write_text("One.", encoding="utf-8")
    (error,) = read_records([str(tmp_path)], lines=True)
    assert "its counterpart d.zh is missing" in str(error)


def test_reads_gold_lists(tmp_path):
    (tmp_path / "doc.json").write_text(
        json.dumps({"en": ["A.", ""], "zh": ["甲。"], "beads": []}), encoding="utf-8"
    )
    (record,) = read_records([str(tmp_path)], lines=True)
    assert (record.name, record.en, record.zh) == ("doc", "A.\n", "甲。")


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"en": ["A"]}', '{"en": [1], "zh": []}', '{"en": ["\\ud800"], "zh": ["甲"]}']
)
def test_says_that_lists_are_missing(text, tmp_path):
    (tmp_path / "doc.json").write_text(text, encoding="utf-8")
    (error,) = read_records([str(tmp_path)], lines=True)
    assert isinstance(error, InputError)


def test_notices_a_file_that_changes_while_it_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    row = json.dumps({"id": "x", "en": "One.", "zh": "一。"}) + "\n"
    path.write_text(row * 2, encoding="utf-8")
    reading = read_pairs([str(path)])
    next(reading)
    path.write_text(row * 3, encoding="utf-8")
    assert "changed while it was read" in str(list(reading)[-1])


def test_a_file_name_that_is_not_utf_8_is_shown_escaped_and_read(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), "骨.txt".encode("gbk"))  # noqa: PTH118 - bytes
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(RECORD.encode())
    assert texts(read_records([str(tmp_path)])) == [(r"\xb9\xc7", EN, ZH)]
    assert texts(read_records([os.fsdecode(path)])) == [(r"\xb9\xc7", EN, ZH)]
