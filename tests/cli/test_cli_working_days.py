"""Whole tasks as people do them, from their files and back: constructed records, own tables."""

import json
import re
from pathlib import Path

import openpyxl
from lxml import etree

RECORDS = Path(__file__).parents[2] / "corpora" / "constructed" / "records"
XML = "{http://www.w3.org/XML/1998/namespace}lang"


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_translator_makes_a_memory_and_a_termbase_of_six_pasted_abstracts(cli, tmp_path):
    folder = tmp_path / "pasted"
    folder.mkdir()
    for path in sorted(RECORDS.glob("*.txt"))[:6]:
        (folder / path.name).write_bytes(path.read_bytes())
    memory, work, termbase = tmp_path / "memory.tmx", tmp_path / "work.db", tmp_path / "terms.tbx"
    assert cli("align", folder, "--source", "zh", "--target", "en-GB", "--out", memory)[0] == 0
    units = etree.parse(memory).findall("body/tu")
    both = [tu for tu in units if len(tu) and len(tu.findall("tuv")) == 2]
    assert {prop.text for tu in units for prop in tu.iterfind("prop[@type='x-record']")} == {
        path.stem for path in folder.iterdir()
    }
    assert len(both) > 50
    assert all([tuv.get(XML) for tuv in tu.iterfind("tuv")] == ["zh-CN", "en-GB"] for tu in both)
    assert not [seg for seg in etree.parse(memory).iter("seg") if "\n" in "".join(seg.itertext())]
    # back into the program, as any memory is
    code, out, _ = cli("check", "--aligned", memory, "--format", "jsonl")
    assert code in (0, 1)
    loud = [row for row in rows(out) if row["severity"] == "error"]
    assert [(row["record"], row["check"], row["message"]) for row in loud] == []

    assert cli("run", folder, "--workspace", work)[0] == 0
    table = tmp_path / "all.xlsx"
    assert cli("export", work, "glossary", "--status", "all", "--out", table)[0] == 0
    book = openpyxl.load_workbook(table)
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for row in range(2, 12):
        sheet.cell(row, head.index("status") + 1).value = "accepted"
    accepted = {sheet.cell(row, head.index("en") + 1).value for row in range(2, 12)}
    book.save(table)
    assert cli("merge", work, table)[0] == 0
    assert cli("export", work, "glossary", "--out", termbase)[0] == 0
    _, out, _ = cli("glossary", folder, "--base", termbase, "--format", "jsonl")
    assert {row["en"] for row in rows(out) if row["status"] == "accepted"} == accepted


def test_a_terminologist_extends_a_glossary_with_columns_of_her_own(cli, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Spine glossary, constructed"])
    sheet.append(["English", "中文名", "Subject", "Definition", "Owner", "备注"])
    sheet.append(
        [
            *("percutaneous kyphoplasty; PKP", "经皮椎体后凸成形术", "spine", "a procedure"),
            *("ward 3", "since 2019"),
        ]
    )
    sheet.append(["cement leakage", "骨水泥渗漏", "spine", "", "ward 3", ""])
    own, grown, work = tmp_path / "own.xlsx", tmp_path / "grown.xlsx", tmp_path / "work.db"
    book.save(own)
    abstract = RECORDS / "c01.txt"
    assert cli("glossary", abstract, "--base", own, "--out", grown)[0] == 0
    _, out, _ = cli("glossary", abstract, "--base", own, "--format", "jsonl")
    found = {row["en"]: row for row in rows(out)}
    mine = found["percutaneous kyphoplasty"]
    assert (mine["zh"], mine["domain"], mine["definition"]) == ("经皮椎体后凸成形术", "spine", "a procedure")
    assert (mine["Owner"], mine["en_variants"][:1]) == ("ward 3", ["PKP"])
    assert "since 2019" in mine["note"]
    assert len(found) > 20
    # what was written reads back the same, and a workspace that begins with it says the same of her rows
    _, out, _ = cli("glossary", abstract, "--base", grown, "--format", "jsonl")
    assert {row["en"] for row in rows(out)} == set(found)
    assert cli("run", abstract, "--base", own, "--workspace", work)[0] == 0
    _, out, _ = cli("export", work, "glossary", "--status", "all", "--format", "jsonl")
    kept = {row["en"]: row for row in rows(out)}
    names = ("zh", "domain", "definition", "Owner", "status", "note")
    assert all(kept[en][name] == found[en][name] for en in (mine["en"], "cement leakage") for name in names)
    assert re.search("渗漏", kept["cement leakage"]["zh"])
