"""Pasted texts of every layout, constructed: what is broken is joined, what is left over is a note, none is lost."""
# ruff: noqa: E501 - texts stand as they are

import logging
from textwrap import wrap

import pytest

from aligner.errors import InputError
from aligner.formats import read_records
from aligner.formats.hyphens import is_of_the_line, words_of
from aligner.formats.unwrap import paragraphs

EN = (
    "We compared the removal of a cast after four weeks with its removal after six weeks in children with a fracture "
    "of the forearm. A total of 118 children were enrolled between May 2017 and June 2019. The mean pain score fell "
    "from 6.4 to 1.2 in the first group (P < 0.01). Stiffness of the wrist was seen in 9 children (7.6%). Early "
    "removal is safe in most of them."
)
ZH = (
    "比较前臂骨折患儿4周与6周拆除石膏的效果。2017年5月至2019年6月共纳入118例患儿。第一组平均疼痛评分由6.4分降至1.2分(P<0.01)。"
    "9例(7.6%)出现腕关节僵硬。多数患儿早期拆除石膏是安全的。"
)


def narrow(text, width):
    return "\n".join(wrap(text, width, break_on_hyphens=False))


def cut(text, width):
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def read(text, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return list(read_records([str(path)]))


WIDE_HEAD = "Constructed Journal of Limbs, January 2020, Volume 9, Number 1, pages 1-5, Original article"
PAGES = narrow(EN, 60).split("\n")
BROKEN = {
    f"{width} and {narrower} columns": f"Abstract\n\n{narrow(EN, width)}\n\n摘要\n\n{cut(ZH, narrower)}\n"
    for width, narrower in ((36, 19), (44, 22), (58, 30), (80, 40))
} | {
    "a wide head": f"{WIDE_HEAD}\nAbstract\n{narrow(EN, 56)}\n摘要\n{cut(ZH, 28)}\n",
    "running heads": "\n".join(
        [
            "J Limbs 2020, page 11",
            "Abstract",
            *PAGES[:3],
            "· 12 ·",
            "J Limbs 2020, page 12",
            *PAGES[3:],
            "摘要",
            ZH,
        ]
    ),
    "no labels": f"{narrow(EN, 60)}\n\n{cut(ZH, 30)}\n",
}


@pytest.mark.parametrize("case", BROKEN)
def test_joins_lines_that_a_column_has_broken(case, tmp_path):
    (record,) = read(BROKEN[case], tmp_path)
    assert (record.en, record.zh) == (EN, ZH)


@pytest.mark.parametrize(
    ("before", "after", "text", "goes"),
    [
        ("bone cement leak-", "age was seen", "", True),
        ("Forty-", "two children", "", False),
        ("a low-", "dose scan", "", False),
        ("at follow-", "up", "", False),
        ("after verte-", "broplasty", "", True),
        ("the Xo-", "rel stent", "The Xorel stent", True),
        ("the Xo-", "rel stent", "The Xo-rel stent", False),
        ("T11-", "L1", "", False),
        ("of all", "patients", "", False),
    ],
)
def test_a_hyphen_at_a_line_end_goes_or_stays(before, after, text, goes):
    assert is_of_the_line(before, after, words_of(text)) is goes


def test_the_head_of_a_page_is_no_title(tmp_path):
    heads = "虚构四肢杂志 2020 年 1 月第 9 卷第 1 期 Constr J Limbs, January 2020, Vol. 9, No. 1\n·论著·"
    (record,) = read(f"{heads}\n石膏拆除时间的比较研究\n【摘要】 {ZH}\nAbstract: {EN}\n", tmp_path)
    assert record.metadata["title_zh"] == "石膏拆除时间的比较研究"
    assert record.metadata["citation"] == heads.split("\n")[0]


LISTS = [
    "1. Kyphoplasty, Vertebroplasty, and Bed Rest",
    "(2) Ibuprofen, Paracetamol, Tramadol",
    "• Zhang Brace, Li Brace",
]


@pytest.mark.parametrize("item", LISTS)
def test_a_list_item_is_no_line_of_authors(item, tmp_path):
    first, rest = EN.split(" A total", 1)
    (record,) = read(f"Abstract\n{first}\n{item}\nA total{rest}\n摘要\n{ZH}\n", tmp_path)
    assert record.en == f"{first}\n{item}\nA total{rest}"
    assert "authors" not in record.metadata


def test_what_looks_like_metadata_inside_an_abstract_is_text(tmp_path):
    inside = "Drugs were given as follows:\nIbuprofen Lysine, Tramadol Retard, Calcium Carbonate"
    first, rest = EN.split(" A total", 1)
    (record,) = read(f"Abstract\n{first}\n{inside}\nA total{rest}\n摘要\n{ZH}\n", tmp_path)
    assert record.en == f"{first}\n{inside}\nA total{rest}"


SENTENCES = {
    "short sentences under a label": "Abstract\nCasts cause stiffness.\nChildren were enrolled.\nPain fell.\n摘要\n石膏可致僵硬。\n纳入患儿。\n疼痛减轻。\n",
    "alternating sentences": "Casts cause stiffness.\n石膏可致僵硬。\nChildren were enrolled.\n纳入患儿。\nPain fell.\n疼痛减轻。\n",
    "a sentence first": "Children received a cast.\nPain fell.\nCasts cause stiffness.\n\n患儿接受石膏固定。\n疼痛减轻。\n石膏可致僵硬。\n",
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_line_that_ends_in_a_stop_is_no_title(case, tmp_path):
    (record,) = read(SENTENCES[case], tmp_path)
    assert (len(record.en.split("\n")), len(record.zh.split("\n"))) == (3, 3)
    assert not {"title_en", "title_zh"} & set(record.metadata)
    assert record.notes == ()


SECOND = (
    "A brace was worn by 41 women with a sprain of the ankle for two weeks, and all of them walked without pain.",
    "41例踝关节扭伤女性佩戴支具2周，均可无痛行走。",
)
FIRST = f"Removal of casts\nAbstract\n{EN}\n石膏的拆除\n摘要\n{ZH}\n"
SEVERAL = {
    "blank lines": f"{FIRST}\n\nBraces for sprains\nAbstract\n{SECOND[0]}\n支具治疗扭伤\n摘要\n{SECOND[1]}\n",
    "keywords between": f"{FIRST}关键词：石膏\nKeywords: cast\nBraces for sprains\n支具治疗扭伤\nAbstract: {SECOND[0]}\n摘要：{SECOND[1]}\n",
    "a rule": f"{FIRST}-----\nBraces for sprains\n支具治疗扭伤\n【摘要】{SECOND[1]}\n【Abstract】{SECOND[0]}\n",
    "nothing between": f"{FIRST}Braces for sprains\n支具治疗扭伤\nAbstract\n{SECOND[0]}\n摘要\n{SECOND[1]}\n",
}


@pytest.mark.parametrize("case", SEVERAL)
def test_several_abstracts_are_several_records(case, tmp_path):
    first, second = read(SEVERAL[case], tmp_path)
    assert (first.name, first.en, first.zh) == ("a-1", EN, ZH)
    assert (second.name, second.en, second.zh) == ("a-2", *SECOND)
    assert second.metadata["title_en"] == "Braces for sprains"
    assert second.metadata["title_zh"] == "支具治疗扭伤"
    assert first.metadata["title_en"] == "Removal of casts"


def test_abstracts_that_belong_to_no_other_are_refused(tmp_path):
    (error,) = read(f"Abstract\n{EN}\nAbstract\n{SECOND[0]}\n摘要\n{ZH}\n摘要\n{SECOND[1]}\n", tmp_path)
    assert isinstance(error, InputError)
    assert (
        "holds 2 English and 2 Chinese abstracts, and it is not told which belong together; give one"
        in str(error)
    )


def test_lines_in_no_text_are_notes_and_said(tmp_path, caplog):
    (record,) = read(
        f"Share this page\nAbstract\n{EN}\n摘要\n{ZH}\nReferences\nSee also the paper on braces.\n", tmp_path
    )
    shown = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert record.notes == ("References", "See also the paper on braces.")
    assert shown == [
        f"{tmp_path}/a.txt, record a: lines in no text: 2 ('References', 'See also the paper on braces.')"
    ]


def test_keywords_in_the_last_line_are_parted_from_the_text():
    assert paragraphs(f"摘要：{ZH}关键词：石膏；骨折　中图分类号：R687") == [
        f"摘要：{ZH}",
        "关键词：石膏；骨折",
        "中图分类号：R687",
    ]
