"""The rooms import downwards only: the contracts in pyproject.toml hold for the tree that is tested."""

from pathlib import Path

from importlinter.cli import lint_imports

CONFIG = Path(__file__).parents[1] / "pyproject.toml"


def test_rooms_import_from_floors_below_their_own(capsys):
    failed = lint_imports(config_filenames=(str(CONFIG),), no_cache=True, no_logo=True)
    assert not failed, capsys.readouterr().out
