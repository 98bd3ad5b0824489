"""MultiTerm XML: concepts with a group of terms a language. How concepts are read: `termbase_reading`."""

from aligner.formats.base import Format
from aligner.formats.source import Source
from aligner.formats.termbase_reading import read_glossary


def recognise(source: Source) -> bool:
    """Tell by the root element or the first concept."""
    head = source.head[:4096].replace(b"\0", b"")
    return b"<mtf" in head or b"<conceptGrp" in head


FORMAT = Format(name="multiterm", suffixes=(".xml",), recognises=recognise, read_glossary=read_glossary)
