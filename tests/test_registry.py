"""Tables of names and errors that say what to do."""

import pytest

from aligner.errors import AlignerError, InputError, UnknownNameError
from aligner.registry import Row, Table

TABLE = Table(
    "shape", {"path": Row("pathlib:Path", "a path"), "ordered": Row("collections:OrderedDict", "a dict")}
)


def test_a_row_is_imported_when_asked_for():
    from pathlib import Path

    assert TABLE.load("path") is Path
    assert "path" in TABLE
    assert list(TABLE) == ["path", "ordered"]


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UnknownNameError) as caught:
        TABLE.load("square")
    assert str(caught.value) == "unknown shape 'square'; known are: path, ordered"


def test_a_table_describes_itself_a_line_each():
    assert TABLE.describe() == "path     a path\nordered  a dict"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AlignerError("it broke"), "it broke"),
        (InputError("no Chinese text", where="a.txt"), "a.txt: no Chinese text"),
        (InputError("two\nlines", where="a", hint="try b"), "a: two lines; try b"),
    ],
)
def test_an_error_is_one_line(error, expected):
    assert str(error) == expected
