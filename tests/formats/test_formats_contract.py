"""What every row of the table of formats promises."""

import io

import pytest

from aligner.formats import FORMATS, Format, read_pairs
from aligner.types import Pair

WRITING = [name for name in FORMATS if FORMATS.load(name).write_pairs]
PAIRS = [
    Pair("01", 0, "Pain fell by 5 % (P ≤ 0.05).", "疼痛减轻5％（P≤0.05）。", (0,), (0, 1), 0.9712),
    Pair("01", 1, "T11 to L1 & <b> \"x\" 'y' ]]>", "T11至L1，“术后” \U0002a6a5", (1, 2), (2,), 0.5),
    Pair("01", 2, "", "无对应句。", (), (3,), 0.25),
    Pair("01", 3, "No counterpart.", "", (3,), (), 1.0),
    Pair("=02", 0, "=SUM(A1)", "@提示", (0,), (0,), 1.0),
    Pair("=02", 1, "-5 °C, \\times \\n", "+5 | 6 || 7", (1,), (1,), 0.0),
    Pair("=02", 2, '"Quoted" and\ttab', "“引号”\n换行", (2,), (2,), 1.0),
    *(
        Pair(name, 3, "<r>a</r>", "<r></r>")
        for name in ("007", "1e5", " a ", "2020-01-01", "_x0041_", "TRUE")
    ),
    Pair("臺灣", 0, "Bone cement leakage.", "骨水泥滲漏與椎體壓縮性骨折。", (0,), (0,), 0.75),
]


def write(name, pairs):
    out = io.BytesIO()
    errors = FORMATS.load(name).write_pairs(iter(pairs), out)
    return out.getvalue(), errors


@pytest.mark.parametrize("name", list(FORMATS))
def test_rows_are_formats(name):
    format_ = FORMATS.load(name)
    assert isinstance(format_, Format)
    assert format_.name == name
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in format_.suffixes)
    assert FORMATS.rows[name].summary


@pytest.mark.parametrize("name", WRITING)
def test_what_is_written_is_read_back(name, tmp_path):
    data, errors = write(name, PAIRS)
    path = tmp_path / f"x{FORMATS.load(name).suffixes[0]}"
    path.write_bytes(data)
    assert errors == []
    assert list(read_pairs([str(path)])) == PAIRS


@pytest.mark.parametrize("name", WRITING)
def test_no_pairs_make_an_empty_file_that_is_read(name, tmp_path):
    data, errors = write(name, [])
    path = tmp_path / f"x{FORMATS.load(name).suffixes[0]}"
    path.write_bytes(data)
    assert errors == []
    (error,) = read_pairs([str(path)])
    assert str(error) == f"{path}: {'holds no aligned pairs' if data else 'the file is empty'}"


@pytest.mark.parametrize("name", WRITING)
def test_same_pairs_make_the_same_bytes(name):
    assert write(name, PAIRS) == write(name, PAIRS)


@pytest.mark.parametrize("name", WRITING)
def test_no_character_is_lost_silently(name, tmp_path):
    pairs = [PAIRS[0], Pair("c", 7, "bell \x07 here", "铃\x0b", (0,), (0,), 1.0), PAIRS[3]]
    data, errors = write(name, pairs)
    path = tmp_path / f"x{FORMATS.load(name).suffixes[0]}"
    path.write_bytes(data)
    back = list(read_pairs([str(path)]))
    assert back == ([pair for pair in pairs if pair.record != "c"] if errors else pairs)
    assert all("record c, pair 8" in str(error) and "U+0007" in str(error) for error in errors)
