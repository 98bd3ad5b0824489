"""PubMed XML, MEDLINE text and pairs of text files."""
# ruff: noqa: E501 - files stand as they are

import gzip
import subprocess
import sys

import pytest

from aligner.errors import InputError
from aligner.formats import read_records

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "pubmed_190101.dtd">
<PubmedArticleSet>
"""
TAIL = "</PubmedArticleSet>\n"
EN = "<AbstractText>Pain fell.</AbstractText>"
ZH = "<AbstractText>疼痛减轻。</AbstractText>"
CHINESE = f'<OtherAbstract Type="Publisher" Language="chi">{ZH}</OtherAbstract>'


def article(pmid, en=EN, others=CHINESE, inside=""):
    abstract = f"<Abstract>{en}</Abstract>" if en else ""
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal><JournalIssue>'
        "<Volume>12</Volume><Issue>3</Issue><PubDate><Year>2024</Year></PubDate></JournalIssue>"
        "<ISOAbbreviation>J Spine</ISOAbbreviation></Journal><ArticleTitle>[Cement in the spine].</ArticleTitle>"
        f'<Pagination><MedlinePgn>101-9</MedlinePgn></Pagination><ELocationID EIdType="doi">10.1000/x</ELocationID>'
        f"{abstract}<AuthorList><Author><LastName>Li</LastName><ForeName>Na</ForeName><AffiliationInfo><Affiliation>"
        "First Hospital</Affiliation></AffiliationInfo></Author></AuthorList><VernacularTitle>[脊柱骨水泥]."
        f"</VernacularTitle>{inside}</Article>{others}</MedlineCitation></PubmedArticle>\n"
    )


def read(tmp_path, text, name="p.xml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_records([str(path)]))


def test_reads_a_record_with_its_metadata(tmp_path):
    (record,) = read(tmp_path, HEAD + article(7) + TAIL)
    assert (record.name, record.en, record.zh) == ("7", "Pain fell.", "疼痛减轻。")
    assert record.metadata == {
        "pmid": "7",
        "title_en": "Cement in the spine.",
        "title_zh": "脊柱骨水泥.",
        "authors": "Li Na",
        "affiliations": "First Hospital",
        "journal": "J Spine",
        "citation": "J Spine. 2024;12(3):101-9",
        "doi": "10.1000/x",
    }


PARTS = [
    (
        '<AbstractText Label="OBJECTIVE" NlmCategory="OBJECTIVE">To see.</AbstractText>'
        '<AbstractText Label="UNLABELLED">Then.</AbstractText><AbstractText Label="目的">研究。</AbstractText>',
        "OBJECTIVE: To see.\nThen.\n目的：研究。",
    ),
    ("<AbstractText>One\n   line  of\ttext.</AbstractText><AbstractText/>", "One line of text."),
    ("<AbstractText>一\n   行，\n文字。</AbstractText>", "一行， 文字。"),
]
MARKUP = [
    ("T<sub>12</sub> and L<sub>1</sub>", "T12 and L1"),
    ("10<sup>-3</sup> mol", "10⁻³ mol"),
    ("5 × 10<sup>9</sup>/L", "5 × 10⁹/L"),
    ("25 kg/m<sup>2</sup>", "25 kg/m²"),
    ("<sup>99m</sup>Tc and <sup>18</sup>F-FDG", "99mTc and 18F-FDG"),
    ("Ca<sup>2+</sup>, CD4<sup>+</sup>", "Ca²⁺, CD4⁺"),
    ("21<sup>st</sup>", "21st"),
    ("H<sub>2</sub>O, PaCO<sub>2</sub>", "H2O, PaCO2"),
    ("log<sub>10</sub>5 and 5<sub>10</sub>", "log₁₀5 and 5₁₀"),
    ("<i>P</i> &lt; <b>.05</b> &amp; <u>so</u>", "P < .05 & so"),
    (
        "x <mml:math xmlns:mml='m'><mml:msup><mml:mi>y</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>",
        "x y²",
    ),
    ("<mml:math xmlns:mml='m'><mml:mfrac><mml:mn>1</mml:mn><mml:mn>3</mml:mn></mml:mfrac></mml:math>", "1/3"),
    ("a<!-- no -->b<?pi x?>c &#177; d", "abc ± d"),
]


@pytest.mark.parametrize(
    ("parts", "text"), PARTS[:2] + [(f"<AbstractText>{a}</AbstractText>", b) for a, b in MARKUP]
)
def test_flattens_abstracts(parts, text, tmp_path):
    (record,) = read(tmp_path, HEAD + article(1, en=parts) + TAIL)
    assert record.en == text


def test_joins_chinese_lines_without_spaces(tmp_path):
    others = f'<OtherAbstract Type="Publisher" Language="chi">{PARTS[2][0]}</OtherAbstract>'
    (record,) = read(tmp_path, HEAD + article(1, others=others) + TAIL)
    assert record.zh == "一行，文字。"


SUMMARY = '<OtherAbstract Type="plain-language-summary" Language="chi"><AbstractText>给患者的长长的长长的简介。</AbstractText></OtherAbstract>'
HOLDER = '<OtherAbstract Type="Publisher" Language="chi"><AbstractText>Abstract available from the publisher.</AbstractText></OtherAbstract>'
FRENCH = (
    '<OtherAbstract Type="Publisher" Language="fre"><AbstractText>La douleur.</AbstractText></OtherAbstract>'
)
ENGLISH = f'<OtherAbstract Type="Publisher" Language="eng">{EN}</OtherAbstract>'


@pytest.mark.parametrize(
    "others", [CHINESE, SUMMARY + CHINESE, CHINESE + SUMMARY, HOLDER + CHINESE, FRENCH + CHINESE]
)
def test_takes_the_right_other_abstract(others, tmp_path):
    (record,) = read(tmp_path, HEAD + article(1, others=others) + TAIL)
    assert record.zh == "疼痛减轻。"


def test_takes_an_english_other_abstract_where_there_is_no_other(tmp_path):
    (record,) = read(tmp_path, HEAD + article(1, en="", others=ENGLISH + CHINESE) + TAIL)
    assert record.en == "Pain fell."


def test_passes_over_and_counts(tmp_path, caplog):
    book = "<PubmedBookArticle><BookDocument><PMID>5</PMID></BookDocument></PubmedBookArticle>"
    text = (
        HEAD
        + book
        + article(1, others=SUMMARY)
        + article(2, others="")
        + article(3)
        + article(4, en="")
        + TAIL
    )
    records = read(tmp_path, text)
    assert [record.name for record in records] == ["3"]
    assert caplog.messages[-1].endswith(
        "p.xml: bilingual records: 1; passed over: 1 of books, 2 without a Chinese abstract, 1 without an English abstract"
    )


def test_a_file_without_any_says_so(tmp_path):
    (error,) = read(tmp_path, HEAD + article(1, others="") + TAIL)
    assert "holds no record in both languages (1 without a Chinese abstract)" in str(error)


def test_reads_gzip_by_content(tmp_path):
    data = gzip.compress((HEAD + article(1) + TAIL).encode())
    for name in ("p.xml.gz", "p.gz", "p.xml"):
        assert [record.name for record in read(tmp_path, data, name)] == ["1"]


def test_what_stands_before_a_damage_is_read(tmp_path):
    text = HEAD + article(1) + article(2) + "<PubmedArticle><PMID>3</PMI"
    first, second, error = read(tmp_path, text)
    assert (first.name, second.name) == ("1", "2")
    assert "is damaged XML" in str(error)
    packed = gzip.compress((HEAD + "".join(article(i) for i in range(3000)) + TAIL).encode())
    *records, error = read(tmp_path, packed[: len(packed) // 2], "p.xml.gz")
    assert len(records) > 500
    assert "is damaged or cut short" in str(error)


def test_a_record_with_an_entity_costs_no_other(tmp_path):
    text = HEAD + article(1) + article(2, en="<AbstractText>a&nbsp;b</AbstractText>") + article(3) + TAIL
    first, error, third = read(tmp_path, text)
    assert (first.name, third.name) == ("1", "3")
    assert "record 2: uses the entity &nbsp;, which is not read" in str(error)


MEDLINE = """
PMID- 111
TI  - [Cement in the
      spine].
LID - 10.1000/x [doi]
AB  - Pain fell in all
      patients (P < .05).
OAB - Publisher: 研究了T12骨折患者的疼
      痛。疼痛减轻（P<0.05）
      。采用CT
      检查。
OABL- chi
FAU - Li, Na
FAU - Zhang, Wei
AD  - First Hospital.
TT  - 脊柱骨水泥.
TA  - J Spine
SO  - J Spine. 2024;12(3):101-9.

PMID- 222
AB  - Only English.

PMID- 333
OABL- chi
OAB - 采用 CT
      检查 3 例。
OAB - plain-language-summary: 长长的长长的长长的长长的简介。
OABL- chi
OAB - La douleur.
OABL- fre
AB  - By CT.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["m.nbib", "m.txt"])
def test_reads_medline_text(encoding, name, tmp_path, caplog):
    text = MEDLINE if name == "m.nbib" else MEDLINE.lstrip()
    first, second = read(tmp_path, text.replace("\n", "\r\n").encode(encoding), name)
    assert (first.name, first.en) == ("111", "Pain fell in all patients (P < .05).")
    assert first.zh == "研究了T12骨折患者的疼痛。疼痛减轻（P<0.05）。采用CT检查。"
    assert first.metadata["authors"] == "Li, Na; Zhang, Wei"
    assert first.metadata["doi"] == "10.1000/x"
    assert first.metadata["title_en"] == "Cement in the spine."
    assert first.metadata["title_zh"] == "脊柱骨水泥."
    assert (second.name, second.en, second.zh) == ("333", "By CT.", "采用 CT 检查 3 例。")
    assert "passed over: 1 without a Chinese abstract" in caplog.messages[-1]


def test_says_what_is_no_medline(tmp_path):
    errors = read(tmp_path, "hello\nPMID- 1\n", "m.nbib")
    assert "m.nbib, line 1: is no field of a record" in str(errors[0])
    assert "holds no record in both languages" in str(errors[1])


def test_reads_two_text_files(tmp_path):
    (tmp_path / "a_en.txt").write_text("Abstract\nOne.\n\nTwo goes\non here.\n", encoding="utf-8")
    (tmp_path / "a_zh.txt").write_text("摘要：一。\n\n二。\n", encoding="utf-8")
    (record,) = read_records([str(tmp_path)])
    assert (record.name, record.en, record.zh) == ("a", "One.\nTwo goes\non here.", "一。\n二。")
    assert record.metadata == {"labels": "Abstract\n摘要："}


@pytest.mark.parametrize(
    ("en", "zh", "message"), [("", "一。", "is empty"), ("一。", "One.", "holds no English text")]
)
def test_says_what_is_wrong_with_two_text_files(en, zh, message, tmp_path):
    (tmp_path / "a.en").write_text(en, encoding="utf-8")
    (tmp_path / "a.zh").write_text(zh, encoding="utf-8")
    (error,) = read_records([str(tmp_path)])
    assert isinstance(error, InputError)
    assert message in str(error)


COUNT = """
import sys
from aligner.formats import read_records
items = list(type(item).__name__ for item in read_records([sys.argv[1]]))
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(items.count("Record"), len(items), int(peak) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("packed", [False, True])
def test_streams_twenty_thousand_records(packed, tmp_path):
    path = tmp_path / ("p.xml.gz" if packed else "p.xml")
    filling = "<AbstractText>" + "Pain fell and stayed low. " * 60 + "</AbstractText>"
    with (
        gzip.open(path, "wt", compresslevel=1, encoding="utf-8")
        if packed
        else path.open("w", encoding="utf-8") as file
    ):
        file.write(HEAD)
        for number in range(20_000):
            file.write(article(number, en=filling, others=CHINESE if number % 10 == 0 else ""))
        file.write(TAIL)
    run = subprocess.run([sys.executable, "-c", COUNT, str(path)], capture_output=True, text=True, check=True)
    records, items, megabytes = map(int, run.stdout.split())
    assert (records, items) == (2_000, 2_000)
    assert megabytes < 300
    assert "bilingual records: 2,000; passed over: 18,000 without a Chinese abstract" in run.stderr
