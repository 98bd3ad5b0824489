"""What every row of the table of formats promises."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from aligner.formats import FORMATS, Format, read_glossary, read_pairs
from aligner.formats.delimited import unescape
from aligner.formats.direction import Direction
from aligner.formats.layouts import FINDINGS as FINDING_ROWS
from aligner.formats.layouts import OCCURRENCES, OPTIONAL, table_cells
from aligner.types import Address, Context, Entry, Finding, Pair, TermPair

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


ENTRIES = [
    Entry("bone cement leakage", "骨水泥渗漏", 0.9, 3, 2, "accepted", ("cement leaks",), ("水泥渗漏",)),
    Entry("=SUM(A1)", "@提示", 0.25, 1, 1, contexts=(Context("a", "=1 | b", "一\t二"),), note="x; y"),
]
TERMS = [
    TermPair("a", 0, "Pain", "疼痛", (0, 4), (0, 2), 0.9712, 0.5),
    TermPair("=b", 3, "=x", "+一", (2, 4), (0, 2), 1.0),
]
FINDINGS = [
    Finding("a", 0, "number", "error", 'the "5" is missing', (0, 1), None, "5 men", "人", suggestion="5人"),
    Finding("=b", 2, "dose", "info", "-5", None, (0, 2), "=x", "一\n二", source=Address("f.tmx", "u1", 3)),
]
UNITS = [replace(pair, unit=number) for number, pair in enumerate(PAIRS)]
ITEMS = {
    "pairs": PAIRS,
    "units": UNITS,
    "directed": PAIRS,
    "files": [Pair("x", number, pair.en, pair.zh) for number, pair in enumerate(PAIRS)],
    "glossary": ENTRIES,
    "occurrences": TERMS,
    "findings": FINDINGS,
}
EXPORTS = [(name, what) for name in FORMATS for what in ITEMS if getattr(FORMATS.load(name), f"write_{what}")]
PLAIN_GLOSSARIES = {"omegat", "two-column"}
"""Whose entries are two terms, and in one a comment (`test_formats_glossary`)."""


def rows_of(name, data):
    """Return the cells of a table by row, as another program reads them."""
    if name == "jsonl":
        return [json.loads(line) for line in data.decode().splitlines()]
    if name == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
        return [["" if cell is None else cell for cell in row] for row in rows]
    lines = csv.reader(io.StringIO(data.decode()), delimiter="\t" if name == "tsv" else ",")
    return [[unescape(cell) for cell in line] for line in lines]


def as_text(cell):
    return f"{cell:g}" if isinstance(cell, float) else str(cell).removesuffix(".0")


@pytest.mark.parametrize(("name", "what"), EXPORTS)
def test_what_is_written_is_read_back(name, what, tmp_path):
    out, items = io.BytesIO(), ITEMS[what]
    write_items = getattr(FORMATS.load(name), f"write_{what}")
    path = tmp_path / f"x{FORMATS.load(name).suffixes[0]}"
    if what == "files":
        assert write_items(items, tmp_path / "x") == []
        path = tmp_path / "x.en"
    else:
        assert (
            write_items(items, out, Direction("zh")) if what == "directed" else write_items(items, out)
        ) == []
        path.write_bytes(out.getvalue())
    if what == "glossary":
        found = list(read_glossary([str(path)]))
        if name in PLAIN_GLOSSARIES:
            assert [(entry.en, entry.zh) for entry in found] == [(entry.en, entry.zh) for entry in items]
        else:
            assert found == items
    elif what in ("occurrences", "findings"):
        layout = OCCURRENCES if what == "occurrences" else FINDING_ROWS
        rows = rows_of(name, out.getvalue())
        if name == "jsonl":
            shown = [{key: cell for key, cell in row.items() if key in layout.columns} for row in rows]
            wanted = [json.loads(json.dumps(layout.row(item))) for item in items]
            assert shown == [
                {key: cell for key, cell in row.items() if key not in OPTIONAL or cell is not None}
                for row in wanted
            ]
        else:
            assert tuple(rows[0]) == layout.columns
            wanted = [list(map(as_text, table_cells(layout, item))) for item in items]
            assert [list(map(as_text, row)) for row in rows[1:]] == wanted
    else:
        assert list(read_pairs([str(path)])) == items


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
