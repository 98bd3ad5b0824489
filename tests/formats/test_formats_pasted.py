"""Records as people paste them. Each layout must give the two abstracts, and lose no line."""
# ruff: noqa: E501 - the cases are lines as people paste them

import re

import pytest

from aligner.errors import InputError
from aligner.formats.line_kinds import classify
from aligner.formats.pasted import parse

EN1 = "Vertebral fractures are common in old age and often go unnoticed for months."
EN2 = (
    "We studied 120 patients with a fresh fracture of T12 or L1. Pain had decreased in all of them (P < .05)."
)
EN = f"{EN1} {EN2}"
ZH1 = "椎体骨折在老年人中很常见，往往数月未被发现。"
ZH2 = "我们研究了120例T12或L1新鲜骨折患者。所有患者的疼痛均减轻（P<0.05）。"
ZH = ZH1 + ZH2
EN_PARTS = [
    "Objective: To study fresh fractures of the spine.",
    "Methods: We followed 120 patients for one year.",
    "Results: Pain had decreased in all of them (P < .05).",
]
ZH_PARTS = [
    "目的：研究新鲜脊柱骨折。",
    "方法：对120例患者随访1年。",
    "结果：所有患者的疼痛均减轻（P<0.05）。",
]
AUTHORS = "Wang Xiaoming, Li Na, Zhang Wei"
PLACE = "Department of Spine Surgery, First Hospital, Somewhere University, Suzhou 215006, China."
CITED = "J Spine Cases. 2024 Mar 5;12(3):101-109. doi: 10.1000/jsc.2024.12.101."

LAYOUTS = {
    "two lines": f"{EN}\n{ZH}\n",
    "Chinese first": f"{ZH}\n{EN}",
    "blank lines": f"\n\n{EN}\n\n\n{ZH}\n\n",
    "no final line feed, carriage returns": f"{EN}\r\n\r\n{ZH}",
    "old Macintosh lines": f"{EN}\r{ZH}\r",
    "spaces around": f"  {EN} \t\n\u3000\u3000{ZH}\xa0",
    "labels on their lines": f"Abstract\n{EN}\n摘要\n{ZH}",
    "labels in capitals and brackets": f"ABSTRACT\n{EN}\n\n【摘要】\n{ZH}",
    "labels with a colon": f"Abstract: {EN}\n摘要：{ZH}",
    "labels in brackets": f"[Abstract] {EN}\n[摘要] {ZH}",
    "labels in full-width brackets": f"【Abstract】{EN}\n【摘要】{ZH}",
    "spaced label": f"摘 要：{ZH}\nAbstract  {EN}",
    "label and dash": f"Abstract—{EN}\n摘要 {ZH}",
    "Summary": f"Summary\n{EN}\n提要\n{ZH}",
    "labels say the language": f"Abstract in English:\n{EN}\nAbstract in Chinese:\n{ZH}",
    "Chinese labels": f"中文摘要\n{ZH}\n英文摘要\n{EN}",
    "keywords": f"{EN}\nKeywords: bone cement; spine; osteoporosis.\n{ZH}\n关键词：骨水泥；脊柱；骨质疏松。",
    "keywords in brackets": f"【摘要】{ZH}\n【关键词】骨水泥；脊柱\n【Abstract】{EN}\n【Key words】Bone cement; Spine",
    "keywords without a colon": f"摘要 {ZH}\n关键词 骨水泥 脊柱\nAbstract {EN}\nKey words Bone cement; Spine",
    "keywords below their label": f"Abstract\n{EN}\nKeywords\nbone cement; spine\n{ZH}",
    "header": f"{AUTHORS}\n{PLACE}\n{CITED}\n{EN}\n{ZH}",
    "numbered names and places": "Wang Xiaoming 1, Li Na 2, Zhang Wei 1 2\nAffiliations\n"
    f"1 {PLACE}\n2 School of Medicine, Other University, Wuhan, China.\n\nAbstract\n{EN}\n\n{ZH}",
    "titles": f"Cement leakage in old vertebral fractures\n陈旧性椎体骨折的骨水泥渗漏\n{EN}\n{ZH}",
    "title before each": f"Cement leakage in old vertebral fractures\n{EN}\n陈旧性椎体骨折的骨水泥渗漏\n{ZH}",
    "title as a question": f"Cement or brace for vertebral fractures?\n陈旧性骨折：骨水泥还是支具？\n{EN}\n{ZH}",
    "titles of two lines": f"Cement leakage in old vertebral fractures\na report of two cases\n{EN}\n\n"
    f"陈旧性椎体骨折的骨水泥渗漏\n——附2例报告\n{ZH}",
    "CNKI": "陈旧性椎体骨折的骨水泥渗漏\n王小明1 李娜2 张伟1\n1. 某某大学附属第一医院骨科 2. 某某大学医学院\n"
    f"摘要：{ZH}\n关键词：骨水泥;脊柱\nDOI：10.1000/jsc.2024\n专辑：医药卫生科技\n专题：外科学\n分类号：R687.3\n"
    f"Cement leakage in old vertebral fractures\nWANG Xiaoming1, LI Na2, ZHANG Wei1\n{PLACE}\n"
    f"Abstract: {EN}\nKeyword: bone cement; spine",
    "journal page": f"·论著·\n陈旧性椎体骨折的骨水泥渗漏\n王小明，李娜，张伟\n某某大学附属第一医院骨科，江苏苏州 215006\n"
    f"通信作者：张伟，Email：zw@example.org\n【摘要】　{ZH}\n【关键词】　骨水泥；脊柱\n基金项目：某省基金（2020-1）\n"
    f"中图分类号：R687.3 文献标志码：A 文章编号：1000-0000（2024）03-0101-09\n【Abstract】 {EN}\n"
    "Corresponding author: Zhang Wei, Email: zw@example.org\nReceived: 2024-01-02\n收稿日期：2024-01-02",
    "PubMed page": f"Case Reports\nJ Spine Cases\n. 2024 Mar 5;12(3):101-109.\n doi: 10.1000/jsc.2024.12.101. eCollection 2024.\n"
    f"Cement leakage in old vertebral fractures\n{AUTHORS}\nAffiliations\nPMID: 12345678 PMCID: PMC123456 "
    f"DOI: 10.1000/jsc.2024.12.101\nFree PMC article\nAbstract\nin English, Chinese\n{EN}\n\n{ZH}\n\n"
    "Keywords: bone cement; spine.\n\n© 2024 Wang et al.\nPubMed Disclaimer\nConflict of interest statement\n"
    "The authors report no conflicts of interest in this work.\nFigures\nFigure 1\nSimilar articles\n"
    "Another study of vertebral fractures in older women.\nMeSH terms\nFractures\n",
    "after the abstract": f"{EN}\n{ZH}\nCopyright © 2024 The Authors. Published by Nobody Ltd. All rights reserved.\n"
    "Conflict of interest: none.\n利益冲突：所有作者均声明不存在利益冲突。\nPMID: 12345678\nFunding: none.\n",
    "article goes on": f"Abstract\n{EN}\nKeywords: spine\n摘要\n{ZH}\n1. Introduction\nThe spine has many bones, and "
    "each of them can break, which is why this article is much longer than its abstract is. " * 3,
    "plain language summary": f"Abstract\n{EN}\n\nPlain Language Summary\nBones of the back can break without a fall. "
    f"A cement can help.\n\n摘要\n{ZH}",
    "Han names in English, Latin in Chinese": f"{EN} The drug of Dr. Zhang (张) was given.\n{ZH}"
    "骨密度（bone mineral density，BMD）由双能X线吸收法（dual-energy X-ray absorptiometry，DXA）测定。",
    "PubMed's languages beside the label": f"Abstract in English, Chinese\n{EN}\n{ZH}",
    "a summary for laymen in each language": f"Abstract\n{EN}\nPlain language summary\nBones break.\n摘要\n{ZH}\n通俗摘要\n骨会断。",
    "how to cite": f"Cite this article: Wang X. Cement. J Spine 2024;12:1-9. https://doi.org/10.1000/x\n{EN}\n"
    f"引用本文：王小明. 骨水泥. 某某杂志, 2024, 12: 1-9.\n{ZH}",
    "introduction as a heading": f"Cement in the spine\n脊柱骨水泥\nIntroduction: {EN}\n引言：{ZH}",
    "article after a title": f"Cement in the spine\n{EN}\n{ZH}\n1 Introduction\n"
    + "The spine has many bones. " * 50,
    "two languages parted by a tab": f"{EN}\t{ZH}",
    "languages as labels": f"EN:\n{EN}\n\nZH:\n{ZH}",
    "languages as words": f"English\n{EN}\n中文\n{ZH}",
    "source and translation": f"原文：{EN}\n译文：{ZH}",
    "markdown": f"# Cement in the spine\n\n## Abstract\n\n{EN}\n\n**摘要：** {ZH}",
    "identifiers first": f"PMID: 40873456 | PMCID: PMC12345\nDOI: 10.1000/x.1\n{EN}\n{ZH}",
    "one author": f"Xiaoming Wang\n{EN}\n王小明\n{ZH}",
    "Chinese citation": f"王小明, 李娜. 骨水泥渗漏的研究[J]. 某某骨科杂志, 2020, 40(5): 300-306.\n摘要 {ZH}\nAbstract {EN}",
    "wide spaces": f"Abstract\xa0\n\u2003{EN}\u2003\n摘\u3000要\n\u3000\u3000{ZH}",
    "whole article": f"Abstract\n{EN}\nKeywords: a\nBackground\n"
    + "The spine has many bones. " * 30
    + "\nReferences\n"
    f"1. Smith J. Spine. J Bone 2001;3:4.\n摘要\n{ZH}",
    "two languages on one line": f"{EN} {EN2} {EN1} {ZH}{ZH1}",
}
LATIN_HEAVY = "DXA（dual-energy X-ray absorptiometry）测定BMD（bone mineral density），VAS（visual analogue scale）评分减轻。"
PARAGRAPHS = {
    "headings on their lines": "Abstract\nObjective:\nTo study fresh fractures of the spine.\nMethods:\nWe followed 120 patients "
    "for one year.\nResults:\nPain had decreased in all of them (P < .05).\n摘要\n" + "\n".join(ZH_PARTS),
    "one a line": "\n".join([*EN_PARTS, *ZH_PARTS]),
    "blank lines": "\n\n".join([*EN_PARTS, *ZH_PARTS]),
    "one language after another": "\n".join([*EN_PARTS, "", *ZH_PARTS]),
    "interleaved": "\n".join(line for pair in zip(EN_PARTS, ZH_PARTS, strict=True) for line in pair),
    "labels": "\n".join(["Abstract", *EN_PARTS, "摘要", *ZH_PARTS]),
    "label before the first": "Abstract: " + "\n".join(EN_PARTS) + "\n摘要：" + "\n".join(ZH_PARTS),
    "title and keywords": "\n".join(
        ["Fractures of the spine in old age", *EN_PARTS, "Keywords: spine", *ZH_PARTS, "关键词：脊柱"]
    ),
}


def squeeze(text):
    return re.sub(r"\s+", "", text)


def kept(record):
    return squeeze(record.en + record.zh + "".join(record.metadata.values()) + "".join(record.notes))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_finds_the_two_abstracts(layout):
    record = parse(LAYOUTS[layout], name="x", where="x.txt")
    extra = {
        "Han names in English, Latin in Chinese": (
            " The drug of Dr. Zhang (张) was given.",
            "骨密度（bone mineral density，BMD）由双能X线吸收法（dual-energy X-ray absorptiometry，DXA）测定。",
        ),
        "two languages on one line": (f" {EN2} {EN1}", ZH1),
    }.get(layout, ("", ""))
    before = ("Introduction: ", "引言：") if layout == "introduction as a heading" else ("", "")
    assert (record.en, record.zh) == (before[0] + EN + extra[0], before[1] + ZH + extra[1])


@pytest.mark.parametrize("layout", PARAGRAPHS)
def test_keeps_paragraphs(layout):
    record = parse(PARAGRAPHS[layout], name="x", where="x.txt")
    assert (record.en, record.zh) == ("\n".join(EN_PARTS), "\n".join(ZH_PARTS))


def test_tells_chinese_that_is_full_of_english():
    record = parse(f"{EN}\n{LATIN_HEAVY}", name="x", where="x.txt")
    assert (record.en, record.zh) == (EN, LATIN_HEAVY)


NOT_METADATA = [
    "Direct medical costs included cement, instruments, the hospital stay, imaging, drugs and rehabilitation.",
    "平面显像漏诊其中12个病灶.",
    "The institutional review board at each center approved the protocol, available at the end.",
    "Receiving hospital care, patients recovered.",
    "Summary statistics were computed.",
    "Authors disagree on the best treatment.",
    "我们在某某大学附属第一医院治疗了5例患者。",
]


@pytest.mark.parametrize("line", NOT_METADATA)
def test_prose_is_prose(line):
    assert classify(line).kind == "prose"


def test_reads_traditional_labels():
    text = f"標題：骨水泥\n摘要\n骨質疏鬆性骨折很常見。\n關鍵詞：脊椎\n參考文獻\n別的文章。\nAbstract\n{EN}"
    record = parse(text, name="x", where="x.txt")
    assert (record.zh, record.metadata["keywords_zh"]) == ("骨質疏鬆性骨折很常見。", "脊椎")
    assert record.notes == ("參考文獻", "別的文章。")


LABELS = r"\W*(?:Abstract|Key\s?words?|Keyword|Cite this article|引用本文|Affiliations|EN|ZH|原文|译文|摘\s*要|关键词|DOI|PMID|PMCID)\W*"


@pytest.mark.parametrize("layout", [*LAYOUTS, *PARAGRAPHS])
def test_drops_no_line(layout):
    text = {**LAYOUTS, **PARAGRAPHS}[layout]
    everything = kept(parse(text, name="x", where="x.txt"))
    for line in text.splitlines():
        bare = re.sub(rf"^{LABELS}", "", line)
        assert squeeze(line) in everything or squeeze(bare) in everything


HEADER = parse(LAYOUTS["PubMed page"], name="x", where="x.txt").metadata
FACTS = {
    "authors": AUTHORS,
    "doi": "10.1000/jsc.2024.12.101",
    "pmid": "12345678",
    "title_en": "Cement leakage in old vertebral fractures",
    "keywords_en": "bone cement; spine.",
    "copyright": "© 2024 Wang et al.",
}


@pytest.mark.parametrize("key", FACTS)
def test_tells_metadata(key):
    assert HEADER[key] == FACTS[key]


def test_tells_chinese_metadata():
    metadata = parse(LAYOUTS["journal page"], name="x", where="x.txt").metadata
    assert metadata["title_zh"] == "陈旧性椎体骨折的骨水泥渗漏"
    assert metadata["authors"] == "王小明，李娜，张伟"
    assert metadata["affiliations"] == "某某大学附属第一医院骨科，江苏苏州 215006"
    assert metadata["keywords_zh"] == "骨水泥；脊柱"


BROKEN = """1. J Spine Cases. 2024 Mar 5;12(3):101-109. doi: 10.1000/jsc.2024.12.101. eCollection
2024.

Cement leakage in old vertebral fractures: what we have learned from one hundred
and twenty patients.

Wang X(#)(1), Li N(#)(2), Zhang W(1).

Author information:
(1)Department of Spine Surgery, First Hospital, Somewhere University, Suzhou
215006, China.
(2)School of Medicine, Other University, Wuhan, China.
(#)Contributed equally

BACKGROUND: Vertebral fractures are common in old age and often go unnoticed for
months, above all when they follow a minor fall that nobody remembers later on.
METHODS: We studied 120 patients with a fresh fracture of T12 or L1, and we saw
them again after 3 months. Pain had decreased in all of them.
CONCLUSION: Cement-
augmented screws are safe.

Publisher: 背景：椎体骨折在老年人中很常见，往往数月未被发现，在无人记得的轻微跌倒之后尤其如此。
方法：我们研究了120例患者。所有患者的疼痛均减轻。结论：骨水泥强化螺钉是安全的。

© 2024 Wang et al.

DOI: 10.1000/jsc.2024.12.101
PMCID: PMC123456
PMID: 12345678

Conflict of interest statement: The authors report no conflicts of interest in
this work.
"""


def test_joins_lines_that_were_broken_to_fit():
    record = parse(BROKEN, name="x", where="x.txt")
    assert record.en.split("\n") == [
        "BACKGROUND: Vertebral fractures are common in old age and often go unnoticed for months, above all when "
        "they follow a minor fall that nobody remembers later on.",
        "METHODS: We studied 120 patients with a fresh fracture of T12 or L1, and we saw them again after 3 months. "
        "Pain had decreased in all of them.",
        "CONCLUSION: Cement-augmented screws are safe.",
    ]
    assert record.metadata["pmid"] == "12345678"
    assert record.metadata["title_en"].startswith("Cement leakage in old")
    assert record.metadata["title_en"].endswith("twenty patients.")


def test_parts_a_label_from_a_heading_in_brackets():
    text = f"骨水泥的疗效\n摘　要　【目的】{ZH}\n关键词 骨水泥\nAbstract [Objective] {EN}\nKey words cement"
    record = parse(text, name="x", where="x.txt")
    assert (record.en, record.zh) == (f"[Objective] {EN}", f"【目的】{ZH}")


def test_joins_keywords_broken_to_the_width_of_the_page():
    text = "\n".join(
        [
            "【目的】探讨骨水泥强化椎弓根螺钉治疗老年腰椎退行性疾病的疗效，以及术后并发",
            "症的发生情况，为临床选择内固定方式提供参考。【方法】回顾性分析本院收治的患者",
            "共120例，比较两组的手术时间和出血量。【结果】两组患者的疼痛均减轻，差异有统",
            "计学意义。",
            "【关键词】椎弓根螺钉；骨水泥强化；骨质疏松症；腰椎退行性疾病；脊柱；内固定松",
            "动",
            "Cement-augmented pedicle screws for degenerative disease of the lumbar spine",
            EN,
        ]
    )
    record = parse(text, name="x", where="x.txt")
    assert record.metadata["keywords_zh"].endswith("；内固定松动")
    assert record.metadata["title_en"].startswith("Cement-augmented pedicle screws for degenerative")


BAD = {
    "": "the file is empty",
    " \n\t\n": "the file is empty",
    EN: "holds English only",
    ZH: "holds Chinese only",
    f"{EN}\n陈旧性椎体骨折": "holds English only",
    f"Example 12\n{ZH * 3}": "holds Chinese only",
    "1234\n5678": "holds neither an English nor a Chinese abstract",
    "a" * 1_000_001: "holds a line of 1,000,001 characters",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_says_what_is_missing(text):
    with pytest.raises(InputError, match=re.escape(BAD[text])) as error:
        parse(text, name="x", where="x.txt")
    assert str(error.value).startswith("x.txt: ")
    assert "\n" not in str(error.value)
