"""The glossary: occurrences become entries, and entries join a glossary people have worked on."""

from aligner.glossary.building import build

__all__ = ["build"]
