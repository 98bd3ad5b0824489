"""Several records in one pasted file: as many records, or one line that refuses them; constructed."""
# ruff: noqa: E501 - texts stand as people paste them

import logging
import re
import time
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats import read_records
from aligner.formats.several import split_records

EN = [
    "We studied 120 patients with a fresh fracture of T12 or L1 who were treated at one hospital. Pain had decreased in all of them after a year. No patient died.",
    "Casts of 4 weeks were compared with casts of 6 weeks in 60 children with a fracture of the forearm. Both groups healed well. Early removal is safe in most children.",
    "Thirty adults with spondylitis had radiographs of the whole spine. Bamboo spine was seen in 9 of these adults. Sacroiliitis was found in nearly all of the others as well.",
]
ZH = [
    "研究了某医院收治的120例T12或L1新鲜骨折患者。一年后所有患者的疼痛均减轻，随访期间无患者死亡。",
    "比较60例前臂骨折患儿石膏固定4周与6周的疗效。两组均愈合良好，多数患儿早期拆除石膏是安全的。",
    "对30例成人强直性脊柱炎患者行全脊柱摄片检查。其中9例可见竹节样脊柱，其余患者几乎均有骶髂关节炎。",
]
TITLES_EN = [
    "Cement in fresh vertebral fractures",
    "Early removal of casts in children",
    "The spine in adult spondylitis",
]
TITLES_ZH = ["骨水泥治疗新鲜椎体骨折", "儿童前臂石膏的早期拆除", "成人强直性脊柱炎的脊柱影像"]
WORDS_EN, WORDS_ZH = (
    ["cement; spine", "cast; child", "spondylitis; spine"],
    ["骨水泥；脊柱", "石膏；儿童", "脊柱炎；脊柱"],
)
SECTIONS_EN = [
    "Objective: To study casts of the forearm in 60 children, all of them seen at one hospital. They were followed for a year. None was lost.",
    "Results: Both groups healed well, and no difference was found between the groups at any time. Pain fell. No child had a second fracture within the year.",
]
SECTIONS_ZH = [
    "目的：研究60例患儿前臂石膏固定的疗效，均在同一医院就诊。随访一年，无失访，资料完整，可供分析。",
    "结果：两组均愈合良好，任何时间点两组间均无差异。疼痛均减轻，随访期内无患儿发生再次骨折。",
]


def wrapped(text, width):
    """Break a text as a page does."""
    if re.search("[\u4e00-\u9fff]", text):
        return "\n".join(text[i : i + width // 2] for i in range(0, len(text), width // 2))
    lines, words = [""], text.split()
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def joined(form, between="\n"):
    rows = zip(EN, ZH, TITLES_EN, TITLES_ZH, WORDS_EN, WORDS_ZH, strict=True)
    return between.join(
        form.format(
            en=en, zh=zh, ten=ten, tzh=tzh, ken=ken, kzh=kzh, n=n, wen=wrapped(en, 80), wzh=wrapped(zh, 80)
        )
        for n, (en, zh, ten, tzh, ken, kzh) in enumerate(rows, 1)
    )


SEVERAL = {
    "titles": joined("{ten}\n{en}\n{tzh}\n{zh}\n"),
    "titles and blank lines": joined("{ten}\n\n{en}\n\n{tzh}\n\n{zh}\n"),
    "Chinese first": joined("{tzh}\n{zh}\n{ten}\n{en}\n"),
    "both titles first": joined("{ten}\n{tzh}\n{en}\n{zh}\n"),
    "gaps": joined("{en}\n{zh}\n", "\n"),
    "wide gaps": joined("{en}\n\n{zh}\n", "\n\n\n"),
    "rules": joined("{en}\n{zh}\n", "-----\n"),
    "rules and blank lines": joined("{en}\n\n{zh}\n", "\n***\n\n"),
    "numbers on lines of their own": joined("{n}.\n{en}\n{zh}\n", ""),
    "keywords": joined("{en}\nKeywords: {ken}\n{zh}\n关键词：{kzh}\n", ""),
    "one label": joined("{ten}\n{en}\n摘要：{zh}\n"),
    "identifiers below": joined("{en}\n{zh}\nPMID: {n}2345678\n", ""),
    "identifiers above": joined("PMID: {n}2345678\n{en}\n{zh}\n", ""),
    "broken lines and titles": joined("{ten}\n\n{wen}\n\n{tzh}\n\n{wzh}\n\n"),
    "authors": joined("{ten}\nWang Xiaoming, Li Na, Zhang Wei\n{en}\n{tzh}\n王小明，李娜，张伟\n{zh}\n"),
    "labels": joined("Abstract\n{en}\n摘要\n{zh}\n", ""),
    "labels and titles": joined("{ten}\nAbstract\n{en}\n{tzh}\n摘要\n{zh}\n"),
    "Wanfang": joined(
        "题名：{tzh}\n英文题名：{ten}\n作者：王小明;李娜\n刊名：某某骨科杂志\n摘要：{zh}\n英文摘要：{en}\n关键词：{kzh}\n英文关键词：{ken}\n基金项目：某省基金\n"
    ),
    "headings anew": joined("Objective: {en}\n目的：{zh}\n", ""),
    "mixed orders": f"{TITLES_EN[0]}\n{EN[0]}\n{TITLES_ZH[0]}\n{ZH[0]}\n\n\n{TITLES_ZH[1]}\n{ZH[1]}\n{TITLES_EN[1]}\n{EN[1]}\n\n\n{EN[2]}\n{ZH[2]}\n",
}
ONE = {
    "sections interleaved": "\n".join(x for pair in zip(SECTIONS_EN, SECTIONS_ZH, strict=True) for x in pair),
    "paragraphs interleaved": joined("{en}\n\n{zh}\n"),
    "broken lines interleaved": joined("{wen}\n\n{wzh}\n"),
    "one language after the other": "\n\n".join([*EN, *ZH]),
    "article goes on": f"{TITLES_EN[0]}\n{EN[0]}\n{ZH[0]}\nKeywords: spine\n1 Introduction\n{EN[1]} {EN[2]}\n\n{ZH[1]}",
}  # fmt: skip
REFUSED = {
    "one language after the other": "\n".join(f"{en}\nKeywords: spine" for en in EN) + "\n" + "\n".join(f"{zh}\n关键词：脊柱" for zh in ZH),
    "one Chinese abstract for two": f"Abstract\n{EN[0]}\n摘要\n{ZH[0]}\n\nAbstract\n{EN[1]}\n",
    "one too many": joined("Abstract\n{en}\n摘要\n{zh}\n") + f"Abstract\n{EN[0]}",
}  # fmt: skip


def squeeze(text):
    return re.sub(r"\s+", "", text)


def read(tmp_path, text):
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    return list(read_records([str(path)]))


@pytest.mark.parametrize("layout", SEVERAL)
def test_each_is_a_record(layout, tmp_path):
    records = read(tmp_path, SEVERAL[layout])
    assert [record.name for record in records] == ["x-1", "x-2", "x-3"]
    for record, en, zh in zip(records, EN, ZH, strict=True):
        assert squeeze(record.en).removeprefix("Objective:") == squeeze(en)
        assert squeeze(record.zh).removeprefix("目的：") == squeeze(zh)
    for number, record in enumerate(records, 1):
        if "identifiers" in layout:
            assert record.metadata["pmid"] == f"{number}2345678"
        if "titles" in layout:
            assert record.metadata["title_en"] == TITLES_EN[number - 1]
        if layout in {"keywords", "Wanfang"}:
            assert record.metadata["keywords_zh"] == WORDS_ZH[number - 1]


@pytest.mark.parametrize("layout", ONE)
def test_paragraphs_of_one_record_stay_together(layout, tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        (record,) = read(tmp_path, ONE[layout])
    whole = squeeze(record.en + record.zh)
    if layout == "article goes on":
        assert (record.en, record.zh) == (EN[0], ZH[0])
        return
    assert all(squeeze(text) in whole for text in re.split(r"[.。]\s*", ONE[layout]))
    assert ("part records by ---" in caplog.text) == (
        layout in {"paragraphs interleaved", "broken lines interleaved"}
    )


@pytest.mark.parametrize("layout", REFUSED)
def test_abstracts_that_have_no_partner_are_refused(layout, tmp_path):
    (error,) = read(tmp_path, REFUSED[layout])
    assert isinstance(error, InputError)
    assert "not told which belong together; give one record a file" in str(error)


def test_short_records_between_rules_are_records(tmp_path):
    one = "Pain fell in all of the patients who were treated here in this year.\n所有在此治疗的患者疼痛均减轻。\n"
    assert len(read(tmp_path, f"{one}---\n{one}***\n\n{one}")) == 3


def test_work_grows_with_the_length():
    start = time.process_time()
    assert len(split_records("\n".join([EN[0]] * 4_000 + [ZH[0]] * 4_000), where="x")) == 1
    assert time.process_time() - start < 5


RECORDS = sorted((Path(__file__).parents[2] / "corpora").glob("**/records/*.txt"))


@pytest.mark.parametrize(("group", "between"), [(0, "\n"), (1, "\n\n"), (2, "\n\n\n"), (3, "\n---\n")])
def test_records_of_any_layout_are_told_apart(group, between, tmp_path):
    """Labelled and unlabelled ones, in both orders, from PubMed, journals and PDF, six in a file."""
    for start in range(6 * group, len(RECORDS) - 5, 24):
        paths = RECORDS[start : start + 6]
        alone = [record for path in paths for record in read_records([str(path)])]
        together = read(tmp_path, between.join(p.read_text(encoding="utf-8").strip() for p in paths) + "\n")
        assert [(r.en, r.zh) for r in together] == [(r.en, r.zh) for r in alone]
