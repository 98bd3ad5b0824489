"""Where a pair stands in its file: kept with its bead, through edits, and brought up to date."""

import json
from dataclasses import replace

from store_examples import EN, EN_SENTENCES, ZH, ZH_SENTENCES, result

from aligner.store import blocks_to_do, decide, ingest, open_workspace, read_findings, read_pairs, save
from aligner.store.alignments import read
from aligner.store.decisions import Change
from aligner.types import Address, Bead, Record

SOURCES = tuple(Address("a.xlf", f"u{n}", n + 1, en_codes=("<x/>",)) for n in range(3))
BEADS = tuple(Bead((n,), (n,), 1.0, source) for n, source in enumerate(SOURCES))
RECORD = Record(
    "a", EN, ZH, en_sentences=EN_SENTENCES, zh_sentences=ZH_SENTENCES, beads=BEADS, source=Address("a.xlf")
)


def sources(workspace):
    return [pair.source for pair in read_pairs(workspace)]


def test_an_address_stays_with_its_bead(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as workspace:
        with workspace.transaction():
            ingest(workspace, [RECORD])
        ((task,),) = blocks_to_do(workspace, terms=True)
        assert [bead.source for bead in task.fixed] == list(SOURCES)
        assert task.record.source == Address("a.xlf")
        found = result(task.id, task.revision, "a")
        pairs = tuple(replace(pair, source=source) for pair, source in zip(found.pairs, SOURCES, strict=True))
        save(workspace, [replace(found, pairs=pairs)], run=1)
        assert sources(workspace) == list(SOURCES)
        assert [finding.source for finding in read_findings(workspace)] == list(SOURCES)


def test_an_edited_bead_has_the_address_of_its_first_sentence(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as workspace:
        with workspace.transaction():
            ingest(workspace, [RECORD])
        before = read(workspace, ("1",))
        after = json.loads(json.dumps(before))
        first, _, third = after["beads"]
        after["beads"] = [{**first, "en": [0, 1], "zh": [0, 1]}, third]
        decide(workspace, "merge", [Change("alignment", ("1",), before, after)], record=1)
        assert sources(workspace) == [SOURCES[0], SOURCES[2]]


def test_a_record_that_moved_in_its_file_is_the_same_at_its_new_place(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as workspace:
        moved = tuple(replace(bead, source=Address("b.xlf", f"v{n}", n + 5)) for n, bead in enumerate(BEADS))
        with workspace.transaction():
            ingest(workspace, [RECORD])
            ((_, news),) = ingest(workspace, [replace(RECORD, beads=moved, source=Address("b.xlf"))])
        assert (news, sources(workspace)) == ("same", [bead.source for bead in moved])
