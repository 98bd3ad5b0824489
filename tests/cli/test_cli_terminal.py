"""What a person sees at a terminal: tables as wide as the window, no litter, help, completion."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from aligner import __version__
from aligner.cli.main import START
from aligner.cli.output import streams_to_terminal
from aligner.cli.terminal_table import print_table
from aligner.types import Entry, Pair

fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are of POSIX")

CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
RECORD = Path(__file__).parents[2] / "corpora/intradural-cement-leakage.txt"


def at_a_terminal(*args, columns=80, **environment):
    """Run the command in a pseudo-terminal; return its exit code and what it wrote."""
    import pty
    import termios

    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "aligner", *map(str, args)]
    variables = {**os.environ, "TERM": "xterm-256color", **environment}
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=variables)
    os.close(child)
    written = b""
    try:
        while part := os.read(parent, 65536):
            written += part
    except OSError:  # the other end is closed
        pass
    os.close(parent)
    return process.wait(), written.decode()


def screen(written):
    """Return the lines that stay on the screen: what is erased goes, with the colours."""
    lines = [""]
    for part in re.findall(r"\x1b\[[0-9;?]*[a-zA-Z]|\r\n|\n|\r|[^\x1b\r\n]+", written):
        if part in ("\r\n", "\n"):
            lines.append("")
        elif part == "\x1b[2K":
            lines[-1] = ""
        elif re.fullmatch(r"\x1b\[[0-9]*A", part):
            del lines[-int(part[2:-1] or 1) :]
        elif not CONTROL.fullmatch(part) and part != "\r":
            lines[-1] += part
    return lines


def test_a_table_and_the_summary_are_all_that_stays():
    code, written = at_a_terminal("align", RECORD)
    lines = screen(written)
    assert code == 0
    assert max(map(cell_len, lines)) <= 80
    assert lines[0] == "intradural-cement-leakage"
    assert lines[2].split() == ["pair", "English", "Chinese", "score"]
    text = "\n".join(lines)
    assert "records     1\n" in text
    assert not re.search("━|a second", text)


@pytest.mark.parametrize("columns", [80, 140])
def test_a_table_is_no_wider_than_the_window_and_its_columns_are_even(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    english = "Cement leaked into the epidural space, and it did no harm; "
    pairs = [
        Pair("r", n, english * n, "甲" + "骨水泥渗漏至硬膜外间隙，" * n, (n,), (n,), 0.5) for n in range(1, 9)
    ]
    print_table(pairs, "pairs")
    lines = capsys.readouterr().out.splitlines()
    assert columns - 2 <= max(map(cell_len, lines)) <= columns
    assert len({cell_len(line[: line.index("甲")]) for line in lines if "甲" in line}) == 1


def test_no_bar_where_rows_are_printed_meanwhile(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert streams_to_terminal("tsv", None)
    assert not streams_to_terminal(None, None)
    assert not streams_to_terminal("tsv", Path("a.tsv"))


def test_a_bare_call_shows_three_commands_to_begin_with():
    code, written = at_a_terminal()
    assert (code, written.replace("\r\n", "\n")) == (0, START)
    assert max(map(len, START.splitlines())) <= 79
    assert len(re.findall(r"^  aligner ", START, re.MULTILINE)) == 3


def test_version():
    assert at_a_terminal("--version") == (0, f"aligner {__version__}\r\n")


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("aligner gl", 1, "glossary"),
        ("aligner align --un", 2, "--units"),
        ("aligner evaluate sp", 2, "speed"),
    ],
)
def test_a_shell_completes_commands_and_options(line, word, expected):
    asked = {"_ALIGNER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(word)}
    assert at_a_terminal(**asked) == (0, f"{expected}\r\n")


def rows(number, record="r"):
    return [Pair(record, n, f"Sentence {n}.", f"第{n}句。", (n,), (n,), 0.5) for n in range(number)]


def test_the_first_twenty_rows_and_how_many_more(capsys):
    print_table(rows(25), "pairs")
    out = capsys.readouterr().out
    assert "Sentence 19." in out
    assert "Sentence 20." not in out
    assert out.endswith("… 5 more: --out pairs.tsv\n")


def test_records_are_named_once(capsys):
    print_table([*rows(2, "first"), *rows(2, "[second]")], "pairs")
    out = capsys.readouterr().out
    assert (out.count("first"), out.count("[second]")) == (1, 1)
    print_table([Entry("a [b]", "甲", 0.9, 1, 1)], "glossary")
    assert "a [b]" in capsys.readouterr().out
    print_table([], "findings")
    assert capsys.readouterr().out == ""
