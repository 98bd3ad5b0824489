"""Records in, results in, and out again; what is done again and what is not."""

from dataclasses import replace

import pytest
from store_examples import EN, EN_SENTENCES, ZH, ZH_SENTENCES, result, work_off

from aligner.store import (
    Failure,
    begin_run,
    blocks_to_do,
    count_to_do,
    fail,
    ingest,
    members,
    open_workspace,
    read_failures,
    read_findings,
    read_pairs,
    read_terms,
    read_units,
    save,
)
from aligner.types import Bead, Pair, Record, Sentence, TermPair, Unit


def states(workspace):
    return [row[0] for row in workspace.db.execute("SELECT state FROM records ORDER BY id")]


def put(workspace, record):
    with workspace.transaction():
        return ingest(workspace, [record])[0]


def test_what_was_saved_is_read_in_order(workspace):
    assert [(p.record, p.bead, p.en, p.zh_ids, p.score) for p in read_pairs(workspace)][:4] == [
        ("one", 0, "Cement leaked in 5 patients.", (0,), 0.75),
        ("one", 1, "Pain was relieved.", (1,), 0.8125),
        ("one", 2, "No patient died.", (2,), 0.875),
        ("two", 0, "Cement leaked in 5 patients.", (0,), 0.75),
    ]
    assert list(read_terms(workspace))[:2] == [
        TermPair("one", 0, "Cement", "骨水泥", (0, 6), (2, 5), 0.5),
        TermPair("one", 1, "Pain", "疼痛", (0, 4), (0, 2), 0.75),
    ]
    first = next(read_findings(workspace))
    assert (first.record, first.bead, first.en_span, first.zh_span, first.en) == (
        "one",
        0,
        (0, 4),
        None,
        EN_SENTENCES[0].text,
    )


def test_the_same_record_is_passed_over(workspace):
    assert put(workspace, Record("one", EN, ZH, metadata={"doi": "new"})) == (1, "same")
    assert count_to_do(workspace, terms=True) == 0


@pytest.mark.parametrize(
    "record",
    [
        Record("one", EN + " ", ZH),
        Record("one", EN, ZH.replace("5", "6")),
        Record("one", EN, ZH, (Sentence(EN, 0, len(EN)),), (Sentence(ZH, 0, len(ZH)),)),
    ],
)
def test_a_changed_record_and_the_terms_of_its_block_are_done_again(workspace, record):
    assert put(workspace, record) == (1, "changed")
    assert states(workspace) == ["new", "aligned"]
    (tasks,) = blocks_to_do(workspace, terms=True)
    assert [(len(task.fixed), task.record.en_sentences is None) for task in tasks] == [
        (0, record.en_sentences is None),
        (3, False),
    ]
    (tasks,) = blocks_to_do(workspace, terms=False)
    assert [task.id for task in tasks] == [1]


def test_other_settings_do_everything_again(workspace):
    begin_run(workspace, version="2", settings={"encoder": "bundled"}, inputs=[])
    assert count_to_do(workspace, terms=True) == 0
    begin_run(workspace, version="2", settings={"encoder": "other"}, inputs=[])
    assert count_to_do(workspace, terms=True) == 2


@pytest.mark.parametrize(
    ("lengths", "blocks"),
    [
        ([2_000] * 21, [20, 1]),
        ([15_000, 25_000, 10], [2, 1]),
        ([250_000, 10, 10], [1, 2]),
        ([10, 250_000, 10], [1, 1, 1]),
    ],
)
def test_blocks_have_room_for_so_many_characters(tmp_path, lengths, blocks):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        for cut in range(len(lengths)):  # interrupted after each record, and begun again
            records = [
                Record(f"r{number}", "x" * (n - 1), "一") for number, n in enumerate(lengths[: cut + 1])
            ]
            with opened.transaction():
                ingest(opened, records)
        counts = [
            row[0] for row in opened.db.execute("SELECT count(*) FROM records GROUP BY block ORDER BY block")
        ]
        assert counts == blocks
        assert members(opened, 1) == list(range(1, blocks[0] + 1))


def test_a_failure_is_kept_until_the_record_is_done(workspace):
    put(workspace, Record("one", EN + "!", ZH))
    failure = Failure("one", "align", "it broke", "mend it", 1, 1)
    save(workspace, [failure, result(2, 0, "two")], run=1)
    assert states(workspace) == ["failed", "done"]
    assert [str(one) for one in read_failures(workspace)] == ["one: it broke; mend it"]
    assert {pair.record for pair in read_pairs(workspace)} == {"two"}
    assert work_off(workspace) == 2
    assert states(workspace) == ["done", "done"]
    assert list(read_failures(workspace)) == []


def test_beads_outlive_a_failure_of_terms(workspace):
    save(workspace, [result(1, 0, "one", terms=False), Failure("one", "terms", "it broke", "", 1, 0)], run=1)
    assert states(workspace) == ["failed", "done"]
    assert [pair.record for pair in read_pairs(workspace)] == ["one"] * 3 + ["two"] * 3


def test_results_of_an_older_text_are_not_saved(workspace):
    put(workspace, Record("one", EN + "!", ZH))
    assert save(workspace, [result(1, 0, "one"), Failure("one", "align", "x", "", 1, 0)], run=1) == 0
    assert states(workspace) == ["new", "aligned"]
    assert list(read_failures(workspace)) == []


def test_a_save_that_fails_saves_nothing(workspace):
    put(workspace, Record("one", EN + "!", ZH))
    good = result(1, 1, "one")
    bad = (*good.pairs[:2], Pair("one", 2, "x", "y", (0,), (0,), None))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        save(workspace, [good, result(2, 0, "two"), type(good)(1, 1, good.en, good.zh, bad)], run=1)
    assert states(workspace) == ["new", "aligned"]


def test_another_glossary_does_the_checks_alone_again(workspace):
    terms = list(read_terms(workspace))
    begin_run(workspace, version="2", settings={"encoder": "bundled"}, inputs=[], glossary="one")
    assert count_to_do(workspace, terms=False) == 0
    (tasks,) = blocks_to_do(workspace, terms=True)
    assert [[term for term, _ in task.terms] for task in tasks] == [terms[:2], terms[2:]]
    assert [len(task.fixed) for task in tasks] == [3, 3]
    assert work_off(workspace) == 2
    begin_run(workspace, version="2", settings={"encoder": "bundled"}, inputs=[], glossary="one")
    assert count_to_do(workspace, terms=True) == 0


def test_a_changed_record_of_a_block_to_be_checked_has_its_block_searched(workspace):
    begin_run(workspace, version="2", settings={"encoder": "bundled"}, inputs=[], glossary="one")
    put(workspace, Record("one", EN + " ", ZH))
    (tasks,) = blocks_to_do(workspace, terms=True)
    assert [task.terms for task in tasks] == [None, None]


ALIGNED = Record(
    "three", EN, ZH, EN_SENTENCES, ZH_SENTENCES, beads=(Bead((0, 1), (0, 1), 0.5), Bead((2,), (2,), 1.0))
)


def test_a_record_that_came_aligned_stays_as_it_came(workspace):
    number, _ = put(workspace, ALIGNED)
    assert [(p.en_ids, p.zh, p.score) for p in read_pairs(workspace) if p.record == "three"] == [
        ((0, 1), "5例骨水泥渗漏。疼痛缓解。", 0.5),
        ((2,), "无死亡。", 1.0),
    ]
    begin_run(workspace, version="2", settings={"encoder": "other"}, inputs=[])
    assert states(workspace) == ["new", "new", "aligned"]
    with workspace.transaction():
        fail(workspace, Failure("three", "worker", "died", "", number), run=1)
    (task,) = (task for tasks in blocks_to_do(workspace, terms=False) for task in tasks if task.id == number)
    assert task.fixed == ALIGNED.beads
    assert put(workspace, ALIGNED) == (number, "same")
    assert put(workspace, replace(ALIGNED, beads=ALIGNED.beads[1:]))[1] == "changed"


def numbered(names, origin):
    """Return records named after a file, each with texts of its own."""
    return [
        Record(name, f"Case {text} was treated.", f"治疗病例{text}。", origin=origin) for name, text in names
    ]


def known(workspace, records):
    with workspace.transaction():
        return ingest(workspace, records)


def test_files_of_one_name_stay_apart_when_another_comes(workspace, tmp_path):
    """Adding 2022/01.txt must not make 2023/01.txt a changed 2022/01.txt."""
    years = {year: str(tmp_path / year / "01.txt") for year in ("2022", "2023", "2024")}
    files = {year: numbered([("01", year)], path)[0] for year, path in years.items()}
    before = known(workspace, [files["2023"], files["2024"]])
    after = known(workspace, [files["2022"], files["2023"], files["2024"]])
    assert [news for _, news in after] == ["new", "same", "same"]
    assert after[1:] == [(number, "same") for number, _ in before]
    names = workspace.db.execute("SELECT name FROM records WHERE id > 2 ORDER BY id")
    assert [name for (name,) in names] == ["01~2", "01~3", "01"]  # as a run into a new workspace names them


def test_a_row_inserted_in_a_table_without_ids_changes_no_other(workspace, tmp_path):
    origin = str(tmp_path / "t.tsv")
    before = known(workspace, numbered([("t-1", "a"), ("t-2", "b"), ("t-3", "c")], origin))
    rows = numbered([("t-1", "new"), ("t-2", "a"), ("t-3", "b"), ("t-4", "c")], origin)
    after = known(workspace, rows)
    assert [news for _, news in after] == ["new", "same", "same", "same"]
    assert [number for number, _ in after[1:]] == [number for number, _ in before]
    edited = numbered([("t-1", "new"), ("t-2", "a2"), ("t-3", "b"), ("t-4", "c")], origin)
    assert known(workspace, edited)[1] == (before[0][0], "changed")


def test_a_file_that_was_moved_is_the_same_record(workspace, tmp_path):
    there = tmp_path / "there.txt"
    (one,) = known(workspace, numbered([("a", "a")], str(tmp_path / "gone.txt")))
    assert known(workspace, numbered([("there", "a")], str(there)))[0][0] == one[0]
    there.touch()
    copy = known(workspace, numbered([("copy", "a")], str(tmp_path / "copy.txt")))
    assert copy == [(one[0] + 1, "new")]


def test_rows_that_share_a_name_and_texts_are_known_again(workspace, tmp_path):
    rows = numbered([("t", "a"), ("t", "a"), ("t", "b")], "")
    first = known(workspace, rows)
    assert [news for _, news in first] == ["new"] * 3
    assert known(workspace, rows) == [(number, "same") for number, _ in first]


def test_units_are_kept_while_the_texts_of_their_pair_stay(workspace):
    (number,) = workspace.db.execute("SELECT min(id) FROM records").fetchone()
    (revision,) = workspace.db.execute("SELECT revision FROM records WHERE id = ?", (number,)).fetchone()
    found = result(number, revision, "one")
    cut = (Unit((0, 6), (2, 5), 0.5), Unit((7, 28), (0, 8), 0.25))
    pairs = (replace(found.pairs[0], units=cut), *found.pairs[1:])
    save(workspace, [replace(found, pairs=pairs)], run=1)
    units = [pair for pair in read_units(workspace) if pair.record == "one"]
    assert [(pair.bead, pair.unit, pair.en) for pair in units[:3]] == [
        (0, 0, "Cement"),
        (0, 1, "leaked in 5 patients."),
        (1, 0, "Pain was relieved."),
    ]
    save(workspace, [found], run=1)  # aligned again around what is fixed: units are not worked out anew
    assert [pair.score for pair in read_units(workspace) if pair.record == "one"][:2] == [0.5, 0.25]
