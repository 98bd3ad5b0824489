"""Bilingual term extraction: which spans of a pair are terms, and which translate one another."""

from aligner.encoders import EncodedPair
from aligner.terms.extraction import extract, stream
from aligner.terms.termbase import Termbase

__all__ = ["EncodedPair", "Termbase", "extract", "stream"]
