"""A damaged workspace is one clear line and exit 2 in every command that reads one."""

import random
import shutil
import sqlite3

import pytest

COMMANDS = (
    ("export", "pairs"),
    ("export", "glossary"),
    ("export", "findings"),
    ("report",),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    from aligner.store import opening

    path = tmp_path_factory.mktemp("sound") / "work.db"
    script = (opening.Path(__file__).parents[1] / "store" / "workspace_2.sql").read_text(encoding="utf-8")
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()
    opening.connect(path).close()
    return path


def damage(path, seed):
    """Overwrite a few bytes of a file, or cut it short; the same seed does the same."""
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    if seed % 8 == 0:
        data = data[: chance.randrange(100, len(data))]
    for _ in range(chance.choice((1, 4, 40, 400))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workspace_is_one_line(cli, sound, tmp_path, seed):
    path = tmp_path / "work.db"
    shutil.copy(sound, path)
    damage(path, seed)
    for name, *what in COMMANDS:
        code, _, err = cli(
            name, path, *what, "--out", tmp_path / "out.html" if name == "report" else tmp_path / "out.tsv"
        )
        assert "Traceback" not in err
        assert code in (0, 1, 2)
        if code == 2:
            assert len(err.splitlines()) == 1, err


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE beads SET en_ids = '[0'",
        "UPDATE beads SET en_ids = '[9]'",
        "UPDATE records SET metadata = 'x'",
        "UPDATE glossary SET competing = '{'",
        "UPDATE beads SET zh = x'ff'",
        "UPDATE beads SET score = 'high'",
        "UPDATE findings SET en_start = 'x'",
    ],
)
def test_columns_that_hold_something_else_are_one_line(cli, sound, tmp_path, change):
    path = tmp_path / "work.db"
    shutil.copy(sound, path)
    db = sqlite3.connect(path)
    db.execute(change)
    db.commit()
    db.close()
    for name, *what in COMMANDS:
        out = tmp_path / ("out.html" if name == "report" else "out.tsv")
        code, _, err = cli(name, path, *what, "--out", out)
        assert "Traceback" not in err, err
        assert (code in (0, 1)) or len(err.splitlines()) == 1
