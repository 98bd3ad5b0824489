"""Pairs and glossaries of other programs: headerless columns, catalogues, UTX, JSON, plain lists."""

import json

import pytest

from aligner.formats import read_glossary, read_pairs
from aligner.types import Entry

EN, ZH = ["Casts cause stiffness.", "Pain fell."], ["石膏可致僵硬。", "疼痛减轻。"]
PO = """msgid ""
msgstr ""
"Language: zh_CN\\n"

#: a.c:1
msgctxt "menu"
msgid "Casts cause stiffness."
msgstr "石膏可致僵硬。"

#, fuzzy
msgid ""
"Pain "
"fell."
msgstr ""
"疼痛"
"减轻。"

msgid "Not yet."
msgstr ""
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lf.txt", f"{EN[0]}\t{ZH[0]}\tdoc1\n{EN[1]}\t{ZH[1]}\tdoc1\n"),
        ("hunalign.txt", f"{ZH[0]}\t{EN[0]}\t0.83\n{ZH[1]}\t{EN[1]}\t1.2\n"),
        ("opus.tsv", f"{EN[0]}\t{ZH[0]}\n{EN[1]}\t{ZH[1]}\n"),
        ("list.json", json.dumps([{"src": a, "dst": b} for a, b in zip(EN, ZH, strict=True)])),
    ],
)
def test_pairs_without_a_header_are_told_by_their_characters(name, text, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    pairs = list(read_pairs([str(tmp_path / name)]))
    assert [(pair.en, pair.zh) for pair in pairs] == list(zip(EN, ZH, strict=True))
    assert [pair.source.row for pair in pairs] == [1, 2]


def test_reads_catalogues(tmp_path):
    (tmp_path / "zh.po").write_text(PO, encoding="utf-8")
    pairs = list(read_pairs([str(tmp_path / "zh.po")]))
    assert [(pair.bead, pair.en, pair.zh, pair.state) for pair in pairs] == [
        (0, EN[0], ZH[0], ""),
        (1, EN[1], ZH[1], "fuzzy"),
        (2, "Not yet.", "", ""),
    ]
    assert (pairs[0].source.unit, pairs[0].source.row) == ("menu", 6)


UTX = """#UTX 1.20; en-US/zh-CN; 2024-01-01T10:00:00+08:00; copyright: example; license: CC-BY
#src\ttgt\tsrc:pos\tterm status\tcustomer
cast\t石膏\tnoun\tapproved\tward
brace\t支具\tnoun\tforbidden\t
"""


def test_reads_utx(tmp_path):
    (tmp_path / "x.utx").write_text(UTX, encoding="utf-8")
    said = {"part_of_speech": "noun", "usage": "approved"}
    assert list(read_glossary([str(tmp_path / "x.utx")])) == [
        Entry("cast", "石膏", 1.0, 0, 0, "accepted", **said, other=(("customer", "ward"),)),
        Entry("brace", "支具", 1.0, 0, 0, "rejected", part_of_speech="noun", usage="forbidden"),
    ]


LISTS = [
    "cast = 石膏\nbrace = 支具\n",
    "cast：石膏\nbrace：支具\n",
    "cast  石膏\nbrace  支具\n",
    "石膏;cast\n支具;brace\n",
]


@pytest.mark.parametrize("text", LISTS)
def test_reads_plain_lists_of_terms(text, tmp_path):
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    entries = list(read_glossary([str(tmp_path / "x.txt")]))
    assert [(entry.en, entry.zh) for entry in entries] == [("cast", "石膏"), ("brace", "支具")]


@pytest.mark.parametrize(
    "value",
    [{"cast": "石膏", "brace": "支具"}, [{"en": "cast", "zh": "石膏"}, {"en": "brace", "zh": "支具"}]],
)
def test_reads_glossaries_in_json(value, tmp_path):
    (tmp_path / "x.json").write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    entries = list(read_glossary([str(tmp_path / "x.json")]))
    assert [(entry.en, entry.zh) for entry in entries] == [("cast", "石膏"), ("brace", "支具")]


@pytest.mark.parametrize("text", ["{", "[1, 2]", '{"a": 1}', '["\\ud800"]', '[{"en": "\\ud800", "zh": "x"}]'])
def test_other_json_is_one_clear_line(text, tmp_path):
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    errors = list(read_glossary([str(tmp_path / "x.json")]))
    assert errors
    assert all("\n" not in str(error) and str(error).startswith(str(tmp_path)) for error in errors)
