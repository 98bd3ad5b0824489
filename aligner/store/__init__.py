"""The workspace: one SQLite file with records, what was found in them and what people decided about it."""

from aligner.store.addresses import address_dumps, address_loads
from aligner.store.contents import (
    StoredPairs,
    count_contents,
    metadata_of,
    read_findings,
    read_front,
    read_glossary,
    read_pairs,
    read_terms,
    read_units,
)
from aligner.store.decided import finding_key
from aligner.store.decisions import Change, Decision, StaleError, decide, log, redo, undo
from aligner.store.glossary import glossary_is_current, save_glossary
from aligner.store.ingest import Ingest, has_room, ingest
from aligner.store.lock import one_run
from aligner.store.records import Remembered
from aligner.store.results import Failure, Found, Result, fail, save, write_findings, write_terms
from aligner.store.runs import begin_run, end_run, read_checked_by, read_failures, read_settings
from aligner.store.tasks import Task, blocks_to_do, count_to_do, members, untouched
from aligner.store.workspace import Workspace, open_workspace

__all__ = [
    "Change",
    "Decision",
    "Failure",
    "Found",
    "Ingest",
    "Remembered",
    "Result",
    "StaleError",
    "StoredPairs",
    "Task",
    "Workspace",
    "address_dumps",
    "address_loads",
    "begin_run",
    "blocks_to_do",
    "count_contents",
    "count_to_do",
    "decide",
    "end_run",
    "fail",
    "finding_key",
    "glossary_is_current",
    "has_room",
    "ingest",
    "log",
    "members",
    "metadata_of",
    "one_run",
    "open_workspace",
    "read_checked_by",
    "read_failures",
    "read_findings",
    "read_front",
    "read_glossary",
    "read_pairs",
    "read_settings",
    "read_terms",
    "read_units",
    "redo",
    "save",
    "save_glossary",
    "undo",
    "untouched",
    "write_findings",
    "write_terms",
]
