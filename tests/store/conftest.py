"""A workspace with two small records in it, as a run leaves them."""

import pytest
from store_examples import EN, ZH, work_off

from aligner.store import begin_run, ingest, open_workspace
from aligner.types import Record


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "a.db", create=True) as opened:
        begin_run(opened, version="1", settings={"encoder": "bundled"}, inputs=["a"])
        with opened.transaction():
            ingest(opened, [Record(name, EN, ZH) for name in ("one", "two")])
        work_off(opened)
        yield opened
