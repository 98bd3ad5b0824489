"""The glossary: occurrences become entries, and entries join a glossary people have worked on."""

from aligner.glossary.building import build, stream_entries
from aligner.glossary.merging import merge
from aligner.glossary.topic import rank_by_topic

__all__ = ["build", "merge", "rank_by_topic", "stream_entries"]
