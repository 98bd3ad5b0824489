"""A command that writes a file and a run with its exports give the same bytes, whatever the input is."""

import json

import pytest
from engine_examples import CORPORA, call, texts

EXPORTS = {"align": "pairs", "glossary": "glossary", "check": "findings"}
GOLD = sorted((CORPORA / "constructed" / "gold").glob("*.json"))


def records(folder):
    """Return whole documents, a pasted page, a broken file and a second record of the same name."""
    (folder / "again").mkdir()
    seed = (CORPORA / "intradural-cement-leakage.txt").read_bytes()
    (folder / "seed.txt").write_bytes(seed)
    (folder / "again" / "seed.txt").write_bytes(seed)
    (folder / "broken.txt").write_bytes(b"")
    return ["--lines", *GOLD[:2]], [folder]


def rows(folder):
    """Write pairs that came aligned: ids that repeat, apart from each other too, blank sides and slips."""
    path = folder / "rows.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (en, zh) in enumerate(list(texts())[:24]):
            row = {"id": f"r{number % 5}", "en": en, "zh": zh.replace("1", "2") if number % 3 else zh}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.write(json.dumps({"id": "r1", "en": "", "zh": "没有英文。"}, ensure_ascii=False) + "\n")
    return ["--aligned", path]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["segmented", "pasted", "aligned"])
def test_files_and_workspace_hold_the_same_bytes(tmp_path, which):
    folder = tmp_path / "in"
    folder.mkdir()
    inputs = rows(folder) if which == "aligned" else records(folder)[which == "pasted"]
    workspace = tmp_path / "a.db"
    assert call("run", *inputs, "--workspace", workspace)[0] < 2
    for command, what in EXPORTS.items():
        if command == "align" and which == "aligned":
            continue
        for format_ in ("jsonl", "tsv"):
            _, direct, err = call(command, *inputs, "--format", format_)
            code, exported, _ = call("export", workspace, what, "--format", format_)
            assert (code, direct.decode()) == (0, exported.decode()), err
            assert direct.count(b"\n") >= 2
