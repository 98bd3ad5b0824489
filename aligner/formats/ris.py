"""RIS, as reference managers and databases export it: ``TY  - JOUR`` to ``ER  -``.

The two abstracts stand in AB and N2, in two AB, or one after the other in one.
"""

import regex

from aligner.formats.base import Format
from aligner.formats.tagged import Dialect, reader, recognises

_DIALECT = Dialect(
    field=regex.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|$)"),
    first="TY",
    last="ER",
    roles={
        **dict.fromkeys(("TI", "T1", "TT"), "title"),
        **dict.fromkeys(("AB", "N2"), "abstract"),
        **dict.fromkeys(("AU", "A1"), "authors"),
        **dict.fromkeys(("JO", "JF", "T2"), "journal"),
        **dict.fromkeys(("PY", "Y1"), "year"),
        "KW": "keywords",
        "DO": "doi",
        "AD": "affiliations",
        "N1": "note",
    },
)

FORMAT = Format(
    name="ris",
    suffixes=(".ris",),
    recognises=recognises(_DIALECT),
    read_records=reader(_DIALECT),
)
