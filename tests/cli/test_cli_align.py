"""``aligner align`` on the real record, and on what people give it by mistake."""

import json
import os
import subprocess
import sys
from threading import Thread

import pytest

ENGLISH = "Bone cement leakage is a frequent complication. It was found in 12 patients."
CHINESE = "骨水泥渗漏是一种常见的并发症。共有12例患者出现渗漏。"
BOTH = f"{ENGLISH}\n\n{CHINESE}\n"


def rows(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_record_has_thirteen_pairs_each_one_to_one(cli, seed):
    code, out, err = cli("align", seed, "--format", "jsonl")
    pairs = rows(out)
    assert code == 0
    assert [(row["en_ids"], row["zh_ids"]) for row in pairs] == [([n], [n]) for n in range(13)]
    assert [row["bead"] for row in pairs] == list(range(13))
    assert {row["record"] for row in pairs} == {"intradural-cement-leakage"}
    assert all(0.5 < row["score"] <= 1 for row in pairs)
    assert (
        pairs[6]["en"]
        == "MRI revealed posterior cement leakage compressing the spinal cord at the T12 level."
    )
    assert pairs[6]["zh"] == "MRI显示后方骨水泥渗漏压迫T12水平脊髓。"
    assert "records     1\nsentences   13 English, 13 Chinese\nbeads       13 (13 1-1)\n" in err


def test_no_text_is_lost_on_the_way(cli, seed):
    _, out, _ = cli("align", seed, "--format", "jsonl")
    lines = seed.read_text(encoding="utf-8").splitlines()
    for language, paragraph in (("en", lines[-2]), ("zh", lines[-1])):
        assert "".join("".join(row[language].split()) for row in rows(out)) == "".join(paragraph.split())


def test_tsv_has_the_same_columns(cli, seed):
    _, out, _ = cli("align", seed)
    header, *lines = out.splitlines()
    assert header.split("\t")[:7] == ["record", "bead", "en_ids", "zh_ids", "en", "zh", "score"]
    assert len(lines) == 13


def test_same_input_same_bytes(cli, seed):
    assert cli("align", seed)[1] == cli("align", seed)[1]


def test_sentence_a_line_files_keep_their_numbers(cli, tmp_path):
    (tmp_path / "a.en").write_text("Cement leaked.\n\nPain was relieved.\n", encoding="utf-8")
    (tmp_path / "a.zh").write_text("骨水泥渗漏。\n疼痛缓解。\n", encoding="utf-8")
    code, out, _ = cli("align", "--lines", tmp_path, "--format", "jsonl")
    assert code == 0
    assert [(r["record"], r["en_ids"], r["zh_ids"]) for r in rows(out)] == [("a", [0], [0]), ("a", [2], [1])]


def test_two_plain_files_are_written_side_by_side(cli, seed, tmp_path):
    code, out, _ = cli("align", seed, "--format", "lines", "--out", tmp_path / "pairs")
    en = (tmp_path / "pairs.en").read_text(encoding="utf-8").splitlines()
    zh = (tmp_path / "pairs.zh").read_text(encoding="utf-8").splitlines()
    assert (code, out, len(en), len(zh)) == (0, "", 13, 13)
    assert zh[6] == "MRI显示后方骨水泥渗漏压迫T12水平脊髓。"
    code, _, err = cli("align", seed, "--format", "lines")
    assert code == 2
    assert "say where with --out NAME" in err


def test_columns_may_be_named(cli, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(f"no,original,translation\n7,{ENGLISH},{CHINESE}\n", encoding="utf-8")
    code, out, _ = cli("align", table, "--columns", "no,original,translation", "--format", "jsonl")
    assert code == 0
    assert {row["record"] for row in rows(out)} == {"7"}
    code, _, err = cli("align", table, "--columns", "original,translation")
    assert code == 2
    assert "write --columns id,en,zh" in err


def test_a_bad_file_costs_no_other(cli, tmp_path):
    (tmp_path / "good.txt").write_text(BOTH, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    code, out, err = cli("align", tmp_path, "--format", "jsonl")
    assert code == 1
    assert {row["record"] for row in rows(out)} == {"good"}
    assert "empty.txt: the file is empty" in err
    assert "records     1, 1 failed" in err


def test_a_file_is_written_whole_or_not_at_all(cli, tmp_path):
    source, out = tmp_path / "good.txt", tmp_path / "pairs.tsv"
    source.write_text(BOTH, encoding="utf-8")
    assert cli("align", source, "--out", out)[0] == 0
    whole = out.read_bytes()
    assert whole.count(b"\n") == 3
    assert cli("align", tmp_path / "missing.txt", "--out", out)[0] == 2
    assert out.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.txt", "pairs.tsv"]
    code, _, err = cli("align", source, "--out", tmp_path / "no" / "pairs.tsv")
    assert code == 2
    assert err.splitlines()[-1].startswith("aligner: ")
    assert "cannot be written" in err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_other_encodings_are_read_correctly(cli, tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(BOTH.encode(encoding))
    code, out, _ = cli("align", tmp_path / "a.txt", "--format", "jsonl")
    assert code == 0
    assert " ".join(row["en"] for row in rows(out)) == ENGLISH
    assert "".join(row["zh"] for row in rows(out)) == CHINESE


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("english.txt", ENGLISH.encode(), "holds English only"),
        ("chinese.txt", CHINESE.encode(), "holds Chinese only"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n", "PDF"),
        ("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n", "PDF"),
        ("long.txt", b"word " * 4_000_000, "a line of 20,000,000 characters"),
    ],
)
def test_bad_input_is_one_clear_line(cli, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = cli("align", path)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("aligner: ")
    assert name in err
    assert words in err


def test_a_missing_file_and_a_folder_without_records_are_one_clear_line(cli, tmp_path):
    for path in (tmp_path / "missing.txt", tmp_path):
        code, out, err = cli("align", path)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert str(path) in err


def test_a_folder_of_translation_files_is_told_how_to_read_them(cli, tmp_path):
    (tmp_path / "a.xlf").write_text("<xliff/>", encoding="utf-8")
    code, out, err = cli("align", tmp_path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "1 hold aligned units: read them with --aligned" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["align"], "Missing argument"),
        (["align", "x", "--colour"], "No such option: --colour"),
        (["allign"], "No such command 'allign'"),
        (["align", "x", "--format", "docx"], "docx"),
        (["align", "x", "--encoder", "nonsense"], "known are: bundled"),
    ],
)
def test_a_bad_argument_is_one_clear_line(cli, arguments, words):
    code, out, err = cli(*arguments)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert words in err


def test_the_table_of_encoders_is_listed(cli):
    code, out, _ = cli("encoders")
    assert code == 0
    assert out.startswith("bundled")


@pytest.mark.parametrize("arguments", [["--help"], ["align", "SEED"]])
def test_torch_is_not_imported(arguments, seed):
    script = (
        "import sys; from aligner.cli.main import run\n"
        "try: run()\n"
        "finally: assert not {'torch', 'transformers', 'jieba', 'pandas'} & set(sys.modules), sys.modules"
    )
    words = [str(seed) if word == "SEED" else word for word in arguments]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(cli, seed, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert cli("align", seed, "--out", pipe)[0] == 0
    reader.join(10)
    assert pipe.is_fifo()
    assert read[0].startswith("record\tbead\t")
