"""The table of formats, in the order in which a file is tried."""

from aligner.registry import Row, Table

FORMATS = Table(
    "format",
    {
        "parallel": Row("aligner.formats.parallel:FORMAT", "two text files, NAME.en and NAME.zh"),
        "json": Row(
            "aligner.formats.json_table:FORMAT", "JSON: a list of objects, or terms with translations"
        ),
        "jsonl": Row("aligner.formats.jsonl:FORMAT", "one JSON object a line"),
        "utx": Row("aligner.formats.utx:FORMAT", "UTX glossary"),
        "omegat": Row("aligner.formats.omegat:FORMAT", "OmegaT glossary: source, target, comment, no header"),
        "two-column": Row(
            "aligner.formats.two_column:FORMAT", "glossary of two columns without a header (DeepL)"
        ),
        "tsv": Row("aligner.formats.tsv:FORMAT", "tab-separated table with a header row"),
        "csv": Row("aligner.formats.csv:FORMAT", "comma-separated table with a header row"),
        "xlsx": Row("aligner.formats.xlsx:FORMAT", "Excel workbook, one table a sheet"),
        "docx": Row("aligner.formats.docx:FORMAT", "Word document: a bilingual table, or paragraphs"),
        "bitext": Row(
            "aligner.formats.bitext:FORMAT", "sentence pairs in columns without a header (LF Aligner)"
        ),
        "po": Row("aligner.formats.po:FORMAT", "gettext catalogue"),
        "tmx": Row("aligner.formats.tmx:FORMAT", "TMX 1.4b translation memory"),
        "xliff": Row("aligner.formats.xliff:FORMAT", "XLIFF 2.1; 1.2, 2.0, SDLXLIFF and MQXLIFF are read"),
        "tbx": Row(
            "aligner.formats.tbx:FORMAT", "TBX 3 termbase (ISO 30042:2019, TBX-Basic); TBX-Min is read"
        ),
        "tbx2": Row("aligner.formats.tbx:FORMAT_V2", "TBX 2 termbase (ISO 30042:2008, martif)"),
        "multiterm": Row("aligner.formats.multiterm:FORMAT", "MultiTerm XML termbase"),
        "pubmed": Row("aligner.formats.pubmed_xml:FORMAT", "PubMed and MEDLINE XML, plain or gzip"),
        "medline": Row("aligner.formats.medline:FORMAT", "MEDLINE text as PubMed saves it (.nbib)"),
        "pubmed-text": Row("aligner.formats.pubmed_text:FORMAT", "PubMed's Abstract (text)"),
        "jats": Row(
            "aligner.formats.jats:FORMAT", "JATS, the XML of PubMed Central and journals, plain or gzip"
        ),
        "endnote": Row("aligner.formats.endnote_xml:FORMAT", "EndNote XML"),
        "enw": Row("aligner.formats.enw:FORMAT", "EndNote's tagged export (.enw)"),
        "ris": Row("aligner.formats.ris:FORMAT", "RIS references"),
        "refworks": Row("aligner.formats.refworks:FORMAT", "RefWorks' tagged export"),
        "noteexpress": Row("aligner.formats.noteexpress:FORMAT", "NoteExpress export"),
        "cnki": Row("aligner.formats.cnki:FORMAT", "CNKI's own export"),
        "html": Row("aligner.formats.html:FORMAT", "web page saved from PubMed or a journal"),
        "lines": Row(
            "aligner.formats.lines:FORMAT", "NAME.en and NAME.zh, or gold NAME.json, one sentence a line"
        ),
        "pasted": Row("aligner.formats.pasted:FORMAT", "a record as copied from PubMed or a journal page"),
    },
)
