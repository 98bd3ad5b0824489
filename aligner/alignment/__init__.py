"""Sentence alignment: which sentences of two encoded texts translate each other, and how sure that is."""

from aligner.alignment.align import align

__all__ = ["align"]
