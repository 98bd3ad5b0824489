"""Bilingual term extraction: which spans of a pair are terms, and which translate one another."""

from aligner.encoders import EncodedPair
from aligner.terms.extraction import extract, stream

__all__ = ["EncodedPair", "extract", "stream"]
