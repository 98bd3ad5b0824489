"""Run commands as a user does, in this process."""

import sys
from pathlib import Path

import pytest

from aligner.cli.main import run

CORPORA = Path(__file__).parents[2] / "corpora"
SEED = CORPORA / "intradural-cement-leakage.txt"


@pytest.fixture
def cli(capfd, monkeypatch):
    """Return a function that runs ``aligner ARGS`` and gives exit code, stdout and stderr."""

    def call(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["aligner", *map(str, args)])
        with pytest.raises(SystemExit) as stopped:
            run()
        out, err = capfd.readouterr()
        return int(stopped.value.code or 0), out, err

    return call


@pytest.fixture
def seed() -> Path:
    return SEED
