"""What holds for every row of the table of checks, and for records as a whole."""

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import languages
from aligner.checks import (
    CHECKS,
    CheckContext,
    Glossary,
    ParsedPair,
    Term,
    check_pairs,
    load_glossary,
)
from aligner.checks.cues import cues
from aligner.checks.output import finding_writer
from aligner.encoders import load_encoder
from aligner.errors import InputError, SettingError
from aligner.types import Finding, Pair, TermPair

GLOSSARY = Glossary((Term("cement leakage", "骨水泥渗漏", ("骨水泥外漏",), ("骨水泥溢出",)),))
CONTEXT = CheckContext(glossary=GLOSSARY)
EN_PIECES = ["not", "left", "T12", "5 mg", "(VAS)", "cement", "leakage", "increased", ",", "and", "."]
ZH_PIECES = [
    "未",
    "左侧",
    "T12",
    "5 mg",
    "（VAS）",
    "骨水泥",
    "渗漏",
    "升高",
    "，",
    "、",
    "和",
    "。",
    ",",
    "leak",
]
EN = st.text() | st.lists(st.sampled_from(EN_PIECES), max_size=9).map(" ".join)
ZH = st.text() | st.lists(st.sampled_from(ZH_PIECES), max_size=9).map("".join)
OF_ONE_SIDE = ("omission", "addition", "punctuation")


@pytest.mark.parametrize("name", list(CHECKS))
@settings(max_examples=40, deadline=None)
@given(en=EN, zh=ZH)
def test_any_pair_is_checked(name: str, en: str, zh: str) -> None:
    pair = Pair("r", 3, en, zh)
    found = list(CHECKS.load(name).find(ParsedPair(pair), CONTEXT))
    for finding in found:
        assert finding.check == name
        assert (finding.record, finding.bead, finding.en, finding.zh) == ("r", 3, en, zh)
        assert finding.severity in ("error", "warning", "info")
        assert finding.message
        for span, text in ((finding.en_span, en), (finding.zh_span, zh)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
    assert found == list(CHECKS.load(name).find(ParsedPair(pair), CONTEXT))


@pytest.mark.parametrize("name", list(CHECKS))
def test_every_check_reports_its_wrong_example_and_passes_its_right_one(name: str) -> None:
    one = CHECKS.load(name)

    def seen(texts: tuple[tuple[str, str], ...]) -> set[str]:
        pairs = [Pair("example", bead, en, zh) for bead, (en, zh) in enumerate(texts)]
        found = check_pairs(pairs, glossary=one.glossary, encoder=load_encoder())
        return {finding.check for finding in found if finding.severity != "info" or name == "consistency"}

    assert name in seen(one.wrong)
    assert seen(one.right) == set()


@pytest.mark.parametrize("name", [name for name in CHECKS if name not in OF_ONE_SIDE])
def test_an_unmatched_sentence_is_no_other_slip(name: str) -> None:
    for pair in (Pair("r", 0, "No 5 mg at T12 (VAS).", ""), Pair("r", 1, "", "T12未用5 mg（VAS）。")):
        assert list(CHECKS.load(name).find(ParsedPair(pair), CONTEXT)) == []


def loud(pairs: list[Pair], glossary: Glossary | None = None) -> list[tuple[int, str, str]]:
    found = check_pairs(pairs, glossary=glossary)
    return [(finding.bead, finding.check, finding.severity) for finding in found]


def test_unmatched_sentences_are_omissions_and_additions() -> None:
    pairs = [Pair("r", 0, "One sentence too many.", ""), Pair("r", 1, "", "多出一句。")]
    assert loud(pairs) == [(0, "omission", "warning"), (1, "addition", "warning")]


def test_a_half_width_record_gets_one_note() -> None:
    pairs = [
        Pair("r", 0, "Leakage is common, and often harmless.", "渗漏很常见,且多无害。"),
        Pair("r", 1, "Surgery is rare, but urgent.", "手术少见,但很紧急。"),
    ]
    assert loud(pairs) == [(0, "punctuation", "info")]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("Results.", "结果"),
        ("Recommendation 3.", "推荐意见3"),
        ("The PD-1/PD-L1 pathway was blocked.", "阻断PD-1/PD-L1信号通路。"),
        (
            "Amplification by transcription (TMA) was set against real-time (RT-PCR) detection.",
            "比较转录扩增（TMA）与实时检测，TMA较快。",
        ),
        ("Lifting should not exceed 2 kg.", "提物不超过2 kg。"),
        ("They came from the Poznań Jeżyce clinic.", "他们来自Poznań Jeżyce诊所。"),
        ("Cough was a less common symptom.", "咳嗽是不太常见的症状。"),
        ("The left leg was weak.", "左下肢无力。"),
        ("She complained of fatigue and weakness of both legs.", "患者诉乏力、双下肢无力。"),
        ("Healing was not complete in two knees.", "2个膝关节没有完全愈合。"),
        ("T7 RNA polymerase was used.", "采用T7-RNA聚合酶。"),
        ("Caspase-3 and β-actin levels rose.", "caspase-3及β-actin水平升高。"),
        (
            "The National Society for the Study of Pain was asked.",
            "咨询了全国疼痛研究学会（National Society for the Study of Pain）。",
        ),
    ],
)
def test_headings_and_names_are_no_slips(en: str, zh: str) -> None:
    assert [check for _, check, severity in loud([Pair("r", 0, en, zh)]) if severity != "info"] == []


def test_one_half_width_mark_in_a_full_width_record_is_a_slip() -> None:
    pairs = [
        Pair(
            "r", 0, "Leakage is common, often harmless, and seldom treated.", "渗漏很常见，多无害，很少治疗。"
        ),
        Pair("r", 1, "Pain, however, is common.", "然而，疼痛较常见，且持久。"),
        Pair("r", 2, "Surgery is rare, but urgent.", "手术少见,但很紧急。"),
    ]
    assert loud(pairs) == [(2, "punctuation", "warning")]


def test_an_abbreviation_explained_earlier_may_stand_alone() -> None:
    first = Pair("r", 0, "The visual analogue scale (VAS) was used.", "采用视觉模拟评分（VAS）。")
    second = Pair("r", 1, "The visual analogue scale (VAS) score fell.", "VAS下降。")
    assert [check for _, check, _ in loud([first, second])] == []
    assert [check for _, check, _ in loud([Pair("s", 1, second.en, second.zh)])] == ["abbreviation"]


def test_glossary_forms() -> None:
    def severity(zh: str) -> list[tuple[str, str]]:
        found = loud([Pair("r", 0, "Cement leakages were seen.", zh)], GLOSSARY)
        return [(check, level) for _, check, level in found]

    assert severity("可见骨水泥渗漏。") == []
    assert severity("可见骨水泥外漏。") == []
    assert severity("可见骨水泥溢出。")[0] == ("term", "error")
    assert severity("可见骨水泥的渗漏。") == [("term", "info")]
    assert severity("可见骨水泥栓塞。") == [("term", "warning")]


def test_two_accepted_forms_in_a_record_are_a_note() -> None:
    pairs = [
        Pair("r", 0, "Cement leakage was seen.", "可见骨水泥渗漏。"),
        Pair("r", 1, "Cement leakage was treated.", "骨水泥外漏得到治疗。"),
    ]
    assert loud(pairs, GLOSSARY) == [(1, "consistency", "info")]


TWO = [
    Pair("r", 0, "Cement leakage was seen.", "可见骨水泥渗漏。"),
    Pair("r", 1, "Cement leakages were treated.", "处理骨水泥外溢。"),
]


def _term(bead: int, en: str, zh: str, score: float = 0.9) -> TermPair:
    pair = TWO[bead]
    a, b = pair.en.index(en), pair.zh.index(zh)
    return TermPair("r", bead, en, zh, (a, a + len(en)), (b, b + len(zh)), score, 0.8)


@pytest.mark.parametrize(
    ("zh", "score", "expected"),
    [
        ("骨水泥外溢", 0.9, ["'Cement leakages' is 骨水泥外溢 here and 骨水泥渗漏 in pair 1"]),
        ("骨水泥外溢", 0.5, []),  # not sure enough
        ("骨水泥", 0.9, []),  # the same, shorter
    ],
)
def test_two_renderings_that_were_found_in_a_record_are_a_note(
    zh: str, score: float, expected: list[str]
) -> None:
    terms = [_term(0, "Cement leakage", "骨水泥渗漏"), _term(1, "Cement leakages", zh, score)]
    found = [f for f in check_pairs(TWO, terms=terms) if f.check == "consistency"]
    assert [finding.message for finding in found] == expected


@pytest.mark.parametrize(
    ("zh", "expected"),
    [
        ("切除全部病灶。", ["'lesions' is 病灶 here and 病变 in pair 1"]),
        ("切除全部病变。", []),
        ("切除全部肿物。", []),  # which the dictionary does not know for lesion
    ],
)
def test_a_word_that_a_dictionary_links_to_two_words_of_a_record_is_a_note(
    zh: str, expected: list[str]
) -> None:
    pairs = [
        Pair("r", 0, "The lesion was at T12.", "病变位于T12。"),
        Pair("r", 1, "All lesions were removed.", zh),
        Pair("r", 2, "No lesion was left.", "未残留病灶。"),  # noted once
    ]
    found = [finding for finding in check_pairs(pairs[:2]) if finding.check == "consistency"]
    assert [finding.message for finding in found] == expected
    assert all(finding.severity == "info" for finding in found)
    every = [finding for finding in check_pairs(pairs) if finding.check == "consistency"]
    assert len(every) == 1


def test_messages_name_both_sides() -> None:
    found = list(check_pairs([Pair("r", 0, "There were 5 patients.", "共有25例患者。")]))
    assert [finding.message for finding in found] == [
        "English has 5 patients, Chinese has 25例: the numbers differ"
    ]
    assert [(finding.en_span, finding.zh_span) for finding in found] == [((11, 12), (2, 4))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.jsonl", '{"en": "leak", "zh": "渗漏", "accepted": ["外漏"]}\n\n'),
        ("g.tsv", "en\tzh\tzh_variants\nleak\t渗漏\t外漏\n"),
        ("g.csv", "zh,en,accepted\n渗漏,leak,外漏\n"),
    ],
)
def test_glossaries_are_read(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert load_glossary(path).terms == (Term("leak", "渗漏", ("外漏",)),)


@pytest.mark.parametrize(("delimiter", "encoding"), [("\t", "utf-8-sig"), (",", "utf-16"), ("\t", "gb18030")])
def test_two_columns_without_a_header_are_a_glossary(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "g.txt"
    rows = [("CT", "CT"), ("leak", "渗漏"), ("balloon", "球囊")]
    path.write_text("".join(f"{en}{delimiter}{zh}\n" for en, zh in rows), encoding=encoding)
    assert load_glossary(path).terms == tuple(Term(en, zh) for en, zh in rows)


LEAK = (Term("leak", "渗漏"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.tsv", "渗漏\tleak\n"),
        ("g.tsv", "中文\tEnglish\n渗漏\tleak\n"),
        ("g.tsv", "Term\tPOS\tChinese\nleak\tnoun\t渗漏\n"),
        ("g.txt", "# OmegaT\nleak\t渗漏\ta note\n"),
        ("g.txt", "en\tzh\tnote\nleak\t渗漏\ta note\n"),
    ],
)
def test_the_columns_of_a_glossary_are_found_as_those_of_a_base_are(
    tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert load_glossary(path).terms == LEAK


@pytest.mark.parametrize(
    ("rows", "term"),
    [
        ("leak\t渗漏\tapproved\nleak\t泄漏\tdeprecated\n", Term("leak", "渗漏", (), ("泄漏",))),
        ("leak\t渗漏\taccepted\nleak\t泄漏\trejected\n", Term("leak", "渗漏")),
        ("leak\t泄漏\t禁用\n", Term("leak", "", (), ("泄漏",))),
        ("PMMA\t\tdo not translate\n", Term("PMMA", "PMMA", stays=True)),
    ],
)
def test_statuses_say_what_is_right_forbidden_and_not_translated(
    tmp_path: Path, rows: str, term: Term
) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("en\tzh\tstatus\n" + rows, encoding="utf-8")
    assert load_glossary(path).terms == (term,)


OTHERS = Glossary(
    (
        *(
            Term("leak", "渗漏", (), ("泄漏",)),
            Term("PMMA cement", "PMMA cement", stays=True),
            Term("sore throat", "咽喉痛"),
        ),
        *(Term("nausea and vomiting", "恶心呕吐"), Term("patient", "病人"), Term("possibility", "可能")),
        *(Term("herpes zoster", "带状疱疹感染"), Term("bone density", "骨密度", ("骨量",))),
        *(Term("percutaneous kyphoplasty", "经皮后凸成形术"), Term("dermatitis", "皮炎")),
    )
)


@pytest.mark.parametrize(
    ("en", "zh", "expected"),
    [
        ("A leak was seen.", "可见泄漏。", ["error"]),
        ("A leak was seen.", "可見洩漏。", ["error"]),  # Traditional
        ("PMMA cement was used.", "采用骨水泥。", ["warning"]),
        ("PMMA cement was used.", "采用PMMA cement。", []),
        ("He had a sore throat.", "患者咽痛。", ["info"]),  # a part of the term
        ("Nausea and vomiting occurred.", "出现恶心及呕吐。", ["info"]),
        ("The patients may leave.", "研究者可能离开。", ["info"]),  # what is called a rendering is one
        ("Herpes zoster was seen.", "可见带状疱疹。", ["info"]),
        ("Bone densities were measured.", "测量骨量。", []),  # word forms, and an accepted one
        ("Percutaneous kyphoplasty (PKP) was done.", "行PKP。", []),
        ("Contact dermatitis was seen.", "可见皮膚炎。", ["info"]),
    ],
)
def test_a_glossary_of_others_does_not_cry_wolf(en: str, zh: str, expected: list[str]) -> None:
    found = [f for f in check_pairs([Pair("r", 0, en, zh)], glossary=OTHERS) if f.check == "term"]
    assert [finding.severity for finding in found] == expected
    for finding in found:  # no explanation by words that are not the term's
        if finding.severity != "error" and finding.zh_span:
            written = finding.zh[slice(*finding.zh_span)]
            assert set(written) & set("".join(target for term in OTHERS.terms for target in term.targets))


def test_a_term_with_a_bar_is_one_term(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text(
        "en\tzh\tscore\tstatus\tzh_variants\na | b\t\\=某\t1\taccepted\t甲 \\| 乙\n", encoding="utf-8"
    )
    assert load_glossary(path).terms == (Term("a | b", "=某", ("甲 | 乙",)),)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("g.csv", f'en,zh\n"{"x" * 200_000}",y\n', "line 2: has a cell that cannot be read"),
        ("g.jsonl", "[" * 200_000, "line 1: is not a JSON object"),
        ("g.tsv", "en\tzh\n" + "x" * 2_000_000, "line 2: is longer than 1,000,000 characters"),
        ("g.tsv", "PK\3\4", "is a damaged or protected Office file"),
        ("g.jsonl", '{"en": "a\\ud800", "zh": "b"}', "line 1: column en holds half a character"),
    ],
)
def test_a_harmful_glossary_is_one_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_glossary(path)
    assert said in str(error.value)
    assert len(str(error.value)) < 400


def test_a_glossary_is_the_same_after_it_was_written_down() -> None:
    assert Glossary.loads(GLOSSARY.dumps()) == GLOSSARY


def test_rejected_rows_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("en\tzh\tstatus\nleak\t渗漏\taccepted\nleak\t泄漏\trejected\n", encoding="utf-8")
    assert load_glossary(path).terms == (Term("leak", "渗漏"),)


def test_rows_of_one_term_are_all_right(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("en\tzh\nballoon\t球囊\nleak\t渗漏\nballoons\t氣球\n", encoding="utf-8")
    assert load_glossary(path).terms == (Term("balloon", "球囊", ("氣球",)), Term("leak", "渗漏"))


@pytest.mark.parametrize("text", ['{"en": "leak"}', "[1]", "{"])
def test_bad_glossary_rows_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        load_glossary(path)


def findings() -> list[Finding]:
    return list(check_pairs([Pair("<r>", 0, "5 mg <1>left</1>", "50 mg左侧&")]))


def test_html_escapes_what_it_shows() -> None:
    out = io.BytesIO()
    assert finding_writer("html")(findings(), out) == []
    page = out.getvalue().decode()
    assert "<1>left" not in page
    assert "&lt;1&gt;left" in page
    assert "<mark>50 mg</mark>" in page
    assert "src=" not in page


def test_rows_of_jsonl() -> None:
    out = io.BytesIO()
    finding_writer("jsonl")(findings(), out)
    row = json.loads(out.getvalue().splitlines()[0])
    assert (row["record"], row["check"], row["en_span"], row["zh_span"]) == ("<r>", "dose", [0, 4], [0, 5])


def test_a_format_without_findings_is_refused() -> None:
    with pytest.raises(SettingError):
        finding_writer("tmx")


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("Smoking, age and sex.", "吸烟、年龄，饮酒和性别。"),
        ("Diabetes, hypertension, smoking and drinking.", "糖尿病，高血压，吸烟和饮酒。"),
        ("Pain and fever.", "疼痛、和发热。"),
        ('He said "no".', '他说"不。'),
        ("He said “no”.", "他说“不“。"),
        ("Pain fell after surgery.", "术后，疼痛  减轻。"),
    ],
)
def test_marks_of_lists_and_quotes_and_blanks(en: str, zh: str) -> None:
    found = [f for f in check_pairs([Pair("r", 0, en, zh)]) if f.check == "punctuation"]
    assert [finding.severity for finding in found] == ["warning"]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("Objective To compare them.", "目的  比较二者。"),  # blanks behind a heading
        ("Pain recurred.", "疼痛复发．"),  # the full stop of some journals
        ("Cells &lt; 5 were seen, and more.", "可见细胞&lt; 5，及更多。"),
        ("Parkinson’s disease was found.", "发现帕金森病（Parkinson’s disease）。"),
    ],
)
def test_marks_that_are_none_of_these_slips(en: str, zh: str) -> None:
    assert [f for f in check_pairs([Pair("r", 0, en, zh)]) if f.check == "punctuation"] == []


@pytest.mark.parametrize(
    ("en", "zh", "expected"),
    [
        ("Lopinavir was given.", "给予利托那韦。", ["warning"]),
        ("Lopinavir was given.", "给予洛匹那韦。", []),
        ("She had nephritis.", "患者有肝炎。", ["warning"]),
        ("She had nephritis.", "患者有肾炎。", []),
        ("Amoxicillin was given.", "给予氨苄西林。", ["warning"]),
        ("Amoxicillin and ampicillin were given.", "给予阿莫西林和氨苄西林。", []),
        ("Fluconazole was given.", "給予伊曲康唑。", ["warning"]),
        ("Lopinavir was given for pneumonia.", "肺炎者用药。", []),  # left out, not another one
    ],
)
def test_one_medical_name_for_another_of_its_kind(en: str, zh: str, expected: list[str]) -> None:
    found = [f for f in check_pairs([Pair("r", 0, en, zh)]) if f.check == "term"]
    assert [finding.severity for finding in found] == expected


def _opposites() -> list[tuple[str, str]]:
    """Headings of MeSH that differ by a prefix or an ending which turns what they say."""
    words = {word for heading in languages.words("en", "mesh_headings") for word in heading.lower().split()}
    turned = [
        *((re.compile(f"^{a}"), b) for a, b in [("hyper", "hypo"), ("tachycard", "bradycard")]),
        *((re.compile(f"{a}$"), b) for a, b in [("cytosis", "penia"), ("cytosis", "cytopenia")]),
        *((re.compile(f"^{a}(?=h|v|m|o)"), b) for a, b in [("intra", "extra")]),
        *((re.compile(f"^{a}(?=m|n|g|s)"), b) for a, b in [("pre", "post")]),
    ]
    pairs = ((word, pattern.sub(other, word)) for word in words for pattern, other in turned)
    return sorted((one, other) for one, other in pairs if one != other and other in words)


@pytest.mark.parametrize(("one", "other"), _opposites())
def test_the_opposites_of_mesh_are_in_the_table(one: str, other: str) -> None:
    if one.startswith(("hypergravity", "premature")):  # no finding in a patient; a title of a paper
        return
    mine, theirs = ([(cue.concept, cue.polarity) for cue in cues(word, "en")] for word in (one, other))
    assert any((concept, "-" if end == "+" else "+") in theirs for concept, end in mine)
