"""What a termbase says of a term's use, as one of our statuses.

The words stand in ``statuses.tsv``: those of TBX (preferredTerm-admn-sts), UTX (approved, provisional,
non-standard, forbidden), MultiTerm and of tables, in either language.
"""

from functools import cache
from importlib.resources import files

import regex

from aligner.text.han import simplify
from aligner.types import Status

_TBX = regex.compile(r"(?:term)?(?:admnsts)?$")
_UNTRANSLATED = {"donottranslate", "nottranslated", "dnt", "不译"}


def status_of(text: str) -> Status | None:
    """Return the status that words say (Preferred, admittedTerm-admn-sts, 禁用); None if unknown."""
    return _words().get(_plain(text))


def stays_untranslated(text: str) -> bool:
    """Tell whether a status says that the term stays as it is in the other language."""
    return _plain(text) in _UNTRANSLATED


def _plain(text: str) -> str:
    return _TBX.sub("", regex.sub(r"[\W_]+", "", simplify(text).casefold()), count=1)


@cache
def _words() -> dict[str, Status]:
    table = files("aligner.formats").joinpath("statuses.tsv").read_text(encoding="utf-8")
    words: dict[str, Status] = {"": "candidate"}
    statuses: tuple[Status, ...] = ("candidate", "accepted", "rejected")
    for line in table.splitlines()[1:]:
        name, _, known = line.partition("\t")
        words.update(dict.fromkeys(known.split(), next(status for status in statuses if status == name)))
    return words
