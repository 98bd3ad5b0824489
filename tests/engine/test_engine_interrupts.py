"""Stopped at any moment, a run goes on with the result of one that was never stopped."""

import os
import random
import resource
import signal
import subprocess
import time

import pytest
from engine_examples import call, command, exports, write_records

from aligner.store import open_workspace

pytestmark = pytest.mark.slow
KILLS = 24
DONE = "SELECT count(*) FROM records WHERE state = 'done'"


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return write_records(tmp_path_factory.mktemp("interrupts") / "records.jsonl", 32, pairs=1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, records):
    """Return the exports of an uninterrupted run, and how long it took."""
    workspace = tmp_path_factory.mktemp("whole") / "a.db"
    started = time.monotonic()
    assert call("run", records, "--workspace", workspace)[0] == 0
    return exports(workspace), time.monotonic() - started


def stop(process, how):
    """Send a signal to the program or to all its processes, and wait until the last has ended."""
    if how == "all":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.send_signal(how)
    process.communicate(timeout=60)  # ends when the last worker has closed its end of the pipe
    return process.returncode


def test_kills_at_random_moments_change_nothing(tmp_path, records, whole):
    expected, seconds = whole
    chance = random.Random(20)
    kills = generation = 0
    while kills < KILLS:
        generation += 1
        workspace = tmp_path / f"{generation}.db"
        code, done = None, 0
        while code != 0:
            process = subprocess.Popen(
                command("run", records, "--workspace", workspace, "--jobs", 1 + generation % 2),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            how = chance.choice(["all", signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
            try:
                code = process.wait(chance.uniform(0.2, 0.8) * seconds if kills < KILLS else 300)
                process.communicate()
                seconds *= 0.9 if kills < KILLS else 1  # too late to kill it: be earlier
            except subprocess.TimeoutExpired:
                kills += 1
                code = stop(process, how)
            if workspace.exists():
                with open_workspace(workspace, create=True) as opened:
                    assert opened.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                    before, done = (
                        done,
                        opened.db.execute("SELECT count(*) FROM records WHERE state = 'done'").fetchone()[0],
                    )
                    assert done >= before
        assert exports(workspace) == expected


def interruptible():
    """Take SIGINT as a program in a terminal does; jobs in the background have inherited to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_says_that_nothing_is_lost(tmp_path, records, whole):
    for delay in (0.5, 0.25, 0.1, 0.05, 0.0):  # where it is done already: be earlier
        (tmp_path / "a.db").unlink(missing_ok=True)
        process = subprocess.Popen(
            command("run", records, "--workspace", tmp_path / "a.db", "--jobs", 2),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=interruptible,
        )
        while not (tmp_path / "a.db").exists():
            time.sleep(0.01)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes
        _, err = process.communicate(timeout=60)
        if process.returncode:
            break
    assert process.returncode == 130
    assert err.decode() == (
        "aligner: interrupted; what is done is kept, the same command goes on from there\n"
    )
    assert call("run", records, "--workspace", tmp_path / "a.db")[0] == 0
    assert exports(tmp_path / "a.db") == whole[0]


@pytest.mark.parametrize("size", [30_000, 150_000, 300_000])
def test_a_full_disk_ends_the_run_with_one_line(tmp_path, records, whole, size):
    workspace = tmp_path / "a.db"
    code, _, err = call(
        *("run", records, "--workspace", workspace),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert (code, err.count("\n")) == (2, 1)
    assert "run again: what was done is kept" in err
    assert call("run", records, "--workspace", workspace)[0] == 0
    assert exports(workspace) == whole[0]


def test_running_again_changes_no_byte_of_the_exports(tmp_path, records, whole):
    workspace = tmp_path / "a.db"
    for jobs in (2, 1):
        assert call("run", records, "--workspace", workspace, "--jobs", jobs)[0] == 0
        assert exports(workspace) == whole[0]
