import pytest

from aligner.languages import glosses
from aligner.text.han import simplify
from aligner.text.headings import LONGEST, is_heading, opens_section, section_of


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("METHODS:", "methods"),
        ("Materials and  methods", "methods"),
        ("[Objective]", "objective"),
        ("Conclusions/Implications for Practice", "conclusions"),
        ("【方法】", "methods"),
        ("目 的：", "objective"),
        ("一、目的", "objective"),
        ("1．结果", "results"),
        ("結論", "conclusions"),
        ("背景與目的", "background"),
        ("Keywords", "front"),
        ("關鍵詞", "front"),
        ("", None),
        ("/", None),
        ("Pain", None),
        ("5 patients", None),
        ("方法学", None),
        ("方法" * LONGEST, None),
    ],
)
def test_section(text, section):
    assert section_of(text) == section
    assert is_heading(text) is (section is not None)
    assert opens_section(text) is (section not in (None, "front"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_row_is_found_as_it_is_written(language):
    rows = glosses(language, "headings")
    sections = {"background", "objective", "methods", "case", "results", "discussion", "conclusions"}
    assert {section for (section,) in rows.values()} == sections | {"registration", "front"}
    for heading, (section,) in rows.items():
        assert heading == simplify(heading.lower())
        assert section_of(heading) == section_of(heading.upper()) == section
