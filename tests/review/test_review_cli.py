"""The commands ``aligner report`` and ``aligner review``, as a user runs them."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from aligner.cli.main import run


@pytest.fixture
def command(monkeypatch, capfd):
    """Return a function that runs ``aligner ARGS`` and gives exit code, stdout and stderr."""

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["aligner", *map(str, args)])
        with pytest.raises(SystemExit) as stopped:
            run()
        return int(stopped.value.code or 0), *capfd.readouterr()

    return call


def test_report_to_a_file(command, workspace_path, tmp_path):
    code, out, err = command("report", workspace_path, "--out", tmp_path / "r.html", "--title", "Ours")
    assert (code, out) == (0, "")
    assert err.split() == ["records", "2", "pairs", "6", "open", "issues", "3"]
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_report_to_stdout(command, workspace_path):
    code, out, _ = command("report", workspace_path)
    assert code == 0
    assert out.endswith("</html>")


@pytest.mark.parametrize("name", ["report", "review"])
def test_a_workspace_that_is_not_there_or_is_none(command, tmp_path, name):
    other = tmp_path / "x.db"
    other.write_text("no database")
    for path, words in ((tmp_path / "none.db", "no such workspace"), (other, "not a database")):
        code, out, err = command(name, path)
        assert (code, out) == (2, "")
        assert words in err
        assert err.count("\n") == 1


def test_review_on_a_port_that_is_taken(command, workspace_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = command("review", workspace_path, "--no-browser", "--port", port)
    assert code == 2
    assert f"port {port} cannot be used" in err


def test_review_serves_this_machine_until_it_is_interrupted(workspace_path):
    args = [sys.executable, "-m", "aligner", "review", str(workspace_path), "--no-browser"]
    with subprocess.Popen(args, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{32,}/", process.stderr.readline())[0]
            with urllib.request.urlopen(address, timeout=20) as answer:
                assert "alpha" in answer.read().decode()
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()
