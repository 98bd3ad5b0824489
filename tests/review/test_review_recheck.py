"""Edited pairs are checked by what the last run checked by."""

import pytest

from aligner.checks import Glossary, Term
from aligner.review.recheck import remember, renew
from aligner.store import Change, begin_run, decide, decisions, ingest, open_workspace, read_findings, save
from aligner.store.results import Result
from aligner.types import Pair, Record, Sentence

EN, ZH = ("Cement leaked.", "No patient died."), ("水泥外漏。", "无死亡。")


def sentences(texts):
    return tuple(
        Sentence(text, start, start + len(text))
        for text, start in zip(texts, (0, len(texts[0]) + 1), strict=True)
    )


@pytest.mark.parametrize(("terms", "expected"), [((Term("cement", "骨水泥"),), ["term"]), ((), [])])
def test_an_edited_pair_is_held_against_the_glossary(tmp_path, terms, expected):
    with open_workspace(tmp_path / "a.db", create=True) as workspace:
        glossary = Glossary(terms).dumps() if terms else ""
        run = begin_run(workspace, version="1", settings={"encoder": "bundled"}, inputs=[], glossary=glossary)
        with workspace.transaction():
            ((number, _),) = ingest(workspace, [Record("a", "\n".join(EN), "\n".join(ZH))])
        whole = Pair("a", 0, " ".join(EN), "".join(ZH), (0, 1), (0, 1), 0.9)
        save(workspace, [Result(number, 0, sentences(EN), sentences(ZH), (whole,), ())], run=run)
        before = decisions.read(workspace, "alignment", "1")
        apart = [{"en": [n], "zh": [n], "score": 1.0, "state": "edited"} for n in (0, 1)]
        earlier = remember(workspace, number)
        decide(workspace, "split", [Change("alignment", ("1",), before, {**before, "beads": apart})])
        renew(workspace, number, earlier)
        assert [finding.check for finding in read_findings(workspace) if finding.check == "term"] == expected
