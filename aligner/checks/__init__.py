"""Checks: where a translation may have drifted, one file a check.

A check is a function ``check(parsed, context) -> Iterator[Finding]``. Adding one is a file and a row here.
"""

from aligner.checks.glossary import Glossary, Term, load_glossary, of_entries
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.run import check, check_pairs
from aligner.checks.table import CHECKS

__all__ = [
    "CHECKS",
    "CheckContext",
    "Glossary",
    "ParsedPair",
    "Term",
    "check",
    "check_pairs",
    "load_glossary",
    "of_entries",
]
