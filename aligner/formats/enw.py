"""EndNote's tagged export (``.enw``, as CNKI gives it): ``%0 Journal Article``, ``%X`` for each abstract."""

import regex

from aligner.formats.base import Format
from aligner.formats.tagged import Dialect, reader, recognises

_DIALECT = Dialect(
    field=regex.compile(r"(%.)(?: (.*)|$)"),
    first="%0",
    roles={
        **dict.fromkeys(("%T", "%Q"), "title"),
        "%X": "abstract",
        "%K": "keywords",
        "%A": "authors",
        **dict.fromkeys(("%J", "%B"), "journal"),
        "%D": "year",
        "%R": "doi",
        "%+": "affiliations",
        "%Z": "note",
        "%0": "type",
    },
)

FORMAT = Format(
    name="enw",
    suffixes=(".enw",),
    recognises=recognises(_DIALECT),
    read_records=reader(_DIALECT),
)
