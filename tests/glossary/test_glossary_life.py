"""The life of a glossary: built, written, worked on, read, merged with what new texts bring."""

import io
from dataclasses import replace

import pytest

from aligner.formats import FORMATS, read_glossary
from aligner.glossary import build, merge
from aligner.types import Context, Entry, Pair, TermPair

TERMS = {
    "bone cement": "骨水泥",
    "leakage": "渗漏",
    "vertebral body": "椎体",
    "pain": "疼痛",
    "group": "组",
}


def found(record: str, sentences: int) -> list[Entry]:
    en, zh = "; ".join(TERMS), "；".join(TERMS.values())
    pairs = [Pair(record, n, f"{en} ({record} {n}).", f"{zh}（{record} {n}）。") for n in range(sentences)]
    terms = [
        TermPair(record, pair.bead, one, other, (a, a + len(one)), (b, b + len(other)), 0.9)
        for pair in pairs
        for one, other in TERMS.items()
        for a, b in [(pair.en.index(one), pair.zh.index(other))]
    ]
    return build(terms, pairs)


def through_file(name: str, entries: list[Entry], path) -> list[Entry]:
    out = io.BytesIO()
    assert FORMATS.load(name).write_glossary(entries, out) == []
    file = path / f"glossary{FORMATS.load(name).suffixes[0]}"
    file.write_bytes(out.getvalue())
    return list(read_glossary([str(file)]))


def worked_on(entries: list[Entry]) -> list[Entry]:
    """What a person does: accept, reject, reword, annotate, add."""
    rows = {entry.en: entry for entry in entries}
    rows["bone cement"] = replace(rows["bone cement"], status="accepted", note="PMMA")
    rows["group"] = replace(rows["group"], status="rejected")
    rows["pain"] = replace(rows["pain"], zh="痛", status="accepted")
    rows["vertebral body"] = replace(rows["vertebral body"], note="ask L. N.")
    return [*rows.values(), Entry("kyphoplasty", "椎体后凸成形术", 1.0, 0, 0, "accepted")]


@pytest.mark.parametrize("name", ["tsv", "csv", "jsonl", "xlsx", "tbx", "tbx2"])
def test_what_a_person_did_survives_new_texts(name, tmp_path):
    base = through_file(name, worked_on(found("first", 2)), tmp_path)
    merged, messages = merge(found("second", 3), base)
    assert messages == []
    rows = {(entry.en, entry.zh): entry for entry in merged}
    kept = [entry.en for entry in base]
    rejected = "group" in kept  # TBX carries no rejected rows
    assert [entry.en for entry in merged] == [*kept, *([] if rejected else ["group"]), "pain"]
    cement = rows["bone cement", "骨水泥"]
    assert (cement.status, cement.note, cement.count, cement.records) == ("accepted", "PMMA", 5, 2)
    assert [context.record for context in cement.contexts] == ["first", "first", "second", "second", "second"]
    group = rows["group", "组"]
    assert (group.status, group.count) == (("rejected", 5) if rejected else ("candidate", 3))
    assert rows["vertebral body", "椎体"].note == "ask L. N."
    assert (rows["pain", "痛"].status, rows["pain", "痛"].count) == ("accepted", 2)
    assert (rows["pain", "疼痛"].status, rows["pain", "疼痛"].count) == ("candidate", 3)
    assert rows["kyphoplasty", "椎体后凸成形术"] == Entry(
        "kyphoplasty", "椎体后凸成形术", 1.0, 0, 0, "accepted"
    )


@pytest.mark.parametrize("name", ["tsv", "csv", "jsonl", "xlsx", "tbx", "tbx2"])
def test_nothing_new_writes_the_same_bytes(name, tmp_path):
    entries = merge([], through_file(name, worked_on(found("first", 2)), tmp_path))[0]
    once, again = io.BytesIO(), io.BytesIO()
    FORMATS.load(name).write_glossary(entries, once)
    FORMATS.load(name).write_glossary(merge([], through_file(name, entries, tmp_path))[0], again)
    assert once.getvalue() == again.getvalue()


@pytest.mark.parametrize("name", ["two-column", "omegat"])
def test_a_plain_list_of_terms_is_a_base_of_accepted_rows(name, tmp_path):
    base = through_file(name, [Entry("leakage", "渗漏", 1.0, 1, 1), Entry("pain", "痛", 1.0, 1, 1)], tmp_path)
    merged, _ = merge(found("first", 1), base)
    assert [(entry.en, entry.zh, entry.status, entry.count) for entry in merged[:2]] == [
        ("leakage", "渗漏", "accepted", 1),
        ("pain", "痛", "accepted", 0),
    ]
    assert merged[0].contexts == (
        Context("first", "; ".join(TERMS) + " (first 0).", "；".join(TERMS.values()) + "（first 0）。"),
    )
