"""Counts and contexts of a reviewed glossary, from aligned texts; constructed pairs."""

import pytest

from aligner.engine import recount as command
from aligner.formats import FORMATS, read_glossary
from aligner.glossary.recounting import recount
from aligner.store import Failure, Result
from aligner.types import Entry, Pair

PAIRS = [
    Pair("a", 0, "Cement leakage was found after vertebroplasty (VP).", "椎体成形术（VP）后发现骨水泥渗漏。"),
    Pair("a", 1, "VP relieved pain.", "VP可缓解疼痛。"),
    Pair("b", 0, "Percutaneous vertebroplasties were done.", "行经皮 椎體成形術。"),
    Pair("d", 0, "The VP shunt was revised.", "翻修VP分流管。"),
]
FRONT = [Pair("a", 2, "Vertebroplasty", "椎体成形术"), Pair("c", 0, "Vertebroplasty", "椎体成形术")]
TERM = Entry("vertebroplasty", "椎体成形术", 0.9, 7, 7, "accepted")


def counted(*entries):
    return [
        (row.count, row.records, row.en_counts, row.zh_counts, [c.record for c in row.contexts])
        for row in recount(entries, PAIRS, FRONT)
    ]


def entry(en, zh, **more):
    return Entry(en, zh, 0.9, 7, 7, "accepted", **more)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (TERM, (4, 3, (4,), (4,), ["a", "b", "c"])),
        (
            entry("vertebroplasty", "椎体成形术", zh_variants=("椎體成形術",)),
            (4, 3, (4,), (3, 1), ["a", "b", "c"]),
        ),
        (
            entry(
                "Vertebroplasty", "椎体成形术", en_variants=("VP",), zh_variants=("VP",), abbreviation="VP"
            ),
            (6, 3, (4, 2), (4, 2), ["a", "b", "c"]),
        ),
        (entry("VP shunt", "VP分流管"), (1, 1, (1,), (1,), ["d"])),
        (entry("plasty", "成形术"), (0, 0, (0,), (0,), [])),
        (entry("pain relief", "缓解疼痛"), (0, 0, (0,), (0,), [])),
    ],
)
def test_forms_count_whatever_their_script_number_and_case_and_a_short_one_beside_its_long_form(
    row, expected
):
    assert counted(row) == [expected]


def test_what_stands_inside_a_longer_entry_counts_for_that_one():
    rows = counted(TERM, entry("percutaneous vertebroplasty", "经皮椎体成形术"), entry("leakage", "渗漏"))
    assert [row[0] for row in rows] == [3, 1, 1]
    assert counted(entry("leakage", "渗漏"), entry("cement leakage", "骨水泥渗漏"))[0][0] == 0


def test_a_part_of_several_entries_counts_though_it_never_stands_alone():
    around = [entry("cement leakage", "骨水泥渗漏"), entry("leakage was", "水泥渗漏")]
    assert counted(entry("leakage", "渗漏"), *around)[0][:2] == (1, 1)


def test_what_is_not_accepted_stays_as_it_is():
    rows = [Entry("pain", "疼痛", 0.9, 7, 7, "rejected"), Entry("pain", "疼痛", 0.9, 7, 7)]
    assert recount(rows, PAIRS) == rows


def test_the_command_writes_the_glossary_again(tmp_path, monkeypatch, capsys):
    glossary = tmp_path / "glossary.tsv"
    rows = [Entry("fracture", "骨折", 1.0, 1, 1, "rejected"), TERM, entry("stent", "支架", domain="surgery")]
    with glossary.open("wb") as out:
        assert list(FORMATS.load("tsv").write_glossary(rows, out)) == []
    results = [
        Result(1, 0, (), (), tuple(PAIRS[:2]), front=tuple(FRONT[:1])),
        Failure("x", "read", "no text"),
    ]
    monkeypatch.setattr(command, "stream_results", lambda inputs, settings: iter(results))
    monkeypatch.setattr("sys.argv", ["recount", str(glossary), "texts/"])
    command.main()
    found = [(row.en, row.status, row.count, row.domain) for row in read_glossary([str(glossary)])]
    assert found == [
        ("stent", "accepted", 0, "surgery"),
        ("vertebroplasty", "accepted", 2, ""),
        ("fracture", "rejected", 1, ""),
    ]
    said = capsys.readouterr().err.splitlines()
    assert said == ["x: no text", "stent = 支架: stands in no pair by itself"]
