"""Titles and keywords of a record: found as terms, marked, and the same in a file and in a workspace."""

from pathlib import Path

import pytest
from engine_examples import Silent

from aligner.engine import GlossaryOptions, Inputs, Settings, make_glossary, stream_results
from aligner.engine.front import front_pairs
from aligner.engine.records import read
from aligner.engine.run import run
from aligner.store import StoredPairs, open_workspace, read_front, read_glossary, read_terms
from aligner.types import Record

RECORDS = Path(__file__).parents[2] / "corpora" / "journal" / "records"
SETTINGS = Settings(checks=False)


def inputs():
    return Inputs([str(RECORDS / "j13.txt"), str(RECORDS / "j23.txt")])


@pytest.fixture(scope="module")
def results():
    return list(stream_results(inputs(), SETTINGS))


@pytest.fixture(scope="module")
def entries(results):
    return {(entry.en, entry.zh): entry for entry in make_glossary(results, GlossaryOptions())}


def test_titles_and_keywords_are_numbered_on_from_the_beads(results):
    for result in results:
        assert [pair.bead for pair in result.front] == [len(result.pairs), len(result.pairs) + 1]
        texts = {pair.bead: pair for pair in (*result.pairs, *result.front)}
        for term, _ in result.terms:
            pair = texts[term.bead]
            assert (pair.en[slice(*term.en_span)], pair.zh[slice(*term.zh_span)]) == (term.en, term.zh)
            where = ["text", "title", "keywords"][max(0, term.bead - len(result.pairs) + 1)]
            assert term.found_in == where


def test_entries_say_whether_authors_name_them(entries):
    assert entries["fracture liaison service", "骨折聯合照護服務"].found_in == "keywords"
    assert entries["medication adherence", "用藥遵從性"].found_in == "keywords"
    assert entries["percutaneous kyphoplasty", "经皮椎体后凸成形术"].found_in == "title"
    assert entries["facet joint block", "关节突关节阻滞"].found_in == ""


def test_title_case_is_no_form_of_a_term(entries):
    forms = [form for entry in entries.values() for form in (entry.en, *entry.en_variants)]
    assert "Medication Adherence" not in forms
    assert "medication adherence" in forms


def test_keywords_are_a_context_only_where_there_is_no_other(results, entries):
    lines = {result.front[-1].en for result in results}
    listed = [entry for entry in entries.values() if any(c.en in lines for c in entry.contexts)]
    assert listed
    assert all(len(entry.contexts) == 1 and entry.found_in == "keywords" for entry in listed)
    assert entries["fracture liaison service", "骨折聯合照護服務"] not in listed


def test_a_workspace_has_the_same(results, entries, tmp_path):
    with open_workspace(tmp_path / "w.db", create=True) as workspace:
        run(workspace, read(inputs()), SETTINGS, watch=Silent())
        assert list(read_terms(workspace)) == [term for result in results for term, _ in result.terms]
        front = list(read_front(workspace))
        assert front == [pair for result in results for pair in result.front]
        assert StoredPairs(workspace)["j13", front[0].bead] == front[0]
        with pytest.raises(KeyError):
            StoredPairs(workspace)["j13", front[1].bead + 1]
        kept = {(entry.en, entry.zh): entry.found_in for entry in read_glossary(workspace)}
    assert kept == {key: entry.found_in for key, entry in entries.items()}


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"title_en": "Falls", "title_zh": "跌倒"}, [("Falls", "跌倒")]),
        ({"keywords_en": "falls; hip", "keywords_zh": "跌倒"}, [("falls; hip", "跌倒")]),
        ({"title_en": "Falls", "title_zh": " "}, []),
        ({}, []),
    ],
)
def test_front_matter_needs_both_languages(metadata, expected):
    record = Record("r", "Falls.", "跌倒。", metadata=metadata)
    assert [(pair.en, pair.zh) for pair in front_pairs(record, 1)] == expected
