"""How the program starts and ends: help, interrupts, closed pipes, names that are no UTF-8, terminals."""

import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest
from rich.cells import cell_len

from aligner import __version__
from aligner.cli.exit_codes import ExitCode
from aligner.cli.output import format_of

ROW = '{{"id": "r{0}", "en": "Bone cement leaked in {0} patients.", "zh": "{0}例患者骨水泥渗漏。"}}\n'
GBK = "\udcb9\udcc7"  # the bytes of 骨 in GBK, as Python has them in names


def program(*args, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "aligner", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text("".join(ROW.format(n) for n in range(3)), encoding="utf-8")
    return path


def test_the_bare_command_shows_three_first_commands(cli):
    code, out, err = cli()
    assert (code, err) == (0, "")
    assert len([line for line in out.splitlines() if line.startswith("  aligner ")]) == 3
    assert cli("--version")[:2] == (0, f"aligner {__version__}\n")
    assert "Commands:" in cli("evaluate")[1]


def test_an_input_without_a_name_is_refused(cli):
    for command in ("align", "glossary", "check"):
        code, out, err = cli(command, "")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "an INPUT has no name" in err


@pytest.mark.parametrize("command", ["align", "glossary", "check"])
def test_an_interrupt_is_one_line_and_130(tmp_path, command):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(ROW.format(n) for n in range(20_000)), encoding="utf-8")
    for seconds in (2, 8, 30):  # a slow machine may still be starting the interpreter
        process = program(command, path, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        if b"/importlib" not in err:
            break
    assert (process.returncode, err) == (ExitCode.INTERRUPTED, b"aligner: interrupted\n")


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(ROW.format(n) for n in range(4_000)), encoding="utf-8")
    process = program("align", path)
    assert process.stdout.readline().startswith(b"record\t")
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait(60) == ExitCode.DONE


@pytest.mark.parametrize(
    ("name", "what", "out", "expected"),
    [
        ("TMX", "pairs", None, "tmx"),
        (None, "pairs", None, "tsv"),
        (None, "pairs", "a.TMX", "tmx"),
        (None, "pairs", "a.xlf", "xliff"),
        (None, "glossary", "a.xlsx", "xlsx"),
        (None, "glossary", "a.tbx", "tbx"),
        (None, "glossary", "a.tsv", "tsv"),
        (None, "glossary", "a.csv", "csv"),
        (None, "findings", "a.html", "html"),
        (None, "findings", "a.jsonl", "jsonl"),
        (None, "pairs", "a.strange", "tsv"),
        (None, "pairs", "none", "tsv"),
        ("tsv", "pairs", "a.tmx", "tsv"),
    ],
)
def test_the_format_is_the_one_named_or_that_of_the_extension(tmp_path, name, what, out, expected):
    assert format_of(name, what, tmp_path / out if out else None) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_names_that_are_no_utf_8_are_escaped_and_kept(cli, records, tmp_path):
    folder = tmp_path / GBK
    folder.mkdir()
    source = folder / f"{GBK}.txt"
    source.write_text("Bone cement leaked.\n\n骨水泥渗漏。\n", encoding="utf-8")
    out = tmp_path / f"{GBK}.tsv"
    code, _, err = cli("align", source, "--out", out)
    assert (code, out.read_text(encoding="utf-8").splitlines()[1].split("\t")[0]) == (0, r"\xb9\xc7"), err
    code, _, err = cli("glossary", records, "--topic", f"cement {GBK}", "--out", out)
    assert code == 0, err
    workspace = tmp_path / f"{GBK}.db"
    code, _, err = cli("run", folder, "--workspace", workspace)
    assert code == 0, err
    assert cli("export", workspace, "pairs")[1].splitlines()[1].split("\t")[0] == r"\xb9\xc7"
    page = tmp_path / f"{GBK}.html"
    code, _, err = cli("report", workspace, "--title", f"Report {GBK}", "--out", page)
    assert code == 0, err
    assert r"Report \xb9\xc7" in page.read_text(encoding="utf-8")
    for command in (("align", folder / "none.txt"), ("export", tmp_path / f"{GBK}.none", "pairs")):
        code, _, err = cli(*command)
        assert (code, r"\xb9\xc7" in err, err.count("\n")) == (2, True, 1)


@pytest.mark.parametrize("width", [60, 100])
def test_a_terminal_gets_a_table_of_its_width(tmp_path, width):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(ROW.format(n) for n in range(25)), encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", "align", str(path)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment,
    )
    os.close(theirs)
    data = b""
    while True:
        try:
            data += os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
    with process.stderr:
        assert b"25 English" in process.stderr.read()
    assert process.wait(60) == 0
    os.close(ours)
    lines = re.sub(r"\x1b\[[\d;]*m", "", data.decode()).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert lines[-1] == "… 5 more: --out pairs.tsv"
    assert sum("r19" in line for line in lines) == 1
    assert not any("r20" in line for line in lines)
    text = "".join("".join(line.split()) for line in lines)
    assert "患者骨水泥渗漏" in text or width == 60


def test_a_failed_run_leaves_no_workspace_behind(cli, records, tmp_path):
    for args in ([tmp_path / "none.txt"], [records, "--encoder", "none"], [records, "--input-format", "tmx"]):
        workspace = tmp_path / "a.db"
        code, out, err = cli("run", *args, "--workspace", workspace)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]
