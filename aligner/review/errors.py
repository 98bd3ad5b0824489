"""Kinds and severities of errors, as MQM (Lommel et al. 2014) has them, and what each check proposes."""

from __future__ import annotations

from aligner.types import Finding

SEVERITIES = ("minor", "major", "critical")
"""How bad an error is; only a person says that."""

SURENESS = {"error": "sure", "warning": "likely", "info": "maybe"}
"""How sure a check is: the words of the page for those of the files."""

KINDS = {
    "mistranslation": "m",
    "omission": "o",
    "addition": "a",
    "untranslated": "u",
    "terminology": "t",
    "language": "l",
    "style": "s",
    "format": "f",
}
"""Kinds of errors, each with the key that saves it."""

_BY_CHECK = {
    "omission": "omission",
    "addition": "addition",
    "untranslated": "untranslated",
    "term": "terminology",
    "abbreviation": "terminology",
    "consistency": "terminology",
    "punctuation": "language",
    "repetition": "language",
    "tag": "format",
    "address": "format",
}
_BY_CATEGORY = {
    "terminology": "terminology",
    "linguistic conventions": "language",
    "locale conventions": "format",
    "style": "style",
}


def kind_of(finding: Finding) -> str:
    """Return the kind of error that a finding is, if it is one: what the check proposes."""
    return _BY_CHECK.get(finding.check) or _BY_CATEGORY.get(finding.category, "mistranslation")
