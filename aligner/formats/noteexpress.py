"""NoteExpress, as CNKI, Wanfang and VIP export it: ``{Reference Type}: Journal Article``, a field a line."""

import regex

from aligner.formats.base import Format
from aligner.formats.tagged import Dialect, reader, recognises

_DIALECT = Dialect(
    field=regex.compile(r"\{([^{}]{1,40})\}\s?[:：]\s?(.*)"),
    first="Reference Type",
    roles={
        **dict.fromkeys(("Title", "Translated Title"), "title"),
        **dict.fromkeys(("Abstract", "Translated Abstract"), "abstract"),
        **dict.fromkeys(("Keywords", "Translated Keywords"), "keywords"),
        **dict.fromkeys(("Author", "Translated Author"), "authors"),
        "Author Address": "affiliations",
        **dict.fromkeys(("Journal", "Translated Journal"), "journal"),
        "Year": "year",
        "DOI": "doi",
        "Notes": "note",
    },
)

FORMAT = Format(
    name="noteexpress",
    suffixes=(
        ".net",
        ".txt",
    ),
    recognises=recognises(_DIALECT),
    read_records=reader(_DIALECT),
)
