import pytest
import regex

from aligner.text.han import (
    chinese_tag,
    count_han,
    han_runs,
    has_han,
    is_han,
    is_traditional,
    screen_width,
    simplify,
)


def test_han_characters_are_those_of_the_script():
    assigned = regex.compile(r"\p{Assigned}")
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    known = [c for c in characters if assigned.match(c)]
    assert {c for c in known if is_han(c)} == set(regex.findall(r"\p{Han}", "".join(known)))


@pytest.mark.parametrize(
    ("text", "count", "runs"),
    [
        ("", 0, []),
        ("T12 and L1", 0, []),
        ("T12椎体、L1椎体", 4, [(3, 5), (8, 10)]),
        ("々〇𠀀，", 3, [(0, 3)]),
        ("か・ア・。％", 0, []),
    ],
)
def test_han_is_found_and_counted(text, count, runs):
    assert count_han(text) == count
    assert has_han(text) is (count > 0)
    assert list(han_runs(text)) == runs


@pytest.mark.parametrize(
    ("written", "simplified"),
    [
        ("", ""),
        ("vertebra", "vertebra"),
        ("骨水泥渗漏", "骨水泥渗漏"),
        ("骨質疏鬆性椎體壓縮性骨折（OVCF）", "骨质疏松性椎体压缩性骨折（OVCF）"),
        ("乾坤", "乾坤"),
        ("乾燥", "干燥"),
    ],
)
def test_traditional_is_read_as_simplified(written, simplified):
    assert simplify(written) == simplified
    assert simplify(written * 20) == simplified * 20


@pytest.mark.parametrize(
    ("texts", "traditional"),
    [
        ([], False),
        (["T12 vertebra"], False),
        (["骨水泥"], False),
        (["皇后", "公里", "乾坤"], False),
        (["個案管理", "照護品質"], True),
        (["歐氏失能量表，個案", "个案"], True),
        (["骨质疏松", "個"], False),
    ],
)
def test_the_script_is_told_by_what_only_one_script_writes(texts, traditional):
    assert is_traditional(texts) is traditional
    assert chinese_tag(texts) == ("zh-TW" if traditional else "zh-CN")


@pytest.mark.parametrize(("text", "width"), [("", 0), ("T12", 3), ("T12椎体，", 9), ("（）", 4), ("é", 1)])
def test_wide_characters_take_two_places(text, width):
    assert screen_width(text) == width
