"""RefWorks' tagged export, as CNKI and Wanfang give it: ``RT Journal Article``, ``AB`` for each abstract."""

import regex

from aligner.formats.base import Format
from aligner.formats.tagged import Dialect, reader, recognises

_DIALECT = Dialect(
    field=regex.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)"),
    first="RT",
    roles={
        **dict.fromkeys(("T1", "T2", "OT"), "title"),
        "AB": "abstract",
        "K1": "keywords",
        "A1": "authors",
        "AD": "affiliations",
        "JF": "journal",
        "YR": "year",
        "DO": "doi",
        "NO": "note",
        "RT": "type",
    },
)

FORMAT = Format(
    name="refworks",
    suffixes=(".txt",),
    recognises=recognises(_DIALECT),
    read_records=reader(_DIALECT),
)
