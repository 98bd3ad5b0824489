"""NoteExpress, as Chinese databases export it: ``{Reference Type}: Journal Article``, a field a line."""

import regex

from aligner.formats.base import Format
from aligner.formats.tagged import Dialect, reader, recognises

_DIALECT = Dialect(
    field=regex.compile(r"\{([^{}]{1,40})\}:(?: (.*)|$)"),
    first="Reference Type",
    roles={
        **dict.fromkeys(("Title", "Translated Title"), "title"),
        **dict.fromkeys(("Abstract", "Translated Abstract"), "abstract"),
        **dict.fromkeys(("Keywords", "Translated Keywords"), "keywords"),
        "Author": "authors",
        "Author Address": "affiliations",
        "Journal": "journal",
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
