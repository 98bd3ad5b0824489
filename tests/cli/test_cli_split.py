"""Paragraph-long units of memories, XLIFF and tables are split into sentence pairs; ids and addresses stay.

All texts are constructed.
"""

import json

import pytest

EN = "Forty-two patients received kyphoplasty. Larger trials are needed."
ZH = "42例患者接受后凸成形术。仍需更大规模的试验。"
TMX = f"""<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>
<tu tuid="p7"><tuv xml:lang="en"><seg>{EN}</seg></tuv><tuv xml:lang="zh"><seg>{ZH}</seg></tuv></tu>
<tu tuid="p8"><tuv xml:lang="en"><seg>One.</seg></tuv><tuv xml:lang="zh"><seg>一。</seg></tuv></tu>
<tu tuid="p9"><tuv xml:lang="en"><seg>Only here. And here.</seg></tuv></tu></body></tmx>"""
XLIFF = f"""<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en" target-language="zh" datatype="x"><body>
<trans-unit id="p7"><source>{EN}</source><target>{ZH}</target></trans-unit>
<trans-unit id="p8"><source>One.</source><target>一。</target></trans-unit>
</body></file></xliff>"""
TABLE = f"id\ten\tzh\np7\t{EN}\t{ZH}\np8\tOne.\t一。\n"


@pytest.mark.parametrize(("name", "text"), [("a.tmx", TMX), ("a.xlf", XLIFF), ("a.tsv", TABLE)])
def test_units_of_several_sentences_are_split(cli, name, text, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    code, out, _ = cli("align", path, "--split", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(row["en"], row["zh"]) for row in rows[:3]] == [
        ("Forty-two patients received kyphoplasty.", "42例患者接受后凸成形术。"),
        ("Larger trials are needed.", "仍需更大规模的试验。"),
        ("One.", "一。"),
    ]
    if name == "a.xlf":
        assert [(row["record"], row["bead"], row["en_ids"]) for row in rows] == [
            ("a", 0, [0]),
            ("a", 1, [1]),
            ("a", 2, [2]),
        ]
        assert [row["source"]["unit"] for row in rows] == ["p7", "p7", "p8"]
    else:
        assert [(row["record"], row["bead"]) for row in rows[:3]] == [("p7", 0), ("p7", 1), ("p8", 0)]
    if name == "a.tmx":
        assert [(row["record"], row["en"], row["zh"]) for row in rows[3:]] == [
            ("p9", "Only here. And here.", "")
        ]
        code, _, err = cli("align", path)
        assert (code, "align it with --split" in err) == (2, True)


def test_a_memory_of_paragraphs_becomes_one_of_sentences(cli, tmp_path):
    path, out = tmp_path / "a.tmx", tmp_path / "b.tmx"
    path.write_text(TMX, encoding="utf-8")
    assert cli("align", path, "--split", "--out", out)[0] == 0
    text = out.read_text(encoding="utf-8")
    assert text.count("<tu>") + text.count("<tu ") == 4
    assert "<seg>仍需更大规模的试验。</seg>" in text


def test_terms_and_findings_of_paragraphs_are_those_of_their_sentences(cli, tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text(TABLE.replace("仍需更大规模", "接受5次随访。仍需更大规模"), encoding="utf-8")
    code, out, _ = cli("check", path, "--split", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code <= 1
    assert {row["source"]["row"] for row in rows} == {2}
    assert all(row["en"] in EN and row["en"] != EN for row in rows)
    _, out, _ = cli("glossary", path, "--split", "--occurrences", "--format", "jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert ("p7", 0, "kyphoplasty", "后凸成形术") in {
        (row["record"], row["bead"], row["en"], row["zh"]) for row in found
    }


RECORD = """Cement leakage in old fractures\nAbstract\nOBJECTIVE: To study leakage.\nKeywords: cement; spine
骨水泥渗漏的研究\n摘要\n目的：研究骨水泥渗漏情况。\n关键词：骨水泥；脊柱\n"""


def test_an_export_of_pairs_takes_the_options_of_align(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(RECORD, encoding="utf-8")
    assert cli("run", "a.txt", "--workspace", "w.db", "--no-terms")[0] == 0
    direction = ["--source", "zh", "--target", "en-GB", "--format", "tmx"]
    options = [*direction, "--headings", "split", "--titles", "--keywords"]
    _, exported, _ = cli("export", "w.db", "pairs", *options)
    assert exported == cli("align", "a.txt", *options)[1]
    assert exported.count("<tu ") == 5
    code, _, err = cli("export", "w.db", "glossary", "--titles")
    assert (code, "--titles: is for sentence pairs, not for glossary" in err) == (2, True)
