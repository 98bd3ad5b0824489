"""What every reader of records promises, over one file of each format."""

import logging
import random

import pytest
import regex
from record_files import DOI, EN, FILES, JATS, PUBMED, RIS, ROWS, TITLE_EN, TITLE_ZH, WORDS_EN, WORDS_ZH, ZH

from aligner.errors import InputError
from aligner.formats import FORMATS, Source, read_records
from aligner.formats.read import tell_format

NO_TITLE = {"pubmed-text"}  # whose Chinese title is not in the file
NO_KEYWORDS = {"pubmed-text"}


def read(case, tmp_path, data=None):
    name, usual = FILES[case]
    path = tmp_path / name
    path.write_bytes(usual if data is None else data)
    return list(read_records([str(path)]))


def letters(text):
    return "".join(regex.findall(r"[\p{L}\d]", text))


@pytest.mark.parametrize("case", FILES)
def test_each_file_is_told_by_its_content(case, tmp_path):
    name, data = FILES[case]
    path = tmp_path / name
    path.write_bytes(data)
    formats = [format_ for format_ in map(FORMATS.load, FORMATS) if format_.read_records]
    assert tell_format(Source(path, name), formats, "records").name == case.partition(" ")[0]


def test_every_format_of_records_has_a_file():
    able = {name for name in FORMATS if FORMATS.load(name).read_records}
    tested_elsewhere = {"parallel", "lines", "docx"}
    assert able - tested_elsewhere == {case.partition(" ")[0] for case in FILES}


@pytest.mark.parametrize("case", FILES)
def test_both_abstracts_are_read_whole(case, tmp_path):
    (record,) = read(case, tmp_path)
    assert letters(record.en) == letters("".join(EN))
    assert letters(record.zh) == letters("".join(ZH))


@pytest.mark.parametrize("case", FILES)
def test_titles_and_keywords_are_kept_by_language(case, tmp_path):
    (record,) = read(case, tmp_path)
    found = record.metadata
    assert found["title_en"].strip("[].") == TITLE_EN
    assert found["doi"] == DOI
    if case not in NO_TITLE:
        assert found["title_zh"] == TITLE_ZH
    if case not in NO_KEYWORDS:
        assert regex.split("[;；] ?", found["keywords_en"]) == WORDS_EN
        assert regex.split("[;；] ?", found["keywords_zh"]) == WORDS_ZH


LABELS = {
    "Publisher",
    "chi",
    "PMID",
    "Keywords",
    *"关键词中英文标题摘要",
    "English",
    "title",
    "abstract",
    "keywords",
}
"""Words of the formats, which become the names of what they label."""

MARKUP = regex.compile(r"<(?:script|style|title)[^>]*>.*?</(?:script|style|title)>|<[^>]*>", regex.S)
TAGS = regex.compile(
    r"^(?:[A-Z][A-Z0-9]{1,3} *-|%.|\{[^}]*\}:|[A-Za-z]+-[^:]*:|(?:RT|T1|OT|A1|AB|DO|K1) )|^PMID,.*$", regex.M
)


def words_of(case):
    """Return the Han characters and Latin words a file's text has, tags of its format aside."""
    name, data = FILES[case]
    if name.endswith(".gz"):
        return []
    text = " ".join(ROWS[0].values()) if name.endswith(".xlsx") else data.decode("utf-8-sig")
    text += "Abstracts of the ward, 病房摘要" if name.endswith(".xlsx") else ""
    text = regex.sub(r'(?:content|Label)="([^"]*)"', r">\1<", text)
    text = TAGS.sub(" ", MARKUP.sub(" ", text))
    return regex.findall(r"\p{Han}|\p{Latin}{2,}", regex.sub(r"&\w+;", " ", text))


@pytest.mark.parametrize("case", FILES)
def test_no_word_is_lost(case, tmp_path):
    (record,) = read(case, tmp_path)
    kept = [record.name, record.en, record.zh, *record.notes, *record.metadata, *record.metadata.values()]
    found = set(regex.findall(r"\p{Han}|\p{Latin}{2,}", "\n".join(kept)))
    assert [word for word in words_of(case) if word not in found | LABELS and word.lower() not in found] == []


@pytest.mark.parametrize("case", FILES)
def test_damaged_files_are_one_clear_line_or_a_record(case, tmp_path):
    rng = random.Random(case)
    data = FILES[case][1]
    for _ in range(60):
        a, b = sorted(rng.randrange(len(data)) for _ in range(2))
        damaged = rng.choice(
            [data[:a], data[:a] + data[b:], data[:b] + data[a:], data[:a] + b"\xff<\0&" + data[a:]]
        )
        items = read(case, tmp_path, damaged)
        assert items
        assert all("\n" not in str(item) for item in items if isinstance(item, InputError))


@pytest.mark.parametrize("case", ["ris", "enw", "refworks", "noteexpress", "cnki", "medline"])
def test_several_references_are_several_records(case, tmp_path):
    first, second = read(
        case, tmp_path, FILES[case][1] + b"\n" + FILES[case][1].removeprefix(b"\xef\xbb\xbf")
    )
    assert (first.en, first.zh) == (second.en, second.zh)


def test_several_sets_in_one_file_are_all_read(tmp_path):
    assert len(read("pubmed", tmp_path, f"{PUBMED}\n{PUBMED}\n{PUBMED}".encode())) == 3


def test_references_in_one_language_are_counted(tmp_path, caplog):
    one = "TY  - JOUR\nTI  - Casts\nAB  - Pain fell in all of the children.\nER  - \n"
    assert len(read("ris", tmp_path, (one + RIS).encode())) == 1
    shown = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert "bilingual records: 1; passed over: 1 without a Chinese abstract" in shown[0]
    (error,) = read("ris", tmp_path, one.encode())
    assert "holds no record in both languages (1 without a Chinese abstract)" in str(error)


def test_a_body_is_named_and_other_kinds_of_abstract_are_notes(tmp_path):
    other = '<abstract abstract-type="graphical"><p>A drawing of a cast.</p></abstract>'
    text = JATS.replace("<kwd-group", f"{other}<kwd-group", 1).replace(
        "</article>", "<body><p>Six more words.</p></body></article>"
    )
    (record,) = read("jats", tmp_path, text.encode())
    assert record.notes == (
        "A drawing of a cast.",
        "[the body of the article is not read; its words and Chinese characters: 3]",
    )
