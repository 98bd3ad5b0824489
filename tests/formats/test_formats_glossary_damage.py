"""Whatever a glossary file holds, each row is an entry or one clear message."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.formats import read_glossary
from aligner.formats.glossary_rows import COLUMNS
from aligner.types import Entry

VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["en", "zh", "record", "count"]), inner, max_size=4),
    ),
    max_leaves=6,
)
ROW = st.dictionaries(st.sampled_from([*COLUMNS, "other"]), VALUE)


def checked(items):
    assert all(isinstance(item, Entry | InputError) for item in items)
    return items


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rows=st.lists(ROW, min_size=1, max_size=4))
def test_any_json_is_an_entry_or_an_error(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("x") / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert 1 <= len(checked(list(read_glossary([str(path)])))) <= len(rows)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(data=st.text(st.sampled_from('\t\n"|: \\enzh骨折0.1=,'), max_size=60))
@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".utf8"])
def test_any_table_is_entries_or_errors(tmp_path_factory, suffix, data):
    path = tmp_path_factory.mktemp("x") / f"x{suffix}"
    path.write_bytes(("en\tzh\tcount\n" if suffix == ".tsv" else "").encode() + data.encode())
    checked(list(read_glossary([str(path)])))


PIECES = [
    "<conceptEntry id='a'>",
    "</conceptEntry>",
    "<langSec xml:lang='en'>",
    "<langSec xml:lang='zh'>",
    "<langSec>",
    "</langSec>",
    "<termSec><term>x</term></termSec>",
    "<termSec><term>骨</term><note>n</note></termSec>",
    "<termSec/>",
    "<descrip type='context'>c</descrip>",
    "<note id='a-figures'>score 2.0, occurrences 1, records 1</note>",
    "<note id='a-figures'>score ., occurrences 1, records 1</note>",
    "<!-- c --><?pi?>",
    "<admin type='source'>s</admin>",
]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_termbase_is_entries_or_errors(tmp_path_factory, pieces):
    path = tmp_path_factory.mktemp("x") / "x.tbx"
    path.write_text(f"<tbx><text><body>{''.join(pieces)}</body></text></tbx>", encoding="utf-8")
    checked(list(read_glossary([str(path)])))
