"""What to read and how to work on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.encoders import DEFAULT
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.checks import Glossary
    from aligner.terms import Termbase
    from aligner.types import Entry


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to read, and how.

    Attributes:
        paths: files, folders, globs, or ``-`` for stdin.
        input_format: a name from the table of formats; None to tell it by content and extension.
        lines: files with one sentence a line, or gold files: segmented already.
        aligned: each row is a pair already.
        split: each row is a pair of texts, such as paragraphs, that are to be aligned by sentences.
        columns: names of a table's columns by role (id, en, zh, ...); None to find them by their header.
        notes: where to write what stands in no text of a record; None: nowhere.
    """

    paths: Sequence[str]
    input_format: str | None = None
    lines: bool = False
    aligned: bool = False
    columns: Mapping[str, str] | None = None
    notes: Path | None = None
    split: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How records are worked on.

    Attributes:
        encoder: a name from the table of encoders.
        device: where a sentence-transformers model runs.
        terms: whether to look for terms.
        checks: whether to look for issues.
        glossary: what the checks hold translations against; None: nothing.
        split: align the sentences within each bead that a record came with.
        termbase: terms that are known already; None: none.
    """

    encoder: str = DEFAULT
    device: str = "auto"
    terms: bool = True
    checks: bool = True
    glossary: Glossary | None = None
    split: bool = False
    termbase: Termbase | None = None

    @property
    def checked_by(self) -> str:
        """The glossary as text: what a workspace keeps to see whether it is another one."""
        return self.glossary.dumps() if self.glossary else ""


MIN_SCORE = 0.5
"""Least product of score and termhood of a glossary's entries.

Of the rows above it of 66 documents that termhood was not learnt from 81 % are useful to a translator, 93 %
are terms (`corpora/journal/gold/verdicts-kept.tsv` has those of ours); above 0.4 75 and 92 %, above 0.6 86
and 95 %.
"""


@dataclass(frozen=True, slots=True)
class GlossaryOptions:
    """What a glossary is to be.

    Attributes:
        topic: phrases to keep what is close to, closest first; empty for no such cut.
        base: rows of a glossary to add to.
        min_score: leave out entries whose score multiplied by their termhood is less.
        min_count: leave out entries seen less often.
        encoder: measures closeness to the topic.
        device: where it runs.
        tell: is called with what a person should know of the base, one message a row that stands there twice.
    """

    topic: str = ""
    base: Sequence[Entry] = ()
    min_score: float = MIN_SCORE
    min_count: int = 1
    encoder: str = DEFAULT
    device: str = "auto"
    tell: Callable[[AlignerError], None] = lambda _: None


def columns_of(text: str | None) -> Mapping[str, str] | None:
    """Read what ``--columns`` says (`aligner.formats.columns.column_names`).

    Raises:
        SettingError: it names no columns.
    """
    from aligner.formats.columns import column_names

    return None if text is None else column_names(text)
