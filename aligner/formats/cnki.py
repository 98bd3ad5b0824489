"""CNKI's own export: ``Title-题名: ...``, an English word and its Chinese name before each field."""

import regex

from aligner.formats.base import Format
from aligner.formats.tagged import Dialect, reader, recognises

_DIALECT = Dialect(
    field=regex.compile(r"([A-Za-z]{2,30})-[\p{L} ]{1,12}[:：](?:\s?(.*)|$)"),
    first="SrcDatabase",
    roles={
        **dict.fromkeys(("Title", "EnglishTitle"), "title"),
        **dict.fromkeys(("Summary", "EnglishSummary"), "abstract"),
        **dict.fromkeys(("Keyword", "EnglishKeyword"), "keywords"),
        "Author": "authors",
        "Organ": "affiliations",
        "Source": "journal",
        "Year": "year",
        "DOI": "doi",
    },
)

FORMAT = Format(
    name="cnki",
    suffixes=(".txt",),
    recognises=recognises(_DIALECT),
    read_records=reader(_DIALECT),
)
