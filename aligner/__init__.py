"""Turn bilingual English/Chinese medical abstracts into sentence pairs, a glossary and a translation review.

The functions take plain texts, lists, records or data frames, and return sequences that show themselves as
tables and become pandas data frames with ``to_frame()``; ``docs/python.md`` has examples. They run what the
command line runs. Importing this package imports nothing else: a name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.api.calls import align, check, extract_terms, load_encoder, read, segment
    from aligner.api.results import Findings, Occurrences, Pairs, Records, Sentences, Terms
    from aligner.api.working import AlignerWarning
    from aligner.errors import AlignerError, InputError, ModelError, SettingError, UnknownNameError
    from aligner.types import Bead, Context, Entry, Finding, Pair, Record, Sentence, TermPair, Unit

__version__ = "0.2.0"

__all__ = [
    "AlignerError",
    "AlignerWarning",
    "Bead",
    "Context",
    "Entry",
    "Finding",
    "Findings",
    "InputError",
    "ModelError",
    "Occurrences",
    "Pair",
    "Pairs",
    "Record",
    "Records",
    "Sentence",
    "Sentences",
    "SettingError",
    "TermPair",
    "Terms",
    "Unit",
    "UnknownNameError",
    "__version__",
    "align",
    "check",
    "extract_terms",
    "load_encoder",
    "read",
    "segment",
]

_MODULES = {
    "aligner.api.calls": "align check extract_terms load_encoder read segment",
    "aligner.api.results": "Findings Occurrences Pairs Records Sentences Terms",
    "aligner.api.working": "AlignerWarning",
    "aligner.errors": "AlignerError InputError ModelError SettingError UnknownNameError",
    "aligner.types": "Bead Context Entry Finding Pair Record Sentence TermPair Unit",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'aligner' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
