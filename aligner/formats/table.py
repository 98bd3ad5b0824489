"""The table of formats, in the order in which a file is tried."""

from aligner.registry import Row, Table

FORMATS = Table(
    "format",
    {
        "jsonl": Row("aligner.formats.jsonl:FORMAT", "one JSON object a line"),
        "tsv": Row("aligner.formats.tsv:FORMAT", "tab-separated table with a header row"),
        "csv": Row("aligner.formats.csv:FORMAT", "comma-separated table with a header row"),
        "tmx": Row("aligner.formats.tmx:FORMAT", "TMX 1.4b translation memory"),
        "lines": Row(
            "aligner.formats.lines:FORMAT", "NAME.en and NAME.zh, or gold NAME.json, one sentence a line"
        ),
        "pasted": Row("aligner.formats.pasted:FORMAT", "a record as copied from PubMed or a journal page"),
    },
)
