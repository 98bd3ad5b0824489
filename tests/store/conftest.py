"""A workspace with two small records in it, as a run leaves them."""

import pytest
from store_examples import EN, ZH, work_off

from aligner.store import begin_run, open_workspace, take
from aligner.types import Record


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        begin_run(opened, version="1", settings={"encoder": "bundled"}, inputs=["a"])
        previous = None
        with opened.transaction():
            for name in ("one", "two"):
                previous, _ = take(opened, Record(name, EN, ZH), previous)
        work_off(opened)
        yield opened
