"""What goes wrong with one record costs that record alone, in every command."""

import json

import pytest

from aligner.engine import Inputs, Settings, stream_results
from aligner.store import Failure, Result

GOOD = ("Bone cement leaked in 5 patients.", "5例患者骨水泥渗漏。")
STAGES = {
    "align": "aligner.engine.work.align_task",
    "terms": "aligner.terms.extract",
    "checks": "aligner.checks.check_pairs",
}


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    rows = [{"id": name, "en": GOOD[0], "zh": GOOD[1]} for name in ("one", "bad", "two")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def names_of(stage, items):
    """Return the names of the records that a stage is given, as it is given them."""
    if stage == "align":
        return [items.record.name]
    return [getattr(item, "pair", item).record for item in items]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("胸٣1"), "unforeseen KeyError: '胸٣1' (engine/test_engine_failures.py:"),
        (MemoryError(), "there is not enough memory for it"),
        (RecursionError("too deep"), "unforeseen RecursionError: too deep"),
    ],
)
def test_a_mistake_on_one_record_costs_no_other(monkeypatch, records, stage, error, said):
    module, _, name = STAGES[stage].rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)

    def sometimes(items, *args, **options):
        held = items if stage == "align" else list(items)
        if "bad" in names_of(stage, held):
            raise error
        return real(held, *args, **options)

    monkeypatch.setattr(STAGES[stage], sometimes)
    outcomes = list(stream_results(Inputs([str(records)]), Settings()))
    (failure,) = (one for one in outcomes if isinstance(one, Failure))
    assert (failure.record, failure.stage) == ("bad", stage)
    assert failure.reason.startswith(said.split(" (")[0])
    done = [one for one in outcomes if isinstance(one, Result)]
    assert {pair.record for one in done for pair in one.pairs} >= {"one", "two"}
    assert {term.record for one in done for term, _ in one.terms or ()} >= {"one", "two"}
    if stage == "align":
        assert len(done) == 2


def test_every_command_goes_on_after_it(cli_call, records):
    for command in ("align", "glossary", "check"):
        code, out, err = cli_call(command, records, "--format", "jsonl")
        assert (code, "bad: there is not enough memory for it" in err) == (1, True), err
        assert "records     2, 1 failed\n" in err
        assert out or command == "check"


@pytest.fixture
def cli_call(capfd, monkeypatch):
    import sys

    from aligner.cli.main import run
    from aligner.engine.alignment import align_task

    def sometimes(task, encoder, **options):
        if task.record.name == "bad":
            raise MemoryError
        return align_task(task, encoder, **options)

    monkeypatch.setattr("aligner.engine.work.align_task", sometimes)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["aligner", *map(str, args)])
        with pytest.raises(SystemExit) as stopped:
            run()
        return stopped.value.code, *capfd.readouterr()

    return call
