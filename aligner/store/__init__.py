"""The workspace: one SQLite file with records, what was found in them and what people decided about it."""

from aligner.store.addresses import address_dumps, address_loads
from aligner.store.decisions import Change, Decision, StaleError, decide, log, redo, undo
from aligner.store.glossary import glossary_is_current, save_glossary
from aligner.store.reading import StoredPairs, read_findings, read_glossary, read_pairs, read_terms
from aligner.store.records import Remembered
from aligner.store.results import Failure, Found, Result, fail, save, write_findings, write_terms
from aligner.store.rulings import ruling_key
from aligner.store.runs import begin_run, end_run, read_checked_by, read_failures
from aligner.store.sole import sole_run
from aligner.store.taking import has_room, take
from aligner.store.tasks import Task, blocks_to_do, count_to_do, members, untouched
from aligner.store.workspace import Workspace, open_workspace

__all__ = [
    "Change",
    "Decision",
    "Failure",
    "Found",
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
    "count_to_do",
    "decide",
    "end_run",
    "fail",
    "glossary_is_current",
    "has_room",
    "log",
    "members",
    "open_workspace",
    "read_checked_by",
    "read_failures",
    "read_findings",
    "read_glossary",
    "read_pairs",
    "read_terms",
    "redo",
    "ruling_key",
    "save",
    "save_glossary",
    "sole_run",
    "take",
    "undo",
    "untouched",
    "write_findings",
    "write_terms",
]
