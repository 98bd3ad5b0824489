"""Sentence pairs, a bilingual glossary and a translation review from English/Chinese medical abstracts."""

__version__ = "0.2.0"
